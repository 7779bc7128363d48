"""Two states of one book put together: what one side changed comes by itself, what both changed is asked."""

from __future__ import annotations

from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from sochihoi.domain.reuniting import Changed, Question, Resolved, Side, questions, unite

FIELDS = ("name", "phone", "address", "note")
rows = st.fixed_dictionaries({field: st.integers(0, 2) for field in FIELDS})
maybe = st.one_of(st.none(), rows)
quick = settings(deadline=None, derandomize=True, max_examples=200, phases=(Phase.generate,))


def changed(base: Any, ours: Any, theirs: Any) -> Changed:
    return Changed("person", "p1", base, ours, theirs)


def after(one: Changed, resolved: tuple[Resolved, ...]) -> Any:
    """What our record is then."""
    if not resolved:
        return one.ours
    (found,) = resolved
    if found.gone:
        return None
    if found.whole:
        return dict(one.theirs or {})
    return dict(one.ours or {}) | {name: (one.theirs or {})[name] for name in found.fields}


@quick
@given(rows, st.lists(st.sampled_from(FIELDS), unique=True), st.data())
def test_disjoint_changes_merge_to_the_union(base: Any, mine: list[str], data: st.DataObject) -> None:
    theirs_fields = data.draw(st.lists(st.sampled_from([f for f in FIELDS if f not in mine] or ["-"]), unique=True))
    ours = base | dict.fromkeys(mine, 10)
    theirs = base | {name: 20 for name in theirs_fields if name in FIELDS}
    one = changed(base, ours, theirs)
    resolved, asked = unite([one])
    assert asked == ()
    expected = base | dict.fromkeys(mine, 10) | {name: 20 for name in theirs_fields if name in FIELDS}
    assert after(one, resolved) == expected


@quick
@given(maybe, maybe)
def test_the_same_on_both_sides_is_nothing(base: Any, both: Any) -> None:
    assert unite([changed(base, both, both)]) == ((), ())


@quick
@given(maybe, maybe)
def test_what_one_side_changed_alone_is_taken_and_never_lost(base: Any, other: Any) -> None:
    one = changed(base, base, other)
    resolved, asked = unite([one])
    assert asked == ()
    assert after(one, resolved) == other
    mine = changed(base, other, base)
    assert unite([mine]) == ((), ())


@quick
@given(maybe, maybe, maybe)
def test_both_ways_of_asking_find_the_same_questions(base: Any, ours: Any, theirs: Any) -> None:
    here = {one.field for one in questions([changed(base, ours, theirs)])}
    there = {one.field for one in questions([changed(base, theirs, ours)])}
    assert here == there


@quick
@given(maybe, maybe, maybe)
def test_every_answer_is_followed_and_none_is_open_then(base: Any, ours: Any, theirs: Any) -> None:
    one = changed(base, ours, theirs)
    asked = questions([one])
    for side in Side:
        resolved, left = unite([one], {question.key: side for question in asked})
        assert left == ()
        found = after(one, resolved)
        for question in asked:
            wanted = question.ours if side is Side.OURS else question.theirs
            assert (found if question.field == "" else (found or {}).get(question.field)) == wanted


def test_a_record_changed_here_and_taken_away_there_is_asked_whole() -> None:
    base = {"name": 1, "phone": 1}
    one = changed(base, base | {"phone": 2}, None)
    assert questions([one]) == (Question("person", "p1", "", base, base | {"phone": 2}, None),)
    assert unite([one], {("person", "p1", ""): Side.THEIRS})[0] == (Resolved("person", "p1", gone=True),)


def test_what_follows_from_other_fields_is_never_asked() -> None:
    base = {"name": "a", "sort_key": "a"}
    one = changed(base, {"name": "b", "sort_key": "b"}, {"name": "a", "sort_key": "c"})
    assert unite([one]) == ((), ())
