"""An official paper, already put into words: what the renderer is given. Texts are plain, without any markup."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from fractions import Fraction

from sochihoi.reports.charts import HorizontalBars, VerticalBars


class Align(Enum):
    """How the text of a column stands."""

    LEFT = "LEFT"
    CENTRE = "CENTER"
    RIGHT = "RIGHT"


class RowKind(Enum):
    """A row of figures, a band that names a group (first cell over the whole width), or a sum (bold)."""

    FIGURES = "FIGURES"
    GROUP = "GROUP"
    TOTAL = "TOTAL"


@dataclass(frozen=True, slots=True)
class Heading:
    """A title inside the body: level 1 bold capitals as given, 2 bold, 3 bold italic. Also a bookmark."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Justified text with a first-line indent. ``lead`` stands before it in bold ("Kết quả:")."""

    text: str
    lead: str = ""
    italic: bool = False
    bold: bool = False
    centred: bool = False
    indented: bool = True


@dataclass(frozen=True, slots=True)
class BulletList:
    """Lines that begin with a dash, as official papers have them; ``numbered`` gives 1., 2. …"""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """``share`` of the table's width against the other columns. ``upright`` letters run upwards in the header."""

    title: str
    share: float
    align: Align = Align.LEFT
    upright: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """Cells in the order of the columns; a GROUP row has one.

    ``values``: the numbers behind the cells, for a spreadsheet; a share as a fraction of 1, ``None`` = a text.
    """

    cells: tuple[str, ...]
    kind: RowKind = RowKind.FIGURES
    values: tuple[int | Fraction | None, ...] = ()


@dataclass(frozen=True, slots=True)
class FigureTable:
    """Rows under a header that comes again on every page. Raises ``ValueError`` for a row of another length."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: str = ""

    def __post_init__(self) -> None:
        for row in self.rows:
            wanted = 1 if row.kind is RowKind.GROUP else len(self.columns)
            if len(row.cells) != wanted:
                raise ValueError(row.cells)


@dataclass(frozen=True, slots=True)
class BarChart:
    """The same drawing as in the window, in black and white. ``height_mm`` without caption."""

    data: VerticalBars | HorizontalBars
    height_mm: float = 55
    caption: str = ""


@dataclass(frozen=True, slots=True)
class CheckBoxes:
    """Boxes drawn as shapes (the fonts have none): (text, ticked)."""

    choices: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins a new page."""


Block = Heading | Paragraph | BulletList | FigureTable | BarChart | CheckBoxes | PageBreak


@dataclass(frozen=True, slots=True)
class Annex:
    """What goes with a paper, behind its signatures and from a new page. ``title`` is set in capitals, centred.

    ``landscape`` ``None``: the paper is turned when a table of it is too wide for it upright.
    """

    title: str
    body: tuple[Block, ...]
    landscape: bool | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """Left: parent lines, the issuing organ's lines (bold), number. Right: nation, motto, place and date.

    ``number`` and ``place_date`` are whole lines ("Số: 09/BC-BTV", "Hòa Phú, ngày 05 tháng 02 năm 2026"), "" = none.
    """

    organ_lines: tuple[str, ...]
    parent_lines: tuple[str, ...] = ()
    number: str = ""
    place_date: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """``on_behalf`` ("TM. BAN THƯỜNG VỤ") and ``title`` may be "". ``seal_room``: leave space for a seal; a chi hội
    has none of its own.
    """

    title: str
    name: str
    on_behalf: str = ""
    seal_room: bool = True


@dataclass(frozen=True, slots=True)
class PaperCode:
    """The proof of a paper's figures: ``shown`` as it is read, ``content`` of the square code beside it."""

    shown: str
    content: str


@dataclass(frozen=True, slots=True)
class OfficialDocument:
    """One paper. ``author`` is the unit, ``made_on`` the only date in the file's properties (never the clock).

    ``second_signature`` signs on the left (minutes: the secretary). ``draft_mark`` ("DỰ THẢO") stands in a frame on
    every page, ``watermark`` ("XÃ MẪU") grey across every page. ``end_mark`` ``None`` takes the layout's.
    ``annexes`` come after signature and recipients, each with ``annex_line`` ("(Kèm theo Báo cáo số 09/BC-BTV ngày 05
    tháng 02 năm 2026 của …)") below its title; ``official.annex_name`` is what the body calls them.
    """

    header: Header
    kind_title: str
    body: tuple[Block, ...]
    signature: Signature
    title: str
    author: str
    made_on: date
    subject_lines: tuple[str, ...] = ()
    second_signature: Signature | None = None
    recipients: tuple[str, ...] = ()
    end_mark: str | None = None
    draft_mark: str = ""
    watermark: str = ""
    annexes: tuple[Annex, ...] = ()
    annex_line: str = ""
    code: PaperCode | None = None
    language: str = "vi"
    keywords: tuple[str, ...] = field(default=())
