"""A parting written down as a file: which branches go to which commune, with names instead of ids."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sochihoi.domain.parting import PartingPlan
from sochihoi.domain.units import Level
from sochihoi.services.definition_tables import BadDefinition, Table, read
from sochihoi.services.import_places import branch_key
from sochihoi.services.reorganisation_files import BadPlanFile

if TYPE_CHECKING:
    from sochihoi.services.office import Office


def read_parting(office: Office, path: Path) -> PartingPlan:
    """The plan of a TOML file; the keys are told in ``desktop/docs/commands.md``. Raises ``BadPlanFile``."""
    try:
        return _plan(office, read(path))
    except BadDefinition as problem:
        raise BadPlanFile(problem.file, problem.place, problem.problem) from problem


def _plan(office: Office, table: Table) -> PartingPlan:
    on = table.day("on")
    here = {
        branch_key(one.name): one.id for one in office.setup.units() if one.level is Level.BRANCH and one.valid_on(on)
    }
    branches = []
    for name in table.texts("branches"):
        if branch_key(name) not in here:
            raise table.bad(f"branches: {name}", "unknown")
        branches.append(here[branch_key(name)])
    decision = table.text("decision", may_be_empty=True) if table.has("decision") else ""
    plan = PartingPlan(on, tuple(branches), table.text("code"), table.text("name"), decision)
    table.close()
    return plan
