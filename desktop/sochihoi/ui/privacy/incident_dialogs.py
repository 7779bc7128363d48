"""Writing an incident down, and that the authority was told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

from PySide6.QtWidgets import QWidget

from sochihoi.domain.duties import Incident
from sochihoi.domain.errors import FieldProblem
from sochihoi.domain.minutes import read_time
from sochihoi.i18n import _, clock
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.form_dialog import FormDialog
from sochihoi.ui.shared.forms import DateField, LongTextField, NumberField, TextField

Done = Callable[[str], None]


def moment(day: date, typed: str, field: str) -> datetime:
    """A local day and ``14:05`` as UTC. Raises ``FieldProblem`` for a time that no clock shows."""
    told = read_time(typed, field)
    hour, _colon, minute = told.partition(":")
    if not told:
        raise FieldProblem(field, "EMPTY")
    return datetime.combine(day, time(int(hour), int(minute))).astimezone().astimezone(UTC)


class IncidentDialog(FormDialog):
    """A new incident (``None``), or more about one."""

    def __init__(self, context: Context, parent: QWidget, incident: Incident | None, done: Done) -> None:
        self._incident, self._done = incident, done
        local = (context.office.now if incident is None else incident.known_at).astimezone()
        today = lambda: context.office.today  # noqa: E731 - the field asks for the day when it is read
        left = (
            DateField("known_on", _("Known since"), today=today, required=True, hint=_("The 72 hours run from then.")),
            TextField("known_at", _("At"), letters=8, required=True),
            NumberField("people", _("Whose data: how many people"), least=0, letters=8),
        )
        right = (
            LongTextField("what", _("What happened"), lines=4, required=True),
            LongTextField("data", _("Which data"), lines=3, hint=_("Say whether sensitive columns were among them.")),
            LongTextField("told", _("Who was told, when"), lines=2),
        )
        title = _("What happened, and since when is it known?")
        super().__init__(context, parent, title, (left, right))
        told: dict[str, Any] = {"known_on": local.date(), "known_at": clock(local.time())}
        if incident is not None:
            told |= {name: getattr(incident, name) for name in ("people", "what", "data", "told")}
        self.form.set_values(told)
        key = "new" if incident is None else incident.id
        self.begin(f"privacy/incident/{key}", "what", _("&Not now"), _("&Keep it"))

    def keep(self, told: Mapping[str, Any]) -> None:
        before = self._incident or Incident("", self._context.office.now, "")
        made = replace(
            before,
            known_at=moment(told["known_on"], told["known_at"] or "", "known_at"),
            what=told["what"] or "",
            data=told["data"] or "",
            people=told["people"],
            told=told["told"] or "",
        )
        duties = self._context.office.privacy.duties
        if self._incident is None:
            duties.report(made)
        else:
            duties.save(made)
        self._done(_("The incident is kept."))


class NotifiedDialog(FormDialog):
    """The authority was told, on a day at an hour."""

    def __init__(self, context: Context, parent: QWidget, incident: Incident, done: Done) -> None:
        self._incident, self._done = incident, done
        local = (incident.notified_at or context.office.now).astimezone()
        day = DateField("on", _("Day"), today=lambda: context.office.today, required=True)
        at = TextField("at", _("At"), letters=8, required=True)
        told = LongTextField("told", _("Who was told, when"), lines=3)
        super().__init__(context, parent, _("When was the authority told?"), ((day, at), (told,)))
        self.form.set_values({"on": local.date(), "at": clock(local.time()), "told": incident.told})
        self.begin(f"privacy/notified/{incident.id}", "told", _("&Not now"), _("&Keep it"))

    def keep(self, told: Mapping[str, Any]) -> None:
        when = moment(told["on"], told["at"] or "", "at")
        done = self._incident.done | {"authority"}
        made = replace(self._incident, notified_at=when, told=told["told"] or "", done=done)
        self._context.office.privacy.duties.save(made)
        self._done(_("It is kept that the authority was told."))
