"""Sessions of several branches, sessions to come, and who may be marked at a session."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sochihoi.domain.attendance import NotHeldYet
from sochihoi.domain.periods import Period
from sochihoi.domain.study import NotEligible, TargetGroup
from sochihoi.domain.study_records import ListNotFrozen, SessionHasMarks
from sochihoi.services.office import Office
from sochihoi.services.study_papers import attendance_sheet
from sochihoi.storage.errors import UndoConflict
from sochihoi.storage.schema import study_session
from tests import study_data
from tests.offices import make_office
from tests.people_data import add_members

OCTOBER = Period.month(2026, 10)
TO_COME = date(2026, 10, 30)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = make_office(tmp_path / "commune")
    for name, count in (("Ấp An Hòa", 12), ("Ấp Trà Cuôn", 8), ("Ấp Bưng Cốc", 5)):
        add_members(made, name, count)
    yield made
    made.close()


@pytest.fixture
def ids(office: Office) -> dict[str, str]:
    return {unit.name: unit.id for unit in office.setup.branches()}


def test_the_roster_of_a_joint_session_is_of_its_branches(office: Office, ids: dict[str, str]) -> None:
    campaign = study_data.begin(office)
    session = study_data.hold(office, campaign, ids["Ấp Trà Cuôn"], ids["Ấp An Hòa"])
    sheet = office.study.sheet(session)
    assert sheet.branches == ("Ấp An Hòa", "Ấp Trà Cuôn"), "in Vietnamese order, however they were ticked"
    assert [m.row_number for m in sheet.roster] == list(range(1, 21))
    assert {m.branch for m in sheet.roster} == set(sheet.branches)
    (row,) = office.study.sessions(campaign)
    assert row.session.branches == (ids["Ấp Trà Cuôn"], ids["Ấp An Hòa"])
    assert row.branches == sheet.branches
    with office.store.read() as work:
        kept = work.get(study_session, session)
    assert (kept["branch_id"], kept["further_branches"]) == (ids["Ấp Trà Cuôn"], [ids["Ấp An Hòa"]])


def test_figures_count_a_joint_session_in_each_branch_and_once_in_the_commune(
    office: Office, ids: dict[str, str]
) -> None:
    hoa, cuon, coc = ids["Ấp An Hòa"], ids["Ấp Trà Cuôn"], ids["Ấp Bưng Cốc"]
    campaign = study_data.begin(office)
    joint = study_data.hold(office, campaign, hoa, cuon)
    office.study.type_present(joint, "1-10, 13-15")
    office.study.set_heads(joint, TargetGroup.WOMEN, 6)
    office.study.type_present(study_data.hold(office, campaign, coc), "1-2")
    sheet = office.figures.of(OCTOBER)

    def value(code: str, branch: str | None = None) -> int | None:
        return sheet.row(code, branch).now.value

    assert [value("study.sessions", one) for one in (None, hoa, cuon, coc)] == [2, 1, 1, 1]
    assert [value("study.attendances", one) for one in (None, hoa, cuon, coc)] == [21, 10, 3, 2]
    lines = office.figures.list_behind("study.attendances", OCTOBER)
    assert sum(line.weight for line in lines) == 21
    assert {line.id for line in lines} == {row.session.id for row in office.study.sessions(campaign)}


def test_what_is_sent_agrees_with_the_figures(office: Office, ids: dict[str, str]) -> None:
    from sochihoi.storage.sending_sums import study_sums

    hoa, cuon, coc = ids["Ấp An Hòa"], ids["Ấp Trà Cuôn"], ids["Ấp Bưng Cốc"]
    campaign = study_data.begin(office)
    joint = study_data.hold(office, campaign, hoa, cuon)
    office.study.type_present(joint, "1-10, 13-15")
    office.study.set_heads(joint, TargetGroup.WOMEN, 6)
    office.study.type_present(study_data.hold(office, campaign), "25")
    with office.store.read() as work:
        sums = study_sums(work)
    told = {branch: (one["sessions"], one["named"], one["counted"]) for (branch, _month), one in sums.items()}
    assert told == {"": (2, 14, 6), hoa: (1, 10, 0), cuon: (1, 3, 0)}
    sheet = office.figures.of(OCTOBER)
    for branch in ("", hoa, cuon, coc):
        sessions, named, counted = told.get(branch, (0, 0, 0))
        assert sheet.row("study.sessions", branch or None).now.value == sessions
        assert sheet.row("study.attendances", branch or None).now.value == named + counted


def test_the_sheet_of_a_joint_session_names_its_branches(office: Office, ids: dict[str, str]) -> None:
    import pypdfium2

    campaign = study_data.begin(office)
    session = study_data.hold(office, campaign, ids["Ấp An Hòa"], ids["Ấp Trà Cuôn"])
    document = pypdfium2.PdfDocument(attendance_sheet(office, session))
    words = " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)
    document.close()
    assert "Ấp An Hòa, Ấp Trà Cuôn" in words
    assert words.count("Ấp Trà Cuôn") >= 8, "each line says her branch"
    assert "Ấp Bưng Cốc" not in words


def test_the_branches_stay_once_somebody_is_marked(office: Office, ids: dict[str, str]) -> None:
    hoa, cuon = ids["Ấp An Hòa"], ids["Ấp Trà Cuôn"]
    campaign = study_data.begin(office)
    session = study_data.hold(office, campaign, hoa)
    record = office.study.sheet(session).session
    office.study.change_session(replace(record, branches=(hoa, cuon)))
    office.study.type_present(session, "1-3, 13")
    with pytest.raises(SessionHasMarks) as refused:
        office.study.change_session(replace(record, branches=(hoa,)))
    assert refused.value.count == 4
    office.study.change_session(replace(record, branches=(cuon, hoa), place="Trường học"))
    with pytest.raises(NotHeldYet):
        office.study.change_session(replace(record, branches=(hoa, cuon), held_on=TO_COME))


def test_nobody_is_marked_before_the_day(office: Office, ids: dict[str, str]) -> None:
    campaign = study_data.begin(office)
    session = study_data.hold(office, campaign, ids["Ấp An Hòa"], held_on=TO_COME)
    first = office.study.sheet(session).roster[0].membership_id
    for mark in (
        lambda: office.study.type_present(session, "1-3"),
        lambda: office.study.set_present(session, [first], present=True),
        lambda: office.study.set_heads(session, TargetGroup.WOMEN, 3),
    ):
        with pytest.raises(NotHeldYet) as refused:
            mark()
        assert refused.value.held_on == TO_COME
    assert office.study.sheet(session).present == frozenset()
    assert attendance_sheet(office, session).startswith(b"%PDF"), "the blank sheet is printed before"


def test_only_who_is_on_the_roster_is_marked(office: Office, ids: dict[str, str]) -> None:
    campaign = study_data.begin(office)
    session = study_data.hold(office, campaign, ids["Ấp An Hòa"])
    other = next(m.membership_id for m in office.study.missing(campaign, ids["Ấp Trà Cuôn"]))
    (late,) = add_members(office, "Ấp An Hòa", 1)
    for strangers in ([other], [late], ["no membership at all"], [late, "no membership at all"]):
        with pytest.raises(NotEligible) as refused:
            office.study.set_present(session, strangers, present=True)
        assert set(refused.value.ids) == set(strangers)
    assert office.study.sheet(session).present == frozenset()
    unfrozen = office.study.begin(replace(office.study.view(campaign).campaign, id="", title="Khác"), [], freeze=False)
    with pytest.raises(ListNotFrozen):
        office.study.set_present(study_data.hold(office, unfrozen), [other], present=True)


def test_acts_of_the_older_schema_are_undone_and_guarded(office: Office, ids: dict[str, str]) -> None:
    """Their journal knows one branch and no further ones."""
    hoa, cuon = ids["Ấp An Hòa"], ids["Ấp Trà Cuôn"]
    campaign = study_data.begin(office)
    made = []
    for record in ("one", "two"):
        with office.write("study.session") as work:
            row = {"id": record, "campaign_id": campaign, "branch_id": hoa, "held_on": study_data.HELD}
            work.insert(study_session, [row])
        made.append(work.batch)
    office.history.undo(made[0])
    assert [row.session.id for row in office.study.sessions(campaign)] == ["two"]
    record = office.study.sheet("two").session
    assert record.branches == (hoa,)
    office.study.change_session(replace(record, branches=(hoa, cuon)))
    joined = office.study.last_batch
    with pytest.raises(UndoConflict):
        office.history.undo(made[1])
    office.history.undo(joined)
    assert office.study.sheet("two").session.branches == (hoa,)
    office.history.undo(made[1])
    assert office.study.sessions(campaign) == ()
