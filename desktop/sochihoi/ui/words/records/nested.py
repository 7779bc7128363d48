"""Fields that hold several things at once (minutes, marks of a round, points of a sheet), a line for each. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sochihoi.domain.campaign import Criterion, Result
from sochihoi.domain.errors import NotFound
from sochihoi.domain.rubric import Answer, Condition, Rubric, RubricCriterion
from sochihoi.i18n import _, number, pgettext
from sochihoi.ui.words import campaign, rubric
from sochihoi.ui.words.month import in_language

if TYPE_CHECKING:
    from sochihoi.services.definitions import Definitions
    from sochihoi.ui.words.records.values import Speech

Row = Mapping[str, Any]
Rules = Callable[[], "Definitions"]
Lines = dict[str, tuple[str, str]]  # key of a part to what it is called and what stands there

MINUTES: Mapping[str, Callable[[], str]] = {
    "agenda": lambda: pgettext("history", "Agenda"),
    "review": lambda: pgettext("history", "Review of the last meeting"),
    "discussion": lambda: pgettext("history", "Discussion"),
    "votes": lambda: _("Votes"),
    "conclusion": lambda: pgettext("history", "Conclusion"),
    "next_topic": lambda: pgettext("history", "Topic of the next meeting"),
    "fee_collected": lambda: pgettext("history", "Fees collected, in đồng"),
}
POINTS: Mapping[str, Callable[[], str]] = {
    "self": lambda: pgettext("history", "own score"),
    "verified": lambda: pgettext("history", "verified score"),
    "proposed": lambda: pgettext("history", "proposed"),
    "reason": lambda: pgettext("history", "reason"),
    "evidence": lambda: pgettext("history", "evidence"),
}
"""``until``, the month from which a proposal was counted, is left out: the sheet shows it."""


def parts(noun: str, field: str, row: Row, speech: Speech) -> Lines | None:
    """What a field holds, part by part; ``None`` for a field that holds one thing."""
    known = _PARTS.get((noun, field))
    if known is None or speech.definitions is None:
        return None
    value = row.get(field)
    return known(value, row, speech.definitions) if value else {}


def _minutes(value: Row, _row: Row, _rules: Rules) -> Lines:
    return {key: (said(), _said(key, value[key])) for key, said in MINUTES.items() if value.get(key)}


def _said(key: str, value: Any) -> str:
    if key == "votes":
        told = pgettext("history", "{question}: {yes} for, {no} against, {others} abstaining")
        return "; ".join(
            told.format(question=one["question"], yes=one["in_favour"], no=one["against"], others=one["abstaining"])
            for one in value
        )
    return number(value) if key == "fee_collected" else str(value)


def _marks(value: Row, row: Row, definitions: Rules) -> Lines:
    names = _labels(lambda: definitions().criteria_set(str(row.get("set_code")), row.get("set_version")).criteria)
    found: Lines = {}
    for code, told in value.items():
        mark = campaign.mark_name(Result[told["mark"]] if told.get("mark") else None)
        found[code] = names.get(code, code), f"{mark}; {told['note']}" if told.get("note") else mark
    return found


def _points(value: Row, row: Row, definitions: Rules) -> Lines:
    names = _labels(lambda: _sheet(definitions, row).criteria)
    return {
        f"{code}/{key}": (f"{names.get(code, code)}, {said()}", _point(key, told[key]))
        for code, told in value.items()
        for key, said in POINTS.items()
        if told.get(key)
    }


def _point(key: str, value: str) -> str:
    return rubric.points(Decimal(value)) if key in ("self", "verified", "proposed") else value


def _conditions(value: Row, row: Row, definitions: Rules) -> Lines:
    names = _labels(lambda: _sheet(definitions, row).conditions)
    return {code: (names.get(code, code), rubric.answer_name(Answer[told])) for code, told in value.items()}


def _sheet(definitions: Rules, row: Row) -> Rubric:
    return definitions().rubric(str(row.get("rubric_code")), row.get("rubric_version"))


def _labels(of: Callable[[], Iterable[Criterion | RubricCriterion | Condition]]) -> dict[str, str]:
    """Code to label; nothing of a version that this program no longer has: there the code says it."""
    try:
        return {one.code: in_language(one.label) for one in of()}
    except NotFound:
        return {}


_PARTS: Mapping[tuple[str, str], Callable[[Row, Row, Rules], Lines]] = {
    ("meeting", "minutes"): _minutes,
    ("assessment", "results"): _marks,
    ("branch_score", "rows"): _points,
    ("branch_score", "blocking"): _conditions,
}
