"""Nothing of a book that was closed stays in memory: the program runs all day, and locks and opens many times."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QSettings
from PySide6.QtWidgets import QApplication

from sochihoi import app as window
from tests.offices import make_office


def test_pages_and_book_go_with_the_window(qapp: QApplication, tmp_path: Path, settings: QSettings) -> None:
    office = make_office(tmp_path / "data")
    shell = window.build_window(office, settings, first="")
    shell.show()
    assert shell.book is not None
    keys = [place.key for place in shell.book.places]
    assert len(keys) > 8
    pages = []
    for key in keys:
        shell.go(key)
        while shell.jobs.busy:
            qapp.processEvents()
        qapp.processEvents()
        pages.append((key, weakref.ref(shell.page())))
    book = weakref.ref(office)
    shell.book = None
    shell.close()
    shiboken6.delete(shell)
    office.close()
    del office, shell
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # type: ignore[call-overload]
    gc.collect()
    assert [key for key, page in pages if page() is not None] == []
    assert book() is None
