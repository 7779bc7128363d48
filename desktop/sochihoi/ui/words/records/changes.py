"""What an act changed, record by record: what the record is, and of each changed field what it was and what it became.
No Qt.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, Final

from sochihoi.domain.access import WATCHED
from sochihoi.i18n import _, pgettext, short_date
from sochihoi.ui.words.missing import RECORDS
from sochihoi.ui.words.records import nested, settings, unsaid
from sochihoi.ui.words.records.labels import label
from sochihoi.ui.words.records.values import NOTHING, Speech

if TYPE_CHECKING:
    from sochihoi.services.office import Office
    from sochihoi.storage.behind import Named
    from sochihoi.storage.journal import Entry

HIDDEN: Final = "•••"
_ALWAYS_MASKED: Final = ("national_id", "old_id")  # a masked number tells two apart: nobody's look is noted


class Became(Enum):
    """What became of a record."""

    NEW = 1
    CHANGED = 2
    GONE = 3  # taken off the lists, or away
    BACK = 4  # on the lists again
    ERASED = 5  # its values are gone for good
    NOTED = 6  # no record changed: somebody looked, or a book was put together


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field: what it is called, what it was, what it became. ``watched``: its values are sensitive, and are shown
    only when that is noted."""

    label: str
    before: str
    after: str
    watched: bool = False
    field: str = ""

    def told(self, *, revealed: bool) -> tuple[str, str]:
        """What it was and what it became; a sensitive value only when it is ``revealed``."""
        hide = self.watched and not revealed
        before, after = ((HIDDEN if hide and one != NOTHING else one) for one in (self.before, self.after))
        return before, after


@dataclass(frozen=True, slots=True)
class RecordChange:
    """One record as one act left it."""

    noun: str
    record_id: str
    title: str
    became: Became
    fields: tuple[FieldChange, ...] = ()
    person_id: str = ""

    @property
    def watched(self) -> tuple[str, ...]:
        """The sensitive fields among them."""
        return tuple(one.field for one in self.fields if one.watched)


# What names a record beside its kind: fields of its own, in this order. They are not told again of a new one
_TITLES: Mapping[str, tuple[str, ...]] = {
    "access": ("list", "person_id"),
    "account": ("name",),
    "archived_paper": ("form", "period", "file_name"),
    "assessment": ("household_id", "year", "round"),
    "attendance": ("membership_id", "meeting_id"),
    "branch_score": ("branch_id", "year"),
    "campaign_year": ("year",),
    "carried_file": ("kind", "file_name"),
    "closing": ("period",),
    "consent": ("person_id", "purpose"),
    "custody_step": ("file_name",),
    "distinct_persons": ("one_id", "other_id"),
    "entered_figure": ("code", "period", "unit_id"),
    "former_code": ("code", "of_id"),
    "household_registration": ("household_id", "year"),
    "issued_report": ("form", "period", "unit_id"),
    "joined_book": ("unit_name",),
    "joined_closing": ("period", "book_id"),
    "household": ("code",),
    "meeting": ("branch_id", "held_on"),
    "membership": ("person_id", "code"),
    "month_check": ("period", "code"),
    "placement": ("membership_id",),
    "position": ("membership_id", "title"),
    "proposal": ("meeting_id",),
    "received_figure": ("unit_code", "period", "code"),
    "received_file": ("file_name",),
    "received_member": ("unit_code",),
    "report_text": ("form", "period", "section", "unit_id"),
    "sent_file": ("file_name",),
    "study_attendance": ("membership_id", "session_id"),
    "study_campaign": ("title",),
    "study_eligible": ("membership_id", "campaign_id"),
    "study_headcount": ("target_group", "session_id"),
    "study_session": ("branch_id", "held_on"),
    "study_target": ("target_group", "campaign_id"),
    "target_setting": ("code", "period"),
    "transfer_ticket": ("membership_id", "to_unit"),
    "trusted_key": ("unit_name",),
    "unit": ("name",),
    "unit_change": ("kind", "from_units"),
}
_NOTES: Final = ("access", "erasure", "reunion")
_NOUNS: Mapping[str, str] = {"received_figure/rows": "received_figure", "received_member/rows": "received_member"}


def speech_of(office: Office, names: Mapping[str, Named]) -> Speech:
    """What the values of some rows need to be told in words."""
    return Speech({key: _name(one) for key, one in names.items()}, lambda: office.definitions)


def _name(named: Named) -> str:
    return named.title if named.on is None else f"{named.title} {short_date(named.on)}"


def told(entries: Iterable[Entry], names: Mapping[str, Named], speech: Speech) -> list[RecordChange]:
    """The changes in their order (oldest first); a record that an act changed several times is told once."""
    first: dict[tuple[str, str], Entry] = {}
    last: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        key = (entry.noun, str(entry.n) if entry.noun == "access" else entry.record_id)
        first.setdefault(key, entry)
        last[key] = entry
    return [_told(first[key], last[key], names, speech) for key in first]


