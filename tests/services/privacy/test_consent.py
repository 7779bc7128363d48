"""The register of consent: one entry for each time and purpose, proved, taken back, printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sochihoi.domain.accounts import Account, Role
from sochihoi.domain.consent import ConsentState, Given, How, Purpose, text_on
from sochihoi.domain.errors import FieldProblem, NotAllowed
from sochihoi.services.office import Office
from sochihoi.services.privacy.papers import birth_words, consent_slips
from tests.offices import make_office
from tests.pdf_text import text_of
from tests.people_data import add_members

DAY = date(2026, 10, 20)
BOTH = frozenset(Purpose)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = make_office(tmp_path / "data")
    add_members(made, count=4)
    yield made
    made.close()


def persons(office: Office) -> list[str]:
    return [row.person_id for row in office.people.rows()]


def states(office: Office) -> list[tuple[str, str]]:
    return [tuple(row.standing.state(p).name for p in Purpose) for row in office.privacy.consent.rows()]  # type: ignore[misc]


def test_who_came_with_a_list_is_not_confirmed(office: Office) -> None:
    assert set(states(office)) == {("UNCONFIRMED", "UNCONFIRMED")}


def test_many_are_recorded_at_once_and_it_is_taken_back_as_a_whole(office: Office) -> None:
    service = office.privacy.consent
    given = Given(frozenset({Purpose.BASIC}), DAY, How.LIST, "BB-03, kẹp hồ sơ 2026", "Sau buổi sinh hoạt")
    assert service.give(persons(office), given) == 4
    assert set(states(office)) == {("GIVEN", "UNCONFIRMED")}
    assert service.give(persons(office), given) == 0  # the same again makes nothing twice
    entry = service.of_person(persons(office)[0])[0]
    assert (entry.text_version, entry.how, entry.reference) == ("2026-01", How.LIST, "BB-03, kẹp hồ sơ 2026")
    office.history.undo()  # the repetition changed nothing, so this is the recording
    assert set(states(office)) == {("UNCONFIRMED", "UNCONFIRMED")}


def test_each_purpose_is_withdrawn_apart_and_may_be_given_again(office: Office) -> None:
    service, who = office.privacy.consent, persons(office)[0]
    service.give([who], Given(BOTH, DAY))
    assert service.withdraw([who], {Purpose.SENSITIVE}, date(2026, 10, 25)) == 1
    held = service.standing(who)
    assert (held.state(Purpose.BASIC), held.state(Purpose.SENSITIVE)) == (ConsentState.GIVEN, ConsentState.WITHDRAWN)
    assert held.sensitive is not None
    assert held.sensitive.withdrawn_on == date(2026, 10, 25)
    service.give([who], Given(frozenset({Purpose.SENSITIVE}), date(2026, 10, 26)))
    assert service.standing(who).state(Purpose.SENSITIVE) is ConsentState.GIVEN
    assert len(service.of_person(who)) == 3  # what was withdrawn stays in the register


@pytest.mark.parametrize(
    ("purposes", "day", "field"),
    [(frozenset(), DAY, "purposes"), (BOTH, date(2026, 10, 27), "given_on")],
)
def test_nothing_ticked_and_days_to_come_are_refused(
    office: Office, purposes: frozenset[Purpose], day: date, field: str
) -> None:
    with pytest.raises(FieldProblem) as told:
        office.privacy.consent.give(persons(office), Given(purposes, day))
    assert told.value.field == field


def test_nobody_takes_back_before_she_gave(office: Office) -> None:
    service, who = office.privacy.consent, persons(office)[0]
    service.give([who], Given(BOTH, DAY))
    with pytest.raises(FieldProblem) as told:
        service.withdraw([who], BOTH, date(2026, 10, 1))
    assert told.value.problem == "END_BEFORE_START"


def test_a_viewer_records_nothing(office: Office) -> None:
    who = persons(office)
    office.account = Account("v", "Người xem", Role.VIEWER)
    with pytest.raises(NotAllowed):
        office.privacy.consent.give(who, Given(BOTH, DAY))


def test_correcting_a_member_leaves_her_consent_alone(office: Office) -> None:
    row = office.people.rows()[0]
    office.privacy.consent.give([row.person_id], Given(BOTH, DAY))
    told = office.people.details(row.membership_id)
    office.people.edit(row.membership_id, replace(told, address="Số 7, Ấp Mới"))
    assert office.privacy.consent.standing(row.person_id).state(Purpose.BASIC) is ConsentState.GIVEN


def test_a_text_that_was_in_force_is_found_by_its_day(office: Office) -> None:
    texts = office.definitions.consent
    first = texts[0]
    later = replace(first, version="2027-01", valid_from=date(2027, 1, 1))
    assert text_on([first, later], date(2026, 12, 31)) is first
    assert text_on([first, later], date(2027, 1, 1)) is later
    assert text_on([later], date(2026, 1, 1)) is later
    assert all(set(text.boxes) == set(Purpose) for text in texts)


def test_a_slip_names_her_and_ticks_nothing(office: Office) -> None:
    rows = office.people.rows()
    pages = text_of(consent_slips(office, rows))
    assert all(row.full_name in pages and row.code in pages for row in rows)
    assert pages.count("Không đồng ý") >= 2 * len(rows)
    one = consent_slips(office, rows[:1])
    assert one == consent_slips(office, rows[:1])
    assert rows[1].code not in text_of(one)
    with pytest.raises(ValueError, match=r".*"):
        consent_slips(office, [])


def test_births_are_written_as_far_as_they_are_known(office: Office) -> None:
    from sochihoi.domain.people import PartialDate

    told = [None, PartialDate(1971), PartialDate(1971, 3), PartialDate(1971, 3, 8)]
    assert [birth_words(one) for one in told] == ["", "1971", "03/1971", "08/03/1971"]


def test_what_is_kept_against_a_withdrawal_is_seen_and_cleared(office: Office) -> None:
    service = office.privacy.consent
    row = next(one.member for one in service.rows() if one.member.ethnicity)
    service.give([row.person_id], Given(BOTH, DAY))
    assert not any(one.kept_against for one in service.rows())
    service.withdraw([row.person_id], {Purpose.SENSITIVE}, DAY)
    assert [one.member.person_id for one in service.rows() if one.kept_against] == [row.person_id]
    assert service.clear_sensitive([row.person_id]) == 1
    assert not any(one.kept_against for one in service.rows())
    assert office.people.person(row.person_id).ethnicity == ""
    assert service.clear_sensitive([row.person_id]) == 0
