"""The columns of the list of households of a year."""

from __future__ import annotations

from collections.abc import Sequence

from sochihoi.domain.campaign_records import HouseholdLine
from sochihoi.i18n import _, day_month
from sochihoi.ui.campaign import household_words
from sochihoi.ui.shared.badges import Badge
from sochihoi.ui.shared.columns import Column


def household_columns() -> tuple[Column[HouseholdLine], ...]:
    """Head, code, branch, the two days, result, plaque."""
    return (
        Column(
            lambda: _("Head of household"),
            lambda line: line.head,
            width=190,
            sort=lambda line: line.sort_key,
            strong=True,
            stretch=True,
            badges=lambda line: () if line.member else (Badge(_("No member")),),
            key="head",
        ),
        Column(lambda: _("Code"), lambda line: line.code, width=84, sort=lambda line: line.code, key="code"),
        Column(
            lambda: _("Branch"),
            lambda line: line.branch,
            width=150,
            sort=lambda line: (line.branch_key, line.sort_key),
            key="branch",
        ),
        Column(
            lambda: _("Registered"),
            lambda line: day_month(line.registered_on) if line.registered_on else "—",
            width=92,
            sort=lambda line: line.registered_on,
            key="registered",
        ),
        Column(
            lambda: _("Mobilised"),
            lambda line: day_month(line.mobilised_on) if line.mobilised_on else "—",
            width=92,
            sort=lambda line: line.mobilised_on,
            key="mobilised",
        ),
        Column(
            lambda: _("Result"),
            lambda line: (
                "" if household_words.household_result(line).badge else household_words.household_result(line).text
            ),
            width=196,
            sort=lambda line: (line.round.value, bool(line.passed)) if line.round else None,
            tone=lambda _line: "muted",
            badges=_result,
            key="result",
        ),
        Column(lambda: _("Plaque"), household_words.plaque, width=128, sort=lambda line: line.plaque_on, key="plaque"),
    )


def _result(line: HouseholdLine) -> Sequence[Badge]:
    shown = household_words.household_result(line)
    if not shown.badge:
        return ()
    fresh = (Badge(_("Newly passing"), "info"),) if line.newly else ()
    return (Badge(shown.text, shown.tone), *fresh)
