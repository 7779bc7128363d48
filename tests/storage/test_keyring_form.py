"""A key file that was changed, cut or replaced: told in words, never a fault of ours; two kinds of 500 each."""

from __future__ import annotations

import contextlib
import json
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sochihoi.domain.errors import UserError
from sochihoi.storage.errors import KeyringDamaged, WrongPassword
from sochihoi.storage.keyring_form import LARGEST, Malformed, checked
from sochihoi.storage.vault import LIGHTEST, Keyring, Wrap
from sochihoi.ui import words

KEY = bytes(range(32))
PASSWORD = "hoa sen nở trắng"
CASES = 500


def _ring(path: Path) -> tuple[bytes, str]:
    source = Random("form").randbytes  # noqa: S311 - a test
    made = Keyring.new(path / "keyring.json")
    made.add(KEY, Wrap("a1", "Trần Thị Lan", "CHAIR"), PASSWORD, random=source, cost=LIGHTEST)
    code = made.set_recovery(KEY, source)
    made.save()
    return made.content(), code


def _set(content: Any, path: tuple[Any, ...], value: Any) -> None:
    for step in path[:-1]:
        content = content[step]
    if value is ...:
        del content[path[-1]]
    else:
        content[path[-1]] = value


_WRAP = ("wraps", 0)
_KDF = (*_WRAP, "kdf")


@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        (("format",), 2, "format"),
        (("format",), True, "format"),
        (("format",), ..., "format"),
        (("wraps",), ..., "wraps"),
        (("wraps",), {}, "wraps"),
        (("wraps",), [], "wraps"),
        (_WRAP, "x", "wrap"),
        (_KDF, ..., "kdf"),
        (_KDF, [], "kdf"),
        ((*_KDF, "name"), "scrypt", "kdf"),
        ((*_KDF, "memory"), 2**31, "kdf"),
        ((*_KDF, "memory"), 8, "kdf"),
        ((*_KDF, "memory"), 65536.0, "kdf"),
        ((*_KDF, "memory"), "65536", "kdf"),
        ((*_KDF, "passes"), 10**9, "kdf"),
        ((*_KDF, "passes"), True, "kdf"),
        ((*_KDF, "lanes"), 0, "kdf"),
        ((*_WRAP, "account"), 5, "account"),
        ((*_WRAP, "name"), "", "name"),
        ((*_WRAP, "name"), "x" * 1000, "name"),
        ((*_WRAP, "name"), "\ud800", "name"),
        ((*_WRAP, "role"), "OWNER", "role"),
        ((*_WRAP, "salt"), "nicht base64", "salt"),
        ((*_WRAP, "salt"), "đ", "salt"),
        ((*_WRAP, "salt"), "AAAA", "salt"),
        ((*_WRAP, "nonce"), None, "nonce"),
        ((*_WRAP, "key"), "AAAA", "key"),
        (("recovery",), [], "recovery"),
        (("recovery", "key"), ..., "key"),
        (("recovery", "nonce"), "====", "nonce"),
        (("demo_password",), 5, "demo_password"),
    ],
)
def test_every_part_is_checked(tmp_path: Path, path: tuple[Any, ...], value: Any, problem: str) -> None:
    content = json.loads(_ring(tmp_path)[0])
    _set(content, path, value)
    (tmp_path / "keyring.json").write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(KeyringDamaged) as refused:
        Keyring.read(tmp_path / "keyring.json")
    assert (refused.value.problem, refused.value.kept) == (problem, False)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00" * 4096,
        b"\xff\xfe",
        b"[]",
        b"null",
        b'{"format": 1}',
        b"[" * 100_000,
        b'{"format": 1, "wraps": [{}]}',
        b"1" * 5000,
        b" " * (LARGEST + 1),
    ],
)
def test_what_is_no_key_file_at_all(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "keyring.json").write_bytes(raw)
    with pytest.raises(KeyringDamaged):
        Keyring.read(tmp_path / "keyring.json")


