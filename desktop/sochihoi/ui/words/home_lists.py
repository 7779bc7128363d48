"""Words of lists of households that are brought in: what each row would do and why one stays out. No Qt."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sochihoi.i18n import _, ngettext, number
from sochihoi.intake.home_list import HomeField
from sochihoi.services.household_lists import (
    HomeLine,
    HomeReason,
    HomesPreview,
    HomesResult,
    HomeTrouble,
    HouseholdsListed,
    NoHouseholdsListed,
)
from sochihoi.services.imports import Fate
from sochihoi.ui.words import Message, register

if TYPE_CHECKING:
    from sochihoi.intake.annotating import CellNote


def home_field(at: HomeField) -> str:
    """What a column is called in our own list."""
    return {
        HomeField.CODE: _("Household code"),
        HomeField.HEAD_CODE: _("Code of the head"),
        HomeField.HEAD: _("Head"),
        HomeField.BRANCH: _("Branch"),
        HomeField.ADDRESS: _("Address"),
        HomeField.PHONE: _("Phone"),
        HomeField.GROUP: _("Household group"),
        HomeField.RESIDENTS: _("People counted"),
        HomeField.MEMBERS: _("Members with their codes"),
        HomeField.OTHERS: _("Other residents"),
        HomeField.NOTE: _("Note"),
        HomeField.COUNTED: _("Not read"),
    }[at]


def trouble_words(trouble: HomeTrouble) -> str:
    """Why a row stays out, in a few words."""
    return {
        HomeTrouble.CODE_OF_ANOTHER: _("this is the code of a household with another head and address"),
        HomeTrouble.TWICE: _("this household stands in the list already, in row"),
        HomeTrouble.HEAD_MISSING: _("no head is named"),
        HomeTrouble.HEADS_DIFFER: _("code, name and relation name different heads"),
        HomeTrouble.BRANCH_MISSING: _("no branch is named"),
        HomeTrouble.BRANCH_UNKNOWN: _("there is no such branch"),
        HomeTrouble.GROUP_UNKNOWN: _("unknown household group"),
        HomeTrouble.RESIDENTS_ODD: _("this is not a number of people"),
        HomeTrouble.MEMBER_UNKNOWN: _("no current member has this code and name"),
        HomeTrouble.NOT_UNDERSTOOD: _("neither a date of birth nor a relation"),
        HomeTrouble.NAMED_TWICE: _("she is named in another row too"),
    }[trouble]


def home_reason(reason: HomeReason) -> str:
    """``Diện hộ: không có diện hộ này (“hộ vàng”)``."""
    words = f"{home_field(reason.field)}: {trouble_words(reason.trouble)}"
    if reason.trouble is HomeTrouble.TWICE:
        return f"{words} {reason.value}"
    return f"{words} (“{reason.value}”)" if reason.value else words


def why(line: HomeLine) -> str:
    """The remarks on a row: why it stays out, or what would change."""
    if line.fate is Fate.REFUSED:
        return "; ".join(map(home_reason, line.reasons))
    return ", ".join(home_field(at) for at in line.changes)


def remarks_on(preview: HomesPreview) -> Iterator[CellNote]:
    """Every reason for which a row stays out, at its column."""
    from sochihoi.intake.annotating import CellNote
    from sochihoi.intake.draft import Verdict

    for line in preview.of(Fate.REFUSED):
        at = next(
            one.columns
            for one in preview.lists
            if one.header.sheet == line.row.sheet and one.header.holds(line.row.row - 1)
        )
        for reason in line.reasons:
            place = at.get(reason.field)
            yield CellNote(line.row.sheet, line.row.row, place, Verdict.REFUSED, home_reason(reason))


def sentence(told: HomesPreview | HomesResult) -> str:
    """``12 hộ mới, 3 hộ thay đổi, 400 hộ không đổi, 1 dòng bị từ chối.``"""
    counted = (
        (Fate.NEW, ngettext("{count} new household", "{count} new households", told.count(Fate.NEW))),
        (Fate.CHANGED, ngettext("{count} household changed", "{count} households changed", told.count(Fate.CHANGED))),
        (
            Fate.PRESENT,
            ngettext("{count} household as it is", "{count} households as they are", told.count(Fate.PRESENT)),
        ),
        (Fate.REFUSED, ngettext("{count} refused row", "{count} refused rows", told.count(Fate.REFUSED))),
    )
    said = [words.format(count=number(told.count(fate))) for fate, words in counted if told.count(fate)]
    return (", ".join(said) or _("No household in this list")) + "."


@register(HouseholdsListed)
def _of_households(error: HouseholdsListed) -> Message:
    return Message(
        _("“{file}” lists households, not members.").format(file=error.file),
        _("Bring it in with the command import-households, or in the window."),
    )


@register(NoHouseholdsListed)
def _of_none(error: NoHouseholdsListed) -> Message:
    return Message(
        _("“{file}” holds no list of households.").format(file=error.file),
        _("Put titles such as “Chủ hộ” and “Địa chỉ” over the columns, save, and choose it again."),
    )
