"""Có thể trùng: pairs of entries that may be one woman, why, and what an officer says of them; and what was merged."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QTabBar, QVBoxLayout, QWidget

from sochihoi.domain.errors import UserError
from sochihoi.domain.likeness import Strength
from sochihoi.domain.member_lists import LikePair
from sochihoi.i18n import _, ngettext, number, short_date
from sochihoi.services.merging import Merged
from sochihoi.ui import style
from sochihoi.ui import words as all_words
from sochihoi.ui.people.merge_dialog import MergeDialog
from sochihoi.ui.shared.badges import Badge
from sochihoi.ui.shared.buttons import button, label
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.stack import Stack
from sochihoi.ui.shared.table import Column, MenuItem, Table
from sochihoi.ui.words import likeness as words

_TONES = {Strength.SURE: "bad", Strength.LIKELY: "warn", Strength.POSSIBLE: "none"}


class DuplicatesView(QWidget):
    """In the place of the list. ``changed``: entries were merged or taken apart."""

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.dialog: MergeDialog | None = None
        size = style.sizes()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(size.space_2)
        text = _(
            "Entries that look alike. Merge the two of one woman; of two women, say so, and they are not named again."
        )
        column.addWidget(label(text, tone="muted", wrap=True))
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setAccessibleName(_("Entries that look alike"))
        self.tabs.addTab(_("May be one woman"))
        self.tabs.addTab(_("Merged"))
        column.addWidget(self.tabs)
        self.places = Stack()
        column.addWidget(self.places, 1)
        self.pairs: Table[LikePair] = Table(
            context,
            "duplicates",
            _pair_columns(),
            key=lambda p: (p.one.person_id, p.other.person_id),
            noun=lambda n: ngettext("pair", "pairs", n),
            menu=self._menu,
            two_lines=True,
            accessible=_("Entries that look alike"),
        )
        self.pairs.set_empty("circle-check", _("No two entries look alike."))
        self.pairs.opened.connect(lambda _row: self.merge())
        self.merged: Table[Merged] = Table(
            context,
            "merged",
            _merged_columns(),
            key=lambda m: m.person_id,
            noun=lambda n: ngettext("merged entry", "merged entries", n),
            accessible=_("Merged entries"),
        )
        self.merged.set_empty("users", _("Nothing was merged yet."))
        self.places.addWidget(self.pairs)
        self.places.addWidget(self.merged)
        self.tabs.currentChanged.connect(self._turn)
        row = QHBoxLayout()
        row.addStretch(1)
        self.apart_button = button(_("&Two different women"), self.tell_apart)
        self.merge_button = button(_("&Merge…"), self.merge, "primary")
        self.undo_button = button(_("Take this &merge back"), self.undo, "", "undo-2")
        for one in (self.apart_button, self.merge_button, self.undo_button):
            row.addWidget(one)
        column.addLayout(row)
        self.pairs.selected.connect(lambda _row: self._say_buttons())
        self.merged.selected.connect(lambda _row: self._say_buttons())

    # ------------------------------------------------------------------ reading

    def start(self) -> None:
        """Look through the whole register."""
        office = self._context.office
        self._context.shell.clear_message()
        self._context.shell.run_job(
            lambda _progress: (office.duplicates.pairs(), office.merging.merged()),
            self._read,
            title=_("Comparing the entries…"),
            failed=lambda problem: self._context.shell.message("bad", str(all_words.say(problem))),
        )

    def _read(self, found: tuple[tuple[LikePair, ...], tuple[Merged, ...]]) -> None:
        pairs, merged = found
        self.pairs.set_rows(list(pairs))
        self.merged.set_rows(list(merged))
        for at, (name, count) in enumerate(((_("May be one woman"), len(pairs)), (_("Merged"), len(merged)))):
            self.tabs.setTabText(at, f"{name} ({number(count)})" if count else name)
        if self.pairs.current() is None:
            self.pairs.step(0)
        if self.merged.current() is None:
            self.merged.step(0)
        self._turn()

    def _turn(self, *_at: int) -> None:
        self.places.setCurrentIndex(self.tabs.currentIndex())
        self._say_buttons()

    def _say_buttons(self) -> None:
        writes, first = not self._context.read_only, self.tabs.currentIndex() == 0
        for one in (self.apart_button, self.merge_button):
            one.setVisible(first and writes)
            one.setEnabled(self.pairs.current() is not None)
        self.undo_button.setVisible(not first and writes)
        self.undo_button.setEnabled(self.merged.current() is not None)

    def _menu(self, _row: LikePair) -> list[MenuItem | None]:
        if self._context.read_only:
            return []
        return [MenuItem(_("Merge…"), self.merge), MenuItem(_("Two different women"), self.tell_apart)]

    # ------------------------------------------------------------------ the deeds

    def merge(self) -> None:
        """Look at both side by side."""
        row = self.pairs.current()
        if row is not None and not self._context.read_only:
            self.dialog = MergeDialog(self._context, self, row.one.person_id, row.other.person_id, self._said)
            self.dialog.open()

    def tell_apart(self) -> None:
        """They are not named again."""
        row = self.pairs.current()
        if row is None:
            return
        self._context.office.duplicates.distinct(row.one.person_id, row.other.person_id)
        self._said(_("{one} and {other} are two women.").format(one=row.one.full_name, other=row.other.full_name))

    def undo(self) -> None:
        """The entry stands by itself again."""
        row = self.merged.current()
        if row is None:
            return
        try:
            self._context.office.merging.undo(row.person_id)
        except UserError as problem:
            self._context.shell.show_error(problem)
            return
        self._context.shell.saved_at(self._context.office.now)
        self._context.shell.toast(_("{name} stands by herself again.").format(name=row.full_name))
        self.changed.emit()
        self.start()

    def _said(self, text: str) -> None:
        self._context.shell.saved_at(self._context.office.now)
        self._context.shell.toast(text, self._back)
        self.changed.emit()
        self.start()

    def _back(self) -> None:
        try:
            self._context.office.history.undo()
        except UserError as problem:
            self._context.shell.show_error(problem)
        self.changed.emit()
        self.start()


def _pair_columns() -> tuple[Column[LikePair], ...]:
    return (
        Column(
            lambda: _("One entry"),
            lambda p: p.one.full_name,
            230,
            sort=lambda p: p.one.sort_key,
            strong=True,
            small=lambda p: words.entry_line(p.one),
            key="one",
        ),
        Column(
            lambda: _("The other entry"),
            lambda p: p.other.full_name,
            230,
            strong=True,
            small=lambda p: words.entry_line(p.other),
            key="other",
        ),
        Column(lambda: _("Why"), lambda p: words.why(p.verdict), 240, stretch=True, key="why"),
        Column(
            lambda: _("How likely"),
            lambda _p: "",
            130,
            sort=lambda p: -p.verdict.strength,
            badges=lambda p: [Badge(words.strength_name(p.verdict.strength), _TONES[p.verdict.strength])],
            key="strength",
        ),
    )


def _merged_columns() -> tuple[Column[Merged], ...]:
    return (
        Column(lambda: _("Entry that went"), lambda m: m.full_name, 230, strong=True, key="gone"),
        Column(lambda: _("Went into"), lambda m: m.into.full_name, 230, key="into"),
        Column(lambda: "", lambda m: words.entry_line(m.into), 220, stretch=True, key="entry"),
        Column(lambda: _("On"), lambda m: short_date(m.on), 100, key="on"),
    )
