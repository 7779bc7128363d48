"""Papers about invented people and places."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from sochihoi.reports.charts import Bar, HorizontalBars, VerticalBars
from sochihoi.reports.document import (
    Align,
    BarChart,
    Block,
    BulletList,
    CheckBoxes,
    Column,
    FigureTable,
    Header,
    Heading,
    OfficialDocument,
    Paragraph,
    Row,
    RowKind,
    Signature,
)

MADE_ON = date(2026, 10, 30)

COLUMNS = (
    Column("STT", 1, Align.CENTRE),
    Column("Chỉ tiêu", 6),
    Column("Đơn vị tính", 2, Align.CENTRE),
    Column("Kỳ trước", 2, Align.RIGHT),
    Column("Tháng này", 2, Align.RIGHT),
    Column("Từ đầu năm", 2, Align.RIGHT),
)

_FIGURES = (
    ("Tổng số hội viên", "người", "3.398", "3.412", "3.412"),
    ("Hội viên mới kết nạp", "người", "12", "19", "146"),
    ("Hội viên ra khỏi Hội", "người", "4", "5", "61"),
    ("Tỷ lệ tập hợp phụ nữ từ 18 tuổi trở lên", "%", "71,8", "72,1", "72,1"),
    ("Chi hội đã sinh hoạt trong kỳ", "chi hội", "33", "31", "34"),
    ("Tỷ lệ dự sinh hoạt bình quân", "%", "83,6", "82,1", "80,2"),
)


def figures(rows: int = 12) -> FigureTable:
    """A table of so many figures, with group bands and a sum."""
    found: list[Row] = []
    for at in range(rows):
        if at % 6 == 0:
            found.append(Row((f"{'I' * (at // 6 + 1)}. Nhóm số liệu thứ {at // 6 + 1}",), RowKind.GROUP))
        found.append(Row((str(at + 1), *_FIGURES[at % 6])))
    found.append(Row(("", "Cộng", "", "45.120", "45.318", "45.318"), RowKind.TOTAL))
    return FigureTable(COLUMNS, tuple(found), "Biểu 1. Số liệu công tác Hội tháng 10 năm 2026")


ATTENDANCE_CHART = VerticalBars(
    "Tỷ lệ dự sinh hoạt bình quân",
    tuple(
        Bar(label, Fraction(value, 1000), text, dark=label == "T10")
        for label, value, text in (
            ("T5", 784, "78,4"),
            ("T6", 812, "81,2"),
            ("T7", 749, "74,9"),
            ("T8", 803, "80,3"),
            ("T9", 836, "83,6"),
            ("T10", 821, "82,1"),
        )
    ),
    ((0, "0\u00a0%"), (Fraction(1, 2), "50\u00a0%"), (1, "100\u00a0%")),
    Fraction(4, 5),
    "80\u00a0%",
)

HOUSEHOLD_CHART = HorizontalBars(
    "Hộ đạt 5 không, 3 sạch, 3 an: sáu chi hội thấp nhất",
    tuple(
        Bar(f"Ấp {name}", Fraction(met, every), f"{text}\u00a0%", f"({met}/{every})", dark=met * 100 <= 85 * every)
        for name, met, every, text in (
            ("Trà Cuôn", 55, 88, "62,5"),
            ("Bưng Cốc", 61, 87, "70,1"),
            ("Đại Ân", 75, 95, "78,9"),
            ("Phú Mỹ", 90, 108, "83,3"),
            ("Tân Lập", 86, 100, "86,0"),
            ("An Hòa", 97, 110, "88,2"),
        )
    ),
    1,
    Fraction(85, 100),
    "trên 85\u00a0%",
)

LONG = (
    "Trong tháng, Ban Thường vụ Hội Liên hiệp Phụ nữ xã đã chỉ đạo 34 chi hội bám sát kế hoạch năm, tổ chức sinh hoạt "
    "định kỳ gắn với học tập, quán triệt Nghị quyết Đại hội đại biểu phụ nữ; 31/34 chi hội đã sinh hoạt, tỷ lệ dự sinh "
    "hoạt bình quân đạt 82,1\u00a0% (tháng trước 83,6\u00a0%), cao hơn chỉ tiêu 80\u00a0%."
)

HEADER = Header(
    ("HỘI LIÊN HIỆP PHỤ NỮ XÃ HÒA PHÚ", "BAN THƯỜNG VỤ"),
    number="Số: 09/BC-BTV",
    place_date="Hòa Phú, ngày 30 tháng 10 năm 2026",
)
RECIPIENTS = (
    "- Ban Thường vụ Hội LHPN tỉnh;",
    "- Thường trực Đảng ủy xã;",
    "- Ủy ban MTTQ Việt Nam xã;",
    "- Các chi hội;",
    "- Lưu: VT, BTV.",
)


def monthly(
    body: tuple[Block, ...] | None = None, *, draft_mark: str = "", watermark: str = "", language: str = "vi"
) -> OfficialDocument:
    """A monthly report of about three pages."""
    return OfficialDocument(
        header=HEADER,
        kind_title="BÁO CÁO",
        subject_lines=("Kết quả công tác Hội và phong trào phụ nữ tháng 10 năm 2026", "Nhiệm vụ trọng tâm tháng 11"),
        body=body if body is not None else full_body(),
        signature=Signature("CHỦ TỊCH", "Trần Thị Ngọc Ánh", "TM. BAN THƯỜNG VỤ"),
        recipients=RECIPIENTS,
        title="Báo cáo tháng 10 năm 2026",
        author="Hội LHPN xã Hòa Phú",
        made_on=MADE_ON,
        draft_mark=draft_mark,
        watermark=watermark,
        language=language,
    )


def full_body() -> tuple[Block, ...]:
    """Every kind of block."""
    return (
        Paragraph(LONG),
        Heading("I. TÌNH HÌNH TƯ TƯỞNG, ĐỜI SỐNG HỘI VIÊN, PHỤ NỮ", 1),
        Heading("1. Tư tưởng cán bộ, hội viên", 2),
        Paragraph(LONG, lead="Nổi bật:"),
        Heading("2. Vấn đề dư luận quan tâm", 2),
        BulletList(
            ("Giá vật tư nông nghiệp tăng, thu nhập của hộ trồng lúa giảm;", "Vệ sinh môi trường ở chợ Phú Mỹ.")
        ),
        Heading("II. KẾT QUẢ", 1),
        Paragraph(LONG),
        figures(18),
        BarChart(ATTENDANCE_CHART, caption="Biểu đồ 1. Tỷ lệ dự sinh hoạt bình quân sáu tháng gần đây"),
        BarChart(HOUSEHOLD_CHART, 48, "Biểu đồ 2. Hộ đạt 5 không, 3 sạch, 3 an: sáu chi hội thấp nhất"),
        CheckBoxes((("Đã họp Ban Chấp hành", True), ("Đã kiểm tra sổ sách chi hội", False))),
        Heading("III. NHIỆM VỤ THÁNG TỚI", 1),
        BulletList(("Hoàn thành đợt học tập nghị quyết trước ngày 10/11", "Chấm 412 hộ còn lại"), numbered=True),
        Paragraph(
            "Trên đây là báo cáo kết quả công tác Hội và phong trào phụ nữ tháng 10 năm 2026, Ban Thường vụ Hội Liên "
            "hiệp Phụ nữ xã Hòa Phú trân trọng báo cáo"
        ),
    )
