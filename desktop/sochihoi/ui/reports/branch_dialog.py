"""The papers of the branches: which kinds, of which branch, and whether as files, as pages or bound for printing."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget

from sochihoi.i18n import _, number
from sochihoi.services.report_forms import ReportForm
from sochihoi.services.reports import DOCX, PDF, XLSX
from sochihoi.ui.shared.buttons import label
from sochihoi.ui.shared.choices import ChoiceField
from sochihoi.ui.shared.dialogs import Dialog
from sochihoi.ui.shared.fields import CheckField
from sochihoi.ui.shared.forms import Form
from sochihoi.ui.words.month import in_language
from sochihoi.ui.words.reports import file_kind

EVERY = ""
FILES, BOUND = "files", "bound"


class BranchDialog(Dialog):
    """Once it was accepted: ``forms()``, ``branch()`` (an id or ``EVERY``), ``way()`` and ``kinds()``."""

    def __init__(
        self, parent: QWidget, forms: tuple[ReportForm, ...], branches: list[tuple[str, str]], usual: str = ""
    ) -> None:
        super().__init__(parent, _("Papers of the branches"))
        self.setObjectName("branchsheets")
        told = _(
            "One branch is shown page by page. All of them are saved into a folder, or bound for printing in one go."
        )
        self.body.addWidget(label(told, tone="muted", wrap=True))
        self.form = Form()
        every = (EVERY, _("Every branch ({count})").format(count=number(len(branches))))
        self.choice = self.form.add(ChoiceField("branch", _("&Branch"), [every, *branches]))
        self.choice.set_value(EVERY)
        self.form.add_widget(label(_("Which papers"), "caption"))
        self._forms = {}
        for one in forms:
            self._forms[one.code] = self.form.add(CheckField(f"form.{one.code}", in_language(one.name)))
            self._forms[one.code].set_value(one.code == usual or len(forms) == 1)
        self.way_choice = self.form.add(
            ChoiceField(
                "way", _("&How"), [(FILES, _("Files in a folder")), (BOUND, _("One PDF with all of them, to print"))]
            )
        )
        self.way_choice.set_value(FILES)
        self._kinds = {kind: self.form.add(CheckField(kind, file_kind(kind))) for kind in (PDF, DOCX, XLSX)}
        self._kinds[PDF].set_value(True)
        self.body.addWidget(self.form)
        self.add_button(_("Leave it"), self.reject)
        self.deed: QPushButton = self.add_button("", self.accept, "primary", default=True)
        for combo in (self.choice.combo, self.way_choice.combo):
            combo.currentIndexChanged.connect(lambda _at: self._show())
        for tick in (*self._forms.values(), *self._kinds.values()):
            tick.changed.connect(self._show)
        self._show()

    def branch(self) -> str:
        """The one chosen."""
        return str(self.choice.value() or EVERY)

    def forms(self) -> tuple[str, ...]:
        """The codes of the papers ticked."""
        return tuple(code for code, tick in self._forms.items() if tick.value())

    def way(self) -> str:
        """``FILES`` or ``BOUND``; of one branch its pages are shown."""
        return BOUND if self.branch() else str(self.way_choice.value())

    def kinds(self) -> tuple[str, ...]:
        """The formats of the files."""
        return tuple(kind for kind, tick in self._kinds.items() if tick.value())

    def set_forms(self, *codes: str) -> None:
        """Tick these papers and no others."""
        for code, tick in self._forms.items():
            tick.set_value(code in codes)
        self._show()

    def _show(self) -> None:
        of_all = self.branch() == EVERY
        self.way_choice.setVisible(of_all)
        as_files = self.way() == FILES
        for tick in self._kinds.values():
            tick.setVisible(as_files)
        words = _("&Choose a folder and save") if as_files else _("&Show the pages")
        self.deed.setText(words)
        self.deed.setAccessibleName(words.replace("&", ""))
        self.deed.setEnabled(bool(self.forms()) and (not as_files or bool(self.kinds())))
