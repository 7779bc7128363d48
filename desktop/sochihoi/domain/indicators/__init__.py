"""Figures of the month as declarations: a file names a source, the source lists records, the list is counted."""

from __future__ import annotations

from sochihoi.domain.indicators.compute import Figure, Row, compute, figure_of, items_of, statement
from sochihoi.domain.indicators.definition import Display, Group, Indicator, IndicatorSet, Kind, Per, YearToDate
from sochihoi.domain.indicators.items import Item, Items, Quantity, UnitMismatch, UnitType
from sochihoi.domain.indicators.parameters import Parameters
from sochihoi.domain.indicators.sources import SOURCES

__all__ = [
    "SOURCES",
    "Display",
    "Figure",
    "Group",
    "Indicator",
    "IndicatorSet",
    "Item",
    "Items",
    "Kind",
    "Parameters",
    "Per",
    "Quantity",
    "Row",
    "UnitMismatch",
    "UnitType",
    "YearToDate",
    "compute",
    "figure_of",
    "items_of",
    "statement",
]
