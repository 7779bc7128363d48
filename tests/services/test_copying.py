"""Copies beside the work: when one is due, on a thread and connections of its own, and what stays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event

import pytest

from sochihoi.services import copying
from sochihoi.services.copying import Copying, CopyWork, kept_in
from sochihoi.services.office import Office
from sochihoi.services.opening import open_office
from sochihoi.storage.errors import DiskFull
from tests.offices import MOMENT, PASSWORD, around, make_office


class Clock:
    """A clock that goes on when it is told to."""

    def __init__(self) -> None:
        self.moment = MOMENT

    def __call__(self) -> datetime:
        return self.moment

    def go(self, **more: float) -> None:
        self.moment += timedelta(**more)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def office(tmp_path: Path, clock: Clock) -> Iterator[Office]:
    made = make_office(tmp_path / "c")
    made.store.now = clock
    made.backups.automatic()
    yield made
    made.close()


def _acts(office: Office, number: int, start: int = 0) -> None:
    for n in range(start, start + number):
        office.setup.keep("x", n)


def _copied(office: Office) -> bool:
    """Whether a tick made a copy of the book as it is now."""
    before = office.backups.kept()
    assert office.copying.tick() is None
    office.copying.wait()
    with office.read() as work:
        now = work.months.version()
    return office.backups.kept() != before and any(one.change == now for one in office.backups.kept())


def test_after_fifty_acts(office: Office, clock: Clock) -> None:
    clock.go(minutes=1)
    _acts(office, 49)
    assert not _copied(office)
    office.setup.keep("x", -1)
    assert _copied(office)
    assert not _copied(office)
    office.close()


def test_half_an_hour_after_the_last_copy_when_something_changed(office: Office, clock: Clock) -> None:
    clock.go(minutes=31)
    assert not office.copying.due
    office.setup.keep("x", 1)
    assert office.copying.due
    assert _copied(office)
    office.setup.keep("x", 2)
    clock.go(minutes=29)
    assert not office.copying.due
    clock.go(minutes=1)
    assert office.copying.due
    assert _copied(office)
    office.close()


def test_a_clock_that_was_set_back_stops_no_copies_and_loses_none(office: Office, clock: Clock) -> None:
    office.setup.keep("x", 1)
    clock.go(days=-4000)
    assert office.copying.due
    assert _copied(office)
    assert kept_in(office.store.folder.backups)[-1].made_at.year == 2015
    assert len(office.backups.kept()) == 2
    office.close()


def test_the_work_goes_on_while_a_copy_is_made(office: Office, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, go_on = Event(), Event()
    run = CopyWork.run

    def slowly(self: CopyWork) -> tuple[Path, ...]:
        begun.set()
        assert go_on.wait(30)
        return run(self)

    monkeypatch.setattr(CopyWork, "run", slowly)
    clock.go(minutes=31)
    office.setup.keep("x", 1)
    assert office.copying.tick() is None
    assert begun.wait(30)
    assert office.copying.busy
    office.setup.add_branches(["Ấp An Hòa"])  # written while the copy is under way
    assert office.copying.tick() is None  # and no second one begins
    go_on.set()
    office.close()  # waits for it
    assert len(kept_in(office.store.folder.backups)) == 2
    assert not list(office.store.folder.path.rglob("*.part"))


def test_what_went_wrong_is_told_once_and_tried_again_later(
    office: Office, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_self: CopyWork) -> tuple[Path, ...]:
        raise DiskFull("x")

    monkeypatch.setattr(CopyWork, "run", full)
    clock.go(minutes=31)
    office.setup.keep("x", 1)
    assert office.copying.tick() is None
    office.copying.wait()
    assert isinstance(office.copying.tick(), DiskFull)
    assert office.copying.tick() is None
    office.setup.keep("x", 2)
    assert not office.copying.due
    clock.go(minutes=30)
    assert office.copying.due
    office.close()


def test_a_fault_of_ours_is_not_swallowed(office: Office, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(_self: CopyWork) -> tuple[Path, ...]:
        raise ZeroDivisionError

    monkeypatch.setattr(CopyWork, "run", breaks)
    clock.go(minutes=31)
    office.setup.keep("x", 1)
    office.copying.tick()
    office.copying.wait()
    with pytest.raises(ZeroDivisionError):
        office.copying.tick()
    office.close()


def test_after_an_end_that_was_not_clean_a_copy_is_owed(office: Office, clock: Clock, tmp_path: Path) -> None:
    office.setup.keep("x", 1)
    office.close()  # without the copy that the window makes when it closes
    again = open_office(tmp_path / "c", PASSWORD, around=around("again"))
    again.store.now = clock
    clock.go(minutes=10)
    assert not Copying(again).due
    clock.go(minutes=20)
    assert Copying(again).due
    again.backups.automatic()
    again.close()
    third = open_office(tmp_path / "c", PASSWORD, around=around("third"))
    third.store.now = clock
    clock.go(days=3)
    assert not third.copying.due
    third.close()
    assert not third.copying.due


def test_a_demonstration_owes_none(tmp_path: Path, clock: Clock) -> None:
    office = make_office(tmp_path / "d", demo=True)
    office.setup.keep("x", 1)
    clock.go(days=1)
    office.store.now = clock
    assert not office.copying.due
    assert office.copying.tick() is None
    office.close()


def test_a_copy_that_broke_off_is_cleaned_up_by_the_next(office: Office) -> None:
    place = office.store.folder.backups
    (place / "20261025-0100-7-0123abcd.hpnbak.part").write_bytes(b"half")
    (place / "mine.hpnbak.part").write_bytes(b"somebody else's")
    office.setup.keep("x", 1)
    assert len(office.backups.automatic()) == 1
    assert [file.name for file in place.glob("*.part")] == ["mine.hpnbak.part"]
    office.close()


def test_a_restored_book_gets_a_copy_though_its_number_was_there_before(office: Office, tmp_path: Path) -> None:
    """The number of the last change alone would take an old copy for the new state."""
    back = tmp_path / "back.hpnbak"
    office.backups.make(back)
    office.setup.keep("x", 1)
    assert len(office.backups.automatic()) == 1
    number = office.backups.kept()[0].change
    office.backups.restore_here(back, PASSWORD, None, around("later"))
    again = open_office(tmp_path / "c", PASSWORD, around=around("again"))
    with again.read() as work:
        assert work.months.version() == number
    assert len(again.backups.automatic()) == 1
    again.close()


def test_a_full_second_place_keeps_what_it_had(
    office: Office, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sochihoi.storage import files

    stick = tmp_path / "stick"
    stick.mkdir()
    office.backups.choose_folder(stick)
    clock.go(hours=1)
    assert len(office.backups.automatic()) == 2
    write = files.write_whole

    def full(path: Path, content: bytes, *, overwrite: bool = False) -> None:
        if path.parent == stick:
            raise DiskFull(str(path))
        write(path, content, overwrite=overwrite)

    monkeypatch.setattr(files, "write_whole", full)
    office.setup.keep("x", 1)
    clock.go(hours=1)
    assert [file.parent.name for file in office.backups.automatic()] == ["backups"]
    assert len(kept_in(stick)) == 1
    office.close()


def test_thinning_keeps_the_one_just_made(tmp_path: Path) -> None:
    for n in range(100):
        moment = MOMENT + timedelta(hours=n)
        (tmp_path / f"{moment:%Y%m%d-%H%M}-{n}-0123abcd.hpnbak").touch()
    old = tmp_path / "19900101-0000-500-0123abcd.hpnbak"
    old.touch()
    copying.thin_out(tmp_path, old)
    assert old.exists()
    assert len(kept_in(tmp_path)) < 45