def _told(first: Entry, last: Entry, names: Mapping[str, Named], speech: Speech) -> RecordChange:
    before, after = first.before, last.after
    row = after or before or {}
    noun = first.noun
    title = _title(noun, first.record_id, row, names, speech)
    erased = "erased" in (before or {}) or "erased" in (after or {})
    became = Became.ERASED if erased else Became.NOTED if noun in _NOTES else _became(before, after)
    fields = () if erased else tuple(_fields(noun, first.record_id, before, after, speech))
    person = first.record_id if noun == "person" else str(row.get("person_id") or "")
    return RecordChange(noun, first.record_id, title, became, fields, person)


def _became(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> Became:
    if after is None:
        return Became.GONE if before is not None else Became.CHANGED
    if before is None:
        return Became.NEW
    was, now = before.get("deleted_on"), after.get("deleted_on")
    return Became.CHANGED if bool(was) == bool(now) else Became.GONE if now else Became.BACK


def _title(noun: str, record_id: str, row: Mapping[str, Any], names: Mapping[str, Named], speech: Speech) -> str:
    """``Buổi học tập: Thôn 3, 05/09/2026``."""
    if noun == "setting":
        return settings.title(record_id)
    kind = kind_words(noun)
    named = names.get(record_id)
    if named is not None and noun in ("person", "membership", "household"):
        parts = [f"{named.title} ({named.code})" if named.code else named.title]
    else:
        told = (speech.value(noun, field, row.get(field)) for field in _TITLES.get(noun, ()))
        parts = [part for part in told if part != NOTHING] or ([named.title] if named is not None else [])
    return f"{kind}: {', '.join(parts)}" if parts else kind


def became_words(became: Became) -> str:
    """``mới``; empty where the fields say it."""
    return {
        Became.NEW: pgettext("history", "new"),
        Became.CHANGED: "",
        Became.GONE: pgettext("history", "taken off"),
        Became.BACK: pgettext("history", "brought back"),
        Became.ERASED: pgettext("history", "values erased for good"),
        Became.NOTED: "",
    }[became]


def kind_words(noun: str) -> str:
    """What kind of record it is, as a title begins."""
    special = {
        "access": lambda: pgettext("history", "Look at sensitive data"),
        "erasure": lambda: pgettext("history", "Values erased for good"),
        "reunion": lambda: _("Two books put together"),
    }
    said = (special.get(noun) or RECORDS.get(_NOUNS.get(noun, noun)) or (lambda: pgettext("missing", "entry")))()
    return said[:1].upper() + said[1:]


def _fields(
    noun: str, record_id: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None, speech: Speech
) -> Iterable[FieldChange]:
    from sochihoi.storage.naming import fields_of

    old, new = before or {}, after or {}
    if noun == "setting":
        yield from _setting(record_id, old.get("value"), new.get("value"), speech)
        return
    whole = before is None or after is None  # what is empty or in its title is not told of it
    known = _TITLES.get(noun, ()) if whole else ()
    for name in fields_of(noun) or sorted({*old, *new}):
        said, same = label(noun, name), (old.get(name) or None) == (new.get(name) or None)
        if unsaid.reason(noun, name) or not said or name in known or same:
            continue
        inside = nested.parts(noun, name, old, speech), nested.parts(noun, name, new, speech)
        if inside[0] is not None and inside[1] is not None:
            yield from _compared(inside[0], inside[1], said)
            continue
        was, became = speech.value(noun, name, old.get(name)), speech.value(noun, name, new.get(name))
        if was != became or name in _ALWAYS_MASKED:
            watched = noun == "person" and name in WATCHED and name not in _ALWAYS_MASKED
            yield FieldChange(said, was, became, watched, name)


def _compared(old: nested.Lines, new: nested.Lines, field: str) -> Iterable[FieldChange]:
    for key in dict.fromkeys((*old, *new)):
        was, became = old.get(key, ("", NOTHING)), new.get(key, ("", NOTHING))
        if was[1] != became[1]:
            yield FieldChange(became[0] or was[0], was[1], became[1], field=field)


def _setting(name: str, old: Any, new: Any, speech: Speech) -> Iterable[FieldChange]:
    was, became = settings.facts(name, old, speech), settings.facts(name, new, speech)
    if len({one for one, _said in was}) < len(was) or len({one for one, _said in became}) < len(became):
        # a list of things of one kind: what came and what went
        yield from (FieldChange(one[0], one[1], NOTHING) for one in was if one not in became)
        yield from (FieldChange(one[0], NOTHING, one[1]) for one in became if one not in was)
        return
    alone = {one for one, _said in (*was, *became)} == {settings.value_label()}
    yield from _compared({k: (k, v) for k, v in was}, {k: (k, v) for k, v in became}, "value" if alone else "")
