"""The history of a record in words: what was done, by whom, what changed. No Qt."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from sochihoi.domain.access import WATCHED
from sochihoi.i18n import _, clock, number, pgettext, short_date
from sochihoi.ui.words.acts import act_words
from sochihoi.ui.words.records.changes import Became, FieldChange, RecordChange, became_words, speech_of, told
from sochihoi.ui.words.records.codes import CODES
from sochihoi.ui.words.records.values import Speech

if TYPE_CHECKING:
    from sochihoi.services.office import Office
    from sochihoi.storage.journal import Entry

_FEW = 10  # lines of a list that one act names one by one
_ROLLS: Final = ("attendance", "study_attendance", "study_eligible")
_WHOLE: Final = ("person", "membership", "household", "meeting", "unit", "account", "study_campaign")
"""A new one is told by its act."""
_OWN: Final = (*_WHOLE, "placement", "position", "proposal")
"""What these say needs no name of the record before it."""


@dataclass(frozen=True, slots=True)
class Told:
    """One act: when and by whom, what it was, and a line for each thing that changed. ``undone``: it was taken back."""

    when: str
    act: str
    changes: tuple[str, ...]
    batch: str = ""
    undone: bool = False


def member_story(office: Office, membership_id: str) -> list[Told]:
    """The acts that touched a member, newest first. Sensitive values that it tells are noted as looked at."""
    return _noted(office, office.people.history(membership_id))


def story(office: Office, noun: str, record_id: str) -> list[Told]:
    """The acts that touched a record (by its table and id) and what belongs to it, newest first. Sensitive values that
    it tells are noted as looked at."""
    return _noted(office, office.history.of_whole(noun, record_id), record_id)


def _noted(office: Office, entries: Sequence[Entry], record_id: str = "") -> list[Told]:
    for entry in entries:
        office.privacy.access.viewed(entry.record_id, _unmasked(entry))
    return tell(office, entries, (record_id,))


def tell(office: Office, entries: Sequence[Entry], own: Collection[str] = ()) -> list[Told]:
    """Rows of the journal (newest first), act by act. ``own``: records that need no name before what they say."""
    from sochihoi.services.history import taken_back

    accounts = {a.id: a.name for a in office.setup.accounts()}
    names = office.history.names_in(entries)
    speech = speech_of(office, names)
    undone = taken_back(entries)
    batches: dict[str, list[Entry]] = {}
    for entry in entries:
        batches.setdefault(entry.batch, []).append(entry)
    found = []
    for batch in batches.values():
        first = batch[0]
        moment = datetime.fromisoformat(first.at).astimezone()
        when = f"{short_date(moment.date())} {clock(moment.time())} · {accounts.get(first.account_id, '—')}"
        lines = tuple(_lines(told(reversed(batch), names, speech), own))
        found.append(Told(when, act_words(first.act), lines, first.batch, first.batch in undone))
    return found


def _unmasked(entry: Entry) -> list[str]:
    """The watched fields whose values the lines of a change show."""
    if entry.noun != "person" or entry.before is None or entry.after is None:
        return []
    before, after = entry.before, entry.after
    return [f for f in WATCHED - {"national_id"} if before.get(f) != after.get(f)]


def _lines(records: Iterable[RecordChange], own: Collection[str]) -> Iterable[str]:
    kept = list(records)
    rolls = [one for one in kept if one.noun in _ROLLS]
    for record in kept:
        if record.noun not in _ROLLS:
            yield from _of_record(record, named=record.noun not in _OWN and record.record_id not in own)
    if len(rolls) > _FEW or any(one.became is Became.NEW for one in rolls if one.noun == "attendance"):
        roll = _("Lines of the roster")
        yield f"{roll}: {number(len(rolls))}"
        return
    for one in rolls:
        yield from _of_record(one, named=True)


def _of_record(record: RecordChange, *, named: bool) -> Iterable[str]:
    lines = [field_line(record, one) for one in record.fields if not _is_told_elsewhere(record, one)]
    if record.noun == "setting" and not lines:
        return  # what the program remembers for itself
    if record.noun == "setting" and [one.field for one in record.fields] == ["value"]:
        yield field_line(record, replace(record.fields[0], label=record.title))
        return
    if named:
        became = became_words(record.became)
        yield f"{record.title} ({became})" if became else record.title
    elif record.became is Became.NEW and record.noun in _WHOLE:
        return
    elif record.became in (Became.GONE, Became.BACK, Became.ERASED):
        yield f"{record.title} ({became_words(record.became)})"
    if record.became is not Became.GONE:
        yield from lines


def field_line(record: RecordChange, one: FieldChange) -> str:
    """``Địa chỉ: Số 7 → Số 9``; of a new record without what was before."""
    if record.became in (Became.NEW, Became.NOTED):
        return f"{one.label}: {one.after}"
    return f"{one.label}: {one.before} → {one.after}"


def _is_told_elsewhere(record: RecordChange, one: FieldChange) -> bool:
    """The next stay, or the day of leaving, says when the one before ended."""
    return record.noun == "placement" and one.field == "to_on"


def names_of(office: Office) -> dict[str, str]:
    """Names of units and households, by id."""
    names = {u.id: u.name for u in office.setup.units()}
    return names | {row.id: row.head for row in office.households.rows()}


def value_words(field: str, value: Any, names: Mapping[str, str]) -> str:
    """A value of a field of a member as it stands in the journal, in words; ``names``: of units and households."""
    noun = next((one for one in ("person", "membership", "placement") if (one, field) in CODES), "person")
    return Speech(names).value(noun, field, value)


def undone_words(act: str, *, undone: bool) -> str:
    """The act, and that it was taken back."""
    return pgettext("history", "{act} (taken back)").format(act=act) if undone else act
