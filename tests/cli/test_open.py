"""``open``: without a screen, and which folder without ``--data``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sochihoi import app, paths
from sochihoi.cli.frame import DONE, MENDABLE, main
from tests.cli.calls import start
from tests.offices import make_office


@pytest.mark.parametrize("words", [("open",), (), ("open", "--lang", "en")], ids=["open", "nothing", "english"])
@pytest.mark.parametrize("more", [{}, {"DISPLAY": ":4711"}], ids=["none", "dead"])
def test_without_a_screen_it_is_a_sentence(words: tuple[str, ...], more: dict[str, str], tmp_path: Path) -> None:
    done = start(tmp_path, *words, **more)
    assert (done.returncode, done.stdout) == (MENDABLE, "")
    told = "The window cannot be opened" if "en" in words else "Không mở được cửa sổ"
    assert done.stderr.startswith(told)
    assert len(done.stderr.splitlines()) == 1


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOCHIHOI_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    return tmp_path / "home"


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path, Path | None]]:
    """Which folder the window was told to open, and which one was said to be gone; no window appears."""
    found: list[tuple[Path, Path | None]] = []

    def note(data: Path, *_words: Any, gone: Path | None = None) -> int:
        found.append((data, gone))
        return DONE

    monkeypatch.setattr(app, "main", note)
    return found


def test_the_folder_that_was_open_last(home: Path, opened: list[tuple[Path, Path | None]], tmp_path: Path) -> None:
    assert main(["open"]) == DONE
    stick = tmp_path / "Ổ cứng rời" / "so"
    make_office(stick).close()
    paths.remember_opened(stick)
    assert [main([]), main(["open"]), main(["--data", str(tmp_path / "x"), "open"])] == [DONE] * 3
    (stick / "keyring.json").rename(stick / "away.json")
    assert main(["open"]) == DONE
    own = paths.default_data()
    assert opened == [(own, None), (stick, None), (stick, None), (tmp_path / "x", None), (own, stick)]


@pytest.mark.parametrize("kept", ["", "{", "[]", '{"folder": 7}', '{"folder": "relative"}', '{"other": 1}', "\x00"])
def test_what_was_kept_and_cannot_be_read_is_nothing(
    kept: str, home: Path, opened: list[tuple[Path, Path | None]]
) -> None:
    home.mkdir()
    (home / "last-opened.json").write_text(kept, encoding="utf-8")
    assert paths.last_opened() is None
    assert (main(["open"]), opened) == (DONE, [(paths.default_data(), None)])


def test_it_is_kept_whole_and_beside_no_data(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("Sổ A", "Sổ B"):
        paths.remember_opened(Path(name))
    assert [file.name for file in home.iterdir()] == ["last-opened.json"]
    assert json.loads((home / "last-opened.json").read_text(encoding="utf-8")) == {"folder": str(tmp_path / "Sổ B")}
    assert paths.last_opened() == tmp_path / "Sổ B"


def test_a_home_that_cannot_be_written_stops_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("SOCHIHOI_HOME", str(tmp_path / "file"))
    paths.remember_opened(tmp_path)
    assert paths.last_opened() is None
    assert not paths.holds_book(tmp_path / "file" / "commune")
