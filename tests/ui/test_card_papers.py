"""Membership cards and certificates from the window: whose, which decision, made beside the work, and stopped."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from typing import Any

import pypdfium2
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sochihoi.domain.rubric import Title
from sochihoi.i18n import _
from sochihoi.services import certificates
from sochihoi.services.certificates import Decision
from sochihoi.services.office import Office
from sochihoi.ui.people.cards import CardsDialog
from sochihoi.ui.shared.dialogs import Dialog
from sochihoi.ui.shared.listing.certificates import CertificateDialog
from sochihoi.ui.shared.paper_code import CodeDialog
from sochihoi.ui.shared.table import MenuItem
from sochihoi.ui.words.rubric import certificate_words
from tests.month_data import add_households
from tests.people_data import add_branch, add_members

Shown = list[tuple[bytes, str]]


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Shown:
    """The previews that were opened: PDF and name."""
    found: Shown = []
    monkeypatch.setattr(
        "sochihoi.ui.shared.preview.show_preview", lambda _context, _parent, pdf, name: found.append((pdf, name))
    )
    return found


def in_dialog(kind: type[Dialog], act: Callable[[Any], None]) -> None:
    """Do something in the dialog that is about to open."""

    def when_open() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, kind)
        try:
            act(dialog)
        finally:
            if dialog.isVisible():
                dialog.done(0)  # a test that fails must not wait for ever

    QTimer.singleShot(0, when_open)


def pages(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    found = [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    document.close()
    return found


def press(items: Any, word: str) -> None:
    """The entry of a menu that has this word."""
    found: MenuItem = next(one for one in items if one is not None and word in one.text)
    found.press()


def test_cards_of_those_marked_of_a_branch_and_of_all(qtbot: QtBot, shell: Any, office: Office, shown: Shown) -> None:
    add_members(office, "Ấp An Hòa", 12)
    add_members(office, "Ấp Bưng Cốc", 3)
    branch = add_branch(office, "Ấp Bưng Cốc")[0]
    shell.go("people")
    page = shell.page()
    page.table.view.selectAll()
    assert len(page.table.marked()) == 15
    page.table.view.selectRow(2)
    row = page.table.model.rows[2]
    expected = {
        "marked": [row],
        branch: [one for one in page.table.model.rows if one.branch_id == branch],
        "all": page.table.model.rows,
    }
    for whose, rows in expected.items():
        before = len(shown)

        def choose(dialog: CardsDialog, whose: str = whose) -> None:
            dialog.whose.set_value(whose)
            dialog.make_button.click()

        in_dialog(CardsDialog, choose)
        page.print_cards()
        qtbot.waitUntil(lambda before=before: len(shown) > before, timeout=20_000)  # type: ignore[misc]
        told = pages(shown[-1][0])
        assert len(told) == -(-len(rows) // 10)
        assert all(any(one.code in text for text in told) for one in rows)
        assert sum(text.count("HP0") for text in told) == len(rows)
    assert shown[-1][1] == "TheHoiVien.pdf"
    assert [one.act for one in office.history.acts(3)] == ["members.export"] * 3


def test_making_cards_is_stopped_and_nothing_is_noted(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, shell: Any, office: Office, shown: Shown
) -> None:
    add_members(office, count=25)
    shell.go("people")
    page = shell.page()
    begun, go_on = threading.Event(), threading.Event()

    def held(*args: Any, **kwargs: Any) -> bytes:
        begun.set()
        assert go_on.wait(20)
        return made(*args, **kwargs)

    from sochihoi.services import member_cards

    made = member_cards.cards
    monkeypatch.setattr(member_cards, "cards", held)
    running: list[Any] = []
    shell.jobs.started.connect(running.append)
    in_dialog(CardsDialog, lambda dialog: dialog.make_button.click())
    with qtbot.waitSignal(shell.jobs.idle, timeout=20_000):
        page.print_cards()
        assert begun.wait(20)
        assert running[0].stop_says
        running[0].progress.stop()
        go_on.set()
    assert shown == []
    assert office.history.acts(1)[0].act != "members.export"


def test_the_certificate_of_a_branch_names_the_decision(qtbot: QtBot, shell: Any, office: Office, shown: Shown) -> None:
    first, second = add_branch(office)[0], add_branch(office, "Ấp Bưng Cốc")[0]
    office.rubric.record_titles(2026, {first: Title.MODEL, second: Title.MODEL_OUTSTANDING})
    add_branch(office, "Ấp Đại Ân")
    shell.go("rubric")
    page = shell.page().current()

    def decide(dialog: CertificateDialog) -> None:
        dialog.day.set_value(date(2026, 10, 20))
        dialog.make_button.click()
        assert dialog.isVisible()  # a day without a number
        dialog.number.set_value("15/QĐ-BTV")
        dialog.make_button.click()

    in_dialog(CertificateDialog, decide)
    press(page.paper.menu_items(), _("Certificates of the branches with a title…"))
    qtbot.waitUntil(lambda: bool(shown), timeout=20_000)
    told = pages(shown[0][0])
    assert len(told) == 2
    assert "Chi hội Phụ nữ mẫu xuất sắc tiêu biểu" in told[1]
    assert all("15/QĐ-BTV ngày 20/10/2026" in text for text in told)
    assert shown[0][1] == "GiayChungNhan_ChiHoi_2026.pdf"
    line = next(one for one in page.table.model.rows if one.branch_id == first)
    in_dialog(CertificateDialog, lambda dialog: dialog.make_button.click())  # what was typed last stands there again
    press(page._menu(line), _("Print the certificate…"))
    qtbot.waitUntil(lambda: len(shown) == 2, timeout=20_000)
    assert len(pages(shown[1][0])) == 1
    assert "15/QĐ-BTV" in pages(shown[1][0])[0]


def test_certificates_of_the_households_shown(qtbot: QtBot, shell: Any, office: Office, shown: Shown) -> None:
    add_members(office, count=6)
    add_households(office, failed=2)
    shell.go("campaign")
    year = shell.page()
    year.current().households.emit("", "")
    page = year.current()
    in_dialog(CertificateDialog, lambda dialog: dialog.make_button.click())
    page.print_shown_certificates()
    qtbot.waitUntil(lambda: bool(shown), timeout=20_000)
    passing = [line.head for line in page.table.model.rows if line.confirmed]
    told = pages(shown[0][0])
    assert len(told) == len(passing) == 4
    assert all(any(head in text for text in told) for head in passing)


def test_the_code_of_a_certificate_is_checked_where_those_of_reports_are(
    qtbot: QtBot, shell: Any, office: Office
) -> None:
    branch = add_branch(office)[0]
    office.rubric.record_titles(2026, {branch: Title.MODEL})
    fact = next(iter(certificates._facts(office)))
    code = certificates.code_of(office, fact)
    assert certificates.of_branches(office, 2026, [branch], Decision("", None, date(2026, 10, 24)))
    shell.go("reports")
    dialog = CodeDialog(shell.page().context, shell.page())
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.code.set_value(code.lower())
    with qtbot.waitSignal(shell.jobs.idle, timeout=20_000):
        dialog.check()
    assert dialog.message.text() == certificate_words(fact)
