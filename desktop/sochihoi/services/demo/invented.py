"""Invented people and places. Parts of names are common; whoever they add up to is nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from zlib import crc32

from sochihoi.domain.members import MemberDetails
from sochihoi.domain.partial_dates import PartialDate

_FAMILY = (
    "Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Lâm", "Thạch",
    "Sơn", "Kim", "Mai", "Trịnh", "Đoàn", "Tăng", "Hoàng", "Vũ", "Phan", "Trương", "Đinh",
)  # fmt: skip
_MIDDLE = ("Thị", "Thị", "Thị", "Thị Kim", "Thị Mỹ", "Thị Thanh", "Thị Ngọc", "Thị Bích", "Như", "Hồng", "Thu", "Minh")
_GIVEN = (
    "An", "Ánh", "Bé", "Chi", "Cúc", "Diễm", "Diệu", "Dung", "Đào", "Điệp", "Giang", "Hà", "Hạnh", "Hằng", "Hiền",
    "Hoa", "Hồng", "Huệ", "Hương", "Khánh", "Lan", "Lệ", "Liên", "Linh", "Loan", "Mai", "Mỹ", "Nga", "Ngân", "Nhàn",
    "Nhung", "Oanh", "Phấn", "Phượng", "Quyên", "Sương", "Tâm", "Thảo", "Thắm", "Thơ", "Thu", "Thủy", "Trang", "Trúc",
    "Tuyết", "Uyên", "Vân", "Xuân", "Yến",
)  # fmt: skip
_MEN = ("Văn Hùng", "Minh Tâm", "Hoàng Phúc", "Thanh Sang", "Hữu Lợi", "Văn Út", "Quốc Nghĩa", "Sô Phia", "Văn Bảy")
_HAMLETS = (
    "An Hòa", "Bưng Cốc", "Cây Dương", "Cầu Tre", "Đại Ân", "Đông Hải", "Giồng Chùa", "Giồng Nổi", "Hòa Bình",
    "Hòa Thạnh", "Kinh Ba", "Kinh Mới", "Long Hưng", "Mỹ Thuận", "Mỹ Phước", "Ngã Tư", "Phú Đức", "Phú Mỹ",
    "Phước An", "Rạch Sên", "Sóc Dong", "Tân Lập", "Tân Thành", "Tân Phước", "Thạnh Lợi", "Thạnh Trị", "Trà Cuôn",
    "Trà Quýt", "Trường Thọ", "Vàm Hồ", "Vĩnh Thành", "Vĩnh Phú", "Xóm Lẫm", "Xẻo Me",
)  # fmt: skip
_CLUBS = ("Gia đình hạnh phúc", "Dân vũ", "Phụ nữ khởi nghiệp")
_JOBS = ("Làm ruộng", "Làm vườn", "Buôn bán", "Công nhân", "Nội trợ", "Giáo viên", "May mặc", "Nuôi tôm")


def hamlets(count: int) -> tuple[str, ...]:
    """Names of branches; past the list they get a number."""
    rounds = -(-count // len(_HAMLETS))
    names = [f"Ấp {name}" + (f" {turn + 1}" if turn else "") for turn in range(rounds) for name in _HAMLETS]
    return tuple(names[:count])


def woman(source: Random) -> str:
    """A woman's full name."""
    return f"{source.choice(_FAMILY)} {source.choice(_MIDDLE)} {source.choice(_GIVEN)}"


def man(source: Random) -> str:
    """A man's full name, for heads of households."""
    return f"{source.choice(_FAMILY)} {source.choice(_MEN)}"


def member(source: Random, hamlet: str, joined: date | None, today: date) -> MemberDetails:
    """A member of 18 to 80 years. ``joined`` for those who join now; others joined some day before."""
    year = today.year - source.randint(20, 78)
    born = PartialDate(year) if source.random() < 0.4 else _day(source, year)
    before = date(max(year + 19, 1990), 3, 8) + timedelta(days=source.randrange(365))
    since = joined or min(before, today - timedelta(days=40))
    told = MemberDetails(
        full_name=woman(source),
        birth=None if source.random() < 0.012 else born,
        ethnicity=source.choices(("Kinh", "Khmer", "Hoa"), (70, 24, 6))[0],
        religion=source.choices(("Không", "Phật giáo", "Công giáo"), (60, 30, 10))[0],
        phone=f"09{source.randrange(10**8):08}" if source.random() < 0.85 else "",
        address=f"Số {source.randint(1, 400)}, {hamlet}",
        occupation=source.choice(_JOBS),
        party_member=source.random() < 0.08,
        health_insurance=source.random() < 0.93,
        core_member=source.random() < 0.22,
        joined=PartialDate(since.year, since.month, since.day),
    )
    lot = crc32(f"{told.full_name}, {told.address}".encode())  # draws nothing: a seed keeps its figures
    loan = f"Ngân hàng Chính sách xã hội, {20 + 10 * (lot % 4)} triệu đồng" if lot % 9 == 0 else ""
    return replace(told, hamlet=hamlet, loan=loan, clubs=_CLUBS[lot % 12 : lot % 12 + 1])


def _day(source: Random, year: int) -> PartialDate:
    day = date(year, 1, 1) + timedelta(days=source.randrange(365))
    return PartialDate(day.year, day.month, day.day)
