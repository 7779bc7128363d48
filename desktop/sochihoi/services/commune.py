"""Which unit this is, and the level above it: settings, read once."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from sochihoi.storage.work import Work

_PREFIX = "commune."
CHANGING: Final = ("code", "name", "short_name", "kind", "province", "union_line", "place")
"""What is another when a commune is renamed or merges; papers issued before keep what was."""


@dataclass(frozen=True, slots=True)
class Commune:
    """The unit that keeps this data. Empty texts are not known yet.

    ``receiver``: a level above, which receives and adds up. Header lines are free texts, because whether a parent
    line stands over the Union's name differs from place to place.
    """

    unit_id: str = ""
    code: str = ""  # five digits; a receiver's own code otherwise
    name: str = ""  # "xã Hòa Phú"
    short_name: str = ""  # "Hòa Phú"
    kind: str = ""  # xã, phường, đặc khu
    province: str = ""
    receiver: bool = False
    above_name: str = ""
    above_level: str = "PROVINCE"
    above_email: str = ""
    parent_line: str = ""
    union_line: str = ""  # HỘI LHPN XÃ HÒA PHÚ
    organ_line: str = "BAN THƯỜNG VỤ"
    place: str = ""  # "Xã Hòa Phú", before the date
    number_pattern: str = "{number:02}/BC-BTV"  # {type} stands for the kind of paper
    numbering_reset: str = "YEAR"  # or TERM: when numbers begin at 1 again
    on_behalf: str = "TM. BAN THƯỜNG VỤ"
    signer_title: str = "CHỦ TỊCH"
    signer_name: str = ""
    end_mark: str = "./."
    recipients: tuple[str, ...] = ()
    body_pt: int = 14
    first_line_tenths: int = 127  # of a millimetre
    spacing_percent: int = 100  # of a single line, from line to line
    fixed_line_pt: int = 0  # from line to line whatever the letters are; 0: by lines
    after_paragraph_pt: int = 6
    head_pt: int = 13  # the lines of the unit and of the nation
    motto_pt: int = 13
    title_pt: int = 14  # kind of paper, subject, who signs
    margin_top_mm: int = 20
    margin_bottom_mm: int = 20
    margin_left_mm: int = 30
    margin_right_mm: int = 15
    minimum_age: int = 18
    national_id_entry: bool = False  # the form asks for it; a list that brings it in keeps it all the same
    meeting_every_months: int = 1
    close_day: int = 30  # of the month itself, or its last day
    send_day: int = 2  # of the month after
    first_month: str = ""  # 2026-10, the first that is closed here; empty: the month in which the book was begun
    former: tuple[str, ...] = ()  # JSON, the oldest first: ``until`` (the first day no longer) and the ``CHANGING``

    @property
    def union_name(self) -> str:
        """``Hội LHPN xã Hòa Phú``: a name, the same in every language."""
        return f"Hội LHPN {self.name}" if self.name else ""

    def on(self, day: date) -> Commune:
        """As it was on a day: its name, code and lines of then; everything else as it is."""
        for told in map(json.loads, self.former):
            if day.isoformat() < told["until"]:
                return replace(self, **{name: told[name] for name in CHANGING})
        return self

    @property
    def codes(self) -> tuple[str, ...]:
        """Its code, and those that it had before."""
        return (self.code, *(json.loads(told)["code"] for told in self.former))

    @property
    def former_until(self) -> date | None:
        """The day of the newest change of its name; ``None`` where there was none."""
        return date.fromisoformat(json.loads(self.former[-1])["until"]) if self.former else None

    @classmethod
    def read(cls, work: Work) -> Commune:
        """As it stands."""
        stored = work.settings.below(_PREFIX)
        known = {f.name for f in fields(cls)}
        values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in stored.items() if k in known}
        return cls(**values)

    def write(self, work: Work) -> None:
        """Keep every field; what did not change is not journaled."""
        for field in fields(self):
            value = getattr(self, field.name)
            work.settings.set(_PREFIX + field.name, list(value) if isinstance(value, tuple) else value)
