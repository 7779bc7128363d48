"""Working sheets and slips about invented people."""

from __future__ import annotations

from datetime import date

from sochihoi.reports.document import Align, Column, Header, Row
from sochihoi.reports.minutes import MinutesPaper, ProposalLine, VoteLine
from sochihoi.reports.scoring_sheets import BranchSheet, CriterionColumn, HouseholdSheet, RubricRow
from sochihoi.reports.sheets import AttendanceSheet, ListSheet, RosterRow
from sochihoi.reports.slip import FileSlip, KeySlip, RecoverySheet

MADE_ON = date(2026, 10, 24)
UNIT = ("HỘI LHPN XÃ HÒA PHÚ", "CHI HỘI PHỤ NỮ ẤP AN HÒA")
BRANCH_HEADER = Header(UNIT[1:], UNIT[:1], place_date="Ấp An Hòa, ngày 24 tháng 10 năm 2026")
COMMUNE_HEADER = Header(
    ("HỘI LIÊN HIỆP PHỤ NỮ XÃ HÒA PHÚ", "BAN THƯỜNG VỤ"), place_date="Hòa Phú, ngày 30 tháng 10 năm 2026"
)

_FAMILY = ("Nguyễn Thị", "Trần Thị Ngọc", "Lê Thị Mỹ", "Thạch Thị", "Phạm Hoàng Bích", "Đỗ Thị Kim")
_GIVEN = ("Hạnh", "Phượng", "Đào", "Ngọc Ánh", "Thủy", "Xuân", "Yến", "Sà Rươl")


def person(at: int) -> str:
    """An invented name."""
    return f"{_FAMILY[at % 6]} {_GIVEN[at % 8]}"


def attendance(people: int = 45, *, filled: bool = False, language: str = "vi") -> AttendanceSheet:
    """The sheet of one meeting."""
    states = ("Có mặt", "Có mặt", "Có mặt", "Có phép", "Vắng")
    rows = tuple(
        RosterRow(at + 1, person(at), str(1955 + at % 50), f"Tổ {at // 15 + 1}", states[at % 5] if filled else "")
        for at in range(people)
    )
    return AttendanceSheet(
        UNIT,
        "Ấp An Hòa",
        "14 giờ 00, Thứ Bảy 24/10/2026",
        "Nhà văn hóa ấp An Hòa",
        "7F3K-21",
        rows,
        MADE_ON,
        topic="Phòng chống bạo lực gia đình; chuẩn bị kỷ niệm 20/10",
        filled=filled,
        summary="Có mặt 27/45 hội viên (60,0\u00a0%); có phép 9, vắng 9. Khách mời 2." if filled else "",
        secretary="Lê Thị Mỹ Đào" if filled else "",
        chair="Nguyễn Thị Hạnh" if filled else "",
        language=language,
    )


def members(people: int = 120) -> ListSheet:
    """A list of members, landscape."""
    columns = (
        Column("STT", 1.2, Align.CENTRE),
        Column("Họ và tên", 5),
        Column("Ngày sinh", 2.4, Align.CENTRE),
        Column("Chi hội", 3),
        Column("Tổ", 1.6),
        Column("Địa chỉ", 5),
        Column("Điện thoại", 3, Align.CENTRE),
    )
    rows = tuple(
        Row((str(at + 1), person(at), f"{at % 28 + 1:02}/03/{1955 + at % 50}", "Ấp An Hòa", f"Tổ {at % 3 + 1}",
             f"Số {at + 3}, đường liên ấp An Hòa, xã Hòa Phú", "0912 345 678"))
        for at in range(people)
    )  # fmt: skip
    return ListSheet(
        ("HỘI LHPN XÃ HÒA PHÚ",),
        "DANH SÁCH HỘI VIÊN",
        "Chi hội Ấp An Hòa, đang sinh hoạt.",
        f"{people} hội viên",
        columns,
        rows,
        MADE_ON,
        foot="In ngày 24/10/2026",
    )


CRITERIA = tuple(
    CriterionColumn(title, group)
    for group, titles in (
        (
            "5 không",
            (
                "Không nghèo",
                "Không bạo lực",
                "Không vi phạm pháp luật và tệ nạn xã hội",
                "Không có trẻ em suy dinh dưỡng và bỏ học",
                "Không lãng phí",
            ),
        ),
        ("3 sạch", ("Sạch nhà", "Sạch bếp", "Sạch ngõ")),
        ("3 an", ("An toàn", "An tâm", "An sinh")),
    )
    for title in titles
)


def households(count: int = 30) -> HouseholdSheet:
    """The sheet of one branch."""
    return HouseholdSheet(
        UNIT,
        "Cuộc vận động Xây dựng gia đình 5 không, 3 sạch, 3 an, năm 2026",
        "Ấp An Hòa",
        CRITERIA,
        tuple((person(at), f"Tổ {at % 3 + 1}, ấp An Hòa") for at in range(count)),
        MADE_ON,
        blank_rows=3,
    )


