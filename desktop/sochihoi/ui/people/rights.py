"""What a woman may ask for about her own data, from her line: all of it on paper; to be made anonymous."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtWidgets import QWidget

from sochihoi.domain.errors import UserError
from sochihoi.domain.member_lists import MemberRow
from sochihoi.i18n import _
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import ask
from sochihoi.ui.shared.table import MenuItem
from sochihoi.ui.words import person_file as words


class Acted(Protocol):
    """Says what was done; with a way back unless there is none."""

    def __call__(self, said: str, *, undo: bool = True) -> None: ...


def rights_items(context: Context, parent: QWidget, row: MemberRow, acted: Acted) -> list[MenuItem | None]:
    """The lines of the menu; ``acted`` is told what was done. Only the chair makes anonymous, and only who left."""
    items: list[MenuItem | None] = [
        MenuItem(_("Print all that is kept about her…"), lambda: print_file(context, parent, row), "printer")
    ]
    left = row.left_on is not None and row.left_on <= context.office.today
    if left and context.office.account.role.may_manage:
        items.append(MenuItem(_("Make anonymous…"), lambda: anonymise(context, parent, row, acted), "user-minus"))
    return items


def print_file(context: Context, parent: QWidget, row: MemberRow) -> None:
    """Make the paper in the background and open the preview; the log of access says so."""
    from sochihoi.services.privacy.papers import person_file
    from sochihoi.ui.shared.preview import show_preview

    office = context.office

    def work(_progress: object) -> bytes:
        units = {unit.id: unit.name for unit in office.setup.units()}
        accounts = {one.id: one.name for one in office.setup.accounts()}
        told = words.parts(office.privacy.rights.file(row.person_id), units, accounts)
        return person_file(office, row.person_id, row.code, told)

    def done(pdf: bytes) -> None:
        show_preview(context, parent.window(), pdf, f"DuLieuCaNhan-{row.code}.pdf")

    context.shell.run_job(work, done, title=_("Making the paper…"))


def anonymise(context: Context, parent: QWidget, row: MemberRow, acted: Acted) -> None:
    """Say what goes, what stays and where her name goes on standing; then do it, for good."""
    rights = context.office.privacy.rights
    left = rights.left(row.person_id)
    told = [
        _(
            "Her name, birth, numbers, address, telephone, notes and proofs of consent are taken out of the book and of"
            " its history. Counts of meetings, positions and months stay as they are. This cannot be taken back."
        ),
        _("Copies made before hold her until newer ones take their place; {papers} stay as they went out.").format(
            papers=words.papers_words(left.reports, left.files)
        ),
    ]
    if left.traces:
        where = words.traces_words(left.traces)
        told.append(_("Texts typed by hand still hold this name, mend them yourself: {where}.").format(where=where))
    question = _("Make {name} anonymous?").format(name=row.full_name)
    if not ask(parent.window(), question, "\n\n".join(told), _("Make anonymous"), _("Leave it"), danger=True):
        return
    try:
        rights.anonymise(row.person_id)
    except (UserError, OSError) as problem:
        context.shell.show_error(problem)
        return
    acted(_("{code} names nobody any more.").format(code=row.code), undo=False)
