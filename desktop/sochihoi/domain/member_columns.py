"""Columns of members that may travel to a level above, and the profiles that ask for them.

Only what stands here can leave a commune; nothing of cases of violence stands here, so nothing of them ever does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from sochihoi.domain.wording import Words

FIGURES_ONLY, MEMBER_LIST, MOVING = "tong-hop", "danh-sach", "chuyen-den"
"""The three profiles: figures only; listed columns of every member; one woman who moves."""


class Shape(Enum):
    """How a value is written."""

    TEXT = 1
    DAY = 2  # 1971, 1971-03 or 1971-03-08: as much as is known
    DIGITS = 3
    FLAG = 4  # only ``true``; absence is no, or not known
    BRANCH = 5  # the id of a branch that the file lists
    CODE = 6


@dataclass(frozen=True, slots=True)
class Column:
    """``limit``: characters. ``sensitive``: a profile names it apart, and it goes only where she agreed to it
    (Decree 356/2025/NĐ-CP, article 4; poverty is not in that article, but is kept as close)."""

    shape: Shape
    limit: int = 0
    sensitive: bool = False


COLUMNS: Mapping[str, Column] = {
    "address": Column(Shape.TEXT, 300),
    "birth": Column(Shape.DAY),
    "branch": Column(Shape.BRANCH),
    "code": Column(Shape.TEXT, 32),
    "core_member": Column(Shape.FLAG),
    "education": Column(Shape.TEXT, 100),
    "ethnicity": Column(Shape.TEXT, 100, sensitive=True),
    "full_name": Column(Shape.TEXT, 200),
    "hamlet": Column(Shape.TEXT, 200),
    "health_insurance": Column(Shape.FLAG, sensitive=True),
    "honorary": Column(Shape.FLAG),
    "household_group": Column(Shape.CODE, sensitive=True),
    "joined": Column(Shape.DAY),
    "national_id": Column(Shape.DIGITS, 12),
    "occupation": Column(Shape.TEXT, 200),
    "party_member": Column(Shape.FLAG, sensitive=True),
    "phone": Column(Shape.TEXT, 60),
    "professional_level": Column(Shape.TEXT, 100),
    "religion": Column(Shape.TEXT, 100, sensitive=True),
}
SENSITIVE_COLUMNS = frozenset(code for code, column in COLUMNS.items() if column.sensitive)


@dataclass(frozen=True, slots=True)
class Profile:
    """What may leave a commune for one purpose. ``columns``: codes in order, the sensitive ones among them."""

    code: str
    purpose: Words
    columns: tuple[str, ...]

    @property
    def sensitive(self) -> tuple[str, ...]:
        """Those that were named apart."""
        return tuple(one for one in self.columns if one in SENSITIVE_COLUMNS)
