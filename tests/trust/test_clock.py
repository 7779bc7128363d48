"""R16: clocks that lie, by 40 and 3 years back, 70 years ahead, and backwards while the book is open. What is taken in
does not depend on them; what is made under them is marked, or the officer is asked to set the clock right.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from sochihoi.domain.periods import FuturePeriod
from sochihoi.services.office import Office
from sochihoi.services.opening import open_office
from sochihoi.storage.schema import journal
from sochihoi.sync.envelope import inspect
from sochihoi.ui import words
from tests.exchange_data import MOMENT, OCTOBER, REASON, SEPTEMBER, Exchange, make_exchange
from tests.offices import PASSWORD, around
from tests.trust.conftest import Counted

YEAR = timedelta(days=365)
CLOCKS = {"-40 years": -40 * YEAR, "-3 years": -3 * YEAR, "+70 years": 70 * YEAR, "-2 days": timedelta(days=-2)}


class Clock:
    """Says what it is told to."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment


def opened(folder: Path, clock: Clock) -> Office:
    return open_office(folder, PASSWORD, around=replace(around(f"clock {folder.name}", MOMENT), now=clock))


@pytest.fixture
def sent(tmp_path: Path) -> Exchange:
    """Two files on the stick, none taken in yet; both books are closed."""
    made = make_exchange(tmp_path)
    made.send(SEPTEMBER)
    made.send(OCTOBER)
    (made.stick / "HPN_99001_2026-10_0009.hpn").write_bytes(b"damaged")
    made.below.months.begin_supplement(OCTOBER, "Bổ sung một số.")
    made.below.months.close(OCTOBER, reason=REASON)
    made.close()
    return made


def taken(office: Office, stick: Path) -> dict[str, Any]:
    """Verdicts and figures, without the days that a clock writes for information."""
    verdicts = office.receiving.receive([stick])
    again = office.receiving.receive([stick])
    figures = [office.receiving.totals.as_json(month) for month in (SEPTEMBER, OCTOBER)]
    return {
        "first": [(one.file_name, one.outcome.name, one.code, one.rows) for one in verdicts],
        "again": [(one.file_name, one.outcome.name, one.code) for one in again],
        "figures": figures,
    }


def test_what_is_taken_in_does_not_depend_on_the_clock(sent: Exchange, tmp_path: Path, counted: Counted) -> None:
    def at(name: str, change: Callable[[Clock], None]) -> dict[str, Any]:
        folder = tmp_path / f"above {name}"
        shutil.copytree(tmp_path / "above", folder)
        clock = Clock(MOMENT)
        office = opened(folder, clock)
        change(clock)
        try:
            return taken(office, sent.stick)
        finally:
            office.close()

    right = at("right", lambda _clock: None)
    assert [told[1] for told in right["first"]] == ["STORED", "STORED", "REFUSED"]
    failures = {}
    for name, shift in CLOCKS.items():

        def backwards(clock: Clock, shift: timedelta = shift) -> None:
            clock.moment = MOMENT + shift

        if at(name, backwards) != right:
            failures[name] = "another verdict or figure"
        folder = tmp_path / f"from the start {name}"
        shutil.copytree(tmp_path / "above", folder)
        office = opened(folder, Clock(MOMENT + shift))
        if taken(office, sent.stick) != right:
            failures[f"{name} from the start"] = "another verdict or figure"
        office.close()
    counted("R16 clocks of the level above", 2 * len(CLOCKS), failures, least=8)


def test_a_file_made_under_a_lying_clock_is_marked_or_not_made(
    sent: Exchange, tmp_path: Path, counted: Counted
) -> None:
    failures, tried = {}, 0
    for during in (False, True):
        for name, shift in CLOCKS.items():
            tried += 1
            case = f"{name}{' during the session' if during else ''}"
            folder = tmp_path / f"commune {case}"
            shutil.copytree(tmp_path / "commune", folder)
            clock = Clock(MOMENT if during else MOMENT + shift)
            office = opened(folder, clock)
            clock.moment = MOMENT + shift
            try:
                made = office.sending.prepare(OCTOBER)
            except FuturePeriod as refused:
                if "ngày của máy tính" not in str(words.say(refused)):
                    failures[case] = "nobody is asked to set the clock right"
            else:
                manifest = inspect(office.sending.content(made.id)).manifest
                if manifest is None or not manifest.draft.clock_suspect:
                    failures[case] = "the file is not marked"
            with office.store.write("t") as work:  # work goes on, and its rows in the journal are marked
                work.settings.set("test", case)
            with office.read() as work:
                if not work.value(select(journal.c.clock_suspect).order_by(journal.c.n.desc()).limit(1)):
                    failures[case] = "the journal is not marked"
            if office.store.findings():
                failures[case] = "the book is damaged"
            office.close()
    counted("R16 clocks of the commune", tried, failures, least=8)


def test_a_file_of_a_lying_clock_counts_as_any_other(sent: Exchange, tmp_path: Path) -> None:
    below = opened(tmp_path / "commune", Clock(MOMENT + 70 * YEAR))
    above = opened(tmp_path / "above", Clock(MOMENT))
    shutil.rmtree(sent.stick)
    file = below.sending.write(below.sending.prepare(OCTOBER).id, sent.stick)
    (verdict,) = above.receiving.receive([file])
    assert (verdict.outcome.name, verdict.line is not None and verdict.line.warnings) == ("STORED", ("GAP",))
    figures = above.receiving.totals.as_json(OCTOBER)["figures"]
    assert next(one for one in figures if one["code"] == "org.members")["value"] == 27
    below.close()
    above.close()
