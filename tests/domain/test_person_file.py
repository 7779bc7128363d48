"""What is left of a woman once nobody shall be named: what figures count, and nothing else."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

from sochihoi.domain.households import HouseholdGroup
from sochihoi.domain.members import Membership, Person
from sochihoi.domain.people import JoinKind, LeaveReason, OtherOrganisation, PartialDate
from sochihoi.domain.person_file import AnonymousWords, anonymous, without_words

WORDS = AnonymousWords("(đã ẩn danh)", "dân tộc thiểu số", "có tôn giáo")
ON = date(2026, 10, 26)
HER = Person(
    "p",
    "Thạch Thị Mẫu",
    PartialDate(1971, 3, 8),
    ethnicity="Khmer",
    religion="Phật giáo",
    national_id="094171000001",
    phone="0912345678",
    address="Số 5",
    hamlet="Xóm Mẫu",
    occupation="May",
    party_member=True,
    party_joined_on=date(1999, 2, 3),
    health_insurance=True,
    household_id="h",
    note="quen biết",
    old_id="365000001",
    merged_into="q",
)


def test_nothing_names_her_and_what_is_counted_stays() -> None:
    left = anonymous(HER, WORDS, ON, minority=True, religious=False, group=HouseholdGroup.POOR)
    assert (left.full_name, left.ethnicity, left.religion) == (WORDS.name, WORDS.minority, "")
    assert (left.party_member, left.health_insurance, left.household_group) == (True, True, HouseholdGroup.POOR)
    assert (left.id, left.merged_into, left.anonymised_on, left.birth) == ("p", "q", ON, None)
    kept = {str(getattr(left, f.name)) for f in fields(left)}
    hers = {"Thạch Thị Mẫu", "Khmer", "Phật giáo", "094171000001", "0912345678", "Số 5", "Xóm Mẫu", "365000001", "h"}
    assert not kept & (hers | {"May", "quen biết", "1999-02-03"})
    other = anonymous(HER, WORDS, ON, minority=False, religious=True, group=HouseholdGroup.NONE)
    assert (other.ethnicity, other.religion) == ("", WORDS.religious)


def test_a_membership_keeps_its_days_and_marks_and_loses_its_words() -> None:
    one = Membership(
        "m",
        "HP00001",
        "p",
        PartialDate(2000),
        JoinKind.ADMISSION,
        "xã cũ",
        date(2026, 1, 1),
        LeaveReason.DECEASED,
        "nơi khác",
        "12/QĐ",
        "T-1",
        core_member=True,
        honorary=True,
        other_organisations=frozenset({OtherOrganisation.TRADE_UNION}),
        clubs=("Dân vũ",),
        registered_on=date(2000, 1, 1),
        moving_to="xã khác",
        moving_no="7",
    )
    left = without_words(one)
    assert (left.joined_from, left.left_to, left.decision_no, left.card_no, left.clubs) == ("", "", "", "", ())
    assert (left.moving_to, left.moving_no) == ("", "")
    assert (left.left_on, left.left_reason, left.registered_on) == (one.left_on, one.left_reason, one.registered_on)
    assert left.core_member
    assert left.honorary
    assert left.other_organisations == one.other_organisations
