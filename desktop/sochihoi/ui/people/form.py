"""Entering and correcting a member. What was typed is kept as a draft until it is saved or dropped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from sochihoi.domain.access import watched_in
from sochihoi.domain.errors import FieldProblem, UserError
from sochihoi.domain.households import HouseholdGroup, Relation
from sochihoi.domain.members import MEMBERSHIP_FIELDS, PERSON_FIELDS, MemberDetails, clubs_in, id_doubt
from sochihoi.domain.people import JoinKind, OtherOrganisation, Sex
from sochihoi.i18n import _
from sochihoi.ui import style
from sochihoi.ui import words as all_words
from sochihoi.ui.people.presenter import PeoplePresenter
from sochihoi.ui.shared.buttons import label
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import WIDE, Dialog
from sochihoi.ui.shared.forms import (
    CheckField,
    ChoiceField,
    DateField,
    DraftKeeper,
    Field,
    Form,
    LongTextField,
    TextField,
    scrolled,
)
from sochihoi.ui.shared.like_note import ASKED_BY, LikeNote
from sochihoi.ui.words import households as household_words
from sochihoi.ui.words import people as words
from sochihoi.ui.words.people import field_name


def _id_hint() -> str:
    return _("12 digits. Not asked for: leave it empty if the Union does not need it.")


class PhonesField(TextField):
    """One telephone number or several; an odd one is kept as it is typed, with a hint."""

    def set_value(self, value: Any) -> None:
        self.line.setText(words.phones(value or ""))


class MemberDialog(Dialog):
    """A new member (``membership_id`` is ``None``) or one to be corrected. ``saved`` gets the membership's id."""

    def __init__(
        self,
        context: Context,
        parent: QWidget | None,
        presenter: PeoplePresenter,
        membership_id: str | None,
        saved: Callable[[str], None],
    ) -> None:
        title = _("New member") if membership_id is None else _("Correct what is known of this member")
        super().__init__(parent, title, width=WIDE)
        self._context, self._presenter, self._id, self._saved = context, presenter, membership_id, saved
        self._office = context.office
        self.form = Form()
        self._before = MemberDetails("")
        self.like = LikeNote(context, self.details)
        self._add_who()
        if membership_id is None:
            self._add_where()
        self._add_union()
        self._add_home()
        self._add_sensitive()
        self._add_rest()
        holder = scrolled(self.form)
        size = style.sizes()
        self.form.setContentsMargins(0, 0, size.space_4, 0)
        holder.setMinimumHeight(round(360 * size.body / 14))
        self.body.addWidget(holder, 1)
        self.keeper = DraftKeeper(context, f"member/{membership_id or 'new'}", self.form)
        self.add_button(_("&Drop the changes"), self._drop)
        self.save_button = self.add_button(_("&Save the member"), self.save, "primary", default=True)
        self._load()
        self.form.left.connect(self._left)
        self.form.changed.connect(self.like.typed)
        room = parent.window().height() if parent is not None else 690
        self.resize(self.width(), min(round(640 * size.body / 14), room - size.space_5))
        self.keeper.offer(lambda text, actions: self.message.say("info", text, self._closing(actions)))
        self.form["full_name"].editor.setFocus()

    # ------------------------------------------------------------------ the fields

    def _text(self, name: str, letters: int = 0, hint: str = "", *, required: bool = False) -> TextField:
        return self.form.add(TextField(name, field_name(name), letters=letters, hint=hint, required=required))

    def _day(self, name: str, hint: str = "", *, exact: bool = True) -> DateField:
        today = lambda: self._office.today  # noqa: E731 - the field asks for the day when it is read
        return self.form.add(DateField(name, field_name(name), today=today, hint=hint, exact=exact))

    def _add_who(self) -> None:
        self._text("full_name", 40, required=True)
        self.form.add_widget(self.like)
        self._day("birth", _("A year alone is enough."), exact=False)
        sexes = [(sex.name, words.sex_name(sex)) for sex in Sex]
        hint = _("An honorary member may be a man.")
        self.form.add(ChoiceField("sex", field_name("sex"), sexes, letters=10, hint=hint))
        self.form.add(PhonesField("phone", field_name("phone"), letters=32, hint=_("Several: put a ; between them.")))
        self._text("address", 48)
        self._text("hamlet", 28, _("Hamlet, village or street group where she lives."))
        if self._office.commune.national_id_entry:
            self._text("national_id", 18, _id_hint())
            self._text("old_id", 14, _("9 digits of the card before, where a list still names it."))

    def _add_where(self) -> None:
        self.form.add_heading(_("Branch"))
        branches = [(value, name) for value, name in self._presenter.branches() if value is not None]
        title, hint = field_name("branch_id"), words.branch_hint(branches)
        branch = ChoiceField("branch_id", title, branches, required=True, search=True, letters=32, hint=hint)
        cell = ChoiceField("cell_id", field_name("cell_id"), self._presenter.choices_of_cells(None), letters=16)
        self.form.add(branch)
        self.form.add(cell)
        branch.changed.connect(lambda: cell.set_options(self._presenter.choices_of_cells(branch.value())))

    def _add_union(self) -> None:
        self.form.add_heading(_("In the Union"))
        self._day("joined", _("A year alone is enough. Empty: not known."), exact=False)
        kinds = [(kind.name, words.join_name(kind)) for kind in JoinKind]
        self.form.add(ChoiceField("join_kind", field_name("join_kind"), kinds, letters=16))
        self._text("joined_from", 32, _("If she moved here from another commune."))
        self._text("decision_no", 16)
        self._text("card_no", 16)
        self.form.add(CheckField("core_member", field_name("core_member")))
        self.form.add(CheckField("honorary", field_name("honorary")))
        hint = _("Members of these are left out of the net growth.")
        self.form.add_widget(label(f"{field_name('other_organisations')}. {hint}", "small", wrap=True))
        for one in OtherOrganisation:
            self.form.add(CheckField(f"other.{one.name}", words.organisation_name(one)))
        self._text("clubs", 44, _("Several clubs: put a ; between them."))

    def _add_home(self) -> None:
        self.form.add_heading(_("Household"))
        homes = [("", _("Household not entered"))]
        homes += [(h.id, f"{h.code} · {h.head} · {h.branch}") for h in self._office.households.rows()]
        self.form.add(ChoiceField("household_id", field_name("household_id"), homes, search=True, letters=44))
        relations = [("", "—"), *((r.name, household_words.relation_name(r)) for r in Relation)]
        self.form.add(ChoiceField("relation_to_head", field_name("relation_to_head"), relations, letters=22))
        groups = [(g.name, household_words.group_name(g) or _("None")) for g in HouseholdGroup]
        hint = _("Counts only while her household is not entered.")
        self.form.add(ChoiceField("household_group", field_name("household_group"), groups, letters=22, hint=hint))
        self._text("loan", 44, _("Source and amount, for example: Bank for Social Policies, 50 million."))

    def _add_sensitive(self) -> None:
        self.form.add_heading(_("Sensitive information"))
        text = _("The law protects these more. Enter only what the Union needs and the member agrees to.")
        self.form.add_widget(label(text, "small", wrap=True))
        mark = _("Sensitive")
        self._text("ethnicity", 20, mark)
        self._text("religion", 20, mark)
        self.form.add(CheckField("party_member", field_name("party_member"), hint=mark))
        self._day("party_joined_on", mark)
        self.form.add(CheckField("health_insurance", field_name("health_insurance"), hint=mark))
        self._day("health_insurance_until", mark)

    def _add_rest(self) -> None:
        self.form.add_heading(_("More"))
        for name in ("occupation", "education", "professional_level", "political_theory_level"):
            self._text(name, 32)
        self.form.add(LongTextField("note", field_name("note"), lines=3))

    # ------------------------------------------------------------------ values

    def _load(self) -> None:
        if self._id is None:
            self.form.set_values({"sex": Sex.FEMALE.name, "join_kind": JoinKind.ADMISSION.name})
            self.form.set_values({"household_id": "", "relation_to_head": "", "household_group": "NONE", "cell_id": ""})
            return
        told = self._office.people.detail(self._id)
        self.like.person_id = told.person.id
        self._office.privacy.access.viewed(told.person.id, watched_in(told.person).intersection(self.form.fields))
        details = self._before = self._office.people.details(self._id)
        values: dict[str, Any] = {f: getattr(details, f) for f in (*PERSON_FIELDS, *MEMBERSHIP_FIELDS)}
        values |= {"sex": details.sex.name, "join_kind": details.join_kind.name}
        values |= {"household_group": details.household_group.name, "household_id": details.household_id or ""}
        values |= {"clubs": "; ".join(details.clubs)}
        values |= {f"other.{one.name}": one in details.other_organisations for one in OtherOrganisation}
        self.form.set_values(values)

    def details(self) -> MemberDetails:
        """What stands in the form, understood; what the form does not show stays as it was."""
        told = {name: value for name, value in self.form.values().items() if name in MemberDetails.__dataclass_fields__}
        texts = {name: "" if value is None else value for name, value in told.items() if name not in _NOT_TEXT}
        others = frozenset(one for one in OtherOrganisation if self.form[f"other.{one.name}"].value())
        return replace(
            self._before,
            **told
            | texts
            | {
                "phone": self._line("phone"),
                "sex": Sex[told["sex"] or "FEMALE"],
                "join_kind": JoinKind[told["join_kind"] or "ADMISSION"],
                "household_group": HouseholdGroup[told["household_group"] or "NONE"],
                "household_id": told["household_id"] or None,
                "other_organisations": others,
                "clubs": clubs_in(str(told["clubs"] or "")),
            },
        )

    def _line(self, name: str) -> str:
        field: Field = self.form[name]
        return str(field.draft() or "").replace(",", ";")

    # ------------------------------------------------------------------ what happens

    def _left(self, name: str) -> None:
        """Warnings never stop her: the number is odd, or someone like her is entered already."""
        if name not in ASKED_BY:
            return
        details = self.details()
        if "national_id" in self.form.fields:
            doubt = words.id_doubt(id_doubt(details))
            self.form["national_id"].set_hint(doubt or _id_hint(), "warn" if doubt else "")
        self.like.look()

    def save(self) -> None:
        """Save the member; a problem is shown under its field or in the bar, and nothing is lost."""
        if not self.form.check():
            self.message.say("bad", self.form.count_of_errors())
            return
        try:
            saved = self._write(self.details())
        except FieldProblem as problem:
            if problem.field in self.form.fields:
                self.form.set_errors({problem.field: words.field_problem(problem)})
                self.message.say("bad", self.form.count_of_errors())
            else:
                self.message.say("bad", words.field_problem(problem))
        except (UserError, OSError) as problem:
            self.message.say("bad", str(all_words.say(problem)))
        else:
            self.keeper.done()
            self.accept()
            self._saved(saved)

    def _write(self, details: MemberDetails) -> str:
        if self._id is None:
            branch = self.form["branch_id"].value()
            cell = self.form["cell_id"].value() or None
            return self._office.people.add(details, branch, cell, distinct_from=self.like.apart)
        self._office.people.edit(self._id, details)
        return self._id

    def _drop(self) -> None:
        self.keeper.done()
        self.reject()

    def _closing(self, actions: list[tuple[str, Callable[[], None]]]) -> list[tuple[str, Callable[[], None]]]:
        """The answers to the offer of a draft also take the bar away."""

        def press(act: Callable[[], None]) -> Callable[[], None]:
            def both() -> None:
                act()
                self.message.clear()

            return both

        return [(text, press(act)) for text, act in actions]


_NOT_TEXT = {
    "birth",
    "joined",
    "party_joined_on",
    "health_insurance_until",
    "party_member",
    "health_insurance",
    "core_member",
    "honorary",
}
