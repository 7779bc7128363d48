"""The numbers of the layout, read from ``resources/reports/layout.toml``: no number of the decree stands in code."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any, Final

from sochihoi import paths

MM: Final = 72 / 25.4  # points in a millimetre
_LEAST: Final = {"sheet_pt": 10, "sheet_small_pt": 9, "sheet_number_pt": 12, "sheet_row_mm": 8}  # on any paper
PAPERS: Final = {"A4": (210.0, 297.0), "A5": (148.0, 210.0)}  # upright, in millimetres


@dataclass(frozen=True, slots=True)
class Layout:
    """One way of setting a paper. ``*_mm`` millimetres, ``*_pt`` points, ``*_share`` part of a text's width.

    Defaults and ranges: Nghị định 30/2020/NĐ-CP, Phụ lục I (comments of the TOML file).
    """

    paper_width_mm: float
    paper_height_mm: float
    margin_top_mm: float
    margin_bottom_mm: float
    margin_left_mm: float
    margin_right_mm: float
    page_number_pt: float
    page_number_from_top_mm: float
    nation: str
    motto: str
    nation_pt: float
    motto_pt: float
    unit_pt: float
    unit_rule_share: float
    break_before: Sequence[str]
    number_pt: float
    place_date_pt: float
    kind_pt: float
    subject_pt: float
    subject_rule_share: float
    rule_pt: float
    body_pt: float
    leading: float
    first_line_mm: float
    after_paragraph_pt: float
    end_mark: str
    table_pt: float
    table_padding_pt: float
    table_tight_pt: float
    caption_pt: float
    annex_name_pt: float
    annex_title_pt: float
    annex_line_pt: float
    annex_rule_mm: float
    signature_pt: float
    seal_room_mm: float
    name_room_mm: float
    recipients_title_pt: float
    recipients_pt: float
    code_mm: float
    sheet_top_mm: float
    sheet_bottom_mm: float
    sheet_left_mm: float
    sheet_right_mm: float
    sheet_row_mm: float
    sheet_number_pt: float
    sheet_pt: float
    sheet_small_pt: float
    chart: str
    chart_2: str
    chart_rule: str
    chart_line: str
    chart_track: str
    chart_text: str
    chart_muted: str
    watermark: str
    header_fill: str
    line_spacing: float = 1  # lines of the body: 1 to 1.5 of the decree
    fixed_line_pt: float = 0  # from line to line of the body whatever its letters are; 0 = by lines

    @property
    def body_line(self) -> float:
        """From one line of the body to the next, in points; never so little that letters touch."""
        single = self.body_pt * self.leading
        return max(self.fixed_line_pt, self.body_pt) if self.fixed_line_pt else single * self.line_spacing

    @property
    def text_height(self) -> float:
        """Between top and bottom margin, in points."""
        return (self.paper_height_mm - self.margin_top_mm - self.margin_bottom_mm) * MM

    @property
    def text_width(self) -> float:
        """Between the side margins, in points."""
        return (self.paper_width_mm - self.margin_left_mm - self.margin_right_mm) * MM

    def with_settings(self, settings: Mapping[str, Any]) -> Layout:
        """A unit's own numbers over these. Raises ``TypeError`` for a key that no layout has."""
        return replace(self, **settings)

    def turned(self) -> Layout:
        """The same margins and letters on paper that lies on its long side: for wide tables."""
        return replace(self, paper_width_mm=self.paper_height_mm, paper_height_mm=self.paper_width_mm)

    def for_sheet(self, *, landscape: bool = False) -> Layout:
        """The same letters on a working sheet: its own, smaller margins, and the paper turned when wide."""
        return replace(
            self.turned() if landscape else self,
            margin_top_mm=self.sheet_top_mm,
            margin_bottom_mm=self.sheet_bottom_mm,
            margin_left_mm=self.sheet_left_mm,
            margin_right_mm=self.sheet_right_mm,
        )

    def for_paper(self, name: str) -> Layout:
        """On ``A4`` (the decree's paper) or ``A5``: everything made smaller in the same proportion, so that a paper
        looks as on A4; but what is written on a working sheet by hand and read from it stays large enough.

        Raises ``ValueError`` for another paper.
        """
        if name not in PAPERS:
            raise ValueError(name)
        wide, high = PAPERS[name]
        share = wide / min(self.paper_width_mm, self.paper_height_mm)
        if share == 1:
            return self
        scaled = {
            one.name: getattr(self, one.name) * share
            for one in fields(self)
            if one.name.endswith(("_mm", "_pt")) and not one.name.startswith("paper_")
        }
        for key, least in _LEAST.items():
            scaled[key] = max(scaled[key], min(least, getattr(self, key)))
        upright = self.paper_width_mm <= self.paper_height_mm
        size = (wide, high) if upright else (high, wide)
        return replace(self, paper_width_mm=size[0], paper_height_mm=size[1], **scaled)


@cache
def shipped() -> Layout:
    """The layout that ships with the program."""
    with (paths.resources() / "reports" / "layout.toml").open("rb") as file:
        tables = tomllib.load(file)
    values: dict[str, Any] = {}
    for table in tables.values():
        if isinstance(table, dict):
            values.update(table)
    return Layout(**values)
