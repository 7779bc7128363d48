"""What is watched of a woman's data, and what a row of the log says of a look at it."""

from __future__ import annotations

from datetime import UTC, datetime

from sochihoi.domain.access import WATCHED, Access, Look, watched_in
from sochihoi.domain.members import SENSITIVE, Person

AT = datetime(2026, 10, 26, 8, tzinfo=UTC)


def test_only_what_holds_something_is_watched_and_her_numbers_beside_the_sensitive_fields() -> None:
    plain = Person("p", "Lê Thị Mẫu", phone="0912345678", address="Ấp Mẫu")
    assert watched_in(plain) == frozenset()
    told = Person("p", "Lê Thị Mẫu", religion="Phật giáo", national_id="094171000001", old_id="365000001")
    assert watched_in(told) == {"religion", "national_id", "old_id"}
    assert SENSITIVE < WATCHED


def test_a_look_stays_on_the_screen_and_a_list_does_not() -> None:
    seen = Access(1, AT, "a", Look.VIEWED, "Lê Thị Mẫu", fields=("religion",))
    taken = Access(2, AT, "a", Look.MEMBERS, "Hội viên", count=30, form="xlsx")
    assert (seen.looked, seen.sensitive) == (True, True)
    assert (taken.looked, taken.sensitive) == (False, False)