def test_two_wraps_of_one_account_are_not_ours(tmp_path: Path) -> None:
    content = json.loads(_ring(tmp_path)[0])
    content["wraps"].append(deepcopy(content["wraps"][0]))
    with pytest.raises(Malformed):
        checked(json.dumps(content).encode())


def test_it_says_whether_the_generation_before_lies_beside_it(tmp_path: Path) -> None:
    _ring(tmp_path)
    told = []
    for name in ("keyring.json", "keyring.old.json"):
        (tmp_path / "keyring.json").write_bytes(b"")
        with pytest.raises(KeyringDamaged) as refused:
            Keyring.read(tmp_path / "keyring.json")
        told.append((refused.value.kept, words.say(refused.value).todo))
        (tmp_path / "keyring.old.json").write_bytes(b"x")
        assert name
    assert [kept for kept, _todo in told] == [False, True]
    assert "keyring.old.json" not in told[0][1]
    assert "keyring.old.json" in told[1][1]


def _tried(file: Path, code: str) -> str:
    """What became of it; anything that is not for an officer comes out of here as itself."""
    try:
        ring = Keyring.read(file)
        assert isinstance(ring.accounts(), tuple)
        ring.open_with_recovery(code)
        return "recovered"
    except UserError as problem:
        return type(problem).__name__ if words.say(problem).what else "without words"


def test_mutated_bytes_are_never_a_fault_of_ours(tmp_path: Path) -> None:
    content, code = _ring(tmp_path)
    source = Random("bytes")  # noqa: S311 - a test
    file = tmp_path / "keyring.json"
    found: dict[str, int] = {}
    for _case in range(CASES):
        broken = bytearray(content)
        for _change in range(source.randint(1, 4)):
            at = source.randrange(len(broken))
            kind = source.randrange(4)
            if kind == 0:
                broken[at] ^= 1 << source.randrange(8)
            elif kind == 1:
                del broken[at : at + source.randint(1, 40)]
            elif kind == 2:
                broken[at:at] = source.randbytes(source.randint(1, 8))
            else:
                broken[at] = source.choice(b'{}[]",:0-9eE\\\x00\xff')
            if not broken:
                broken = bytearray(b"x")
        file.write_bytes(bytes(broken))
        became = _tried(file, code)
        found[became] = found.get(became, 0) + 1
    assert sum(found.values()) == CASES
    assert set(found) <= {"KeyringDamaged", "WrongPassword", "recovered"}
    assert found["KeyringDamaged"] > CASES // 2


_JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
_PLACES = (
    ("format",),
    ("wraps",),
    _WRAP,
    _KDF,
    *((*_KDF, name) for name in ("name", "memory", "passes", "lanes")),
    *((*_WRAP, name) for name in ("account", "name", "role", "salt", "nonce", "key")),
    ("recovery",),
    ("recovery", "nonce"),
    ("recovery", "key"),
    ("demo_password",),
)
_WHOLE: list[Any] = []


@settings(deadline=None, derandomize=True, max_examples=CASES)
@given(st.sampled_from(_PLACES), _JUNK)
def test_anything_in_any_place_is_never_a_fault_of_ours(place: tuple[Any, ...], junk: Any) -> None:
    if not _WHOLE:
        import tempfile

        with tempfile.TemporaryDirectory() as made:
            _WHOLE.append(json.loads(_ring(Path(made))[0]))
    content = deepcopy(_WHOLE[0])
    _set(content, place, junk)
    try:
        ring = Keyring(Path("keyring.json"), checked(json.dumps(content).encode()))
    except Malformed:
        return
    assert ring.accounts()  # what passes can be used
    assert isinstance(ring.content(), bytes)
    with contextlib.suppress(WrongPassword):
        ring.open_with_recovery("A" * 32)


def test_a_password_that_is_no_text_opens_nothing(tmp_path: Path) -> None:
    """From the environment, where bytes may be anything."""
    _ring(tmp_path)
    with pytest.raises(WrongPassword):
        Keyring.read(tmp_path / "keyring.json").open("hoa\udcffsen")
