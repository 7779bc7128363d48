"""The rules as data: criteria sets, rubrics, targets, terms and indicators, read from dated files.

``resources/definitions`` comes with the program; a folder of a pack is searched first and its files take the place
of shipped ones with the same code (targets: the same id).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

from sochihoi import paths
from sochihoi.domain.campaign import CriteriaSet, default_set, sets_for
from sochihoi.domain.consent import ConsentText
from sochihoi.domain.duties import Holidays
from sochihoi.domain.errors import NotFound
from sochihoi.domain.indicators import IndicatorSet
from sochihoi.domain.periods import Period
from sochihoi.domain.rubric import Rubric, rubric_of
from sochihoi.domain.targets import Target, Term, term_on
from sochihoi.domain.unusual import RuleSet
from sochihoi.services import certificate_texts
from sochihoi.services import definition_files as files
from sochihoi.services.consent_texts import read_texts
from sochihoi.services.definition_files import DatedIndicators
from sochihoi.services.definition_tables import BadDefinition, Layers, Table, layers, read
from sochihoi.services.phrases import PhraseFile, read_phrases
from sochihoi.services.report_forms import ReportForm, read_forms
from sochihoi.services.unusual_rules import rule_set

__all__ = ["BadDefinition", "DatedIndicators", "Definitions", "load"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Definitions:
    """Everything that was read. All of it is checked before any of it is used."""

    criteria_sets: tuple[CriteriaSet, ...]
    rubrics: tuple[Rubric, ...]
    targets: tuple[Target, ...]
    indicator_sets: tuple[DatedIndicators, ...]
    terms: tuple[Term, ...]
    forms: tuple[ReportForm, ...]
    phrases: tuple[PhraseFile, ...]
    consent: tuple[ConsentText, ...]
    holidays: Holidays
    unusual: tuple[RuleSet, ...]

    def criteria_set(self, code: str, version: str | None = None) -> CriteriaSet:
        """The set of that code, the newest version unless one is named. Raises ``NotFound``."""
        found = [s for s in self.criteria_sets if s.code == code and version in (None, s.version)]
        return _newest(found, "criteria set", code)

    def criteria_set_for(self, year: int) -> CriteriaSet:
        """The default set of a year. Raises ``NotFound`` for a year without one."""
        found = default_set(self.criteria_sets, year)
        if found is None:
            raise NotFound("criteria set", str(year))
        return found

    def criteria_sets_for(self, year: int) -> tuple[CriteriaSet, ...]:
        """All sets that may be chosen for a year, the default one first."""
        return sets_for(self.criteria_sets, year)

    def rubric(self, code: str, version: str | None = None) -> Rubric:
        """The score sheet of that code. Raises ``NotFound``."""
        found = [r for r in self.rubrics if r.code == code and version in (None, r.version)]
        return _newest(found, "rubric", code)

    def rubric_for(self, year: int) -> Rubric:
        """The score sheet of a year, a regulation before a suggestion. Raises ``NotFound``."""
        found = rubric_of(self.rubrics, year)
        if found is None:
            raise NotFound("rubric", str(year))
        return found

    def target(self, target_id: str) -> Target:
        """The target of that id. Raises ``NotFound``."""
        for target in self.targets:
            if target.id == target_id:
                return target
        raise NotFound("target", target_id)

    def term_on(self, day: date) -> Term:
        """The term that a day belongs to."""
        return term_on(self.terms, day)

    def indicators_for(self, period: Period, criteria: CriteriaSet | None = None) -> IndicatorSet:
        """The indicators of a period, with one for every criterion and band of its year.

        ``criteria`` is the set that the commune chose for the year. Raises ``NotFound`` for a time without a list.
        """
        valid = [
            one
            for one in self.indicator_sets
            if one.valid_from <= period.end and (one.valid_to is None or period.end <= one.valid_to)
        ]
        found = max(valid, key=lambda one: (one.valid_from, one.version), default=None)
        if found is None:
            raise NotFound("indicators", period.code)
        chosen = criteria or default_set(self.criteria_sets, period.year)
        return found.indicators.expanded(chosen, rubric_of(self.rubrics, period.year))


def load(pack: Layers = None, shipped: Path | None = None) -> Definitions:
    """Read and check all files; those of ``pack`` take the place of shipped ones. Raises ``BadDefinition``."""
    folders = (*layers(pack), shipped or paths.resources() / "definitions")
    indicators = _read_all(folders, "indicators", files.indicators, lambda one: (one.code, one.version))
    rubrics = _read_all(folders, "rubrics", files.rubric, lambda one: (one.code, one.version))
    targets = _read_all(folders, "targets", files.targets, lambda one: one[0].source)
    definitions = Definitions(
        _read_all(folders, "criteria", files.criteria_set, lambda one: (one.code, one.version)),
        rubrics,
        _first_of_id(target for group in targets for target in group),
        indicators,
        _read_all(folders, "terms", files.term, lambda one: one.code),
        read_forms(folders[-1] / "forms", pack),
        read_phrases(folders[-1] / "phrases", pack),
        read_texts(folders),
        _all_of(_read_all(folders, "holidays", files.holidays, lambda one: one.code)),
        _read_all(folders, "unusual", rule_set, lambda one: (one.code, one.version)),
    )
    _check_links(definitions)
    _check_terms(definitions.terms)
    return definitions


def in_force(pack: Layers) -> tuple[Definitions, BadDefinition | None]:
    """The definitions that packs correct, the first before the others, and what is wrong with them: then those that
    are left without the last folder, which nobody checked before it was laid there, or those of the program alone.
    """
    folders, problem = layers(pack), None
    while True:
        try:
            for one in folders:
                certificate_texts.of_pack(one)
            return load(folders), problem
        except BadDefinition as bad:
            if not folders:
                raise
            folders, problem = folders[:-1], problem or bad


def _read_all(
    folders: Sequence[Path], kind: str, build: Callable[[Table], T], key: Callable[[T], object]
) -> tuple[T, ...]:
    out: dict[object, T] = {}
    for folder in folders:
        here: set[object] = set()
        for file in sorted((folder / kind).glob("*.toml")):
            table = read(file)
            made = build(table)
            table.close()
            if key(made) in here:
                raise BadDefinition(file.name, "code", "twice")
            here.add(key(made))
            out.setdefault(key(made), made)
    return tuple(out.values())


def _all_of(lists: Iterable[Holidays]) -> Holidays:
    """The days of every list."""
    told = tuple(lists)
    fixed = frozenset().union(*(one.fixed for one in told))
    return Holidays("", fixed, frozenset().union(*(one.dated for one in told)))


def _check_terms(terms: Iterable[Term]) -> None:
    """There is one at least, and a day lies in one term at most."""
    in_order = sorted(terms, key=lambda one: one.starts)
    if not in_order:
        raise BadDefinition("terms", "", "missing")
    for one, following in pairwise(in_order):
        if following.starts <= one.ends:
            raise BadDefinition("terms", following.code, "value")


def _first_of_id(targets: Iterable[Target]) -> tuple[Target, ...]:
    out: dict[str, Target] = {}
    for target in targets:
        out.setdefault(target.id, target)
    return tuple(out.values())


def _newest(found: Sequence[T], noun: str, key: str) -> T:
    if not found:
        raise NotFound(noun, key)
    return max(found, key=lambda one: str(getattr(one, "version", "")))


def _check_links(definitions: Definitions) -> None:
    """Every indicator that a target, a rubric, a rule or the form of a report names must be there."""
    known = {one.code for dated in definitions.indicator_sets for one in dated.indicators.indicators}
    for target in definitions.targets:
        if target.computed_from is not None and target.computed_from not in known:
            raise BadDefinition("targets", target.id, "unknown")
    for rubric in definitions.rubrics:
        asked = [part.source for criterion in rubric.criteria for part in criterion.parts]
        asked += [condition.source for condition in rubric.conditions if condition.source is not None]
        for source in asked:
            if source not in known:
                raise BadDefinition("rubrics", source, "unknown")
    for rules in definitions.unusual:
        for code in sorted({code for rule in rules.rules for code in rule.indicators} - known):
            raise BadDefinition("unusual", f"{rules.code}: {code}", "unknown")
    for form in definitions.forms:
        for code in sorted(form.figures - known):
            if code.rpartition(".")[0] in known:  # one of a criterion or a band
                continue
            raise BadDefinition("forms", f"{form.code}: {code}", "unknown")