def branch() -> BranchSheet:
    """A rubric of a hundred points."""
    groups = (
        (
            "A. Sinh hoạt và tổ chức",
            (
                RubricRow("1", "Đủ kỳ sinh hoạt", "10", "10", evidence="4 buổi, đủ bốn quý"),
                RubricRow("2", "Có chủ đề, có biên bản", "10", "10", evidence="4/4 buổi"),
                RubricRow("3", "Tỷ lệ dự sinh hoạt bình quân", "15", "15", evidence="82,1\u00a0%"),
                RubricRow("4", "Học tập nghị quyết, chuyên đề", "10", "8,5", evidence="85,5\u00a0% hội viên"),
            ),
        ),
        (
            "B. Phong trào",
            (
                RubricRow("7", "Hộ đạt tiêu chí cuộc vận động", "15", "15", evidence="97/110 hộ"),
                RubricRow("9", "Mô hình, công trình, phần việc; giúp phụ nữ khó khăn", "10"),
            ),
        ),
    )
    return BranchSheet(
        UNIT,
        "Chi hội phụ nữ mẫu năm 2026 (mẫu gợi ý, chưa phải quy định)",
        "Ấp An Hòa",
        groups,
        RubricRow("", "Tổng điểm", "100", "58,5"),
        MADE_ON,
        ("Có quý không sinh hoạt", "Chi hội trưởng bị kỷ luật"),
    )


def minutes(*, language: str = "vi") -> MinutesPaper:
    """Of one meeting."""
    return MinutesPaper(
        header=BRANCH_HEADER,
        subject="Sinh hoạt chi hội tháng 10 năm 2026",
        time="14 giờ 00 ngày 24 tháng 10 năm 2026",
        place="Nhà văn hóa ấp An Hòa",
        chair="Nguyễn Thị Hạnh",
        secretary="Lê Thị Mỹ Đào",
        guests="đồng chí Bí thư chi bộ ấp và 1 khách khác",
        present="38",
        total="45",
        excused="5",
        absent="2",
        agenda=("Kiểm điểm công việc tháng 9", "Phòng chống bạo lực gia đình", "Thu hội phí"),
        review="Tháng 9 đã thăm 3 hội viên ốm, đến 12 hộ chấm 5 không, 3 sạch, 3 an.",
        content="Chị Hạnh đọc tài liệu về phòng chống bạo lực gia đình.\nMọi người trao đổi về tổ hòa giải của ấp.",
        proposals=(
            ProposalLine("Đèn đường đoạn cầu ấp bị hỏng", "chị Thạch Thị Xuân", "chị Hạnh, trước 10/11"),
            ProposalLine("Mở lớp đan giỏ cho hội viên chưa có việc làm"),
        ),
        votes=(VoteLine("Góp 20.000 đồng mỗi người vào quỹ thăm ốm", "36", "0", "2"),),
        conclusion="Thống nhất thu quỹ thăm ốm từ tháng 11. Chị Đào lập danh sách học lớp đan giỏ.",
        next_topic="chuẩn bị tổng kết năm",
        fee="480.000 đồng",
        ended="15 giờ 30",
        made_on=MADE_ON,
        language=language,
    )


SHA = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
DIGITS = "048210937755120468331907264480151937720651840293371956203841"


def file_slip(language: str = "vi") -> FileSlip:
    """Of a month's file."""
    return FileSlip(
        COMMUNE_HEADER,
        "Hội LHPN xã Hòa Phú (31135)",
        "Hội LHPN tỉnh",
        "tháng 10 năm 2026",
        "HPN_31135_2026-10_0007.hpn",
        "7",
        SHA,
        DIGITS,
        (("Tổng số hội viên", "3.412"), ("Tỷ lệ dự sinh hoạt bình quân", "82,1\u00a0%"), ("Hộ đạt", "2.462")),
        f"HPN;31135;2026-10;7;{SHA}",
        MADE_ON,
        "Trần Thị Ngọc Ánh",
        language=language,
    )


def key_slip(language: str = "vi") -> KeySlip:
    """Of a commune's first key."""
    return KeySlip(
        COMMUNE_HEADER,
        "Hội LHPN xã Hòa Phú",
        "31135",
        "Trần Thị Ngọc Ánh",
        "Máy 1 (01926d)",
        "01/09/2026",
        DIGITS,
        f"HPNKEY;31135;{DIGITS}",
        MADE_ON,
        "Trần Thị Ngọc Ánh",
        language=language,
    )


def recovery(language: str = "vi") -> RecoverySheet:
    """An invented code."""
    code = "DOFS-2HO4-QK7M-X3TN-ALB5-RWEE-6JZC-VUYP"
    return RecoverySheet(COMMUNE_HEADER, "Hội LHPN xã Hòa Phú (31135)", code, MADE_ON, language=language)
