"""The month of a commune in the window, from an Excel list to a signed file in the hands of the level above.

One test: each leg stands on the one before.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from sochihoi.ui.reports.dialogs import TextDialog
from sochihoi.ui.reports.entry_dialog import EntryDialog
from sochihoi.ui.reports.presenter import ALL
from sochihoi.ui.shared import signed_files
from sochihoi.ui.shared.dialogs import Dialog
from sochihoi.ui.shared.signed_files import TrustDialog
from sochihoi.ui.sync import incoming
from sochihoi.ui.sync import page as sync_page
from sochihoi.ui.upper import deeds as upper_deeds
from tests.offices import make_above, make_office
from tests.report_data import sections
from tests.ui import month_books
from tests.ui.month_driving import OCTOBER, Desk, agree, desk_of, drop, in_dialog, write

WORDS = "Trong tháng, các chi hội giữ nếp sinh hoạt và học tập."
KEY = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


def test_the_whole_month(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("commune", "above", "stick"):
        (tmp_path / name).mkdir()
    office, above = make_office(tmp_path / "commune" / "data"), make_above(tmp_path / "above" / "data")
    with desk_of(office, tmp_path / "commune", qtbot) as desk:
        month_books.import_the_list(desk)
        month_books.give_households(desk)
        month_books.hold_a_meeting(desk)
        month_books.study_a_resolution(desk)
        month_books.assess_households(desk)
        month_books.score_a_branch(desk)
        month_books.set_targets(desk)
        month_books.look_at_the_first_page(desk)
        enter_figures(desk)
        write_the_report(desk)
        close_the_month(desk)
        print_the_report(desk)
        with desk_of(above, tmp_path / "above", qtbot) as second:
            exchange_keys(desk, second, tmp_path / "stick", monkeypatch)
            send(desk, tmp_path / "stick", monkeypatch)
            receive(desk, second, tmp_path / "stick")
            answer(desk, second, tmp_path / "stick", monkeypatch)


def enter_figures(desk: Desk) -> None:
    page = desk.go("reports").figures
    page.which.setCurrentIndex(page.which.findData(ALL))
    page.which.activated.emit(page.which.currentIndex())

    def women(dialog: EntryDialog) -> None:
        for at in range(8):
            write(dialog.form[f"v{at}"].editor, str(70 + at))
        dialog.save()

    page.table.choose("org.women_18", 1)
    page.table.view.setFocus()
    with in_dialog(EntryDialog, women):
        desk.key(KEY.Key_Return)
    desk.idle()
    page.table.choose("dues.collected_vnd", 1)
    desk.key(KEY.Key_F2)
    write(page.table._editor, "4.120.000")
    page.table.stop_typing()
    desk.idle()
    figures = {one.key: one for one in page.presenter.rows(ALL)}
    assert figures["org.women_18"].now() == "588"
    assert figures["dues.collected_vnd"].now() == "4.120.000"
    assert figures["org.members"].now() == "400"
    assert figures["org.gathering_pct"].row.now.denominator == 588
    page.table.choose("org.gathering_pct", 1)
    desk.key(KEY.Key_I, CONTROL)
    assert page.side.currentWidget() is page.panel
    desk.key(KEY.Key_Escape)
    assert page.side.currentWidget() is page.checks


def write_the_report(desk: Desk) -> None:
    page = desk.go("reports")
    page.figures.report_button.click()
    desk.idle()
    assert page.current() is page.report
    drafted = [one for one in page.report.sections.boxes.values() if one.field.value()]
    assert len(drafted) >= 3, "the words are drafted from the figures"
    assert "400" in " ".join(str(one.field.value()) for one in drafted)
    box = page.report.box(drafted[0].code)
    write(box.field.editor, WORDS)
    page.report.on_escape()
    assert page.current() is page.figures
    told = {one.section.code: one for one in sections(desk.office, OCTOBER)}
    assert (told[box.code].content, told[box.code].edited) == (WORDS, True)


def close_the_month(desk: Desk) -> None:
    page = desk.go("reports").figures
    assert not page.close_button.isEnabled()
    assert not page.presenter.checks.errors
    wanted = [one.code for one in page.presenter.checks.unreasoned]
    assert {"month.early", "meetings.planned", "branches.no_meeting"} <= set(wanted)
    for code in wanted:
        desk.wait(lambda code=code: bool(_shown(page.checks, code)))
        (give,) = _shown(page.checks, code)

        def tell(dialog: TextDialog) -> None:
            write(dialog.form["reason"].editor, "Chi hội họp dồn vào tháng sau.")
            dialog.buttons.itemAt(dialog.buttons.count() - 1).widget().click()

        with in_dialog(TextDialog, tell):
            give.click()
        desk.idle()
    assert page.presenter.checks.unreasoned == ()
    assert page.close_button.isEnabled()
    with agree():
        desk.key(KEY.Key_Return, CONTROL)
    desk.idle()
    assert "2026-10" in _closed(desk)
    assert not page.close_button.isVisible()
    meetings = desk.go("meetings")
    assert not meetings.month.plan_button.isVisible(), "a closed month is only looked at"


def _shown(place: QWidget, name: str) -> list[QPushButton]:
    return [one for one in place.findChildren(QPushButton, name) if one.isVisible()]


def _closed(desk: Desk) -> dict[str, date]:
    with desk.office.read() as work:
        return dict(work.months.closed())


def print_the_report(desk: Desk) -> None:
    page = desk.go("reports")
    page.figures.report_button.click()
    desk.idle()
    assert desk.paper(page.report.preview_button.click, "BÁO CÁO", WORDS, "400", "Nơi nhận") >= 2
    page.report.on_escape()


def exchange_keys(desk: Desk, second: Desk, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each side hands its key file over; the digits are compared before one is accepted."""
    files = []
    monkeypatch.setattr(signed_files, "choose_target", lambda *_a: files[-1])

    def save(dialog: Dialog) -> None:
        card = dialog.findChild(signed_files.KeyCard)
        assert card is not None
        card.save_button.click()

    files.append(stick / second.office.sending.key_name())
    with in_dialog(Dialog, save):
        second.go("upper").show_own_key()
    page = desk.go("sync")
    assert not page.send_button.isEnabled()
    files.append(stick / desk.office.sending.key_name())
    page.keys.save_button.click()

    def compare(dialog: TrustDialog) -> None:
        assert not dialog.accept_button.isEnabled()
        dialog.typed.type(" ".join(cell.text() for cell in dialog.digits._cells))
        dialog.accept_button.click()

    monkeypatch.setattr(incoming, "choose_file", lambda *_a: files[0])
    with in_dialog(TrustDialog, compare):
        page.trust_button.click()
    assert page.send_button.isEnabled(), desk.told()
    parent = desk.office.sending.parent()
    assert parent is not None
    assert parent.unit_code == "99"
    upper = second.go("upper")
    with in_dialog(TrustDialog, compare):
        drop(upper, files[1])
    assert [one.key.unit_code for one in second.office.receiving.units()] == ["99001"]


