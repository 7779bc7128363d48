"""A paper to sign, keys that sign it, and pictures for stamps."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image, ImageDraw

from sochihoi.reports import fonts
from sochihoi.reports.official import pdf
from sochihoi.reports.signing.keys import KeyFile
from sochihoi.reports.signing.sign import Look, Signed, sign
from tests.reports import samples
from tests.reports.signing import certificates as made


@pytest.fixture(scope="module")
def paper() -> bytes:
    """A monthly report of three pages, in Liberation Serif."""
    before = pytest.MonkeyPatch()
    before.setenv(fonts.CHOICE, "liberation")
    try:
        return pdf(samples.monthly())
    finally:
        before.undo()


def key_of(holder: made.Holder) -> KeyFile:
    return KeyFile(holder.key_file(), made.PASSWORD)


Sign = Callable[..., Signed]


@pytest.fixture
def signed(paper: bytes) -> Sign:
    """``signed()``, ``signed(look, content=…, holder=…)``: at the moment of the tests."""

    def run(look: Look | None = None, content: bytes = paper, holder: made.Holder | None = None) -> Signed:
        return sign(content, key_of(holder or made.holder()), look or Look(), now=made.NOW)

    return run


def png(width: int, height: int, colour: tuple[int, int, int], dpi: int = 0) -> bytes:
    """A ring on a transparent ground."""
    image = Image.new("RGBA", (width, height), (0, 0, 0, 0))
    ImageDraw.Draw(image).ellipse((4, 4, width - 5, height - 5), outline=(*colour, 255), width=8)
    out = BytesIO()
    image.save(out, "PNG", **({"dpi": (dpi, dpi)} if dpi else {}))
    return out.getvalue()
