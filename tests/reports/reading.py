"""What stands where on a page, letter by letter: the place of the pen, the size, the face; and the strokes."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass

MM = 72 / 25.4
_FAR = 14.0  # points of white that part two texts on one height


@dataclass(frozen=True)
class Text:
    """Letters on one height. ``left``, ``right`` and ``base`` (from the top of the paper) in millimetres; the size in
    points; ``face`` as the file names it, without its prefix.
    """

    page: int
    text: str
    left: float
    right: float
    base: float
    size: float
    face: str

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    @property
    def bold(self) -> bool:
        return "Bold" in self.face

    @property
    def italic(self) -> bool:
        return "Italic" in self.face


@dataclass(frozen=True)
class Stroke:
    """A horizontal line, in millimetres from the upper left corner."""

    page: int
    left: float
    right: float
    base: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass
class _Run:
    text: str
    left: float
    right: float
    base: float
    size: float
    face: str
    pen: float  # where the next letter is awaited; blanks move it


def texts(pdf: bytes) -> list[Text]:
    """Every line of every page; words far apart on one height are two."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    found: list[Text] = []
    for at in range(len(document)):
        page = document[at]
        high = page.get_height()
        written = page.get_textpage()
        found += [
            Text(at + 1, run.text.strip(), run.left / MM, run.right / MM, (high - run.base) / MM, run.size, run.face)
            for run in _runs(written)
            if run.text.strip()
        ]
        written.close()
        page.close()
    document.close()
    return found


def _runs(written: object) -> list[_Run]:
    import pypdfium2.raw as raw

    handle = getattr(written, "raw")  # noqa: B009 - of a library without types
    x, y = ctypes.c_double(), ctypes.c_double()
    box = [ctypes.c_double() for _side in range(4)]
    flags, name = ctypes.c_int(), ctypes.create_string_buffer(80)
    runs: list[_Run] = []
    for at in range(raw.FPDFText_CountChars(handle)):
        letter = chr(raw.FPDFText_GetUnicode(handle, at))
        if letter in "\r\n\0" or raw.FPDFText_IsGenerated(handle, at):
            continue
        if raw.FPDFText_GetCharAngle(handle, at) > 0.1:
            continue  # the watermark
        raw.FPDFText_GetCharOrigin(handle, at, x, y)
        raw.FPDFText_GetCharBox(handle, at, *box)
        last = runs[-1] if runs else None
        blank = not letter.strip()
        size = raw.FPDFText_GetFontSize(handle, at)
        pen = x.value + size / 4 if blank else box[1].value
        if last is not None and abs(last.base - y.value) < 0.3 and -2 < x.value - last.pen < _FAR:
            last.text += letter
            last.pen = max(last.pen, pen)
            last.right = last.right if blank else max(last.right, pen)
            continue
        raw.FPDFText_GetFontInfo(handle, at, name, 80, flags)
        face = name.value.decode().split("+")[-1]
        runs.append(_Run(letter, x.value, x.value if blank else pen, y.value, size, face, pen))
    return runs


def strokes(pdf: bytes) -> list[Stroke]:
    """Every horizontal line, of tables too."""
    import pypdfium2
    import pypdfium2.raw as raw

    document = pypdfium2.PdfDocument(pdf)
    found = []
    for at in range(len(document)):
        page = document[at]
        high = page.get_height()
        for shape in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]):
            left, bottom, right, top = shape.get_bounds()
            if top - bottom < 2 and right - left > 5:
                found.append(Stroke(at + 1, left / MM, right / MM, (high - (top + bottom) / 2) / MM))
        page.close()
    document.close()
    return found


def begins(found: list[Text], text: str, page: int = 0) -> Text:
    """The first line that begins so, on any page or on one."""
    return next(one for one in found if one.text.startswith(text) and page in (0, one.page))
