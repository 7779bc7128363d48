"""All that one act changed: each record, and of each field what it was and what it became. Read piece by piece."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtWidgets import QHBoxLayout, QWidget

from sochihoi.i18n import _, clock, ngettext, number, pgettext, short_date
from sochihoi.ui import style
from sochihoi.ui.shared.buttons import button, label
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import Dialog
from sochihoi.ui.shared.table import Column, Table
from sochihoi.ui.words.acts import act_words
from sochihoi.ui.words.records.changes import Became, FieldChange, RecordChange, became_words, speech_of, told
from sochihoi.ui.words.story import undone_words

_WIDTH, _HEIGHT = 900, 380  # pixels at text size "Vừa"
_LONG = 34  # letters that a column shows


@dataclass(frozen=True, slots=True)
class Line:
    """A record (``field`` is empty), or one field of it."""

    key: int
    title: str
    field: str = ""
    before: str = ""
    after: str = ""


def _one_line(text: str) -> str:
    return " ".join(text.split())


_COLUMNS = (
    Column[Line](lambda: pgettext("history", "Field"), lambda one: one.field or one.title, width=290, key="field"),
    Column[Line](lambda: _("Before"), lambda one: _one_line(one.before), width=240, key="before"),
    Column[Line](lambda: _("After"), lambda one: _one_line(one.after), stretch=True, key="after"),
)


class ActDialog(Dialog):
    """Opens at once, however many records an act changed: ``more`` reads the next ones."""

    def __init__(self, context: Context, parent: QWidget | None, batch: str) -> None:
        self._office, self._batch = context.office, batch
        act = self._office.history.act(batch)
        super().__init__(parent, undone_words(act_words(act.act), undone=act.undone), width=_WIDTH)
        accounts = {one.id: one.name for one in self._office.setup.accounts()}
        moment = datetime.fromisoformat(act.at).astimezone()
        when = f"{short_date(moment.date())} {clock(moment.time())} · {accounts.get(act.account_id, '—')}"
        entries = ngettext("{count} entry", "{count} entries", act.changes).format(count=number(act.changes))
        self.body.addWidget(label(f"{when} · {entries}", "small"))
        self.table: Table[Line] = Table(
            context,
            "act",
            _COLUMNS,
            key=lambda one: one.key,
            section=lambda one: None if one.field else one.title,
            dense=True,
            accessible=_("All that this act changed"),
        )
        self.table.setMinimumHeight(round(_HEIGHT * style.sizes().body / 14))
        self.table.selected.connect(self._read)
        self.body.addWidget(self.table, 1)
        self.whole = label("", "small", wrap=True)  # what a column cuts
        self.whole.hide()
        self.body.addWidget(self.whole)
        row = QHBoxLayout()
        self.more = button("", self.read_more, "", "chevron-down")
        self.reveal_button = button(_("Show it; this is noted"), self.reveal, "quiet", "eye")
        row.addWidget(self.reveal_button)
        row.addStretch(1)
        row.addWidget(self.more)
        self.body.addLayout(row)
        self.add_button(_("Close"), self.accept, "primary", default=True)
        self._records: list[RecordChange] = []
        self._last: int | None = 0
        self._revealed = False
        self._left = act.changes
        self.read_more()

    def read_more(self) -> None:
        """The next changes."""
        piece = self._office.history.piece(self._batch, self._last or 0)
        self._records += told(piece.entries, piece.names, speech_of(self._office, piece.names))
        self._last, self._left = piece.last, self._left - len(piece.entries)
        left = ngettext("Show more, {count} entry is left", "Show more, {count} entries are left", self._left)
        self.more.setText("  " + left.format(count=number(self._left)))
        self.more.setVisible(piece.last is not None)
        self._revealed = False  # of those that came now nobody saw anything yet
        self._show()

    def reveal(self) -> None:
        """The sensitive values of all that is here; who saw them goes into the log."""
        for one in self._records:
            if one.watched and one.person_id:
                self._office.privacy.access.viewed(one.person_id, one.watched)
        self._revealed = True
        self._show()

    def _show(self) -> None:
        self.reveal_button.setVisible(not self._revealed and any(one.watched for one in self._records))
        self.table.set_rows(list(self._lines()))

    def _lines(self) -> Iterable[Line]:
        at = 0
        for record in self._records:
            became = became_words(record.became)
            yield Line(at, f"{record.title} ({became})" if became else record.title)
            for one in record.fields:
                at += 1
                yield Line(at, record.title, one.label, *self._values(record, one))
            at += 1

    def _values(self, record: RecordChange, one: FieldChange) -> tuple[str, str]:
        before, after = one.told(revealed=self._revealed)
        return "" if record.became in (Became.NEW, Became.NOTED) else before, after

    def _read(self, _row: object) -> None:
        """What the columns of the chosen line cut, whole."""
        one = self.table.current()
        long = one is not None and one.field and max(len(one.before), len(one.after)) > _LONG
        self.whole.setVisible(bool(long))
        if one is not None and long:
            told = [f"{_('Before:')} {one.before}"] if one.before else []
            self.whole.setText("\n".join([*told, f"{_('After:')} {one.after}"]))
