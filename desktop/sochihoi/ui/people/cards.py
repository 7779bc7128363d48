"""Membership cards: whose, then ten on a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from sochihoi.domain.member_lists import MemberRow
from sochihoi.i18n import _, ngettext, number
from sochihoi.ui.shared.buttons import label
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import Dialog
from sochihoi.ui.shared.forms import ChoiceField, Form

_MARKED, _SHOWN, _ALL = "marked", "shown", "all"


class CardsDialog(Dialog):
    """``marked``: the lines chosen in the list, ``shown``: all that the filters let through, ``every``: all that
    are active."""

    def __init__(
        self,
        parent: QWidget,
        marked: Sequence[MemberRow],
        shown: Sequence[MemberRow],
        every: Sequence[MemberRow],
        branches: Sequence[tuple[str, str]],
    ) -> None:
        super().__init__(parent, _("Whose membership cards are printed?"))
        self._rows: dict[str, Sequence[MemberRow]] = {_MARKED: marked, _SHOWN: shown, _ALL: every}
        self._rows |= {branch: [row for row in every if row.branch_id == branch] for branch, _name in branches}
        names = (
            [(_MARKED, marked[0].full_name if len(marked) == 1 else _("Members marked in the list"))] if marked else []
        )
        names += [(_SHOWN, _("Members shown in the list")), (_ALL, _("All active members")), *branches]
        options = [
            (key, _("{whose} ({count})").format(whose=name, count=number(len(self._rows[key]))))
            for key, name in names
            if self._rows[key]
        ]
        self.form = Form()
        self.whose = self.form.add(ChoiceField("whose", _("Cards of"), options, required=True, letters=38))
        self.whose.set_value(options[0][0] if options else None)
        self.body.addWidget(self.form)
        told = _(
            "Ten cards stand on an A4, each with name, branch, card number, year of joining and the member's code. "
            "Print them in their full size; that they were printed is written into the history."
        )
        self.body.addWidget(label(told, "small", wrap=True))
        self.add_button(_("&Not now"), self.reject)
        self.make_button = self.add_button(_("&Look at them and print"), self.accept, "primary", default=True)

    def rows(self) -> Sequence[MemberRow]:
        """Whose cards were asked for."""
        return self._rows.get(self.whose.value() or "", ())


def print_cards(
    context: Context,
    parent: QWidget,
    marked: Sequence[MemberRow],
    shown: Sequence[MemberRow],
    branches: Callable[[], Sequence[tuple[str | None, str]]],
) -> None:
    """Ask whose, make the PDF in the background, open the preview."""
    from sochihoi.services.member_cards import cards
    from sochihoi.ui.shared.preview import show_preview

    office = context.office
    named = [(branch, name) for branch, name in branches() if branch is not None]
    dialog = CardsDialog(parent, marked, shown, office.people.rows(), named)
    if not dialog.exec():
        return
    rows = dialog.rows()
    if not rows:
        return

    def work(progress: Any) -> bytes:
        return cards(office, rows, progress)

    def done(pdf: bytes) -> None:
        show_preview(context, parent.window(), pdf, "TheHoiVien.pdf")

    title = ngettext("Making {count} card…", "Making {count} cards…", len(rows)).format(count=number(len(rows)))
    context.shell.run_job(work, done, title=title, stop_says=_("No card is made then."))
