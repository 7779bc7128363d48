"""What a pack changes against what is in force: facts, the words stand in ``ui/words/packs.py``.

``facts`` by kind of change. Targets: ``goal`` and, where there was one, ``before``. Sets: ``from_day``; ``added``,
``gone``, ``changed``: names; score sheets also ``points`` and ``bands``: (name, before, now). Terms: ``from_day``,
``to_day``. Rules of the unusual: ``from_day``; ``rules``: (names of the indicators, the rule before, the rule now).
Units: ``from_day``, ``source``, ``communes``. Tree: ``change``, to which ``Packs`` adds names. Profiles:
``columns``, ``sensitive``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sochihoi.domain.member_columns import MEMBER_LIST
from sochihoi.domain.packs import Change, Changed
from sochihoi.domain.wording import Words

if TYPE_CHECKING:
    from sochihoi.domain.rubric import Rubric
    from sochihoi.domain.unusual import RuleSet
    from sochihoi.services.pack_files import Contents


def compare(before: Contents, after: Contents, unit: str) -> tuple[Change, ...]:
    """Every change, in the order of ``Changed``. ``unit``: the code of the unit that reads it."""
    found = [
        *_targets(before, after),
        *_sets(before.definitions.criteria_sets, after.definitions.criteria_sets, _CRITERIA, _criteria),
        *_sets(before.definitions.rubrics, after.definitions.rubrics, _RUBRICS, _rubric),
        *_sets(before.definitions.indicator_sets, after.definitions.indicator_sets, _INDICATORS, _indicators),
        *_sets(before.definitions.forms, after.definitions.forms, _FORMS, lambda _old, _new: {}),
        *_unusual(before, after),
        *_terms(before, after),
        *_others(before, after),
        *_tree(before, after, unit),
        *_profiles(before, after),
    ]
    return tuple(sorted(found, key=lambda one: one.what.value))


def _targets(before: Contents, after: Contents) -> Iterator[Change]:
    old = {one.id: one for one in before.definitions.targets}
    new = {one.id: one for one in after.definitions.targets}
    for key, one in new.items():
        was = old.get(key)
        if was is None:
            yield Change(Changed.TARGET_NEW, one.title, key, {"goal": one.goal})
        elif was != one:
            yield Change(Changed.TARGET, one.title, key, {"goal": one.goal, "before": was.goal})
    for key, one in old.items():
        if key not in new:
            yield Change(Changed.TARGET_GONE, one.title, key)


_CRITERIA = (Changed.CRITERIA_NEW, Changed.CRITERIA)
_RUBRICS = (Changed.RUBRIC_NEW, Changed.RUBRIC)
_INDICATORS = (Changed.INDICATORS_NEW, Changed.INDICATORS)
_FORMS = (Changed.FORM_NEW, Changed.FORM)
_UNUSUAL = (Changed.UNUSUAL_NEW, Changed.UNUSUAL)


def _sets(
    before: Sequence[Any],
    after: Sequence[Any],
    kinds: tuple[Changed, Changed],
    facts: Callable[[Any, Any], dict[str, Any]],
) -> Iterator[Change]:
    """A set of a new version is told against the newest of its code before."""
    old = {(one.code, one.version): one for one in before}
    for one in after:
        was = old.get((one.code, one.version))
        if was == one or (was is not None and _gives_way(was, one, after)):
            continue
        title = _title(one)
        days = {"from_day": one.valid_from, "to_day": one.valid_to}
        if was is not None:
            yield Change(kinds[1], title, one.code, days | facts(was, one))
        else:
            known = [item for item in before if item.code == one.code]
            last = max(known, key=lambda item: item.valid_from, default=None)
            yield Change(kinds[0], title, one.code, days | ({} if last is None else facts(last, one)))


def _gives_way(was: Any, now: Any, after: Sequence[Any]) -> bool:
    """Whether it only ends because a newer one of its code begins: that one is told."""
    newer = any(one.code == now.code and one.valid_from > now.valid_from for one in after)
    return newer and replace(was, valid_to=None) == replace(now, valid_to=None)


def _title(one: Any) -> Words:
    inside = getattr(one, "indicators", None)
    found = getattr(one, "name", None) or getattr(one, "title", None) or getattr(inside, "title", None)
    return found or Words(one.code, one.code)


def _criteria(old: Any, new: Any) -> dict[str, Any]:
    return _parts(old.criteria, new.criteria, lambda one: (one.label, one.guidance, one.na_allowed))


def _indicators(old: Any, new: Any) -> dict[str, Any]:
    return _parts(old.indicators.indicators, new.indicators.indicators, _without_place)


def _without_place(one: Any) -> tuple[Any, ...]:
    """An indicator without its place in the list: one that is put in moves those behind it."""
    return tuple(getattr(one, name) for name in type(one).__dataclass_fields__ if name != "order")


def _parts(old: Iterable[Any], new: Iterable[Any], says: Callable[[Any], object]) -> dict[str, Any]:
    was, now = ({one.code: one for one in part} for part in (old, new))
    return {
        "added": [now[code].label for code in now if code not in was],
        "gone": [was[code].label for code in was if code not in now],
        "changed": [now[code].label for code in now if code in was and says(was[code]) != says(now[code])],
    }


def _rubric(old: Rubric, new: Rubric) -> dict[str, Any]:
    """Thresholds are what an officer looks for first: points to be had, grades, the measures behind them."""
    was, now = {one.code: one for one in old.criteria}, {one.code: one for one in new.criteria}
    grades = {one.code: one for one in old.bands}
    return _parts(old.criteria, new.criteria, lambda one: (one.label, one.guidance, one.rule, one.parts)) | {
        "points": [
            (now[code].label, was[code].max_points, now[code].max_points)
            for code in now
            if code in was and was[code].max_points != now[code].max_points
        ],
        "bands": [
            (one.label, grades[one.code].at_least if one.code in grades else None, one.at_least)
            for one in new.bands
            if one.code not in grades or grades[one.code].at_least != one.at_least
        ],
    }


def _unusual(before: Contents, after: Contents) -> Iterator[Change]:
    """A set that comes first after the program's own is told against that one: rule by rule."""
    labels = {one.code: one.label for dated in after.definitions.indicator_sets for one in dated.indicators.indicators}

    def facts(old: RuleSet, new: RuleSet) -> dict[str, Any]:
        was, now = ({(one.code, one.sign, one.indicators): one for one in part.rules} for part in (old, new))
        changed = ((was.get(key), now.get(key), key[2]) for key in {**now, **was} if was.get(key) != now.get(key))
        return {"rules": [([labels[code] for code in codes], then, one) for then, one, codes in changed]}

    return _sets(before.definitions.unusual, after.definitions.unusual, _UNUSUAL, facts)


