"""Work that nobody looks at is never stopped."""

from __future__ import annotations

from sochihoi.domain.progress import Progress, Unwatched


def test_nobody_stops_what_nobody_looks_at() -> None:
    watched: Progress = Unwatched()
    for done in range(3):
        watched.step(done, 2)  # also the last one: it never raises
    assert isinstance(watched, Unwatched)
