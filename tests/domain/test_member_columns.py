"""A profile tells its sensitive columns apart."""

from __future__ import annotations

from sochihoi.domain.member_columns import COLUMNS, MEMBER_LIST, SENSITIVE_COLUMNS, Profile
from sochihoi.domain.members import SENSITIVE
from sochihoi.domain.wording import Words


def test_sensitive_columns_are_named_apart_in_their_order() -> None:
    profile = Profile(MEMBER_LIST, Words("Danh sách", "List"), ("religion", "full_name", "party_member", "phone"))
    assert profile.sensitive == ("religion", "party_member")


def test_what_the_law_protects_more_is_so_here_too() -> None:
    assert SENSITIVE & set(COLUMNS) <= SENSITIVE_COLUMNS
