"""Thiết lập, as the page: parts behind tabs, each read when it is shown."""

from __future__ import annotations

from collections.abc import Callable

from sochihoi.i18n import _
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.page import Page
from sochihoi.ui.shared.parts_page import PartsPage

# name of the part and of its module, words, whether a level above has it
PARTS: tuple[tuple[str, Callable[[], str], bool], ...] = (
    ("unit", lambda: _("Unit and reports"), True),
    ("papers", lambda: _("Form of the papers"), True),
    ("branches", lambda: _("Branches"), False),
    ("accounts", lambda: _("Accounts"), True),
    ("backup", lambda: _("Copies"), True),
    ("look", lambda: _("Colours and text"), True),
    ("history", lambda: _("History"), True),
    ("about", lambda: _("About"), True),
)


def build(context: Context) -> Page:
    """The set-up of the unit."""
    return SetupPage(context)


class SetupPage(PartsPage):
    """``refresh(tab=…)`` opens a part: unit, papers, branches, accounts, backup, look, history, about."""

    def __init__(self, context: Context) -> None:
        receiver = context.office.is_receiver
        parts = [(name, words) for name, words, above in PARTS if above or not receiver]
        super().__init__(context, _("Set-up"), "sochihoi.ui.setup", parts)

    def refresh(self, *, tab: str = "") -> None:
        self.set_title(_("Set-up"), self.context.office.commune.union_name)
        super().refresh(tab=tab)

    def help_text(self) -> str:
        return _(
            "<p>Here stand the settings of the unit, its branches and cells, who works with the book, where copies go,"
            " and the history of everything that was done.</p><p>A field is saved when you leave it. In the history an"
            " act can be taken back as a whole.</p>"
        )
