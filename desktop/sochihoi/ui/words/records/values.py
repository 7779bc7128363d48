"""A value of any record in the officer's words: names for ids, days, yes or no, the words of enums. No Qt."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sochihoi.domain.errors import NotFound
from sochihoi.domain.partial_dates import PartialDate
from sochihoi.domain.people import mask_national_id
from sochihoi.domain.wording import Words
from sochihoi.i18n import clock, number, pgettext, short_date
from sochihoi.ui.words import intake, people
from sochihoi.ui.words.missing import RECORDS
from sochihoi.ui.words.month import in_language
from sochihoi.ui.words.records.codes import CHECKS, CODES
from sochihoi.ui.words.reorganise import reason_words
from sochihoi.ui.words.reports import span_name
from sochihoi.ui.words.unusual import name_of
from sochihoi.ui.words.unusual import names_of as indicator_names

if TYPE_CHECKING:
    from sochihoi.services.definitions import Definitions

NOTHING = "—"
_INTERNAL = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")  # an id of ours
_DAYS = (
    "valid_from",
    "valid_to",
    "health_insurance_until",
    "deadline",
    "document_date",
    "report_date",
    "effective",
    "on_day",
)
_PLAIN = ("year", "row_number", "pack_version", "number", "seq", "last_seq", "edition", "receipt_no")  # no thousands
_FLAGS = ("party_member", "health_insurance", "core_member", "honorary", "active", "revoked", "closed", "beside")


@dataclass(frozen=True, slots=True)
class Speech:
    """What words need beside a value: names by id, and the definitions that give codes their labels (read only when a
    value wants them)."""

    names: Mapping[str, str]
    definitions: Callable[[], Definitions] | None = None

    def value(self, noun: str, field: str, value: Any) -> str:
        """In words; ``—`` for nothing. ``national_id`` and ``old_id`` are always masked."""
        if value in (None, "", [], {}, "NONE"):
            return NOTHING
        if isinstance(value, list):
            return "; ".join(self._one(noun, field, one) for one in value)
        return self._one(noun, field, value)

    def _one(self, noun: str, field: str, value: Any) -> str:
        if isinstance(value, str) and value in self.names:
            return self.names[value]
        namer = _NAMERS.get((noun, field)) or _NAMERS.get(("", field)) or CODES.get((noun, field))
        if namer is not None:
            return namer(value)
        if isinstance(value, bool) or field in _FLAGS:
            return pgettext("answer", "Yes") if value else pgettext("answer", "No")
        if isinstance(value, int | float):
            return str(value) if field in _PLAIN else number(Decimal(str(value)))
        if self.definitions is not None and (noun, field) in _DEFINED:
            return _DEFINED[noun, field](self.definitions(), value)
        return _text(field, str(value))


def _text(field: str, value: str) -> str:
    if field.endswith("_on") or field in _DAYS:
        return short_date(date.fromisoformat(value))
    if field.endswith("_at") and field not in ("starts_at", "ends_at"):
        local = datetime.fromisoformat(value).astimezone()
        return f"{short_date(local.date())} {clock(local.time())}"
    return NOTHING if _INTERNAL.fullmatch(value) else value


def _record(noun: str) -> str:
    return RECORDS[noun]() if noun in RECORDS else noun


_NAMERS: Mapping[tuple[str, str], Callable[[Any], str]] = {
    ("", "birth"): lambda v: people.partial_date(PartialDate.from_iso(v)),
    ("", "joined"): lambda v: people.partial_date(PartialDate.from_iso(v)),
    ("", "national_id"): mask_national_id,
    ("", "old_id"): mask_national_id,
    ("", "phone"): people.phones,
    ("", "review"): intake.review_words,
    ("", "period"): span_name,
    ("placement", "reason"): reason_words,
    ("former_code", "noun"): _record,
}


def _named(found: Callable[[], Words], code: str) -> str:
    try:
        return in_language(found())
    except NotFound:  # of a version that this program no longer has
        return code


def _form(definitions: Definitions, code: str) -> str:
    newest = [form for form in definitions.forms if form.code == code]
    return in_language(newest[-1].name) if newest else code


def _section(definitions: Definitions, code: str) -> str:
    found = (one.heading for form in definitions.forms for one in form.sections if one.code == code)
    return next((heading for heading in found if heading), code)


def _band(definitions: Definitions, code: str) -> str:
    found = (one.label for rubric in definitions.rubrics for one in rubric.bands if one.code == code)
    return next((in_language(one) for one in found), code)


def _indicator(definitions: Definitions, code: str) -> str:
    return name_of(code, indicator_names(definitions))


def _check(definitions: Definitions, code: str) -> str:
    """What a reason was given for. A jump names its figure behind a slash."""
    check, _slash, figure = code.partition("/")
    said = CHECKS[check]() if check in CHECKS else code
    return f"{said}: {_indicator(definitions, figure)}" if figure else said


def _set(definitions: Definitions, code: str) -> str:
    return _named(lambda: definitions.criteria_set(code).name, code)


_DEFINED: Mapping[tuple[str, str], Callable[[Definitions, str], str]] = {
    ("entered_figure", "code"): _indicator,
    ("received_figure", "code"): _indicator,
    ("month_check", "code"): _check,
    ("target_setting", "code"): lambda d, code: _named(lambda: d.target(code).title, code),
    ("branch_score", "band"): _band,
    ("branch_score", "rubric_code"): lambda d, code: _named(lambda: d.rubric(code).title, code),
    ("assessment", "set_code"): _set,
    ("campaign_year", "set_code"): _set,
    ("report_text", "form"): _form,
    ("report_text", "section"): _section,
    ("issued_report", "form"): _form,
    ("archived_paper", "form"): _form,
}
