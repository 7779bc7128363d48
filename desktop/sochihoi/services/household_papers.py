"""The list of households in Excel and CSV, to be read in again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sochihoi.domain.access import Look
from sochihoi.i18n import _, ngettext, number

if TYPE_CHECKING:
    from sochihoi.domain.member_lists import HouseholdRow
    from sochihoi.reports.lists import ListColumn
    from sochihoi.services.office import Office


def save_households(
    office: Office, rows: Sequence[HouseholdRow], what: str, target: Path, *, overwrite: bool = True
) -> None:
    """The list with all that is known of each household and who lives there, as Excel or, by the ending of ``target``,
    as CSV: under titles that an import finds again, each row with its code, members with theirs. Noted in the history.

    ``overwrite``: an existing file is replaced, the window has asked. Raises ``FileExists``, ``DiskFull``,
    ``CannotWrite``.
    """
    from sochihoi.reports.lists import ListBook, csv, xlsx
    from sochihoi.storage.files import write_whole

    count = ngettext("{count} household", "{count} households", len(rows)).format(count=number(len(rows)))
    book = ListBook(
        _("LIST OF HOUSEHOLDS"),
        ", ".join(part for part in (office.commune.union_name, what, count) if part),
        _columns(),
        _full(office, rows),
        office.commune.union_name,
        office.today,
    )
    form = "csv" if target.suffix.lower() == ".csv" else "xlsx"
    write_whole(target, csv(book) if form == "csv" else xlsx(book), overwrite=overwrite)
    title = _("List of households")
    office.privacy.access.left(Look.LIST, len(rows), form, title=title, which=what)


def _columns() -> tuple[ListColumn, ...]:
    """In the order of ``_full``."""
    from sochihoi.reports.lists import ListColumn

    return (
        ListColumn(_("Household code"), 10),
        ListColumn(_("Code of the head"), 10),
        ListColumn(_("Head"), 24),
        ListColumn(_("Branch"), 16),
        ListColumn(_("Address"), 24),
        ListColumn(_("Phone"), 13),
        ListColumn(_("Household group"), 14),
        ListColumn(_("People counted"), 8),
        ListColumn(_("Members with their codes"), 38),
        ListColumn(_("Other residents"), 38),
        ListColumn(_("Note"), 22),
    )


def _full(office: Office, rows: Sequence[HouseholdRow]) -> list[tuple[str | int | None, ...]]:
    from sochihoi.intake.draft import group_label
    from sochihoi.intake.home_list import Named, people_text

    with office.read() as work:
        records = work.households.many(row.id for row in rows)
        living = work.households.living(office.today)
        people = work.people.people(one.person_id for row in rows for one in living.get(row.id, ()))
        code_of = {member.person_id: member.code for member in work.people.rows(office.today)}
    found: list[tuple[str | int | None, ...]] = []
    for row in rows:
        record, here = records[row.id], living.get(row.id, ())
        members = (Named(r.full_name, r.code, relation=r.relation) for r in here if r.membership_id)
        others = (
            Named(r.full_name, sex=people[r.person_id].sex, birth=r.birth, relation=r.relation)
            for r in here
            if not r.membership_id
        )
        found.append(
            (
                row.code,
                code_of.get(record.head_id or "", ""),
                row.head,
                row.branch,
                record.address,
                record.phone,
                group_label(record.household_group),
                record.residents,
                people_text(members),
                people_text(others),
                record.note,
            )
        )
    return found
