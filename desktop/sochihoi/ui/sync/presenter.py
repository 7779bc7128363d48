"""What the sending page says about a month. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from sochihoi.domain.exchange import SentFile, SentState
from sochihoi.domain.periods import Period, PeriodKind
from sochihoi.i18n import _, number, short_date
from sochihoi.ui.words.month import day_words, period_name
from sochihoi.ui.words.reports import span_name
from sochihoi.ui.words.sync import sent_state

if TYPE_CHECKING:
    from sochihoi.services.commune import Commune
    from sochihoi.services.drives import Drive
    from sochihoi.services.sending import Standing

TONES = {
    SentState.PREPARED: "warn",
    SentState.WRITTEN: "info",
    SentState.RECEIVED: "ok",
    SentState.RETURNED: "bad",
    SentState.PHONED: "ok",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step on the way: ``state`` is ``done``, ``now``, ``later`` or ``bad``."""

    title: str
    hint: str
    state: str


@dataclass(frozen=True, slots=True)
class Target:
    """A place to write to. ``path`` absent: the officer chooses a folder."""

    words: str
    path: Path | None
    stick: bool


def due_on(period: Period, commune: Commune) -> date | None:
    """The day by which a month's file should be sent: ``send_day`` of the month after, or its last day."""
    if period.kind is not PeriodKind.MONTH:
        return None
    following = period.next()
    return min(following.start + timedelta(days=max(commune.send_day, 1) - 1), following.end)


def note(period: Period, commune: Commune, today: date, *, sent: bool) -> str:
    """``hạn gửi 02/11, còn 4 ngày``; nothing once it is sent."""
    due = due_on(period, commune)
    if due is None or sent:
        return ""
    return _("to be sent by {day}, {left}").format(day=short_date(due), left=day_words((due - today).days))


def steps(standing: Standing) -> tuple[Step, ...]:
    """Closed, key, written, received: the four stations of a month's file."""
    file, parent = standing.file, standing.parent
    closed = Step(
        _("Figures closed"),
        _("edition {number}").format(number=standing.edition) if standing.closed else _("not yet"),
        "done" if standing.closed else "now",
    )
    key = Step(
        _("Key of the level above"),
        parent.unit_name if parent is not None else _("not accepted yet"),
        "done" if parent is not None else "now",
    )
    ready = standing.closed and parent is not None
    if standing.sent and file is not None:
        written = Step(_("File written"), _where(file), "done")
    elif standing.older is not None:
        written = Step(_("File written"), _("only an earlier edition so far"), "now" if ready else "later")
    else:
        written = Step(_("File written"), _("not yet"), "now" if ready else "later")
    return (closed, key, written, _answer(file))


def _answer(file: SentFile | None) -> Step:
    title = _("Received by the level above")
    if file is not None and file.state is SentState.RECEIVED:
        return Step(title, _("its receipt is here"), "done")
    if file is not None and file.state is SentState.RETURNED:
        return Step(title, _("returned; a new file is needed"), "bad")
    if file is not None and file.state is SentState.PHONED:
        return Step(title, _("told by telephone; its receipt is not here yet"), "done")
    return Step(title, _("when its receipt is here"), "later")


def _where(file: SentFile) -> str:
    return _("{day}, {folder}").format(day=short_date(file.sent_on), folder=folder_words(file.written_to))


def where_written(file: SentFile) -> str:
    """The folder of the newest copy."""
    return str(Path(file.written_to).parent) if file.written_to else _("not written anywhere yet")


def folder_words(place: str) -> str:
    """The folder a copy went to, short enough for a line."""
    folder = Path(place).parent
    return folder.name or str(folder)


def not_gone(standing: Standing) -> str:
    """Which issued reports no file has taken along yet; empty when all have gone."""
    if not standing.reports:
        return ""
    told = _("Report of {periods} was issued after the newest file. Write the file again: it takes the figures along.")
    return told.format(periods=", ".join(span_name(one) for one in standing.reports))


def missing(standing: Standing, above: str) -> str:
    """Why the file cannot be written yet; empty when it can."""
    if standing.period.kind is not PeriodKind.MONTH:
        return _("Only months are sent. Choose a month at the top.")
    if not standing.closed:
        return _("{period} is not closed yet. Close it first, then send.").format(
            period=capital(period_name(standing.period))
        )
    if standing.parent is None:
        return _("The key of {above} is not accepted yet.").format(above=above or _("the level above"))
    return ""


def capital(text: str) -> str:
    """The first letter large, at the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def targets(drives: tuple[Drive, ...], last: str) -> tuple[Target, ...]:
    """Sticks first, then the folder used last, then any other folder."""
    found = [Target(drive_words(drive), drive.path, stick=True) for drive in drives]
    if last and not any(str(drive.path) == last.rstrip("/\\") or str(drive.path) == last for drive in drives):
        found.append(Target(_("{folder} (last time)").format(folder=last), Path(last), stick=False))
    found.append(Target(_("Another folder…"), None, stick=False))
    return tuple(found)


def drive_words(drive: Drive) -> str:
    """``USB KINGSTON (E:), còn 3,2 GB``."""
    if drive.free is None:
        return _("USB stick {name}").format(name=drive.label)
    tenths = drive.free // (1024 * 1024 * 1024 // 10)
    from decimal import Decimal

    return _("USB stick {name}, {free} GB free").format(name=drive.label, free=number(Decimal(tenths) / 10, 1))


def state_of(file: SentFile) -> tuple[str, str]:
    """Words and tone of a file's badge."""
    return sent_state(file.state), TONES[file.state]


def mail_subject(period: str, unit: str) -> str:
    """The subject of the e-mail draft."""
    return _("Monthly report file, {period}, {unit}").format(period=period_name(period), unit=unit)


def mail_text(file: SentFile, unit: str, above: str, digits: str) -> str:
    """The text of the e-mail draft."""
    return _(
        "To {above}\n\n{unit} sends the signed file of the monthly report, {period}: {file}.\n"
        "SHA-256: {sha256}\nKey of the sender, 12 groups: {digits}\n\nPlease send the receipt back.\n"
    ).format(
        above=above,
        unit=unit,
        period=period_name(file.period),
        file=file.file_name,
        sha256=file.sha256,
        digits=digits,
    )
