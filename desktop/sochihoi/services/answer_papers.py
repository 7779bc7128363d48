"""The receipt as a paper, for whoever brought the stick and waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sochihoi.domain.corrections import Correction
from sochihoi.domain.exchange import Outcome
from sochihoi.domain.periods import Period
from sochihoi.i18n import _, language, number
from sochihoi.services.letterheads import header, watermark_on_screen
from sochihoi.services.phone_codes import NotCounted

if TYPE_CHECKING:
    from collections.abc import Callable

    from sochihoi.services.office import Office


def receipt_slip(office: Office, line_id: str, say: Callable[[Correction], str] | None = None, why: str = "") -> bytes:
    """ "Giấy biên nhận" of a file that was answered. ``say``: a correction in words; ``why``: of a returned file.

    Raises ``NotCounted`` when it has no receipt, ``NotFound``.
    """
    from sochihoi.reports.receipt_slip import ReceiptSlip, receipt_slip_pdf
    from sochihoi.storage import ledger
    from sochihoi.sync.envelope import inspect

    with office.read() as work:
        line = work.sync.received_one(line_id)
        content = ledger.receipt_of(work, line_id)
    receipt = None if content is None else inspect(content).receipt
    if receipt is None:
        raise NotCounted(line.file_name)
    counts = line.verdict is Outcome.STORED
    corrections = [Correction.from_json(told) for told in line.facts.get("corrections", ())]
    told = tuple((say or _plain)(one) for one in corrections)
    period = Period.parse(line.period)
    pdf: bytes = receipt_slip_pdf(
        ReceiptSlip(
            header=header(office.commune),
            sender=f"{line.unit_name} ({line.unit_code})".strip(),
            receiver=office.commune.union_name,
            period=_("month {month}").format(month=f"{period.index}/{period.year}"),
            file_name=line.file_name,
            number=number(line.seq),
            receipt_no=number(receipt.receipt_no),
            answer=_("received, {count} lines of figures").format(count=number(receipt.rows))
            if counts
            else _("returned"),
            why="" if counts else why,
            sha256=line.sha256,
            code=office.phone.tell(line_id) if counts else "",
            corrections=told,
            made_on=office.today,
            received_by=office.account.name,
            watermark=watermark_on_screen(demo=office.demo),
            language=language(),
        )
    )
    return pdf


def _plain(one: Correction) -> str:
    return f"{one.period} {one.indicator}: {one.said}".strip()
