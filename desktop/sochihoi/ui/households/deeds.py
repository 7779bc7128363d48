"""What is done with a household from the page: the menus, the dialogs, and the way back."""

from __future__ import annotations

from sochihoi.domain.errors import UserError
from sochihoi.domain.member_lists import HouseholdRow, MemberRow, PersonRow
from sochihoi.i18n import _, ngettext, number
from sochihoi.ui.households.form import HouseholdDialog, JoinHouseholdDialog, ResidentsDialog
from sochihoi.ui.households.others import AdmitDialog, PersonDialog
from sochihoi.ui.households.presenter import HouseholdsPresenter
from sochihoi.ui.households.shaping import MergeHouseholdsDialog, SplitDialog
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import Dialog
from sochihoi.ui.shared.history_view import HistoryDialog
from sochihoi.ui.shared.page import Page
from sochihoi.ui.shared.table import MenuItem
from sochihoi.ui.words.story import story


class HouseholdDeeds(Page):
    """The page without its looks."""

    def __init__(self, context: Context, title: str, presenter: HouseholdsPresenter) -> None:
        super().__init__(context, title)
        self.presenter = presenter
        self.dialog: Dialog | None = None

    def refresh(self, *, household: str = "", person: str = "", without: bool = False) -> None:
        """Read again; open what is named."""
        raise NotImplementedError

    def open_household(self, household_id: str) -> None:
        """Show a household at the right."""
        raise NotImplementedError

    def on_new(self) -> None:
        if not self.context.read_only:
            self._open(HouseholdDialog(self.context, self, self.presenter, None, self._added))

    def menu(self, row: HouseholdRow) -> list[MenuItem | None]:
        """What can be done with a household."""
        items: list[MenuItem | None] = [MenuItem(_("Open"), lambda: self.open_household(row.id), "eye")]
        if self.context.read_only:
            return items
        if row.head_died:
            items.append(MenuItem(_("Choose another head…"), lambda: self.another_head(row), "user-check"))
        return [
            *items,
            MenuItem(_("Correct… (F2)"), lambda: self.edit(row.id), "pencil"),
            MenuItem(_("Residents…"), lambda: self.residents(row.id), "users"),
            MenuItem(_("Part the household…"), lambda: self.split(row.id)),
            MenuItem(_("Merge with another household…"), lambda: self.merge(row.id)),
            None,
            MenuItem(_("Take off the list"), lambda: self.remove(row), "trash-2"),
        ]

    def member_menu(self, row: MemberRow) -> list[MenuItem | None]:
        """What can be done with a member who has no household."""
        items: list[MenuItem | None] = [
            MenuItem(_("Open the member"), lambda: self.context.shell.go("people", member=row.membership_id), "user")
        ]
        if self.context.read_only:
            return items
        return [
            MenuItem(_("Put her into a household…"), lambda: self.join(row), "house"),
            MenuItem(_("A new household for her"), lambda: self.make_for([row]), "plus"),
            None,
            *items,
        ]

    def person_menu(self, row: PersonRow) -> list[MenuItem | None]:
        """What can be done with someone who is no member."""
        history = MenuItem(_("History…"), lambda: self.history_of(row), "history")
        if self.context.read_only:
            return [history]
        items: list[MenuItem | None] = [
            MenuItem(_("Correct… (F2)"), lambda: self.edit_person(row), "pencil"),
            MenuItem(_("Joins the Union…"), lambda: self.admit(row), "user-plus"),
            history,
        ]
        home = row.household_id
        if home is not None:
            items.append(MenuItem(_("Open the household"), lambda: self.refresh(household=home), "house"))
        return items

    # ------------------------------------------------------------------ the deeds

    def _open(self, dialog: Dialog) -> None:
        self.dialog = dialog
        dialog.open()

    def edit(self, household_id: str) -> None:
        """Correct a household."""
        self._open(HouseholdDialog(self.context, self, self.presenter, household_id, self._edited))

    def residents(self, household_id: str) -> None:
        """Who lives there."""
        self._open(ResidentsDialog(self.context, self, household_id, self._edited))

    def another_head(self, row: HouseholdRow) -> None:
        """The head has died: one of the residents is named, or a name is typed where nobody else is entered."""
        (self.residents if row.people else self.edit)(row.id)

    def split(self, household_id: str) -> None:
        """Tách hộ."""
        self._open(SplitDialog(self.context, self, household_id, self._parted))

    def merge(self, household_id: str) -> None:
        """Gộp hộ."""
        self._open(MergeHouseholdsDialog(self.context, self, self.presenter, household_id, self._merged))

    def join(self, row: MemberRow) -> None:
        """Put a member into a household that is there."""
        person = (row.person_id, row.full_name, row.branch_id)
        said = _("{name} was put into the household.").format(name=row.full_name)
        self._open(JoinHouseholdDialog(self.context, self, self.presenter, person, lambda _id: self._acted(said)))

    def new_person(self) -> None:
        """Someone who is no member."""
        self._open(PersonDialog(self.context, self, None, lambda: self._acted(_("The person was added."))))

    def edit_person(self, row: PersonRow) -> None:
        """Correct what is known of someone who is no member."""
        said = _("What is known of {name} was corrected.").format(name=row.full_name)
        self._open(PersonDialog(self.context, self, row.person_id, lambda: self._acted(said)))

    def history_of(self, row: PersonRow) -> None:
        """Who changed what of someone who is no member, and when."""
        told = story(self.context.office, "person", row.person_id)
        self._open(HistoryDialog(self.context, self, row.full_name, told))

    def admit(self, row: PersonRow) -> None:
        """Kết nạp."""
        said = _("{name} has joined the Union.").format(name=row.full_name)
        self._open(AdmitDialog(self.context, self, self.presenter, row, lambda _id: self._acted(said)))

    def make_for(self, rows: list[MemberRow]) -> None:
        """A household for each of them, in one act; nothing is guessed about who lives with whom."""
        made = self.context.office.households.make_for([row.membership_id for row in rows])
        text = ngettext("{count} household was made.", "{count} households were made.", len(made))
        self._acted(text.format(count=number(len(made))))

    def remove(self, row: HouseholdRow) -> None:
        """Take it off the list; its residents stay in the book."""
        self.context.office.households.remove(row.id)
        self._acted(_("The household of {head} was taken off the list.").format(head=row.head))

    def _added(self, household_id: str) -> None:
        self.refresh(household=household_id)
        self._say(_("The household was added."))

    def _edited(self, household_id: str) -> None:
        self.refresh(household=household_id)
        self._say(_("The household was corrected."))

    def _parted(self, household_id: str) -> None:
        self.refresh(household=household_id)
        self._say(_("The household was parted; the new one is shown."))

    def _merged(self, household_id: str) -> None:
        self.refresh(household=household_id)
        self._say(_("The two households are one."))

    def _acted(self, said: str) -> None:
        self.refresh()
        self._say(said)

    def _say(self, said: str) -> None:
        self.context.shell.saved_at(self.context.office.now)
        self.context.shell.toast(said, self._undo)

    def _undo(self) -> None:
        try:
            self.context.office.history.undo()
        except UserError as problem:
            self.context.shell.show_error(problem)
        self.refresh()
