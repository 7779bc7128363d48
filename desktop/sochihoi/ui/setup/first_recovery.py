"""The recovery sheet: it must be printed or saved before the wizard goes on."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from PySide6.QtCore import QSettings, Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QHBoxLayout, QWidget

from sochihoi.domain.periods import Period
from sochihoi.i18n import _
from sochihoi.services.opening import Made
from sochihoi.ui import style
from sochihoi.ui.setup.first_steps import Step
from sochihoi.ui.shared.buttons import button, label
from sochihoi.ui.shared.context import Context, ShellApi
from sochihoi.ui.shared.dialogs import choose_target
from sochihoi.ui.shared.preview import PreviewDialog


class RecoveryStep(Step):
    """The code in large letters, and two ways to keep it."""

    def __init__(self, settings: QSettings) -> None:
        super().__init__()
        self._settings = settings
        self._made: Made | None = None
        self.kept = False
        self.code = label("", "figure", wrap=True)
        self.code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.column.addSpacing(style.sizes().space_3)
        self.column.addWidget(self.code)
        self.column.addSpacing(style.sizes().space_3)
        row = QHBoxLayout()
        row.setSpacing(style.sizes().space_2)
        self.print_button = button(_("Look and print…"), self.preview, "", "printer")
        self.save_button = button(_("Save the sheet as a PDF file…"), self.save, "", "download")
        row.addStretch(1)
        row.addWidget(self.print_button)
        row.addWidget(self.save_button)
        row.addStretch(1)
        self.column.addLayout(row)
        self.said = label("", tone="ok", wrap=True)
        self.said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.column.addWidget(self.said)
        text = _(
            "Put the sheet into an envelope, close it, and lay it into the safe. A file of it belongs on a stick, not"
            " on this computer."
        )
        self.column.addWidget(label(text, tone="muted", wrap=True))
        self.column.addStretch(1)

    def take(self, made: Made) -> None:
        """The book that was made, and its code."""
        self._made = made
        self.office = made.office
        groups = made.recovery_code.split("-")
        self.code.setText("<br>".join("-".join(groups[at : at + 4]) for at in range(0, len(groups), 4)))

    def title(self) -> str:
        return _("Print the recovery sheet")

    def under(self) -> str:
        return _("If the password is forgotten, only this code opens the book. It is shown only now.")

    def not_ready(self) -> str:
        return "" if self.kept else _("Print or save the sheet first.")

    def first_focus(self) -> QWidget:
        return self.print_button

    def pdf(self) -> bytes:
        """The sheet."""
        from sochihoi.services.setup_papers import recovery_sheet

        if self._made is None:
            raise RuntimeError("no book was made")
        return recovery_sheet(self._made.office, self._made.recovery_code)

    def preview(self) -> None:
        """Show the sheet; printing or saving it there counts."""
        if self._made is None:
            return
        office = self._made.office
        nobody = cast(ShellApi, None)  # the preview asks the context for nothing but the settings
        context = Context(office, nobody, self._settings, Period.month_of(office.today))
        dialog = _SheetPreview(context, self.window(), self.pdf(), _file_name(), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def save(self) -> None:
        """Save it where she says."""
        target = choose_target(self.window(), _("Save the sheet as a PDF file…"), _file_name(), "PDF (*.pdf)")
        if target is not None:
            self.save_at(target)

    def save_at(self, target: Path) -> None:
        """Write the sheet there."""
        from sochihoi.domain.errors import UserError
        from sochihoi.storage.files import write_whole
        from sochihoi.ui import words

        try:
            write_whole(target, self.pdf(), overwrite=True)
        except (UserError, OSError) as problem:
            style.set_property(self.said, "tone", "bad")
            self.said.setText(str(words.say(problem)))
        else:
            self.keep(_("Saved: {file}").format(file=target))

    def keep(self, said: str) -> None:
        """It is printed or saved: the wizard may go on."""
        self.kept = True
        style.set_property(self.said, "tone", "ok")
        self.said.setText(said)
        self.changed.emit()


class _SheetPreview(PreviewDialog):
    """Tells its step when the sheet was printed or saved."""

    def __init__(self, context: Context, parent: QWidget | None, pdf: bytes, name: str, step: RecoveryStep) -> None:
        super().__init__(context, parent, pdf, name)
        self._step = step

    def paint_on(self, printer: QPrinter) -> None:
        super().paint_on(printer)
        self._step.keep(_("The sheet was printed."))

    def _save(self) -> None:
        super()._save()
        if self.message.property("message") == "ok":
            self._step.keep(self.message.text())


def _file_name() -> str:
    return _("Recovery sheet") + ".pdf"
