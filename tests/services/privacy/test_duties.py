"""Requests with their days, incidents with their hours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from sochihoi.domain.duties import (
    Incident,
    Request,
    RequestKind,
    due,
    working_days_after,
)
from sochihoi.domain.errors import FieldProblem, NotFound
from sochihoi.services.office import Office
from sochihoi.services.privacy.duties import rules
from tests.offices import MOMENT, make_office
from tests.people_data import add_members

MONDAY, FRIDAY = date(2026, 10, 26), date(2026, 10, 23)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = make_office(tmp_path / "data")
    add_members(made, count=2)
    yield made
    made.close()


@pytest.mark.parametrize(
    ("kind", "answer"), [("ACCESS", 10), ("CORRECT", 10), ("DELETE", 20), ("WITHDRAW", 15), ("RESTRICT", 15)]
)
def test_each_request_has_its_days(kind: str, answer: int) -> None:
    told = due(Request("", RequestKind[kind], FRIDAY, name="x"), rules()[0], MONDAY)
    assert told.answer_by == FRIDAY + timedelta(days=answer)
    assert told.days_left == answer - 3
    assert told.acknowledge_by == date(2026, 10, 27)  # Monday and Tuesday: the weekend does not count
    assert not told.acknowledge_late


def test_nobody_works_on_a_public_holiday(office: Office) -> None:
    off = office.definitions.holidays
    asked = Request("", RequestKind.ACCESS, date(2026, 2, 13), name="x")  # the Friday before Tết
    assert due(asked, rules()[0], MONDAY, off).acknowledge_by == date(2026, 2, 24)
    assert due(asked, rules()[0], MONDAY, off).answer_by == date(2026, 2, 23)  # days of the calendar
    assert not off.works(date(2026, 9, 2))
    assert not off.works(date(2027, 5, 3))  # for Saturday 1/5
    assert off.works(date(2027, 5, 4))
    both = date(2033, 4, 29)  # 30/4 and 1/5 fall on Saturday and Sunday
    assert working_days_after(both, 1, off) == date(2033, 5, 4)
    assert working_days_after(both, 1) == date(2033, 5, 2)


def test_requests_are_listed_by_what_is_due_first(office: Office) -> None:
    service, row = office.privacy.duties, office.people.rows()[0]
    later = service.ask(Request("", RequestKind.DELETE, FRIDAY, name="Chồng chị Hằng"))
    first = service.ask(Request("", RequestKind.ACCESS, FRIDAY, person_id=row.person_id, note="Nói tại buổi họp"))
    assert [(one.request.id, one.name, one.code) for one in service.requests()] == [
        (first, row.full_name, row.code),
        (later, "Chồng chị Hằng", ""),
    ]
    service.acknowledge(first, MONDAY)
    service.answer(first, MONDAY, "Đã giao bản in")
    assert [one.request.id for one in service.requests()] == [later]
    done = service.requests(everything=True)[-1].request
    assert (done.acknowledged_on, done.done_on, done.outcome) == (MONDAY, MONDAY, "Đã giao bản in")
    office.history.undo()
    assert len(service.requests()) == 2


@pytest.mark.parametrize(
    ("request_", "field"),
    [
        (Request("", RequestKind.ACCESS, FRIDAY), "name"),
        (Request("", RequestKind.ACCESS, date(2026, 10, 27), name="x"), "asked_on"),
    ],
)
def test_who_asked_and_when_must_be_known(office: Office, request_: Request, field: str) -> None:
    with pytest.raises(FieldProblem) as told:
        office.privacy.duties.ask(request_)
    assert told.value.field == field


def test_an_answer_has_words_and_comes_after_the_request(office: Office) -> None:
    key = office.privacy.duties.ask(Request("", RequestKind.ACCESS, FRIDAY, name="x"))
    with pytest.raises(FieldProblem):
        office.privacy.duties.answer(key, MONDAY, " ")
    with pytest.raises(FieldProblem):
        office.privacy.duties.answer(key, date(2026, 10, 22), "xong")
    with pytest.raises(NotFound):
        office.privacy.duties.acknowledge("nothing", MONDAY)


def test_an_incident_is_kept_with_its_steps(office: Office) -> None:
    service = office.privacy.duties
    early = MOMENT - timedelta(hours=5)
    key = service.report(Incident("", early, "Mất máy tính", people=36))
    (one,) = service.incidents()
    assert (one.id, one.known_at, one.people) == (key, early, 36)
    service.save(replace(one, done=frozenset({"stop", "keep"}), notified_at=MOMENT, told="Công an xã"))
    (one,) = service.incidents()
    assert (one.done, one.notified_at) == (frozenset({"stop", "keep"}), MOMENT)
    service.report(Incident("", MOMENT, "Gửi nhầm danh sách"))
    service.save(replace(one, closed_on=MONDAY))
    assert [told.what for told in service.incidents()] == ["Gửi nhầm danh sách", "Mất máy tính"]


@pytest.mark.parametrize(
    "incident", [Incident("", MOMENT, " "), Incident("", MOMENT + timedelta(minutes=1), "Mất máy")]
)
def test_what_happened_and_since_when_must_be_known(office: Office, incident: Incident) -> None:
    with pytest.raises(FieldProblem):
        office.privacy.duties.report(incident)


def test_the_rules_are_dated_and_name_their_source() -> None:
    first = rules()[0]
    assert first.incident_hours == 72
    assert "91/2025/QH15" in first.source
    assert set(first.days) == set(RequestKind)
    assert len({step.key for step in first.steps}) == len(first.steps)
