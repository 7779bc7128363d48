"""Lists of the register in Excel, to be read in again. What the caller must say in words is handed in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from sochihoi.domain.access import WATCHED
from sochihoi.domain.people import PartialDate
from sochihoi.i18n import _, ngettext, number, pgettext

if TYPE_CHECKING:
    from sochihoi.domain.member_lists import MemberRow
    from sochihoi.services.imports import Line
    from sochihoi.services.office import Office

RowWords = Callable[["MemberRow"], str]


def save_members(office: Office, rows: Sequence[MemberRow], what: str, target: Path, remarks: RowWords) -> None:
    """The list with full values as an Excel file, under titles that an import finds again. Noted in the history.

    An existing file is replaced: the window has asked. Raises ``DiskFull``, ``CannotWrite``.
    """
    from sochihoi.reports.lists import ListBook, ListColumn, xlsx
    from sochihoi.storage.files import write_whole

    columns = (
        ListColumn(_("Code"), 10),
        ListColumn(_("Full name"), 26),
        ListColumn(_("Date of birth"), 12),
        ListColumn(_("National id"), 15),
        ListColumn(_("Ethnic group"), 10),
        ListColumn(_("Religion"), 12),
        ListColumn(_("Address"), 26),
        ListColumn(_("Hamlet, street group"), 16),
        ListColumn(_("Phone"), 13),
        ListColumn(_("Branch"), 18),
        ListColumn(pgettext("unit", "Cell"), 8),
        ListColumn(_("Joined the Union on"), 12),
        ListColumn(_("Party member"), 9),
        ListColumn(_("Household group"), 14),
        ListColumn(_("Loan"), 16),
        ListColumn(_("Health insurance"), 8),
        ListColumn(_("Clubs"), 20),
        ListColumn(_("Positions, notes"), 26),
    )
    count = ngettext("{count} member", "{count} members", len(rows)).format(count=number(len(rows)))
    book = ListBook(
        _("LIST OF MEMBERS"),
        ", ".join(part for part in (office.commune.union_name, what, count) if part),
        columns,
        [_full(row, remarks) for row in rows],
        office.commune.union_name,
        office.today,
    )
    write_whole(target, xlsx(book), overwrite=True)
    office.people.note_export(len(rows), "xlsx", WATCHED)


def _full(row: MemberRow, remarks: RowWords) -> tuple[str | date | None, ...]:
    from sochihoi.intake.draft import group_label

    return (
        row.code,
        row.full_name,
        _date(row.birth),
        row.national_id,
        row.ethnicity,
        row.religion,
        row.address,
        row.hamlet,
        row.phone,
        row.branch,
        row.cell,
        _date(row.joined),
        "x" if row.party_member else "",
        group_label(row.household_group),
        row.loan,
        pgettext("answer", "Yes") if row.health_insurance else "",
        "; ".join(row.clubs),
        remarks(row),
    )


def annotated_list(
    office: Office, lines: Sequence[Line], fate: Callable[[Line], str], why: Callable[[Line], str]
) -> bytes:
    """The rows of a list that was looked at, each with what becomes of it and why, as an Excel file to mend from."""
    from sochihoi.reports.lists import ListBook, ListColumn, xlsx

    columns = (
        ListColumn(_("Sheet"), 14),
        ListColumn(_("Row"), 8),
        ListColumn(_("Full name"), 26),
        ListColumn(_("Date of birth"), 12),
        ListColumn(_("Branch"), 18),
        ListColumn(pgettext("unit", "Cell"), 8),
        ListColumn(_("Outcome"), 16),
        ListColumn(_("Remarks"), 60),
    )
    rows = [
        (
            line.row.sheet,
            line.row.row,
            line.row.name,
            _date(line.row.birth),
            line.row.branch,
            line.row.cell,
            fate(line),
            why(line),
        )
        for line in lines
    ]
    about = ngettext("{count} row", "{count} rows", len(rows)).format(count=number(len(rows)))
    author = office.commune.union_name
    return xlsx(ListBook(_("LIST WITH REMARKS"), about, columns, rows, author, office.today))


def _date(value: PartialDate | None) -> str | date | None:
    """A day as a date; a month or a year as text, which Excel leaves alone."""
    if value is None:
        return None
    exact = value.exact()
    if exact is not None:
        return exact
    return str(value.year) if value.month is None else f"{value.month:02}/{value.year}"
