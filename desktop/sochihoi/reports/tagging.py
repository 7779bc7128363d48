"""Which part of a page is a heading, a paragraph, a cell, a chart in words: for those who hear a paper.

ReportLab 5.1 has hooks around the cells of a table, and no tags: its catalogue names the key of a tree of structure,
and nothing fills it. Marks around what is drawn and the tree (ISO 32000-1, 14.7 and 14.8) are written here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFString
from reportlab.platypus import ActionFlowable, CondPageBreak, Flowable, Frame, Spacer
from reportlab.platypus.tables import TableRenderCB

_Span = tuple[int, int]
_WORDLESS: Final = (ActionFlowable, CondPageBreak, Spacer)
_CELLS: Final = ("TH", "TD")  # without words they still hold the place of their column


@dataclass
class _Part:
    """One node of the tree; ``page`` and ``mark`` say where its words are drawn, ``alt`` what a picture shows,
    ``said`` what is read instead of what is drawn, ``span`` over how many columns and rows a cell goes.
    """

    kind: str
    alt: str = ""
    said: str = ""
    span: _Span = (1, 1)
    page: int = -1
    mark: int = -1
    parts: list[_Part] = field(default_factory=list)


class Structure:
    """The tree of one paper; it grows while the paper is drawn."""

    def __init__(self) -> None:
        self._root = _Part("Document")
        self._open = [self._root]
        self._pages: list[Any] = []  # references of the pages, then what is marked on each
        self._marked: list[list[_Part]] = []
        self._drawing: tuple[_Part, int] | None = None

    def open(self, kind: str) -> None:
        """Until ``close``: all parts are of this one (a table, a row)."""
        part = _Part(kind)
        self._open[-1].parts.append(part)
        self._open.append(part)

    def close(self) -> None:
        """Back to the part around it."""
        self._open.pop()

    def begin(self, canvas: Any, part: _Part) -> None:
        """What is drawn from now on is this part; an ``Artifact`` belongs to the page, not to the words."""
        self._drawing = (part, len(canvas._code))

    def end(self, canvas: Any) -> None:
        """Up to here. A part that drew nothing is no part, but for cells."""
        if self._drawing is None:
            return
        (part, start), self._drawing = self._drawing, None
        code = canvas._code
        drew = len(code) > start
        if part.kind == "Artifact":
            if drew:
                code.insert(start, "/Artifact BMC")
                code.append("EMC")
            return
        if drew:
            at = canvas.getPageNumber() - 1
            while len(self._marked) <= at:
                self._marked.append([])
            part.page, part.mark = at, len(self._marked[at])
            self._marked[at].append(part)
            code.insert(start, f"/{part.kind} <</MCID {part.mark}>> BDC")
            code.append("EMC")
        if drew or part.kind in _CELLS:
            self._open[-1].parts.append(part)

    @property
    def is_drawing(self) -> bool:
        """Whether a part is begun: marks do not stand within marks."""
        return self._drawing is not None

    def page_done(self, canvas: Any) -> None:
        """The page was put into the file: it gets its number in the tree."""
        document = canvas._doc
        page = document.Pages.pages[-1]
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents, page.Tabs = len(self._pages), PDFName("S")
        self._pages.append(document.Reference(page))

    def write(self, canvas: Any) -> None:
        """Put the tree into the file, once all pages are drawn."""
        document = canvas._doc
        root = PDFDictionary({"Type": PDFName("StructTreeRoot")})
        top = document.Reference(root)
        found: dict[int, Any] = {}
        root["K"] = self._written(document, self._root, top, found)
        numbers: list[Any] = []
        for at in range(len(self._pages)):
            marked = self._marked[at] if at < len(self._marked) else []
            numbers += [at, PDFArray([found[id(part)] for part in marked])]
        root["ParentTree"] = document.Reference(PDFDictionary({"Nums": PDFArray(numbers)}))
        root["ParentTreeNextKey"] = len(self._pages)
        document.Catalog.StructTreeRoot = top
        document.Catalog.MarkInfo = PDFDictionary({"Marked": "true"})

    def _written(self, document: Any, part: _Part, above: Any, found: dict[int, Any]) -> Any:
        told = PDFDictionary({"Type": PDFName("StructElem"), "S": PDFName(part.kind), "P": above})
        reference = document.Reference(told)
        found[id(part)] = reference
        if part.mark >= 0:
            told["Pg"], told["K"] = self._pages[part.page], part.mark
        elif part.parts:
            told["K"] = PDFArray([self._written(document, one, reference, found) for one in part.parts])
        for key, words in (("Alt", part.alt), ("ActualText", part.said)):
            if words:
                told[key] = PDFString(words)
        attributes: dict[str, Any] = {"Scope": PDFName("Column")} if part.kind == "TH" else {}
        attributes |= {key: count for key, count in zip(("ColSpan", "RowSpan"), part.span, strict=True) if count > 1}
        if attributes:
            told["A"] = PDFDictionary({"O": PDFName("Table"), **attributes})
        return reference


def _of(canvas: Any) -> Structure | None:
    """The tree of the paper that is drawn; a working sheet has none."""
    found: Structure | None = getattr(canvas, "structure", None)
    return found


@contextmanager
def marked(canvas: Any, kind: str, alt: str = "", said: str = "") -> Iterator[None]:
    """What is drawn inside is such a part. ``kind`` "": it marks its parts itself."""
    structure = _of(canvas)
    if structure is None or not kind or structure.is_drawing:
        yield
        return
    structure.begin(canvas, _Part(kind, alt, said))
    yield
    structure.end(canvas)


def kind_of(flowable: Flowable) -> tuple[str, str, str]:
    """What a flowable is, its words when it is a picture or in the place of what is drawn: its own ``tag``, ``alt``
    and ``said``, else a paragraph.
    """
    if isinstance(getattr(flowable, "_renderCB", None), TableTags) or isinstance(flowable, _WORDLESS):
        return "", "", ""
    return getattr(flowable, "tag", "P"), getattr(flowable, "alt", ""), getattr(flowable, "said", "")


class TaggedFrame(Frame):
    """A frame that marks what is put into it."""

    def _add(self, flowable: Flowable, canv: Any, trySplit: int = 0) -> Any:  # noqa: N803 - ReportLab's own name
        with marked(canv, *kind_of(flowable)):
            return super()._add(flowable, canv, trySplit)  # type: ignore[misc]

    add = _add


class TableTags(TableRenderCB):
    """Rows and cells of a table; its grid and its greys are no words."""

    def _structure(self, table: Any) -> Structure | None:
        return _of(table.canv)

    def startTable(self, table: Any) -> None:
        if (structure := self._structure(table)) is not None:
            structure.open("Table")

    def startBG(self, table: Any) -> None:
        if (structure := self._structure(table)) is not None:
            structure.begin(table.canv, _Part("Artifact"))

    def endBG(self, table: Any) -> None:
        if (structure := self._structure(table)) is not None:
            structure.end(table.canv)

    def startRow(self, table: Any, _row: int) -> None:
        if (structure := self._structure(table)) is not None:
            structure.open("TR")

    def startCell(self, table: Any, row: int, column: int, *_cell: object) -> None:
        if (structure := self._structure(table)) is not None:
            spans = getattr(table, "_spanRanges", None) or {}
            left, top, right, foot = spans.get((column, row)) or (column, row, column, row)
            span = (right - left + 1, foot - top + 1)
            structure.begin(table.canv, _Part("TH" if row < table.repeatRows else "TD", span=span))

    def endCell(self, table: Any) -> None:
        if (structure := self._structure(table)) is not None:
            structure.end(table.canv)

    def endRow(self, table: Any) -> None:
        if (structure := self._structure(table)) is not None:
            structure.close()

    def startLines(self, table: Any) -> None:
        self.startBG(table)

    def endLines(self, table: Any) -> None:
        self.endBG(table)

    def endTable(self, table: Any) -> None:
        if (structure := self._structure(table)) is not None:
            structure.close()
