"""What every paper of the unit carries: its lines, its head, and the mark of a demonstration."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sochihoi.i18n import pgettext

if TYPE_CHECKING:
    from sochihoi.reports.document import Header
    from sochihoi.reports.layout import Layout
    from sochihoi.services.commune import Commune
    from sochihoi.services.office import Office

_SAMPLE = "XÃ MẪU"
_AS_CHOSEN = (
    "after_paragraph_pt",
    "motto_pt",
    "margin_top_mm",
    "margin_bottom_mm",
    "margin_left_mm",
    "margin_right_mm",
)
_HEAD = ("nation_pt", "unit_pt")
_TITLES = ("kind_pt", "subject_pt", "signature_pt", "annex_title_pt", "annex_line_pt")


def unit_lines(office: Office) -> tuple[str, ...]:
    """At the head of a working sheet or list: the line above the Union's, if there is one, and the Union's."""
    return tuple(line for line in (office.commune.parent_line, office.commune.union_line) if line)


def header(commune: Commune, *, number: str = "", place_date: str = "") -> Header:
    """At the head of an official paper that the unit's organ issues; a level above names it on numbered papers only."""
    from sochihoi.reports.document import Header

    organ = "" if commune.receiver and not number else commune.organ_line
    return Header(
        organ_lines=tuple(line for line in (commune.union_line, organ) if line),
        parent_lines=(commune.parent_line,) if commune.parent_line else (),
        number=number,
        place_date=place_date,
    )


def own_numbers(commune: Commune) -> dict[str, Any]:
    """The numbers of the layout that the unit chose itself."""
    return {
        "body_pt": commune.body_pt,
        "first_line_mm": commune.first_line_tenths / 10,
        "line_spacing": commune.spacing_percent / 100,
        "fixed_line_pt": commune.fixed_line_pt,
        "end_mark": commune.end_mark,
        **{name: getattr(commune, name) for name in _AS_CHOSEN},
        **dict.fromkeys(_HEAD, commune.head_pt),
        **dict.fromkeys(_TITLES, commune.title_pt),
    }


def layout_of(commune: Commune) -> Layout:
    """How the unit sets its papers: the decree's numbers with its own over them."""
    from sochihoi.reports.layout import shipped

    return shipped().with_settings(own_numbers(commune))


def watermark(*, demo: bool) -> str:
    """Across a paper that is Vietnamese whatever the screen says; "" on a real one."""
    return _SAMPLE if demo else ""


def watermark_on_screen(*, demo: bool) -> str:
    """Across a list that speaks the language of the screen."""
    return pgettext("watermark", "SAMPLE COMMUNE") if demo else ""
