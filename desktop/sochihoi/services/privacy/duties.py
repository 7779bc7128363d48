"""Requests and incidents: kept as settings, so that each change has its row in the journal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any

from sochihoi import paths
from sochihoi.domain.duties import Due, Duties, Incident, Request, RequestKind, Step, due, in_force
from sochihoi.domain.errors import FieldProblem, NotFound
from sochihoi.domain.people import MembershipProblem
from sochihoi.domain.vietnamese import nfc, nfc_lines

if TYPE_CHECKING:
    from sochihoi.services.office import Office
    from sochihoi.storage.work import Work

_REQUEST, _INCIDENT = "privacy.request.", "privacy.incident."


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request with whose it is and until when."""

    request: Request
    name: str
    code: str
    due: Due


class DutyService:
    """``office.privacy.duties``."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def rules(self) -> Duties:
        """In force today."""
        return in_force(rules(), self._office.today)

    # ------------------------------------------------------------------ requests

    def requests(self, *, everything: bool = False) -> tuple[RequestRow, ...]:
        """Open requests, the one that is due first at the top; with ``everything`` the answered ones behind them."""
        from sochihoi.storage import behind

        told = self.rules()
        with self._office.read() as work:
            found = [_request(key, value) for key, value in work.settings.below(_REQUEST).items()]
            names = behind.names(work, "person", {one.person_id for one in found if one.person_id})
        rows = [
            RequestRow(
                one,
                names[one.person_id].title if one.person_id in names else one.name,
                names[one.person_id].code if one.person_id in names else "",
                due(one, told, self._office.today, self._office.definitions.holidays),
            )
            for one in found
            if everything or one.done_on is None
        ]
        return tuple(sorted(rows, key=lambda row: (row.request.done_on is not None, row.due.answer_by, row.name)))

    def ask(self, request: Request) -> str:
        """Somebody asked. The request's id. Raises ``FieldProblem`` (``name``; ``asked_on``: a day to come)."""
        if not request.person_id and not nfc(request.name):
            raise FieldProblem("name", "EMPTY")
        self._past("asked_on", request.asked_on)
        new = replace(request, id=self._office.new_id(), name=nfc(request.name), note=nfc_lines(request.note))
        with self._office.write("request.add") as work:
            work.settings.set(_REQUEST + new.id, _plain(new))
        return new.id

    def acknowledge(self, request_id: str, on: date) -> None:
        """She was told that her request came in. Raises ``NotFound``, ``FieldProblem`` (``on``)."""
        self._change("request.acknowledge", request_id, "acknowledged_on", on, "")

    def answer(self, request_id: str, on: date, outcome: str) -> None:
        """Done, or refused with a reason. Raises ``NotFound``, ``FieldProblem`` (``outcome``, ``on``)."""
        if not nfc_lines(outcome):
            raise FieldProblem("outcome", "EMPTY")
        self._change("request.answer", request_id, "done_on", on, nfc_lines(outcome))

    def _change(self, act: str, request_id: str, name: str, on: date, outcome: str) -> None:
        self._past("on", on)
        with self._office.write(act) as work:
            before = _request(request_id, _kept(work, _REQUEST, request_id))
            if on < before.asked_on:
                raise FieldProblem("on", "END_BEFORE_START", on.isoformat())
            changed: dict[str, Any] = {name: on, "outcome": outcome or before.outcome}
            work.settings.set(_REQUEST + request_id, _plain(replace(before, **changed)))

    # ------------------------------------------------------------------ incidents

    def incidents(self) -> tuple[Incident, ...]:
        """All, those that are not closed first, then the newest."""
        with self._office.read() as work:
            found = [_incident(key, value) for key, value in work.settings.below(_INCIDENT).items()]
        newest = sorted(found, key=lambda one: one.known_at, reverse=True)
        return tuple(sorted(newest, key=lambda one: one.closed_on is not None))

    def report(self, incident: Incident) -> str:
        """Something happened. The incident's id. Raises ``FieldProblem`` (``what``; ``known_at``: still to come)."""
        self._check(incident)
        new = replace(incident, id=self._office.new_id(), what=nfc_lines(incident.what))
        with self._office.write("incident.add") as work:
            work.settings.set(_INCIDENT + new.id, _plain(new))
        return new.id

    def save(self, incident: Incident) -> None:
        """More is known, a step was taken, the authority was told, or it is closed. Raises as ``report``, and
        ``NotFound``."""
        self._check(incident)
        with self._office.write("incident.edit") as work:
            _kept(work, _INCIDENT, incident.id)
            work.settings.set(_INCIDENT + incident.id, _plain(incident))

    def _check(self, incident: Incident) -> None:
        if not nfc_lines(incident.what):
            raise FieldProblem("what", "EMPTY")
        if incident.known_at > self._office.now:
            raise FieldProblem("known_on", MembershipProblem.IN_THE_FUTURE, incident.known_at.isoformat())

    def _past(self, name: str, day: date) -> None:
        if day > self._office.today:
            raise FieldProblem(name, MembershipProblem.IN_THE_FUTURE, day.isoformat())


def _kept(work: Work, prefix: str, key: str) -> dict[str, Any]:
    found: dict[str, Any] | None = work.settings.get(prefix + key)
    if found is None:
        raise NotFound("setting", prefix + key)
    return found


def _plain(record: Request | Incident) -> dict[str, Any]:
    told: dict[str, Any] = asdict(record)
    told.pop("id")
    return {name: _json(value) for name, value in told.items()}


def _json(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.name
    if isinstance(value, date):  # a datetime too
        return value.isoformat()
    return sorted(value) if isinstance(value, frozenset) else value


def _request(key: str, told: dict[str, Any]) -> Request:
    days = {name: _maybe(date.fromisoformat, told.get(name)) for name in ("acknowledged_on", "done_on")}
    asked = date.fromisoformat(told["asked_on"])
    return Request(**told | days | {"id": key, "kind": RequestKind[told["kind"]], "asked_on": asked})


def _incident(key: str, told: dict[str, Any]) -> Incident:
    return Incident(
        **told
        | {
            "id": key,
            "known_at": datetime.fromisoformat(told["known_at"]),
            "notified_at": _maybe(datetime.fromisoformat, told.get("notified_at")),
            "closed_on": _maybe(date.fromisoformat, told.get("closed_on")),
            "done": frozenset(told.get("done", ())),
        }
    )


def _maybe(read: Callable[[str], Any], text: str | None) -> Any:
    return None if text is None else read(text)


@cache
def rules() -> tuple[Duties, ...]:
    """``resources/privacy/duties.toml``."""
    import tomllib

    with (paths.resources() / "privacy" / "duties.toml").open("rb") as file:
        told: list[dict[str, Any]] = tomllib.load(file)["duties"]
    return tuple(
        Duties(
            **one
            | {
                "days": {RequestKind[kind]: days for kind, days in one["days"].items()},
                "steps": tuple(Step(**step) for step in one["steps"]),
            }
        )
        for one in told
    )
