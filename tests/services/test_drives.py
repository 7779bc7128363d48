"""Sticks are found where desktops mount them, and by the letter of a drive."""

from __future__ import annotations

from pathlib import Path

import pytest

from sochihoi.services import drives

MOUNTS = r"""
/dev/sda1 / ext4 rw 0 0
/dev/sdb1 /media/huyen/USB\040Hội vfat rw 0 0
/dev/sdc1 /run/media/huyen/KINGSTON exfat rw 0 0
/dev/sdd1 /mnt/disk ext4 rw 0 0
short
"""


def test_mount_points_below_the_folders_of_sticks() -> None:
    roots = (Path("/media/huyen"), Path("/run/media/huyen"))
    found = drives._linux(MOUNTS, roots)
    assert [(str(one.path).split("/")[1], one.free) for one in found] == [("media", None), ("run", None)]
    assert found[1].label == "KINGSTON"
    assert found[0].label == "USB Hội"


def test_letters_of_removable_drives_with_a_medium(monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = {"D:\\": 2, "E:\\": 2, "C:\\": 3}
    room = {Path("D:\\"): 5 * 10**9}
    monkeypatch.setattr(drives, "_free", room.get)
    found = drives._windows(lambda root: kinds.get(root, 1), lambda _root: ("KINGSTON", 0x1A2B3C4D))
    assert [(one.label, one.free, one.serial) for one in found] == [("KINGSTON (D:)", 5 * 10**9, "1A2B-3C4D")]


def test_a_volume_has_the_serial_number_that_links_to_its_device(tmp_path: Path) -> None:
    (tmp_path / "sdb1").touch()
    (tmp_path / "volumes").mkdir()
    (tmp_path / "volumes" / "1A2B-3C4D").symlink_to(tmp_path / "sdb1")
    assert drives._serial(str(tmp_path / "sdb1"), tmp_path / "volumes") == "1A2B-3C4D"
    assert drives._serial(str(tmp_path / "sdc1"), tmp_path / "volumes") == ""
    assert drives._serial(str(tmp_path / "sdb1"), tmp_path / "none") == ""


def test_the_stick_that_a_file_lies_on() -> None:
    stick = drives.Drive(Path("/media/huyen/KINGSTON"), "KINGSTON", None)
    assert drives.drive_of(Path("/media/huyen/KINGSTON/sub/a.hpn"), [stick]) == stick
    assert drives.drive_of(Path("/media/huyen/OTHER/a.hpn"), [stick]) is None


def test_this_system_answers_without_an_error() -> None:
    assert isinstance(drives.removable(), tuple)
    assert drives._roots()[-1] == Path("/media")
    assert drives._free(Path("/nowhere/at/all")) is None
