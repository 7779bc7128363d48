"""The recovery sheet: printed once, put into an envelope, kept in the safe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sochihoi.i18n import _, language

if TYPE_CHECKING:
    from sochihoi.services.office import Office


def recovery_sheet(office: Office, code: str) -> bytes:
    """The sheet with a recovery code, as PDF. Raises ``LookupError`` without a usable font."""
    from sochihoi.reports.document import Header
    from sochihoi.reports.slip import RecoverySheet, recovery_sheet_pdf

    commune = office.commune
    header = Header(
        tuple(line for line in (commune.union_line, commune.organ_line) if line),
        (commune.parent_line,) if commune.parent_line else (),
    )
    mark = _("DEMONSTRATION") if office.demo else ""
    return recovery_sheet_pdf(
        RecoverySheet(header, commune.union_name, code, office.today, watermark=mark, language=language())
    )
