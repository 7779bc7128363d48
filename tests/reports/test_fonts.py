"""Letters: which family is chosen, and that it has every Vietnamese letter."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sochihoi.reports import fonts, official
from tests.reports import samples
from tests.reports.conftest import Tool


@pytest.fixture(autouse=True)
def _fresh() -> None:
    fonts._chosen.cache_clear()


def test_liberation_is_version_two(tool: Tool) -> None:
    files = fonts.chosen()
    assert files.key == "liberation"
    for _suffix, path in files.styles():
        assert fonts.missing_letters(path) == ""


def test_plex_from_the_dependency(monkeypatch: pytest.MonkeyPatch, tool: Tool) -> None:
    monkeypatch.setenv(fonts.CHOICE, "plex")
    files = fonts.chosen()
    assert files.regular.name == "IBMPlexSerif-Regular.ttf"
    pdf = official.pdf(samples.monthly())
    rows = tool(pdf, "pdffonts", "{}").splitlines()[2:]
    assert rows
    assert all("IBMPlexSerif" in row and row.split()[-5] == "yes" for row in rows)
    assert "Tỷ lệ dự sinh hoạt" in tool(pdf, "pdftotext", "{}", "-")


def test_times_new_roman_comes_first_where_it_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    liberation = fonts.chosen()
    for name, (_suffix, path) in zip(
        ("times.ttf", "TIMESBD.TTF", "timesi.ttf", "timesbi.ttf"), liberation.styles(), strict=True
    ):
        shutil.copy(path, tmp_path / name)
    monkeypatch.setattr(fonts, "_system_folders", lambda: [tmp_path / "none", tmp_path])
    monkeypatch.delenv(fonts.CHOICE)
    fonts._chosen.cache_clear()
    assert fonts.chosen().regular == tmp_path / "times.ttf"
    fonts._chosen.cache_clear()


def cut(source: Path, target: Path, letters: str) -> None:
    """A font without these letters, as Liberation Serif 1.07 is."""
    from fontTools.ttLib import TTFont

    font = TTFont(source)
    for table in font["cmap"].tables:
        for letter in letters:
            table.cmap.pop(ord(letter), None)
    font.save(target)


def test_a_font_without_the_letters_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    liberation = fonts.chosen()
    old = "".join(chr(code) for code in range(0x1EA0, 0x1EFA) if code not in {0x1EF2, 0x1EF3}) + "ơư₫"
    for _suffix, path in liberation.styles():
        cut(path, tmp_path / path.name, old)
    assert set(fonts.missing_letters(tmp_path / liberation.regular.name)) == set(old)
    monkeypatch.setattr(fonts, "_folders", lambda key: [tmp_path] if key == "liberation" else [])
    fonts._chosen.cache_clear()
    with pytest.raises(LookupError, match="liberation"):
        fonts.chosen()
    fonts._chosen.cache_clear()


def test_a_broken_file_is_passed_over(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for _suffix, path in fonts.chosen().styles():
        (tmp_path / path.name).write_bytes(b"no font")
    monkeypatch.setattr(fonts, "_folders", lambda _key: [tmp_path])
    fonts._chosen.cache_clear()
    with pytest.raises(LookupError):
        fonts.chosen()
    fonts._chosen.cache_clear()


@pytest.mark.parametrize("platform", ["win32", "linux"])
def test_where_fonts_are_looked_for(platform: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", platform)
    monkeypatch.setenv("WINDIR", "/win")
    folders = fonts._system_folders()
    assert (Path("/win/Fonts") in folders) == (platform == "win32")
    assert (Path("/usr/share/fonts") in folders) == (platform == "linux")
