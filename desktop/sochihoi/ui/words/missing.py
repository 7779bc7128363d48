"""Words for what a command or a page named and nobody has: every kind of record has its noun. No Qt."""

from __future__ import annotations

import re
from collections.abc import Callable

from sochihoi.domain.errors import NotFound
from sochihoi.i18n import _, pgettext
from sochihoi.ui.words import Message, register

_INTERNAL = re.compile(
    r"[0-9a-f]{8}-[0-9a-f-]{27}|[a-z_]+(\.[a-z_0-9]+)+"
)  # an id or a code: nothing that anyone reads

# records of the book, by the name of their table or by what their service calls them
RECORDS: dict[str, Callable[[], str]] = {
    "account": lambda: pgettext("missing", "account"),
    "archived_paper": lambda: pgettext("missing", "kept copy of a report"),
    "assessment": lambda: pgettext("missing", "assessment of a household"),
    "attendance": lambda: pgettext("missing", "row of the attendance sheet"),
    "batch": lambda: pgettext("missing", "act in the history"),
    "branch": lambda: pgettext("missing", "branch"),
    "branch_score": lambda: pgettext("missing", "score sheet of the branch"),
    "campaign_year": lambda: pgettext("missing", "year of the family campaign"),
    "card": lambda: pgettext("missing", "member for a card"),
    "carried_file": lambda: pgettext("missing", "signed file"),
    "certificate": lambda: pgettext("missing", "certificate"),
    "closing": lambda: pgettext("missing", "closed month"),
    "consent": lambda: pgettext("missing", "consent of a member"),
    "custody_step": lambda: pgettext("missing", "step on the way of a file"),
    "distinct_persons": lambda: pgettext("missing", "note of two different women"),
    "draft": lambda: pgettext("missing", "draft"),
    "edition": lambda: pgettext("missing", "edition of the report"),
    "entered_figure": lambda: pgettext("missing", "entered figure"),
    "former_code": lambda: pgettext("missing", "earlier code"),
    "household": lambda: pgettext("missing", "household"),
    "household_registration": lambda: pgettext("missing", "registration of a household"),
    "installation": lambda: pgettext("missing", "key of this unit"),
    "issued_report": lambda: pgettext("missing", "issued report"),
    "joined_book": lambda: pgettext("missing", "book that joined this one"),
    "joined_closing": lambda: pgettext("missing", "closed month of the commune that joined"),
    "journal": lambda: pgettext("missing", "entry of the history"),
    "meeting": lambda: pgettext("missing", "meeting"),
    "member": lambda: pgettext("missing", "member"),
    "membership": lambda: pgettext("missing", "member"),
    "month_check": lambda: pgettext("missing", "check of the month"),
    "person": lambda: pgettext("missing", "person"),
    "phrase": lambda: pgettext("missing", "phrase"),
    "placement": lambda: pgettext("missing", "branch of the member"),
    "position": lambda: pgettext("missing", "position"),
    "profile": lambda: pgettext("missing", "list that the level above asks for"),
    "proposal": lambda: pgettext("missing", "proposal"),
    "received_figure": lambda: pgettext("missing", "received figure"),
    "received_file": lambda: pgettext("missing", "received file"),
    "received_member": lambda: pgettext("missing", "member on a list from below"),
    "report_text": lambda: pgettext("missing", "text of the report"),
    "sent_file": lambda: pgettext("missing", "report file made here"),
    "setting": lambda: pgettext("missing", "setting"),
    "stream": lambda: pgettext("missing", "sender"),
    "study_attendance": lambda: pgettext("missing", "row of the study session"),
    "study_campaign": lambda: pgettext("missing", "study campaign"),
    "study_eligible": lambda: pgettext("missing", "row of the study campaign"),
    "study_headcount": lambda: pgettext("missing", "head-count of the study session"),
    "study_session": lambda: pgettext("missing", "study session"),
    "study_session_branch": lambda: pgettext("missing", "branch of the study session"),
    "study_target": lambda: pgettext("missing", "coverage target"),
    "target_setting": lambda: pgettext("missing", "target"),
    "ticket": lambda: pgettext("missing", "transfer ticket"),
    "transfer_ticket": lambda: pgettext("missing", "transfer ticket"),
    "trusted_key": lambda: pgettext("missing", "accepted key"),
    "unit": lambda: pgettext("missing", "branch or cell"),
    "unit_change": lambda: pgettext("missing", "change of units"),
}

# what the definitions have or have not
DEFINITIONS: dict[str, Callable[[], str]] = {
    "condition": lambda: pgettext("missing", "condition of the score sheet"),
    "criteria set": lambda: pgettext("missing", "set of criteria"),
    "form": lambda: pgettext("missing", "report form"),
    "indicator": lambda: pgettext("missing", "indicator"),
    "indicators": lambda: pgettext("missing", "list of indicators"),
    "rubric": lambda: pgettext("missing", "score sheet for branches"),
    "section": lambda: pgettext("missing", "section of the report"),
    "target": lambda: pgettext("missing", "target"),
}

OFFICIAL = ("official_commune", "official_unit")


@register(NotFound)
def _not_found(error: NotFound) -> Message:
    key = error.key.strip()
    if error.noun in OFFICIAL:
        return _not_official(error.noun, key)
    if error.noun in DEFINITIONS:
        return Message(
            _("The program has no {what}.").format(what=_named(DEFINITIONS[error.noun](), key)),
            _("Check the year and the name, then choose again."),
        )
    what = RECORDS.get(error.noun, lambda: pgettext("missing", "entry"))()
    named = _named(what, key)
    told = _("This {what} is not in the book.") if named == what else _("The book has no {what}.")
    return Message(
        told.format(what=named),
        _("It may have been removed or renamed. Open the list again and choose from it."),
    )


def _named(what: str, key: str) -> str:
    """With what was typed; an id of ours says nothing to anyone."""
    return what if not key or _INTERNAL.fullmatch(key) else _("{what} “{name}”").format(what=what, name=key)


def _not_official(noun: str, code: str) -> Message:
    if noun == "official_commune":
        return Message(
            _("The official list has no commune with the code “{code}”.").format(code=code),
            _("Look up the five digits in the list of communes in force since 1 July 2025, then try again."),
        )
    return Message(
        _("The official list has no province and no commune with the code “{code}”.").format(code=code),
        _("Check the code; a unit that stands on no list is given its name with --name."),
    )
