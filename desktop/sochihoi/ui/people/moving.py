"""On her way to another commune: the dialog, and the paper slip that she carries."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from sochihoi.domain.member_lists import MemberRow
from sochihoi.i18n import _
from sochihoi.services.tickets import Tickets
from sochihoi.ui.people.moves import MoveDialog
from sochihoi.ui.people.presenter import PeoplePresenter
from sochihoi.ui.shared.buttons import label
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.forms import ChoiceField, TextField
from sochihoi.ui.shared.ticket_files import write_ticket
from sochihoi.ui.words import people as words


class MovingDialog(MoveDialog):
    """Chuyển sinh hoạt Hội: she counts here until she has left."""

    @staticmethod
    def question() -> str:
        return _("To which Union does {name} move?")

    def fill(self) -> None:
        text = _("She counts here until she has left: enter that when the other commune has confirmed the slip.")
        self.form.add_widget(label(text, tone="muted", wrap=True))
        hint = _("As it is addressed, for example: the Women's Union of another commune, province.")
        self.form.add(TextField("moving_to", words.field_name("moving_to"), required=True, letters=44, hint=hint))
        self.add_day("moving_on", words.field_name("moving_on"), _("The day of the slip."))
        hint = _("Empty: the next number of the year.")
        self.form.add(TextField("moving_no", words.field_name("moving_no"), letters=16, hint=hint))
        self.add_deed(_("&Make the slip"), _("&Not now"))

    def write(self) -> str:
        number = self.office.moves.begin(
            self.row.membership_id,
            self.value("moving_to") or "",
            on=self.value("moving_on"),
            number=self.value("moving_no") or "",
        )
        return _("{name} is on her way, slip {number}.").format(name=self.row.full_name, number=number)


class TicketDialog(MoveDialog):
    """Phiếu chuyển: the signed file that goes to the other commune beside the paper slip."""

    @staticmethod
    def question() -> str:
        return _("To which commune does {name} take a signed ticket?")

    def fill(self) -> None:
        text = _("Its program opens the file and answers with another. She counts here until the answer is taken in.")
        self.form.add_widget(label(text, tone="muted", wrap=True))
        known = [(code, f"{name} ({code})") for code, name in Tickets(self.office).destinations()]
        hint = _("Communes whose keys stand in the signed register of the level above.")
        self.form.add(
            ChoiceField(
                "to_unit", words.field_name("moving_to"), known, required=True, search=True, letters=44, hint=hint
            )
        )
        if not known:
            none = _("No other commune stands in the signed register here. Give her the paper slip instead.")
            self.message.say("info", none)
        self.add_deed(_("&Make the ticket"), _("&Not now"))
        self.deed.setEnabled(bool(known))

    def write(self) -> str:
        self.ticket = Tickets(self.office).issue(self.row.membership_id, self.value("to_unit"))
        return _("The ticket of {name} is made.").format(name=self.row.full_name)


def give_ticket(
    context: Context, parent: QWidget, presenter: PeoplePresenter, row: MemberRow, done: Callable[[str], None]
) -> None:
    """Make a ticket for a member, or take the one that waits, and write it where the officer says."""
    waits = next(
        (one for one in Tickets(context.office).every() if one.membership_id == row.membership_id and one.is_open), None
    )
    if waits is None:
        dialog = TicketDialog(context, parent, presenter, row, done)
        if dialog.exec() != TicketDialog.DialogCode.Accepted:
            return
        waits = dialog.ticket
    write_ticket(context, parent, waits, _("Where the ticket is written"))


def print_slip(context: Context, parent: QWidget, row: MemberRow) -> None:
    """Make the slip in the background and open the preview."""
    from sochihoi.services.moving_papers import moving_slip
    from sochihoi.ui.shared.preview import show_preview

    def work(_progress: Any) -> bytes:
        return moving_slip(context.office, row.membership_id)

    def done(pdf: bytes) -> None:
        show_preview(context, parent.window(), pdf, f"GiayGioiThieu-{row.code}.pdf")

    context.shell.run_job(work, done, title=_("Making the slip…"))
