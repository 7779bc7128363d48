"""Slow work: exactly one of done, failed, cancelled; on the UI thread."""

from __future__ import annotations

import threading

import pytest
from pytestqt.qtbot import QtBot

from sochihoi.domain.errors import NotFound, UserError
from sochihoi.ui.shared.jobs import Job, Jobs, Progress
from tests.ui.stand_in import Desk


@pytest.fixture
def said() -> list[object]:
    return []


def run(qtbot: QtBot, said: list[object], work: object, stop: bool = False) -> None:
    jobs = Jobs()
    here = threading.get_ident()

    def done(result: object) -> None:
        assert threading.get_ident() == here
        said.append(("done", result))

    def failed(error: BaseException) -> None:
        assert threading.get_ident() == here
        said.append(("failed", type(error).__name__))

    job = Job(work, done, failed, title="Đang đọc")  # type: ignore[arg-type]
    if stop:
        job.progress.stop()
    with qtbot.waitSignal(job.finished):
        jobs.start(job)
    assert not jobs.busy
    jobs.close()


def test_work_is_done_on_another_thread(qapp: object, qtbot: QtBot, said: list[object]) -> None:
    here = threading.get_ident()

    def work(progress: Progress) -> int:
        assert threading.get_ident() != here
        for step in range(5):
            progress.step(step, 5)
        return 42

    run(qtbot, said, work)
    assert said == [("done", 42)]


def test_a_problem_is_handed_over(qapp: object, qtbot: QtBot, said: list[object]) -> None:
    def work(_progress: Progress) -> None:
        raise NotFound("member", "HP1")

    run(qtbot, said, work)
    assert said == [("failed", "NotFound")]


def test_a_fault_is_handed_over(qapp: object, qtbot: QtBot, said: list[object]) -> None:
    run(qtbot, said, lambda _progress: 1 / 0)
    assert said == [("failed", "ZeroDivisionError")]


def test_stopping_says_nothing(qapp: object, qtbot: QtBot, said: list[object]) -> None:
    run(qtbot, said, lambda progress: progress.step(1, 2), stop=True)
    assert said == []


def test_the_bar_comes_late_and_stop_stops(desk: Desk, qtbot: QtBot) -> None:
    shell = desk.shell
    assert shell.frame is not None
    bar = shell.frame.jobs
    began, go_on = threading.Event(), threading.Event()
    seen: list[object] = []

    def work(progress: Progress) -> None:
        progress.step(4310, 12000)
        began.set()
        go_on.wait(10)
        progress.step(4311, 12000)
        seen.append("went on")

    shell.run_job(work, seen.append, title="Đang đọc 12.000 dòng…", stop_says="Chưa ghi gì.")
    assert bar.isHidden()
    began.wait(10)
    qtbot.waitUntil(lambda: "4.310" in bar.text.text() or "4,310" in bar.text.text())
    bar.show_words()
    assert not bar.stop_button.isHidden()
    bar.stop_button.click()
    go_on.set()
    qtbot.waitUntil(lambda: not shell.jobs.busy)
    assert seen == []
    assert bar.isHidden()


def test_a_problem_without_a_listener_is_said_in_the_message_bar(desk: Desk, qtbot: QtBot) -> None:
    def work(_progress: Progress) -> None:
        raise NotFound("member", "HP00417")

    desk.shell.run_job(work, lambda _result: None, title="Đang tìm")
    qtbot.waitUntil(lambda: not desk.shell.jobs.busy)
    assert desk.shell.frame is not None
    assert "HP00417" in desk.shell.frame.message.text()
    heard: list[UserError] = []
    desk.shell.clear_message()
    desk.shell.run_job(work, lambda _result: None, title="Đang tìm", failed=heard.append)
    qtbot.waitUntil(lambda: not desk.shell.jobs.busy)
    assert len(heard) == 1
    assert desk.shell.frame.message.text() == ""


def test_a_fault_in_work_shows_the_crash_page(desk: Desk, qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    desk.shell.run_job(lambda _progress: 1 / 0, lambda _result: None, title="Đang tính")
    qtbot.waitUntil(lambda: not desk.shell.jobs.busy)
    assert desk.shell.page() is None
