"""The form of the unit's papers in the window: saved field by field, shown on the page, taken back."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from sochihoi.services.office import Office
from sochihoi.ui.setup import paper_choices
from sochihoi.ui.setup.page import SetupPage


@pytest.fixture
def part(shell: Any) -> Any:
    shell.go("setup", tab="papers")
    page = shell.page()
    assert isinstance(page, SetupPage)
    found: Any = page.part()
    found.draw()
    return found


def _field(part: Any, name: str) -> Any:
    return next(form[name] for form in part.forms if name in form.fields)


def _type(part: Any, name: str, text: str) -> Any:
    field = _field(part, name)
    field.line.setText(text)
    field.line.textEdited.emit(text)
    return field


def _leave(part: Any, name: str, text: str) -> Any:
    field = _type(part, name, text)
    field.line.editingFinished.emit()
    return field


def _pick(part: Any, name: str, value: object) -> Any:
    field = _field(part, name)
    at = field.combo.findData(value)
    assert at >= 0, value
    field.combo.setCurrentIndex(at)
    field.combo.activated.emit(at)
    return field


def _shown(part: Any) -> str:
    import pypdfium2

    part.draw()
    document = pypdfium2.PdfDocument(part.pdf)
    text = document[0].get_textpage().get_text_range()
    document.close()
    return " ".join(text.split())


def test_a_field_is_saved_when_it_is_left_and_taken_back(part: Any, office: Office, shell: Any) -> None:
    _leave(part, "signer_name", "Trần Thị Ký")
    assert office.commune.signer_name == "Trần Thị Ký"
    assert "Trần Thị Ký" in _shown(part)
    part._undo()
    assert office.commune.signer_name == ""
    assert _field(part, "signer_name").value() in ("", None)


def test_the_page_follows_what_is_typed_before_it_is_saved(part: Any, office: Office, qtbot: Any) -> None:
    before = part.pdf
    _type(part, "union_line", "HỘI LHPN XÃ VĨNH AN")
    qtbot.waitUntil(lambda: part.pdf != before, timeout=5000)
    assert "HỘI LHPN XÃ VĨNH AN" in _shown(part)
    assert office.commune.union_line != "HỘI LHPN XÃ VĨNH AN"
    assert not part.picture.pixmap().isNull()


def test_a_pattern_that_makes_no_number_is_said_under_its_field(part: Any, office: Office) -> None:
    before = part.pdf
    field = _leave(part, "number_pattern", "05/BC")
    assert field.error()
    assert office.commune.number_pattern == "{number:02}/BC-BTV"
    part.draw()
    assert part.pdf == before  # the page stays as it last could be set


def test_a_usual_pattern_is_chosen_by_what_it_looks_like(part: Any, office: Office) -> None:
    assert _field(part, "pattern").combo.currentText() == "09/BC-BTV"
    _pick(part, "pattern", "{number:02}-{type}/BTV")
    assert office.commune.number_pattern == "{number:02}-{type}/BTV"
    assert _field(part, "number_pattern").value() == "{number:02}-{type}/BTV"
    assert "01-BC/BTV, 09-BC/BTV, 10-BC/BTV" in _field(part, "number_pattern")._hint.text()
    assert "Số: 09-BC/BTV" in _shown(part)
    _leave(part, "number_pattern", "{number}/{type}-PN")
    assert _field(part, "pattern").value() == paper_choices.OWN
    assert "9/BC-PN" in _field(part, "number_pattern")._hint.text()
    _pick(part, "numbering_reset", "TERM")
    assert office.commune.numbering_reset == "TERM"


def test_who_signs_is_chosen_in_the_words_of_the_paper(part: Any, office: Office) -> None:
    choice = _field(part, "authority").combo
    at = next(at for at in range(choice.count()) if "KT. CHỦ TỊCH / PHÓ CHỦ TỊCH" in choice.itemText(at))
    _pick(part, "authority", choice.itemData(at))
    assert (office.commune.on_behalf, office.commune.signer_title) == (
        "TM. BAN THƯỜNG VỤ\nKT. CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
    )
    assert "TM. BAN THƯỜNG VỤ KT. CHỦ TỊCH PHÓ CHỦ TỊCH" in _shown(part)
    _leave(part, "signer_title", "PHÓ CHỦ TỊCH PHỤ TRÁCH")
    assert _field(part, "authority").value() == paper_choices.OWN


def test_letters_and_lines(part: Any, office: Office) -> None:
    assert not part.points.isVisibleTo(part)
    _pick(part, "spacing_percent", paper_choices.BY_POINTS)
    assert (office.commune.fixed_line_pt, part.points.isVisibleTo(part)) == (19, True)
    field = _leave(part, "fixed_line_pt", "40")
    assert field.error()
    assert office.commune.fixed_line_pt == 19
    _leave(part, "fixed_line_pt", "20")
    assert office.commune.fixed_line_pt == 20
    _pick(part, "spacing_percent", 115)
    assert (office.commune.spacing_percent, office.commune.fixed_line_pt) == (115, 0)
    _pick(part, "body_pt", 13)
    _pick(part, "end_mark", ".")
    _leave(part, "first_line_tenths", "10")
    assert (office.commune.body_pt, office.commune.end_mark, office.commune.first_line_tenths) == (13, ".", 100)
    field = _leave(part, "first_line_tenths", "20")
    assert field.error()
    assert office.commune.first_line_tenths == 100


def test_margins_are_typed_and_held_to_the_decree(part: Any, office: Office) -> None:
    before = part.pdf
    _leave(part, "margin_left_mm", "35")
    part.draw()
    assert office.commune.margin_left_mm == 35
    assert part.pdf != before
    for typed in ("36", ""):
        field = _leave(part, "margin_left_mm", typed)
        assert "30" in field.error()
        assert "35" in field.error()
        assert office.commune.margin_left_mm == 35
    _pick(part, "title_pt", 13)
    _leave(part, "after_paragraph_pt", "8")
    assert (office.commune.title_pt, office.commune.after_paragraph_pt) == (13, 8)
    part._undo()
    assert office.commune.after_paragraph_pt == 6


def test_recipients_are_lines(part: Any, office: Office) -> None:
    field = _field(part, "recipients")
    field.text.setPlainText("- Hội LHPN tỉnh;\n\n  - Lưu: VT.  ")
    field._leave()
    assert office.commune.recipients == ("- Hội LHPN tỉnh;", "- Lưu: VT.")


def test_the_page_is_as_wide_as_its_place(part: Any, shell: Any, qapp: QApplication) -> None:
    for width in (1366, 1093):
        shell.resize(width, 700)
        qapp.processEvents()
        shown = part.picture.pixmap()
        wide, high = shown.width() / shown.devicePixelRatio(), shown.height() / shown.devicePixelRatio()
        assert wide == pytest.approx(part.picture.width(), abs=2)
        assert high / wide == pytest.approx(297 / 210, abs=0.02)
