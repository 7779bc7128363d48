"""The wraps of the key: the right password opens them, nothing else does, and nothing of them can be changed."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from random import Random
from typing import Any

import pytest

from sochihoi.storage.errors import CannotRead, NoCommune, WrongPassword
from sochihoi.storage.vault import LIGHTEST, Keyring, Wrap

KEY = bytes(range(32))
LAN = Wrap("a1", "Trần Thị Lan", "CHAIR")
HOA = Wrap("a2", "Lê Thị Hoa", "VIEWER")
PASSWORD = "hoa sen nở trắng"


def ring(path: Path) -> tuple[Keyring, str]:
    """Two accounts and a recovery code."""
    source = Random("vault").randbytes  # noqa: S311 - a test
    made = Keyring.new(path / "keyring.json")
    made.add(KEY, LAN, PASSWORD, random=source, cost=LIGHTEST)
    made.add(KEY, HOA, "mật khẩu của Hoa", random=source, cost=LIGHTEST)
    code = made.set_recovery(KEY, source)
    made.save()
    return made, code


def test_each_account_opens_it_with_its_own_password(tmp_path: Path) -> None:
    ring(tmp_path)
    read = Keyring.read(tmp_path / "keyring.json")
    assert read.open(PASSWORD) == (KEY, LAN)
    assert read.open("mật khẩu của Hoa", "Lê Thị Hoa") == (KEY, HOA)
    assert read.accounts() == (LAN, HOA)
    assert read.demo_password is None


@pytest.mark.parametrize(
    ("password", "name"),
    [("hoa sen nở trắn", None), ("", None), (PASSWORD, "Lê Thị Hoa"), (PASSWORD, "Nobody"), (PASSWORD.upper(), None)],
)
def test_anything_else_does_not(tmp_path: Path, password: str, name: str | None) -> None:
    made, _code = ring(tmp_path)
    with pytest.raises(WrongPassword) as refused:
        made.open(password, name)
    assert refused.value.account == (name or "")


def test_a_password_may_be_typed_composed_or_decomposed(tmp_path: Path) -> None:
    made, _code = ring(tmp_path)
    assert made.open(unicodedata.normalize("NFD", PASSWORD), unicodedata.normalize("NFD", LAN.name))[0] == KEY


def test_a_changed_password_replaces_the_wrap_and_the_file_before_is_kept(tmp_path: Path) -> None:
    made, _code = ring(tmp_path)
    made.add(KEY, LAN, "một mật khẩu khác", random=Random(2).randbytes, cost=LIGHTEST)  # noqa: S311
    made.save()
    read = Keyring.read(tmp_path / "keyring.json")
    assert len(read.accounts()) == 2
    with pytest.raises(WrongPassword):
        read.open(PASSWORD)
    assert Keyring.read(tmp_path / "keyring.old.json").open(PASSWORD)[0] == KEY


def test_an_account_that_was_removed_opens_nothing(tmp_path: Path) -> None:
    made, _code = ring(tmp_path)
    made.remove(HOA.account_id)
    with pytest.raises(WrongPassword):
        made.open("mật khẩu của Hoa")


def test_the_recovery_code_opens_it_however_it_is_typed(tmp_path: Path) -> None:
    made, code = ring(tmp_path)
    assert len(code.replace("-", "")) == 32
    assert {len(part) for part in code.split("-")} == {4}
    for typed in (code, code.lower(), code.replace("-", " "), f"  {code}\n"):
        assert made.open_with_recovery(typed) == KEY


@pytest.mark.parametrize("change", ["first", "short", "empty", "foreign"])
def test_a_wrong_recovery_code(tmp_path: Path, change: str) -> None:
    made, code = ring(tmp_path)
    other = "B" if code[0] != "B" else "C"
    typed = {"first": other + code[1:], "short": code[:-4], "empty": "", "foreign": "ĐÂY-KHÔNG-PHẢI"}[change]
    with pytest.raises(WrongPassword):
        made.open_with_recovery(typed)


def test_a_new_recovery_code_makes_the_old_one_useless(tmp_path: Path) -> None:
    made, code = ring(tmp_path)
    made.set_recovery(KEY, Random(3).randbytes)  # noqa: S311
    with pytest.raises(WrongPassword):
        made.open_with_recovery(code)


def _tampered(path: Path, change: Any) -> Keyring:
    file = path / "keyring.json"
    content = json.loads(file.read_text(encoding="utf-8"))
    change(content)
    file.write_text(json.dumps(content), encoding="utf-8")
    return Keyring.read(file)


@pytest.mark.parametrize("field", ["account", "name", "role"])
def test_who_a_wrap_is_for_cannot_be_changed(tmp_path: Path, field: str) -> None:
    ring(tmp_path)

    def promote(content: dict[str, Any]) -> None:
        content["wraps"][1][field] = "CHAIR"

    with pytest.raises(WrongPassword):
        _tampered(tmp_path, promote).open("mật khẩu của Hoa")


@pytest.mark.parametrize("field", ["salt", "nonce", "key"])
def test_a_flipped_wrap_opens_nothing(tmp_path: Path, field: str) -> None:
    ring(tmp_path)

    def flip(content: dict[str, Any]) -> None:
        text = content["wraps"][0][field]
        content["wraps"][0][field] = ("A" if text[0] != "A" else "B") + text[1:]

    with pytest.raises(WrongPassword):
        _tampered(tmp_path, flip).open(PASSWORD)


def test_the_key_is_not_in_the_file_in_clear(tmp_path: Path) -> None:
    made, code = ring(tmp_path)
    content = made.content()
    assert KEY not in content
    assert code.encode() not in content
    assert PASSWORD.encode() not in content


def test_no_keyring_and_a_foreign_file(tmp_path: Path) -> None:
    with pytest.raises(NoCommune):
        Keyring.read(tmp_path / "keyring.json")
    for content in ("", "[]", '{"format": 2}', "không phải"):
        (tmp_path / "keyring.json").write_text(content, encoding="utf-8")
        with pytest.raises(CannotRead):
            Keyring.read(tmp_path / "keyring.json")
