"""What the set-up says. No Qt."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sochihoi.domain.partial_dates import PartialDate
from sochihoi.domain.periods import Period
from sochihoi.i18n import _, clock, ngettext, number, short_date
from sochihoi.services.commune import Commune
from sochihoi.ui.words.acts import act_words, why_final

if TYPE_CHECKING:
    from sochihoi.services.copying import Kept
    from sochihoi.services.history import Act
    from sochihoi.services.office import Office
    from sochihoi.services.restoring import Restored, Seen
    from sochihoi.storage.backup import BackupInfo

SHOWN = 300  # acts


@dataclass(frozen=True, slots=True)
class Told:
    """A line of the history: when, who, what was done, to whom, how many records; whether it can be taken back."""

    batch: str
    when: str
    who: str
    what: str
    whom: str
    changes: int
    undone: bool
    undoable: bool
    why: str = ""  # it can never be taken back


def history(office: Office, most: int = SHOWN, *, mine: bool = False) -> list[Told]:
    """The newest acts, newest first; ``mine``: those of them that the account that works did."""
    from sochihoi.storage.glance import subjects

    acts = [a for a in office.history.acts(most) if not mine or a.account_id == office.account.id]
    accounts = {a.id: a.name for a in office.setup.accounts()}
    with office.read() as work:
        named = subjects(work, [a.batch for a in acts])
    return [
        Told(
            a.batch,
            moment_words(datetime.fromisoformat(a.at)),
            accounts.get(a.account_id, "—"),
            act_words(a.act),
            _names(named.get(a.batch, ())) or "—",
            a.changes,
            a.undone,
            a.undoable and office.may_write,
            _why_never(a, office),
        )
        for a in acts
    ]


def _why_never(act: Act, office: Office) -> str:
    if act.undone:
        return _("It was taken back already.")
    if act.undoable:
        return "" if office.may_write else _("Your account only looks.")
    return why_final(act.act)


def why_not(office: Office, row: Told) -> str:
    """Why a line cannot be taken back now: "" when it can, or when it is so large that trying takes a while."""
    from sochihoi.ui import words

    if row.why or not row.undoable or row.changes > _TRIED_AT_MOST:
        return row.why
    problem = office.history.obstacle(row.batch)
    return "" if problem is None else str(words.say(problem))


_TRIED_AT_MOST = 500  # entries


def _names(names: tuple[str, ...]) -> str:
    return ", ".join(names[:3]) + ("…" if len(names) > 3 else "")


def moment_words(moment: datetime) -> str:
    """``26/10/2026 09:42``, in the local time."""
    local = moment.astimezone()
    return f"{short_date(local.date())} {clock(local.time())}"


def changed_commune(commune: Commune, name: str, value: Any) -> Commune:
    """The settings with one field of the form put in."""
    if name in ("close_day", "send_day", "meeting_every_months"):
        value = int(value or 1)
    if name == "first_month" and value is not None:
        value = Period.month(value.year, value.month or 1).code
    changed: dict[str, Any] = {name: "" if value is None else value}
    return replace(commune, **changed)


def commune_values(commune: Commune) -> dict[str, Any]:
    """The settings as the form shows them."""
    names = ("above_name", "above_email", "close_day", "send_day", "meeting_every_months", "national_id_entry")
    first = PartialDate.from_iso(commune.first_month) if commune.first_month else None
    told = {name: getattr(commune, name) for name in names}
    return told | {"first_month": first}


_NUMBERED = re.compile(r"^\d+\s*[.)\t:-]\s*(?=\S)")  # "1. ", "2) ", a number in a column of its own
_COUNTED = re.compile(r"^\d+\s+(?=\S)")  # "1 Ấp An Hòa": a count only when every line has one ("3 Tháng 2" is a name)


def names_of(text: str) -> tuple[str, ...]:
    """Names, one a line, as they were pasted: numbers before them are left out, and empty lines, and repeated ones."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    counted = len(lines) > 1 and all(_COUNTED.match(line) for line in lines)
    bare = ((_COUNTED if counted else _NUMBERED).sub("", line) for line in lines)
    return tuple(dict.fromkeys(" ".join(name.split()) for name in bare))


# ---------------------------------------------------------------------- copies


def copies_facts(office: Office, today: date) -> list[tuple[str, str]]:
    """Where copies lie and how old the newest ones are."""
    from sochihoi.services.copying import kept_in

    beside = office.backups.kept()
    chosen = office.backups.folder
    outside = kept_in(chosen) if chosen is not None else ()
    second = _("none chosen yet") if chosen is None else str(chosen)
    return [
        (_("Beside the book"), _newest(beside, today)),
        (_("Second place"), second),
        (_("Newest there"), _newest(outside, today) if chosen is not None else "—"),
        (_("Last tried"), _tried(office.backups.last_drill(), today)),
        *_before_update(office, today),
    ]


def _before_update(office: Office, today: date) -> list[tuple[str, str]]:
    kept = office.backups.before_update()
    if kept is None:
        return []
    file, day = kept
    text = _("{day} ({age}), the file {file} beside the book, for whoever helps when something is wrong after it")
    told = text.format(day=short_date(day), age=_age((today - day).days), file=file.name)
    return [(_("Before the last update"), told)]


def _tried(day: date | None, today: date) -> str:
    return _("not yet") if day is None else f"{short_date(day)} ({_age((today - day).days)})"


def _age(days: int) -> str:
    if days <= 0:
        return _("today")
    return ngettext("{count} day ago", "{count} days ago", days).format(count=number(days))


def _newest(copies: tuple[Kept, ...], today: date) -> str:
    if not copies:
        return _("no copy yet")
    age = _age((today - copies[0].day).days)
    kept = ngettext("{count} copy kept", "{count} copies kept", len(copies)).format(count=number(len(copies)))
    return f"{moment_words(copies[0].made_at)} ({age}), {kept}"


def backup_facts(info: BackupInfo) -> list[tuple[str, str]]:
    """What a backup holds, before it is brought back."""
    rows = info.rows

    def count(*tables: str) -> str:
        return number(sum(rows.get(table, 0) for table in tables))

    return [
        (_("Made at"), moment_words(datetime.fromisoformat(info.made_at))),
        (_("Members in it, also those who left"), count("membership")),
        (_("Households in it"), count("household")),
        (_("Meetings in it"), count("meeting")),
        (_("Closed months in it"), count("closing")),
    ]


def consequence(seen: Seen) -> str:
    """What bringing it back means for what is there now."""
    if seen.here is None:
        return _("There is no book in this folder yet: the copy becomes the book.")
    return _(
        "The book as it is now is set aside in a folder beside it. Everything entered after the copy is not in"
        " the book then."
    )


def other_unit(seen: Seen) -> str:
    """A warning: the copy would bring another unit's book."""
    here = seen.here.union_name if seen.here is not None else ""
    if not here:
        return _("The copy is whole, but of another book than the one that lies here.")
    return _("The copy is whole, but it is of {unit}; the book that lies here is of {here}.").format(
        unit=seen.unit.union_name, here=here
    )


def brought_back(done: Restored) -> str:
    """What came back, and where the state before lies."""
    said = _("The state of {moment} is back.").format(moment=moment_words(datetime.fromisoformat(done.info.made_at)))
    if done.aside is not None:
        said += " " + _("What was here before lies in {folder}.").format(folder=done.aside)
    return said


def backup_name(office: Office) -> str:
    """The proposed file name: unit and day."""
    unit = "".join(c for c in office.commune.short_name.title() if c.isalnum()) or "so"
    return f"SoChiHoi_{unit}_{office.today:%Y-%m-%d}.hpnbak"
