"""Deeds of the meetings."""

from __future__ import annotations

from collections.abc import Callable

from sochihoi.ui.shared import deeds
from sochihoi.ui.shared.context import Context


class Deeds(deeds.Deeds):
    """What the message bar says of a meeting stays until the page itself takes it away."""

    def __init__(self, context: Context, refresh: Callable[[], None]) -> None:
        super().__init__(context, refresh, lambda: context.office.meetings.last_batch, clears=False)