def send(desk: Desk, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = desk.go("sync")
    monkeypatch.setattr(sync_page, "choose_folder", lambda *_a: stick)
    with agree():
        desk.key(KEY.Key_Return, CONTROL)
    desk.wait(lambda: page.standing.sent)
    (made,) = page.table.model.rows
    assert (stick / made.file_name).read_bytes() == desk.office.sending.content(made.id)
    assert desk.paper(page.slip_button.click) == 1


def receive(desk: Desk, second: Desk, stick: Path) -> None:
    page = second.go("upper")
    drop(page, *sorted(stick.glob("*.hpn")))
    second.wait(lambda: bool(page.inbox.table.model.rows))
    (line,) = page.inbox.table.model.rows
    assert line.outcome.name == "STORED", line.what
    page.refresh(tab="figures")
    page.figures.known_only.click()
    shown = {one.code: one.row for one in page.figures.table.model.rows if one.row is not None}
    sheet = desk.office.figures.of(OCTOBER)
    compared = 0
    for mine in sheet.rows:
        theirs = shown[mine.indicator.code]
        assert theirs.now == mine.now, mine.indicator.code
        assert theirs.year_to_date == mine.year_to_date, mine.indicator.code
        compared += mine.now.known
    assert compared >= 20
    assert shown["org.members"].now.value == 400
    drop(page, *sorted(stick.glob("*.hpn")))
    second.wait(lambda: page.inbox.table.model.rows[0].outcome.name == "DUPLICATE")


def answer(desk: Desk, second: Desk, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The return file goes back, and the commune sees that its file was received."""
    upper = second.go("upper")
    before = set(stick.iterdir())
    monkeypatch.setattr(upper_deeds, "choose_folder", lambda *_a: stick)
    upper.inbox.deeds.write_returns()
    (returned,) = set(stick.iterdir()) - before
    page = desk.go("sync")
    drop(page, returned)
    (made,) = page.table.model.rows
    assert made.state.name == "RECEIVED"
