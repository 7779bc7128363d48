"""What the level above confirms of this commune's transfer tickets, kept with each of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sochihoi.domain.movements import ABOVE
from sochihoi.domain.tickets import TicketWay

if TYPE_CHECKING:
    from sochihoi.storage.work import Work
    from sochihoi.sync.receipt import Receipt


def take(work: Work, receipt: Receipt) -> None:
    """Remember what a receipt says of our tickets; an older receipt takes nothing back."""
    from sochihoi.storage import tickets

    for told in receipt.tickets:
        for way in TicketWay:
            one = tickets.by_ticket(work, told.ticket, way.name)
            known = None if one is None else one.content.get(ABOVE)
            if one is None or (known is not None and known["no"] >= receipt.receipt_no):
                continue
            kept = {"no": receipt.receipt_no, "standing": told.standing.value, "day": told.day.isoformat()}
            tickets.put(work, replace(one, content={**one.content, ABOVE: kept}))
