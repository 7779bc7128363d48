"""The way of files, and what lies on a stick, in words. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sochihoi.domain.custody import Act, Deed, Lying, NobodyNamed, Step
from sochihoi.i18n import _, number, short_date
from sochihoi.ui.words import Message, register, say
from sochihoi.ui.words.copies import moment_text
from sochihoi.ui.words.month import period_name
from sochihoi.ui.words.sync import answer_words, sent_state

if TYPE_CHECKING:
    from sochihoi.services.sticks import OnStick

ACTS: dict[str, Callable[[], str]] = {
    "custody.handed": lambda: _("A file was handed over"),
    "custody.received": lambda: _("Who brought a file"),
}


def step(one: Step) -> str:
    """``02/11/2026: giao cho Nguyễn Thị Lan``."""
    text = {
        Act.PREPARED: _("{day}: made and signed"),
        Act.COPIED: _("{day}: copied to {place}"),
        Act.HANDED: _("{day}: handed to {person}"),
        Act.RECEIVED: _("{day}: brought by {person}"),
        Act.PHONED: _("{day}: {person} told its code by telephone"),
    }[one.act]
    return text.format(day=short_date(one.on_day), place=one.place, person=one.person)


def on_stick_title(places: Sequence[Path]) -> str:
    """The question that the list answers."""
    if len(places) == 1:
        return _("What is in {place}").format(place=places[0].name or str(places[0]))
    return _("What these files are")


def lying_title(one: OnStick) -> str:
    """What a file is, and of whom or of when."""
    facts = {} if one.found is None else one.found.facts()
    who = "" if one.found is None else one.found.name or one.found.unit
    if one.what is Lying.REPORT:
        period = period_name(facts["period"])
        if one.own is not None:
            return _("Own report file of {period}").format(period=period)
        return _("Report file of {unit}, {period}").format(unit=who, period=period)
    if one.what is Lying.RECEIPT:
        answer, period = answer_words(facts["answer"]), period_name(facts["period"])
        return _("Receipt of {unit} for {period}: {answer}").format(unit=who, period=period, answer=answer)
    return {
        Lying.PACK: _("Pack of definitions of {unit}"),
        Lying.REGISTER: _("Register of keys of {unit}"),
        Lying.TICKET: _("Transfer of a member, from {unit}"),
        Lying.HANDOVER: _("Hand-over file of {unit}"),
        Lying.KEY: _("Key file of {unit}"),
        Lying.BACKUP: _("Backup copy"),
        Lying.PART: _("Branches for a new commune"),
        Lying.BROKEN: _("A file that is not whole"),
    }[one.what].format(unit=who)


def lying_state(one: OnStick) -> str:
    """Where it stands."""
    if one.problem is not None:
        return say(one.problem).what
    if one.made:
        return _("made on {moment}").format(moment=moment_text(one.made))
    if one.own is not None:
        return _("number {seq}, {state}").format(seq=number(one.own.seq), state=sent_state(one.own.state))
    if one.foreign:
        return _("not for this unit")
    if one.done:
        return _("taken in already")
    return _("not taken in yet") if one.deed in (Deed.APPLY, Deed.RECEIVE, Deed.OPEN, Deed.TRUST) else ""


def deed(one: Deed) -> str:
    """What the one button says."""
    return {
        Deed.NONE: "",
        Deed.LOOK: _("Look at it"),
        Deed.RECEIVE: _("Receive it"),
        Deed.APPLY: _("Take it in"),
        Deed.OPEN: _("Open it"),
        Deed.TRUST: _("Compare and accept"),
    }[one]


@register(NobodyNamed)
def _nobody(_error: NobodyNamed) -> Message:
    return Message(_("No name was typed, so nothing was written down."), _("Type who carries or brought the file."))
