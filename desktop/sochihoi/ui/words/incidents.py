"""An incident with personal data in words. No Qt."""

from __future__ import annotations

from datetime import datetime

from sochihoi.domain.duties import Duties, Incident, hours_left, notify_by
from sochihoi.i18n import _, clock, ngettext, number, short_date

Fact = tuple[str, str]
_SOON = 24  # hours


def moment_words(at: datetime) -> str:
    """``26/10/2026 09:42``, local time."""
    local = at.astimezone()
    return f"{short_date(local.date())} {clock(local.time())}"


def title(incident: Incident) -> str:
    """The moment and the first line; that it is closed."""
    first = incident.what.partition("\n")[0]
    told = f"{moment_words(incident.known_at)} · {first}"
    return told if incident.closed_on is None else _("{what} (closed)").format(what=told)


def hours_words(incident: Incident, rules: Duties, now: datetime) -> tuple[str, str]:
    """How many hours are left to tell the authority, and the tone."""
    if incident.notified_at is not None:
        in_time = incident.notified_at <= notify_by(incident, rules)
        return (_("Told in time"), "ok") if in_time else (_("Told too late"), "bad")
    left = hours_left(incident, rules, now)
    if left < 0:
        late = -left - 1
        return ngettext("More than {count} hour late", "More than {count} hours late", late).format(
            count=number(late)
        ), "bad"
    told = ngettext("{count} hour left", "{count} hours left", left).format(count=number(left))
    return told, "bad" if left < _SOON else "warn"


def until_words(incident: Incident, rules: Duties) -> str:
    """From when and until when."""
    if incident.notified_at is not None:
        return _("The authority was told on {moment}; the last moment was {last}.").format(
            moment=moment_words(incident.notified_at), last=moment_words(notify_by(incident, rules))
        )
    return _("Known since {known}. The authority is to be told before {last}.").format(
        known=moment_words(incident.known_at), last=moment_words(notify_by(incident, rules))
    )


def facts(incident: Incident) -> list[Fact | tuple[str, str, str] | None]:
    """What is known of it."""
    people = "—" if incident.people is None else number(incident.people)
    told: list[Fact | tuple[str, str, str] | None] = [
        (_("What happened"), incident.what),
        (_("Which data"), incident.data or "—"),
        (_("How many people"), people),
        (_("Told"), incident.told or "—"),
    ]
    if incident.closed_on is not None:
        told.append((_("Closed on"), short_date(incident.closed_on)))
    return told


def nothing_words(rules: Duties) -> str:
    """What the page is for, while nothing happened."""
    return _(
        "No incident is written down. A lost machine or stick, a list sent to the wrong person, a password in strange"
        " hands: write it down at once, the authority is to be told within {hours} hours. Source: {source}."
    ).format(hours=number(rules.incident_hours), source=rules.source)
