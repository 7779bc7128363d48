"""Entered figures, closed months, the reasons for warnings, the words of reports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Table, func, select

from sochihoi.domain.months import Closing, Entered, ReportText
from sochihoi.storage.mapping import from_row, from_rows, to_row
from sochihoi.storage.schema import (
    archived_paper,
    closing,
    entered_figure,
    installation,
    journal,
    meeting,
    membership,
    month_check,
    proposal,
    report_text,
    setting,
    study_campaign,
    study_session,
)
from sochihoi.storage.work import Work

_SUPPLEMENT = "supplement."
_WORDS = (report_text.name, month_check.name, archived_paper.name)  # tables that no figure is counted from


class Months:
    """What a period holds beside the records themselves."""

    def __init__(self, work: Work) -> None:
        self._work = work

    # ------------------------------------------------------------------ closings

    def closed(self) -> dict[str, date]:
        """Closed months and the day of their newest edition; a month with a supplement under way is open again."""
        rows = self._work.rows(select(closing.c.period, closing.c.closed_on).order_by(closing.c.edition))
        open_again = self.supplements()
        return {r["period"]: r["closed_on"] for r in rows if r["period"] not in open_again}

    def supplements(self) -> dict[str, str]:
        """Months with a supplement under way, and why."""
        rows = self._work.rows(select(setting.c.id, setting.c.value).where(setting.c.id.startswith(_SUPPLEMENT)))
        return {r["id"].removeprefix(_SUPPLEMENT): r["value"] for r in rows if r["value"]}

    def set_supplement(self, period: str, reason: str) -> None:
        """Open a closed month again; an empty reason ends that."""
        self._work.settings.set(_SUPPLEMENT + period, reason)

    def editions(self, period: str) -> tuple[Closing, ...]:
        """All editions of a month, the first one first."""
        rows = self._work.rows(select(closing).where(closing.c.period == period).order_by(closing.c.edition))
        return tuple(_closing(r) for r in rows)

    def newest(self, since: str = "", until: str = "9999") -> dict[str, Closing]:
        """The newest edition of every month that was ever closed, in order, also while a supplement is under way."""
        query = select(closing).where(closing.c.period.between(since, until))
        rows = self._work.rows(query.order_by(closing.c.period, closing.c.edition))
        return {r["period"]: _closing(r) for r in rows}

    def ever_closed(self) -> tuple[str, ...]:
        """The months of ``newest``, without their figures."""
        rows = self._work.rows(select(closing.c.period).distinct().order_by(closing.c.period))
        return tuple(r["period"] for r in rows)

    def add_closing(self, new: Closing) -> None:
        """A new edition."""
        self._work.insert(closing, [{**to_row(new), "checks": [dict(c) for c in new.checks]}])

    def set_number(self, closing_id: str, number: str, on: date | None) -> None:
        """The number and date that the report carries on paper."""
        self._work.update(closing, {closing_id: {"report_number": number, "report_date": on}})

    # ------------------------------------------------------------------ entered figures

    def entered(self, code: str | None = None, period: str | None = None) -> tuple[Entered, ...]:
        """What was entered, of one indicator or month when they are named, by month."""
        query = select(entered_figure, entered_figure.c.unit_id.label("branch_id")).where(
            entered_figure.c.deleted_on.is_(None)
        )
        if code is not None:
            query = query.where(entered_figure.c.code == code)
        if period is not None:
            query = query.where(entered_figure.c.period == period)
        return from_rows(Entered, self._work.rows(query.order_by(entered_figure.c.period, entered_figure.c.id)))

    def put_entered(self, rows: Sequence[Entered], *, new_id: Any) -> None:
        """Enter figures; one that says nothing takes what was there away. ``branch_id`` must name a unit."""
        known = {
            (r["code"], r["period"], r["unit_id"]): r["id"]
            for r in self._work.rows(
                select(
                    entered_figure.c.id, entered_figure.c.code, entered_figure.c.period, entered_figure.c.unit_id
                ).where(entered_figure.c.code.in_({r.code for r in rows}))
            )
        }
        fresh, gone = [], []
        for one in rows:
            at = known.get((one.code, one.period, str(one.branch_id)))
            if one.value is None:
                gone += [at] if at else []
            else:
                row = {k: v for k, v in to_row(one).items() if k != "branch_id"}
                fresh.append({**row, "unit_id": one.branch_id, "id": at or new_id()})
        self._work.put(entered_figure, fresh)
        self._work.erase(entered_figure, gone)

    # ------------------------------------------------------------------ reasons, words

    def reasons(self, period: str) -> dict[str, str]:
        """Finding's code to the reason given."""
        query = select(month_check.c.code, month_check.c.reason).where(
            month_check.c.period == period, month_check.c.deleted_on.is_(None)
        )
        return {r["code"]: r["reason"] for r in self._work.rows(query)}

    def put_reason(self, period: str, code: str, reason: str) -> None:
        """Why a warning does not stand against closing."""
        self._work.put(month_check, [{"id": f"{period}/{code}", "period": period, "code": code, "reason": reason}])

    def texts(self, period: str, form: str, unit_id: str = "") -> dict[str, ReportText]:
        """Section to what the officer wrote; ``unit_id``: of a branch, empty of the commune."""
        query = select(report_text).where(
            report_text.c.period == period,
            report_text.c.form == form,
            report_text.c.unit_id == unit_id,
            report_text.c.deleted_on.is_(None),
        )
        return {r["section"]: from_row(ReportText, r) for r in self._work.rows(query)}

    def put_text(self, text: ReportText) -> None:
        """Keep what the officer wrote."""
        self._work.put(
            report_text, [{"id": _text_id(text.period, text.form, text.section, text.unit_id), **to_row(text)}]
        )

    def drop_text(self, period: str, form: str, section: str, unit_id: str = "") -> None:
        """Back to the draft."""
        self._work.erase(report_text, [_text_id(period, form, section, unit_id)])

    # ------------------------------------------------------------------ what a draft names

    def proposals(self, start: date, end: date) -> tuple[int, int]:
        """Opinions and proposals of the meetings held in these days, and how many were answered."""
        query = (
            select(func.count(), func.count(proposal.c.answered_on))
            .join(meeting, meeting.c.id == proposal.c.meeting_id)
            .where(
                meeting.c.held_on.between(start, end), meeting.c.deleted_on.is_(None), proposal.c.deleted_on.is_(None)
            )
        )
        said, answered = self._work.connection.execute(query).one()
        return said, answered

    def meetings(self, start: date, end: date, branch_id: str | None = None) -> list[tuple[date, str]]:
        """Day and topic of the meetings of these days, planned ones too, in order; of all branches or one."""
        query = select(meeting.c.held_on, meeting.c.topic).where(
            meeting.c.held_on.between(start, end), meeting.c.deleted_on.is_(None)
        )
        if branch_id is not None:
            query = query.where(meeting.c.branch_id == branch_id)
        return [(row[0], row[1]) for row in self._work.connection.execute(query.order_by(meeting.c.held_on))]

    def said(self, start: date, end: date, branch_id: str) -> list[tuple[str, date | None]]:
        """What members of a branch said at its meetings of these days, and when it was answered."""
        query = (
            select(proposal.c.content, proposal.c.answered_on)
            .join(meeting, meeting.c.id == proposal.c.meeting_id)
            .where(
                meeting.c.branch_id == branch_id,
                meeting.c.held_on.between(start, end),
                meeting.c.deleted_on.is_(None),
                proposal.c.deleted_on.is_(None),
            )
            .order_by(meeting.c.held_on, proposal.c.position, proposal.c.id)
        )
        return [(row[0], row[1]) for row in self._work.connection.execute(query)]

    def study_due(self, start: date, end: date) -> list[tuple[str, date]]:
        """Open study campaigns whose deadline lies in these days."""
        query = (
            select(study_campaign.c.title, study_campaign.c.deadline)
            .where(
                study_campaign.c.deadline.between(start, end),
                study_campaign.c.state == "OPEN",
                study_campaign.c.deleted_on.is_(None),
            )
            .order_by(study_campaign.c.deadline, study_campaign.c.title)
        )
        return [(row[0], row[1]) for row in self._work.connection.execute(query)]

    # ------------------------------------------------------------------ what there is

    def version(self) -> int:
        """A number that grows with every change of what is counted: what was counted at one number is so until the
        next. The words of a report, the reasons of a check and papers that were kept are not counted.
        """
        newest = select(journal.c.n).where(journal.c.noun.not_in(_WORDS)).order_by(journal.c.n.desc()).limit(1)
        return int(self._work.value(newest) or 0)

    def newest_record(self, until: date) -> date | None:
        """The newest day on which anything happened, not after ``until``."""
        days = (self.newest_activity(until), self._newest(until, membership, "registered_on", "left_on"))
        return max((d for d in days if d is not None), default=None)

    def newest_to_close(self, until: date) -> date | None:
        """The newest day with records. While there are only members, most of whom joined years ago, it is the day on
        which this book was begun: nobody closes a month before it."""
        newest, begun = self.newest_record(until), self.begun_on()
        if newest is None or begun is None or self.newest_activity(until) is not None:
            return newest
        return max(newest, min(begun, until))

    def newest_activity(self, until: date) -> date | None:
        """The newest day of a meeting, a study session or a month with entered figures, not after ``until``."""
        entered = self._work.value(
            select(func.max(entered_figure.c.period)).where(entered_figure.c.period <= f"{until:%Y-%m}")
        )
        days = (
            self._newest(until, meeting, "held_on"),
            self._newest(until, study_session, "held_on"),
            date.fromisoformat(f"{entered}-01") if entered else None,
        )
        return max((d for d in days if d is not None), default=None)

    def _newest(self, until: date, table: Table, *columns: str) -> date | None:
        alive = table.c.deleted_on.is_(None)
        days = [self._work.value(select(func.max(table.c[c])).where(table.c[c] <= until, alive)) for c in columns]
        return max((d for d in days if d is not None), default=None)

    def begun_on(self) -> date | None:
        """The day on which this book was begun."""
        found: date | None = self._work.value(select(func.min(installation.c.made_on)))
        return found


def _closing(row: Any) -> Closing:
    return from_row(Closing, {**row, "checks": tuple(row["checks"] or ())})


def _text_id(period: str, form: str, section: str, unit_id: str) -> str:
    of_branch = f"/{unit_id}" if unit_id else ""
    return f"{period}/{form}/{section}{of_branch}"
