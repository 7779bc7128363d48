"""What carriers put around a file: a ZIP by a messenger or an officer, a letter saved by a mail program."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

from sochihoi.sync.container import FILE_CAP, is_ours
from sochihoi.sync.errors import Code, Refused, Why
from sochihoi.sync.names import KEY_SUFFIX, SUFFIX, recognise

MAX_INSIDE = 500  # a whole province packed into one archive, and then some
ALL_CAP = 4 * FILE_CAP

_SHORTEST = 98  # a ZIP of one file with a name of one letter and nothing in it; less is the beginning of something
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ARCHIVES = (".zip", ".rar", ".7z", ".gz", ".tar")
_OTHER_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ\0")
_HEADERS = (
    b"from:",
    b"to:",
    b"subject:",
    b"received:",
    b"return-path:",
    b"mime-version:",
    b"x-",
    b"date:",
    b"content-",
)


def unwrap(data: bytes, suffix: str = SUFFIX, cap: int = FILE_CAP) -> bytes:
    """The one file inside a wrapping; bytes without one come back as they are.

    Raises ``Refused`` as ``inside`` does, and CONTAINER when there are several: each must be looked at by itself.
    """
    found = None
    for _name, content in inside(data, suffix, cap):
        if found is not None:
            raise Refused(Code.CONTAINER, Why.SEVERAL)
        found = content
    assert found is not None  # noqa: S101 - inside gives at least one, or raises
    return found


def inside(data: bytes, suffix: str = SUFFIX, cap: int = FILE_CAP) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of every file ending in ``suffix`` in a wrapping, one after the other; ``("", data)`` without one.

    A wrapping is a ZIP (stored or deflated, not locked) or a letter with attachments; other files in it are passed
    over. Each is read up to ``cap``, all together up to four files. Raises ``Refused``: CONTAINER with a
    ``Why``, TOO_BIG.
    """
    if data.startswith(_OTHER_ARCHIVES):
        raise Refused(Code.CONTAINER, Why.PACKED)
    if is_ours(data) or len(data) < _SHORTEST or not (data.startswith(b"PK\3\4") or _is_letter(data)):
        yield "", data
        return
    if len(data) > cap:
        raise Refused(Code.TOO_BIG, "file")
    opened = _unpacked(data, suffix, cap) if data.startswith(b"PK\3\4") else _attached(data, suffix)
    left = ALL_CAP + cap - FILE_CAP
    for count, (name, content) in enumerate(opened, 1):
        left -= len(content)
        if len(content) > cap or left < 0 or count > MAX_INSIDE:
            raise Refused(Code.TOO_BIG, "wrapping")
        yield _plain(name), content


def carries(path: Path) -> bool:
    """Whether a file is one of ours, or a ZIP around one, by its first bytes and not by its name. Little is read."""
    try:
        with path.open("rb") as file:
            if is_ours(file.read(_SHORTEST)):
                return True
        with zipfile.ZipFile(path) as archive:
            return any(name.lower().endswith(SUFFIX) and not _is_litter(name) for name in archive.namelist())
    except Exception:  # noqa: BLE001 - as above: what cannot be listed is not ours
        return False


def holds(path: Path, suffix: str = SUFFIX) -> bool:
    """Whether a ZIP or a saved letter that lies in a folder has such a file in it. Nothing is unpacked."""
    ending = path.suffix.lower()
    try:
        if ending not in (".zip", ".eml") or path.stat().st_size > FILE_CAP:
            return False
        if ending == ".eml":
            return suffix.encode() in path.read_bytes().lower()
        with zipfile.ZipFile(path) as archive:
            return any(name.lower().endswith(suffix) for name in archive.namelist())
    except Exception:  # noqa: BLE001 - zipfile fails in many ways; what cannot be listed is not ours
        return False


def _unpacked(data: bytes, suffix: str, cap: int) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files = [entry for entry in archive.infolist() if not entry.is_dir()]
            wanted = [one for one in files if one.filename.lower().endswith(suffix) and not _is_litter(one.filename)]
            if not wanted:
                raise Refused(Code.CONTAINER, _instead([one.filename.lower() for one in files]))
            for entry in sorted(wanted, key=_place):
                if entry.flag_bits & 1:
                    raise Refused(Code.CONTAINER, Why.LOCKED)
                if entry.compress_type not in _METHODS:
                    raise Refused(Code.CONTAINER, Why.PACKED)
                with archive.open(entry) as member:
                    yield entry.filename, member.read(cap + 1)
    except Refused:
        raise
    except Exception:  # noqa: BLE001 - zipfile fails in many ways on hostile bytes; each of them is a damaged wrapping
        raise Refused(Code.CONTAINER, Why.WRAPPING) from None


def _place(entry: zipfile.ZipInfo) -> tuple[str, int]:
    """Files of one unit by their number, so that a year packed into one archive is taken in order."""
    said = recognise(entry.filename.replace("\\", "/").rpartition("/")[2])
    return ("~", 0) if said is None else (said.unit, said.seq)


def _instead(names: list[str]) -> Why:
    """What an archive without a report file holds."""
    if any(name.endswith(KEY_SUFFIX) for name in names):
        return Why.KEY_FILE
    return Why.PACKED if any(name.endswith(_ARCHIVES) for name in names) else Why.OTHER_ZIP


def _is_litter(name: str) -> bool:
    """Shadows that a Mac leaves beside each file."""
    return name.startswith("__MACOSX/") or name.rpartition("/")[2].startswith("._")


def _is_letter(data: bytes) -> bool:
    first = data[:200].lstrip(b"\xef\xbb\xbf\r\n").lower()
    return first.startswith(_HEADERS) and b"\n" in data[:2000]


def _attached(data: bytes, suffix: str) -> Iterator[tuple[str, bytes]]:
    from email import message_from_bytes, policy

    count = 0
    try:
        letter = message_from_bytes(data, policy=policy.default)
        for part in letter.walk():
            name = part.get_filename() or ""
            content = part.get_payload(decode=True) if name.lower().endswith(suffix) else None
            if isinstance(content, bytes):
                count += 1
                yield name, content
    except Exception:  # noqa: BLE001 - a letter from anywhere
        raise Refused(Code.CONTAINER, Why.WRAPPING) from None
    if not count:
        raise Refused(Code.CONTAINER, Why.LETTER)


def _plain(name: str) -> str:
    """A name from a foreign archive as one word of a sentence: without folders, without what cannot be seen."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(letter if letter.isprintable() else "_" for letter in last)[:120]
