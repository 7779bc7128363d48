"""Lists of the register in Excel and CSV, to be read in again. What the caller must say in words is handed in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from sochihoi.domain.access import WATCHED
from sochihoi.domain.people import PartialDate, Sex
from sochihoi.i18n import _, ngettext, number, pgettext

if TYPE_CHECKING:
    from sochihoi.domain.member_lists import MemberRow
    from sochihoi.domain.members import Membership, Person
    from sochihoi.reports.lists import ListColumn
    from sochihoi.services.office import Office

RowWords = Callable[["MemberRow"], str]


def save_members(
    office: Office, rows: Sequence[MemberRow], what: str, target: Path, remarks: RowWords, *, overwrite: bool = True
) -> None:
    """The list with all that is known of each member, as Excel or, by the ending of ``target``, as CSV: under titles
    that an import finds again, each row with its code. Noted in the history.

    ``overwrite``: an existing file is replaced, the window has asked. Raises ``FileExists``, ``DiskFull``,
    ``CannotWrite``.
    """
    from sochihoi.reports.lists import ListBook, csv, xlsx
    from sochihoi.storage.files import write_whole

    with office.read() as work:
        people = work.people.people(row.person_id for row in rows)
        members = work.people.memberships(row.membership_id for row in rows)
    count = ngettext("{count} member", "{count} members", len(rows)).format(count=number(len(rows)))
    book = ListBook(
        _("LIST OF MEMBERS"),
        ", ".join(part for part in (office.commune.union_name, what, count) if part),
        _columns(),
        [_full(row, people[row.person_id], members[row.membership_id], remarks) for row in rows],
        office.commune.union_name,
        office.today,
    )
    form = "csv" if target.suffix.lower() == ".csv" else "xlsx"
    write_whole(target, csv(book) if form == "csv" else xlsx(book), overwrite=overwrite)
    office.people.note_export(len(rows), form, WATCHED)


def _columns() -> tuple[ListColumn, ...]:
    """In the order of ``_full``. The words of the last one are for reading only."""
    from sochihoi.reports.lists import ListColumn

    return (
        ListColumn(_("Code"), 10),
        ListColumn(_("Full name"), 26),
        ListColumn(_("Date of birth"), 12),
        ListColumn(_("Sex"), 7),
        ListColumn(_("National id"), 15),
        ListColumn(_("Old identity card"), 12),
        ListColumn(_("Ethnic group"), 10),
        ListColumn(_("Religion"), 12),
        ListColumn(_("Address"), 26),
        ListColumn(_("Hamlet, street group"), 16),
        ListColumn(_("Phone"), 13),
        ListColumn(_("Branch"), 18),
        ListColumn(pgettext("unit", "Cell"), 8),
        ListColumn(_("Joined the Union on"), 12),
        ListColumn(_("Card number"), 12),
        ListColumn(_("Core member"), 9),
        ListColumn(_("Honorary member"), 9),
        ListColumn(_("Party member"), 9),
        ListColumn(_("Joined the Party on"), 12),
        ListColumn(_("Schooling"), 12),
        ListColumn(_("Professional level"), 14),
        ListColumn(_("Level of political theory"), 14),
        ListColumn(_("Occupation"), 16),
        ListColumn(_("Household group"), 14),
        ListColumn(_("Loan"), 16),
        ListColumn(_("Health insurance"), 8),
        ListColumn(_("Health insurance valid until"), 12),
        ListColumn(_("Clubs"), 20),
        ListColumn(_("Note"), 26),
        ListColumn(_("Positions, notes"), 26),
    )


def _full(row: MemberRow, person: Person, member: Membership, remarks: RowWords) -> tuple[str | date | None, ...]:
    from sochihoi.intake.draft import group_label

    return (
        row.code,
        row.full_name,
        _date(row.birth),
        _("Man") if row.sex is Sex.MALE else _("Woman"),
        row.national_id,
        person.old_id,
        row.ethnicity,
        row.religion,
        row.address,
        row.hamlet,
        row.phone,
        row.branch,
        row.cell,
        _date(row.joined),
        member.card_no,
        _tick(member.core_member),
        _tick(member.honorary),
        _tick(row.party_member),
        person.party_joined_on,
        person.education,
        person.professional_level,
        person.political_theory_level,
        person.occupation,
        group_label(row.household_group),
        row.loan,
        pgettext("answer", "Yes") if row.health_insurance else "",
        person.health_insurance_until,
        "; ".join(row.clubs),
        person.note,
        remarks(row),
    )


def _tick(said: bool) -> str:
    return "x" if said else ""


def _date(value: PartialDate | None) -> str | date | None:
    """A day as a date; a month or a year as text, which Excel leaves alone."""
    if value is None:
        return None
    exact = value.exact()
    if exact is not None:
        return exact
    return str(value.year) if value.month is None else f"{value.month:02}/{value.year}"
