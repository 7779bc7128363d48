"""The names that a definition file may use as a source."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from sochihoi.domain.facts import Facts
from sochihoi.domain.indicators import sources_activity as activity
from sochihoi.domain.indicators import sources_entered as entries
from sochihoi.domain.indicators import sources_households as households
from sochihoi.domain.indicators import sources_people as people
from sochihoi.domain.indicators.items import Items
from sochihoi.domain.indicators.parameters import Parameters
from sochihoi.domain.periods import Window

Source = Callable[[Facts, Window, Parameters], Items]

SOURCES: Final[Mapping[str, Source]] = {
    "members": people.members,
    "members_share": people.members_share,
    "joined": people.joined,
    "left": people.left,
    "net_growth": people.net_growth,
    "gathering": people.gathering,
    "branches": people.branches,
    "cells": people.cells,
    "heads": people.heads,
    "graded": people.graded,
    "models": people.models,
    "outstanding": people.outstanding,
    "meetings": activity.meetings,
    "meetings_due": activity.meetings_due,
    "quarters_met": activity.quarters_met,
    "attendance": activity.attendance,
    "documented": activity.documented,
    "sessions": activity.sessions,
    "attendances": activity.attendances,
    "studied": activity.studied,
    "studied_persons": activity.studied_persons,
    "member_households": households.member_households,
    "registered": households.registered,
    "mobilised": households.mobilised,
    "plaques": households.plaques,
    "assessed": households.assessed,
    "passing": households.passing,
    "passing_share": households.passing_share,
    "newly_passing": households.newly,
    "failed": households.failed,
    "entered": entries.entered,
    "entered_stock": entries.entered_stock,
    "entered_stock_share": entries.entered_stock_share,
}
