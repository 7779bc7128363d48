"""The letters of the papers: Times New Roman of the PC, else Liberation Serif 2, else IBM Plex Serif. Always embedded.

Nghị định 30/2020/NĐ-CP asks for Times New Roman; Liberation Serif 2 has the same widths, so a paper breaks its lines at
the same places. Liberation Serif 1.07 lacks 88 of the 90 letters U+1EA0 to U+1EF9 and is refused by the coverage check.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from sochihoi import paths

CHOICE: Final = "SOCHIHOI_PRINT_FONT"  # "times", "liberation" or "plex": pins the letters (tests)

# Every Vietnamese letter beyond ASCII, and the signs that papers use
VIETNAMESE: Final = "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýĂăĐđĨĩŨũƠơƯư" + "".join(
    chr(code) for code in range(0x1EA0, 0x1EFA)
)
SIGNS: Final = "₫“”‘’–—…•·×≥≤−\u00a0"

_FILES: Final = {
    "times": (
        ("times.ttf", "timesbd.ttf", "timesi.ttf", "timesbi.ttf"),
        (
            "Times_New_Roman.ttf",
            "Times_New_Roman_Bold.ttf",
            "Times_New_Roman_Italic.ttf",
            "Times_New_Roman_Bold_Italic.ttf",
        ),
    ),
    "liberation": (
        (
            "LiberationSerif-Regular.ttf",
            "LiberationSerif-Bold.ttf",
            "LiberationSerif-Italic.ttf",
            "LiberationSerif-BoldItalic.ttf",
        ),
    ),
    "plex": (
        (
            "IBMPlexSerif-Regular.ttf",
            "IBMPlexSerif-Bold.ttf",
            "IBMPlexSerif-Italic.ttf",
            "IBMPlexSerif-BoldItalic.ttf",
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class FontFiles:
    """Four TrueType files of one family; ``key`` is ``times``, ``liberation`` or ``plex``."""

    key: str
    regular: Path
    bold: Path
    italic: Path
    bold_italic: Path

    def styles(self) -> tuple[tuple[str, Path], ...]:
        """(suffix of the registered name, file)."""
        return (("", self.regular), ("-Bold", self.bold), ("-Italic", self.italic), ("-BoldItalic", self.bold_italic))


@dataclass(frozen=True, slots=True)
class Typeface:
    """Names under which ReportLab knows the four styles."""

    regular: str
    bold: str
    italic: str
    bold_italic: str


def _system_folders() -> list[Path]:
    if sys.platform == "win32":
        windows = Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts"
        return [windows, Path(os.environ.get("LOCALAPPDATA", windows)) / "Microsoft" / "Windows" / "Fonts"]
    shared = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "fonts"
    return [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), shared, Path.home() / ".fonts"]


def _plex_folder() -> list[Path]:
    found = importlib.util.find_spec("fontpkg_ibm_plex_serif")
    return [] if found is None or found.origin is None else [Path(found.origin).parent / "files"]


def _folders(key: str) -> list[Path]:
    if key == "plex":
        return [paths.built() / "fonts", *_plex_folder()]
    # What an installer bundled is as good as what the PC has
    return [paths.built() / "fonts", *_system_folders()]


def _find(folders: list[Path], names: tuple[str, ...], key: str) -> Iterator[FontFiles]:
    """Every folder that holds all four files, in a fixed order."""
    wanted = {name.casefold() for name in names}
    for folder in folders:
        if not folder.is_dir():
            continue
        places: dict[Path, dict[str, Path]] = {}
        for path in sorted(folder.rglob("*.[tT][tT][fF]")):
            if path.name.casefold() in wanted:
                places.setdefault(path.parent, {})[path.name.casefold()] = path
        for files in places.values():
            if len(files) == len(wanted):
                yield FontFiles(key, *(files[name.casefold()] for name in names))


def missing_letters(path: Path) -> str:
    """The Vietnamese letters and signs that a TrueType file cannot show, "" when none.

    Raises ``reportlab``'s ``TTFError`` for a file that is no TrueType font with outlines.
    """
    from reportlab.pdfbase.ttfonts import TTFontFile

    glyphs = TTFontFile(str(path), charInfo=1).charToGlyph
    return "".join(letter for letter in VIETNAMESE + SIGNS if ord(letter) not in glyphs)


def _usable(files: FontFiles) -> bool:
    from reportlab.pdfbase.ttfonts import TTFError

    try:
        return not any(missing_letters(path) for _suffix, path in files.styles())
    except (OSError, TTFError):
        return False


@cache
def _chosen(pinned: str) -> FontFiles:
    for key in (pinned,) if pinned else tuple(_FILES):
        for names in _FILES.get(key, ()):
            for files in _find(_folders(key), names, key):
                if _usable(files):
                    return files
    # Plex is a dependency of the program: without it the installation itself is broken
    raise LookupError(f"no serif font with all Vietnamese letters (wanted: {pinned or 'any'})")


def chosen() -> FontFiles:
    """The family that papers are printed in. Raises ``LookupError`` when no usable one is installed."""
    return _chosen(os.environ.get(CHOICE, ""))


@cache
def _register(files: FontFiles) -> Typeface:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    family = f"SoChiHoi-{files.key}"
    names = []
    for suffix, path in files.styles():
        pdfmetrics.registerFont(TTFont(family + suffix, str(path)))
        names.append(family + suffix)
    pdfmetrics.registerFontFamily(family, *names)
    return Typeface(*names)


def typeface() -> Typeface:
    """Register the chosen family once and give its names. Raises ``LookupError`` as ``chosen``."""
    return _register(chosen())
