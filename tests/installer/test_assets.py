"""The typeface and the icons that set-up makes: complete, renamed, with their licences."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from installer import assets
from sochihoi import paths
from sochihoi.ui.style.tokens import THEMES

VIETNAMESE = "".join(chr(code) for code in range(0x1EA0, 0x1EFA)) + "ăâđêôơưĂÂĐÊÔƠƯàảãáạ₫“”–≥≤→✓✕…"
_USED = re.compile(r"""(?:put_icon|icon|pixmap)\([^"\n]*?"([a-z][a-z0-9-]+)"|icon="([a-z][a-z0-9-]+)\"""")


@pytest.fixture(scope="module")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cut") / "fonts"
    assets.cut_fonts(folder)
    return folder


@pytest.mark.parametrize(("weight", "style"), assets.CUTS.items())
def test_each_cut_is_static_complete_and_bears_our_name(fonts: Path, weight: int, style: str) -> None:
    font = TTFont(fonts / f"ChiHoiSans-{style}.ttf")
    assert "fvar" not in font
    assert font["OS/2"].usWeightClass == weight
    assert font["name"].getDebugName(16) == "Chi Hoi Sans"
    assert not any("Plex" in str(r) for r in font["name"].names if r.nameID in {1, 3, 4, 6, 16})
    assert {ord(sign) for sign in VIETNAMESE} <= set(font.getBestCmap())
    widths = {font["hmtx"][font.getBestCmap()[ord(digit)]][0] for digit in "0123456789"}
    assert len(widths) == 1  # columns of figures must not jitter
    assert "SIL Open Font License" in font["name"].getDebugName(13)


def test_fonts_are_small_and_their_licence_is_beside_them(fonts: Path) -> None:
    assert all(file.stat().st_size < 120_000 for file in fonts.glob("*.ttf"))
    assert "SIL OPEN FONT LICENSE" in (fonts / "LICENSE.txt").read_text(encoding="utf-8").upper()


def test_icons_are_taken_with_their_licence(tmp_path: Path) -> None:
    count = assets.take_icons(tmp_path / "icons")
    files = sorted((tmp_path / "icons").glob("*.svg"))
    assert count == len(files) > 60
    assert "ISC License" in (tmp_path / "icons" / "LICENSE.txt").read_text(encoding="utf-8")
    plain = [file for file in files if file.stem not in assets.TINTED]
    assert all('stroke="currentColor"' in file.read_text(encoding="utf-8") for file in plain)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_ready_tinted_icons_have_the_colours_of_the_theme(theme: str) -> None:
    assert assets.TINTED[f"check-{theme}"] == ("check", THEMES[theme].on_accent)
    assert assets.TINTED[f"chevron-down-{theme}"] == ("chevron-down", THEMES[theme].muted)


def test_every_icon_that_the_window_names_is_taken() -> None:
    own = {file.stem for file in (paths.resources() / "style").glob("*.svg")}
    tokens = {name for theme in THEMES.values() for name in theme.__slots__}
    known = set(assets.icon_names()) | own | tokens
    used: set[str] = set()
    for file in (assets.ROOT / "desktop" / "sochihoi").rglob("*.py"):
        for match in _USED.finditer(file.read_text(encoding="utf-8")):
            used.add(match[1] or match[2])
    assert used
    assert used - known == set()
