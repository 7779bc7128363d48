"""Handing the book over to another PC, in words. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sochihoi.domain.handing import BookFrozen, HandoverDiffers, NotAHandover, NotHandedOver
from sochihoi.i18n import _, short_date
from sochihoi.ui.words import Message, register

ACTS: dict[str, Callable[[], str]] = {
    "handover.freeze": lambda: _("Book handed over: this PC only reads"),
    "handover.write": lambda: _("Hand-over file written"),
    "handover.back": lambda: _("Hand-over taken back"),
    "handover.take": lambda: _("Book taken over by this PC"),
}


def frozen_banner(on: date) -> str:
    """What stands over every page of a frozen book."""
    told = _("This book was handed over to another PC on {day}. Here it can only be read.")
    return told.format(day=short_date(on))


def what_it_means() -> str:
    """Before a book is handed over."""
    return _(
        "One file takes the whole book along. From then on this PC only reads; the other PC opens the file with a"
        " password of this book and goes on. Two PCs never write at the same time."
    )


def what_back_means() -> str:
    """Before a hand-over is taken back."""
    return _(
        "Only when nobody has opened the file on another PC. If somebody has, both write from now on, and the level"
        " above returns the files of one of them."
    )


@register(BookFrozen)
def _frozen(error: BookFrozen) -> Message:
    return Message(
        frozen_banner(error.on),
        _("Enter it on the other PC. If nobody took the file there, a chair can take the hand-over back."),
    )


@register(NotHandedOver)
def _not_handed(_error: NotHandedOver) -> Message:
    return Message(_("This book was not handed over: this PC writes it."), _("Go on working here."))


@register(NotAHandover)
def _not_a_handover(_error: NotAHandover) -> Message:
    return Message(
        _("This file is no hand-over of a book."), _("Choose the file that the other PC wrote under “Copies”.")
    )


@register(HandoverDiffers)
def _differs(error: HandoverDiffers) -> Message:
    return Message(
        _("What is signed in {file} does not belong to the book inside: somebody put it together.").format(
            file=error.name
        ),
        _("Do not open it. Let the PC that has the book write the file once more."),
    )
