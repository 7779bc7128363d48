"""Slips of one page: with a signed file, with a new key, with the recovery code. Codes are set large, in groups."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from reportlab.lib.enums import TA_CENTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Spacer, Table
from reportlab.platypus import Paragraph as SetParagraph

from sochihoi.reports import fonts, paper
from sochihoi.reports import layout as layouts
from sochihoi.reports.closing import SignatureBlock
from sochihoi.reports.document import Align, Column, Header, Row, Signature
from sochihoi.reports.drawing import QrCode
from sochihoi.reports.fonts import Typeface
from sochihoi.reports.heading import Letterhead, Title
from sochihoi.reports.layout import MM, Layout
from sochihoi.reports.tables import Look, figure_table
from sochihoi.reports.text import markup, plain
from sochihoi.reports.wording import word

_QR_MM = 38


@dataclass(frozen=True, slots=True)
class FileSlip:
    """Goes on paper with a signed file. ``sha256`` hexadecimal, ``fingerprint`` the digits of the sender's key,
    ``figures`` (label, value) in words, ``qr`` the text of the code.
    """

    header: Header
    sender: str
    receiver: str
    period: str
    file_name: str
    number: str
    sha256: str
    fingerprint: str
    figures: tuple[tuple[str, str], ...]
    qr: str
    made_on: date
    handed_over_by: str = ""
    watermark: str = ""
    language: str = "vi"


@dataclass(frozen=True, slots=True)
class KeySlip:
    """Enrols a key: ``fingerprint`` is 60 digits, printed as 12 groups of 5."""

    header: Header
    unit: str
    unit_code: str
    officer: str
    installation: str
    key_date: str
    fingerprint: str
    qr: str
    made_on: date
    chair: str = ""
    watermark: str = ""
    language: str = "vi"


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """Holds the recovery code in its groups ("DOFS-2HO4-…"); goes into a sealed envelope."""

    header: Header
    unit: str
    code: str
    made_on: date
    watermark: str = ""
    language: str = "vi"


@dataclass(frozen=True, slots=True)
class SafeKeySheet:
    """Holds the level above's second key (``AGE-SECRET-KEY-1…``) and its public half; goes into the safe."""

    header: Header
    unit: str
    secret: str
    public: str
    made_on: date
    watermark: str = ""
    language: str = "vi"


def groups(code: str, size: int) -> list[str]:
    """Letters and digits of a code in groups; what separates them is dropped."""
    letters = "".join(letter for letter in code if letter.isalnum())
    return [letters[at : at + size] for at in range(0, len(letters), size)]


class _Setter:
    """The parts that all slips share."""

    def __init__(self, layout: Layout, language: str) -> None:
        self.layout, self.language = layout, language
        self.face: Typeface = fonts.typeface()
        size = layout.table_pt
        self._text = ParagraphStyle(
            "slip", fontName=self.face.regular, fontSize=size, leading=size * 1.25, spaceAfter=6
        )

    def facts(self, rows: list[tuple[str, str]], beside: Flowable | None = None) -> Flowable:
        """Label and value in two columns, the QR code at the right."""
        face, size = self.face, self.layout.table_pt
        room = self.layout.text_width - ((_QR_MM + 2) * MM if beside else 0)
        label_width = 46 * MM
        cells = [
            [SetParagraph(markup(label) + ":", self._text), SetParagraph(f"<b>{markup(value)}</b>", self._text)]
            for label, value in rows
        ]
        style: list[Any] = [
            ("FONT", (0, 0), (-1, -1), face.regular, size),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 4),
            ("TOPPADDING", (0, 0), (-1, -1), 1),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
        ]
        table = Table(cells, colWidths=[label_width, room - label_width], style=style)
        if beside is None:
            return table
        outer = Table([[table, beside]], colWidths=[room, (_QR_MM + 2) * MM], style=[*style[:2], *style[2:3]])
        outer.hAlign = "LEFT"
        return outer

    def code(self, title: str, parts: list[str], columns: int, size: float) -> list[Flowable]:
        """Groups in a frame, ``columns`` on a line, each line as even as the others."""
        centred = ParagraphStyle(
            "title", parent=self._text, fontName=self.face.bold, alignment=TA_CENTER, spaceBefore=10, spaceAfter=4
        )
        padded = parts + [""] * (-len(parts) % columns)
        cells = [padded[at : at + columns] for at in range(0, len(padded), columns)]
        table = Table(
            cells,
            colWidths=[self.layout.text_width * 0.94 / columns] * columns,
            style=[
                ("FONT", (0, 0), (-1, -1), self.face.bold, size, size * 1.2),
                ("ALIGN", (0, 0), (-1, -1), "CENTER"),
                ("BOX", (0, 0), (-1, -1), 0.8, "black"),
                ("TOPPADDING", (0, 0), (-1, -1), 3),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
            ],
        )
        return [SetParagraph(markup(title), centred), table, Spacer(0, 8)]

    def text(self, text: str) -> Flowable:
        return SetParagraph(markup(text), self._text)

    def signed(self, left: tuple[str, str], right: tuple[str, str], *, seal: bool = False) -> Flowable:
        return SignatureBlock(
            Signature(*right, seal_room=seal),
            Signature(*left, seal_room=seal),
            (),
            self.layout,
            self.face,
            self.language,
        )

    def pdf(self, header: Header, title: str, subject: str, story: list[Flowable], made_on: date, mark: str) -> bytes:
        head = [
            Letterhead(header, self.layout, self.face),
            Title(title, (subject,) if subject else (), self.layout, self.face),
        ]
        properties = paper.Properties(plain(title), " ".join(header.organ_lines), made_on, self.language)
        return paper.render([*head, *story], self.layout, self.face, properties, paper.Marks(watermark=mark))


