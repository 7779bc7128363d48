"""Words for a list of provinces and communes that cannot be used. No Qt."""

from __future__ import annotations

from sochihoi.i18n import _, number
from sochihoi.services.unit_files import BadUnitList, UnitTrouble
from sochihoi.ui.words import Message, register


@register(BadUnitList)
def _bad_list(error: BadUnitList) -> Message:
    why = {
        UnitTrouble.UNREADABLE: _("it is no text file in UTF-8"),
        UnitTrouble.HEAD: _("its first line does not say since when it holds and how many units it has"),
        UnitTrouble.COLUMNS: _("line {line} does not have the columns {value}"),
        UnitTrouble.CODE: _("line {line}: “{value}” is no code of two or five digits"),
        UnitTrouble.NAME: _("line {line}: the unit {value} has no name"),
        UnitTrouble.KIND: _("line {line}: “{value}” is no kind of unit"),
        UnitTrouble.PROVINCE: _("line {line}: no province has the code {value}"),
        UnitTrouble.TWICE: _("line {line}: the code {value} stands there twice"),
        UnitTrouble.COUNT: _("it has {value} of the units that its first line states"),
    }[error.trouble].format(line=number(error.line), value=error.value)
    return Message(
        _("The list of units {file} is not used: {why}.").format(file=error.file, why=why),
        _("The list that came with the program is used. Ask who sent the pack for a new one."),
    )
