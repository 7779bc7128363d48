"""Membership cards on paper: only what a card needs of a person. Printing them is noted as an export."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sochihoi.domain.progress import Progress, Unwatched
from sochihoi.services.certificate_texts import load
from sochihoi.services.letterheads import unit_lines, watermark

if TYPE_CHECKING:
    from sochihoi.domain.member_lists import MemberRow
    from sochihoi.services.office import Office


def cards(office: Office, rows: Sequence[MemberRow], progress: Progress | None = None) -> bytes:
    """A PDF with ten cards a page: name, branch, number of the card, year of joining, code; the QR code holds the
    code alone. A member without a number of her own has none on her card.

    Raises ``ValueError`` for nobody, ``Cancelled`` when stopped; nothing is noted then.
    """
    from sochihoi.reports.cards import Card, CardSheet, cards_pdf

    told, total = progress or Unwatched(), len(rows)
    texts = load(office.packs.layers()).card(office.today)
    with office.read() as work:
        numbers = {one.id: one.card_no for one in work.people.memberships(row.membership_id for row in rows).values()}
    made = []
    for row in rows:
        number, joined = numbers.get(row.membership_id, ""), row.joined
        lines = [texts.branch.format(branch=row.branch)]
        if number:
            lines.append(texts.number.format(number=number))
        if joined is not None:
            lines.append(texts.joined.format(year=joined.year))
        made.append(Card(row.full_name, tuple(lines), row.code))
    # the Union has no line above it on a card: there is no room, and it is no letter
    unit = unit_lines(office)[-1:]
    sheet = CardSheet(unit, texts.heading, tuple(made), office.today, texts.colour, watermark(demo=office.demo))
    pdf = cards_pdf(sheet, step=lambda done: told.step(done, total))
    office.people.note_export(total, "cards")
    return pdf
