"""Words of the register: names of fields and choices, problems, acts. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sochihoi.domain.errors import FieldProblem
from sochihoi.domain.member_lists import MemberRow
from sochihoi.domain.members import (
    NotAMember,
    NothingToImport,
    SamePlace,
    StillAMember,
    TransferBeforePlacement,
)
from sochihoi.domain.people import (
    HasDied,
    JoinKind,
    LeaveReason,
    NationalIdCheck,
    NotMoving,
    OtherOrganisation,
    PartialDate,
    PositionTitle,
    Sex,
)
from sochihoi.i18n import _, ngettext, number, pgettext, phone, short_date
from sochihoi.ui.words import Message, register

ACTS: dict[str, Callable[[], str]] = {
    "member.add": lambda: _("Member added"),
    "member.edit": lambda: _("Member corrected"),
    "member.import": lambda: _("Members brought in from a list"),
    "import.columns": lambda: _("Columns of a list chosen"),
    "member.looked_at": lambda: _("Doubtful member looked at"),
    "member.core": lambda: _("Core members chosen"),
    "member.transfer": lambda: _("Transferred to another branch or cell"),
    "member.moving": lambda: _("On her way to another commune"),
    "member.stays": lambda: _("Stays after all"),
    "member.leave": lambda: _("Left the Union"),
    "member.come_back": lambda: _("Joined the Union"),
    "member.appoint": lambda: _("Position given"),
    "member.end_position": lambda: _("Position ended"),
    "member.trained": lambda: _("Trained for a position"),
    "members.export": lambda: _("List of members exported"),
    "list.export": lambda: _("List or certificates made to be printed"),
    "person.add": lambda: _("Person added"),
    "person.edit": lambda: _("Person corrected"),
    "person.household": lambda: _("Household of a person changed"),
}


def sex_name(sex: Sex) -> str:
    """Nữ, nam."""
    return {Sex.FEMALE: _("Woman"), Sex.MALE: _("Man")}[sex]


def join_name(kind: JoinKind) -> str:
    """Kết nạp, chuyển đến."""
    return {JoinKind.ADMISSION: _("Admitted"), JoinKind.TRANSFER_IN: _("Moved here")}[kind]


def leave_name(reason: LeaveReason) -> str:
    """Chuyển đi, xin ra, xóa tên, từ trần."""
    return {
        LeaveReason.TRANSFER_OUT: _("Moved away"),
        LeaveReason.RESIGNED: _("Asked to leave"),
        LeaveReason.STRUCK_OFF: _("Struck off"),
        LeaveReason.DECEASED: _("Died"),
        LeaveReason.WITH_BRANCH: _("Went with her branch to another commune"),
    }[reason]


def position_name(title: PositionTitle) -> str:
    """Chi hội trưởng, …"""
    return {
        PositionTitle.BRANCH_HEAD: _("Branch head"),
        PositionTitle.BRANCH_DEPUTY: _("Branch deputy"),
        PositionTitle.CELL_HEAD: _("Cell head"),
        PositionTitle.CELL_DEPUTY: _("Cell deputy"),
        PositionTitle.CHAIR: _("Chair of the commune Union"),
        PositionTitle.VICE_CHAIR: _("Vice chair of the commune Union"),
        PositionTitle.STANDING_BOARD: _("Standing board"),
        PositionTitle.EXECUTIVE_COMMITTEE: _("Executive committee"),
    }[title]


def organisation_name(one: OtherOrganisation) -> str:
    """Công đoàn, lực lượng vũ trang, tổ chức thành viên."""
    return {
        OtherOrganisation.TRADE_UNION: _("Trade union"),
        OtherOrganisation.ARMED_FORCES: _("Armed forces"),
        OtherOrganisation.MEMBER_ORGANISATION: _("Member organisation"),
    }[one]


def field_name(field: str) -> str:
    """The label of a field of a person, membership, placement or position."""
    return {
        "full_name": _("Full name"),
        "birth": _("Date of birth"),
        "sex": _("Sex"),
        "ethnicity": _("Ethnic group"),
        "religion": _("Religion"),
        "national_id": _("National id"),
        "old_id": _("Old identity card"),
        "phone": _("Phone"),
        "address": _("Address"),
        "hamlet": _("Hamlet, street group"),
        "education": _("Schooling"),
        "professional_level": _("Professional level"),
        "political_theory_level": _("Level of political theory"),
        "occupation": _("Occupation"),
        "party_member": _("Party member"),
        "party_joined_on": _("Joined the Party on"),
        "health_insurance": _("Health insurance"),
        "health_insurance_until": _("Health insurance valid until"),
        "household_id": _("Household"),
        "relation_to_head": _("Relation to the head"),
        "household_group": _("Household group"),
        "loan": _("Loan"),
        "note": _("Note"),
        "joined": _("Joined the Union on"),
        "join_kind": _("How she came"),
        "joined_from": _("From where"),
        "left_on": _("Left on"),
        "left_reason": _("Reason for leaving"),
        "left_to": _("To where"),
        "moving_on": _("Moves on"),
        "moving_to": _("To which Union"),
        "moving_no": _("Number of the slip"),
        "decision_no": _("Decision number"),
        "card_no": _("Card number"),
        "core_member": _("Core member"),
        "honorary": _("Honorary member"),
        "other_organisations": _("Other organisations"),
        "clubs": _("Clubs"),
        "review": _("To be looked at"),
        "branch_id": _("Branch"),
        "cell_id": pgettext("unit", "Cell"),
        "from_on": _("From"),
        "to_on": _("Until"),
        "trained_on": _("Trained on"),
        "title": _("Position"),
        "unit_id": _("Unit"),
        "reason": _("Reason"),
    }.get(field, "")


def partial_date(value: PartialDate | None) -> str:
    """``08/03/1971``, ``03/1971``, ``1971``, ``—``."""
    if value is None:
        return "—"
    exact = value.exact()
    if exact is not None:
        return short_date(exact)
    return f"{value.month:02}/{value.year}" if value.month is not None else str(value.year)


def merged_words(codes: Sequence[str]) -> str:
    """Which codes of other entries are this one now."""
    return _("{codes} went into this entry.").format(codes=", ".join(codes))


def phones(text: str) -> str:
    """``0912 345 678``; several under each other's comma."""
    return ", ".join(phone(one.strip()) for one in text.split(";"))


