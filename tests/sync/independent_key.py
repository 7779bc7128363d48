"""A second reader of key files: section 9 of desktop/docs/sync-format.md in code, importing nothing of the product."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

import pyrage

from tests.sync.independent import fingerprint, signature
from tests.sync.independent_shapes import (
    AGE,
    CODE,
    UNIT,
    UUID,
    No,
    is_,
    need,
    read_json,
    spell,
    words,
)

NEEDED = {"fmt", "unit", "name", "level", "sign", "age", "installation", "sig"}
VOUCHED = {"replaces", "old_sig"}


def check(said: Any) -> None:
    need(type(said) is dict and NEEDED <= set(said) <= NEEDED | VOUCHED | {"demo"}, "keys")
    need(len(VOUCHED & set(said)) != 1 and said["fmt"] == "hpn-key/1" and said.get("demo", True) is True, "keys")
    need(is_(UNIT, said["unit"]) and words(said["name"], 200) and is_(CODE, said["level"]), "unit")
    need(is_(UUID, said["installation"]) and is_(AGE, said["age"]), "age")
    try:
        pyrage.x25519.Recipient.from_str(said["age"])
    except pyrage.RecipientError:
        raise No("age") from None
    need(is_("ssh-ed25519 [0-9A-Za-z+/]{68}", said["sign"]), "sign")
    blob = base64.b64decode(said["sign"][12:])
    need(blob[:19] == b"\0\0\0\x0bssh-ed25519\0\0\0\x20", "sign")
    need(all(type(said[name]) is str for name in ("sig", "old_sig") if name in said), "sig")
    both = spell({name: value for name, value in said.items() if name not in ("sig", "old_sig")}).encode()
    need(signature(said["sig"].encode(), both, b"hpn-key@v1") == blob[19:], "sig")
    if "replaces" in said:
        before = signature(said["old_sig"].encode(), both, b"hpn-key@v1")
        need(fingerprint(before) == said["replaces"] and before != blob[19:], "old_sig")


def digits(said: dict[str, Any]) -> str:
    """The 60 digits of a key file."""
    covered = {name: said[name] for name in ("age", "sign", "unit", "demo") if name in said}
    return f"{int(hashlib.sha256(spell(covered).encode()).hexdigest(), 16) % 10**60:060}"


def verify(data: bytes) -> str | None:
    """``None`` for a key file that it would take, otherwise in a word why not."""
    try:
        need(len(data) <= 16_384, "size")
        check(read_json(data))
    except No as no:
        return str(no)
    return None
