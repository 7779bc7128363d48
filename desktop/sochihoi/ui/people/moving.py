"""On her way to another commune: the dialog, and the paper slip that she carries."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from sochihoi.domain.member_lists import MemberRow
from sochihoi.i18n import _
from sochihoi.ui.people.moves import MoveDialog
from sochihoi.ui.shared.buttons import label
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.forms import TextField
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


def print_slip(context: Context, parent: QWidget, row: MemberRow) -> None:
    """Make the slip in the background and open the preview."""
    from sochihoi.services.moving_papers import moving_slip
    from sochihoi.ui.shared.preview import show_preview

    def work(_progress: Any) -> bytes:
        return moving_slip(context.office, row.membership_id)

    def done(pdf: bytes) -> None:
        show_preview(context, parent.window(), pdf, f"GiayGioiThieu-{row.code}.pdf")

    context.shell.run_job(work, done, title=_("Making the slip…"))