def id_doubt(found: NationalIdCheck) -> str:
    """What is odd about a national id, as a hint under its field; empty when nothing is."""
    return {
        NationalIdCheck.OK: "",
        NationalIdCheck.NOT_DIGITS: _("A national id has digits only. Look at the card again."),
        NationalIdCheck.LENGTH: _("A national id has 12 digits. Look at the card again."),
        NationalIdCheck.PROVINCE_CODE: _("The first three digits name no province. Look at the card again."),
        NationalIdCheck.CENTURY: _("The fourth digit is not possible yet. Look at the card again."),
        NationalIdCheck.BIRTH_YEAR_MISMATCH: _(
            "The number says another year of birth than the field above. It is saved as typed."
        ),
        NationalIdCheck.SEX_MISMATCH: _("The number is that of a man. It is saved as typed."),
    }[found]


def branch_hint(branches: Sequence[object]) -> str:
    """Under the field of a branch: where there is none to choose, the way to one."""
    return "" if branches else _("There is no branch yet: add it on the page “Set-up”, tab “Branches”.")


def count_words(count: int) -> str:
    """``3.412 hội viên``."""
    return ngettext("{count} member", "{count} members", count).format(count=number(count))


def place(row: MemberRow) -> str:
    """``Ấp An Hòa, Tổ 2``."""
    return ", ".join(part for part in (row.branch, row.cell) if part)


def field_problem(problem: FieldProblem) -> str:
    """Why a field of the register cannot be saved, and what to do."""
    told = {
        "EMPTY": _("Fill in this field."),
        "IN_THE_FUTURE": _("This day has not come yet. Type a day until today."),
        "BEFORE_BIRTH": _("This is before she was born. Check both dates."),
        "LEFT_BEFORE_JOINING": _("This is before she joined. Check both dates."),
        "END_BEFORE_START": _("The end lies before the beginning. Check both dates."),
        "NEGATIVE": _("A number of people cannot be negative. Type it again."),
    }.get(problem.problem)
    if told is not None:
        return told
    from sochihoi.ui.words import say

    return str(say(problem))


@register(NotAMember)
def _not_a_member(error: NotAMember) -> Message:
    return Message(
        _("{name} is no longer a member.").format(name=error.name),
        _("If she has come back, enter that first with “Came back”."),
    )


@register(NotMoving)
def _not_moving(error: NotMoving) -> Message:
    return Message(
        _("Nobody said that {name} moves to another commune.").format(name=error.name),
        _("Enter that first with “Moves to another commune”."),
    )


@register(StillAMember)
def _still(error: StillAMember) -> Message:
    return Message(
        _("{name} is a member of {branch} already.").format(name=error.name, branch=error.branch or "—"),
        _("Transfer her if she is in another branch now."),
    )


@register(HasDied)
def _has_died(error: HasDied) -> Message:
    return Message(
        _("The book says that {name} has died.").format(name=error.name),
        _("If that was entered by mistake, take it back in the history."),
    )


@register(SamePlace)
def _same_place(error: SamePlace) -> Message:
    return Message(
        _("{name} is in {unit} already.").format(name=error.name, unit=error.unit), _("Choose another branch or cell.")
    )


@register(TransferBeforePlacement)
def _too_early(error: TransferBeforePlacement) -> Message:
    return Message(
        _("{name} has been in this branch only since {day}.").format(name=error.name, day=short_date(error.since)),
        _("Type a later day."),
    )


@register(NothingToImport)
def _nothing(error: NothingToImport) -> Message:
    return Message(
        _("No row of “{file}” can be brought in.").format(file=error.file),
        _("Mend the rows listed, save the file, and choose it again."),
    )
