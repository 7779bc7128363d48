"""The history of a record in words: what was done, by whom, what changed. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sochihoi.domain.access import WATCHED
from sochihoi.domain.households import HouseholdGroup, Relation
from sochihoi.domain.meetings import MeetingKind
from sochihoi.domain.people import (
    JoinKind,
    LeaveReason,
    OtherOrganisation,
    PartialDate,
    PositionTitle,
    Sex,
    mask_national_id,
)
from sochihoi.i18n import _, clock, number, pgettext, short_date
from sochihoi.ui.words import households as household_words
from sochihoi.ui.words import intake as intake_words
from sochihoi.ui.words import people as words
from sochihoi.ui.words.acts import act_words
from sochihoi.ui.words.meetings import kind_name
from sochihoi.ui.words.reorganise import reason_words

if TYPE_CHECKING:
    from sochihoi.services.office import Office
    from sochihoi.storage.journal import Entry

_UNSAID = {"id", "sort_key", "search_key", "registered_on", "deleted_on", "rank", "code", "person_id", "membership_id"}


@dataclass(frozen=True, slots=True)
class Told:
    """One act: when and by whom, what it was, and a line for each thing that changed."""

    when: str
    act: str
    changes: tuple[str, ...]


def member_story(office: Office, membership_id: str) -> list[Told]:
    """The acts that touched a member, newest first. Sensitive values that it tells are noted as looked at."""
    entries = office.people.history(membership_id)
    for entry in entries:
        office.privacy.access.viewed(entry.record_id, _unmasked(entry))
    return tell(office, entries)


def story(office: Office, noun: str, record_id: str) -> list[Told]:
    """The acts that touched a household, meeting, branch or person and what belongs to it, newest first. Sensitive
    values that it tells are noted as looked at."""
    entries = office.history.of_whole(noun, record_id)
    for entry in entries:
        office.privacy.access.viewed(entry.record_id, _unmasked(entry))
    return tell(office, entries)


def tell(office: Office, entries: Sequence[Entry]) -> list[Told]:
    """Rows of the journal, act by act."""
    accounts = {a.id: a.name for a in office.setup.accounts()}
    names = names_of(office)
    batches: dict[str, list[Entry]] = {}
    for entry in entries:
        batches.setdefault(entry.batch, []).append(entry)
    told = []
    for batch in batches.values():
        first = batch[0]
        moment = datetime.fromisoformat(first.at).astimezone()
        when = f"{short_date(moment.date())} {clock(moment.time())} · {accounts.get(first.account_id, '—')}"
        marks = sum(entry.noun == "attendance" for entry in batch)
        changes = [line for entry in reversed(batch) for line in _changes(entry, names)]
        if marks:
            roll = _("Lines of the roster")
            changes.append(f"{roll}: {number(marks)}")
        told.append(Told(when, act_words(first.act), tuple(changes)))
    return told


def _unmasked(entry: Entry) -> list[str]:
    """The watched fields whose values the lines of a change show."""
    if entry.noun != "person" or entry.before is None or entry.after is None:
        return []
    before, after = entry.before, entry.after
    return [f for f in WATCHED - {"national_id"} if before.get(f) != after.get(f)]


def names_of(office: Office) -> dict[str, str]:
    """Names of units and households, by id."""
    names = {u.id: u.name for u in office.setup.units()}
    return names | {row.id: row.head for row in office.households.rows()}


def _changes(entry: Entry, names: Mapping[str, str]) -> list[str]:
    before, after = entry.before or {}, entry.after or {}
    if entry.noun == "attendance" or (entry.before is None and entry.noun in _WHOLE):
        return []
    lines = []
    for field in after if entry.after is not None else before:
        old, new = before.get(field), after.get(field)
        label = _LABELS[field]() if field in _LABELS else words.field_name(field)
        if entry.noun == "placement" and field == "to_on":
            continue  # the next stay, or the day of leaving, says it
        if field in _UNSAID or not label or old == new or (not old and not new):
            continue
        shown, shown_before = value_words(field, new, names), value_words(field, old, names)
        if entry.before is None:
            lines.append(f"{label}: {shown}")
        else:
            lines.append(f"{label}: {shown_before} → {shown}")
    return lines


def value_words(field: str, value: Any, names: Mapping[str, str]) -> str:
    """A value of a field as it stands in the journal, in words; ``names``: of units and households, by id."""
    if value in (None, "", [], "NONE"):
        return "—"
    if isinstance(value, bool) or (field in _FLAGS and value in (0, 1)):
        return pgettext("answer", "Yes") if value else pgettext("answer", "No")
    if field.endswith("_on") or field in ("health_insurance_until", "valid_from", "valid_to"):
        return short_date(date.fromisoformat(value))
    if field in ("birth", "joined"):
        return words.partial_date(PartialDate.from_iso(value))
    if field in ("national_id", "old_id"):
        return mask_national_id(value)
    if field == "reason":
        return reason_words(value)
    if field == "phone":
        return words.phones(value)
    if field in ("branch_id", "cell_id", "unit_id", "parent_id", "household_id"):
        return names.get(value, "—")
    if field == "review":
        return "; ".join(map(intake_words.review_words, value))
    if field == "clubs":
        return "; ".join(value)
    if field == "other_organisations":
        return ", ".join(words.organisation_name(OtherOrganisation[one]) for one in value)
    namer = _NAMERS.get(field)
    return namer(value) if namer is not None else str(value)


_WHOLE = ("person", "membership", "household", "meeting", "unit")  # a new one is told by its act
# Fields of units, households, meetings and opinions
_LABELS: dict[str, Callable[[], str]] = {
    "name": lambda: _("Name"),
    "parent_id": lambda: _("Unit"),
    "valid_from": lambda: _("From"),
    "valid_to": lambda: _("Until"),
    "head_name": lambda: _("Head of the household"),
    "residents": lambda: _("People living there"),
    "held_on": lambda: _("Day"),
    "starts_at": lambda: _("Begins at"),
    "ends_at": lambda: _("Ends at"),
    "place": lambda: _("Place"),
    "kind": lambda: _("Kind"),
    "topic": lambda: _("Topic"),
    "guests": lambda: _("Guests"),
    "guest_note": lambda: _("Who the guests were"),
    "chair": lambda: _("In the chair"),
    "secretary": lambda: _("Secretary"),
    "minutes": lambda: _("Minutes"),
    "minutes_done_on": lambda: _("Minutes finished on"),
    "said_by": lambda: _("Said by"),
    "content": lambda: _("Opinion"),
    "follower": lambda: _("Who follows it up"),
    "answer": lambda: _("Answer"),
    "answered_on": lambda: _("Answered on"),
    "due_on": lambda: _("Until when"),
}
_FLAGS = {"party_member", "health_insurance", "core_member", "honorary"}
_NAMERS = {
    "kind": lambda v: kind_name(MeetingKind[v]) if v in MeetingKind.__members__ else str(v),
    "minutes": lambda v: _("written"),
    "sex": lambda v: words.sex_name(Sex[v]),
    "join_kind": lambda v: words.join_name(JoinKind[v]),
    "left_reason": lambda v: words.leave_name(LeaveReason[v]),
    "title": lambda v: words.position_name(PositionTitle[v]),
    "household_group": lambda v: household_words.group_name(HouseholdGroup[v]),
    "relation_to_head": lambda v: household_words.relation_name(Relation[v]),
}
