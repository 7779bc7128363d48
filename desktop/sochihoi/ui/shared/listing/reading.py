"""A table as a list for paper: the lines that are shown, in their order, with the filter and the order in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, Generic, TypeVar

from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QWidget

from sochihoi.i18n import _, day_month, number, percent, short_date
from sochihoi.services.list_papers import Listing, ListingColumn, ListingRow, Side, Value
from sochihoi.ui.shared.columns import Column, TableModel
from sochihoi.ui.shared.filter_row import FilterRow
from sochihoi.ui.shared.flow import Chips

R = TypeVar("R")
Filter = FilterRow | Chips | QLineEdit | QComboBox | QAbstractButton


@dataclass(frozen=True)
class About(Generic[R]):
    """What the paper of a list says that the list itself does not.

    ``filters``: the widgets above it, in the order in which they are said. ``where``: what else narrows it ("tháng
    10/2026"). ``order``: how the page sorts it ("tên"). ``more``: columns for which the window has no room.
    """

    title: Callable[[], str]
    filters: tuple[Filter, ...] = ()
    where: Callable[[], str] = lambda: ""
    order: Callable[[], str] = lambda: ""
    more: tuple[Column[R], ...] = ()


def filters_told(filters: Sequence[Filter]) -> list[str]:
    """What is chosen, part by part; a filter that is not shown narrows nothing."""
    said: list[str] = []
    for one in filters:
        if isinstance(one, FilterRow):
            said += filters_told((one.branch, one.chips, one.search))
        elif not _stands(one):
            continue
        elif isinstance(one, Chips):
            said += one.told()
        elif isinstance(one, QLineEdit):
            if one.text().strip():
                said.append(_("“{name}”").format(name=one.text().strip()))
        elif isinstance(one, QComboBox):
            if one.currentData() not in (None, ""):
                said.append(one.currentText())
        elif one.isChecked():
            said.append(one.text().replace("&", "").strip())
    return said


def _stands(one: QWidget) -> bool:
    """Hidden by the page itself; a page that is not in front hides nothing."""
    return not one.isHidden()


def listing(
    model: TableModel[R],
    about: About[R],
    noun: Callable[[int], str],
    section: Callable[[R], str | None] | None = None,
    *,
    sensitive: bool = False,
) -> Listing:
    """The lines of a table as they stand, with the sensitive columns only when that was asked for."""
    columns = [one for one in (*model.columns, *about.more) if one.on_paper and (sensitive or not one.sensitive)]
    rows = tuple(_row(columns, row, None if section is None else section(row)) for row in model.rows)
    size = sum(not row.band for row in rows)
    return Listing(
        about.title(),
        _told(model, about),
        f"{number(size)} {noun(size)}",
        tuple(
            ListingColumn(" ".join(one.title().split()), Side(one.align), one.key if one.sensitive else "")
            for one in columns
        ),
        rows,
    )


def sensitive_names(model: TableModel[R], about: About[R]) -> list[str]:
    """Titles of the columns that are left out unless asked for."""
    return [one.title() for one in (*model.columns, *about.more) if one.sensitive]


def _told(model: TableModel[R], about: About[R]) -> str:
    parts = [part for part in (about.where(), *filters_told(about.filters)) if part]
    first = ", ".join(parts)
    said = [f"{first[0].upper()}{first[1:]}." if parts else _("The whole list.")]
    chosen = model.sorted_by
    if chosen is not None:
        column, down = chosen
        words = _("Sorted by “{column}”, downwards.") if down else _("Sorted by “{column}”.")
        said.append(words.format(column=" ".join(column.title().split())))
    elif about.order():
        said.append(_("Sorted by {order}.").format(order=about.order()))
    return " ".join(said)


def _row(columns: Sequence[Column[R]], row: R, band: str | None) -> ListingRow:
    if band is not None:
        return ListingRow(band=band)
    cells = tuple(_words(column, row) for column in columns)
    return ListingRow(cells, tuple(_value(column, row, text) for column, text in zip(columns, cells, strict=True)))


def _words(column: Column[R], row: R) -> str:
    if column.printed is not None:
        return column.printed(row)
    badges = ", ".join(badge.text for badge in column.badges(row)) if column.badges is not None else ""
    first = ", ".join(part for part in (column.text(row), badges) if part)
    small = column.small(row) if column.small is not None else ""
    return "\n".join(part for part in (first, small) if part)


def _value(column: Column[R], row: R, text: str) -> Value:
    """The number or the day behind the words: the key of the order, when the words say exactly that."""
    key: Any = column.sort(row) if column.sort is not None and column.printed is None else None
    if isinstance(key, bool) or key is None:
        return _counted(text) if column.align == "right" else None
    if isinstance(key, datetime):
        return None
    if isinstance(key, date):
        return key if text in (short_date(key), day_month(key)) else None
    if isinstance(key, int) and text == number(key):
        return key
    if isinstance(key, Decimal) and text in (number(key, 1), number(key)):
        return key
    if isinstance(key, Fraction) and text == percent(key):
        return key
    return _counted(text) if column.align == "right" else None


def _counted(text: str) -> int | None:
    """Words that are nothing but a whole number."""
    digits = "".join(sign for sign in text if sign.isdecimal() and sign.isascii())
    return int(digits) if digits and len(digits) < 16 and text == number(int(digits)) else None
