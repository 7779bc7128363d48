"""Tổng hợp, and closing at a level above: from a total to the branch and the signed file, two periods, longer periods,
Excel, closing with a reason, the report, a supplement, sending onward."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sochihoi import app as window
from sochihoi.domain.units import Level
from sochihoi.services import trusting
from sochihoi.services.opening import make_receiver
from sochihoi.ui.reports.above_view import AboveFigures
from sochihoi.ui.reports.page import ReportsPage
from sochihoi.ui.shared.context import MonthState
from sochihoi.ui.shared.signed_files import InspectDialog
from sochihoi.ui.shell.window import Shell
from sochihoi.ui.sync.page import SyncPage
from sochihoi.ui.upper.page import UpperPage
from tests.exchange_data import MOMENT, OCTOBER, REASON
from tests.offices import PASSWORD, around
from tests.province import Province, make_province


@pytest.fixture
def province(tmp_path: Path) -> Iterator[Province]:
    made = make_province(tmp_path, ("Hòa Phú", "Tân Lập"))
    for code in made.communes:
        made.send(code)
    made.receive()
    yield made
    made.close()


@pytest.fixture
def shell(qtbot: QtBot, qapp: QApplication, settings: QSettings, province: Province) -> Iterator[Shell]:
    made = window.build_window(province.above, settings, first="")
    made.resize(1366, 690)
    made.show()
    made.set_period(OCTOBER)
    yield made
    made.book = None
    made.close()
    made.deleteLater()


def upper(shell: Shell, **args: str) -> UpperPage:
    shell.go("upper", **args)
    found = shell.page()
    assert isinstance(found, UpperPage)
    return found


def closing(shell: Shell) -> AboveFigures:
    shell.go("reports")
    page = shell.page()
    assert isinstance(page, ReportsPage)
    assert isinstance(page.figures, AboveFigures)
    return page.figures


def test_from_a_total_to_the_units_the_branches_and_the_file(shell: Shell, province: Province) -> None:
    figures = upper(shell, code="org.members").figures
    assert [share.unit_code for share in figures.parts.model.rows] == ["99001", "99002"]
    figures.parts.opened.emit(figures.parts.model.rows[1])
    mine = province.communes["99002"].figures.of(OCTOBER)
    told = [(part.name, part.now.value) for part in figures.behind.table.model.rows]
    assert told == [(unit.name, row.now.value) for unit, row in mine.split("org.members")]
    for fact in ("HPN_99002_2026-10_0001.hpn", "số 1", "Lần chốt 1, nhận ngày 03/11/2026", "SHA-256"):
        assert fact in figures.behind.file.text()
    assert figures.behind.definition.text()
    seen = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, InspectDialog)
        seen.append(dialog)
        dialog.accept()

    QTimer.singleShot(0, look)
    figures.behind.look_button.click()
    assert seen
    assert [figures.escape(), figures.escape(), figures.escape()] == [True, True, False]


def test_two_periods_and_longer_ones(shell: Shell) -> None:
    figures = upper(shell, code="org.meetings").figures
    figures.compare_button.click()
    two = figures.two
    assert [(line.name, line.earlier.value, line.later.value) for line in two.table.model.rows] == [
        ("Xã Hòa Phú", 3, 3),
        ("Xã Tân Lập", 3, 2),
        ("", 6, 5),
    ]
    two.other.setCurrentIndex(1)
    two.other.activated.emit(1)
    assert two.made is not None
    assert two.made.earlier.code == "2026-08"
    assert "Hòa Phú" in two.notice.text()
    figures.escape()
    figures.escape()
    figures.kind.setCurrentIndex(3)
    figures.kind.activated.emit(3)
    assert figures.period.code == "2026"
    lines = {line.code: line for line in figures.table.model.rows}
    assert lines["org.meetings"].row is not None
    assert lines["org.meetings"].row.now.value == 11


def test_everything_goes_into_an_excel_file(
    qtbot: QtBot, shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    figures = upper(shell, tab="figures").figures
    target = tmp_path / "all.xlsx"
    monkeypatch.setattr("sochihoi.ui.upper.figures.choose_target", lambda *_args: target)
    figures.save_workbook()
    qtbot.waitUntil(target.exists, timeout=20000)


def test_closing_says_who_is_missing_and_a_later_file_wants_a_supplement(shell: Shell, province: Province) -> None:
    view = closing(shell)
    assert view.presenter.state_words(OCTOBER)[0] == "info"
    assert view.close_button.isEnabled()
    assert shell.book is not None
    assert shell.book.month_state(OCTOBER) is MonthState.OPEN
    province.above.months.close(OCTOBER)
    shell.refresh_page()
    assert not view.close_button.isVisible()
    assert shell.book.month_state(OCTOBER) is MonthState.CLOSED
    below = province.communes["99001"]
    below.months.begin_supplement(OCTOBER, "Sót.")
    below.figures.enter("welfare.gifts", OCTOBER, None, 50)
    below.months.close(OCTOBER, reason=REASON)
    province.send("99001")
    province.receive()
    shell.refresh_page()
    kind, words = view.presenter.state_words(OCTOBER)
    assert (kind, "lập bản bổ sung" in words) == ("warn", True)
    view.table.choose("org.members", 1)
    view.on_why()
    view.open_list("org.members")
    page = shell.page()
    assert isinstance(page, UpperPage)
    assert page.figures.parts_title.text() == "Hội viên cuối tháng"


def shown(page: ReportsPage) -> str:
    """The form of the report that is shown."""
    return page.report.read.report.form.code if page.report.read is not None else ""


def test_the_report_of_the_level_above_opens_with_its_own_form(shell: Shell, qtbot: QtBot) -> None:
    closing(shell)
    page = shell.page()
    assert isinstance(page, ReportsPage)
    page.open_report()
    assert page.report.read is not None
    assert page.report.read.report.form.code == "above"
    assert not page.report.branches_button.isVisible()
    page.open_list()
    rows = {row.form.code: row for row in page.list.table.model.rows if row.form}
    assert {code: row.stage.name for code, row in rows.items() if code != "above"} == {
        "above-campaign": "WANTED",
        "above-term": "RUNNING",
    }
    for form, span in (("above-term", "2025-2030"), ("above-campaign", "2026")):
        page.open_any(form, span, "")
        qtbot.waitUntil(lambda form=form: shown(page) == form, timeout=20000)  # type: ignore[misc]


def test_a_closed_month_goes_onward_from_the_page_of_sending(shell: Shell, province: Province, tmp_path: Path) -> None:
    around_ = around("centre", MOMENT)
    centre = make_receiver(
        tmp_path / "centre", code="TW", name="Việt Nam", level=Level.CENTRAL, password=PASSWORD, around=around_
    ).office
    assert "sync" not in [place.key for place in window.places_of(centre)]
    trusting.accept(province.above, centre.sending.key_file())
    trusting.accept(centre, province.above.sending.key_file())
    province.above.months.close(OCTOBER)
    shell.go("sync")
    page = shell.page()
    assert isinstance(page, SyncPage)
    assert page.above_name.text() == "Hội LHPN Việt Nam"
    assert page.send_button.isEnabled()
    sent = province.above.sending.write(province.above.sending.prepare(OCTOBER).id, province.stick)
    centre.receiving.receive([sent])
    page.refresh()
    assert shell.book is not None
    assert shell.book.month_state(OCTOBER) is MonthState.SENT
    (receipt,) = centre.receiving.write_receipts(tmp_path / "receipts")
    page.dropped([receipt])
    assert page.standing.file is not None
    assert page.standing.file.state.name == "RECEIVED"
    centre.close()
