"""``board``: who of the units below has sent, and the reminders for those who have not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sochihoi.cli.frame import DONE, Call, Commands, count_option, period_option
from sochihoi.i18n import _

if TYPE_CHECKING:
    from sochihoi.services.board import BoardSheet
    from sochihoi.services.office import Office


def register(commands: Commands) -> None:
    """Hang the command."""
    board = commands.add("board", _board, _("who of the units below has sent, who has not"))
    board.add_argument("--period", metavar=_("P"), type=period_option, required=True, help=_("such as 2026-10"))
    board.add_argument("--json", action="store_true", help=_("the result as JSON on standard output"))
    board.add_argument("--reminders", action="store_true", help=_("the text that goes to each unit that has not sent"))
    kinds = _("the board as a list, the reminders with --reminders: a file ending in .pdf, .xlsx or .csv")
    board.add_argument("--out", metavar=_("FILE"), help=kinds)
    board.add_argument("--force", action="store_true", help=_("overwrite a file that is there"))
    days = _("from this month on reports are due so many days after its last day")
    board.add_argument("--due-days", metavar="N", type=count_option(0, 31), help=days)


def _board(call: Call) -> int:
    from sochihoi.domain.exchange import NotAReceiver
    from sochihoi.services.board import as_json
    from sochihoi.ui.words import board as words
    from sochihoi.ui.words import movements

    options = call.options
    with call.office() as office:
        if not office.is_receiver:
            raise NotAReceiver
        if options.due_days is not None:
            office.board.set_due_days(options.due_days, options.period)
        sheet = office.board.of(options.period)
        above = office.commune.union_name
        if options.out:
            _write(call, office, sheet)
        if options.json:
            call.json(as_json(sheet) | {"reminders": _texts(sheet, above)} if options.reminders else as_json(sheet))
            return DONE
    if options.reminders:
        for text in _texts(sheet, above).values():
            call.say(f"{text}\n")
        return DONE
    call.say(_capital(words.headline(sheet)) + ".")
    for row in sheet.rows:
        parts = [words.state_words(row.state), words.due_words(row), words.newest_words(row), words.age_words(row)]
        call.say(f"{row.unit_code} {row.unit_name}: {', '.join(part for part in parts if part)}. {words.remarks(row)}")
    if sheet.movements:
        call.say(_capital(movements.headline(sheet)) + ".")
        for line in movements.lines(sheet):
            call.say(line)
    return DONE


def _texts(sheet: BoardSheet, above: str) -> dict[str, str]:
    from sochihoi.ui.words.board import reminder

    found = {row.unit_code: reminder(row, sheet, above) for row in sheet.rows}
    return {code: text for code, text in found.items() if text}


def _write(call: Call, office: Office, sheet: BoardSheet) -> None:
    from sochihoi.services import list_papers
    from sochihoi.storage.errors import FileExists
    from sochihoi.storage.files import write_whole
    from sochihoi.ui.words.board_papers import board_listing, reminder_listing

    target = Path(call.options.out)
    if target.exists() and not call.options.force:
        raise FileExists(str(target))
    above = office.commune.union_name
    listing = reminder_listing(sheet, above) if call.options.reminders else board_listing(sheet)
    if target.suffix.lower() == ".pdf":
        write_whole(target, list_papers.list_pdf(office, listing), overwrite=True)
    else:
        list_papers.save_list(office, listing, target)
    call.say(_("Written: {file}").format(file=target))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
