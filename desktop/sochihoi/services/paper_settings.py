"""How a unit's own papers look: what may be chosen, what is usual, and a page that shows the choice."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from sochihoi import paths
from sochihoi.domain.errors import FieldProblem
from sochihoi.services.letterheads import header, layout_of, watermark
from sochihoi.services.paper_numbers import long_date

if TYPE_CHECKING:
    from datetime import date

    from sochihoi.services.commune import Commune

MARGINS: Final = ("margin_top_mm", "margin_bottom_mm", "margin_left_mm", "margin_right_mm")
RANGED: Final = (
    *("body_pt", "first_line_tenths", "spacing_percent", "fixed_line_pt", "after_paragraph_pt"),
    *("head_pt", "motto_pt", "title_pt"),
    *MARGINS,
)
_EXAMPLE_NUMBER = 9


@dataclass(eq=False)
class OutsideTheDecree(FieldProblem):
    """A size or distance of a paper is less or more than the decree allows. ``least`` and ``most`` as ``value``."""

    least: int = 0
    most: int = 0


@dataclass(eq=False)
class NoEndMark(FieldProblem):
    """The mark at the end of a paper is none of those in use."""


@dataclass(frozen=True, slots=True)
class Authority:
    """How a paper is signed: on whose behalf (one line or two, "" = in one's own right), and the signer's title."""

    on_behalf: str
    title: str


@cache
def _data() -> dict[str, Any]:
    with (paths.resources() / "reports" / "paper-settings.toml").open("rb") as file:
        return tomllib.load(file)


def usual_patterns() -> tuple[str, ...]:
    """Patterns of report numbers that units of the Union use."""
    return tuple(_data()["patterns"])


def end_marks() -> tuple[str, ...]:
    """What may stand behind the last word."""
    return tuple(_data()["end_marks"])


def authorities() -> tuple[Authority, ...]:
    """The usual ways in which a paper of a commune's Union is signed."""
    return tuple(Authority(one["on_behalf"], one["title"]) for one in _data()["authorities"])


def range_of(name: str) -> tuple[int, int]:
    """The least and the most of a setting. Raises ``KeyError`` for one that has no range."""
    least, most = _data()["ranges"][name]
    return least, most


def check(commune: Commune) -> None:
    """Whether papers may look so. Raises ``OutsideTheDecree``, ``NoEndMark``."""
    for name in RANGED:
        value: int = getattr(commune, name)
        least, most = range_of(name)
        if name == "fixed_line_pt" and value == 0:
            continue  # by lines
        if not least <= value <= most:
            raise OutsideTheDecree(name, "range", str(value), least, most)
    if commune.end_mark not in end_marks():
        raise NoEndMark("end_mark", "mark", commune.end_mark)


def example(commune: Commune, today: date, number: str, *, demo: bool = False) -> bytes:
    """A page set as the unit's papers are, as PDF; its figures are invented and it says so.

    ``number``: a report number as the pattern makes it. Raises ``LookupError`` without a usable font.
    """
    from sochihoi.reports.document import Heading, OfficialDocument, Paragraph, Signature
    from sochihoi.reports.official import pdf

    words = _data()["example"]
    told = {"month": f"tháng {today.month} năm {today.year}", "organ": commune.union_name or "Hội LHPN"}
    place_date = f"{commune.place}, {long_date(today)}" if commune.place else long_date(today).capitalize()
    subject = words["subject"].format(**told)
    return pdf(
        OfficialDocument(
            header=header(commune, number=f"Số: {number}" if number else "", place_date=place_date),
            kind_title=words["kind"],
            subject_lines=(subject,),
            body=(
                Paragraph(words["opening"].format(**told)),
                Heading(words["heading"]),
                *(Paragraph(line) for line in words["words"]),
                Paragraph(words["closing"].format(**told)),
            ),
            signature=Signature(commune.signer_title, commune.signer_name, commune.on_behalf),
            recipients=commune.recipients,
            end_mark=commune.end_mark,
            title=f"{words['kind']}: {subject}",
            author=commune.union_name,
            made_on=today,
            watermark=watermark(demo=demo),
        ),
        layout_of(commune),
    )


def signed_by(commune: Commune, authority: Authority) -> Commune:
    """The same unit, signing so."""
    return replace(commune, on_behalf=authority.on_behalf, signer_title=authority.title)
