"""Papers about personal data, in Vietnamese whatever the screen says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sochihoi.domain.progress import Progress, Unwatched
from sochihoi.services.letterheads import header, layout_of, watermark

if TYPE_CHECKING:
    from sochihoi.domain.member_lists import MemberRow
    from sochihoi.domain.people import PartialDate
    from sochihoi.reports.document import OfficialDocument
    from sochihoi.services.office import Office


def consent_slips(office: Office, rows: Sequence[MemberRow], progress: Progress | None = None) -> bytes:
    """A slip for each member, from a page of its own, to be ticked and signed by hand: nothing is ticked beforehand.

    Raises ``ValueError`` for nobody, ``Cancelled`` when stopped, ``LookupError`` without a usable font.
    """
    from sochihoi.reports.binding import bound
    from sochihoi.reports.official import pdf
    from sochihoi.reports.paper import Properties

    told, layout, made = progress or Unwatched(), layout_of(office.commune), []
    for at, row in enumerate(rows):
        told.step(at, len(rows))
        made.append(pdf(_slip(office, row), layout))
    told.step(len(rows), len(rows))
    if len(made) == 1:
        return made[0]
    return bound(made, Properties(office.privacy.consent.text().title, office.commune.union_name, office.today, "vi"))


def _slip(office: Office, row: MemberRow) -> OfficialDocument:
    from sochihoi.reports.document import CheckBoxes, OfficialDocument, Paragraph, Signature

    text, commune = office.privacy.consent.text(), office.commune
    place = ", ".join(part for part in (row.address, row.hamlet) if part)
    known = {
        "name": row.full_name,
        "birth": birth_words(row.birth),
        "address": place,
        "branch": f"{row.branch} · {row.cell}" if row.cell else row.branch,
        "code": row.code,
    }
    body = [Paragraph(value or _DOTS, lead=f"{text.facts[key]}:", indented=False) for key, value in known.items()]
    body += [Paragraph(part.format(unit=commune.union_name)) for part in text.told]
    asked: list[Paragraph | CheckBoxes] = []
    for box in text.boxes.values():
        asked += [Paragraph(box, indented=False), CheckBoxes(((text.agree, False), (text.refuse, False)))]
    return OfficialDocument(
        header=header(commune, place_date=_SIGNED_ON),
        kind_title=text.title,
        body=(*body, *asked, *(Paragraph(part) for part in text.rights)),
        signature=Signature(text.signs, row.full_name, seal_room=False),
        second_signature=Signature(text.receives, "", seal_room=False),
        title=f"{text.title} {row.code}",
        author=commune.union_name,
        made_on=office.today,
        subject_lines=(f"(Lời văn {text.version})",),
        end_mark="",
        watermark=watermark(demo=office.demo),
    )


_DOTS = "…" * 30
_SIGNED_ON = "Ngày …… tháng …… năm 20……"


def birth_words(birth: PartialDate | None) -> str:
    """``08/03/1971``, ``03/1971``, ``1971``, "" when it is not known."""
    return "" if birth is None else "/".join(reversed(str(birth).split("-")))
