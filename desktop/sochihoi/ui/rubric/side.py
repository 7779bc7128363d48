"""The cards beside the score sheet: the total; why the proposed points; the blocking conditions."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QMenu, QToolButton, QVBoxLayout, QWidget

from sochihoi.domain.rubric import Answer
from sochihoi.domain.rubric_records import OWN, ConditionLine, ProposedLine, ScoreSheet
from sochihoi.i18n import _, number
from sochihoi.ui import style
from sochihoi.ui.rubric import presenter
from sochihoi.ui.rubric.band_bar import BandBar
from sochihoi.ui.shared.badges import pill, set_pill
from sochihoi.ui.shared.buttons import Card, button, icon_button, label, strong
from sochihoi.ui.shared.table import MenuItem, fill_menu
from sochihoi.ui.words.rubric import points, said


class TotalCard(Card):
    """Points so far, out of those scored, with the scale of bands."""

    def __init__(self) -> None:
        super().__init__(_("Own score"))
        size = style.sizes()
        self.body.setContentsMargins(size.space_4, size.space_3, size.space_4, size.space_3)
        self.badge = pill("", "warn")
        self.head.addWidget(self.badge)
        row = QHBoxLayout()
        row.setSpacing(size.space_2)
        self.total = label("", "figure")
        self.of = label("", tone="muted")
        row.addWidget(self.total)
        row.addWidget(self.of, 1)
        self.body.addLayout(row)
        self.bar = BandBar()
        self.add(self.bar)

    def show_sheet(self, sheet: ScoreSheet) -> None:
        """The column that is being scored."""
        self.title.setText(_("Own score") if sheet.column == OWN else _("Verified score"))
        set_pill(self.badge, *presenter.open_words(sheet))
        self.total.setText(points(sheet.shown.total))
        self.of.setText(
            _("of {maximum} points scored").format(maximum=number(sheet.shown.scored_max))
            if not sheet.shown.complete
            else _("of {maximum} points").format(maximum=number(sheet.rubric.max_points))
        )
        self.bar.show_sheet(sheet)


class ConditionsCard(Card):
    """``answered(condition, answer)``: ``None`` takes an answer back; ``rest``: no to all that is open."""

    answered = Signal(str, object)
    rest = Signal()

    def __init__(self) -> None:
        super().__init__(_("Blocking conditions"))
        size = style.sizes()
        self.body.setContentsMargins(size.space_4, size.space_3, size.space_4, size.space_3)
        self.badge = pill("", "warn")
        self.head.addWidget(self.badge)
        place = QWidget()
        self._conditions = QGridLayout(place)
        self._conditions.setContentsMargins(0, 0, 0, 0)
        self._conditions.setHorizontalSpacing(size.space_2)
        self._conditions.setVerticalSpacing(size.space_1)
        self._conditions.setColumnStretch(1, 1)
        self.add(place)
        self.rest_button = button(_("&No to all that is open"), self.rest.emit, "quiet", "check")
        self.body.addWidget(self.rest_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.answer_buttons: dict[str, QToolButton] = {}

    def show_sheet(self, sheet: ScoreSheet, *, read_only: bool) -> None:
        """Every condition with its answer."""
        words, tone = presenter.conditions_badge(sheet)
        set_pill(self.badge, words, tone)
        self.badge.setVisible(bool(words))
        while (item := self._conditions.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.answer_buttons = {}
        fixed = read_only or sheet.column is None
        for at, one in enumerate(sheet.conditions):
            self._condition(at, one, fixed=fixed)
        self.rest_button.setVisible(not fixed and bool(sheet.unanswered))

    def _condition(self, at: int, one: ConditionLine, *, fixed: bool) -> None:
        icon, tone = presenter.condition_mark(one.answer)
        mark = QLabel()
        style.put_icon(mark, icon, tone, 18)
        self._conditions.addWidget(mark, at, 0, Qt.AlignmentFlag.AlignTop)
        words = label(presenter.condition_words(one), wrap=True)
        self._conditions.addWidget(words, at, 1)
        if fixed:
            return
        name = _("Answer: {condition}").format(condition=said(one.condition.label))
        made = icon_button("pencil", name)
        style.put_icon(made, "pencil", "muted", 14)
        made.clicked.connect(lambda _on=False: self._ask(made, one))
        self.answer_buttons[one.condition.code] = made
        self._conditions.addWidget(made, at, 2, Qt.AlignmentFlag.AlignTop)

    def _ask(self, place: QToolButton, one: ConditionLine) -> None:
        menu = QMenu(self)
        code = one.condition.code
        back = _("As the records say") if one.from_records is not None else _("Not answered")
        items = (
            MenuItem(_("No, it has not happened"), lambda: self.answered.emit(code, Answer.NOT_MET), "circle-check"),
            MenuItem(_("Yes, it has: no title this year"), lambda: self.answered.emit(code, Answer.MET), "circle-x"),
            None,
            MenuItem(back, lambda: self.answered.emit(code, None), "undo-2", enabled=one.told is not None),
        )
        fill_menu(menu, items)
        menu.popup(place.mapToGlobal(place.rect().bottomLeft()))


class WhyCard(Card):
    """``list_wanted(indicator)``: the records behind a measure; ``evidence_wanted``: write what the points rest on."""

    list_wanted = Signal(str)
    evidence_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        size = style.sizes()
        self.body.setContentsMargins(size.space_4, size.space_3, size.space_4, size.space_3)
        row = QHBoxLayout()
        row.setSpacing(size.space_2)
        mark = QLabel()
        style.put_icon(mark, "info", "info", 18)
        self.heading = label("", "head", wrap=True)
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.heading, 1)
        self.body.addLayout(row)
        self._place = QVBoxLayout()
        self._place.setSpacing(size.space_2)
        self.body.addLayout(self._place)
        self.list_buttons: list[str] = []
        self.buttons: list[QWidget] = []

    def show_line(self, sheet: ScoreSheet, line: ProposedLine, *, read_only: bool) -> None:
        """Another criterion."""
        told = presenter.why(sheet, line)
        self.heading.setText(told.heading)
        while (item := self._place.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for text in told.figures:
            name, _colon, value = text.rpartition(": ")
            self._place.addWidget(label(f"{name}: {strong(value)}", wrap=True))
        self._place.addWidget(label(told.rule, wrap=True))
        for text in told.how:
            self._place.addWidget(label(text, "small", wrap=True))
        if line.evidence:
            self._place.addWidget(label(_("Evidence: {text}").format(text=line.evidence), wrap=True))
        self.list_buttons = [source for _words, source in told.sources]
        self.buttons = []
        for words, source in told.sources:
            made = button(words, lambda source=source: self.list_wanted.emit(source), "quiet", "arrow-right")
            made.setAccessibleName(_("Open the list: {label}").format(label=words))
            self._place.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
            self.buttons.append(made)
        if not read_only and sheet.column is not None:
            made = button(_("Write the evidence (F2)"), self.evidence_wanted.emit, "quiet", "pen-line")
            self._place.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
            self.buttons.append(made)
