"""Dữ liệu cá nhân, as the page: parts behind tabs, each read when it is shown."""

from __future__ import annotations

from collections.abc import Callable

from sochihoi.i18n import _
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.page import Page
from sochihoi.ui.shared.parts_page import PartsPage

# name of the part and of its module, words, whether only the chair has it
PARTS: tuple[tuple[str, Callable[[], str], bool], ...] = (
    ("consents", lambda: _("Consent"), False),
    ("requests", lambda: _("Requests"), False),
    ("incidents", lambda: _("Incident: 72 hours"), False),
    ("retention", lambda: _("How long"), False),
    ("access", lambda: _("Who looked, printed, exported"), True),
)


def build(context: Context) -> Page:
    """The page of the navigation."""
    return PrivacyPage(context)


class PrivacyPage(PartsPage):
    """``refresh(tab=…)`` opens a part: consents, requests, incidents, retention, access."""

    def __init__(self, context: Context) -> None:
        chair = context.office.account.role.may_manage
        parts = [(name, words) for name, words, of_chair in PARTS if chair or not of_chair]
        super().__init__(context, _("Personal data"), "sochihoi.ui.privacy", parts)

    def on_find(self) -> None:
        field = self.part().first_focus()
        if field is not None:
            field.setFocus()

    def help_text(self) -> str:
        parts = (
            _("Who agreed that her data are kept, each purpose apart; nobody is ticked for anyone."),
            _("Who looked at sensitive data is written down by itself and cannot be changed; the chair reads it."),
        )
        return "".join(f"<p>{part}</p>" for part in parts)
