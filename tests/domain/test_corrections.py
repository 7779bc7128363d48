"""What a unit is asked to correct: kept whole, without what says nothing."""

from __future__ import annotations

import json

from sochihoi.domain.corrections import BY_PERSON, FOREIGN_LINE, WRONG_LINE, Correction
from sochihoi.domain.exchange import Measure
from sochihoi.domain.unusual import Finding, Sign


def test_a_finding_becomes_a_question_and_comes_back_from_the_book() -> None:
    found = Finding("MEMBERS_GONE", Sign.FALL, "2026-10", "2026-09", 40, Measure(80, 100), Measure(48, 100), "members")
    asked = Correction.of_finding(found)
    assert (asked.period, asked.earlier, asked.indicator, asked.rule) == (
        "2026-10",
        "2026-09",
        "members",
        "MEMBERS_GONE",
    )
    assert (asked.percent, asked.before, asked.after) == (40, Measure(80, 100), Measure(48, 100))
    assert Correction.from_json(json.loads(json.dumps(asked.to_json()))) == asked


def test_what_says_nothing_is_not_kept() -> None:
    one = Correction("2026-10", said="Xem lại số hội viên")
    assert one.to_json() == {"period": "2026-10", "rule": BY_PERSON, "said": "Xem lại số hội viên"}
    assert Correction.from_json(one.to_json()) == one
    nothing = Correction("2026-10", percent=0)
    assert nothing.to_json()["percent"] == 0, "nought percent says something"


def test_only_a_line_of_a_refused_file_asks_for_another_file() -> None:
    rules = (WRONG_LINE, FOREIGN_LINE, BY_PERSON, "MEMBERS_GONE")
    assert [Correction("2026-10", rule=rule).of_line for rule in rules] == [True, True, False, False]
