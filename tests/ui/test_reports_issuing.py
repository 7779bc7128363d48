"""A report gets its number in the window, stays as it was issued, and a further edition says why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from sochihoi.domain.accounts import Account, Role
from sochihoi.services.office import Office
from sochihoi.ui.reports.issuing import IssueDialog, OpenMonths
from sochihoi.ui.reports.page import ReportsPage
from sochihoi.ui.reports.report_read import Asked, read_report, state_words
from tests.month_data import SEPTEMBER, autumn
from tests.people_data import add_members
from tests.ui.reports_driving import answer, third_quarter
from tests.ui.test_accessible import nameless, shown_letters
from tests.ui.test_fit import cut_labels

QUARTER = Asked("quarter", "2026-Q3")


@pytest.fixture
def page(office: Office, shell: Any, qtbot: QtBot) -> ReportsPage:
    third_quarter(office)
    shell.resize(1366, 690)
    return open_quarter(shell, qtbot)


def open_quarter(shell: Any, qtbot: QtBot) -> ReportsPage:
    with qtbot.waitSignal(shell.jobs.idle):
        shell.go("reports", view="report", form="quarter", span="2026-Q3")
    QApplication.processEvents()
    found = shell.page()
    assert isinstance(found, ReportsPage)
    return found


def issue(page: ReportsPage, shell: Any, qtbot: QtBot, number: int | str | None = None, reason: str = "") -> None:
    def act(dialog: Any) -> None:
        if number is not None:
            dialog.form["number"].line.clear()
            qtbot.keyClicks(dialog.form["number"].line, str(number))
        if reason:
            dialog.form["reason"].set_value(reason)
        dialog.deed.click()

    answer(act, IssueDialog)
    with qtbot.waitSignal(shell.jobs.idle):
        page.report.issue()
    qtbot.waitUntil(lambda: not shell.jobs.busy)


def test_the_number_is_proposed_and_the_report_then_stays(
    page: ReportsPage, shell: Any, office: Office, qtbot: QtBot
) -> None:
    page.report.box("strengths").field.text.setPlainText("Chị em đoàn kết.")
    with qtbot.waitSignal(shell.jobs.idle):
        page.report.box("strengths").field._leave()
    seen = answer(lambda dialog: dialog.reject(), IssueDialog)
    page.report.issue()
    assert seen[0].form["number"].value() == "2", "September has the first"
    assert "02/BC-BTV" in seen[0].form["number"]._hint.text()
    assert page.report.read is not None
    assert page.report.read.report.is_draft

    issue(page, shell, qtbot, number=7)
    assert office.reports.issue("quarter", office.reports.span("2026-Q3")).number == "07/BC-BTV"  # type: ignore[union-attr]
    assert "07/BC-BTV" in page.report.state.text()
    assert not page.report.issue_button.isVisible()
    box = page.report.box("strengths")
    assert box.field.text.isReadOnly()
    assert not box.phrases_button.isVisible()
    assert box.field.value() == "Chị em đoàn kết."


def test_a_letter_may_follow_the_number_and_nothing_else(
    page: ReportsPage, shell: Any, office: Office, qtbot: QtBot
) -> None:
    def bad(dialog: IssueDialog) -> None:
        number = dialog.form["number"]
        for typed in ("0", "8 a", "a8", "8ab"):
            number.set_value(typed)
            dialog.deed.click()
            assert typed in number.error()
            assert dialog.isVisible()

    answer(bad, IssueDialog)
    page.report.issue()
    assert page.report.read is not None
    assert page.report.read.report.is_draft
    issue(page, shell, qtbot, number="8a")
    assert office.reports.issue("quarter", office.reports.span("2026-Q3")).number == "08a/BC-BTV"  # type: ignore[union-attr]
    issue_again = answer(lambda dialog: dialog.reject(), IssueDialog)
    page.report.replace_it()
    qtbot.waitUntil(lambda: not shell.jobs.busy)
    page.report.issue()
    assert issue_again[0].form["number"].value() == "9", "the row of numbers goes on after 8"


def test_an_issued_report_shows_the_words_that_were_issued(
    page: ReportsPage, shell: Any, office: Office, qtbot: QtBot
) -> None:
    issue(page, shell, qtbot)
    span = office.reports.span("2026-Q3")
    office.reports.write("quarter", span, "strengths", "Viết sau khi phát hành.")
    with qtbot.waitSignal(shell.jobs.idle):
        page.report.refresh()
    assert page.report.box("strengths").field.value() is None
    # a further edition begins with what is written now, and asks why
    with qtbot.waitSignal(shell.jobs.idle):
        page.report.state.actions_shown()[0].click()
    assert page.report.replacing
    box = page.report.box("strengths")
    assert not box.field.text.isReadOnly()
    assert box.field.value() == "Viết sau khi phát hành."
    with qtbot.waitSignal(shell.jobs.idle):
        page.report.state.actions_shown()[0].click()  # back to the issued one
    assert page.report.box("strengths").field.text.isReadOnly()
    page.report.replace_it()
    qtbot.waitUntil(lambda: not shell.jobs.busy)
    issue(page, shell, qtbot, reason="Bổ sung ưu điểm")
    editions = office.reports.issuing.editions("quarter", span)
    assert [(one.edition, one.reason) for one in editions] == [(1, ""), (2, "Bổ sung ưu điểm")]
    assert not page.report.replacing
    assert page.report.read is not None
    assert page.report.read.report.edition == 2


def test_nothing_new_makes_no_edition(page: ReportsPage, shell: Any, office: Office, qtbot: QtBot) -> None:
    issue(page, shell, qtbot)
    page.report.replace_it()
    qtbot.waitUntil(lambda: not shell.jobs.busy)
    issue(page, shell, qtbot, reason="Không có gì mới")
    assert shell.frame.message.text()
    assert len(office.reports.issuing.editions("quarter", office.reports.span("2026-Q3"))) == 1


def test_open_months_are_named_and_lead_to_their_closing(office: Office, shell: Any, qtbot: QtBot) -> None:
    autumn(office)
    office.months.close(office.reports.span("2026-08").period, "Số liệu đầu kỳ")
    page = open_quarter(shell, qtbot)

    def go(dialog: OpenMonths) -> None:
        assert len(dialog.months) == 1
        assert "9/2026" in dialog.months[0].text()
        dialog.months[0].click()

    answer(go, OpenMonths)
    page.report.issue()
    assert page.current() is page.figures
    assert shell.context.period.code == "2026-09"


def test_a_time_that_is_not_over_gets_no_number_and_says_so(office: Office, shell: Any, qtbot: QtBot) -> None:
    third_quarter(office)
    with qtbot.waitSignal(shell.jobs.idle):
        shell.go("reports", view="report", form="quarter", span="2026-Q4")
    page = shell.page()
    assert page.report.issue_button.isVisible()
    assert not page.report.issue_button.isEnabled()
    assert page.report.action_bar()._hint.text()


def test_the_report_of_a_month_gets_its_number_with_closing(page: ReportsPage) -> None:
    page.open_report()
    assert not page.report.issue_button.isVisible()
    assert not page.report.side.sign_button.isVisible(), "a draft is not signed"


def test_a_viewer_reads_only(office: Office, shell: Any, qtbot: QtBot) -> None:
    third_quarter(office)
    office.account = Account("2", "Người xem", Role.VIEWER)
    shell.context.read_only = True
    page = open_quarter(shell, qtbot)
    assert not page.report.issue_button.isVisible()
    assert page.report.box("strengths").field.text.isReadOnly()


def test_figures_that_change_later_leave_an_issued_report_as_it_is(
    page: ReportsPage, shell: Any, office: Office, qtbot: QtBot
) -> None:
    issue(page, shell, qtbot)
    before = read_report(office, QUARTER).sections
    add_members(office, count=3)
    after = read_report(office, QUARTER)
    assert [one.content for one in after.sections] == [one.content for one in before]
    assert after.is_final
    assert read_report(office, QUARTER, again=True).report.is_draft


def test_what_an_issued_report_rests_on_is_what_was_issued(
    page: ReportsPage, shell: Any, office: Office, qtbot: QtBot
) -> None:
    issue(page, shell, qtbot)
    view = page.report

    def rests_on() -> list[list[str]]:
        assert view.read is not None
        return [[words for words, _press in one.rests_on] for s in view.read.sections for one in view._traces(s)]

    before = rests_on()
    assert any("50" in words for one in before for words in one)
    office.months.begin_supplement(SEPTEMBER, "Sót hội viên")
    add_members(office, count=3, joined=date(2026, 9, 2))
    with qtbot.waitSignal(shell.jobs.idle):
        view.refresh()
    assert rests_on() == before
    view._why("org.members")
    assert "50" in [one.text() for one in view.why.panel.findChildren(QLabel)]
    view.why.open_list(view.read.report, "org.members")  # type: ignore[union-attr]
    assert view.why.behind is not None
    assert any(one.text().endswith("theo sổ hôm nay") for one in view.why.behind.findChildren(QLabel))
    view.why.behind.close()


def test_an_edition_without_its_figures_says_so(page: ReportsPage, shell: Any, office: Office, qtbot: QtBot) -> None:
    issue(page, shell, qtbot)
    read = read_report(office, QUARTER)
    assert state_words(replace(read, report=replace(read.report, sheet=replace(read.report.sheet, cells={})))) != (
        state_words(read)
    )


def test_the_words_of_a_month_are_shut_once_it_was_printed(
    page: ReportsPage, shell: Any, office: Office, qtbot: QtBot
) -> None:
    shell.go("reports", view="report", form="month", span="2026-09")
    view = page.report
    qtbot.waitUntil(lambda: view.read is not None and view.read.closing is not None)
    assert not view.box("situation").field.text.isReadOnly()
    office.reports.export(view.read.report, "pdf")  # type: ignore[union-attr]
    view.refresh_kept()
    qtbot.waitUntil(lambda: view.read is not None and view.read.is_printed)
    assert view.box("situation").field.text.isReadOnly()
    assert state_words(view.read) == view.state.text()  # type: ignore[arg-type]
    assert view.side.archive_button.text().endswith("(1)")


@pytest.mark.parametrize("size", [(1366, 690), (1093, 540)], ids=str)
def test_an_issued_report_fits_and_can_be_heard(
    page: ReportsPage, shell: Any, qtbot: QtBot, size: tuple[int, int]
) -> None:
    issue(page, shell, qtbot)
    shell.resize(*size)
    QApplication.processEvents()
    assert cut_labels(shell) == []
    assert shell.frame.room.fits()
    assert nameless(shell) == []
    letters = [letter for letter, _words in shown_letters(shell)]
    assert len(letters) == len(set(letters))
