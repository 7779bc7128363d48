"""What leaves this PC with a report: figures, and members only in the columns that an applied pack asks for.

A woman who took her consent back is not on the list; a sensitive column says something only of one who agreed to it
(Law 91/2025/QH15; Decree 356/2025/NĐ-CP).
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sochihoi.domain.consent import NOTHING_SAID, ConsentState, Purpose, Standing, standings
from sochihoi.domain.member_columns import COLUMNS, FIGURES_ONLY, MEMBER_LIST, SENSITIVE_COLUMNS, Shape
from sochihoi.domain.vietnamese import nfc
from sochihoi.sync.canonical import canon
from sochihoi.sync.member_rows import Member, Value
from sochihoi.sync.rows import Closing, Row, key_of

if TYPE_CHECKING:
    from sochihoi.domain.member_lists import MemberRow
    from sochihoi.domain.members import Person
    from sochihoi.domain.periods import Period
    from sochihoi.services.office import Office
    from sochihoi.storage.work import Work

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_OF_PERSON = ("education", "occupation", "professional_level")  # what lists do not show


@dataclass(frozen=True, slots=True)
class Leaving:
    """``rows``: everything that will stand in the file. ``columns``: of members, none for figures only.

    ``members``: how many are listed. ``withdrawn``: how many are not, because they took their consent back.
    ``kept_back``: sensitive column to the number of members of whom it stays here, because they have not agreed.
    """

    rows: tuple[Row, ...] = field(repr=False)
    columns: tuple[str, ...] = ()
    members: int = 0
    withdrawn: int = 0
    kept_back: Mapping[str, int] = field(default_factory=dict)

    @property
    def profile(self) -> str:
        """Its code."""
        return MEMBER_LIST if self.columns else FIGURES_ONLY

    @property
    def kinds(self) -> dict[str, int]:
        """How many rows of each kind."""
        return dict(Counter(key_of(row)[0] for row in self.rows))

    def told(self) -> dict[str, Any]:
        """What the log keeps: no value of anybody, but a hash that says whether it is still the same."""
        from sochihoi.services.sending_rows import CLOSINGS, closing_name

        held = sorted(closing_name(row.period.code, row.edition) for row in self.rows if isinstance(row, Closing))
        if not self.columns:
            return {"rows": self.kinds, CLOSINGS: held}
        lines = [[row.id, dict(row.values)] for row in self.rows if isinstance(row, Member)]
        digest = hashlib.sha256(canon(sorted(lines, key=lambda line: str(line[0])))).hexdigest()
        return {
            "rows": self.kinds,
            CLOSINGS: held,
            "columns": list(self.columns),
            "members": self.members,
            "withdrawn": self.withdrawn,
            "kept_back": dict(self.kept_back),
            "sha256": digest,
        }


def leaving(office: Office, work: Work, period: Period, *, figures_only: bool = False) -> Leaving:
    """What the file of a closed month would hold now. ``figures_only``: whatever is asked for, no list."""
    from sochihoi.services import ticket_rows
    from sochihoi.services.sending_rows import rows_of

    asked = None if figures_only else office.packs.profile_in(work, MEMBER_LIST)
    unit = office.commune.unit_id
    tickets = ticket_rows.rows_of(work, office.commune.codes, period)
    if asked is None:
        return Leaving((*rows_of(work, office.definitions, period, unit), *tickets))
    women = work.people.rows(office.today)
    held = standings(work.consents.all())
    allowed = [one for one in women if _state(held, one, Purpose.BASIC) is not ConsentState.WITHDRAWN]
    people = work.people.people({one.person_id for one in allowed})
    kept_back: Counter[str] = Counter()
    members = []
    for one in allowed:
        values = _values(one, people[one.person_id], asked.columns)
        if _state(held, one, Purpose.SENSITIVE) is not ConsentState.GIVEN:
            behind = SENSITIVE_COLUMNS & set(values)
            kept_back.update(behind)
            values = {code: value for code, value in values.items() if code not in behind}
        members.append(Member(one.membership_id, values))
    branches = {str(one.values["branch"]) for one in members if "branch" in one.values}
    figures = rows_of(work, office.definitions, period, unit, branches)
    return Leaving(
        (*figures, *tickets, *members),
        asked.columns,
        len(members),
        len(women) - len(allowed),
        dict(sorted(kept_back.items())),
    )


def _state(held: Mapping[str, Standing], one: MemberRow, purpose: Purpose) -> ConsentState:
    return held.get(one.person_id, NOTHING_SAID).state(purpose)


def _values(one: MemberRow, person: Person, columns: Sequence[str]) -> dict[str, Value]:
    found = {code: _value(one, person, code) for code in columns}
    return {code: value for code, value in found.items() if value}


def _value(one: MemberRow, person: Person, code: str) -> Value:
    shape, limit = COLUMNS[code].shape, COLUMNS[code].limit
    if shape is Shape.BRANCH:
        return one.branch_id
    given = getattr(person if code in _OF_PERSON else one, code)
    match shape:
        case Shape.FLAG:
            return bool(given)
        case Shape.DAY:
            return "" if given is None else str(given)
        case Shape.CODE:
            return "" if given.name == "NONE" else str(given.name)
        case Shape.DIGITS:
            return given if len(given) == limit and given.isdecimal() and given.isascii() else ""
        case _:
            return _plain(given, limit)


def _plain(text: str, limit: int) -> str:
    """As a signed line takes it: in one line, nothing unseen, no longer than the column."""
    seen: Iterable[str] = (sign if unicodedata.category(sign) not in _UNSEEN else " " for sign in nfc(text))
    return " ".join("".join(seen).split())[:limit].strip()
