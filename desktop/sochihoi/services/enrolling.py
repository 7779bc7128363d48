"""Enrolling this unit at the level above: the key file, and the paper that proves it, written as a pair."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sochihoi.services.renewing import PAPER_ENDING, paper_beside

if TYPE_CHECKING:
    from sochihoi.services.office import Office


def places(office: Office, out: Path) -> tuple[Path, Path]:
    """Key file and paper: in a folder under their usual names, else beside each other under the name of ``out``."""
    from sochihoi.sync.names import KEY_SUFFIX

    if out.is_dir():
        key_file = out / office.sending.key_name()
        return key_file, key_file.with_name(f"{key_file.stem}-phieu-khoa{PAPER_ENDING}")
    if out.suffix.lower() == PAPER_ENDING:
        return out.with_suffix(KEY_SUFFIX), out
    return out, paper_beside(out)


def write_pair(office: Office, out: Path, *, overwrite: bool = False) -> tuple[Path, Path]:
    """Write both, or none when one of them is there already: key file, paper.

    Raises ``FileExists``, ``DiskFull``, ``CannotWrite``.
    """
    from sochihoi.services.sync_papers import key_slip
    from sochihoi.storage.errors import FileExists
    from sochihoi.storage.files import write_whole

    key_file, paper = places(office, out)
    for one in (key_file, paper):
        if one.exists() and not overwrite:
            raise FileExists(str(one))
    write_whole(key_file, office.sending.key_file(), overwrite=overwrite)
    write_whole(paper, key_slip(office), overwrite=overwrite)
    return key_file, paper


def key_file_of(given: Path) -> Path:
    """The key file that somebody names by it or by its paper."""
    from sochihoi.sync.names import KEY_SUFFIX

    if given.suffix.lower() == PAPER_ENDING:
        beside = given.with_suffix(KEY_SUFFIX)
        name = given.stem.removesuffix("-phieu-khoa")
        return beside if beside.exists() else given.with_name(f"{name}{KEY_SUFFIX}")
    return given
