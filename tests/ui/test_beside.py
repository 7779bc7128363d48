"""In a large commune slow looks and deeds go on beside the window: its events are answered all the while."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sochihoi.domain.errors import Cancelled
from sochihoi.services.office import Office
from sochihoi.ui.overview.page import OverviewPage
from sochihoi.ui.reports.page import ReportsPage
from sochihoi.ui.shared import beside
from sochihoi.ui.shell import answers
from tests.month_data import OCTOBER, SEPTEMBER, autumn, close_september
from tests.people_data import add_members
from tests.report_data import sections
from tests.ui.test_reports_page import answer, press

TURNS = 20  # of the event loop while the work stands still


class Gate:
    """Holds real work back on its thread until the test has seen that the window lives."""

    def __init__(self, qtbot: QtBot, shell: Any) -> None:
        self._qtbot, self._shell = qtbot, shell
        self._open = threading.Event()
        self.began = threading.Event()
        self.threads: list[int] = []

    def around(self, monkeypatch: pytest.MonkeyPatch, owner: object, name: str) -> None:
        """The same method, behind the gate."""
        real = getattr(owner, name)

        def held(*args: Any, **kwargs: Any) -> Any:
            self.threads.append(threading.get_ident())
            self.began.set()
            if threading.current_thread() is not threading.main_thread():
                assert self._open.wait(20)
            return real(*args, **kwargs)

        monkeypatch.setattr(owner, name, held)

    def passes(self, ask: Callable[[], object], meanwhile: Callable[[], object] = lambda: None) -> None:
        """Ask for the work; the event loop turns while it is held; then it ends."""
        turned: list[int] = []
        clock = QTimer()
        clock.timeout.connect(lambda: turned.append(1))
        with self._qtbot.waitSignal(self._shell.jobs.idle, timeout=20_000):
            ask()
            clock.start(0)
            self._qtbot.waitUntil(lambda: self.began.is_set() and len(turned) >= TURNS)
            assert self._shell.jobs.busy
            meanwhile()
            self._open.set()
        clock.stop()
        assert threading.get_ident() not in self.threads


@pytest.fixture
def large(office: Office, shell: Any) -> Any:
    """The window over a commune that counts as large."""
    autumn(office)
    shell.resize(1366, 690)
    shell.context.is_large = lambda: True
    return shell


@pytest.fixture
def gate(qtbot: QtBot, large: Any) -> Gate:
    return Gate(qtbot, large)


def reports(shell: Any, qtbot: QtBot) -> ReportsPage:
    with qtbot.waitSignal(shell.jobs.idle):
        shell.go("reports")
    found = shell.page()
    assert isinstance(found, ReportsPage)
    return found


def test_from_a_thousand_members_on(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not answers.is_large(office)
    add_members(office, count=3)
    monkeypatch.setattr(answers, "MANY", 3)
    assert answers.is_large(office)


def test_the_overview(large: Any, gate: Gate, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    gate.around(monkeypatch, office.overview, "beginning")

    def nothing_old() -> None:
        page = large.page()
        assert isinstance(page, OverviewPage)
        assert not page.steps.isVisible()
        assert not page.first.isVisible()

    gate.passes(lambda: large.go("overview"), nothing_old)
    assert large.page().steps.isVisible()


def test_the_overview_of_the_same_month_stays_while_it_is_read_again(large: Any, qtbot: QtBot) -> None:
    with qtbot.waitSignal(large.jobs.idle):
        large.go("overview")
    with qtbot.waitSignal(large.jobs.idle):
        large.refresh_page()
        assert large.page().steps.isVisible()
    with qtbot.waitSignal(large.jobs.idle):
        large.set_period(SEPTEMBER)
        assert not large.page().steps.isVisible()


def test_opening_the_report_and_its_pages(
    large: Any, gate: Gate, qtbot: QtBot, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = reports(large, qtbot)
    gate.around(monkeypatch, office.reports, "report")

    def nothing_yet() -> None:
        assert not page.report.preview_button.isEnabled()
        assert page.report.side.isVisible()

    gate.passes(page.open_report, nothing_yet)
    assert page.report.preview_button.isEnabled()
    assert "4/5" in str(page.report.box("organisation").field.value())
    with qtbot.waitSignal(large.jobs.idle):
        page.report.show_pages()
    assert page.report.preview is not None
    page.report.preview.close()


def test_with_some_hundreds_only_what_is_not_counted_yet_waits(
    shell: Any, qtbot: QtBot, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    autumn(office)
    monkeypatch.setattr(beside, "SOME", 50)
    gate = Gate(qtbot, shell)
    gate.around(monkeypatch, office.figures, "live")
    gate.passes(lambda: shell.go("reports", view="report"), lambda: not_yet(shell.page().report))
    page = shell.page()
    box = page.report.box("organisation")
    assert page.report.preview_button.isEnabled()
    shell.refresh_page()
    assert not shell.jobs.busy, "the month is counted: nothing flickers"
    assert page.report.box("organisation") is box
    add_members(office, count=1)
    with qtbot.waitSignal(shell.jobs.idle):
        shell.refresh_page()
        assert page.report.preview_button.isEnabled(), "the same report stays while it is read again"
    assert "51" in str(page.report.box("organisation").field.value())
    with qtbot.waitSignal(shell.jobs.idle):
        page.open_list()
        assert page.list.table.model.rows == []
    assert page.list.table.current() is not None


def not_yet(view: Any) -> None:
    assert not view.preview_button.isEnabled()
    assert view.sections.boxes == {}


def test_a_section_is_saved_without_counting_the_month_anew(
    large: Any, qtbot: QtBot, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = reports(large, qtbot)
    with qtbot.waitSignal(large.jobs.idle):
        page.open_report()
    counted: list[object] = []
    live = office.figures.live
    monkeypatch.setattr(office.figures, "live", lambda *args: (counted.append(args), live(*args))[1])
    box = page.report.box("organisation")
    box.field.text.setPlainText("Chị em dự đông.")
    box.field._leave()
    assert sections(office, OCTOBER)[2].content == "Chị em dự đông."
    assert counted == []
    add_members(office, count=1)
    office.figures.of(OCTOBER)
    assert len(counted) == 1


def agree() -> None:
    answer(lambda dialog: press(dialog, "primary"))


def test_closing_the_month(
    large: Any, gate: Gate, qtbot: QtBot, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = reports(large, qtbot)
    close_september(office)
    for one in office.months.checks(OCTOBER):
        office.months.give_reason(OCTOBER, one.code, "Hoãn vì ngập nước")
    gate.around(monkeypatch, office.figures, "live")

    def asked_once() -> None:
        assert not page.figures.close_button.isEnabled()

    def close() -> None:
        agree()
        page.figures.close_month()

    gate.passes(close, asked_once)
    assert not office.months.standing(OCTOBER).is_open
    assert page.figures.send_button.isEnabled()


def test_closing_that_is_stopped_leaves_the_month_open(
    large: Any, gate: Gate, qtbot: QtBot, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = reports(large, qtbot)
    close_september(office)
    for one in office.months.checks(OCTOBER):
        office.months.give_reason(OCTOBER, one.code, "Hoãn vì ngập nước")
    with qtbot.waitSignal(large.jobs.idle):
        large.refresh_page()
    assert page.figures.close_button.isEnabled()
    gate.around(monkeypatch, office.figures, "live")

    def close() -> None:
        agree()
        page.figures.close_month()

    def stop() -> None:
        bar = large.frame.jobs
        assert not bar.stop_button.isHidden()
        bar.stop_button.click()

    gate.passes(close, stop)
    qtbot.waitUntil(lambda: not large.jobs.busy)
    assert office.months.standing(OCTOBER).is_open
    assert office.months.next_number() == 2
    assert page.figures.close_button.isEnabled()


def test_every_step_of_closing_can_be_the_last(office: Office) -> None:
    """Whenever she stops, the month is as it was: no number is used up."""
    autumn(office)
    close_september(office)

    class Stops:
        def __init__(self, at: int) -> None:
            self._at = at

        def step(self, done: int, total: int) -> None:
            assert done < total
            if done == self._at:
                raise Cancelled

    for at in range(4):
        with pytest.raises(Cancelled):
            office.months.close(OCTOBER, "Hoãn vì ngập nước", progress=Stops(at))
        assert office.months.standing(OCTOBER).is_open
        assert office.months.next_number() == 2


def test_taking_back_an_import(
    large: Any, gate: Gate, qtbot: QtBot, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    with qtbot.waitSignal(large.jobs.idle):
        large.go("overview")
    before = len(office.people.rows())
    add_members(office, count=40)
    gate.around(monkeypatch, office.history, "undo")
    gate.passes(large.undo)
    qtbot.waitUntil(lambda: not large.jobs.busy)
    assert len(office.people.rows()) == before


def test_the_keys_go_to_what_was_waited_for_unless_she_went_elsewhere(large: Any, qtbot: QtBot) -> None:
    large.activateWindow()
    with qtbot.waitSignal(large.jobs.idle):
        large.go("overview")
    qtbot.waitUntil(lambda: QApplication.focusWidget() is large.page().steps.button)
    with qtbot.waitSignal(large.jobs.idle):
        large.go("reports", view="report")
    qtbot.waitUntil(lambda: QApplication.focusWidget() is large.page().report.first_focus())
    with qtbot.waitSignal(large.jobs.idle):
        large.set_period(SEPTEMBER)
        large.frame.search.setFocus()
    QApplication.processEvents()
    assert QApplication.focusWidget() is large.frame.search


def test_a_page_that_is_gone_hears_nothing(
    large: Any, gate: Gate, qtbot: QtBot, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another language builds every page anew while the old one waits for its month."""
    gate.around(monkeypatch, office.overview, "beginning")

    def another_language() -> None:
        large.set_language("en")
        QApplication.processEvents()

    gate.passes(lambda: large.go("overview"), another_language)
    qtbot.waitUntil(lambda: not large.jobs.busy)
    assert large.frame is not None, "no crash page"
    assert large.page().steps.isVisible(), "the new page was read in its turn"


def test_a_window_that_closes_hears_nothing(large: Any, gate: Gate, office: Office, monkeypatch: Any) -> None:
    gate.around(monkeypatch, office.overview, "beginning")
    large.go("overview")
    assert gate.began.wait(20)
    gate._open.set()
    large.book = None
    large.close()
    QApplication.processEvents()
    assert not large.isVisible()
