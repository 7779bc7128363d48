"""R6: three communes send, fork, are put back and come to an end; files arrive in any order, again, and damaged.

After each file the verdict and every figure must be those of the second opinion (``random_senders``).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sochihoi.services import trusting
from sochihoi.services.office import Office
from tests.offices import make_above
from tests.trust.conftest import Counted
from tests.trust.random_senders import CODE, MONTHS, Made, Unit, World

CODES = ("99001", "99002", "99003")


def figures(office: Office) -> dict[tuple[str, str], tuple[int, int]]:
    """(unit, period) to (edition, value) of what counts at the receiver."""
    with office.read() as work:
        found = work.sync.measures([month.code for month in MONTHS])
    return {(one.unit_code, one.period): (one.edition, one.measure.numerator) for one in found if one.code == CODE}


def held(units: list[Unit]) -> dict[tuple[str, str], tuple[int, int]]:
    return {(unit.code, period): value for unit in units for period, value in unit.held.items()}


def damaged(world: World, file: Made) -> bytes:
    at = world.source.randrange(len(file.data))
    return file.data[:at] + bytes([file.data[at] ^ (1 << world.source.randrange(8))]) + file.data[at + 1 :]


def run(tmp_path: Path, imports: int, seed: int) -> tuple[int, dict[Any, Any], int, int]:
    above = make_above(tmp_path / f"above-{seed}")
    world = World.of(seed, above.sending.keys(), CODES)
    for unit in world.units:
        trusting.accept(above, unit.keys.to_bytes(unit.identity))
    inbox = tmp_path / "inbox.hpn"
    failures: dict[Any, Any] = {}
    stored = refused = 0
    for number in range(imports):
        unit = world.source.choice(world.units)
        dice = world.source.random()
        if dice < 0.08 and unit.applied:
            world.disturb(unit)
        if dice < 0.5 or not world.pool:
            world.write(unit, final=dice < 0.0005)
        # mostly what is new, now and then anything that ever was
        file = world.source.choice(world.pool[-4:] if world.source.random() < 0.8 else world.pool)
        owner = next(one for one in world.units if one.code == file.unit)
        broken = world.source.random() < 0.1
        inbox.write_bytes(damaged(world, file) if broken else file.data)
        expected = "REFUSED" if broken else owner.expected(file)
        (told,) = above.receiving.receive([inbox])
        # a file that a person decides on bears its code too
        said = told.outcome.name if broken or told.line is None or not told.line.code else told.line.code
        if expected == "STORED" and said == "STORED":
            owner.take(file)
        stored, refused = stored + (said == "STORED"), refused + (said not in ("STORED", "DUPLICATE"))
        if said != expected or figures(above) != held(world.units):
            failures[f"{seed}/{number}"] = f"{said} instead of {expected}"
            break
    above.store.close()
    return imports, failures, stored, refused


def worlds(tmp_path: Path, seeds: int, imports: int, counted: Counted, gate: str, least: int) -> None:
    tried = stored = refused = 0
    failures: dict[Any, Any] = {}
    for seed in range(seeds):
        count, wrong, good, bad = run(tmp_path, imports, seed)
        tried, failures, stored, refused = tried + count, failures | wrong, stored + good, refused + bad
    counted(gate, tried, failures, least=least, remark=f"{stored} stored, {refused} refused")


def test_random_imports(tmp_path: Path, counted: Counted) -> None:
    worlds(tmp_path, 4, 500, counted, "R6 random imports", 2_000)


@pytest.mark.nightly
def test_very_many_random_imports(tmp_path: Path, counted: Counted) -> None:
    worlds(tmp_path, 100, 1_000, counted, "R6 random imports, nightly", 100_000)
