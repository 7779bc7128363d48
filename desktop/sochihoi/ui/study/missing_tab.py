"""Who is still to be reached: filtered by branch and group, printed, exported, copied into a message."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from sochihoi.domain.study import TargetGroup
from sochihoi.domain.study_records import CampaignView, EligibleMember
from sochihoi.i18n import _, ngettext, number, pgettext
from sochihoi.ui import style
from sochihoi.ui.shared.badges import Badge
from sochihoi.ui.shared.choices import PlainCombo
from sochihoi.ui.shared.columns import Column
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.listing.offer import ListPaper
from sochihoi.ui.shared.listing.reading import About
from sochihoi.ui.shared.table import Table
from sochihoi.ui.study import presenter
from sochihoi.ui.words.study import group_name

_SHORT = (TargetGroup.BRANCH_HEADS, TargetGroup.CORE_MEMBERS, TargetGroup.COMMITTEE, TargetGroup.OFFICERS)


def _badges(row: EligibleMember) -> Sequence[Badge]:
    return tuple(Badge(group_name(group)) for group in _SHORT if group in row.groups)


def _columns() -> tuple[Column[EligibleMember], ...]:
    return (
        Column(lambda: _("No. on the sheet"), lambda row: str(row.row_number), width=116, align="right", key="no"),
        Column(
            lambda: _("Full name"),
            lambda row: row.full_name,
            stretch=True,
            strong=True,
            badges=_badges,
            key="name",
        ),
        Column(lambda: _("Born"), presenter.birth_year, width=76, key="born"),
        Column(lambda: _("Branch"), lambda row: row.branch, width=170, key="branch"),
        Column(lambda: pgettext("unit", "Cell"), lambda row: row.cell or "—", width=76, key="cell"),
        Column(lambda: _("Phone"), presenter.phones, width=130, key="phone"),
    )


class MissingTab(QWidget):
    """``show_view`` with the campaign, then ``choose`` a branch or a group."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._view: CampaignView | None = None
        self._rows: Sequence[EligibleMember] = ()
        size = style.sizes()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(size.space_2)
        row = QHBoxLayout()
        row.setSpacing(size.space_2)
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Name or cell…"))
        self.search.setAccessibleName(_("Name or cell…"))
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(round(180 * size.body / 14))
        self.search.textChanged.connect(lambda _text: self._filter())
        row.addWidget(self.search)
        self.branches = PlainCombo()
        self.branches.setAccessibleName(_("Branch"))
        self.branches.setMinimumContentsLength(16)
        self.branches.activated.connect(lambda _at: self._filter())
        row.addWidget(self.branches)
        self.groups = PlainCombo()
        self.groups.setAccessibleName(_("Group"))
        self.groups.setMinimumContentsLength(16)
        self.groups.activated.connect(lambda _at: self._filter())
        row.addWidget(self.groups)
        row.addStretch(1)
        column.addLayout(row)
        self.table: Table[EligibleMember] = Table(
            context,
            "study.missing",
            _columns(),
            key=lambda one: one.membership_id,
            noun=lambda count: ngettext("person not reached yet", "people not reached yet", count),
            dense=True,
            accessible=_("Not reached yet"),
        )
        self.copy_button = self.table.add_footer_action(_("&Copy the list"), self.copy, "copy")
        about = About[EligibleMember](
            lambda: _("List of members not reached yet"),
            (self.branches, self.groups, self.search),
            where=lambda: self._view.campaign.title if self._view is not None else "",
            order=lambda: pgettext("order", "branch, then given name"),
            more=(Column(lambda: _("Code"), lambda row: row.code, key="code"),),
        )
        self.paper = ListPaper(context, self.table, about)
        column.addWidget(self.table, 1)

    def show_view(self, view: CampaignView) -> None:
        """Read the missing of a campaign; the filters stay where they still apply."""
        self._view = view
        self._rows = self._context.office.study.missing(view.campaign.id)
        branch, group = self.branches.currentData(), self.groups.currentData()
        self.branches.clear()
        self.branches.addItem(_("All branches"), None)
        for one in view.branches:
            self.branches.addItem(
                _("{branch} ({count})").format(branch=one.branch, count=number(one.missing)), one.branch_id
            )
        self.branches.setCurrentIndex(max(self.branches.findData(branch), 0))
        self.groups.clear()
        self.groups.addItem(_("All members on the list"), None)
        for told in view.groups:
            which = told.target.target_group
            if which.by_person and which is not TargetGroup.MEMBERS:
                self.groups.addItem(group_name(which), which.name)
        self.groups.setCurrentIndex(max(self.groups.findData(group), 0))
        named = view.forgotten is None
        for widget in (self.search, self.branches, self.groups):
            widget.setVisible(named and (widget is not self.groups or self.groups.count() > 1))
        if not named:
            text = _(
                "Nobody of this campaign is named any more. How many are missing stands by branch and in the cards."
            )
            self.table.set_empty("eye-off", text)
        elif view.campaign.frozen_on is None:
            self.table.set_empty("users", _("The list of this campaign is not frozen yet, so nobody is missing."))
        else:
            self.table.set_empty("circle-check", _("Everybody on the list has been reached."))
        self._filter()

    def choose(self, branch_id: str | None = None, group: TargetGroup | None = None) -> None:
        """Show the missing of a branch, of a group, of all."""
        self.search.clear()
        self.branches.setCurrentIndex(max(self.branches.findData(branch_id), 0))
        self.groups.setCurrentIndex(max(self.groups.findData(group.name if group else None), 0))
        self._filter()

    def total(self) -> int:
        """How many are missing in all branches."""
        return len(self._rows)

    def shown(self) -> list[EligibleMember]:
        """The rows that the filters let through, in the order shown."""
        return list(self.table.model.rows)

    def _filter(self) -> None:
        branch, name = self.branches.currentData(), self.groups.currentData()
        group = TargetGroup[name] if name else None
        named = self._view is not None and self._view.forgotten is None  # else there is nobody to tell apart
        there = [row for row in self._rows if named and branch in (None, row.branch_id)]
        shown = presenter.filtered(there, group, self.search.text())
        narrowed = named and bool(branch or group or self.search.text().strip())
        if narrowed and self._rows:
            self.table.set_no_match(_("Nobody who is not reached yet matches what was chosen."), self.choose)
        else:
            self.table.set_no_match(None)
        self.table.set_rows(shown)
        self.copy_button.setVisible(bool(shown))

    def copy(self) -> None:
        """Names by branch into the clipboard, for a message."""
        rows = self.shown()
        if self._view is None or not rows:
            return
        QGuiApplication.clipboard().setText(presenter.copied(self._view.campaign, rows))
        said = ngettext(
            "{count} name is copied. Paste it into a message.",
            "{count} names are copied. Paste them into a message.",
            len(rows),
        )
        self._context.shell.toast(said.format(count=number(len(rows))))
