"""Whether a signed file is the paper that was issued: its pages must say and show the same."""

from __future__ import annotations

import unicodedata
from typing import Any, Final

from sochihoi.reports.signing import place
from sochihoi.reports.signing.check import reader_of
from sochihoi.reports.signing.errors import NotAPdf, NotOurPaper

DPI: Final = 72
DIFFERENT, ALLOWED = 128, 10  # a dot so much lighter or darker is another one; so many may be, by rounding
AROUND = 24  # letters shown on both sides of a difference


def ensure_same(issued: bytes, signed: bytes) -> None:
    """The pages say the same words and show the same drawing; only signatures were put on top.

    Raises ``NotOurPaper`` at the first page that differs, ``NotAPdf``, ``EncryptedPdf``.
    """
    if signed == issued:
        return
    reader = reader_of(signed)
    ours, theirs = _texts(issued), _texts(signed)
    for at, (expected, found) in enumerate(zip(ours, theirs, strict=False), 1):
        if expected != found:
            raise NotOurPaper(at, *_around(expected, found))
    if len(ours) != len(theirs):
        raise NotOurPaper(0, pages=(len(ours), len(theirs)))
    for at, added in enumerate(place.on_top(reader), 1):
        if any(kind not in ("/Link", "/Widget:/Sig") for kind in added):
            raise NotOurPaper(at)
    for at in range(len(ours)):
        if not _looks_alike(_dots(issued, at), _dots(signed, at)):
            raise NotOurPaper(at + 1)


def _texts(pdf: bytes) -> list[str]:
    import pypdfium2

    document = _opened(pdf)
    try:
        found = []
        for at in range(len(document)):
            page = document[at].get_textpage()
            text = unicodedata.normalize("NFC", page.get_text_range(errors="replace"))
            found.append(" ".join(text.split()))
        return found
    except pypdfium2.PdfiumError as problem:
        raise NotAPdf from problem
    finally:
        document.close()


def _dots(pdf: bytes, page: int) -> tuple[int, int, bytes]:
    """Width, height and greys of a page without what lies on top of it: annotations and fields."""
    document = _opened(pdf)
    try:
        made = document[page].render(scale=DPI / 72, grayscale=True, draw_annots=False, may_draw_forms=False)
        return made.width, made.height, bytes(made.buffer)
    finally:
        document.close()


def _looks_alike(one: tuple[int, int, bytes], other: tuple[int, int, bytes]) -> bool:
    if one == other:
        return True
    if one[:2] != other[:2] or len(one[2]) != len(other[2]):
        return False
    differing = sum(1 for a, b in zip(one[2], other[2], strict=True) if abs(a - b) >= DIFFERENT)
    return differing <= ALLOWED


def _opened(pdf: bytes) -> Any:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as problem:
        raise NotAPdf from problem


def _around(expected: str, found: str) -> tuple[str, str]:
    """The words around the first letter that differs, of both."""
    same = next((at for at, (a, b) in enumerate(zip(expected, found, strict=False)) if a != b), None)
    at = min(len(expected), len(found)) if same is None else same
    return _cut(expected, at), _cut(found, at)


def _cut(text: str, at: int) -> str:
    begin, end = max(0, at - AROUND), min(len(text), at + AROUND)
    return f"{'…' if begin else ''}{text[begin:end].strip()}{'…' if end < len(text) else ''}"
