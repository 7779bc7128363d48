"""Where a signature stands on a paper: our own papers record it as named destinations with a rectangle.

The decree's place (Decree 30/2020/NĐ-CP, Appendix I): the personal signature between the title and the name of who
signs; the organisation's stamp over about a third of it, on its left; on an annex of its own file the upper right
corner of page 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pyhanko.pdf_utils.reader import PdfFileReader

MM: Final = 72 / 25.4
# Names of the destinations: of who signs the paper, and of a second signature on the left (minutes: the secretary)
MAIN, SECOND = "signing-place", "signing-place-2"

CORNER_TOP_MM, CORNER_RIGHT_MM = 8.0, 15.0  # of the stamp in the corner, from the edges of the paper


@dataclass(frozen=True, slots=True)
class Rectangle:
    """On a page (from 0), in points from its lower left corner."""

    page: int
    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """In points."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """In points."""
        return self.top - self.bottom

    def centred(self, width: float, height: float) -> Rectangle:
        """As large as this, in the middle of it."""
        left = (self.left + self.right - width) / 2
        bottom = (self.bottom + self.top - height) / 2
        return Rectangle(self.page, left, bottom, left + width, bottom + height)

    def upper(self, share: float) -> Rectangle:
        """So much of it, from the top."""
        return Rectangle(self.page, self.left, self.top - self.height * share, self.right, self.top)

    def lower(self, share: float) -> Rectangle:
        """So much of it, from the bottom."""
        return Rectangle(self.page, self.left, self.bottom, self.right, self.bottom + self.height * share)

    def stamped(self, width: float, height: float) -> Rectangle:
        """An organisation's stamp of this size: it covers the left third, at the same height."""
        right = self.left + self.width / 3
        bottom = (self.bottom + self.top - height) / 2
        return Rectangle(self.page, right - width, bottom, right, bottom + height)


def record(canvas: Any, name: str, low: tuple[float, float], high: tuple[float, float]) -> None:
    """Write a place on the page that ReportLab is drawing into the file: corners in points on the paper."""
    from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName

    document = canvas._doc
    known = getattr(document.Catalog, "Dests", None) or PDFDictionary({})
    edges = [round(edge, 2) for edge in (*low, *high)]
    known[name] = PDFArray([document.thisPageRef(), PDFName("FitR"), *edges])
    document.Catalog.Dests = known


def signing_place(reader: PdfFileReader, name: str = MAIN) -> Rectangle | None:
    """The place that a paper of ours records; ``None`` in the papers of others."""
    found = _destinations(reader).get(name)
    if found is None:
        return None
    try:
        page, kind, left, bottom, right, top = _array(found)
        if str(kind) != "/FitR":
            return None
        number = _page_number(reader, page)
        return None if number is None else Rectangle(number, *(float(one) for one in (left, bottom, right, top)))
    except (TypeError, ValueError):
        return None


def corner(reader: PdfFileReader, width: float, height: float) -> Rectangle:
    """The upper right corner of page 1, for a stamp of this size in points."""
    wide, high, left, bottom = page_box(reader, 0)
    right = left + wide - CORNER_RIGHT_MM * MM
    top = bottom + high - CORNER_TOP_MM * MM
    return Rectangle(0, right - width, top - height, right, top)


def page_box(reader: PdfFileReader, page: int) -> tuple[float, float, float, float]:
    """(width, height, left, bottom) of the paper of a page, in points."""
    x1, y1, x2, y2 = _pages(reader)[page].box
    return abs(x2 - x1), abs(y2 - y1), min(x1, x2), min(y1, y2)


@dataclass(frozen=True, slots=True)
class _Page:
    reference: Any
    node: Any
    box: tuple[float, float, float, float]


def _pages(reader: PdfFileReader) -> list[_Page]:
    """Every page in order; what a page does not say of itself it has from the nodes above it."""
    found: list[_Page] = []

    def walk(reference: Any, box: Any) -> None:
        node = _object(reference)
        box = entry(node, "/MediaBox") or box
        kids = entry(node, "/Kids")
        if kids is None:
            x1, y1, x2, y2 = (float(one) for one in box)
            found.append(_Page(getattr(reference, "reference", None), node, (x1, y1, x2, y2)))
            return
        for at in range(len(kids)):
            walk(kids.raw_get(at), box)

    root: Any = reader.root
    walk(root.raw_get("/Pages"), None)
    return found


def on_top(reader: PdfFileReader) -> list[list[str]]:
    """What lies on top of every page: ``/Link``, ``/FreeText``; of a field with its kind ``/Widget:/Sig``."""
    found = []
    for page in _pages(reader):
        there: list[str] = []
        listed = entry(page.node, "/Annots") or ()
        for at in range(len(listed)):
            one = listed[at]
            kind = str(entry(one, "/Subtype"))
            if kind == "/Widget":
                kind += f":{entry(one, '/FT') or entry(entry(one, '/Parent'), '/FT')}"
            there.append(kind)
        found.append(there)
    return found


def _destinations(reader: PdfFileReader) -> dict[str, Any]:
    found: dict[str, Any] = {}
    root: Any = reader.root
    old: Any = entry(root, "/Dests")
    if old is not None:
        found.update({str(key).lstrip("/"): value for key, value in old.items()})
    tree: Any = entry(entry(root, "/Names"), "/Dests")
    waiting = [tree] if tree is not None else []
    while waiting:
        node = waiting.pop()
        pairs = list(entry(node, "/Names") or ())
        found.update({str(_object(key)): value for key, value in zip(pairs[::2], pairs[1::2], strict=False)})
        waiting += [_object(kid) for kid in entry(node, "/Kids") or ()]
    return found


def entry(node: Any, key: str) -> Any:
    """An entry of a dictionary of a PDF, followed to where it lies; ``None`` without one."""
    return None if node is None or key not in node else _object(node[key])


def _object(value: Any) -> Any:
    return value.get_object() if hasattr(value, "get_object") else value


def _array(destination: Any) -> list[Any]:
    inside = _object(destination)
    if hasattr(inside, "keys"):
        inside = inside["/D"]
    # The page itself must stay a reference: it is what tells which page it is
    return [inside.raw_get(at) if at == 0 else inside[at] for at in range(len(inside))]


def _page_number(reader: PdfFileReader, page: Any) -> int | None:
    wanted = getattr(page, "reference", None)
    numbers = (at for at, one in enumerate(_pages(reader)) if one.reference == wanted)
    return next(numbers, None)


def page_of(reader: PdfFileReader, widget: Any) -> int | None:
    """The page (from 0) on which an annotation stands; ``None`` when it does not say so."""
    try:
        return _page_number(reader, widget.raw_get("/P"))
    except KeyError:
        return None
