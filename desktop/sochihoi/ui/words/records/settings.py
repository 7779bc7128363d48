"""The settings as the journal holds them: what each is called, and what stands in it. No Qt."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from sochihoi.domain.duties import RequestKind
from sochihoi.i18n import _, pgettext, short_date
from sochihoi.intake.columns import Field
from sochihoi.intake.home_list import HomeField
from sochihoi.services.privacy.duties import rules as duties
from sochihoi.ui.words.home_lists import home_field
from sochihoi.ui.words.intake_columns import field_words
from sochihoi.ui.words.privacy import request_name
from sochihoi.ui.words.records.values import NOTHING, Speech
from sochihoi.ui.words.reports import span_name
from sochihoi.ui.words.sync import level_words

Label = Callable[[], str]
Fact = tuple[str, str]  # what it is called, and what stands there
COMMUNE: Final = "commune."

# Settings of the unit (``services.commune.Commune``)
UNIT: Mapping[str, Label] = {
    "code": lambda: _("Unit code"),
    "name": lambda: pgettext("history", "Name of the unit"),
    "short_name": lambda: pgettext("history", "Name without its kind"),
    "kind": lambda: _("Kind of unit"),
    "province": lambda: _("Province"),
    "receiver": lambda: pgettext("history", "Receives from units below"),
    "above_name": lambda: _("Name of the level above"),
    "above_level": lambda: pgettext("history", "Which level that above is"),
    "above_email": lambda: _("E-mail for the report files"),
    "parent_line": lambda: _("Line above the Union's name"),
    "union_line": lambda: _("The Union's line"),
    "organ_line": lambda: _("Organ"),
    "place": lambda: _("Place before the date"),
    "number_pattern": lambda: _("Report number"),
    "numbering_reset": lambda: _("Begins at 01 again"),
    "on_behalf": lambda: _("On behalf of"),
    "signer_title": lambda: _("Title of the signer"),
    "signer_name": lambda: _("Name of the signer"),
    "end_mark": lambda: _("Mark behind the last word"),
    "recipients": lambda: pgettext("history", "Recipients"),
    "body_pt": lambda: pgettext("history", "Letters of the text, in points"),
    "first_line_tenths": lambda: pgettext("history", "First line further in, in tenths of a millimetre"),
    "spacing_percent": lambda: pgettext("history", "From line to line, in percent"),
    "fixed_line_pt": lambda: _("Points from line to line"),
    "after_paragraph_pt": lambda: _("Between paragraphs"),
    "head_pt": lambda: pgettext("history", "Letters of the head, in points"),
    "motto_pt": lambda: pgettext("history", "Letters of the motto, in points"),
    "title_pt": lambda: pgettext("history", "Letters of the title, in points"),
    "margin_top_mm": lambda: pgettext("history", "Upper margin in millimetres"),
    "margin_bottom_mm": lambda: pgettext("history", "Lower margin in millimetres"),
    "margin_left_mm": lambda: pgettext("history", "Left margin in millimetres"),
    "margin_right_mm": lambda: pgettext("history", "Right margin in millimetres"),
    "minimum_age": lambda: pgettext("history", "Youngest age of a member"),
    "national_id_entry": lambda: _("The form of a member asks for her national id"),
    "meeting_every_months": lambda: pgettext("history", "Months from one branch meeting to the next"),
    "close_day": lambda: _("Figures are closed on day"),
    "send_day": lambda: _("The report goes out by day"),
    "first_month": lambda: _("First month"),
    "former": lambda: pgettext("history", "Earlier names of the unit"),
}
UNIT_UNSAID: Final[Mapping[str, str]] = {"unit_id": "an id: it says nothing to anyone"}

# All others, by how their names begin
OTHERS: Mapping[str, Label] = {
    "privacy.request.": lambda: pgettext("history", "Request about personal data"),
    "privacy.incident.": lambda: pgettext("history", "Incident with personal data"),
    "privacy.retention": lambda: pgettext("history", "How long things are kept"),
    "report.phrases": lambda: pgettext("history", "Phrases of the unit"),
    "report.number.": lambda: pgettext("history", "Newest number of a report"),
    "moving.number.": lambda: pgettext("history", "Newest number of a moving slip"),
    "import.columns.": lambda: pgettext("history", "Columns of a list of members"),
    "import.homes.": lambda: pgettext("history", "Columns of a list of households"),
    "targets.shown": lambda: pgettext("history", "Targets that are switched on"),
    "above.due_days": lambda: pgettext("history", "Day on which reports are due"),
    "backup.folder": lambda: pgettext("history", "Second place for copies"),
    "backup.drilled": lambda: pgettext("history", "Last try of a copy"),
    "supplement.": lambda: pgettext("history", "Why a month was opened for a supplement"),
    "study.forgotten/": lambda: pgettext("history", "What is left of a study campaign whose names were forgotten"),
    "duplicates.distinct": lambda: pgettext("history", "Pairs said to be two women"),
    "sync.": lambda: pgettext("history", "What is remembered of the exchange of files"),
    "export.": lambda: pgettext("history", "List taken out"),
}
_BOOKKEEPING: Final = "counted by the program between the levels; the page of the files shows what it means"
UNSAID: Final[Mapping[str, str]] = {
    "sync.": _BOOKKEEPING,
    "nobody": "an id: the membership that stands in lines whose names were forgotten",
    "part": "by it a file of a parting is known; it is never in a book that is worked with",
    "study.forgotten/": "counts of a campaign whose names were forgotten; the page of the campaign shows them",
    "duplicates.distinct": "keys of the pairs; the page of women on two lists shows them",
}
FIELDS: Mapping[str, Label] = {
    "kind": lambda: pgettext("history", "What she asks for"),
    "asked_on": lambda: _("Asked on"),
    "person_id": lambda: pgettext("history", "Member"),
    "name": lambda: _("Who asked"),
    "note": lambda: _("Note"),
    "acknowledged_on": lambda: pgettext("history", "Acknowledged on"),
    "done_on": lambda: pgettext("history", "Answered or refused on"),
    "outcome": lambda: _("Answer"),
    "known_at": lambda: pgettext("history", "Known since"),
    "what": lambda: _("What happened"),
    "data": lambda: _("Which data"),
    "people": lambda: _("How many people"),
    "told": lambda: _("Who was told, when"),
    "notified_at": lambda: pgettext("history", "Authority told at"),
    "done": lambda: pgettext("history", "Steps taken"),
    "closed_on": lambda: _("Closed on"),
    "attendance_years": lambda: pgettext("history", "Names in attendance, years"),
    "left_years": lambda: pgettext("history", "Who left the Union, years"),
    "study_years": lambda: pgettext("history", "Names in study, years"),
    "count": lambda: pgettext("history", "Lines"),
    "list": lambda: pgettext("history", "List"),
    "form": lambda: pgettext("history", "Form"),
    "which": lambda: pgettext("history", "Chosen lines"),
}
FIELDS_UNSAID: Final[Mapping[str, str]] = {"id": "an id: it says nothing to anyone"}


def kind_of(name: str) -> str:
    """Under which of the beginnings above a setting falls; empty for one of the unit or an unknown one."""
    return next((begin for begin in (*OTHERS, *UNSAID) if name.startswith(begin)), "")


def title(name: str) -> str:
    """What a setting is called."""
    if name.startswith(COMMUNE):
        said = UNIT.get(name.removeprefix(COMMUNE))
        return said() if said is not None else _("Set-up")
    begin = kind_of(name)
    known = OTHERS.get(begin)
    rest = name.removeprefix(begin)
    if begin in ("report.number.", "moving.number.", "supplement.") and known is not None:
        return f"{known()}, {span_name(rest)}"
    return known() if known is not None else _("Set-up")


def facts(name: str, value: Any, speech: Speech) -> list[Fact]:
    """What stands in a setting, a line for each thing; nothing of what is never shown."""
    begin = kind_of(name)
    if value in (None, "", [], {}) or any(name.startswith(one) for one in UNSAID):
        return []
    if name.startswith(COMMUNE):
        return _of_unit(name.removeprefix(COMMUNE), value, speech)
    if begin == "import.columns.":
        return [(_column(place), field_words(Field(field) if field else None)) for place, field in value.items()]
    if begin == "import.homes.":
        return [(_column(place), home_field(HomeField(field)) if field else NOTHING) for place, field in value.items()]
    if begin == "targets.shown":
        return [(speech.value("target_setting", "code", one), _flag(on)) for one, on in value.items()]
    if begin == "above.due_days":
        return [(span_name(period), str(days)) for period, days in value.items()]
    if begin == "report.phrases":
        return [(pgettext("history", "Phrase"), str(one["text"])) for one in value]
    if begin == "backup.drilled":
        day, file = value
        return [(_("Day"), short_date(date.fromisoformat(day))), (pgettext("history", "File"), str(file))]
    if isinstance(value, Mapping):
        told = [(key, one) for key, one in value.items() if key in FIELDS]
        return [(FIELDS[key](), _word(key, one, speech)) for key, one in told if one not in (None, "", [])]
    return [(value_label(), speech.value("setting", "value", value))]


def value_label() -> str:
    """What a setting of one value has in it."""
    return pgettext("history", "Value")


def _of_unit(field: str, value: Any, speech: Speech) -> list[Fact]:
    if field in UNIT_UNSAID:
        return []
    words = speech.value("setting", field, value)
    if field == "above_level":
        words = level_words(value)
    elif field == "former":
        words = "; ".join(str(json.loads(one)["name"]) for one in value)
    elif field == "first_month":
        words = span_name(value)
    elif field == "numbering_reset":
        words = _("with every term") if value == "TERM" else _("with every year")
    return [(value_label(), words)]


def _word(key: str, value: Any, speech: Speech) -> str:
    if key == "kind" and value in RequestKind.__members__:
        return request_name(RequestKind[value])
    if key == "done":
        steps = {step.key: step.text for rules in duties() for step in rules.steps}
        return "; ".join(steps.get(one, one) for one in value)
    return speech.value("setting", key, value)


def _column(place: str) -> str:
    return pgettext("history", "Column {number}").format(number=int(place) + 1)


def _flag(on: object) -> str:
    return NOTHING if on is None else pgettext("answer", "Yes") if on else pgettext("answer", "No")
