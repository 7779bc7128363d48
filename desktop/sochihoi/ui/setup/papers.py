"""Trình bày văn bản: head, number, signature, letters of the unit's papers, beside the page as it will print."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from sochihoi.domain.errors import FieldProblem, UserError
from sochihoi.i18n import _, number
from sochihoi.services import paper_settings
from sochihoi.services.commune import Commune
from sochihoi.ui import style
from sochihoi.ui.setup import paper_choices
from sochihoi.ui.shared.buttons import Card, button
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.forms import ChoiceField, Form, LongTextField, NumberField, TextField, scrolled
from sochihoi.ui.shared.history_view import history_of
from sochihoi.ui.shared.part import Part
from sochihoi.ui.shared.preview import show_preview

PAUSE_MS = 250  # after the last letter, before the page is set again
PICTURE_DPI = 130


def build(context: Context) -> Part:
    """The form of the unit's papers."""
    return PapersPart(context)


class PagePicture(QLabel):
    """A page, as wide as its place."""

    def __init__(self) -> None:
        super().__init__()
        self._image = QImage()
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(_("The first page of a report as it would be printed"))

    def show_page(self, png: bytes) -> None:
        """Another page."""
        self._image = QImage.fromData(png)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self._image.isNull() or self.width() < 2:
            return
        ratio = self.devicePixelRatio()
        drawn = self._image.scaledToWidth(round(self.width() * ratio), Qt.TransformationMode.SmoothTransformation)
        drawn.setDevicePixelRatio(ratio)
        self.setPixmap(QPixmap.fromImage(drawn))
        self.setFixedHeight(round(drawn.height() / ratio))


