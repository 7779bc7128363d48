"""Rows of one list that may be the same woman twice: the later row says which one, and why.

A row is doubtful when it shares a number, or so much else that somebody must look before both are kept. A name and a
year of birth alone, in another branch, are only noted: in a commune many women honestly share both, the officer listed
the two herself, and a doubt on all of them would hide the real ones. (Beside the register the same is doubtful: there
it is the usual sign of a woman who moved and would be entered twice.) What is noted here stands among the entries that
may be one woman after the import, where both can be told apart for good.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

from sochihoi.domain.likeness import Index, Traits
from sochihoi.domain.likeness import Verdict as Likeness
from sochihoi.domain.vietnamese import fold, match_key
from sochihoi.intake.columns import Field, SheetMapping, mapping_at
from sochihoi.intake.draft import MemberRow, Reason, ReasonCode, Verdict


def mark_doubles(rows: Iterable[MemberRow], mappings: Sequence[SheetMapping]) -> list[MemberRow]:
    """The rows, the later one of two with a reason: the national id, or name, birth year and branch, of an earlier one
    (``SAME_ID``, ``SAME_PERSON``); much else in common (``LIKE_ROW``), or a little (``NAMESAKE``, a note).

    Two different national ids are two persons, whatever their names. Refused rows are no one's double.
    """
    by_id: dict[str, MemberRow] = {}
    by_person: dict[tuple[str, int | None, str], list[MemberRow]] = {}
    seen: list[MemberRow] = []
    index = Index(())
    marked = []
    for row in rows:
        if row.verdict is not Verdict.REFUSED:
            person = (fold(row.name), row.birth.year if row.birth else None, match_key(row.branch))
            alike = by_person.setdefault(person, [])
            same_id = by_id.get(row.national_id) if row.national_id else None
            same_person = next((one for one in alike if not _two_ids(one, row)), None)
            traits = _traits(row, str(len(seen)))
            like = index.like(traits) if same_id is None and same_person is None else ()
            index.add(traits)
            seen.append(row)
            alike.append(row)
            if row.national_id:
                by_id.setdefault(row.national_id, row)
            if same_id is not None:
                row = _said(row, ReasonCode.SAME_ID, Field.NATIONAL_ID, same_id, mappings)
            elif same_person is not None:
                row = _said(row, ReasonCode.SAME_PERSON, Field.NAME, same_person, mappings)
            elif like:
                key, likeness = like[0]
                code = ReasonCode.LIKE_ROW if likeness.weighs else ReasonCode.NAMESAKE
                row = _said(row, code, Field.NAME, seen[int(key)], mappings, likeness)
        marked.append(row)
    return marked


def _traits(row: MemberRow, key: str) -> Traits:
    return Traits(key, row.name, row.birth, row.national_id, row.old_id, row.phone, row.address, row.hamlet)


def _two_ids(one: MemberRow, other: MemberRow) -> bool:
    return bool(one.national_id and other.national_id) and one.national_id != other.national_id


def _said(
    row: MemberRow,
    code: ReasonCode,
    field: Field,
    first: MemberRow,
    mappings: Sequence[SheetMapping],
    likeness: Likeness | None = None,
) -> MemberRow:
    column = mapping_at(mappings, row.sheet, row.row).title(field)
    elsewhere = bool(row.branch and first.branch) and match_key(row.branch) != match_key(first.branch)
    reason = Reason(code, field, column, row.row, f"{first.sheet}!{first.row}", likeness, elsewhere)
    return dataclasses.replace(row, reasons=(*row.reasons, reason))
