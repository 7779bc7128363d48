"""When a file is unusual, as data: dated files of levels; those of the pack take the place of shipped ones."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sochihoi import paths
from sochihoi.domain.unusual import Rule, RuleSet, Sign
from sochihoi.services.definition_tables import BadDefinition, Table, read


def read_rules(folder: Path | None = None, pack: Path | None = None) -> tuple[RuleSet, ...]:
    """Every set; those of ``pack`` take the place of shipped ones of the same code. Raises ``BadDefinition``."""
    packed = _read_all(pack / "unusual") if pack is not None else []
    codes = {one.code for one in packed}
    shipped = _read_all(folder or paths.resources() / "definitions" / "unusual")
    return (*packed, *(one for one in shipped if one.code not in codes))


def rules_on(sets: tuple[RuleSet, ...], day: date) -> tuple[Rule, ...]:
    """The rules in force on a day."""
    return tuple(rule for one in sets if one.is_valid(day) for rule in one.rules)


def _read_all(folder: Path) -> list[RuleSet]:
    found: list[RuleSet] = []
    for file in sorted(folder.glob("*.toml")):
        table = read(file)
        one = _set(table)
        table.close()
        if any((before.code, before.version) == (one.code, one.version) for before in found):
            raise BadDefinition(file.name, "code", "twice")
        found.append(one)
    return found


def _set(table: Table) -> RuleSet:
    code, version, source = table.text("code"), table.text("version"), table.text("source")
    valid_from, valid_to = table.day("valid_from"), table.day("valid_to") if table.has("valid_to") else None
    rules: list[Rule] = []
    for row in table.tables("rules"):
        sign = row.choice("sign", Sign)
        indicators = tuple(row.text("indicators").split()) if row.has("indicators") else ()
        rule = Rule(
            row.text("code"),
            sign,
            indicators,
            row.number("say"),
            row.number("hold"),
            row.number("least"),
            row.flag("tell"),
            row.flag("within_year"),
        )
        if bool(indicators) != (sign in (Sign.FALL, Sign.RISE)):
            raise row.bad("indicators", "value")
        if rule.hold < rule.say:
            raise row.bad("hold", "value")
        if any(before.code == rule.code for before in rules):
            raise row.bad("code", "twice")
        row.close()
        rules.append(rule)
    if not rules:
        raise table.bad("rules", "missing")
    return RuleSet(code, version, valid_from, valid_to, source, tuple(rules))