def file_slip_pdf(slip: FileSlip, layout: Layout | None = None) -> bytes:
    """ "Phiếu gửi tệp". Raises ``LookupError`` without a usable font."""
    setter = _Setter(layout or layouts.shipped(), slip.language)

    def title(key: str, **values: str) -> str:
        return word(slip.language, f"file_slip.{key}", **values)

    facts = [
        (title("sender"), slip.sender),
        (title("receiver"), slip.receiver),
        (title("period"), slip.period),
        (title("file"), slip.file_name),
        (title("number"), slip.number),
    ]
    columns = (Column(title("figure"), 8), Column(title("value"), 2.5, Align.RIGHT))
    rows = tuple(Row(pair) for pair in slip.figures)
    room = setter.layout.text_width
    look = Look(setter.layout.table_pt, setter.layout.table_padding_pt)
    table = figure_table(columns, rows, room, setter.layout, setter.face, look)
    story = [
        setter.facts(facts, QrCode(slip.qr, _QR_MM)),
        *setter.code(title("digest"), groups(slip.sha256.upper(), 4), 8, 13),
        *setter.code(title("fingerprint"), groups(slip.fingerprint, 5), 6, 14),
        *([table, Spacer(0, 8)] if slip.figures else []),
        setter.text(title("how")),
        setter.signed((title("hands_over"), slip.handed_over_by), (title("takes_over"), "")),
    ]
    subject = title("subject", period=slip.period)
    return setter.pdf(slip.header, title("title"), subject, story, slip.made_on, slip.watermark)


def key_slip_pdf(slip: KeySlip, layout: Layout | None = None) -> bytes:
    """ "Phiếu đăng ký khóa". Raises ``LookupError`` without a usable font."""
    setter = _Setter(layout or layouts.shipped(), slip.language)

    def title(key: str) -> str:
        return word(slip.language, f"key_slip.{key}")

    facts = [
        (title("unit"), slip.unit),
        (title("unit_code"), slip.unit_code),
        (title("officer"), slip.officer),
        (title("installation"), slip.installation),
        (title("made_on"), slip.key_date),
    ]
    story = [
        setter.facts(facts, QrCode(slip.qr, _QR_MM)),
        *setter.code(title("fingerprint"), groups(slip.fingerprint, 5), 4, 20),
        setter.text(title("how")),
        setter.signed((title("officer_signs"), slip.officer), (title("chair_signs"), slip.chair), seal=True),
    ]
    return setter.pdf(slip.header, title("title"), slip.unit, story, slip.made_on, slip.watermark)


def safe_key_pdf(sheet: SafeKeySheet, layout: Layout | None = None) -> bytes:
    """ "Phiếu khóa cất két". Raises ``LookupError`` without a usable font."""
    setter = _Setter(layout or layouts.shipped(), sheet.language)

    def title(key: str) -> str:
        return word(sheet.language, f"safe_key.{key}")

    begin, _one, letters = sheet.secret.rpartition("1")
    facts = [(title("unit"), sheet.unit), (title("begins"), f"{begin}1"), (title("public"), sheet.public)]
    story = [
        setter.facts(facts, QrCode(sheet.secret, _QR_MM)),
        setter.text(title("what")),
        *setter.code(title("secret"), groups(letters, 5), 4, 20),
        setter.text(title("how")),
        Spacer(0, 10),
        setter.text(title("kept_by")),
    ]
    return setter.pdf(sheet.header, title("title"), title("subject"), story, sheet.made_on, sheet.watermark)


def recovery_sheet_pdf(sheet: RecoverySheet, layout: Layout | None = None) -> bytes:
    """ "Phiếu khôi phục". Raises ``LookupError`` without a usable font."""
    setter = _Setter(layout or layouts.shipped(), sheet.language)

    def title(key: str) -> str:
        return word(sheet.language, f"recovery.{key}")

    story = [
        setter.text(sheet.unit),
        setter.text(title("what")),
        *setter.code(title("code"), groups(sheet.code, 4), 4, 22),
        setter.text(title("when")),
        Spacer(0, 10),
        setter.text(title("kept_by")),
    ]
    return setter.pdf(sheet.header, title("title"), title("subject"), story, sheet.made_on, sheet.watermark)
