"""The groups of a list that is looked at, and the columns of each."""

from __future__ import annotations

from sochihoi.i18n import _, ngettext, number
from sochihoi.intake.columns import Field
from sochihoi.services.imports import Fate, Line, Preview
from sochihoi.ui.people.intake_groups import Kind
from sochihoi.ui.shared.columns import Column
from sochihoi.ui.words import intake as words
from sochihoi.ui.words.intake_columns import letters_in_short
from sochihoi.ui.words.people import partial_date


def fate_text(fate: Fate) -> str:
    """What happens to the rows of a group, in one sentence."""
    return {
        Fate.NEW: _("These people come in as they stand in the list."),
        Fate.CHANGED: _("These people are in the book already; the list fills in or corrects what is named."),
        Fate.DOUBTFUL: _("These people come in too, marked “Look at”, until someone has looked at them."),
        Fate.REFUSED: _("These rows stay out. Mend them in the file, and bring it in again: nobody is entered twice."),
        Fate.PRESENT: _("These people are in the book already and nothing changes for them."),
    }[fate]


def line_columns() -> tuple[Column[Line], ...]:
    """Row of the file, name, birth, branch, cell, and why."""
    return (
        Column(lambda: _("Row"), lambda x: str(x.row.row), 56, sort=lambda x: (x.row.sheet, x.row.row), align="right"),
        Column(lambda: _("Full name"), lambda x: x.row.name or "—", 190, strong=True),
        Column(lambda: _("Born"), lambda x: partial_date(x.row.birth), 96),
        Column(lambda: _("Branch"), lambda x: ", ".join(p for p in (x.row.branch, x.row.cell) if p) or "—", 170),
        Column(lambda: _("Remarks"), words.why, 300, stretch=True),
    )


def kind() -> Kind[Line]:
    """A list of members."""
    return Kind(
        "intake",
        line_columns(),
        (Fate.NEW, Fate.CHANGED, Fate.DOUBTFUL, Fate.REFUSED, Fate.PRESENT),
        tuple(Field),
        frozenset({Field.NAME, Field.GIVEN_NAME}),
        words.fate_name,
        fate_text,
        _("This is a list of &households"),
    )


def sentence(preview: Preview) -> str:
    """``3.190 người mới, 41 người được sửa, 12 dòng nghi ngờ, 5 dòng bị từ chối``."""
    counted = (
        (Fate.NEW, ngettext("{count} new person", "{count} new people", preview.count(Fate.NEW))),
        (Fate.CHANGED, ngettext("{count} corrected", "{count} corrected", preview.count(Fate.CHANGED))),
        (Fate.DOUBTFUL, ngettext("{count} doubtful row", "{count} doubtful rows", preview.count(Fate.DOUBTFUL))),
        (Fate.REFUSED, ngettext("{count} refused row", "{count} refused rows", preview.count(Fate.REFUSED))),
        (Fate.PRESENT, ngettext("{count} there already", "{count} there already", preview.count(Fate.PRESENT))),
    )
    told = [words.format(count=number(preview.count(fate))) for fate, words in counted if preview.count(fate)]
    return (", ".join(told) or _("No member in this list")) + "."


def beside(preview: Preview) -> list[str]:
    """What else to know before: new branches and cells, rows that are no members, unread columns."""
    told = []
    if preview.branches:
        told.append(_("New branches: {names}.").format(names=", ".join(preview.branches)))
    if preview.cells:
        count = len(preview.cells)
        told.append(ngettext("{count} new cell.", "{count} new cells.", count).format(count=number(count)))
    if preview.skipped:
        count = len(preview.skipped)
        rows = ", ".join(f"{one.row} ({words.skip_words(one.code).lower()})" for one in preview.skipped[:4])
        more = ngettext("{count} row is no member: {rows}", "{count} rows are no members: {rows}", count)
        told.append(more.format(count=number(count), rows=rows) + ("…" if count > 4 else "."))
    told += [text for text in (words.namesakes(preview.lines),) if text]
    told += [text for hidden in preview.draft.hidden for text in words.hidden_words(hidden)]
    letters = letters_in_short(preview.headers)
    told += [letters] if letters else []
    unread = [title for mapping in preview.draft.mappings for title in mapping.unknown]
    if unread:
        told.append(_("Columns that are not read: {names}.").format(names=", ".join(unread)))
    return told


def warnings(preview: Preview) -> list[str]:
    """The list names another commune, each title once; a sheet of it is not read, or a list beside another one."""
    told = [words.other_commune(title) for title in dict.fromkeys(one.title for one in preview.warnings)]
    told += filter(None, (words.unread_sheets(preview.draft.sheets_without_list),))
    return told + words.second_lists(preview.draft.mappings)
