"""Everything that is kept about one woman, in words: for the paper that she may ask for. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from datetime import date, datetime
from enum import Enum
from typing import Any

from sochihoi.domain.consent import Consent
from sochihoi.domain.households import HouseholdGroup, Relation
from sochihoi.domain.people import JoinKind, LeaveReason, OtherOrganisation, PartialDate, PositionTitle, Sex
from sochihoi.domain.periods import Period
from sochihoi.domain.person_file import AnonymousAlready, Came, CountsStillOpen, PersonFile, StillActive, Trace
from sochihoi.i18n import _, clock, ngettext, number, pgettext, short_date
from sochihoi.ui.words import Message, register
from sochihoi.ui.words.acts import act_words
from sochihoi.ui.words.households import group_name, relation_name
from sochihoi.ui.words.meetings import mark_name
from sochihoi.ui.words.month import period_name
from sochihoi.ui.words.people import (
    field_name,
    join_name,
    leave_name,
    organisation_name,
    partial_date,
    phones,
    position_name,
    sex_name,
)
from sochihoi.ui.words.privacy import fields_words, look_words, proof_words, purpose_name, standing_name
from sochihoi.ui.words.reorganise import reason_words

Line = tuple[str, str]
Part = tuple[str, tuple[Line, ...]]  # a title and what stands below it, label and words

_NAMERS: dict[type[Enum], Callable[[Any], str]] = {
    Sex: sex_name,
    JoinKind: join_name,
    LeaveReason: leave_name,
    OtherOrganisation: organisation_name,
    PositionTitle: position_name,
    HouseholdGroup: group_name,
}


def parts(file: PersonFile, units: Mapping[str, str], accounts: Mapping[str, str]) -> tuple[Part, ...]:
    """In the order of the paper; what is empty is left out. ``units`` and ``accounts``: id to name."""
    told: list[Part] = [(_("About her"), _record(file.person, units))]
    told += [(_("Entered a second time as"), _record(one, units)) for one in file.merged]
    told += [(_("In the Union, code {code}").format(code=one.code), _record(one, units)) for one in file.memberships]
    told += [
        (_("Where she was"), tuple((_days(one.from_on, one.to_on), _place(one, units)) for one in file.placements)),
        (_("Positions"), tuple((_days(one.from_on, one.to_on), _held(one, units)) for one in file.positions)),
    ]
    home = file.household
    if home is not None:
        years = ", ".join(map(str, file.household_years))
        told.append(
            (
                _("Her household"),
                (
                    (_("Code"), home.code),
                    *_record(home, units),
                    *(((_("Family campaign"), years),) if years else ()),
                ),
            )
        )
    told += [
        (_("Consent"), tuple((purpose_name(one.purpose), _consent(one)) for one in file.consents)),
        (_("Meetings"), tuple((short_date(one.on), _came(one)) for one in file.came)),
        (_("Study"), tuple((short_date(one.on), one.title) for one in file.studied)),
        (
            _("Opinions written down under this name"),
            tuple((short_date(one.on), f"{one.branch}: {one.content}") for one in file.said),
        ),
        (
            _("Who looked at what the law protects more"),
            tuple(
                (_moment(one.at), f"{accounts.get(one.account_id, '—')}: {look_words(one)} ({fields_words(one)})")
                for one in file.looks
            ),
        ),
        (
            _("What was done with these records"),
            tuple(
                (_moment(datetime.fromisoformat(one.at)), f"{act_words(one.act)} ({accounts.get(one.account_id, '—')})")
                for one in file.changes
            ),
        ),
    ]
    return tuple(part for part in told if part[1])


_UNSAID = {"id", "household_id", "person_id", "merged_into", "head_id", "branch_id", "code", "review", "registered_on"}


def _record(record: Any, units: Mapping[str, str]) -> tuple[Line, ...]:
    """The fields of a record that hold anything."""
    found = []
    for field in fields(record):
        value, label = getattr(record, field.name), field_name(field.name) or _more(field.name)
        words = "" if field.name in _UNSAID or not label else value_words(field.name, value)
        if words:
            found.append((label, words))
    return tuple(found)


def _more(field: str) -> str:
    return {
        "anonymised_on": _("Anonymous since"),
        "head_name": _("Head of the household"),
        "residents": _("People living there"),
    }.get(field, "")


def value_words(field: str, value: Any) -> str:
    """A value of a field of a person or membership; empty for nothing."""
    if value is None or value in ("", (), frozenset()):
        return ""
    if isinstance(value, bool):
        return pgettext("answer", "Yes") if value else pgettext("answer", "No")
    if isinstance(value, PartialDate):
        return partial_date(value)
    if isinstance(value, date):
        return short_date(value)
    if isinstance(value, Enum):
        return _NAMERS[type(value)](value)
    if isinstance(value, tuple | frozenset):
        return "; ".join(sorted(value_words(field, one) for one in value))
    if field == "phone":
        return phones(value)
    if field == "relation_to_head":
        return relation_name(Relation[value])
    return number(value) if isinstance(value, int) else str(value)


def _days(first: date | None, last: date | None) -> str:
    if last is None:
        return _("since {day}").format(day=short_date(first))
    return f"{short_date(first)} – {short_date(last)}"


def _place(one: Any, units: Mapping[str, str]) -> str:
    place = ", ".join(units.get(key, "") for key in (one.branch_id, one.cell_id) if key)
    return " · ".join(part for part in (place, reason_words(one.reason)) if part)


def _held(one: Any, units: Mapping[str, str]) -> str:
    return " · ".join(part for part in (position_name(one.title), units.get(one.unit_id, "")) if part)


def _consent(one: Consent) -> str:
    return ". ".join((standing_name(one), proof_words(one)))


def _came(one: Came) -> str:
    return " · ".join(part for part in (one.branch, mark_name(one.mark), one.note) if part)


def _moment(at: datetime) -> str:
    local = at.astimezone()
    return f"{short_date(local.date())} {clock(local.time())}"


def traces_words(traces: Iterable[Trace]) -> str:
    """``biên bản, buổi sinh hoạt: 2; ý kiến: 1``."""
    names = {
        "meeting": _("meetings and their minutes"),
        "proposal": _("opinions"),
        "household": _("households"),
        "report_text": _("texts of reports"),
        "issued_report": _("issued reports"),
        "study_session": _("study sessions"),
        "branch_score": _("scores of branches"),
        "assessment": _("assessments of households"),
        "closing": _("closed months"),
    }
    return "; ".join(f"{names.get(one.noun, _('other records'))}: {number(one.count)}" for one in traces)


def papers_words(reports: int, files: int) -> str:
    """``3 báo cáo đã ban hành, 2 tệp đã gửi``."""
    first = ngettext("{count} issued report", "{count} issued reports", reports).format(count=number(reports))
    second = ngettext("{count} file sent", "{count} files sent", files).format(count=number(files))
    return f"{first}, {second}"


@register(StillActive)
def _active(error: StillActive) -> Message:
    return Message(
        _("{name} is an active member.").format(name=error.name),
        _("Record first that she left the Union; who is a member cannot be without a name."),
    )


@register(CountsStillOpen)
def _counted(error: CountsStillOpen) -> Message:
    month = period_name(Period.parse(error.period))
    return Message(
        _("{name} is counted in {month}, which is not closed yet; its figures would change.").format(
            name=error.name, month=month
        ),
        _("Close the months up to her leaving first, then make her anonymous. Nothing was changed."),
    )


@register(AnonymousAlready)
def _anonymous(_error: AnonymousAlready) -> Message:
    return Message(_("Nothing in this entry names anybody any more."), _("There is nothing left to do."))
