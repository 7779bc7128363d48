"""Recording what women agreed to, for one or for many, taking it back, and the slips: the panel of a member and the
page of personal data ask the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from sochihoi.domain.consent import Given, How, Purpose
from sochihoi.domain.member_lists import MemberRow
from sochihoi.i18n import _, ngettext, number
from sochihoi.ui.shared.buttons import label
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.form_dialog import FormDialog
from sochihoi.ui.shared.forms import CheckField, ChoiceField, DateField, Field, TextField
from sochihoi.ui.words import privacy as words

Done = Callable[[str], None]


def whom(rows: Sequence[MemberRow]) -> str:
    """The name of one, else how many."""
    if len(rows) == 1:
        return rows[0].full_name
    return ngettext("{count} member", "{count} members", len(rows)).format(count=number(len(rows)))


def _boxes() -> list[CheckField]:
    """Never ticked beforehand: a box ticked for her is no consent."""
    return [CheckField(purpose.name, words.purpose_name(purpose)) for purpose in Purpose]


def _ticked(told: Mapping[str, Any]) -> frozenset[Purpose]:
    return frozenset(purpose for purpose in Purpose if told[purpose.name])


class _ConsentDialog(FormDialog):
    def __init__(
        self, context: Context, parent: QWidget, rows: Sequence[MemberRow], title: str, fields: Sequence[Field]
    ) -> None:
        self._rows = rows
        boxes = _boxes()
        super().__init__(context, parent, title, (boxes, fields))
        self._boxes = boxes

    def accept_form(self) -> None:
        """Nothing ticked is said under the first box."""
        if not _ticked(self.form.values()):
            self._boxes[0].set_error(_("Tick what she said yes or no to."))
            return
        super().accept_form()

    def people(self) -> list[str]:
        """Whom it is about."""
        return [row.person_id for row in self._rows]


class GiveDialog(_ConsentDialog):
    """They agreed, on a day; ``done`` is told what was recorded."""

    def __init__(self, context: Context, parent: QWidget, rows: Sequence[MemberRow], done: Done) -> None:
        self._done = done
        day = DateField("given_on", _("Agreed on"), today=lambda: context.office.today, required=True)
        how = ChoiceField("how", _("How it can be proved"), [(one.name, words.how_name(one)) for one in How])
        reference = TextField("reference", _("Number, and where it is filed"), hint=_("Of the slip, list or minutes."))
        title = _("What did she agree to? {whom}").format(whom=whom(rows))
        super().__init__(context, parent, rows, title, (day, how, reference, TextField("note", _("Note"))))
        version = context.office.privacy.consent.text().version
        told = _("Wording {version}. Record only what was really said: silence is no consent.").format(version=version)
        self.body.addWidget(label(told, "small", wrap=True))
        self.form.set_values({"how": How.PAPER.name, "given_on": context.office.today})
        self.begin(_key("give", rows), Purpose.BASIC.name, _("&Not now"), _("&Record the consent"))

    def keep(self, told: Mapping[str, Any]) -> None:
        day: date = told["given_on"]
        given = Given(_ticked(told), day, How[told["how"]], told["reference"] or "", told["note"] or "")
        self._context.office.privacy.consent.give(self.people(), given)
        self._done(_("The consent of {whom} is recorded.").format(whom=whom(self._rows)))


class WithdrawDialog(_ConsentDialog):
    """They take it back, from a day."""

    def __init__(self, context: Context, parent: QWidget, rows: Sequence[MemberRow], done: Done) -> None:
        self._done = done
        day = DateField("withdrawn_on", _("Withdrawn on"), today=lambda: context.office.today, required=True)
        title = _("What does she take back? {whom}").format(whom=whom(rows))
        super().__init__(context, parent, rows, title, (day,))
        told = _(
            "What was done before stays lawful. Clear the fields that she no longer allows, with “Correct”; answer her"
            " within the days of the law."
        )
        self.body.addWidget(label(told, "small", wrap=True))
        self.form.set_values({"withdrawn_on": context.office.today})
        self.begin(_key("withdraw", rows), Purpose.BASIC.name, _("&Not now"), _("&Record the withdrawal"))

    def keep(self, told: Mapping[str, Any]) -> None:
        self._context.office.privacy.consent.withdraw(self.people(), _ticked(told), told["withdrawn_on"])
        self._done(_("The withdrawal of {whom} is recorded.").format(whom=whom(self._rows)))


def _key(act: str, rows: Sequence[MemberRow]) -> str:
    return f"consent/{act}/{rows[0].person_id if len(rows) == 1 else 'many'}"


def print_slips(context: Context, parent: QWidget, rows: Sequence[MemberRow]) -> None:
    """Make the slips in the background and open the preview."""
    from sochihoi.services.privacy.papers import consent_slips
    from sochihoi.ui.shared.preview import show_preview

    if not rows:
        return

    def work(progress: Any) -> bytes:
        return consent_slips(context.office, rows, progress)

    def done(pdf: bytes) -> None:
        show_preview(context, parent.window(), pdf, "PhieuDongY.pdf")

    title = ngettext("Making {count} slip…", "Making {count} slips…", len(rows)).format(count=number(len(rows)))
    context.shell.run_job(work, done, title=title, stop_says=_("No slip is made then."))
