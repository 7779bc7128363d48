"""What the commune set and entered for its targets: one row a target and period (a year, or a term)."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from sochihoi.domain.targets import TargetSetting
from sochihoi.storage.mapping import from_rows, to_row
from sochihoi.storage.schema import target_setting
from sochihoi.storage.work import Work


class Targets:
    """Settings and entered figures of targets."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def of(self, periods: Iterable[str]) -> dict[tuple[str, str], TargetSetting]:
        """(Target, period) to what was set or entered for these periods."""
        query = select(target_setting).where(
            target_setting.c.period.in_(list(periods)), target_setting.c.deleted_on.is_(None)
        )
        return {(one.code, one.period): one for one in from_rows(TargetSetting, self._work.rows(query))}

    def put(self, setting: TargetSetting) -> None:
        """Keep one; a setting that says nothing any more is taken away."""
        if setting.empty:
            self._work.erase(target_setting, [setting.id])
        else:
            self._work.put(target_setting, [to_row(setting)])
