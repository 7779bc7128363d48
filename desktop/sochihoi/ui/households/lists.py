"""The columns of the two lists of this page."""

from __future__ import annotations

from sochihoi.domain.member_lists import HouseholdRow, MemberRow
from sochihoi.i18n import _, language, number, pgettext
from sochihoi.ui.shared.badges import Badge
from sochihoi.ui.shared.table import Column
from sochihoi.ui.words.households import group_name
from sochihoi.ui.words.people import phones


def home_columns() -> tuple[Column[HouseholdRow], ...]:
    """Code, head, branch, address, people, members, group."""
    return (
        Column(lambda: _("Code"), lambda h: h.code, 80, sort=lambda h: h.code, key="code"),
        Column(lambda: _("Head"), lambda h: h.head or "—", 170, sort=lambda h: h.sort_key, strong=True, key="head"),
        Column(lambda: _("Branch"), lambda h: h.branch, 112, sort=lambda h: (h.branch_key, h.sort_key), key="branch"),
        Column(lambda: _("Address"), lambda h: h.address or "—", 170, stretch=True, key="address"),
        Column(
            lambda: _("People"),
            lambda h: "—" if h.size is None else number(h.size),
            68,
            sort=lambda h: h.size,
            align="right",
            key="people",
        ),
        Column(
            lambda: _("Members"),
            lambda h: number(h.members),
            72,
            sort=lambda h: h.members,
            align="right",
            tone=lambda h: "text" if h.members else "warn",
            key="members",
        ),
        Column(
            lambda: _("Household group"),
            lambda _h: "",
            124 if language() == "vi" else 152,  # "Hộ cận nghèo", "Near-poor household"
            badges=lambda h: [Badge(group_name(h.household_group), "warn")] if group_name(h.household_group) else [],
            sort=lambda h: group_name(h.household_group) or None,
            key="group",
        ),
    )


def home_columns_more() -> tuple[Column[HouseholdRow], ...]:
    """What only paper has room for."""
    return (Column(lambda: _("Phone"), lambda h: phones(h.phone), key="phone"),)


def member_columns() -> tuple[Column[MemberRow], ...]:
    """Code, name, year, branch, cell, phone, address."""
    return (
        Column(lambda: _("Code"), lambda m: m.code, 80, sort=lambda m: m.code, key="code"),
        Column(lambda: _("Full name"), lambda m: m.full_name, 196, sort=lambda m: m.sort_key, strong=True, key="name"),
        Column(lambda: _("Born"), lambda m: str(m.birth_year or "—"), 76, sort=lambda m: m.birth_year, key="born"),
        Column(lambda: _("Branch"), lambda m: m.branch, 120, sort=lambda m: (m.branch_key, m.sort_key), key="branch"),
        Column(lambda: pgettext("unit", "Cell"), lambda m: m.cell or "—", 60, key="cell"),
        Column(lambda: _("Phone"), lambda m: phones(m.phone) or "—", 112, key="phone"),
        Column(
            lambda: _("Address"), lambda m: m.address or "—", 160, stretch=True, sort=lambda m: m.address, key="address"
        ),
    )
