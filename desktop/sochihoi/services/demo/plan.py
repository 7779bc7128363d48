"""What a demonstration is made of, and the clock that walks through its year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

from sochihoi.domain.periods import Period

CODE, NAME, KIND, PROVINCE_CODE, PROVINCE = "99001", "Hòa Phú", "xã", "99", "tỉnh Mẫu"
PASSWORD = "xem-thu-so-chi-hoi"  # noqa: S105 - it is shown on the unlock screen: nothing here is anyone's
NEWEST = Period.month(2026, 10)


@dataclass(frozen=True, slots=True)
class Plan:
    """How large, how long, until when. All months but the newest two are closed, and never fewer than one."""

    seed: int = 7
    members: int = 340
    branches: int = 8
    months: int = 12
    until: Period = NEWEST

    def all_months(self) -> tuple[Period, ...]:
        """Oldest first."""
        return tuple(self.until.shifted(-back) for back in range(self.months - 1, -1, -1))

    def closed_months(self) -> tuple[Period, ...]:
        """Those that are closed, reported, sent and received."""
        months = self.all_months()
        return months[: max(len(months) - 2, 1)]


@dataclass(frozen=True, slots=True)
class Places:
    """Where the parts of a demonstration go."""

    out: Path
    commune: Path

    @property
    def above(self) -> Path:
        """The level above's data folder."""
        return self.out / "above"

    @property
    def reports(self) -> Path:
        """Monthly reports, PDF."""
        return self.out / "reports"

    @property
    def sync(self) -> Path:
        """Signed files."""
        return self.out / "sync"

    @property
    def other(self) -> Path:
        """Every other paper, receipts, lists."""
        return self.out / "other"

    def make(self) -> None:
        """The folders for what comes out."""
        for folder in (self.reports, self.sync, self.other):
            folder.mkdir(parents=True, exist_ok=True)


class Clock:
    """A clock that stands where it was put: a demonstration never asks what time it is."""

    def __init__(self, day: date) -> None:
        self._now = self._at(day)

    def __call__(self) -> datetime:
        """UTC."""
        return self._now

    def put(self, day: date) -> None:
        """Another day, nine in the morning of the officer's own time."""
        self._now = self._at(day)

    @staticmethod
    def _at(day: date) -> datetime:
        return datetime.combine(day, time(9, 0)).astimezone().astimezone(UTC)
