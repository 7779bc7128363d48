"""Words of personal data: consent, who looked, requests, acts, problems. No Qt."""

from __future__ import annotations

from collections.abc import Callable

from sochihoi.domain.access import Access, Look
from sochihoi.domain.consent import Consent, ConsentState, How, Purpose, Standing
from sochihoi.i18n import _, short_date
from sochihoi.ui.words.people import field_name

ACTS: dict[str, Callable[[], str]] = {
    "consent.give": lambda: _("Consent recorded"),
    "consent.withdraw": lambda: _("Consent withdrawn"),
    "access.view": lambda: _("Sensitive information looked at"),
    "access.person": lambda: _("Everything about one member printed"),
    "person.anonymise": lambda: _("Member made anonymous"),
}


def purpose_name(purpose: Purpose) -> str:
    """Dữ liệu cơ bản, dữ liệu nhạy cảm."""
    return {Purpose.BASIC: _("Basic data"), Purpose.SENSITIVE: _("Sensitive data")}[purpose]


def how_name(how: How) -> str:
    """Phiếu có chữ ký, …"""
    return {
        How.PAPER: _("Signed slip"),
        How.LIST: _("List signed at a meeting"),
        How.SPOKEN: _("Said aloud, in the minutes"),
    }[how]


def state_name(state: ConsentState) -> str:
    """Chưa xác nhận, đã đồng ý, đã rút lại."""
    return {
        ConsentState.UNCONFIRMED: _("Not confirmed"),
        ConsentState.GIVEN: _("Agreed"),
        ConsentState.WITHDRAWN: _("Withdrawn"),
    }[state]


def standing_words(standing: Standing, purpose: Purpose) -> tuple[str, str]:
    """What holds for a purpose, and its tone."""
    entry = standing.of(purpose)
    if entry is None:
        return _("Not confirmed"), "warn"
    return standing_name(entry), "bad" if entry.state is ConsentState.WITHDRAWN else ""


def standing_name(entry: Consent) -> str:
    """``Đã đồng ý ngày 20/10/2026``, ``Đã rút lại ngày …``."""
    if entry.state is ConsentState.WITHDRAWN:
        return _("Withdrawn on {day}").format(day=short_date(entry.withdrawn_on))
    return _("Agreed") if entry.given_on is None else _("Agreed on {day}").format(day=short_date(entry.given_on))


def proof_words(entry: Consent) -> str:
    """``Phiếu có chữ ký, số 12/2026; lời văn 2026-01``."""
    proof = ", ".join(part for part in (how_name(entry.how), entry.reference) if part)
    if not entry.text_version:
        return proof
    return _("{proof}; wording {version}").format(proof=proof, version=entry.text_version)


def look_words(one: Access) -> str:
    """Xem trên màn hình; in; xuất tệp Excel; …"""
    if one.look is Look.VIEWED:
        return _("Looked at on the screen")
    if one.look is Look.PERSON:
        return _("Everything about her printed")
    return {
        "pdf": _("Printed, or kept as PDF"),
        "xlsx": _("Taken out as an Excel file"),
        "json": _("Taken out for another program"),
        "cards": _("Membership cards printed"),
    }.get(one.form, _("Listed on the command line"))


def subject_words(one: Access) -> str:
    """The name of the person, or the list and which lines of it."""
    return " · ".join(part for part in (one.subject, one.which) if part) or _("List of members")


def fields_words(one: Access) -> str:
    """The watched fields that were in it, by their labels."""
    return ", ".join(field_name(name) for name in one.fields) or "—"
