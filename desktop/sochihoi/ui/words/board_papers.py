"""The board and its reminders as lists for paper and Excel. No Qt."""

from __future__ import annotations

from sochihoi.i18n import _, ngettext, number, short_date
from sochihoi.services.board import BoardRow, BoardSheet
from sochihoi.services.list_papers import Listing, ListingColumn, ListingRow, Side
from sochihoi.ui.words import board as words
from sochihoi.ui.words.month import period_name


def board_listing(sheet: BoardSheet) -> Listing:
    """Every unit, the late ones first."""
    columns = (
        ListingColumn(_("Code"), Side.CENTRE),
        ListingColumn(_("Unit")),
        ListingColumn(_("State")),
        ListingColumn(_("Due")),
        ListingColumn(_("Received on"), Side.CENTRE),
        ListingColumn(_("Edition"), Side.RIGHT),
        ListingColumn(_("Newest file")),
        ListingColumn(_("What is missing")),
    )
    rows = tuple(_row(row) for row in sheet.rows)
    count = ngettext("{count} unit", "{count} units", len(rows)).format(count=number(len(rows)))
    return Listing(
        _("Who has sent, {period}").format(period=period_name(sheet.period)),
        _sentence(words.headline(sheet)),
        count,
        columns,
        rows,
    )


def _row(row: BoardRow) -> ListingRow:
    day = None if row.file is None else row.file.received_on
    cells = (
        row.unit_code,
        row.unit_name,
        words.state_words(row.state),
        words.due_words(row),
        "" if day is None else short_date(day),
        number(row.edition) if row.edition else "",
        words.newest_words(row),
        words.remarks(row),
    )
    return ListingRow(cells, (None, None, None, None, day, row.edition or None, None, None))


def reminder_listing(sheet: BoardSheet, above: str) -> Listing:
    """Every unit that there is something to remind of, with the text."""
    told = [(row, words.reminder(row, sheet, above)) for row in sheet.rows]
    rows = tuple(
        ListingRow((row.unit_name, words.state_words(row.state), text), (None, None, None))
        for row, text in told
        if text
    )
    count = ngettext("{count} unit to remind", "{count} units to remind", len(rows)).format(count=number(len(rows)))
    columns = (ListingColumn(_("Unit")), ListingColumn(_("State")), ListingColumn(_("What is written to it")))
    title = _("Reminders, {period}").format(period=period_name(sheet.period))
    return Listing(title, _sentence(words.headline(sheet)), count, columns, rows)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
