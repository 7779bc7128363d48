"""The recovery sheet: printed once, put into an envelope, kept in the safe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sochihoi.i18n import language
from sochihoi.services.letterheads import header, watermark_on_screen

if TYPE_CHECKING:
    from sochihoi.services.office import Office


def recovery_sheet(office: Office, code: str) -> bytes:
    """The sheet with a recovery code, as PDF. Raises ``LookupError`` without a usable font."""
    from sochihoi.reports.slip import RecoverySheet, recovery_sheet_pdf

    commune = office.commune
    mark = watermark_on_screen(demo=office.demo)
    return recovery_sheet_pdf(
        RecoverySheet(header(commune), commune.union_name, code, office.today, watermark=mark, language=language())
    )