class PapersPart(Part):
    """Forms on the left, the page on the right; a field is saved when it is left, and can be taken back."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        gap = style.sizes().space_3
        row = QHBoxLayout()
        row.setSpacing(gap)
        fields = QWidget()
        left = QVBoxLayout(fields)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(gap)
        self.forms: list[Form] = []
        left.addWidget(self._card(_("Head of the papers"), self._head()))
        left.addWidget(self._card(_("Number of the papers"), self._number()))
        left.addWidget(self._card(_("Signature and recipients"), self._foot()))
        left.addWidget(self._card(_("Letters and lines"), self._letters()))
        left.addWidget(self._card(_("Margins of the page"), self._margins()))
        left.addStretch(1)
        row.addWidget(scrolled(fields), 1)
        shown = Card(_("The page as it will print"))
        shown.head.addWidget(button(_("History…"), self._history, "quiet", "history"))
        self.whole = button(_("Look at it in full"), self._show_whole, "quiet")
        shown.head.addWidget(self.whole)
        self.picture = PagePicture()
        shown.add(scrolled(self.picture), 1)
        row.addWidget(shown, 1)
        self.column.addLayout(row, 1)
        self.pdf = b""
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.draw)

    def _history(self) -> None:
        history_of(self.context, self, _("Set-up"), "setting", "commune.")

    def _card(self, title: str, form: Form) -> Card:
        card = Card(title)
        card.add(form)
        form.left.connect(lambda name: self._save(form, name))
        form.changed.connect(lambda _name: self._typed())
        form.set_read_only(read_only=self.context.read_only)
        self.forms.append(form)
        return card

    def _head(self) -> Form:
        form = Form()
        hint = _("Only where your place writes one, such as the Fatherland Front Committee.")
        form.add(TextField("parent_line", _("Line above the Union's name"), hint=hint))
        form.add(TextField("union_line", _("The Union's line"), required=True))
        form.add(TextField("organ_line", _("Organ"), letters=28))
        form.add(TextField("place", _("Place before the date"), letters=28))
        return form

    def _number(self) -> Form:
        form = Form()
        form.add(ChoiceField("pattern", _("Form of the number"), paper_choices.pattern_options(), letters=28))
        self.pattern = form.add(TextField("number_pattern", _("Report number"), letters=28))
        form.add(ChoiceField("numbering_reset", _("Begins at 01 again"), paper_choices.reset_options(), letters=28))
        return form

    @staticmethod
    def _foot() -> Form:
        form = Form()
        form.add(ChoiceField("authority", _("How papers are signed"), paper_choices.authority_options()))
        form.add(LongTextField("on_behalf", _("On behalf of"), lines=2))
        form.add(TextField("signer_title", _("Title of the signer"), letters=28))
        form.add(TextField("signer_name", _("Name of the signer"), letters=28))
        form.add(LongTextField("recipients", _("Recipients, one a line"), lines=5))
        return form

    def _letters(self) -> Form:
        form = Form()
        for name, title in (
            ("body_pt", _("Size of the letters")),
            ("head_pt", _("Letters of the unit and of the nation")),
            ("motto_pt", _("Letters of the motto")),
            ("title_pt", _("Letters of the title and of the signature")),
        ):
            form.add(ChoiceField(name, title, paper_choices.size_options(name), letters=8))
        form.add(
            NumberField(
                "first_line_tenths",
                _("First line begins further in by"),
                decimals=1,
                unit=_("mm"),
                letters=6,
                hint=_("10 or 12.7 mm in the decree."),
            )
        )
        self.lines = form.add(ChoiceField("spacing_percent", _("From line to line"), letters=24))
        self.points = form.add(NumberField("fixed_line_pt", _("Points from line to line"), unit=_("pt"), letters=6))
        hint = _("6 pt at least in the decree.")
        form.add(NumberField("after_paragraph_pt", _("Between paragraphs"), unit=_("pt"), letters=6, hint=hint))
        form.add(ChoiceField("end_mark", _("Mark behind the last word"), paper_choices.mark_options(), letters=8))
        return form

    @staticmethod
    def _margins() -> Form:
        form = Form()
        titles = (_("At the top"), _("At the bottom"), _("At the left"), _("At the right"))
        for name, title in zip(paper_settings.MARGINS, titles, strict=True):
            least, most = paper_settings.range_of(name)
            hint = _("{least} to {most} mm in the decree.").format(least=number(least), most=number(most))
            form.add(NumberField(name, title, unit=_("mm"), letters=6, hint=hint))
        return form

    # ------------------------------------------------------------------ what it does

    def refresh(self) -> None:
        commune = self.context.office.commune
        self.lines.set_options(paper_choices.line_options(commune))
        values = paper_choices.values(commune)
        for form in self.forms:
            form.set_values(values)
            form.set_errors({})
        self._told()
        self._soon.start(0)

    def as_typed(self) -> Commune:
        """The settings as they stand in the fields; a field that cannot be read stays as it is kept."""
        commune = self.context.office.commune
        for form in self.forms:
            for name, field in form.fields.items():
                if name not in ("pattern", "authority") and not field.problem():
                    commune = paper_choices.changed(commune, name, field.value())
        return commune

    def _typed(self) -> None:
        self._told()
        self._soon.start(PAUSE_MS)

    def _told(self) -> None:
        """What a pattern makes, and the points only where they count."""
        pattern = str(self.pattern.value() or "")
        shown = [paper_choices.example_number(pattern, count) for count in (1, 9, 10)]
        said = _("Numbers look like this: {numbers}.").format(numbers=", ".join(shown))
        how = _("{number} stands for the number, {type} for the kind of paper.").format(
            number="{number:02}", type="{type}"
        )
        self.pattern.set_hint(f"{said} {how}" if all(shown) else how)
        self.points.setVisible(self.lines.value() == paper_choices.BY_POINTS)

    def draw(self) -> None:
        """Set the page again, unless something that was typed cannot be."""
        office = self.context.office
        commune = self.as_typed()
        if not paper_choices.may_be(commune):
            return
        from sochihoi.reports import preview

        number = paper_choices.example_number(commune.number_pattern)
        self.pdf = paper_settings.example(commune, office.today, number, demo=office.demo)
        self.picture.show_page(preview.page_png(self.pdf, 0, PICTURE_DPI))

    def _show_whole(self) -> None:
        self.draw()
        if self.pdf:
            show_preview(self.context, self, self.pdf, _("Example of a paper") + ".pdf")

    def _save(self, form: Form, name: str) -> None:
        field = form[name]
        problem = field.problem()
        field.set_error(problem)
        if problem:
            return
        office = self.context.office
        changed = paper_choices.changed(office.commune, name, field.value())
        if changed == office.commune:
            if field.value() == paper_choices.OWN:
                form["number_pattern" if name == "pattern" else "on_behalf"].editor.setFocus()
            return
        try:
            office.setup.save_papers(changed)
        except FieldProblem as refused:
            if not form.show_problem(refused):
                self.context.shell.show_error(refused)
        except (UserError, OSError) as refused:
            self.context.shell.show_error(refused)
        else:
            self.acted(_("The form of the papers is changed."))
            self.context.shell.refresh_frame()

    def first_focus(self) -> QWidget | None:
        return next(iter(self.forms[0].fields.values())).editor
