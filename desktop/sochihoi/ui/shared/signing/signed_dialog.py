"""The signed files of a report: whose signatures they bear and what these are worth; pages, saving, attaching one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sochihoi.domain.errors import UserError
from sochihoi.i18n import _, short_date
from sochihoi.reports.signing.check import SignatureCheck, State
from sochihoi.services.signing import DraftNotSigned, SignedPaper
from sochihoi.storage.files import read_bytes
from sochihoi.ui import style
from sochihoi.ui.shared.buttons import label, rule
from sochihoi.ui.shared.dialogs import WIDE, Dialog, choose_file, choose_target
from sochihoi.ui.shared.forms import ChoiceField
from sochihoi.ui.shared.panel import Facts
from sochihoi.ui.shared.preview import show_preview
from sochihoi.ui.words.signing import checks_text, facts, state_text

if TYPE_CHECKING:
    from sochihoi.services.reporting.report import Report
    from sochihoi.ui.shared.context import Context

_TONES = {State.GOOD: "ok", State.UNKNOWN_CHAIN: "warn"}
_SIGNED = "_DaKy"


class SignedDialog(Dialog):
    """One of the signed files at a time, checked again with what this PC trusts today."""

    def __init__(
        self, context: Context, parent: QWidget | None, report: Report, papers: tuple[SignedPaper, ...]
    ) -> None:
        super().__init__(parent, _("Signed files of report {number}").format(number=paper_name(report)), width=WIDE)
        self.setObjectName("signed")
        self._context, self._report = context, report
        self._papers = {one.paper.id: one for one in papers}
        self.which = ChoiceField("which", _("&File"), [(one.paper.id, _paper_words(one)) for one in papers])
        self.which.setVisible(len(papers) > 1)
        self.body.addWidget(self.which)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(style.sizes().space_3)
        self.body.addWidget(inside)
        self.body.addStretch(1)
        self.add_button(_("Close"), self.reject)
        self.save_button = self.add_button(_("&Save as a file"), self.save)
        self.pages_button = self.add_button(_("&Pages"), self.show_pages, "primary", default=True)
        self.which.changed.connect(self._chosen)
        self._chosen()
        self.pages_button.setFocus()

    def _chosen(self) -> None:
        paper = self._papers[self.which.value()]
        self._show(paper.checks)
        signing = self._context.office.signing

        def show(checks: tuple[SignatureCheck, ...]) -> None:
            asked = shiboken6.isValid(self) and self.which.value() == paper.paper.id
            if asked and checks != paper.checks:
                self._show(checks)

        self._context.shell.run_job(
            lambda _progress: signing.check_again(paper.paper.id),
            show,
            title=_("Checking the signatures…"),
            failed=lambda problem: None,
        )

    def _show(self, checks: tuple[SignatureCheck, ...]) -> None:
        while (item := self._column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        worst = min((one.state for one in checks), key=list(State).index, default=State.UNREADABLE)
        told = _("{count}: {state}.").format(count=checks_text(checks), state=state_text(worst))
        self.message.say(_TONES.get(worst, "bad"), told)
        if worst is State.UNKNOWN_CHAIN:
            self._column.addWidget(
                label(
                    _(
                        "To trust it, put the root certificate of who issued it into the folder “certificates” "
                        "of this book, after you compared it with the one that the authority publishes."
                    ),
                    "small",
                    wrap=True,
                )
            )
        for at, one in enumerate(checks):
            if at:
                self._column.addWidget(rule())
            shown = Facts()
            shown.set_facts(facts(one))
            self._column.addWidget(shown)

    def _content(self) -> tuple[str, bytes]:
        paper, content = self._context.office.reports.issuing.kept_file(str(self.which.value()))
        return f"{Path(paper.file_name).stem}{_SIGNED}.pdf", content

    def show_pages(self) -> None:
        """The pages with their stamps."""
        name, content = self._content()
        show_preview(self._context, self, content, name)

    def save(self) -> None:
        """The very bytes: every other copy would break the signatures."""
        from sochihoi.storage.files import write_whole
        from sochihoi.ui import words

        name, content = self._content()
        start = Path(str(self._context.settings.value("files/folder", ""))) / name
        target = choose_target(self, _("Save as a file"), str(start), "PDF (*.pdf)")
        if target is None:
            return
        try:
            write_whole(target, content, overwrite=True)
        except (UserError, OSError) as problem:
            self.message.say("bad", str(words.say(problem)))
        else:
            self._context.settings.setValue("files/folder", str(target.parent))
            self.message.say("ok", _("Saved: {file}").format(file=target))


def paper_name(report: Report) -> str:
    """``05/BC-BTV``; of papers without a number whose they are."""
    return report.number or report.unit_name


def _paper_words(one: SignedPaper) -> str:
    told = _("{day}, signed here: {signers}") if one.made_here else _("{day}, attached: {signers}")
    signers = ", ".join(dict.fromkeys(check.signer for check in one.checks if check.signer))
    return told.format(day=short_date(one.paper.made_on), signers=signers)


def show_signed(context: Context, parent: QWidget, report: Report) -> SignedDialog | None:
    """The signed files of a report; ``None`` when there is none."""
    papers = context.office.signing.signed(report)
    if not papers:
        return None
    dialog = SignedDialog(context, parent.window(), report, papers)
    dialog.open()
    return dialog


def open_signed(context: Context, parent: QWidget, report: Report) -> SignedDialog | None:
    """The same for a button: says so when there is none."""
    dialog = show_signed(context, parent, report)
    if dialog is None:
        context.shell.message("info", _("No signed file of this report is kept yet."))
    return dialog


def open_attach(
    context: Context, parent: QWidget, report: Report, done: Callable[[], Any] = lambda: None
) -> Path | None:
    """Take in the PDF that was signed elsewhere: compared with the report, checked, kept, shown.

    Gives the file that was chosen.
    """
    if report.issue is None:
        context.shell.show_error(DraftNotSigned(report.form.code, report.span.code))
        return None
    settings = context.settings
    start = Path(str(settings.value("files/folder", "")))
    file = choose_file(
        parent, _("The signed PDF of report {number}").format(number=paper_name(report)), "PDF (*.pdf)", start
    )
    if file is None:
        return None
    settings.setValue("files/folder", str(file.parent))
    signing = context.office.signing

    def show(_made: SignedPaper) -> None:
        if not shiboken6.isValid(parent):
            return
        context.shell.clear_message()
        context.shell.saved_at(context.office.now)
        done()
        show_signed(context, parent, report)

    context.shell.run_job(
        lambda _progress: signing.attach_signed(report, read_bytes(file)),
        show,
        title=_("Comparing the signed file with the report…"),
    )
    return file
