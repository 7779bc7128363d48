"""A byte of the book changes on the disk: the check finds it, wherever it is, and the way back is shown."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

from sochihoi import i18n
from sochihoi.cli import run
from sochihoi.services.opening import open_office
from sochihoi.storage import engine
from sochihoi.storage.errors import DatabaseDamaged
from sochihoi.storage.folder import DataFolder
from sochihoi.storage.store import Store
from sochihoi.storage.vault import Keyring
from sochihoi.ui import words
from tests.exchange_data import MOMENT, commune
from tests.offices import PASSWORD, around
from tests.people_data import add_members
from tests.trust.conftest import Counted

pytestmark = pytest.mark.R12

FLIP = 0x10


@pytest.fixture
def book(memory: Path) -> Path:
    """A commune of forty, closed."""
    office = commune(memory / "book")
    add_members(office, count=40, cells=2)
    office.close()
    return memory / "book"


class Flips:
    """Changes bytes of a book one at a time, and looks whether the check of the program sees it."""

    def __init__(self, book: Path) -> None:
        self._folder = DataFolder(book)
        self._key = Keyring.read(self._folder.keyring).open(PASSWORD)[0]
        self.content = self._folder.database.read_bytes()
        self.failures: dict[int, str] = {}
        assert not self._found()

    def at(self, places: Iterable[int]) -> int:
        """How many were tried."""
        tried = 0
        for place in places:
            tried += 1
            self._flip(place)
            if not self._found():
                self.failures[place] = "not found"
            self._folder.database.write_bytes(self.content)
        return tried

    def _flip(self, place: int) -> None:
        with self._folder.database.open("r+b") as file:
            file.seek(place)
            file.write(bytes([self.content[place] ^ FLIP]))

    def _found(self) -> bool:
        try:
            store = Store(self._folder, self._key, now=lambda: MOMENT)
        except DatabaseDamaged:
            return True
        try:
            return bool(store.findings())
        except DatabaseDamaged:
            return True
        finally:
            store.close()


def test_five_hundred_bytes(book: Path, counted: Counted) -> None:
    flips = Flips(book)
    step = len(flips.content) // 500
    tried = flips.at(range(3, step * 500, step))
    counted("R12 changed bytes, found by the check", tried, flips.failures, least=500)


@pytest.mark.nightly
def test_every_seventh_byte(book: Path, counted: Counted) -> None:
    flips = Flips(book)
    tried = flips.at(range(0, len(flips.content), 7))
    counted("R12 every seventh byte", tried, flips.failures, least=60_000)


def test_the_check_says_so_and_the_way_back_is_shown(
    book: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, counted: Counted
) -> None:
    """From the first page to the last, by the command that the officer can give: exit 1, two sentences, no trace."""
    monkeypatch.setenv("SOCHIHOI_PASSWORD", PASSWORD)
    folder, failures = DataFolder(book), {}
    content = folder.database.read_bytes()
    places = range(100, len(content), len(content) // 12)
    for place in places:
        folder.database.write_bytes(content[:place] + bytes([content[place] ^ FLIP]) + content[place + 1 :])
        code = run(["--data", str(book), "--lang", "vi", "check"])
        told = capsys.readouterr().err
        if code != 1 or not told.strip():
            failures[place] = f"{code} {told}"
    counted("R12 changed bytes, told by check", len(places), failures, least=12)
    folder.database.write_bytes(content)


def test_a_book_that_cannot_be_opened_holds_no_lock(book: Path) -> None:
    """The first page is whole, the journal is not: found at the last step of opening."""
    folder = DataFolder(book)
    content = bytearray(folder.database.read_bytes())
    key = Keyring.read(folder.keyring).open(PASSWORD)[0]
    connection = engine.connect(folder.database, key)
    (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name='journal'").fetchone()
    connection.close()
    content[(page - 1) * 4096 + 2000] ^= FLIP
    folder.database.write_bytes(content)
    with pytest.raises(DatabaseDamaged):
        Store(folder, key, now=lambda: MOMENT)
    other = DataFolder(book)
    other.acquire()  # a second program, or restoring
    other.release()


def test_a_damaged_book_can_be_restored(book: Path, memory: Path) -> None:
    office = open_office(book, PASSWORD, around=around("copy", MOMENT))
    members = len(office.people.rows())
    office.backups.make(memory / "copy.hpnbak")
    office.close()
    folder = DataFolder(book)
    damaged = bytearray(folder.database.read_bytes())
    damaged[:] = bytes(b ^ FLIP for b in damaged)
    folder.database.write_bytes(damaged)
    with pytest.raises(DatabaseDamaged) as refused:
        open_office(book, PASSWORD)
    i18n.set_language("en")
    assert words.say(refused.value).todo.startswith("Restore the newest copy")  # the second sentence shows the way
    from sochihoi.services.backups import restore

    restored = restore(memory / "copy.hpnbak", book, PASSWORD, None, around("back", MOMENT))
    assert restored.aside is not None
    assert (restored.aside / "sochihoi.db").read_bytes() == bytes(damaged)  # set aside, never deleted
    again = open_office(book, PASSWORD)
    assert len(again.people.rows()) == members
    again.close()
    shutil.rmtree(restored.aside)
