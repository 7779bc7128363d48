"""``import-members`` and ``members``: the register."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sochihoi.cli.frame import DONE, MENDABLE, Call, Commands
from sochihoi.i18n import _, ngettext, number

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sochihoi.domain.member_lists import MemberRow
    from sochihoi.intake.shown import ShownHeader
    from sochihoi.services.imports import ImportResult, Line, Preview
    from sochihoi.services.office import Office


_SAID = 30  # rows of one kind that a terminal still shows


def register(commands: Commands) -> None:
    """Hang the commands."""
    bring = commands.add("import-members", _import, _("bring a list of members in"))
    bring.add_argument("file", metavar=_("FILE"))
    bring.add_argument("--dry-run", action="store_true", help=_("only say what the list would bring"))
    bring.add_argument("--json", action="store_true", help=_("the result as JSON on standard output"))
    bring.add_argument("--mapping", metavar=_("FILE"), help=_("a JSON file that says which column is which"))
    bring.add_argument("--skip-doubtful", action="store_true", help=_("leave doubtful rows out"))
    bring.add_argument("--annotated", metavar=_("OUT.xlsx"), help=_("write the list again with what is to be mended"))
    bring.add_argument("--force", action="store_true", help=_("overwrite a file that is there"))
    shown = commands.add("members", _members, _("list the current members"))
    shown.add_argument(
        "--search", metavar=_("TEXT"), default="", help=_("name without marks, phone, any number or code")
    )
    shown.add_argument("--json", action="store_true", help=_("full values as JSON; logged as an export"))
    shown.add_argument("--out", metavar=_("FILE"), help=_("all that is known as .xlsx or .csv; logged as an export"))
    shown.add_argument("--force", action="store_true", help=_("overwrite a file that is there"))


def _import(call: Call) -> int:
    from sochihoi.domain.errors import NotAllowed
    from sochihoi.services.imports import Fate
    from sochihoi.storage.files import write_whole
    from sochihoi.ui.words.intake_columns import remarks_on, remarks_title

    options = call.options
    mapping = Path(options.mapping) if options.mapping else None
    with call.records() as office:
        if not office.may_write:
            raise NotAllowed(office.account.role.name, "member.import")
        preview = office.imports.preview(Path(options.file), mapping, skip_doubtful=options.skip_doubtful)
        if options.annotated:
            book = office.imports.annotated(preview, remarks_on(preview), remarks_title())
            write_whole(Path(options.annotated), book, overwrite=options.force)
        if (preview.lines and preview.count(Fate.REFUSED) == len(preview.lines)) or options.dry_run:
            result = None
        else:
            result = office.imports.commit(preview, skip_doubtful=options.skip_doubtful)
    lines = result.lines if result is not None else preview.lines
    if options.json:
        call.json(_import_json(preview, result, lines, dry_run=options.dry_run, left_out=options.skip_doubtful))
    _say_import(call, preview, result, lines, dry_run=options.dry_run, left_out=options.skip_doubtful)
    return MENDABLE if any(line.fate is Fate.REFUSED for line in lines) else DONE


def _import_json(
    preview: Preview, result: ImportResult | None, lines: tuple[Line, ...], *, dry_run: bool, left_out: bool
) -> dict[str, Any]:
    from sochihoi.services.imports import Fate

    counts = {fate.value.lower(): sum(line.fate is fate for line in lines) for fate in Fate}
    stored = result is not None
    return {
        "file": preview.path.name,
        "dry_run": dry_run,
        "rows": len(lines),
        **counts,
        "namesakes": sum(line.namesake for line in lines),
        "skipped": len(preview.skipped),
        "doubtful_left_out": left_out,
        "stored": (counts["new"] + (0 if left_out else counts["doubtful"])) if stored else 0,
        "branches": list(result.branches if result is not None else preview.branches),
        "cells": [list(pair) for pair in (result.cells if result is not None else preview.cells)],
        "warnings": [{"sheet": one.sheet, "title": one.title} for one in preview.warnings],
        "columns": [columns_json(header) for header in preview.headers],
        "sheets_not_read": list(preview.draft.sheets_without_list),
        "hidden": [
            {"sheet": one.sheet, "whole": one.whole, "rows": list(one.rows), "columns": list(one.columns)}
            for one in preview.draft.hidden
        ],
        "skipped_rows": [
            {"sheet": one.sheet, "row": one.row, "code": one.code.value, "text": one.text} for one in preview.skipped
        ],
        "findings": [_finding(line) for line in lines if line.fate is not Fate.NEW or line.reasons],
    }


def columns_json(header: ShownHeader) -> dict[str, Any]:
    """``{"sheets", "chosen", "columns": [{"column", "title", "field", "letters"}]}``, of lists of both kinds."""
    from sochihoi.intake.shown import column_letter

    return {
        "sheets": list(header.sheets),
        "chosen": header.chosen,
        "columns": [
            {
                "column": column_letter(one.place),
                "title": one.title,
                "field": one.field.value if one.field else None,
                "letters": [
                    {
                        "sheet": told.sheet,
                        "encoding": told.encoding.value,
                        "by": "font" if told.by_font else "words",
                        "cells": told.cells,
                        "lost": list(told.lost),
                    }
                    for told in one.letters
                ],
            }
            for one in header.columns
        ],
    }


def _finding(line: Line) -> dict[str, Any]:
    return {
        "sheet": line.row.sheet,
        "row": line.row.row,
        "name": line.row.name,
        "fate": line.fate.value,
        "known": line.known.code if line.known is not None else None,
        "changes": list(line.changes),
        "review": list(line.review),
        "reasons": [{"code": r.code.value, "column": r.column, "value": r.value} for r in line.reasons],
    }


def _say_import(
    call: Call,
    preview: Preview,
    result: ImportResult | None,
    lines: tuple[Line, ...],
    *,
    dry_run: bool,
    left_out: bool,
) -> None:
    from sochihoi.services.imports import Fate
    from sochihoi.ui.words import intake as words
    from sochihoi.ui.words import intake_columns as column_words

    def count(fate: Fate) -> str:
        return number(sum(line.fate is fate for line in lines))

    for title in dict.fromkeys(warning.title for warning in preview.warnings):
        call.say(words.other_commune(title))
    for told in (words.unread_sheets(preview.draft.sheets_without_list), *words.second_lists(preview.draft.mappings)):
        if told:
            call.say(told)
    for header in preview.headers if dry_run else ():
        call.say(column_words.columns_told(header))
    for told in column_words.letters_told(preview.headers):
        call.say(told)
    for told in (text for hidden in preview.draft.hidden for text in words.hidden_words(hidden)):
        call.say(told)
    told = _(
        "{new} new, {changed} corrected, {present} there already, {doubtful} doubtful, {refused} refused, "
        "{skipped} rows that are no members."
    ).format(
        new=count(Fate.NEW),
        changed=count(Fate.CHANGED),
        present=count(Fate.PRESENT),
        doubtful=count(Fate.DOUBTFUL),
        refused=count(Fate.REFUSED),
        skipped=number(len(preview.skipped)),
    )
    call.say(told)
    branches = result.branches if result is not None else preview.branches if dry_run else ()
    cells = result.cells if result is not None else preview.cells if dry_run else ()
    if branches:
        told = _("Branches that would be made: {names}.") if dry_run else _("New branches: {names}.")
        call.say(told.format(names=", ".join(branches)))
    if cells:
        told = _("Cells that would be made: {names}.") if dry_run else _("New cells: {names}.")
        call.say(told.format(names=", ".join(f"{branch} – {cell}" for branch, cell in cells)))
    _say_rows(call, lines)
    _say_some(call, [line for line in lines if line.namesake and line.fate is Fate.NEW], words.why)
    if told := words.namesakes(lines):
        call.say(told)
    if dry_run:
        _say_some(call, [line for line in lines if line.fate is Fate.CHANGED], words.why)
    doubtful = sum(line.fate is Fate.DOUBTFUL for line in lines)
    if doubtful:
        call.say(_doubtful_words(doubtful, dry_run=dry_run, left_out=left_out))
    if dry_run:
        call.say(_("Nothing was stored: this was a dry run."))


def _say_rows(call: Call, lines: tuple[Line, ...]) -> None:
    """Every row that stays out or is to be looked at, with the place where it stands."""
    from sochihoi.services.imports import Fate
    from sochihoi.ui.words.intake import why

    for line in lines:
        if line.fate is Fate.REFUSED:
            told = _("Sheet “{sheet}”, row {row}, refused: {reasons}.")
        elif line.fate is Fate.DOUBTFUL:
            told = _("Sheet “{sheet}”, row {row}, doubtful: {reasons}.")
        else:
            continue
        call.say(told.format(sheet=line.row.sheet, row=line.row.row, reasons=why(line)))


def _say_some(call: Call, lines: Sequence[Line], why: Callable[[Line], str]) -> None:
    """Rows that come in or are corrected, with what is to know of each; of a long list the first ones and how many
    more there are."""
    for line in lines[:_SAID]:
        told = _("Sheet “{sheet}”, row {row}, {name}: {words}.")
        call.say(told.format(sheet=line.row.sheet, row=line.row.row, name=line.row.name, words=why(line)))
    if (more := len(lines) - _SAID) > 0:
        told = ngettext("And {count} more row like these.", "And {count} more rows like these.", more)
        call.say(told.format(count=number(more)))


def _doubtful_words(count: int, *, dry_run: bool, left_out: bool) -> str:
    if left_out and dry_run:
        told = ngettext("{count} doubtful row would be left out.", "{count} doubtful rows would be left out.", count)
    elif left_out:
        told = ngettext("{count} doubtful row was left out.", "{count} doubtful rows were left out.", count)
    elif dry_run:
        told = ngettext(
            "{count} doubtful row would be marked to be looked at.",
            "{count} doubtful rows would be marked to be looked at.",
            count,
        )
    else:
        told = ngettext(
            "{count} doubtful row is marked to be looked at.",
            "{count} doubtful rows are marked to be looked at.",
            count,
        )
    return told.format(count=number(count))


def _members(call: Call) -> int:
    from sochihoi.ui.words.people import partial_date, phones, place

    options = call.options
    with call.records() as office:
        if options.json:
            call.json(office.people.export_records(options.search))
            return DONE
        rows = office.people.found(options.search)
        if options.out:
            _save(office, rows, Path(options.out), force=options.force)
            call.say(_("Saved: {file}").format(file=options.out))
            return DONE
        office.people.note_export(len(rows), "text")
        for row in rows:
            told = (row.code, row.full_name, partial_date(row.birth), place(row), phones(row.phone))
            print("\t".join(told), file=call.out)
    return DONE


def _save(office: Office, rows: Sequence[MemberRow], target: Path, *, force: bool) -> None:
    from sochihoi.services.people_papers import save_members
    from sochihoi.ui.words.people import position_name

    def held(row: MemberRow) -> str:
        return ", ".join(map(position_name, row.positions))

    save_members(office, rows, "", target, held, overwrite=force)
