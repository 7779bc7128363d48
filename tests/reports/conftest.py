"""Papers in Liberation Serif, read back with the tools that other people read PDFs with."""

from __future__ import annotations

import os
import shutil
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from sochihoi import i18n, paths
from sochihoi.reports import fonts

MM = 72 / 25.4


@pytest.fixture(autouse=True)
def _letters(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same letters on every PC that runs the tests."""
    monkeypatch.setenv(fonts.CHOICE, "liberation")


@pytest.fixture(autouse=True)
def _language() -> Iterator[None]:
    built = (paths.catalogues() / "vi" / "LC_MESSAGES" / "sochihoi.mo").is_file()
    before = i18n.language()
    i18n.set_language("vi" if built else "en")
    yield
    i18n.set_language(before)


Tool = Callable[..., str]


def need(name: str) -> None:
    """Fail without the tool; skip and name it where SOCHIHOI_ALLOW_MISSING_TOOLS=1 says that it may be missing."""
    if shutil.which(name) is None:
        if os.environ.get("SOCHIHOI_ALLOW_MISSING_TOOLS") == "1":
            pytest.skip(f"{name} is not installed")
        pytest.fail(f"{name} is not installed")


@pytest.fixture
def tool(tmp_path: Path) -> Tool:
    """``tool(pdf, "pdftotext", "-layout", "{}", "-")``: the output of a program over these bytes."""

    def run(pdf: bytes, name: str, *arguments: str) -> str:
        need(name)
        file = tmp_path / "paper.pdf"
        file.write_bytes(pdf)
        filled = [argument.replace("{}", str(file)) for argument in arguments]
        done = subprocess.run([name, *filled], capture_output=True, check=False, encoding="utf-8")
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return run


@dataclass(frozen=True)
class Line:
    """A line of text on a page, in millimetres from the upper left corner of the paper."""

    page: int
    left: float
    top: float
    right: float
    bottom: float
    text: str

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@pytest.fixture
def lines(tool: Tool) -> Callable[[bytes], list[Line]]:
    """Every line of a PDF with its place, as ``pdftotext -bbox-layout`` sees it."""

    def read(pdf: bytes) -> list[Line]:
        tree = ET.fromstring(tool(pdf, "pdftotext", "-bbox-layout", "{}", "-"))  # noqa: S314 - poppler's own output
        found = []
        for number, page in enumerate(tree.iter("{http://www.w3.org/1999/xhtml}page"), 1):
            for line in page.iter("{http://www.w3.org/1999/xhtml}line"):
                words = [word.text or "" for word in line.iter("{http://www.w3.org/1999/xhtml}word")]
                box = [float(line.attrib[key]) / MM for key in ("xMin", "yMin", "xMax", "yMax")]
                found.append(Line(number, *box, " ".join(words)))
        return found

    return read


def find(lines: list[Line], text: str) -> Line:
    """The first line that begins with this text."""
    return next(line for line in lines if line.text.startswith(text))
