"""Who came to a session: by row numbers, box by box, all at once; and others by head-count."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from sochihoi.domain.errors import UserError
from sochihoi.domain.periods import Period
from sochihoi.domain.roster_typing import Understood
from sochihoi.domain.study import TargetGroup
from sochihoi.i18n import _, ngettext, number, weekday_date
from sochihoi.services.study import SessionSheet
from sochihoi.ui import style, words
from sochihoi.ui.shared.buttons import button, icon_button, strong
from sochihoi.ui.shared.choices import PlainCombo
from sochihoi.ui.shared.context import Context, Kind
from sochihoi.ui.shared.forms import scrolled
from sochihoi.ui.shared.history_view import history_of
from sochihoi.ui.shared.message_bar import MessageBar
from sochihoi.ui.shared.roster_entry import RosterEntry
from sochihoi.ui.study import presenter
from sochihoi.ui.study.deeds import Deeds
from sochihoi.ui.study.headline import HeadlinePage
from sochihoi.ui.study.papers import show_sheet
from sochihoi.ui.study.roster import Roster, RosterLine
from sochihoi.ui.study.session_dialog import SessionDialog
from sochihoi.ui.study.session_side import SessionSide
from sochihoi.ui.words.roster import closed_month, not_held_yet, written
from sochihoi.ui.words.study import forgotten, group_name

_LOW = 560  # px at text size "Vừa": under it captions and the line below the roster go


class SessionPage(HeadlinePage):
    """One session. ``back(campaign_id)``: to its campaign; ``list_wanted``: to all campaigns."""

    back = Signal(str)
    list_wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        size = style.sizes()
        self.session_id = self._shown = ""
        self._sheet: SessionSheet | None = None
        self._lines: Sequence[RosterLine] = ()
        self._numbers: dict[int, bool] = {}  # row number -> present already
        self._deeds = Deeds(context, self.refresh)
        self._filters()
        self.change_button = self.add_action(_("C&hange the session"), self.change)
        self.notice = MessageBar(closable=False)
        self.content.addWidget(self.notice)
        row = QHBoxLayout()
        row.setSpacing(size.space_4)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(size.space_3)
        self.entry = RosterEntry(lambda text: presenter.read_typed(text, self._numbers))
        grammar = _("comma: one more · hyphen: from–to · {away} takes a mark away").format(away=strong("!"))
        self.entry.set_words(_("Numbers present on the sheet"), grammar)
        column.addWidget(self.entry)
        self.roster = Roster(context)
        column.addWidget(self.roster, 1)
        row.addWidget(left, 1)
        self.side = SessionSide()
        area = scrolled(self.side)
        area.setFixedWidth(round(280 * size.body / 14))
        row.addWidget(area)
        self.content.addLayout(row, 1)
        bar = self.action_bar()
        self.print_button = bar.add(_("&Print the sheet"), self.on_print, "", "printer")
        self.done_button = bar.add(_("Done with this &session"), self.on_finish, "primary", "check")
        self.entry.wanted.connect(self._write)
        self.entry.down.connect(self.roster.into)
        self.roster.ticked.connect(self._tick)
        self.side.heads.connect(self._heads)
        self.side.wrong.connect(self._heads_wrong)

    def _filters(self) -> None:
        size = style.sizes()
        row = self.title_actions
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Find a name"))
        self.search.setAccessibleName(_("Find a name"))
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(round(160 * size.body / 14))
        self.search.textChanged.connect(lambda _text: self._filter())
        row.addWidget(self.search)
        self.branches = PlainCombo()
        self.branches.setAccessibleName(_("Branch"))
        self.branches.setMinimumContentsLength(12)
        self.branches.activated.connect(lambda _at: self._filter())
        row.addWidget(self.branches)
        self.all_button = button("", self.mark_all, "", "list-checks")
        row.addWidget(self.all_button)
        self.history_button = icon_button("history", _("History…"), self.history)
        row.addWidget(self.history_button)

    def history(self) -> None:
        """Who changed the session or its attendance, and when."""
        where = presenter.for_whom(self._sheet.branches if self._sheet is not None else ())
        history_of(self.context, self, where, "study_session", self.session_id)

    # -- showing -----------------------------------------------------------------------------------------------------

    def open(self, session_id: str) -> None:
        """Show another session."""
        if session_id != self.session_id:
            self.session_id = session_id
            self.entry.line.clear()
            self.search.clear()
            self.branches.clear()
        self.refresh()

    @property
    def campaign_id(self) -> str:
        """The campaign of the session shown."""
        return self._sheet.campaign.id if self._sheet is not None else ""

    def refresh(self) -> None:
        sheet = self.context.office.study.sheet(self.session_id)
        self._sheet = sheet
        session = sheet.session
        self._lines = [RosterLine(m, m.membership_id in sheet.present) for m in sheet.roster]
        ahead = session.is_ahead(self.context.today())
        fixed = self.context.read_only or sheet.month_closed_on is not None or sheet.forgotten is not None
        read_only = fixed or ahead
        where = presenter.for_whom(sheet.branches)
        self.set_headline(_("Study session: {branch}").format(branch=where))
        day = weekday_date(session.held_on) if session.held_on else "—"
        shown = f"{sheet.campaign.title}|{day}"
        if shown != self._shown:
            self._shown = shown
            campaign = sheet.campaign.id
            self.set_breadcrumb(
                [
                    (_("Study"), self.list_wanted.emit),
                    (presenter.shortened(sheet.campaign.title), lambda: self.back.emit(campaign)),
                    (day, None),
                ]
            )
        self._show_branches(sheet)
        self.roster.read_only = fixed or (ahead and not sheet.present)  # a mark taken too early can be taken away
        self.roster.table.set_closed(closed=sheet.month_closed_on is not None)
        self._numbers = {line.member.row_number: line.present for line in self._lines}
        self.entry.read()
        self.entry.set_read_only(read_only=read_only or not self._lines)
        self.entry.setVisible(not read_only)
        done = _("Back to the &campaign") if read_only else _("Done with this &session")
        self.done_button.setText(f"  {done}")
        self.done_button.setAccessibleName(done.replace("&", ""))
        self.side.show_sheet(sheet, read_only=read_only)
        self._show_notice(sheet)
        self.change_button.setVisible(not fixed)
        self.print_button.setVisible(bool(self._lines))
        self.roster.table.set_empty("users", *self._when_empty(sheet))
        self._filter()
        keys = _("Keys: ↑ ↓ person · {one} present · Delete takes it away · every mark is saved at once")
        self.action_bar().set_hint("" if read_only else keys.format(one=strong("1")))

    def _when_empty(self, sheet: SessionSheet) -> tuple[str, tuple[str, Any] | None]:
        if sheet.campaign.frozen_on is not None:
            return _("Nobody of these branches is on the list of the campaign."), None
        campaign = sheet.campaign.id
        return (
            _("The list of this campaign is not frozen yet. Freeze it, then print the sheet or mark."),
            (_("Open the campaign"), lambda: self.back.emit(campaign)),
        )

    def _show_branches(self, sheet: SessionSheet) -> None:
        kept = self.branches.currentData()
        self.branches.clear()
        self.branches.addItem(_("All branches"), None)
        for branch_id, name in {m.branch_id: m.branch for m in sheet.roster}.items():
            self.branches.addItem(name, branch_id)
        self.branches.setCurrentIndex(max(self.branches.findData(kept), 0))
        self.branches.setVisible(len(sheet.session.branches) != 1)

    def _show_notice(self, sheet: SessionSheet) -> None:
        held = sheet.session.held_on
        if sheet.forgotten is not None:
            self.notice.say("info", forgotten(*sheet.forgotten))
            return
        if sheet.month_closed_on is None or held is None:
            if held is not None and sheet.session.is_ahead(self.context.today()):
                self.notice.say("info", not_held_yet(held))
            else:
                self.notice.clear()
            return
        actions = [] if self.context.read_only else [(_("Make a supplement"), lambda: self.context.shell.go("reports"))]
        self.notice.say("info", closed_month(Period.month_of(held), sheet.month_closed_on), actions)

    def shown(self) -> list[RosterLine]:
        """The lines that the filters let through."""
        branch = self.branches.currentData()
        fitting = presenter.filtered((line.member for line in self._lines), None, self.search.text())
        ids = {m.membership_id for m in fitting if branch in (None, m.branch_id)}
        return [line for line in self._lines if line.member.membership_id in ids]

    def _filter(self) -> None:
        lines = self.shown()
        narrowed = bool(self.search.text().strip() or self.branches.currentData())
        if self._lines and narrowed:
            self.roster.table.set_no_match(_("Nobody on this roster matches what was chosen."), self._clear)
        else:
            self.roster.table.set_no_match(None)
        self.roster.set_lines(lines)
        waiting = sum(not line.present for line in lines)
        text = ngettext("All present ({count} more)", "All present ({count} more)", waiting)
        self.all_button.setText("  " + text.format(count=number(waiting)))
        self.all_button.setAccessibleName(text.format(count=number(waiting)))
        self.all_button.setVisible(bool(waiting) and not self.roster.read_only)

    def _clear(self) -> None:
        self.branches.setCurrentIndex(0)
        self.search.clear()
        self._filter()

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        low = self.height() < _LOW * style.sizes().body / 14
        self.entry.set_low(low=low)
        self.roster.table.footer.parentWidget().setVisible(not low)

    # -- doing -------------------------------------------------------------------------------------------------------

    def _write(self, text: str) -> None:
        told: list[Understood] = []
        study = self.context.office.study

        def refused(problem: UserError) -> bool:
            self.entry.say(str(words.say(problem)))
            return True

        def act() -> None:
            told.append(study.type_present(self.session_id, text))

        if self._deeds.do(act, lambda: written(told[0]), refused=refused):
            self.entry.written()

    def _tick(self, line: RosterLine, present: bool) -> None:
        study = self.context.office.study
        self._deeds.do(lambda: study.set_present(self.session_id, [line.member.membership_id], present=present))

    def mark_all(self) -> None:
        """Everybody shown came."""
        ids = [line.member.membership_id for line in self.shown() if not line.present]
        said = ngettext("{count} person was marked present.", "{count} people were marked present.", len(ids))
        study = self.context.office.study
        self._deeds.do(
            lambda: study.set_present(self.session_id, ids, present=True), said.format(count=number(len(ids)))
        )

    def _heads(self, group: TargetGroup, people: int) -> None:
        self._deeds.do(lambda: self.context.office.study.set_heads(self.session_id, group, people))

    def _heads_wrong(self, group: TargetGroup) -> None:
        text = _("{group}: how many came is not a number. Type digits only.")
        self.context.shell.message(Kind.BAD, text.format(group=group_name(group)))

    def change(self) -> None:
        """Another day, place, speaker."""
        sheet = self._sheet
        if sheet is None:
            return
        before = self.context.office.study.last_batch
        dialog = SessionDialog(self.context, self, sheet.campaign.id, sheet.session, marked=bool(sheet.present))
        if dialog.exec():
            self._deeds.done(_("The session is changed."), before)

    # -- keys --------------------------------------------------------------------------------------------------------

    def on_finish(self) -> None:
        self.back.emit(self.campaign_id)

    def on_print(self) -> None:
        if self._lines:
            show_sheet(self.context, self, self.session_id)

    def on_find(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def help_text(self) -> str:
        return _(
            "Type the numbers that are signed on the paper sheet and press Enter: 1-25, 28 came, !7 takes a mark "
            "away. Nothing is written while something is wrong. Or choose a person and press 1 or Delete. "
            "Other people are only counted."
        )

    def first_focus(self) -> QWidget | None:
        return self.entry.line if self.entry.line.isEnabled() else self.roster.table.view

    def areas(self) -> Sequence[QWidget]:
        return [self.entry.line, self.roster.table.view, self.side, self.done_button]
