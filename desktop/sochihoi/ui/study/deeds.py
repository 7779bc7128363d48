"""Deeds of the study campaigns."""

from __future__ import annotations

from collections.abc import Callable

from sochihoi.ui.shared import deeds
from sochihoi.ui.shared.context import Context


class Deeds(deeds.Deeds):
    """After an undo what is shown may be gone: the whole page decides what is read again."""

    def __init__(self, context: Context, refresh: Callable[[], None]) -> None:
        super().__init__(
            context, refresh, lambda: context.office.study.last_batch, after_undo=context.shell.refresh_page
        )
