"""Thiết lập, as the page: parts behind tabs, each read when it is shown."""

from __future__ import annotations

from collections.abc import Callable

from sochihoi.i18n import _
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.page import Page
from sochihoi.ui.shared.parts_page import PartsPage

# name of the part and of its module, words
PARTS: tuple[tuple[str, Callable[[], str]], ...] = (
    ("unit", lambda: _("Unit and reports")),
    ("papers", lambda: _("Form of the papers")),
    ("branches", lambda: _("Branches")),
    ("accounts", lambda: _("Accounts")),
    ("backup", lambda: _("Copies")),
    ("server", lambda: _("Server")),
    ("look", lambda: _("Colours and text")),
    ("history", lambda: _("History")),
    ("about", lambda: _("About")),
)


def build(context: Context) -> Page:
    """The set-up of the unit."""
    return SetupPage(context)


class SetupPage(PartsPage):
    """``refresh(tab=…)`` opens a part: unit, papers, branches, accounts, backup, server, look, history, about."""

    def __init__(self, context: Context) -> None:
        office = context.office
        without = {"branches" if office.is_receiver else "server"}
        if office.store.server:
            without.add("backup")  # the administrator of the server makes them
        parts = [one for one in PARTS if one[0] not in without]
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
