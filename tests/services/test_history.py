"""What was done can be read, taken back as a whole, and done again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from sochihoi.domain.errors import MonthClosed
from sochihoi.domain.people import LeaveReason, PositionTitle
from sochihoi.domain.periods import Period
from sochihoi.domain.study import TargetGroup
from sochihoi.services.office import Office
from sochihoi.storage.errors import NothingToUndo, UndoConflict
from sochihoi.storage.glance import subjects
from sochihoi.storage.schema import membership, unit
from sochihoi.ui.setup import presenter
from sochihoi.ui.words.acts import act_words
from tests import study_data
from tests.meetings_data import closed_one
from tests.offices import make_office
from tests.people_data import add_branch, add_members
from tests.services.test_people import close_month


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = make_office(tmp_path / "c")
    yield made
    made.close()


def _names(office: Office) -> list[str]:
    return [u.name for u in office.setup.branches()]


def test_an_act_is_taken_back_whole_and_done_again(office: Office) -> None:
    office.setup.add_branches(["Ấp An Hòa", "Ấp Trà Cuôn"])
    assert office.history.undo().act == "unit.add"
    assert _names(office) == []
    office.history.redo()
    assert _names(office) == ["Ấp An Hòa", "Ấp Trà Cuôn"]
    with pytest.raises(NothingToUndo):
        office.history.redo()


def test_undo_walks_back_one_act_after_the_other(office: Office) -> None:
    for name in ("Ấp Một", "Ấp Hai", "Ấp Ba"):
        office.setup.add_branches([name])
    office.history.undo()
    office.history.undo()
    assert _names(office) == ["Ấp Một"]
    office.history.redo()
    assert _names(office) == ["Ấp Hai", "Ấp Một"]
    acts = office.history.acts()
    assert [(a.undone, a.undoable) for a in acts if a.act == "unit.add"] == [
        (True, False),
        (False, True),
        (False, True),
    ]


def test_what_cannot_be_taken_back_is_passed_over(office: Office) -> None:
    with pytest.raises(NothingToUndo):
        office.history.undo()  # making the book is no act to take back
    office.setup.keep("x", 1)
    with pytest.raises(NothingToUndo):
        office.history.undo()


def test_an_older_act_whose_record_changed_since_is_refused(office: Office) -> None:
    branch = office.setup.add_branches(["Ấp An Hòa"])[0]
    batch = office.history.acts()[0].batch
    office.setup.rename_unit(branch.id, "Khóm An Hòa")
    with pytest.raises(UndoConflict):
        office.history.undo(batch)
    assert _names(office) == ["Khóm An Hòa"]


def test_the_history_speaks(office: Office) -> None:
    add_members(office, "Ấp An Hòa", 2)
    told = presenter.history(office)
    assert told[0].who == "Trần Thị Mẫu"
    assert told[0].undoable
    assert told[0].whom.count(",") == 1  # both names
    assert all(row.what and row.when.startswith("26/10/2026") for row in told)
    assert presenter.history(office, mine=True) == told


def test_whom_an_act_was_about(office: Office) -> None:
    add_members(office, "Ấp An Hòa", 6)
    branch, _cells = add_branch(office)
    closed_one(office, branch, date(2026, 10, 20))
    acts = {a.act: a.batch for a in office.history.acts()}
    with office.read() as work:
        told = subjects(work, list(acts.values()))
    assert told[acts["unit.add"]] == ("Ấp An Hòa",)
    assert told[acts["meeting.marks"]] == ("Ấp An Hòa 20/10",)
    assert len(told[acts["member.add"]]) == 4  # three, and one more that says there are others


def test_acts_of_study_and_of_posts_say_what_they_were_about(office: Office) -> None:
    (member,) = add_members(office, "Ấp An Hòa", 1)
    branch, _cells = add_branch(office)
    campaign = study_data.begin(office, title="Nghị quyết Đại hội I")
    session = study_data.hold(office, campaign, branch)
    office.study.set_heads(session, TargetGroup.WOMEN, 12)
    office.people.appoint(member, PositionTitle.BRANCH_HEAD, branch, from_on=date(2026, 10, 1))
    acts = {a.act: a.batch for a in office.history.acts()}
    with office.read() as work:
        told = subjects(work, list(acts.values()))
    assert told[acts["study.begin"]] == ("Nghị quyết Đại hội I",)
    assert told[acts["study.session"]] == told[acts["study.heads"]] == ("Nghị quyết Đại hội I 12/10",)
    assert told[acts["member.appoint"]] == (office.people.rows("ALL")[0].full_name,)


def test_what_has_no_name_repeats_no_count(office: Office) -> None:
    office.people.note_export(3, "pdf")
    told = presenter.history(office)[0]
    assert (told.whom, told.changes) == ("—", 1)


def test_points_and_entered_figures_are_told_by_their_branch(office: Office) -> None:
    branch, _cells = add_branch(office, "Ấp An Hòa")
    add_members(office, count=3)
    office.rubric.register(2026, [branch])
    office.figures.enter("org.women_18", Period.month(2026, 9), branch, 20, None)
    told = {row.what: row.whom for row in presenter.history(office)}
    assert told[act_words(office.history.acts()[0].act)] == "Ấp An Hòa"
    assert told[act_words("rubric.register")] == "Ấp An Hòa"


def test_the_newest_acts_are_found_behind_a_large_one(office: Office) -> None:
    """Only the newest rows of the journal are read; an import of many rows does not hide what came before it."""
    add_members(office, "Ấp Một", 2)
    add_members(office, "Ấp Hai", 120)
    every = office.history.acts()
    for limit in (1, 2, 3, len(every)):
        assert office.history.acts(limit) == every[:limit]
    assert office.history.undo().batch == every[0].batch
    assert office.history.acts(1)[0].act == f"undo {every[0].batch}"
    assert office.history.undo(every[2].batch).batch == every[2].batch


def test_a_large_act_is_named_by_its_units_alone(office: Office) -> None:
    many = add_members(office, "Ấp Một", 50)
    branch, _cells = add_branch(office, "Ấp Một")
    with office.write("unit.rename") as work:
        work.update(unit, {branch: {"name": "Ấp Ba"}})
        work.update(membership, {one: {"core_member": True} for one in many})
    batch = office.history.acts(1)[0].batch
    with office.read() as work:
        assert subjects(work, [batch]) == {batch: ("Ấp Ba",)}


def test_a_record_tells_also_what_was_taken_away_again(office: Office) -> None:
    branch, _cells = add_branch(office)
    member = add_members(office, branch, count=1)[0]
    (home,) = office.households.make_for([member])
    october = Period.month(2026, 10)
    for value in (4_000, None):
        office.figures.enter("dues.collected_vnd", october, None, value)
    for goal in (12, None):
        office.targets.set_goal("hh_escape_poverty_n", october, goal)
    office.campaign.register((home,), 2026)
    office.campaign.unregister((home,), 2026)

    def acts(noun: str, key: str) -> list[str]:
        return [entry.act for entry in office.history.of_whole(noun, key)]

    assert acts("entered_figure", "dues.collected_vnd/2026-10") == ["figure.enter", "figure.enter"]
    assert acts("month", "2026-10") == ["figure.enter", "figure.enter"]
    span = office.targets.row("hh_escape_poverty_n", october).period
    assert acts("target_setting", f"hh_escape_poverty_n/{span}") == ["target.goal", "target.goal"]
    assert acts("household", home) == ["campaign.unregister", "campaign.register", "household.add"]


def test_a_closed_month_in_which_she_joined_does_not_hold_what_came_after_it(office: Office) -> None:
    """Of a record that goes on only the days that changed count: the month where it began stays as it was."""
    (one,) = add_members(office, count=1, joined=date(2026, 9, 10))
    branch = office.people.rows()[0].branch_id
    office.people.appoint(one, PositionTitle.BRANCH_HEAD, branch, from_on=date(2026, 9, 12))
    other, _cells = add_branch(office, "Ấp Phú Mỹ")
    close_month(office, "2026-09")
    before = office.people.detail(one)
    office.people.set_core([one], core=True)
    office.history.undo()
    office.people.transfer([one], other, on=date(2026, 10, 5))
    office.history.undo()
    office.people.leave(one, LeaveReason.RESIGNED, on=date(2026, 10, 20))
    office.history.undo()
    assert office.people.detail(one) == before
    office.people.transfer([one], other, on=date(2026, 10, 5))
    act = office.history.acts()[0]
    close_month(office, "2026-10")
    with pytest.raises(MonthClosed) as refused:
        office.history.undo(act.batch)
    assert refused.value.period == "2026-10"
