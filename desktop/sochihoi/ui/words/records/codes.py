"""The codes that records hold (names of enums), each with the words that its own page has for it. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any, TypeVar

from sochihoi.domain.accounts import Role
from sochihoi.domain.attendance import Mark
from sochihoi.domain.campaign import Round
from sochihoi.domain.consent import How, Purpose
from sochihoi.domain.exchange import SentState
from sochihoi.domain.households import HouseholdGroup, Relation
from sochihoi.domain.keys import KeyState
from sochihoi.domain.meetings import MeetingKind
from sochihoi.domain.people import JoinKind, LeaveReason, OtherOrganisation, PositionTitle, Sex
from sochihoi.domain.proposals import ProposalKind
from sochihoi.domain.rubric import Title
from sochihoi.domain.scoring import ScoreState
from sochihoi.domain.study import Channel, DocumentKind, SessionForm, TargetGroup
from sochihoi.domain.targets import Direction
from sochihoi.i18n import _, pgettext
from sochihoi.ui.words import (
    campaign,
    households,
    keys,
    meetings,
    people,
    privacy,
    refusals,
    reports,
    rubric,
    setup,
    study,
    sync,
)

E = TypeVar("E", bound=Enum)
Namer = Callable[[Any], str]


def _enum(kind: type[E], words: Callable[[E], str]) -> Namer:
    """By the name of the member; a name of a later version says at least itself."""
    return lambda value: words(kind[value]) if value in kind.__members__ else str(value)


def _known(words: Callable[[], Mapping[str, str]]) -> Namer:
    return lambda value: words().get(value, str(value))


def _paper_kind(value: str) -> str:
    return reports.file_kind(value.lower())


def _compared(direction: Direction) -> str:
    return study.direction_name(direction)


_meeting_state = _known(
    lambda: {
        "PLANNED": pgettext("history", "planned"),
        "ROSTER_FROZEN": pgettext("history", "list of attendance settled"),
        "CLOSED": pgettext("history", "attendance finished"),
    }
)
_campaign_state = _known(
    lambda: {"OPEN": pgettext("history", "under way"), "CLOSED": pgettext("history", "finished")},
)
_way = _known(lambda: {"OUT": pgettext("history", "from here"), "IN": pgettext("history", "to here")})
_whose = _known(lambda: {"SENDER": _("Unit below"), "PARENT": _("Level above")})
_carried_kind = _known(
    lambda: {
        "RECEIPT": _("Receipt"),
        "RETURN": pgettext("history", "Return file"),
        "REGISTER": _("Register of keys"),
        "DEFPACK": _("Pack of definitions"),
        "TRANSFER": _("Transfer of a member"),
        "HANDOVER": _("Hand-over file"),
    }
)
_carried_state = _known(
    lambda: {
        "KEPT": pgettext("history", "kept"),
        "PREPARED": _("Made, not written yet"),
        "WRITTEN": _("Written"),
        "TAKEN": pgettext("history", "taken in"),
        "MADE": pgettext("history", "made here"),
        "APPLIED": pgettext("history", "applied"),
        "REPLACED": _("Replaced"),
        "OPEN": pgettext("history", "waits"),
        "DONE": pgettext("history", "taken in"),
    }
)
_verdict = _known(
    lambda: {
        "STORED": pgettext("history", "stored"),
        "DUPLICATE": pgettext("history", "here already"),
        "REFUSED": pgettext("history", "refused"),
        "HELD": _("Waits for a decision"),
        "UNDONE": pgettext("history", "taken back"),
    }
)
_decision = _known(
    lambda: {"ACCEPTED": pgettext("history", "accepted"), "RETURNED": pgettext("history", "returned")},
)
_ticket = _known(
    lambda: {
        "ISSUED": pgettext("history", "written"),
        "ACCEPTED": pgettext("history", "member taken in"),
        "CONFIRMED": pgettext("history", "confirmed by the other commune"),
        "REFUSED": pgettext("history", "refused"),
        "CANCELLED": pgettext("history", "cancelled"),
    }
)
_unit_level = _known(
    lambda: {
        "CENTRAL": pgettext("history", "central level"),
        "PROVINCE": pgettext("history", "province"),
        "DISTRICT": pgettext("history", "district"),
        "COMMUNE": pgettext("history", "commune"),
        "AFFILIATED": pgettext("history", "affiliated unit"),
        "BRANCH": pgettext("missing", "branch"),
        "CELL": pgettext("history", "cell"),
    }
)
_tree = _known(
    lambda: {
        "MERGED": pgettext("history", "merged"),
        "SPLIT": pgettext("history", "divided"),
        "RENAMED": pgettext("history", "renamed"),
        "MOVED": pgettext("history", "under another unit"),
    }
)
_steps = _known(
    lambda: {
        "PREPARED": pgettext("history", "made and signed"),
        "COPIED": pgettext("history", "copied"),
        "HANDED": pgettext("history", "handed over"),
        "RECEIVED": pgettext("history", "brought"),
        "PHONED": pgettext("history", "code told by telephone"),
    }
)

CODES: Mapping[tuple[str, str], Namer] = {
    ("account", "role"): _enum(Role, setup.role_short),
    ("archived_paper", "kind"): _paper_kind,
    ("assessment", "round"): _enum(Round, campaign.round_name),
    ("attendance", "mark"): _enum(Mark, meetings.mark_name),
    ("branch_score", "state"): _enum(ScoreState, rubric.state_name),
    ("branch_score", "title"): _enum(Title, rubric.title_name),
    ("carried_file", "direction"): _way,
    ("carried_file", "kind"): _carried_kind,
    ("carried_file", "state"): _carried_state,
    ("consent", "how"): _enum(How, privacy.how_name),
    ("consent", "purpose"): _enum(Purpose, privacy.purpose_name),
    ("custody_step", "act"): _steps,
    ("household", "household_group"): _enum(HouseholdGroup, households.group_name),
    ("meeting", "kind"): _enum(MeetingKind, meetings.kind_name),
    ("meeting", "state"): _meeting_state,
    ("meeting", "unmarked_meaning"): _enum(Mark, meetings.mark_name),
    ("membership", "join_kind"): _enum(JoinKind, people.join_name),
    ("membership", "left_reason"): _enum(LeaveReason, people.leave_name),
    ("membership", "other_organisations"): _enum(OtherOrganisation, people.organisation_name),
    ("person", "household_group"): _enum(HouseholdGroup, households.group_name),
    ("person", "relation_to_head"): _enum(Relation, households.relation_name),
    ("person", "sex"): _enum(Sex, people.sex_name),
    ("position", "title"): _enum(PositionTitle, people.position_name),
    ("proposal", "kind"): _enum(ProposalKind, meetings.proposal_kind),
    ("received_file", "code"): lambda value: refusals.refusal(value).what,
    ("received_file", "decision"): _decision,
    ("received_file", "kind"): sync.kind_words,
    ("received_file", "verdict"): _verdict,
    ("sent_file", "state"): _enum(SentState, sync.sent_state),
    ("study_campaign", "kind"): _enum(DocumentKind, study.document_kind),
    ("study_campaign", "state"): _campaign_state,
    ("study_headcount", "target_group"): _enum(TargetGroup, study.group_name),
    ("study_session", "channels"): _enum(Channel, study.channel_name),
    ("study_session", "form"): _enum(SessionForm, study.form_name),
    ("study_target", "direction"): _enum(Direction, _compared),
    ("study_target", "target_group"): _enum(TargetGroup, study.group_name),
    ("target_setting", "direction"): _enum(Direction, _compared),
    ("transfer_ticket", "direction"): _way,
    ("transfer_ticket", "state"): _ticket,
    ("trusted_key", "direction"): _whose,
    ("trusted_key", "level"): sync.level_words,
    ("trusted_key", "state"): _enum(KeyState, keys.state_words),
    ("unit", "level"): _unit_level,
    ("unit_change", "kind"): _tree,
}

# What a check of the month warned of, without what it counted on that day
CHECKS: Mapping[str, Callable[[], str]] = {
    "month.early": lambda: pgettext("history", "Closed before its day"),
    "order.supplement": lambda: pgettext("history", "A supplement before it is open"),
    "members.none": lambda: pgettext("history", "No member yet"),
    "branches.no_meeting": lambda: pgettext("history", "Branches that have not met"),
    "meetings.planned": lambda: pgettext("history", "Planned meetings without a roster"),
    "members.doubtful": lambda: pgettext("history", "Doubtful members"),
    "members.no_branch": lambda: pgettext("history", "Members in no branch"),
    "jump": lambda: pgettext("history", "A figure that moved far"),
    "pack.broken": lambda: pgettext("history", "A pack of definitions with a fault"),
    "above.missing": lambda: pgettext("history", "Units that have not sent"),
}
