"""What is done with one member from the page: the menu, the dialogs, and the way back."""

from __future__ import annotations

from sochihoi.domain.errors import UserError
from sochihoi.domain.member_lists import MemberRow
from sochihoi.domain.people import LeaveReason
from sochihoi.i18n import _
from sochihoi.ui.people.form import MemberDialog
from sochihoi.ui.people.merge_dialog import MergeDialog
from sochihoi.ui.people.moves import LeaveDialog, MoveDialog, PositionsDialog, ReturnDialog, TransferDialog
from sochihoi.ui.people.moving import MovingDialog, give_ticket, print_slip
from sochihoi.ui.people.presenter import PeoplePresenter
from sochihoi.ui.people.rights import rights_items
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.page import Page
from sochihoi.ui.shared.table import MenuItem


class MemberDeeds(Page):
    """The page without its looks."""

    def __init__(self, context: Context, title: str, presenter: PeoplePresenter) -> None:
        super().__init__(context, title)
        self.presenter = presenter
        self.dialog: MoveDialog | MemberDialog | MergeDialog | None = None

    def refresh(
        self,
        *,
        member: str = "",
        person: str = "",
        search: str = "",
        chip: str = "",
        intake: bool = False,
        alike: bool = False,
    ) -> None:
        """Read again; open what is named."""
        raise NotImplementedError

    def open_member(self, row: MemberRow) -> None:
        """Show a member at the right."""
        raise NotImplementedError

    def on_new(self) -> None:
        if not self.context.read_only:
            self._open_dialog(MemberDialog(self.context, self, self.presenter, None, self._added))

    def menu(self, row: MemberRow) -> list[MenuItem | None]:
        """What can be done with one member."""
        if self.context.read_only:
            return [MenuItem(_("Open"), lambda: self.open_member(row), "eye")]
        items: list[MenuItem | None] = [
            MenuItem(_("Open"), lambda: self.open_member(row), "eye"),
            MenuItem(_("Correct… (F2)"), lambda: self.edit(row), "pencil"),
        ]
        if (pair := self._marked_pair()) is not None:
            items.append(MenuItem(_("Merge the two marked entries…"), lambda: self.merge(*pair)))
        if self.presenter.is_left(row):
            back = [None, MenuItem(_("Came back…"), lambda: self.come_back(row), "user-plus")]
            if row.left_reason is LeaveReason.DECEASED:
                back = []
            return [*items, *back, None, *rights_items(self.context, self, row, self.acted)]
        core = _("No longer a core member") if row.core_member else _("Make her a core member")
        items += [
            MenuItem(_("Transfer…"), lambda: self.transfer(row), "arrow-left-right"),
            MenuItem(_("Positions…"), lambda: self.positions(row), "award"),
            MenuItem(core, lambda: self.set_core(row)),
        ]
        if row.is_moving:
            items += [
                MenuItem(_("Slip for the other commune…"), lambda: print_slip(self.context, self, row), "printer"),
                MenuItem(_("Signed ticket for the other commune…"), lambda: self.ticket(row), "send"),
                MenuItem(_("She stays after all"), lambda: self.stay(row)),
            ]
        else:
            items.append(MenuItem(_("Moves to another commune…"), lambda: self.moving(row), "send"))
        if row.review:
            items.append(MenuItem(_("Looked at: she is right as she stands"), lambda: self.looked_at(row), "check"))
        leaves = MenuItem(_("Leaves the Union…"), lambda: self.leave(row), "user-minus")
        return [*items, None, *rights_items(self.context, self, row, self.acted), None, leaves]

    def _marked_pair(self) -> tuple[str, str] | None:
        """The two persons whose lines are marked in the list, if it is two."""
        persons = tuple(dict.fromkeys(row.person_id for row in self.marked()))
        return (persons[0], persons[1]) if len(persons) == 2 else None

    def marked(self) -> list[MemberRow]:
        """The lines that are marked in the list."""
        raise NotImplementedError

    # ------------------------------------------------------------------ the deeds

    def merge(self, one_id: str, other_id: str) -> None:
        """Gộp hai mục."""
        self._open_dialog(MergeDialog(self.context, self, one_id, other_id, self.acted))

    def _open_dialog(self, dialog: MoveDialog | MemberDialog | MergeDialog) -> None:
        self.dialog = dialog
        dialog.open()

    def _ask(self, kind: type[MoveDialog], row: MemberRow) -> None:
        self._open_dialog(kind(self.context, self, self.presenter, row, self.acted))

    def edit(self, row: MemberRow) -> None:
        """Correct a member."""
        self._open_dialog(MemberDialog(self.context, self, self.presenter, row.membership_id, self._edited))

    def transfer(self, row: MemberRow) -> None:
        """Chuyển chi hội."""
        self._ask(TransferDialog, row)

    def moving(self, row: MemberRow) -> None:
        """Chuyển sinh hoạt đi nơi khác: the paper slip follows."""
        dialog = MovingDialog(self.context, self, self.presenter, row, self.acted)
        dialog.accepted.connect(lambda: print_slip(self.context, self, row))
        self._open_dialog(dialog)

    def ticket(self, row: MemberRow) -> None:
        """Phiếu chuyển đã ký."""
        give_ticket(self.context, self, self.presenter, row, self.acted)

    def stay(self, row: MemberRow) -> None:
        """Không chuyển nữa."""
        self.context.office.moves.stay(row.membership_id)
        self.acted(_("{name} stays.").format(name=row.full_name))

    def leave(self, row: MemberRow) -> None:
        """Ra khỏi Hội."""
        self._ask(LeaveDialog, row)

    def come_back(self, row: MemberRow) -> None:
        """Trở lại Hội."""
        self._ask(ReturnDialog, row)

    def positions(self, row: MemberRow) -> None:
        """Chức vụ."""
        self._ask(PositionsDialog, row)

    def set_core(self, row: MemberRow) -> None:
        """Nòng cốt, hoặc không."""
        self.context.office.people.set_core([row.membership_id], core=not row.core_member)
        said = _("{name} is no longer a core member.") if row.core_member else _("{name} is a core member.")
        self.acted(said.format(name=row.full_name))

    def looked_at(self, row: MemberRow) -> None:
        """Đã xem lại."""
        self.context.office.people.looked_at([row.membership_id])
        self.acted(_("{name} was looked at.").format(name=row.full_name))

    def acted(self, said: str, *, undo: bool = True) -> None:
        """Something was done: read again, say it, offer the way back where there is one."""
        self.refresh()
        self.context.shell.saved_at(self.context.office.now)
        self.context.shell.toast(said, self._undo if undo else None)

    def _added(self, membership_id: str) -> None:
        self.refresh(member=membership_id)
        row = self.context.office.people.row(membership_id)
        name, code = (row.full_name, row.code) if row is not None else ("", "")
        self.context.shell.saved_at(self.context.office.now)
        self.context.shell.toast(_("{name} was added with the code {code}.").format(name=name, code=code), self._undo)

    def _edited(self, membership_id: str) -> None:
        row = self.context.office.people.row(membership_id)
        self.acted(_("What is known of {name} was corrected.").format(name=row.full_name if row is not None else ""))

    def _undo(self) -> None:
        try:
            self.context.office.history.undo()
        except UserError as problem:
            self.context.shell.show_error(problem)
        self.refresh()
