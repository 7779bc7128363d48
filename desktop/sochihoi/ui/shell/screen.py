"""Without a screen Qt ends the process by a signal; here it ends with a sentence and 1."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from sochihoi.domain.errors import NoDisplay
from sochihoi.ui import words

log = logging.getLogger(__name__)


@contextmanager
def needed() -> Iterator[None]:
    """Around the making of the application: a screen that does not answer, or a library that is missing, is told.

    The process ends inside Qt, so nothing is raised. With ``SOCHIHOI_TRACEBACK`` Qt's own lines are told too.
    """
    heard: list[str] = []

    def hear(kind: QtMsgType, _where: QMessageLogContext, text: str) -> None:
        heard.append(text)
        if kind is QtMsgType.QtFatalMsg:
            _end(heard)

    before = qInstallMessageHandler(hear)
    try:
        yield
    finally:
        qInstallMessageHandler(before)
    for text in heard:
        log.info("%s", text)


def _end(heard: list[str]) -> None:
    told = heard if os.environ.get("SOCHIHOI_TRACEBACK") else []
    print(words.say(NoDisplay()), *told, sep="\n", file=sys.stderr, flush=True)  # noqa: T201 - there is no window
    os._exit(1)  # back in Qt the next thing is its signal
