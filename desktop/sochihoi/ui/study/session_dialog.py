"""A session of a campaign: when, where, for whom, who spoke, by which channels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from sochihoi.domain.study import Channel, SessionForm, StudySession
from sochihoi.i18n import _
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.form_dialog import FormDialog
from sochihoi.ui.shared.forms import ChoiceField, DateField, Field, NumberField, TextField
from sochihoi.ui.shared.ticks import TicksField
from sochihoi.ui.words.study import channel_name, form_name

_TEXTS = ("starts_at", "place", "speaker", "material", "note")


class SessionDialog(FormDialog):
    """``session_id`` is that of the session planned or changed after it was accepted.

    ``marked``: people are marked already, so the branches stay: their list is the roster that they stand on.
    """

    def __init__(
        self,
        context: Context,
        parent: QWidget | None,
        campaign_id: str,
        session: StudySession | None = None,
        *,
        marked: bool = False,
        day: date | None = None,
    ) -> None:
        title = _("When, where and for whom is the session?") if session is None else _("What changes in this session?")
        super().__init__(context, parent, title, _fields(context, session, marked=marked))
        self.setObjectName("session")
        self._campaign_id, self._session = campaign_id, session
        self.session_id = ""
        if session is None:
            self.form.set_values({"form": SessionForm.IN_PERSON.name, "held_on": day})
        else:
            self.form.set_values({name: getattr(session, name) for name in (*_TEXTS, "held_on", "branches")})
            self.form.set_values(
                {
                    "form": session.form.name,
                    "venue_nodes": session.venue_nodes or None,
                    "channels": [channel.name for channel in session.channels],
                }
            )
        self.restored()
        self.form.changed.connect(lambda name: self.restored() if name == "form" else None)
        if session is None:
            self.begin(f"study/session/new/{campaign_id}", "held_on", _("Leave it"), _("Add the session"))
        else:
            self.begin(f"study/session/{session.id}", "held_on", _("Drop the changes"), _("Keep the change"))

    def restored(self) -> None:
        """Places connected online are asked for only where there are any."""
        self.form["venue_nodes"].setVisible(self.form["form"].value() != SessionForm.IN_PERSON.name)

    def keep(self, told: Mapping[str, Any]) -> None:
        form = SessionForm[told["form"]]
        texts: dict[str, Any] = {name: told[name] or "" for name in _TEXTS}
        session = replace(
            self._session if self._session is not None else StudySession("", self._campaign_id),
            branches=tuple(told["branches"]),
            held_on=told["held_on"],
            form=form,
            venue_nodes=0 if form is SessionForm.IN_PERSON else told["venue_nodes"] or 0,
            channels=tuple(Channel[name] for name in told["channels"]),
            **texts,
        )
        study = self._context.office.study
        if self._session is None:
            self.session_id = study.plan_session(session)
        else:
            study.change_session(session)
            self.session_id = session.id


def _fields(context: Context, session: StudySession | None, *, marked: bool) -> tuple[list[Field], list[Field]]:
    setup, day = context.office.setup, (session.held_on if session is not None else None) or context.today()
    branches = TicksField(
        "branches",
        _("For &whom"),
        [(one.id, one.name) for one in setup.branches(day)],
        hint=_("People are marked already, so this stays.") if marked else "",
        required=True,
        whole=_("The whole commune"),
    )
    branches.set_read_only(read_only=marked)
    forms = [(form.name, form_name(form)) for form in SessionForm]
    channels = [(channel.name, channel_name(channel)) for channel in Channel]
    left: list[Field] = [
        DateField("held_on", _("&Day"), today=context.today, required=True),
        TextField("starts_at", _("&Time"), hint=_("For example 14h or 7h30."), letters=8),
        branches,
        TextField("place", _("&Place")),
        ChoiceField("form", _("Fo&rm"), forms),
        NumberField("venue_nodes", _("P&laces connected online"), least=0, most=999, letters=6),
    ]
    right: list[Field] = [
        TextField("speaker", _("&Speaker")),
        TextField("material", _("&Material")),
        TicksField("channels", _("&Channels of communication"), channels, rows=8),
        TextField("note", _("N&ote")),
    ]
    return left, right
