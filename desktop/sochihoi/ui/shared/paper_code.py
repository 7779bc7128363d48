"""Which report the code on a printed paper belongs to, and the figures that must stand on it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from sochihoi.domain.errors import UserError
from sochihoi.i18n import _
from sochihoi.services.certificates import Fact, proven
from sochihoi.services.reporting.proving import Proof, prove
from sochihoi.ui import style, words
from sochihoi.ui.shared.buttons import label
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import WIDE, Dialog
from sochihoi.ui.shared.forms import Form, TextField
from sochihoi.ui.shared.jobs import Progress
from sochihoi.ui.shared.table import Column, Table
from sochihoi.ui.words.reports import proof_figures, proof_head
from sochihoi.ui.words.rubric import certificate_words


@dataclass(frozen=True, slots=True)
class Line:
    """A figure that must stand on the paper."""

    name: str
    figure: str


_COLUMNS = (
    Column[Line](lambda: _("Figure"), lambda line: line.name, stretch=True, key="name"),
    Column[Line](
        lambda: _("On the paper must stand"), lambda line: line.figure, width=190, align="right", strong=True, key="now"
    ),
)


class CodeDialog(Dialog):
    """Type or paste what stands below the square code; the answer comes into the same window."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent, _("Check a printed report"), width=WIDE)
        self.setObjectName("papercode")
        self._context = context
        self.proof: Proof | None = None
        self.form = Form()
        self.code = self.form.add(
            TextField(
                "code",
                _("&Code on the paper"),
                hint=_("The ten letters below the recipients, or all that the square code says. Dashes do not matter."),
                required=True,
                letters=40,
            )
        )
        self.body.addWidget(self.form)
        self.told = label("", wrap=True)
        self.told.setAccessibleName(_("What the code says"))
        self.told.hide()
        self.body.addWidget(self.told)
        self.table: Table[Line] = Table(
            context, "papercode", _COLUMNS, dense=True, accessible=_("Figures that must stand on the paper")
        )
        self.table.setMinimumHeight(style.sizes().row * 8)
        self.table.hide()
        self.body.addWidget(self.table, 1)
        self.add_button(_("Close"), self.reject)
        self.check_button = self.add_button(_("Chec&k"), self.check, "primary", default=True)
        self.code.line.setFocus()

    def check(self) -> None:
        """Look the code up in the background: of many closed months it takes its time."""
        if not self.form.check():
            return
        text, office = str(self.code.value()), self._context.office
        self.message.clear()
        self.check_button.setEnabled(False)

        def work(_progress: Progress) -> Proof | Fact:
            return proven(office, text) or prove(office, text)

        self._context.shell.run_job(work, self._show, title=_("Looking for the code…"), failed=self._refuse)

    def _show(self, proof: Proof | Fact) -> None:
        self.check_button.setEnabled(True)
        if isinstance(proof, Fact):
            self.proof = None
            self.told.hide()
            self.table.hide()
            self.message.say("ok", certificate_words(proof))
            return
        self.proof = proof
        office = self._context.office
        form = next((one for one in office.reports.forms() if one.code == proof.form), office.reports.form("month"))
        head = proof_head(proof, form)
        self.message.say("ok" if proof.newest else "warn", head[0])
        self.told.setText("\n".join(head[1:]))
        self.told.setVisible(len(head) > 1)
        definitions = office.figures.definitions(office.reports.newest_period(proof.period))
        self.table.set_rows([Line(name, figure) for name, figure in proof_figures(proof, definitions)])
        self.table.show()
        self._grow()

    def _refuse(self, problem: UserError) -> None:
        self.proof = None
        self.check_button.setEnabled(True)
        self.told.hide()
        self.table.hide()
        self.message.say("bad", str(words.say(problem)))
        self.code.line.setFocus()
        self.code.line.selectAll()
