"""The same list again with what is to be mended coloured and said, for the branch head."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from sochihoi.domain.errors import UserError
from sochihoi.i18n import _
from sochihoi.storage.files import write_whole
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import choose_target


def save_remarks(
    context: Context,
    parent: QWidget,
    path: Path,
    book: Callable[[], bytes],
    failed: Callable[[UserError], None] | None = None,
) -> None:
    """Ask where it goes and write it; ``path`` is the list itself."""
    name = path.with_name(f"{path.stem}-can-xem-lai.xlsx")
    target = choose_target(parent, _("Save the list with remarks"), str(name), "Excel (*.xlsx)")
    if target is None:
        return
    context.shell.run_job(
        lambda _progress: write_whole(target, book(), overwrite=True),
        lambda _none: context.shell.toast(_("Saved: {file}").format(file=target)),
        title=_("Writing {file}…").format(file=target.name),
        failed=failed,
    )
