"""The slip that a member carries to the Union of another commune, in Vietnamese whatever the screen says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sochihoi.domain.people import NotMoving
from sochihoi.services.letterheads import header, layout_of, watermark
from sochihoi.services.paper_numbers import long_date, plain_date

if TYPE_CHECKING:
    from sochihoi.domain.people import PartialDate
    from sochihoi.reports.document import OfficialDocument
    from sochihoi.services.office import Office
    from sochihoi.services.people_reading import MemberDetail

_OPEN = "……………………………………"


def moving_slip(office: Office, membership_id: str) -> bytes:
    """ "Giấy giới thiệu chuyển sinh hoạt Hội" as PDF. It names no national id, no religion, nothing of the Party.

    Raises ``NotMoving``, ``NotFound``, ``LookupError`` without a usable font.
    """
    from sochihoi.reports.official import pdf

    told = office.people.detail(membership_id)
    if told.membership.moving_on is None:
        raise NotMoving(told.person.full_name)
    return pdf(_slip(office, told), layout_of(office.commune))


def _slip(office: Office, told: MemberDetail) -> OfficialDocument:
    from sochihoi.reports.document import Heading, OfficialDocument, Paragraph, Signature

    commune, member, person = office.commune, told.membership, told.person
    on = member.moving_on or office.today
    to = member.moving_to
    facts = {
        "Họ và tên": person.full_name,
        "Sinh": _date(person.birth),
        "Nơi ở": ", ".join(part for part in (person.address, person.hamlet) if part),
        "Vào Hội": _date(member.joined),
        "Số thẻ hội viên": member.card_no,
        "Mã trong sổ": member.code,
        "Đang sinh hoạt tại": ", ".join(part for part in (f"Chi hội {told.row.branch}", told.row.cell) if part),
        "Chức vụ trong Hội": _positions(told),
    }
    asked = f"Đề nghị {to} tiếp nhận chị {person.full_name} vào sinh hoạt và gửi lại phần xác nhận dưới đây."
    received = (
        f"{to} đã tiếp nhận chị {person.full_name} vào sinh hoạt tại Chi hội {_OPEN} "
        "từ ngày …… tháng …… năm 20……, theo giấy giới thiệu"
    )
    number = f"số {member.moving_no} ngày {plain_date(on)}" if member.moving_no else f"ngày {plain_date(on)}"
    return OfficialDocument(
        header=header(
            commune,
            number=f"Số: {member.moving_no}" if member.moving_no else "",
            place_date=f"{commune.place}, {long_date(on)}" if commune.place else long_date(on).capitalize(),
        ),
        kind_title="GIẤY GIỚI THIỆU",
        subject_lines=("Chuyển sinh hoạt Hội",),
        body=(
            Paragraph(f"Kính gửi: {to}", centred=True, indented=False),
            Paragraph(f"{commune.union_name} trân trọng giới thiệu:"),
            *(Paragraph(value, lead=f"{name}:", indented=False) for name, value in facts.items() if value),
            Paragraph(f"Chuyển sinh hoạt Hội đến {to} từ {long_date(on)}."),
            Paragraph(asked),
            Heading("XÁC NHẬN CỦA NƠI TIẾP NHẬN"),
            Paragraph(f"{received} {number} của {commune.union_name}."),
        ),
        signature=Signature(commune.signer_title, commune.signer_name, commune.on_behalf),
        second_signature=Signature("NƠI TIẾP NHẬN", ""),
        title=f"Giấy giới thiệu chuyển sinh hoạt Hội {member.code}",
        author=commune.union_name,
        made_on=on,
        end_mark="",
        watermark=watermark(demo=office.demo),
    )


def _positions(told: MemberDetail) -> str:
    from sochihoi.reports.wording import word

    held = dict.fromkeys(told.row.positions)
    return ", ".join(word("vi", f"position.{title.name.lower()}") for title in held)


def _date(value: PartialDate | None) -> str:
    return "" if value is None else "/".join(reversed(str(value).split("-")))
