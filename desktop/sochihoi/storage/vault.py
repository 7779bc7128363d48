"""The key of the database and its wraps. Crypto only here and in ``sync``.

One random key of 32 bytes opens the database. ``keyring.json`` holds it wrapped for each account (Argon2id, then
AES-256-GCM with the account's facts as associated data) and once for the printed recovery code (HKDF over 160 bits).
"""

from __future__ import annotations

import base64
import json
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sochihoi.storage.errors import CannotRead, KeyringDamaged, NoCommune, WrongPassword
from sochihoi.storage.files import write_whole
from sochihoi.storage.keyring_form import FORMAT, LARGEST, Malformed, checked

OLD: Final = "keyring.old.json"  # the generation before
RandomBytes = Callable[[int], bytes]


@dataclass(frozen=True, slots=True)
class Cost:
    """Argon2id: memory in KiB, passes, lanes. Never below 19 MiB and two passes."""

    memory: int = 65536
    passes: int = 3
    lanes: int = 1


LIGHTEST: Final = Cost(19456, 2, 1)


@dataclass(frozen=True, slots=True)
class Wrap:
    """Who can open the database."""

    account_id: str
    name: str
    role: str


class Keyring:
    """``keyring.json``: read once, written whole; the one before is kept as ``keyring.old.json``."""

    def __init__(self, path: Path, content: dict[str, Any]) -> None:
        self._path = path
        self._content = content

    @classmethod
    def read(cls, path: Path) -> Keyring:
        """Raises ``NoCommune`` when there is none, ``CannotRead`` when the disk does not give it, ``KeyringDamaged``
        when it is not whole: everything in it is checked here, so that nothing below can stumble over it.
        """
        try:
            with path.open("rb") as handle:
                raw = handle.read(LARGEST + 1)
        except FileNotFoundError as problem:
            raise NoCommune(str(path.parent)) from problem
        except OSError as problem:
            raise CannotRead(str(path)) from problem
        try:
            return cls(path, checked(raw))
        except Malformed as problem:
            kept = path.with_name(OLD) != path and path.with_name(OLD).exists()
            raise KeyringDamaged(str(path), problem.args[0], kept) from problem

    @classmethod
    def new(cls, path: Path, *, demo_password: str | None = None) -> Keyring:
        """An empty ring. A demonstration's password stands in it: it is shown on the unlock screen."""
        content: dict[str, Any] = {"format": FORMAT, "wraps": [], "recovery": None}
        if demo_password is not None:
            content["demo_password"] = demo_password
        return cls(path, content)

    @property
    def demo_password(self) -> str | None:
        """The password of a demonstration commune, or ``None``."""
        found = self._content.get("demo_password")
        return found if isinstance(found, str) else None

    def accounts(self) -> tuple[Wrap, ...]:
        """Who can open it, in the order of making."""
        return tuple(Wrap(w["account"], w["name"], w["role"]) for w in self._content["wraps"])

    def add(self, key: bytes, who: Wrap, password: str, *, random: RandomBytes, cost: Cost = Cost()) -> None:
        """Wrap the key for an account; an earlier wrap of the same account is replaced (a changed password)."""
        salt, nonce = random(16), random(12)
        sealed = _gcm(_stretch(password, salt, cost)).encrypt(nonce, key, _facts(who))
        wraps = [w for w in self._content["wraps"] if w["account"] != who.account_id]
        wraps.append(
            {
                "account": who.account_id,
                "name": who.name,
                "role": who.role,
                "kdf": {"name": "argon2id", "memory": cost.memory, "passes": cost.passes, "lanes": cost.lanes},
                "salt": _text(salt),
                "nonce": _text(nonce),
                "key": _text(sealed),
            }
        )
        self._content["wraps"] = wraps

    def remove(self, account_id: str) -> None:
        """Take an account's wrap away."""
        self._content["wraps"] = [w for w in self._content["wraps"] if w["account"] != account_id]

    def open(self, password: str, name: str | None = None) -> tuple[bytes, Wrap]:
        """The key and whose password it was. Raises ``WrongPassword``."""
        from cryptography.exceptions import InvalidTag

        wanted = None if name is None else unicodedata.normalize("NFC", name)
        for wrap in self._content["wraps"]:
            who = Wrap(wrap["account"], wrap["name"], wrap["role"])
            if wanted is not None and who.name != wanted:
                continue
            kdf = wrap["kdf"]
            stretched = _stretch(password, _raw(wrap["salt"]), Cost(kdf["memory"], kdf["passes"], kdf["lanes"]))
            try:
                return _gcm(stretched).decrypt(_raw(wrap["nonce"]), _raw(wrap["key"]), _facts(who)), who
            except InvalidTag:
                continue
        raise WrongPassword(wanted or "")

    def set_recovery(self, key: bytes, random: RandomBytes) -> str:
        """Make a new recovery code of 160 bits in groups of four; it is shown once and printed, never stored."""
        secret, nonce = random(20), random(12)
        sealed = _gcm(_derive(secret)).encrypt(nonce, key, b"sochihoi recovery")
        self._content["recovery"] = {"nonce": _text(nonce), "key": _text(sealed)}
        code = base64.b32encode(secret).decode()
        return "-".join(code[i : i + 4] for i in range(0, len(code), 4))

    def open_with_recovery(self, code: str) -> bytes:
        """The key, from the printed code: spaces, dashes and case do not matter. Raises ``WrongPassword``."""
        from cryptography.exceptions import InvalidTag

        stored = self._content.get("recovery")
        plain = "".join(c for c in code.upper() if c.isalnum())
        try:
            secret = base64.b32decode(plain)
            if stored is None:
                raise WrongPassword
            key: bytes = _gcm(_derive(secret)).decrypt(_raw(stored["nonce"]), _raw(stored["key"]), b"sochihoi recovery")
        except (ValueError, InvalidTag) as problem:
            raise WrongPassword from problem
        return key

    def content(self) -> bytes:
        """The file's bytes."""
        return json.dumps(self._content, ensure_ascii=False, indent=1, sort_keys=True).encode()

    def save(self) -> None:
        """Write it whole; the one before stays one generation."""
        if self._path.exists():
            old = self._path.with_name(OLD)
            write_whole(old, self._path.read_bytes(), overwrite=True)
        write_whole(self._path, self.content(), overwrite=True)


