"""The crash page: what was saved is safe; a file for support without personal data; "Mở lại"."""

from __future__ import annotations

import platform
import sys
import traceback
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

import sochihoi
from sochihoi.i18n import _
from sochihoi.ui import style
from sochihoi.ui.shared.buttons import Card, button, label


def report(error: BaseException) -> str:
    """What support needs and nothing about a person: versions, kinds of errors, places in the code. No values, no
    messages.
    """
    lines = [
        f"sochihoi {sochihoi.__version__}",
        f"python {platform.python_version()} qt {qVersion()}",
        f"{platform.system()} {platform.release()} {platform.machine()}",
    ]
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        # the text of an error may hold a name or a number of a person: only its class is kept
        lines += ["", f"{type(cause).__module__}.{type(cause).__qualname__}"]
        for frame in traceback.extract_tb(cause.__traceback__):
            place = Path(frame.filename)
            inside = place.parts[place.parts.index("sochihoi") :] if "sochihoi" in place.parts else place.parts[-2:]
            lines.append(f"  {'/'.join(inside)}:{frame.lineno} {frame.name}")
        cause = cause.__cause__ or cause.__context__
    return "\n".join(lines) + "\n"


def write_report(folder: Path, error: BaseException, moment: datetime) -> Path | None:
    """Write the file for support beside the settings; ``None`` when even that cannot be written."""
    file = folder / f"su-co-{moment:%Y%m%d-%H%M%S}.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file.write_text(report(error), encoding="utf-8")
    except OSError:
        print(report(error), file=sys.stderr)  # noqa: T201 - nowhere else is left
        return None
    return file


class CrashPage(QWidget):
    """Covers the window. ``reopen`` builds the pages anew over the same open book."""

    def __init__(self, file: Path | None, reopen: Callable[[], None]) -> None:
        super().__init__()
        self.setObjectName("page")
        size = style.sizes()
        outer = QVBoxLayout(self)
        outer.setAlignment(Qt.AlignmentFlag.AlignCenter)
        card = Card()
        card.setFixedWidth(round(480 * size.body / 14))
        card.body.setContentsMargins(size.space_5, size.space_5, size.space_5, size.space_5)
        card.body.setSpacing(size.space_3)
        mark = QLabel()
        style.put_icon(mark, "shield-check", "ok", 32)
        card.add(mark)
        card.add(label(_("What was saved is safe."), "title", wrap=True))
        card.add(label(_("The program met a fault of its own and stopped what it was doing."), wrap=True))
        if file is not None:
            card.add(label(_("For support, send this file. It holds no name and no figure of the commune."), wrap=True))
            path = label(str(file), tone="muted", wrap=True)
            path.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            card.add(path)
        self.reopen_button = button(_("Open again"), reopen, "primary")
        card.add(self.reopen_button)
        outer.addWidget(card)
        self.setFocusProxy(self.reopen_button)
