"""``import-households`` and ``households``: the list of households in and out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sochihoi.cli.frame import DONE, MENDABLE, Call, Commands
from sochihoi.cli.members import columns_json
from sochihoi.i18n import _

if TYPE_CHECKING:
    from sochihoi.services.household_lists import HomeLine


def register(commands: Commands) -> None:
    """Hang the commands."""
    bring = commands.add("import-households", _import, _("bring a list of households in"))
    bring.add_argument("file", metavar=_("FILE"))
    bring.add_argument("--dry-run", action="store_true", help=_("only say what the list would bring"))
    bring.add_argument("--json", action="store_true", help=_("the result as JSON on standard output"))
    bring.add_argument("--mapping", metavar=_("FILE"), help=_("a JSON file that says which column is which"))
    bring.add_argument("--annotated", metavar=_("OUT.xlsx"), help=_("write the list again with what is to be mended"))
    bring.add_argument("--force", action="store_true", help=_("overwrite a file that is there"))
    shown = commands.add("households", _households, _("the list of households as a file; logged as an export"))
    shown.add_argument("--out", metavar=_("FILE"), required=True, help=_("where it goes, .xlsx or .csv"))
    shown.add_argument("--force", action="store_true", help=_("overwrite a file that is there"))


def _import(call: Call) -> int:
    from sochihoi.domain.errors import NotAllowed
    from sochihoi.services.imports import Fate
    from sochihoi.storage.files import write_whole
    from sochihoi.ui.words.home_lists import remarks_on, sentence, why
    from sochihoi.ui.words.intake_columns import columns_told, remarks_title

    options = call.options
    mapping = Path(options.mapping) if options.mapping else None
    with call.records() as office:
        if not office.may_write:
            raise NotAllowed(office.account.role.name, "household.import")
        lists = office.household_lists
        preview = lists.preview(Path(options.file), mapping=mapping)
        if options.annotated:
            book = lists.annotated(preview, remarks_on(preview), remarks_title())
            write_whole(Path(options.annotated), book, overwrite=options.force)
        refused = bool(preview.lines) and preview.count(Fate.REFUSED) == len(preview.lines)
        told = preview if options.dry_run or refused else lists.commit(preview)
    if options.json:
        counts = {fate.value.lower(): told.count(fate) for fate in Fate if fate is not Fate.DOUBTFUL}
        call.json(
            {
                "file": preview.path.name,
                "dry_run": options.dry_run,
                "rows": len(told.lines),
                **counts,
                "stored": 0 if told is preview else counts["new"] + counts["changed"],
                "columns": [columns_json(header) for header in preview.headers],
                "findings": [_finding(line) for line in told.lines if line.fate is not Fate.PRESENT],
            }
        )
    call.say(sentence(told))
    for header in preview.headers if options.dry_run else ():
        call.say(columns_told(header))
    for line in told.lines:
        if line.fate is Fate.REFUSED:
            words = _("Sheet “{sheet}”, row {row}, refused: {reasons}.")
            call.say(words.format(sheet=line.row.sheet, row=line.row.row, reasons=why(line)))
        elif line.fate is Fate.CHANGED and options.dry_run:
            words = _("Sheet “{sheet}”, row {row}, household {code} would change: {fields}.")
            call.say(words.format(sheet=line.row.sheet, row=line.row.row, code=line.code, fields=why(line)))
    if options.dry_run:
        call.say(_("Nothing was stored: this was a dry run."))
    return MENDABLE if told.count(Fate.REFUSED) else DONE


def _finding(line: HomeLine) -> dict[str, Any]:
    return {
        "sheet": line.row.sheet,
        "row": line.row.row,
        "code": line.code,
        "head": line.head,
        "fate": line.fate.value,
        "changes": [at.value for at in line.changes],
        "reasons": [{"code": r.trouble.value, "column": r.field.value, "value": r.value} for r in line.reasons],
    }


def _households(call: Call) -> int:
    from sochihoi.services.household_papers import save_households

    options = call.options
    with call.records() as office:
        save_households(office, office.households.rows(), "", Path(options.out), overwrite=options.force)
    call.say(_("Saved: {file}").format(file=options.out))
    return DONE