def sealed(key: bytes, content: bytes, purpose: str, *, random: RandomBytes) -> bytes:
    """A small secret of this PC under the key of the book; ``purpose`` is bound in: one cannot stand for another."""
    nonce = random(12)
    return nonce + bytes(_gcm(key).encrypt(nonce, content, purpose.encode()))


def unsealed(key: bytes, content: bytes, purpose: str) -> bytes:
    """What was sealed. Raises ``ValueError`` for another key, another purpose, or changed bytes."""
    from cryptography.exceptions import InvalidTag

    try:
        return bytes(_gcm(key).decrypt(content[:12], content[12:], purpose.encode()))
    except InvalidTag as problem:
        raise ValueError(purpose) from problem


def _stretch(password: str, salt: bytes, cost: Cost) -> bytes:
    from argon2.low_level import Type, hash_secret_raw

    # a password from the environment may hold what is no text: it opens nothing, but it is no fault of ours either
    secret = unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
    return hash_secret_raw(secret, salt, cost.passes, cost.memory, cost.lanes, 32, Type.ID)


def _derive(secret: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), 32, None, b"sochihoi recovery").derive(secret)


def _gcm(key: bytes) -> Any:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(key)


def _facts(who: Wrap) -> bytes:
    return json.dumps([who.account_id, who.name, who.role], ensure_ascii=False).encode()


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _raw(text: str) -> bytes:
    return base64.b64decode(text)
