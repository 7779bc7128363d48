"""The archive has one spelling; a messenger's wrapping comes off."""

from __future__ import annotations

import io
import zipfile

import pytest

from sochihoi.sync.container import FILE_CAP, MANIFEST_CAP, Members, build, parse
from sochihoi.sync.errors import Code, Refused
from sochihoi.sync.wrapping import unwrap

THREE = Members(b"{}", b"sig", b"cipher" * 9)


def wrapped(*files: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize("members", [THREE, Members(b"{}", b"sig"), Members(b"", b"", b"")])
def test_members_come_back(members: Members) -> None:
    assert parse(build(members)) == members


def test_any_zip_program_reads_it() -> None:
    with zipfile.ZipFile(io.BytesIO(build(THREE))) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["manifest.json", "manifest.json.sig", "payload.age"]
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.read("payload.age") == THREE.payload


def test_what_another_program_zips_is_not_our_spelling() -> None:
    other = wrapped(("manifest.json", b"{}"), ("manifest.json.sig", b"sig"), ("payload.age", b"x"), method=0)
    with pytest.raises(Refused) as refusal:
        parse(other)
    assert refusal.value.code is Code.CONTAINER


@pytest.mark.parametrize("data", [b"", b"PK", build(THREE) + b"\0", b"\0" + build(THREE), build(THREE)[:-1]])
def test_more_or_less_is_refused(data: bytes) -> None:
    with pytest.raises(Refused) as refusal:
        parse(data)
    assert refusal.value.code is Code.CONTAINER


def test_a_manifest_above_its_cap_is_not_built() -> None:
    with pytest.raises(Refused) as refusal:
        build(Members(b"x" * (MANIFEST_CAP + 1), b""))
    assert refusal.value.code is Code.TOO_BIG


def test_a_file_above_the_cap_is_refused_before_it_is_read() -> None:
    for read in (parse, unwrap):
        with pytest.raises(Refused) as refusal:
            read(b"PK\3\4" + bytes(FILE_CAP))
        assert refusal.value.code is Code.TOO_BIG


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_wrapping_comes_off(method: int) -> None:
    assert unwrap(wrapped(("HPN_31135_2026-10_0007.hpn", build(THREE)), method=method)) == build(THREE)
    assert unwrap(wrapped(("thư mục/", b""), ("thư mục/a (1).HPN", build(THREE)))) == build(THREE)


def test_what_is_not_wrapped_stays() -> None:
    assert unwrap(build(THREE)) == build(THREE)
    assert unwrap(b"anything") == b"anything"


_TWO = wrapped(("a.hpn", b"1"), ("b.hpn", b"2"))
_LZMA = wrapped(("a.hpn", b"1" * 99), method=zipfile.ZIP_LZMA)
_GOOD = wrapped(("a.hpn", build(THREE)))


@pytest.mark.parametrize(
    "data",
    [_TWO, _LZMA, wrapped(("a.txt", b"1")), _GOOD[:-5], _GOOD[:40] + b"\xff" + _GOOD[41:], b"PK\3\4" + bytes(99)],
)
def test_other_wrappings_are_refused(data: bytes) -> None:
    with pytest.raises(Refused) as refusal:
        unwrap(data)
    assert refusal.value.code is Code.CONTAINER


def test_a_bomb_in_a_wrapping_is_read_only_to_the_cap() -> None:
    with pytest.raises(Refused) as refusal:
        unwrap(wrapped(("a.hpn", bytes(FILE_CAP + 2))))
    assert refusal.value.code is Code.TOO_BIG
