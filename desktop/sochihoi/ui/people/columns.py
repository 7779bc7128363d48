"""The columns of the list of members."""

from __future__ import annotations

from sochihoi.domain.member_lists import MemberRow
from sochihoi.i18n import _, pgettext
from sochihoi.ui.people.presenter import PeoplePresenter
from sochihoi.ui.shared.badges import Badge
from sochihoi.ui.shared.table import Column
from sochihoi.ui.words.people import phones


def columns(presenter: PeoplePresenter) -> tuple[Column[MemberRow], ...]:
    """Code, name, year, branch, cell, phone, positions and marks."""
    return (
        Column(lambda: _("Code"), lambda m: m.code, 80, sort=lambda m: m.code, key="code"),
        Column(lambda: _("Full name"), lambda m: m.full_name, 196, sort=lambda m: m.sort_key, strong=True, key="name"),
        Column(
            lambda: _("Born"),
            lambda m: str(m.birth_year or "—"),
            76,
            sort=lambda m: str(m.birth) if m.birth is not None else None,
            key="born",
        ),
        Column(lambda: _("Branch"), lambda m: m.branch, 120, sort=lambda m: (m.branch_key, m.sort_key), key="branch"),
        Column(
            lambda: pgettext("unit", "Cell"),
            lambda m: m.cell or "—",
            56,
            sort=lambda m: (m.cell_key, m.sort_key) if m.cell else None,
            key="cell",
        ),
        Column(lambda: _("Phone"), lambda m: phones(m.phone) or "—", 112, key="phone"),
        Column(
            lambda: _("Positions, notes"),
            lambda _m: "",
            130,
            stretch=True,
            badges=lambda m: [Badge(text, tone) for text, tone in presenter.badges(m)],
            printed=presenter.remarks,
            key="notes",
        ),
    )


def columns_more() -> tuple[Column[MemberRow], ...]:
    """What only paper has room for; what is sensitive only when that was asked for."""
    return (
        Column(lambda: _("Address"), lambda m: m.address, key="address"),
        Column(lambda: _("National id"), lambda m: m.national_id, sensitive=True, key="national_id"),
        Column(lambda: _("Ethnic group"), lambda m: m.ethnicity, sensitive=True, key="ethnicity"),
        Column(lambda: _("Religion"), lambda m: m.religion, sensitive=True, key="religion"),
        Column(lambda: _("Party member"), lambda m: "x" if m.party_member else "", sensitive=True, key="party_member"),
    )
