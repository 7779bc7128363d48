"""What typed row numbers would change on a roster that may have marks already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sochihoi.domain.meetings import Mark, Marks, Tally, parse_absentees, parse_marks, tally


@dataclass(frozen=True, slots=True)
class Understood:
    """``stated``: what was typed. ``changes``: the rows whose mark becomes another. ``after``: the roster then.

    ``overwritten``: rows that had a different mark before.
    """

    stated: Marks
    changes: dict[int, Mark]
    overwritten: tuple[int, ...]
    after: Tally


def understand(text: str, marks: Mapping[int, Mark | None], *, absent_only: bool = False) -> Understood:
    """Read ``text`` for a roster (row number to mark so far). Raises what ``parse_marks`` raises; nothing changes then.

    ``absent_only``: the numbers are absent (``?`` excused), and whoever has no mark yet is present. Somebody who was
    marked before keeps her mark unless her number is typed: who asked for leave last week must not become present.
    """
    size = max(marks, default=0)
    if absent_only:
        read = parse_absentees(text, size)
        stated = Marks(
            tuple(n for n in read.present if marks.get(n) in (None, Mark.PRESENT)), read.excused, read.absent
        )
    else:
        stated = parse_marks(text, size)
    changes = {number: mark for number, mark in stated.by_number().items() if marks.get(number) is not mark}
    overwritten = tuple(number for number in changes if marks.get(number) is not None)
    return Understood(stated, changes, overwritten, tally({**marks, **changes}.values()))
