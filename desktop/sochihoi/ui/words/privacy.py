"""Words of personal data: consent, who looked, requests, acts, problems. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sochihoi.domain.access import Access, Look
from sochihoi.domain.consent import Consent, ConsentState, How, Purpose, Standing
from sochihoi.domain.duties import Duties, RequestKind
from sochihoi.i18n import _, ngettext, number, short_date
from sochihoi.ui.words.people import field_name

if TYPE_CHECKING:
    from sochihoi.services.privacy.duties import RequestRow

ACTS: dict[str, Callable[[], str]] = {
    "consent.give": lambda: _("Consent recorded"),
    "consent.withdraw": lambda: _("Consent withdrawn"),
    "consent.clear": lambda: _("Sensitive information cleared"),
    "access.view": lambda: _("Sensitive information looked at"),
    "access.person": lambda: _("Everything about one member printed"),
    "privacy.forget": lambda: _("Names in old attendance forgotten"),
    "privacy.forget_study": lambda: _("Names in old study forgotten"),
    "privacy.retention": lambda: _("How long things are kept chosen"),
    "request.add": lambda: _("Request about personal data kept"),
    "request.acknowledge": lambda: _("Request acknowledged"),
    "request.answer": lambda: _("Request answered"),
    "incident.add": lambda: _("Incident with personal data kept"),
    "incident.edit": lambda: _("Incident with personal data followed up"),
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
        "csv": _("Taken out as a CSV file"),
        "json": _("Taken out for another program"),
        "cards": _("Membership cards printed"),
    }.get(one.form, _("Listed on the command line"))


def subject_words(one: Access) -> str:
    """The name of the person, or the list and which lines of it."""
    return " · ".join(part for part in (one.subject, one.which) if part) or _("List of members")


def fields_words(one: Access) -> str:
    """The watched fields that were in it, by their labels."""
    return ", ".join(field_name(name) for name in one.fields) or "—"


def request_name(kind: RequestKind) -> str:
    """Xem dữ liệu của mình, sửa, xóa, …"""
    return {
        RequestKind.ACCESS: _("To see what is kept"),
        RequestKind.CORRECT: _("To have it corrected"),
        RequestKind.DELETE: _("To have it deleted"),
        RequestKind.WITHDRAW: _("To take consent back"),
        RequestKind.RESTRICT: _("To have its use restricted"),
    }[kind]


def request_badge(row: RequestRow) -> tuple[str, str]:
    """Where a request stands, and its tone."""
    if row.request.done_on is not None:
        return _("Answered on {day}").format(day=short_date(row.request.done_on)), "ok"
    left = row.due.days_left
    if left < 0:
        return ngettext("{count} day late", "{count} days late", -left).format(count=number(-left)), "bad"
    if row.due.acknowledge_late:
        return _("Acknowledgement is late"), "bad"
    told = ngettext("{count} day left", "{count} days left", left).format(count=number(left))
    return told, "warn" if left <= _SOON else "info"


_SOON = 3  # days


def days_words(rules: Duties) -> str:
    """What the law gives, in one line."""
    days = "; ".join(f"{request_name(kind).lower()} {number(count)}" for kind, count in rules.days.items())
    return _("Acknowledge within {count} working days; then, in days: {days}. Source: {source}.").format(
        count=number(rules.acknowledge_working_days), days=days, source=rules.source
    )
