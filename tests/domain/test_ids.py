"""Ids are UUIDs of version 7 and lie in the order in which they were made."""

from __future__ import annotations

import time
import uuid

import pytest

from sochihoi.domain.ids import new_id, seeded


def test_ids_are_of_version_7() -> None:
    for made in (new_id(), seeded("a")()):
        read = uuid.UUID(made)
        assert (read.version, read.variant, str(read)) == (7, uuid.RFC_4122, made)


def test_ids_never_run_backwards_even_when_the_clock_does(monkeypatch: pytest.MonkeyPatch) -> None:
    before = [new_id() for _ in range(2000)]
    monkeypatch.setattr(time, "time_ns", lambda: 0)
    after = [new_id() for _ in range(10)]
    assert sorted(before + after) == before + after


def test_the_millisecond_stands_in_front(monkeypatch: pytest.MonkeyPatch) -> None:
    later = 4_000_000_000_000  # milliseconds: the year 2096, so that no id of this run is younger
    monkeypatch.setattr("sochihoi.domain.ids._last", [0])
    monkeypatch.setattr(time, "time_ns", lambda: later * 1_000_000)
    assert uuid.UUID(new_id()).int >> 80 == later


def test_ids_of_a_seed_come_again() -> None:
    first, second, other = seeded("a"), seeded("a"), seeded("b")
    made = [first() for _ in range(100)]
    assert made == [second() for _ in range(100)] == sorted(made)
    assert other() not in made
