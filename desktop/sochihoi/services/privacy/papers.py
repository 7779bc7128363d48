"""Papers about personal data, in Vietnamese whatever the screen says."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from sochihoi import paths
from sochihoi.domain.duties import hours_left, notify_by
from sochihoi.domain.progress import Progress, Unwatched
from sochihoi.services.letterheads import header, layout_of, watermark
from sochihoi.services.paper_numbers import long_date

if TYPE_CHECKING:
    from sochihoi.domain.duties import Incident
    from sochihoi.domain.member_lists import MemberRow
    from sochihoi.domain.people import PartialDate
    from sochihoi.reports.document import OfficialDocument
    from sochihoi.services.office import Office

Parts = Sequence[tuple[str, Sequence[tuple[str, str]]]]  # a title, and label and words of each line below it


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


def person_file(office: Office, person_id: str, code: str, parts: Parts) -> bytes:
    """Everything that is kept about one woman, part by part, for herself: in full, signed by whoever hands it over.

    Noted in the log of access. Raises ``LookupError`` without a usable font.
    """
    from sochihoi.reports.document import Column, FigureTable, Heading, OfficialDocument, Paragraph, Row, Signature
    from sochihoi.reports.official import pdf

    commune, said = office.commune, words()["person_file"]
    columns = (Column(said["what"], 3), Column(said["kept"], 7))
    body: list[Heading | FigureTable | Paragraph] = []
    for title, lines in parts:
        body += [Heading(title, 2), FigureTable(columns, tuple(Row(line) for line in lines))]
    body += [Paragraph(text) for text in said["told"]]
    made = pdf(
        OfficialDocument(
            header=header(commune, place_date=place_date(office)),
            kind_title=said["title"],
            body=tuple(body),
            signature=Signature(said["hands_over"], office.account.name, seal_room=False),
            second_signature=Signature(said["receives"], "", seal_room=False),
            title=f"{said['title']} {code}".strip(),
            author=commune.union_name,
            made_on=office.today,
            end_mark="",
            watermark=watermark(demo=office.demo),
        ),
        layout_of(commune),
    )
    office.privacy.access.printed(person_id)
    return made


def incident_paper(office: Office, incident: Incident) -> bytes:
    """What is known of an incident, its hours as of now, and the steps with those that were taken.

    Raises ``LookupError`` without a usable font.
    """
    from sochihoi.reports.document import CheckBoxes, Column, FigureTable, Heading, OfficialDocument, Row, Signature
    from sochihoi.reports.official import pdf

    commune, rules = office.commune, office.privacy.duties.rules()
    said, last = rules.paper, notify_by(incident, rules)
    left = hours_left(incident, rules, office.now)
    facts = [(said["known"], _moment(incident.known_at)), (said["due"], _moment(last))]
    if incident.notified_at is None:
        facts.append((said["left"], said["over"] if left < 0 else said["hours"].format(hours=left)))
    else:
        facts.append((said["notified"], _moment(incident.notified_at)))
    facts += [
        (said["what"], incident.what),
        (said["data"], incident.data or _DOTS),
        (said["people"], _DOTS if incident.people is None else str(incident.people)),
        (said["told"], incident.told or _DOTS),
    ]
    columns = (Column(said["item"], 3), Column(said["content"], 7))
    table = FigureTable(columns, tuple(Row(line) for line in facts))
    boxes = CheckBoxes(tuple((step.text, step.key in incident.done) for step in rules.steps))
    return pdf(
        OfficialDocument(
            header=header(commune, place_date=place_date(office)),
            kind_title=said["title"],
            body=(table, Heading(said["steps"], 2), boxes),
            signature=Signature(said["signs"], office.account.name, seal_room=False),
            title=said["title"],
            author=commune.union_name,
            made_on=office.today,
            end_mark="",
            watermark=watermark(demo=office.demo),
        ),
        layout_of(commune),
    )


def _moment(at: datetime) -> str:
    local = at.astimezone()
    return f"{local:%H} giờ {local:%M}, ngày {local:%d/%m/%Y}"


def place_date(office: Office) -> str:
    """``Xã Hòa Phú, ngày 26 tháng 10 năm 2026``."""
    place = f"{office.commune.place}, " if office.commune.place else ""
    return place + long_date(office.today)


@cache
def words() -> dict[str, Any]:
    """``resources/privacy/papers.toml``."""
    with (paths.resources() / "privacy" / "papers.toml").open("rb") as file:
        return tomllib.load(file)


_DOTS = "…" * 30
_SIGNED_ON = "Ngày …… tháng …… năm 20……"


def birth_words(birth: PartialDate | None) -> str:
    """``08/03/1971``, ``03/1971``, ``1971``, "" when it is not known."""
    return "" if birth is None else "/".join(reversed(str(birth).split("-")))
