"""Keys of one installation: who signs and who can read. Not the officer's legal signature."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sochihoi.sync import bech32, sshsig
from sochihoi.sync.canonical import NotCanonical, canon, parse
from sochihoi.sync.errors import Code, Refused
from sochihoi.sync.shapes import AGE_KEY, FINGERPRINT, NAME, UNIT, UUID, Fields
from sochihoi.sync.sshsig import Namespace

RandomBytes = Callable[[int], bytes]

_PAIRING = b"hpn member id 1"
_IDENTITY_FORMAT = "hpn-identity/1"
_KEY_FORMAT = "hpn-key/1"
_KEY_FILE_CAP = 16 * 1024
_NAME_LIMIT = 200
_SEED = 32


@dataclass(frozen=True, slots=True)
class Identity:
    """The two secrets of an installation, 32 bytes each. They live only in the encrypted database.

    ``before``: age secrets of the keys before, the newest first. They open what was locked for them and is still on its
    way; their signing halves are gone. ``pairing``: what national ids are hashed with, once the keys were renewed: the
    hashes that are kept must go on meeting those that come.
    """

    sign_seed: bytes = field(repr=False)
    age_seed: bytes = field(repr=False)
    before: tuple[bytes, ...] = field(default=(), repr=False)
    pairing: bytes = field(default=b"", repr=False)

    @classmethod
    def generate(cls, random_bytes: RandomBytes) -> Identity:
        """New keys from ``random_bytes(count)``, a cryptographic source."""
        return cls(random_bytes(_SEED), random_bytes(_SEED))

    def renewed(self, random_bytes: RandomBytes) -> Identity:
        """New keys that still open what is locked for these."""
        made = Identity.generate(random_bytes)
        return replace(made, before=(self.age_seed, *self.before), pairing=self.pairing_key)

    @property
    def pairing_key(self) -> bytes:
        """32 bytes for the hashes of national ids, the same through all renewals."""
        return self.pairing or hmac.digest(self.sign_seed, _PAIRING, hashlib.sha256)

    @classmethod
    def from_bytes(cls, data: bytes) -> Identity:
        """What ``to_bytes`` wrote. Raises ``ValueError``: a damaged database is no matter for a sentence here."""
        stored = parse(data)
        needed = {"age", "fmt", "sign"}
        later = {"before", "pairing"}
        if type(stored) is not dict or set(stored) - later != needed or stored["fmt"] != _IDENTITY_FORMAT:
            raise ValueError("identity")
        told = (stored["sign"], stored["age"], *stored.get("before", ()))
        sign_seed, age_seed, *before = (base64.b64decode(one, validate=True) for one in told)
        pairing = base64.b64decode(stored.get("pairing", ""), validate=True)
        if any(len(one) != _SEED for one in (sign_seed, age_seed, *before, *([pairing] if pairing else ()))):
            raise ValueError("identity length")
        return cls(sign_seed, age_seed, tuple(before), pairing)

    def to_bytes(self) -> bytes:
        """For the encrypted database, nowhere else."""
        told = {"fmt": _IDENTITY_FORMAT, "sign": _base64(self.sign_seed), "age": _base64(self.age_seed)}
        pairing = {"pairing": _base64(self.pairing)} if self.pairing else {}
        return canon(told | pairing | ({"before": [_base64(one) for one in self.before]} if self.before else {}))

    @property
    def sign_key(self) -> bytes:
        """The public Ed25519 key, 32 bytes."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return Ed25519PrivateKey.from_private_bytes(self.sign_seed).public_key().public_bytes_raw()

    @property
    def age_key(self) -> str:
        """The public encryption key, ``age1…``."""
        from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

        return bech32.encode("age", X25519PrivateKey.from_private_bytes(self.age_seed).public_key().public_bytes_raw())

    @property
    def age_secret(self) -> str:
        """``AGE-SECRET-KEY-1…``, what ``age -d -i`` reads."""
        return bech32.encode("age-secret-key-", self.age_seed).upper()

    def every(self) -> tuple[Identity, ...]:
        """This one, and one for each key before, which opens as that key did."""
        return (replace(self, before=()), *(Identity(self.sign_seed, one) for one in self.before))

    def opens(self, to_keys: Collection[str]) -> bool:
        """Whether what is locked for these age keys is locked for one of ours."""
        return any(one.age_key in to_keys for one in self.every())

    @property
    def fingerprint(self) -> str:
        """``SHA256:…`` of the signing key: how manifests name it."""
        return sshsig.fingerprint(self.sign_key)

    def public_keys(self, *, unit: str, name: str, level: str, installation: str, demo: bool = False) -> PublicKeys:
        """The public half with the words that it is handed over with. Raises ``Refused`` (SCHEMA)."""
        keys = PublicKeys(unit, name, level, self.sign_key, self.age_key, installation, demo=demo)
        return PublicKeys.from_bytes(keys.to_bytes(self))