def _terms(before: Contents, after: Contents) -> Iterator[Change]:
    old = {one.code: one for one in before.definitions.terms}
    for one in after.definitions.terms:
        was = old.get(one.code)
        if was != one:
            what = Changed.TERM_NEW if was is None else Changed.TERM
            yield Change(what, one.name, one.code, {"from_day": one.starts, "to_day": one.ends})


def _others(before: Contents, after: Contents) -> Iterator[Change]:
    if before.definitions.phrases != after.definitions.phrases:
        yield Change(Changed.PHRASES, Words("", ""))
    if before.definitions.consent != after.definitions.consent:
        yield Change(Changed.CONSENT, Words("", ""))
    if before.definitions.holidays != after.definitions.holidays:
        yield Change(Changed.HOLIDAYS, Words("", ""))
    if after.certificates is not None and after.certificates != before.certificates:
        yield Change(Changed.CERTIFICATES, Words("", ""))
    known = {(one.valid_from, one.rows) for one in before.units}
    for one in after.units:
        if (one.valid_from, one.rows) not in known:
            communes = sum(1 for row in one.rows if row.province)
            facts = {"from_day": one.valid_from, "source": one.source, "communes": communes}
            yield Change(Changed.UNITS, Words(one.file, one.file), one.file, facts)


def _tree(before: Contents, after: Contents, unit: str) -> Iterator[Change]:
    known = {one.id for one in before.tree}
    for one in after.tree:
        if one.id not in known:
            here = unit in (*one.from_units, *one.to_units)
            yield Change(Changed.TREE, Words(one.reason, one.reason), one.kind, {"change": one}, here)


def _profiles(before: Contents, after: Contents) -> Iterator[Change]:
    was, now = before.profiles.get(MEMBER_LIST), after.profiles.get(MEMBER_LIST)
    if now is not None and now != was:
        facts = {"columns": now.columns, "sensitive": now.sensitive}
        yield Change(Changed.ASKED, now.purpose, now.code, facts)
    elif was is not None and now is None:
        yield Change(Changed.NO_LONGER_ASKED, was.purpose, was.code)
