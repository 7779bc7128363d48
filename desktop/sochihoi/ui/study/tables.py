"""The lists of a campaign: its branches and its sessions."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sochihoi.domain.study_records import BranchCoverage, SessionRow
from sochihoi.i18n import _, ngettext, number, short_date
from sochihoi.ui.shared.columns import Column
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.table import MenuItem, Table
from sochihoi.ui.study import presenter
from sochihoi.ui.study.bars import BAR, BarDelegate
from sochihoi.ui.words.study import form_name


def branch_table(context: Context) -> tuple[Table[BranchCoverage], BarDelegate]:
    """Branch, those on the list, reached, rate, missing; and the delegate that knows the goal."""
    columns = (
        Column[BranchCoverage](lambda: _("Branch"), lambda one: one.branch, stretch=True, strong=True, key="branch"),
        Column[BranchCoverage](
            lambda: _("On the list"),
            lambda one: number(one.coverage.eligible),
            width=110,
            sort=lambda one: one.coverage.eligible,
            align="right",
            key="eligible",
        ),
        Column[BranchCoverage](
            lambda: _("Reached"),
            lambda one: number(one.coverage.reached),
            width=90,
            sort=lambda one: one.coverage.reached,
            align="right",
            key="reached",
        ),
        Column[BranchCoverage](
            lambda: _("Coverage and target"),
            lambda _one: "",
            width=170,
            key=BAR,
            spoken=lambda one: presenter.share(one.coverage),
            on_paper=False,
        ),
        Column[BranchCoverage](
            lambda: _("Rate"),
            lambda one: presenter.share(one.coverage),
            width=80,
            sort=lambda one: one.coverage.ratio,
            align="right",
            strong=True,
            key="rate",
        ),
        Column[BranchCoverage](
            lambda: _("Still missing"),
            lambda one: number(one.missing),
            width=96,
            sort=lambda one: one.missing,
            align="right",
            tone=lambda one: "text" if one.missing else "muted",
            key="missing",
        ),
    )
    table: Table[BranchCoverage] = Table(
        context,
        "study.branches",
        columns,
        key=lambda one: one.branch_id,
        noun=lambda count: ngettext("branch", "branches", count),
        accessible=_("By branch"),
    )
    bars = BarDelegate(table.view)
    table.delegate = bars
    table.view.setItemDelegate(bars)
    return table, bars


def session_table(context: Context, menu: Callable[[SessionRow], Sequence[MenuItem | None]]) -> Table[SessionRow]:
    """Day, for whom, place, who spoke; attendances of members and the head-count of others, never added."""

    def place(row: SessionRow) -> str:
        parts = (row.session.place or "—", form_name(row.session.form) if row.session.form.name != "IN_PERSON" else "")
        return ", ".join(part for part in parts if part)

    columns = (
        Column[SessionRow](
            lambda: _("Day"),
            lambda row: short_date(row.session.held_on),
            width=104,
            sort=lambda row: row.session.held_on,
            key="day",
        ),
        Column[SessionRow](
            lambda: _("For whom"),
            lambda row: presenter.for_whom(row.branches),
            width=150,
            strong=True,
            tip=lambda row: ", ".join(row.branches),
            key="branch",
        ),
        Column[SessionRow](lambda: _("Place"), place, stretch=True, key="place"),
        Column[SessionRow](lambda: _("Speaker"), lambda row: row.session.speaker or "—", width=160, key="speaker"),
        Column[SessionRow](
            lambda: _("Attendances of members"),
            lambda row: number(row.members),
            width=136,
            sort=lambda row: row.members,
            align="right",
            strong=True,
            key="members",
        ),
        Column[SessionRow](
            lambda: _("Other people"),
            lambda row: number(row.others),
            width=92,
            sort=lambda row: row.others,
            align="right",
            key="others",
        ),
    )
    return Table(
        context,
        "study.sessions",
        columns,
        key=lambda row: row.session.id,
        noun=lambda count: ngettext("session", "sessions", count),
        menu=menu,
        accessible=_("Sessions"),
    )
