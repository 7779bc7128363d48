"""What a ``keyring.json`` may hold. It is not encrypted: whoever has the folder, or a bad disk, may have changed it."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import Any, Final

from sochihoi.domain.accounts import Role

FORMAT: Final = 1
LARGEST: Final = 256 * 1024  # bytes; a ring of 100 accounts has a tenth of that
_MOST_ACCOUNTS: Final = 200
_LONGEST: Final = 300  # characters of a name
_SALT, _NONCE, _KEY = 16, 12, 48  # bytes; the key of 32 and its seal of 16
# Argon2id: never lighter than OWASP's least (19 MiB, two passes), never so heavy that an old PC with 2 GB stands still
_KDF: Final = {"memory": (19456, 524288), "passes": (2, 16), "lanes": (1, 8)}


class Malformed(ValueError):
    """Not a key file of ours; the argument is a short code of the place."""


def checked(raw: bytes) -> dict[str, Any]:
    """The content of a key file in which everything is as we write it. Raises ``Malformed`` otherwise."""
    if len(raw) > LARGEST:
        raise Malformed("size")
    try:
        content = json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError) as problem:
        raise Malformed("json") from problem
    if not isinstance(content, dict) or content.get("format") != FORMAT or isinstance(content["format"], bool):
        raise Malformed("format")
    wraps = content.get("wraps")
    if not isinstance(wraps, list) or not 0 < len(wraps) <= _MOST_ACCOUNTS:
        raise Malformed("wraps")
    for wrap in wraps:
        _check_wrap(wrap)
    if len({wrap["account"] for wrap in wraps}) != len(wraps):
        raise Malformed("account")
    recovery = content.get("recovery")
    if recovery is not None:
        _check_bytes(_mapping(recovery, "recovery"), nonce=_NONCE, key=_KEY)
    if content.get("demo_password") is not None:
        _check_text(content, "demo_password")
    return content


def _check_wrap(wrap: object) -> None:
    wrap = _mapping(wrap, "wrap")
    for name in ("account", "name", "role"):
        _check_text(wrap, name)
    if wrap["role"] not in Role.__members__:
        raise Malformed("role")
    kdf = _mapping(wrap.get("kdf"), "kdf")
    if kdf.get("name") != "argon2id":
        raise Malformed("kdf")
    for name, (least, most) in _KDF.items():
        value = kdf.get(name)
        if type(value) is not int or not least <= value <= most:
            raise Malformed("kdf")
    _check_bytes(wrap, salt=_SALT, nonce=_NONCE, key=_KEY)


def _mapping(value: object, name: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise Malformed(name)
    return value


def _check_text(holder: Mapping[str, Any], name: str) -> None:
    value = holder.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= _LONGEST:
        raise Malformed(name)
    try:
        value.encode()
    except UnicodeEncodeError as problem:  # half a character
        raise Malformed(name) from problem


def _check_bytes(holder: Mapping[str, Any], **lengths: int) -> None:
    for name, length in lengths.items():
        text = holder.get(name)
        try:
            whole = isinstance(text, str) and len(base64.b64decode(text, validate=True)) == length
        except ValueError as problem:
            raise Malformed(name) from problem
        if not whole:
            raise Malformed(name)
