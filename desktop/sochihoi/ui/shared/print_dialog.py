"""Printing: which printer, how many copies, which pages. The printer chosen is remembered."""

from __future__ import annotations

from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QWidget

from sochihoi.i18n import _, ngettext, number
from sochihoi.ui.shared.buttons import label
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import Dialog
from sochihoi.ui.shared.forms import ChoiceField, Form, NumberField, TextField
from sochihoi.ui.shared.printing import read_pages

KEPT = "print/printer"
MOST_COPIES = 99


def printers() -> list[str]:
    """The printers of this PC, the usual one first."""
    usual = QPrinterInfo.defaultPrinterName()
    return sorted(QPrinterInfo.availablePrinterNames(), key=lambda name: (name != usual, name))


class PrintDialog(Dialog):
    """After it was accepted: ``printer_name``, ``copies``, ``pages`` (from 1)."""

    def __init__(self, context: Context, parent: QWidget, count: int, paper: str) -> None:
        super().__init__(parent, _("Print"))
        self.setObjectName("print")
        self._settings, self._count = context.settings, count
        names = printers()
        self.form = Form()
        self._printer = self.form.add(
            ChoiceField("printer", _("&Printer"), [(name, name) for name in names], required=True)
        )
        kept = str(context.settings.value(KEPT, ""))
        self._printer.set_value(kept if kept in names else next(iter(names), None))
        self._copies = self.form.add(
            NumberField("copies", _("&Copies"), required=True, least=1, most=MOST_COPIES, letters=4)
        )
        self._copies.set_value(1)
        self._pages = self.form.add(
            TextField(
                "pages",
                _("P&ages"),
                hint=_("For example 1-3, 5. Empty: all {count}.").format(
                    count=ngettext("{count} page", "{count} pages", count).format(count=number(count))
                ),
                letters=16,
            )
        )
        self.body.addWidget(self.form)
        told = _("The pages are set on {paper}; put this paper in. Pages that lie across are turned by themselves.")
        self.body.addWidget(label(told.format(paper=paper), tone="muted", wrap=True))
        self.add_button(_("Leave it"), self.reject)
        self.system_button = self.add_button(_("&Settings of the printer…"), self._system)
        self.deed = self.add_button(_("Print &now"), self._accept, "primary", default=True)
        self.system: QPrinter | None = None  # as the printer's own dialog left it
        if not names:
            self.message.say(
                "warn", _("This PC has no printer. Connect one, or save the PDF file and print it elsewhere.")
            )
            for made in (self.deed, self.system_button):
                made.setEnabled(False)

    @property
    def printer_name(self) -> str:
        """The printer chosen."""
        return str(self._printer.value() or "")

    @property
    def copies(self) -> int:
        """How often every page."""
        return int(self._copies.value() or 1)

    @property
    def pages(self) -> tuple[int, ...]:
        """Which pages, from 1."""
        return read_pages(self._pages.line.text(), self._count) or ()

    def _check(self) -> bool:
        if not self.form.check():
            return False
        if not self.pages:
            told = _("There are pages 1 to {count}. Type them like 1-3, 5.").format(count=number(self._count))
            self.form.set_errors({"pages": told})
            return False
        return True

    def _system(self) -> None:
        """Trays, both sides, colour: the printer's own dialog."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPrinterName(self.printer_name)
        dialog = QPrintDialog(printer, self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.system = printer
            self._printer.set_value(printer.printerName())

    def _accept(self) -> None:
        if self._check():
            self._settings.setValue(KEPT, self.printer_name)
            self.accept()
