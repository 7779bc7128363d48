"""Cut the typeface and take the icons into the ignored folder ``resources/built``, each with its licence beside it.

``.venv/bin/python installer/assets.py``. The repository holds only what we wrote; these come from locked packages.
"""

from __future__ import annotations

import io
import shutil
import zipfile
from importlib import metadata, resources
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parents[1]
BUILT = ROOT / "resources" / "built"
ICON_NAMES = ROOT / "installer" / "icon_names.txt"

# The licence (OFL 1.1) reserves the name "Plex": a changed font must not bear it.
FAMILY = "Chi Hoi Sans"
CUTS = {400: "Regular", 500: "Medium", 600: "SemiBold"}
# Basic Latin, Latin-1, Latin Extended-A, Vietnamese and its marks, then the signs that the window writes.
LETTERS = [*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x1A0, 0x1B1), *range(0x1EA0, 0x1EFA)]
LETTERS += [0x300, 0x301, 0x302, 0x303, 0x306, 0x309, 0x31B, 0x323]
SIGNS = "‐‑‒–—―‘’“”„†‡•…‰′″‹›€₫←↑→↓−≈≠≤≥×÷✓"
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "calt", "liga", "tnum", "lnum"]

# Style sheets cannot tint an SVG: these are needed in ready colours, the tick on the accent, the chevron muted.
TINTED = {
    "check-light": ("check", "#FFFFFF"),
    "check-dark": ("check", "#33101F"),
    "chevron-down-light": ("chevron-down", "#5C5463"),
    "chevron-down-dark": ("chevron-down", "#BBB3C3"),
}


def cut_fonts(folder: Path) -> int:
    """Three static fonts of the variable one, only the letters we use, under our own family name. How many."""
    from fontTools import subset
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    package = resources.files("fontpkg_ibm_plex_sans")
    source = (package / "files" / "IBMPlexSans[wdth,wght].ttf").read_bytes()
    folder.mkdir(parents=True)
    options = subset.Options(layout_features=FEATURES, name_IDs=["*"], notdef_outline=True)
    for weight, style in CUTS.items():
        font = TTFont(io.BytesIO(source))
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=[*LETTERS, *map(ord, SIGNS)])
        cutter.subset(font)  # first: then two thirds of the work of the instancer are not there
        font = instancer.instantiateVariableFont(font, {"wght": weight, "wdth": 100}, inplace=True)
        for table in font["cmap"].tables:  # Plex has the tick but not the cross: the sign × is drawn for it
            if table.isUnicode():
                table.cmap[ord("✕")] = table.cmap[ord("×")]
        _rename(font, weight, style)
        font.save(folder / f"ChiHoiSans-{style}.ttf")
    (folder / "LICENSE.txt").write_bytes((package / "LICENSE").read_bytes())
    return len(CUTS)


def _rename(font: TTFont, weight: int, style: str) -> None:
    names = font["name"]
    keep = {0, 5, 8, 9, 11, 12, 13, 14}  # copyright, makers and licence stay as they are
    names.names = [record for record in names.names if record.nameID in keep]
    plain = style == "Regular"
    told = {
        1: FAMILY if plain else f"{FAMILY} {style}",
        2: "Regular",
        3: f"ChiHoiSans-{style}",
        4: f"{FAMILY} {style}",
        6: f"ChiHoiSans-{style}",
        16: FAMILY,
        17: style,
    }
    for name_id, text in told.items():
        names.setName(text, name_id, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight


def icon_names() -> dict[str, str]:
    """Our name of each icon -> Lucide's present name."""
    found: dict[str, str] = {}
    for line in ICON_NAMES.read_text(encoding="utf-8").splitlines():
        entry = line.partition("#")[0].strip()
        if entry:
            ours, _, theirs = (part.strip() for part in entry.partition("="))
            found[ours] = theirs or ours
    return found


def take_icons(folder: Path) -> int:
    """The listed icons as plain SVG files, stroke ``currentColor``, and the tinted ones. How many.

    Raises ``KeyError`` naming an icon that Lucide does not have.
    """
    folder.mkdir(parents=True)
    package = resources.files("justmyresource_lucide")
    with zipfile.ZipFile(io.BytesIO((package / "icons.zip").read_bytes())) as pack:
        drawn = {ours: _one_line(pack.read(f"{theirs}.svg").decode()) for ours, theirs in icon_names().items()}
    for name, (plain, colour) in TINTED.items():
        drawn[name] = drawn[plain].replace("currentColor", colour)
    for name, text in drawn.items():
        (folder / f"{name}.svg").write_text(text, encoding="utf-8", newline="\n")
    licences = [p for p in metadata.files("justmyresource-lucide") or () if p.name == "LUCIDE-LICENSE"]
    (folder / "LICENSE.txt").write_text(licences[0].read_text(), encoding="utf-8", newline="\n")
    return len(drawn)


def _one_line(text: str) -> str:
    return " ".join(text.split()).replace("> <", "><").replace(" >", ">") + "\n"


def main() -> int:
    """Make both folders anew."""
    for name, make in (("fonts", cut_fonts), ("icons", take_icons)):
        aside = BUILT / f"{name}.new"
        shutil.rmtree(aside, ignore_errors=True)
        made = make(aside)
        shutil.rmtree(BUILT / name, ignore_errors=True)
        aside.rename(BUILT / name)
        print(f"{name}: {made}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
