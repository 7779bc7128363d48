"""When a file is unusual, as data: one dated file of levels."""

from __future__ import annotations

from sochihoi.domain.unusual import Rule, RuleSet, Sign
from sochihoi.services.definition_tables import Table


def rule_set(table: Table) -> RuleSet:
    """One file. Raises ``BadDefinition``."""
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
