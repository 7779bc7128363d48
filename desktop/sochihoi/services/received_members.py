"""Lists of members at a level above: kept as far as it asks for them itself, replaced whole by each newer file.

A national id is never kept: what is kept of it says only whether two are the same, see ``sync/id_hash.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sochihoi.domain.member_columns import MEMBER_LIST
from sochihoi.sync import rows as wire
from sochihoi.sync.id_hash import id_hash
from sochihoi.sync.member_rows import Member

if TYPE_CHECKING:
    from sochihoi.services.office import Office
    from sochihoi.storage.work import Work

NATIONAL_ID = "national_id"


def store(office: Office, work: Work, unit: str, line_id: str, rows: Sequence[wire.Row]) -> int:
    """Put the members of a unit's newest file in the place of those before; how many are kept now.

    Columns that no pack of this unit asks for are left out, though they came; without such a pack nobody is kept.
    A file of figures only ends the list that stood here.
    """
    from sochihoi.services.sending import own_keys
    from sochihoi.storage.cross_duplicates import has_members

    asked = office.packs.asked_below(work, MEMBER_LIST)
    wanted = frozenset() if asked is None else frozenset(asked.columns)
    listed = [row for row in rows if isinstance(row, Member)] if wanted else []
    if not listed and not has_members(work, unit):
        return 0
    names = {row.id: row.name for row in rows if isinstance(row, wire.Branch)}
    identity = own_keys(office, work)[0]
    kept = []
    for one in listed:
        values: dict[str, Any] = {code: value for code, value in one.values.items() if code in wanted}
        national_id = str(values.pop(NATIONAL_ID, ""))
        if "branch" in values:
            values["branch"] = names.get(str(values["branch"]), "")
        kept.append(
            {
                "id": office.new_id(),
                "unit_code": unit,
                "member": one.id,
                "content": values,
                "id_hash": id_hash(identity, national_id),
                "file_id": line_id,
                "deleted_on": None,
            }
        )
    work.sync.replace_members(unit, kept)
    return len(kept)
