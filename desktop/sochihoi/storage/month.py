"""Entered figures, closed months, the words of reports."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from sochihoi.storage.schema import closing, setting
from sochihoi.storage.work import Work


class Months:
    """What a period holds beside the records themselves."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def closed(self) -> dict[str, date]:
        """Closed months and the day of their newest edition; a month with a supplement under way is open again."""
        rows = self._work.rows(select(closing.c.period, closing.c.closed_on).order_by(closing.c.edition))
        reopened = self._work.rows(select(setting.c.id, setting.c.value).where(setting.c.id.startswith("supplement.")))
        open_again = {r["id"].removeprefix("supplement.") for r in reopened if r["value"]}
        return {r["period"]: r["closed_on"] for r in rows if r["period"] not in open_again}
