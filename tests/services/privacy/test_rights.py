"""What a woman may ask for: all of it on paper; and to be made anonymous, with every count as before."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from sochihoi.domain.accounts import Account, Role
from sochihoi.domain.consent import Given, Purpose
from sochihoi.domain.errors import NotAllowed
from sochihoi.domain.people import LeaveReason, PositionTitle
from sochihoi.domain.person_file import AnonymousAlready, CountsStillOpen, StillActive, Trace
from sochihoi.services.figures import as_json
from sochihoi.services.office import Office
from sochihoi.storage import journal
from sochihoi.storage.errors import NothingToUndo, UndoConflict
from sochihoi.storage.schema import attendance, meeting
from sochihoi.storage.schema import journal as rows
from sochihoi.ui import words
from tests.month_data import OCTOBER, SEPTEMBER, add_households, add_proposal, autumn, close_september
from tests.offices import make_office

LEFT = date(2026, 10, 3)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = make_office(tmp_path / "data")
    autumn(made)
    yield made
    made.close()


class Woman:
    """One who was in everything and left."""

    def __init__(self, office: Office) -> None:
        self.row = next(row for row in office.people.rows() if row.party_member)
        self.person, self.member = self.row.person_id, self.row.membership_id
        told = office.people.details(self.member)
        changed = replace(told, national_id="094171006538", religion="Công giáo", ethnicity="Khmer", note="Bệnh tim")
        office.people.edit(self.member, changed)
        office.people.appoint(
            self.member, PositionTitle.BRANCH_HEAD, self.row.branch_id, from_on=date(2026, 10, 1), to_on=None
        )
        office.privacy.consent.give([self.person], Given(frozenset(Purpose), date(2026, 10, 1), reference="Phiếu 7"))
        office.people.leave(self.member, LeaveReason.TRANSFER_OUT, on=LEFT, to="xã Vĩnh Hải")
        self.name = self.row.full_name


@pytest.fixture
def woman(office: Office) -> Woman:
    add_households(office)
    return Woman(office)


def everywhere(office: Office) -> str:
    """Every value of every table, the journal among them."""
    found = []
    with office.read() as work:
        tables = work.connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars().all()
        for table in tables:
            found += [str(tuple(row)) for row in work.connection.execute(text(f'SELECT * FROM "{table}"'))]  # noqa: S608
    return "\n".join(found)


def figures(office: Office) -> dict[str, Any]:
    return {period.code: as_json(office.figures.of(period)) for period in (SEPTEMBER, OCTOBER)}


def marks(office: Office) -> list[tuple[str, str | None, int]]:
    with office.read() as work:
        query = select(attendance.c.meeting_id, attendance.c.mark, attendance.c.row_number)
        return sorted(tuple(row) for row in work.connection.execute(query))


def test_the_file_holds_all_that_is_kept(office: Office, woman: Woman) -> None:
    office.privacy.access.viewed(woman.person, ["religion"])
    told = office.privacy.rights.file(woman.person)
    assert told.person.national_id == "094171006538"
    assert [one.left_to for one in told.memberships] == ["xã Vĩnh Hải"]
    assert (len(told.placements), len(told.positions), len(told.consents)) == (1, 1, 2)
    assert told.household is not None
    assert told.household_years == (2026,)
    assert [one.on.month for one in told.came][:1] == [9]
    assert [one.fields for one in told.looks] == [("religion",)]
    assert {one.act for one in told.changes} >= {"member.add", "member.edit", "member.leave", "consent.give"}


def test_nothing_names_her_and_every_count_stays(office: Office, woman: Woman) -> None:
    close_september(office)
    before, came, had = figures(office), marks(office), len(office.people.rows("ALL"))
    homes = {row.code: (row.size, row.household_group) for row in office.households.rows()}
    hers = office.people.person(woman.person).household_id
    assert woman.name in everywhere(office)
    assert office.privacy.rights.anonymise(woman.person) > 0
    assert figures(office) == before
    assert marks(office) == came
    assert len(office.people.rows("ALL")) == had
    assert {row.code: (row.size, row.household_group) for row in office.households.rows()} == homes
    after = everywhere(office)
    for gone in (woman.name, "094171006538", "Công giáo", "Bệnh tim", "xã Vĩnh Hải", "Phiếu 7", woman.row.phone):
        assert gone not in after
    row = office.people.row(woman.member)
    assert row is not None
    assert (row.full_name, row.phone, row.birth, row.religion) == ("Hội viên đã ẩn danh", "", None, "Có tôn giáo")
    assert {home.head for home in office.households.rows() if home.id == hers} == {"Hội viên đã ẩn danh"}
    for wanted in (woman.name, woman.row.phone, "094171006538"):
        assert [hit for hit in office.finding.find(wanted) if hit.id == woman.member] == []


def test_who_was_counted_at_the_end_of_an_open_month_waits_for_its_closing(office: Office, woman: Woman) -> None:
    office.months.close(SEPTEMBER.previous(), "Chưa sinh hoạt")
    with pytest.raises(CountsStillOpen) as problem:
        office.privacy.rights.anonymise(woman.person)
    assert "tháng 9/2026" in str(words.say(problem.value))
    close_september(office)
    assert office.privacy.rights.anonymise(woman.person) > 0


def test_the_chain_holds_and_says_who_erased_what(office: Office, woman: Woman) -> None:
    count = office.privacy.rights.anonymise(woman.person)
    assert office.store.findings() == ()
    act = office.history.acts(1)[0]
    assert (act.act, act.account_id) == ("person.anonymise", office.account.id)
    with office.read() as work:
        said = [e for e in journal.of_batch(work.connection, act.batch) if e.noun == journal.ERASURE]
    assert len(said) == 1
    assert said[0].after is not None
    assert len(said[0].after["rows"]) == count


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE journal SET account_id = 'x' WHERE n = :n",
        "UPDATE journal SET before = NULL, after = NULL WHERE n = :n",
        "UPDATE journal SET after = replace(after, 'erased', 'erasee') WHERE n = :n",
        "DELETE FROM journal WHERE n = :n",
    ],
)
def test_what_is_left_of_a_row_cannot_be_changed_unseen(office: Office, woman: Woman, change: str) -> None:
    office.privacy.rights.anonymise(woman.person)
    with office.store.write("t") as work:
        erased = work.value(select(rows.c.n).where(rows.c.after.contains('"erased"')).order_by(rows.c.n).limit(1))
        for name in ("journal_no_update", "journal_no_delete"):
            work.connection.execute(text(f"DROP TRIGGER {name}"))
        work.connection.execute(text(change), {"n": erased})
        assert journal.broken_links(work.connection) != ()


def test_a_row_cannot_be_erased_without_saying_so(office: Office, woman: Woman) -> None:
    office.privacy.rights.anonymise(woman.person)
    with office.store.write("t") as work:
        whole = work.value(
            select(rows.c.n).where(rows.c.noun == "unit", rows.c.after.is_not(None)).order_by(rows.c.n.desc()).limit(1)
        )
        last = journal.head(work.connection)[0]
        work.connection.execute(text("DROP TRIGGER journal_no_update"))
        work.connection.execute(
            text("UPDATE journal SET after = :after WHERE n = :n"), {"n": whole, "after": json.dumps({"erased": last})}
        )
        assert journal.broken_links(work.connection) == (whole,)


def test_the_guard_of_the_journal_stands_again(office: Office, woman: Woman) -> None:
    office.privacy.rights.anonymise(woman.person)
    with pytest.raises(Exception, match="append-only"), office.store.write("t") as work:
        work.connection.execute(text("UPDATE journal SET act = 'x'"))


def test_it_cannot_be_taken_back_nor_what_came_before(office: Office, woman: Woman) -> None:
    batches = {act.act: act.batch for act in office.history.acts()}
    office.privacy.rights.anonymise(woman.person)
    with pytest.raises(NothingToUndo):
        office.history.undo(office.history.acts(1)[0].batch)
    with pytest.raises(UndoConflict):
        office.history.undo(batches["member.edit"])
    assert office.people.person(woman.person).full_name == "Hội viên đã ẩn danh"


def test_members_others_and_the_same_twice_are_refused(office: Office, woman: Woman) -> None:
    current = office.people.rows()[0]
    with pytest.raises(StillActive):
        office.privacy.rights.anonymise(current.person_id)
    chair = office.account
    office.account = Account(chair.id, "Cán bộ", Role.OFFICER)
    with pytest.raises(NotAllowed):
        office.privacy.rights.anonymise(woman.person)
    office.account = chair
    office.privacy.rights.anonymise(woman.person)
    with pytest.raises(AnonymousAlready):
        office.privacy.rights.anonymise(woman.person)


def test_free_texts_that_name_her_are_found_not_changed(office: Office, woman: Woman) -> None:
    with office.read() as work:
        one = work.value(select(meeting.c.id).limit(1))
    add_proposal(office, one, f"Chị {woman.name} cần vay vốn")
    with office.write("t") as work:
        work.update(meeting, {one: {"minutes": {"conclusion": f"Giao {woman.name}"}}})
    left = office.privacy.rights.left(woman.person)
    assert {*left.traces} >= {Trace("meeting", 1), Trace("proposal", 1)}
    assert (left.reports, left.files) == (0, 0)


def test_a_draft_of_her_form_goes_too(office: Office, woman: Woman) -> None:
    office.drafts.save(f"member/{woman.member}", {"full_name": woman.name})
    office.privacy.rights.anonymise(woman.person)
    assert office.drafts.load(f"member/{woman.member}") is None


def test_an_entry_that_was_merged_into_hers_goes_with_it(office: Office, woman: Woman) -> None:
    branch = woman.row.branch_id
    again = office.people.add(replace(office.people.details(woman.member), phone="0987654321"), branch)
    office.people.leave(again, LeaveReason.RESIGNED)
    other = office.people.detail(again).person.id
    picks = {choice.field: choice.side for choice in office.merging.plan(woman.person, other).choices}
    office.merging.merge(woman.person, other, picks)
    office.privacy.rights.anonymise(woman.person)
    after = everywhere(office)
    assert woman.name not in after
    assert "0987654321" not in after
    assert office.people.person(other).full_name == "Hội viên đã ẩn danh"
    assert office.store.findings() == ()
    with pytest.raises(UndoConflict):
        office.merging.undo(other)
