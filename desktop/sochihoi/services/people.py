"""What an officer does with members: enter, correct, transfer, let go, take back, appoint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from sochihoi.domain.errors import FieldProblem
from sochihoi.domain.members import (
    MemberDetails,
    Membership,
    NewMember,
    NotAMember,
    Person,
    Placement,
    Position,
    SamePlace,
    StillAMember,
    TransferBeforePlacement,
    clean,
    details_of,
    membership_of,
    person_of,
)
from sochihoi.domain.people import (
    HasDied,
    JoinKind,
    LeaveReason,
    MembershipProblem,
    PartialDate,
    PositionTitle,
    check_membership,
)
from sochihoi.domain.vietnamese import nfc
from sochihoi.services.enrolment import counting_day, enrol
from sochihoi.services.people_reading import PeopleReading

if TYPE_CHECKING:
    from sochihoi.storage.work import Work


class PeopleService(PeopleReading):
    """Members, and persons who are none."""

    # ------------------------------------------------------------------ entering and correcting

    def add(
        self,
        details: MemberDetails,
        branch_id: str,
        cell_id: str | None = None,
        *,
        distinct_from: Sequence[str] = (),
    ) -> str:
        """A new member: person, membership and placement in one act. Her membership's id.

        ``distinct_from``: persons who look like her and of whom it was said that they are other women.
        Raises ``FieldProblem``, ``MonthClosed`` when the month in which she joined is closed.
        """
        with self._office.write("member.add") as work:
            (made,) = enrol(self._office, work, [NewMember(details, branch_id, cell_id)])
            self._office.duplicates.remember(work, made.person_id, distinct_from)
            return made.id

    def add_many(self, new: Sequence[NewMember]) -> tuple[str, ...]:
        """Several members in one act; as ``add``."""
        with self._office.write("member.add") as work:
            return tuple(m.id for m in enrol(self._office, work, new))

    def add_person(self, details: MemberDetails, *, distinct_from: Sequence[str] = ()) -> str:
        """Someone who is no member: a woman who is briefed, a resident of a household. The person's id.

        ``distinct_from``: as in ``add``.
        """
        person = person_of(clean(details), self._office.new_id())
        check_membership(person.birth, None, None, self._office.today)
        with self._office.write("person.add") as work:
            work.people.add([person])
            self._office.duplicates.remember(work, person.id, distinct_from)
        return person.id

    def edit(self, membership_id: str, details: MemberDetails) -> None:
        """Correct what is known of a member. Raises ``FieldProblem``, ``MonthClosed``, ``NotFound``.

        The day from which she counts moves with her joining date while both days are in open months; figures of a
        closed month never change by a correction.
        """
        told = clean(details)
        with self._office.write("member.edit") as work:
            before = work.people.membership(membership_id)
            check_membership(told.birth, told.joined, before.left_on, self._office.today)
            after = membership_of(told, before)
            work.people.save([person_of(told, work.people.person(before.person_id))], [after])
            if before.joined != after.joined:
                self._count_from(work, before, after)

    def _count_from(self, work: Work, before: Membership, after: Membership) -> None:
        stays = work.people.placements_of([before.id])
        closed = work.months.closed()
        entered = before.registered_on or self._office.today
        day = counting_day(after.joined, entered, closed, late=True)
        ends = stays[0].to_on or before.left_on
        if f"{entered.year:04}-{entered.month:02}" in closed or (ends is not None and day >= ends):
            return
        work.people.save(memberships=[replace(after, registered_on=day)], placements=[replace(stays[0], from_on=day)])

    def edit_person(self, person_id: str, details: MemberDetails) -> None:
        """Correct what is known of someone who is no member. Raises ``FieldProblem``, ``NotFound``."""
        told = clean(details)
        check_membership(told.birth, None, None, self._office.today)
        with self._office.write("person.edit") as work:
            work.people.save([person_of(told, work.people.person(person_id))])

    def looked_at(self, membership_ids: Sequence[str]) -> None:
        """Someone looked at rows that the import found doubtful: they are as they should be."""
        with self._office.write("member.looked_at") as work:
            found = work.people.memberships(membership_ids).values()
            work.people.save(memberships=[replace(m, review=()) for m in found])

    def set_core(self, membership_ids: Sequence[str], *, core: bool) -> None:
        """Make members core members, or no longer."""
        with self._office.write("member.core") as work:
            found = work.people.memberships(membership_ids).values()
            work.people.save(memberships=[replace(m, core_member=core) for m in found])

    # ------------------------------------------------------------------ moving, leaving, coming back

    def transfer(
        self,
        membership_ids: Sequence[str],
        branch_id: str,
        cell_id: str | None = None,
        *,
        on: date | None = None,
        reason: str = "",
    ) -> None:
        """Members are in another branch or cell from a day; positions in the unit that they left end.

        Raises ``NotAMember``, ``SamePlace``, ``TransferBeforePlacement``, ``FieldProblem`` (``on``), ``MonthClosed``.
        """
        day = self._not_later(on, "on")
        with self._office.write("member.transfer", dates=[day]) as work:
            members = work.people.memberships(membership_ids)
            ended, begun, held = [], [], []
            for stay in self._stays(work, list(members)):
                who = self._current(work, members[stay.membership_id])
                if (stay.branch_id, stay.cell_id) == (branch_id, cell_id):
                    raise SamePlace(who.full_name, work.units.get(cell_id or branch_id).name)
                if stay.from_on is not None and day < stay.from_on:
                    raise TransferBeforePlacement(who.full_name, stay.from_on)
                ended.append(replace(stay, to_on=day))
                begun.append(
                    Placement(self._office.new_id(), stay.membership_id, branch_id, cell_id, day, None, nfc(reason))
                )
                left = {stay.cell_id} if stay.branch_id == branch_id else {stay.branch_id, stay.cell_id}
                held += [
                    replace(p, to_on=day)
                    for p in work.people.positions_of([stay.membership_id])
                    if p.unit_id in left and (p.to_on is None or p.to_on > day)
                ]
            work.people.save(placements=ended, positions=held)
            work.people.add(placements=begun)

    def leave(
        self,
        membership_id: str,
        reason: LeaveReason,
        *,
        on: date | None = None,
        to: str = "",
        decision_no: str = "",
    ) -> None:
        """A member leaves; the day is the first on which she no longer counts. Her stay and her positions end; one
        who died no longer lives in her household from that day.
        One who was on her way goes to where she said, unless ``to`` says otherwise.

        Raises ``NotAMember``, ``TransferBeforePlacement``, ``FieldProblem`` (``on``), ``MonthClosed``.
        """
        day = self._not_later(on, "on")
        with self._office.write("member.leave", dates=[day]) as work:
            member = work.people.membership(membership_id)
            who = self._current(work, member)
            (stay,) = self._stays(work, [membership_id])
            if stay.from_on is not None and day < stay.from_on:
                raise TransferBeforePlacement(who.full_name, stay.from_on)
            held = [p for p in work.people.positions_of([membership_id]) if p.to_on is None or p.to_on > day]
            gone = replace(
                member,
                left_on=day,
                left_reason=reason,
                left_to=nfc(to) or (member.moving_to if reason is LeaveReason.TRANSFER_OUT else ""),
                decision_no=nfc(decision_no) or member.decision_no,
            )
            work.people.save(
                memberships=[gone],
                placements=[replace(stay, to_on=day)],
                positions=[replace(p, to_on=day) for p in held],
            )
            if reason is LeaveReason.DECEASED:
                self._one_fewer(work, who)

    def _one_fewer(self, work: Work, who: Person) -> None:
        """Who died lives nowhere from that day; as many people as were counted in her household, one is gone."""
        if who.household_id is not None:
            home = work.households.get(who.household_id)
            if home.residents:
                work.households.save(replace(home, residents=home.residents - 1 or None))

    def come_back(
        self,
        person_id: str,
        branch_id: str,
        cell_id: str | None = None,
        *,
        on: date | None = None,
        kind: JoinKind = JoinKind.ADMISSION,
        joined_from: str = "",
    ) -> str:
        """Someone who is known joins, for the first time or again (under her old code). The new membership's id.

        Raises ``StillAMember``, ``HasDied``, ``FieldProblem`` (``on``), ``MonthClosed``.
        """
        day = self._not_later(on, "on")
        with self._office.write("member.come_back", dates=[day]) as work:
            who = work.people.person(person_id)
            before = work.people.memberships_of(person_id)
            if any(old.left_reason is LeaveReason.DECEASED for old in before):
                raise HasDied(who.full_name)
            for old in before:
                if old.left_on is None or old.left_on > day:
                    row = work.people.row(old.id, self._office.today)
                    raise StillAMember(who.full_name, row.branch if row is not None else "")
            last = before[0] if before else None
            told = replace(
                details_of(who, last),
                joined=PartialDate.of(day),
                join_kind=kind,
                joined_from=joined_from,
                decision_no="",
            )
            if last is None:
                return self._first_time(work, who, told, branch_id, cell_id, day)
            member = membership_of(told, Membership(self._office.new_id(), last.code, person_id, registered_on=day))
            work.people.add(
                memberships=[member],
                placements=[Placement(self._office.new_id(), member.id, branch_id, cell_id, day)],
            )
            return member.id

    def _first_time(
        self, work: Work, who: Person, told: MemberDetails, branch_id: str, cell_id: str | None, day: date
    ) -> str:
        from sochihoi.domain.members import MEMBER_PREFIX, made_code

        code = made_code(MEMBER_PREFIX, work.people.highest_code() + 1)
        member = membership_of(told, Membership(self._office.new_id(), code, who.id, registered_on=day))
        work.people.add(
            memberships=[member], placements=[Placement(self._office.new_id(), member.id, branch_id, cell_id, day)]
        )
        return member.id

    # ------------------------------------------------------------------ positions and household

    def appoint(
        self,
        membership_id: str,
        title: PositionTitle,
        unit_id: str,
        *,
        from_on: date,
        to_on: date | None = None,
        trained_on: date | None = None,
    ) -> str:
        """A member is elected or appointed, perhaps with the end of the term. The position's id.

        Raises ``NotAMember``, ``FieldProblem`` (``to_on``), ``MonthClosed``.
        """
        if to_on is not None and to_on <= from_on:
            raise FieldProblem("to_on", "END_BEFORE_START", to_on.isoformat())
        made = Position(self._office.new_id(), membership_id, unit_id, title, from_on, to_on, trained_on)
        with self._office.write("member.appoint", dates=[from_on, trained_on]) as work:
            self._current(work, work.people.membership(membership_id))
            work.people.add(positions=[made])
        return made.id

    def end_position(self, position_id: str, *, on: date) -> None:
        """She no longer holds it from a day. Raises ``FieldProblem`` (``to_on``), ``MonthClosed``, ``NotFound``."""
        with self._office.write("member.end_position", dates=[on]) as work:
            held = work.people.position(position_id)
            if held.from_on is not None and on < held.from_on:
                raise FieldProblem("to_on", "END_BEFORE_START", on.isoformat())
            work.people.save(positions=[replace(held, to_on=on)])

    def trained(self, position_id: str, *, on: date) -> None:
        """She was trained for the position on a day. Raises ``MonthClosed``, ``NotFound``."""
        with self._office.write("member.trained", dates=[on]) as work:
            work.people.save(positions=[replace(work.people.position(position_id), trained_on=on)])

    def live_in(self, person_id: str, household_id: str | None, relation: str = "") -> None:
        """A person lives in a household, or in none that is entered. Raises ``NotFound``."""
        with self._office.write("person.household") as work:
            who = work.people.person(person_id)
            if household_id is not None:
                work.households.get(household_id)
            relation = relation if household_id is not None else ""
            work.people.save([replace(who, household_id=household_id, relation_to_head=relation)])

    # ------------------------------------------------------------------ inside

    def _current(self, work: Work, member: Membership) -> Person:
        who = work.people.person(member.person_id)
        if member.left_on is not None:
            raise NotAMember(who.full_name)
        return who

    def _stays(self, work: Work, membership_ids: Sequence[str]) -> list[Placement]:
        """The stay that still lasts, of each."""
        stays = work.people.placements_of(membership_ids)
        newest = {s.membership_id: s for s in stays}
        return [newest[i] for i in membership_ids]

    def _not_later(self, on: date | None, name: str) -> date:
        day = on or self._office.today
        if day > self._office.today:
            raise FieldProblem(name, MembershipProblem.IN_THE_FUTURE, day.isoformat())
        return day
