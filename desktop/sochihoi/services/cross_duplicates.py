"""Women whom two communes list: found by their national ids, told only to those two, never merged from above."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sochihoi.domain.corrections import Correction
from sochihoi.domain.cross_duplicates import SAME_WOMAN, NoSuchPair, Pair
from sochihoi.domain.exchange import NotAReceiver
from sochihoi.domain.periods import Period
from sochihoi.services.received_months import Months

if TYPE_CHECKING:
    from sochihoi.domain.exchange import Received
    from sochihoi.services.office import Office
    from sochihoi.storage.work import Work

MOST = 200  # of the 500 lines that a receipt has for corrections


def pairs_for(work: Work, unit: str = "") -> tuple[Pair, ...]:
    """The pairs that nobody has looked at, all or those that one unit is told of.

    The list of a unit that is no more names women who are others' by now: it makes no pair.
    """
    from sochihoi.storage import cross_duplicates

    found, newest = cross_duplicates.pairs(work, unit), work.sync.newest_period()
    if not found or not newest:
        return found
    lives = Months(work).lives
    return tuple(pair for pair in found if all(lives.lived(code, Period.parse(newest)) for code in pair.units))


def corrections_for(work: Work, unit: str, period: str) -> tuple[Correction, ...]:
    """The same as questions in the receipt of a unit: her own entry, and which commune has her too; nothing else of
    the other's. A receipt has room for so many; the others come once these are settled."""
    return tuple(_question(pair, unit, period) for pair in pairs_for(work, unit)[:MOST])


def _question(pair: Pair, unit: str, period: str) -> Correction:
    mine, other = pair.of(unit)
    who = " ".join(part for part in (mine.code, mine.full_name) if part) or mine.member
    return Correction(period, rule=SAME_WOMAN, said=f"{who} — {other.unit_name}")


def _asked(work: Work) -> frozenset[tuple[str, str]]:
    """Unit and words of every such question that stands in a receipt of a file here."""
    return frozenset(
        (line.unit_code, str(one.get("said", "")))
        for line in work.sync.ledger()
        for one in line.facts.get("corrections", ())
        if one.get("rule") == SAME_WOMAN
    )


class CrossDuplicates:
    """``office.cross_duplicates``: the list of a level above. Raises ``NotAReceiver`` at a commune."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def pairs(self) -> tuple[Pair, ...]:
        """Every pair that nobody has looked at, with who of the two was told."""
        self._check()
        with self._office.read() as work:
            found = pairs_for(work)
            asked = _asked(work) if found else frozenset()
        return tuple(
            replace(
                pair, told=frozenset(unit for unit in pair.units if (unit, _question(pair, unit, "").said) in asked)
            )
            for pair in found
        )

    def find(self, key: str) -> Pair:
        """The pair with this key. Raises ``NoSuchPair``, ``NotAReceiver``."""
        found = next((one for one in self.pairs() if one.key == key.strip()), None)
        if found is None:
            raise NoSuchPair(key)
        return found

    def listed(self) -> dict[str, int]:
        """Unit code to how many members it lists here."""
        from sochihoi.storage import cross_duplicates

        with self._office.read() as work:
            return cross_duplicates.members(work)

    def say_distinct(self, pair: Pair) -> None:
        """They are two women: it is remembered, and they are not asked about again."""
        from sochihoi.storage import cross_duplicates

        self._check()
        told = {"on": self._office.today.isoformat(), "by": self._office.account.id}
        with self._office.write("duplicates.distinct") as work:
            cross_duplicates.say_distinct(work, pair, told)

    def ask(self, pair: Pair) -> tuple[Received, ...]:
        """Ask both communes now, each about its own entry; otherwise it stands in their next receipts.

        Raises ``NothingCounts`` for a unit of which no file counts.
        """
        self._check()
        asked = []
        for unit in pair.units:
            with self._office.read() as work:
                period = work.sync.newest_period()
            asked.append(self._office.receiving.deciding.ask(unit, (_question(pair, unit, period),)))
        return tuple(asked)

    def _check(self) -> None:
        if not self._office.is_receiver:
            raise NotAReceiver