@dataclass(frozen=True, slots=True)
class PublicKeys:
    """The public keys of a unit's installation.

    ``unit``: code; ``name``: as on paper; ``level``: a code such as ``COMMUNE``; ``sign_key``: 32 bytes; ``age_key``:
    ``age1…``; ``installation``: id; ``demo``: keys of a demonstration, which real units refuse. ``replaces``: the
    fingerprint of the key before, which signed for this one too; empty when nothing vouches for it.
    """

    unit: str
    name: str
    level: str
    sign_key: bytes
    age_key: str
    installation: str
    demo: bool = False
    replaces: str = ""

    @classmethod
    def from_bytes(cls, data: bytes) -> PublicKeys:
        """Read a ``.hpnkey`` file and check its self-signature, which finds damage (it proves nobody's name), and the
        signature of the key before, where it names one.

        Raises ``Refused``: TOO_BIG, MANIFEST (not canonical), SCHEMA, SIG_FORMAT, SIG_BAD.
        """
        if len(data) > _KEY_FILE_CAP:
            raise Refused(Code.TOO_BIG, "key file")
        try:
            raw = parse(data)
        except NotCanonical:
            raise Refused(Code.MANIFEST, "key file") from None
        fields = Fields(raw, Code.SCHEMA, "key file")
        fields.exactly("fmt", _KEY_FORMAT)
        keys = cls(
            unit=fields.match("unit", UNIT),
            name=fields.words("name", _NAME_LIMIT),
            level=fields.match("level", NAME),
            sign_key=_sign_key(fields),
            age_key=_age_key(fields),
            installation=fields.match("installation", UUID),
            demo=fields.flag("demo"),
            replaces=fields.maybe_match("replaces", FINGERPRINT) or "",
        )
        armours = fields.rest()
        if set(armours) != keys._signatures() or any(type(one) is not str for one in armours.values()):
            raise Refused(Code.SCHEMA, "key file: unknown key")
        said = canon(keys._statement())
        sshsig.verify(armours["sig"].encode("utf-8"), said, Namespace.KEY, keys.sign_key)
        if keys.replaces:
            before = sshsig.signer(armours["old_sig"].encode("utf-8"), Namespace.KEY)
            if sshsig.fingerprint(before) != keys.replaces or before == keys.sign_key:
                raise Refused(Code.SIG_FORMAT, "signature: key")
            sshsig.verify(armours["old_sig"].encode("utf-8"), said, Namespace.KEY, before)
        return keys

    def to_bytes(self, identity: Identity, before: Identity | None = None) -> bytes:
        """The ``.hpnkey`` file: canonical JSON with a signature by its own key. ``before``: the identity whose key this
        one replaces; it signs too, exactly when ``replaces`` names it. Raises ``ValueError``.
        """
        if identity.sign_key != self.sign_key or (before.fingerprint if before else "") != self.replaces:
            raise ValueError("another identity")
        statement = self._statement()
        signers = {"sig": identity} if before is None else {"sig": identity, "old_sig": before}
        armours = {
            name: sshsig.sign(one.sign_seed, canon(statement), Namespace.KEY).decode("ascii")
            for name, one in signers.items()
        }
        return canon({**statement, **armours})

    @property
    def fingerprint(self) -> str:
        """``SHA256:…`` of the signing key."""
        return sshsig.fingerprint(self.sign_key)

    @property
    def digits(self) -> tuple[str, ...]:
        """12 groups of 5 digits over unit and keys, to be read over the telephone: sha256 modulo 10^60."""
        covered: dict[str, Any] = {"age": self.age_key, "sign": sshsig.public_line(self.sign_key), "unit": self.unit}
        if self.demo:
            covered["demo"] = True
        number = int.from_bytes(hashlib.sha256(canon(covered)).digest(), "big") % 10**60
        text = f"{number:060}"
        return tuple(text[at : at + 5] for at in range(0, 60, 5))

    def _statement(self) -> dict[str, Any]:
        statement: dict[str, Any] = {
            "fmt": _KEY_FORMAT,
            "unit": self.unit,
            "name": self.name,
            "level": self.level,
            "sign": sshsig.public_line(self.sign_key),
            "age": self.age_key,
            "installation": self.installation,
        }
        if self.replaces:
            statement["replaces"] = self.replaces
        return {**statement, "demo": True} if self.demo else statement

    def _signatures(self) -> set[str]:
        return {"sig", "old_sig"} if self.replaces else {"sig"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One key that a receiver accepts. ``last_trusted``: (epoch number, seq) up to which a revoked key still counts.

    ``scope``: codes that begin so are its own too; ``within``: further codes that are. Without both it signs for its
    own unit alone.
    """

    keys: PublicKeys
    revoked: bool = False
    last_trusted: tuple[int, int] | None = None
    scope: str = ""
    within: frozenset[str] = frozenset()

    def refuses(self, epoch_no: int, seq: int) -> bool:
        """Whether a file at this place of the stream is beyond what the key may still sign."""
        return self.revoked and (self.last_trusted is None or (epoch_no, seq) > self.last_trusted)

    def covers(self, unit: str) -> bool:
        """Whether this key may sign what is said of a unit."""
        return unit == self.keys.unit or unit in self.within or (bool(self.scope) and unit.startswith(self.scope))


class Register:
    """The keys that one installation accepts, found by unit and fingerprint together.

    ``waiting``: keys (unit, fingerprint) that are known and not accepted yet; they prove nothing.
    """

    def __init__(self, *entries: Entry, waiting: Collection[tuple[str, str]] = ()) -> None:
        self._entries: Mapping[tuple[str, str], Entry] = {
            (entry.keys.unit, entry.keys.fingerprint): entry for entry in entries
        }
        self._wide = {entry.keys.fingerprint: entry for entry in entries if entry.scope or entry.within}
        self._waiting = frozenset(waiting)

    def find(self, unit: str, fingerprint: str) -> Entry | None:
        """The entry of this key **for this unit**; a key is unknown for units outside its scope."""
        own = self._entries.get((unit, fingerprint))
        if own is not None:
            return own
        wide = self._wide.get(fingerprint)
        return wide if wide is not None and wide.covers(unit) else None

    def waits(self, unit: str, fingerprint: str) -> bool:
        """Whether this key of this unit was asked for and still waits to be accepted."""
        return (unit, fingerprint) in self._waiting and self.find(unit, fingerprint) is None


def _sign_key(fields: Fields) -> bytes:
    line = fields.words("sign", 100)
    try:
        return sshsig.key_of_line(line)
    except ValueError:
        raise fields.bad("sign") from None


def _age_key(fields: Fields) -> str:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

    text = fields.match("age", AGE_KEY)
    try:
        point = X25519PublicKey.from_public_bytes(bech32.decode("age", text, _SEED))
        X25519PrivateKey.from_private_bytes(b"\1" * _SEED).exchange(point)  # refuses points that would hide nothing
    except ValueError:
        raise fields.bad("age") from None
    return text


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
