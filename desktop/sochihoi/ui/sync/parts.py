"""Parts of the sending page: where the month stands, where its file is written to, the columns of the files made."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from sochihoi.domain.exchange import SentFile
from sochihoi.i18n import _, short_date
from sochihoi.services import drives
from sochihoi.ui import style
from sochihoi.ui.shared.badges import Badge
from sochihoi.ui.shared.buttons import button, label
from sochihoi.ui.shared.choices import PlainCombo
from sochihoi.ui.shared.table import Column
from sochihoi.ui.sync import presenter
from sochihoi.ui.words.leaving import of_log
from sochihoi.ui.words.month import period_name

_ICONS = {
    "done": ("circle-check", "ok"),
    "now": ("circle-dot", "accent"),
    "later": ("circle", "muted"),
    "bad": ("circle-x", "bad"),
}


def _state(file: SentFile) -> Sequence[Badge]:
    return (Badge(*presenter.state_of(file)),)


def _edition(file: SentFile) -> str:
    """Which one, and whether members are listed in it; the tip says in which columns."""
    told = _("edition {number}, with a list") if file.told.get("columns") else _("edition {number}")
    return told.format(number=file.edition)


def columns(last_step: Callable[[SentFile], str]) -> tuple[Column[SentFile], ...]:
    """The table of files made here; ``last_step``: what happened to one last, in words."""
    return (
        Column(lambda: _("Written on"), lambda f: short_date(f.sent_on), width=104, key="day"),
        Column(
            lambda: _("Period"),
            lambda f: presenter.capital(period_name(f.period)),
            width=120,
            key="period",
            small=_edition,
            tip=lambda f: presenter.capital(of_log(f.told)),
        ),
        Column(
            lambda: _("File"),
            lambda f: f.file_name,
            stretch=True,
            key="file",
            cut="middle",
            small=last_step,
            tip=lambda f: presenter.capital(of_log(f.told)),
        ),
        Column(lambda: _("State"), lambda _f: "", width=184, key="state", badges=_state),
    )


class Steps(QWidget):
    """The stations of a month's file, left to right."""

    def __init__(self) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(style.sizes().space_3)

    def show_steps(self, steps: Sequence[presenter.Step]) -> None:
        """Replace what is shown."""
        while (item := self._row.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for step in steps:
            self._row.addWidget(self._one(step), 1)

    @staticmethod
    def _one(step: presenter.Step) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(style.sizes().space_2)
        mark = QLabel()
        style.put_icon(mark, *_ICONS[step.state])
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(label(step.title, wrap=True))
        texts.addWidget(label(step.hint, "small", wrap=True))
        texts.addStretch(1)
        row.addLayout(texts, 1)
        box.setAccessibleName(f"{step.title}: {step.hint}")
        return box


class TargetRow(QWidget):
    """Sticks that are plugged in, the folder used last, any other. ``changed``: another place was chosen."""

    changed = Signal()

    def __init__(self, last_folder: Callable[[], str]) -> None:
        super().__init__()
        self._last_folder = last_folder
        self._targets: tuple[presenter.Target, ...] = presenter.targets((), "")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(style.sizes().space_2)
        where = label(_("Write t&o"))
        self.choice = PlainCombo()
        self.choice.setAccessibleName(_("Where the file is written"))
        where.setBuddy(self.choice)
        self.choice.currentIndexChanged.connect(lambda _at: self.changed.emit())
        self.again = button(_("Look for &USB again"), self.read, "quiet", "refresh-cw")
        row.addWidget(where)
        row.addWidget(self.choice, 1)
        row.addWidget(self.again)

    def read(self) -> None:
        """Look for sticks; the chosen place stays chosen while it is there."""
        chosen = self.target().path
        self._targets = presenter.targets(drives.removable(), self._last_folder())
        self.choice.blockSignals(True)  # noqa: FBT003 - Qt
        self.choice.clear()
        self.choice.addItems([one.words for one in self._targets])
        paths = [one.path for one in self._targets]
        self.choice.setCurrentIndex(paths.index(chosen) if chosen is not None and chosen in paths else 0)
        self.choice.blockSignals(False)  # noqa: FBT003 - Qt
        self.changed.emit()

    def target(self) -> presenter.Target:
        """The chosen place."""
        return self._targets[max(self.choice.currentIndex(), 0)]
