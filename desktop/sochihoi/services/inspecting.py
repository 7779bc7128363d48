"""What a signed file says of itself, without importing it: no commune, password or decryption key is needed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sochihoi.domain.exchange import Direction, TrustedKey
from sochihoi.domain.keys import KeyState

if TYPE_CHECKING:
    from sochihoi.services.office import Office
    from sochihoi.sync.envelope import Inspection
    from sochihoi.sync.identity import Entry, PublicKeys, Register

KEY = "key"
_KEY_FILE_MARK = b'"fmt":"hpn-key/'


@dataclass(frozen=True, slots=True)
class Inspected:
    """A whole file. Exactly one of ``file`` and ``keys`` is there. ``known``: a register here knows the key."""

    sha256: str
    size: int
    file: Inspection | None = None
    keys: PublicKeys | None = None
    known: bool = False

    @property
    def kind(self) -> str:
        """``report``, ``receipt``, ``register``, ``defpack``, ``transfer``, ``handover`` or ``key``."""
        return KEY if self.file is None else self.file.kind.value

    @property
    def unit(self) -> str:
        """The code that the signer gives herself; proven only with ``known``."""
        if self.keys is not None:
            return self.keys.unit
        return "" if self.file is None else self.file.unit

    @property
    def name(self) -> str:
        """The unit's name as the register has it; a key file brings its own."""
        if self.keys is not None:
            return self.keys.name
        return "" if self.file is None else self.file.name

    def facts(self) -> dict[str, Any]:
        """Everything that it says, for a program."""
        told: dict[str, Any] = {
            "kind": self.kind,
            "whole": True,
            "unit": self.unit,
            "name": self.name,
            "proven": self.known,
            "sha256": self.sha256,
            "size": self.size,
        }
        if self.keys is not None:
            keys = self.keys
            more = {"level": keys.level, "digits": list(keys.digits), "key": keys.fingerprint, "demo": keys.demo}
            return told | more | {"installation": keys.installation}
        assert self.file is not None  # noqa: S101 - one of the two is there
        told |= {"key": self.file.fingerprint, "manifest_hash": self.file.manifest_hash, "revoked": self.file.revoked}
        manifest, receipt = self.file.manifest, self.file.receipt
        if manifest is not None:
            draft = manifest.draft
            told |= {
                "period": draft.period.code,
                "seq": draft.seq,
                "epoch": draft.epoch,
                "epoch_no": draft.epoch_no,
                "file_id": draft.file_id,
                "created": draft.created,
                "to": list(manifest.to),
                "mode": draft.mode.value,
                "app": draft.app,
                "demo": draft.demo,
                "clock_suspect": draft.clock_suspect,
                "audit": {"n": draft.audit.n, "head": draft.audit.head},
                "payload": {"length": manifest.payload.ct_len, "sha256": manifest.payload.ct_sha256},
            }
        if receipt is not None:
            from sochihoi.sync.answered import spelled

            told |= {
                "about": receipt.unit,
                "period": receipt.period.code,
                "seq": receipt.seq,
                "epoch_no": receipt.place.epoch_no,
                "file_id": receipt.file_id,
                "answer": receipt.answer.value,
                "code": None if receipt.code is None else receipt.code.value,
                "rows": receipt.rows,
                "warnings": list(receipt.warnings),
                "receipt_no": receipt.receipt_no,
                "answered": spelled(receipt.answered),
                "received": receipt.received,
                "demo": receipt.demo,
            }
        statement = self.file.statement
        if statement is not None:
            told |= {
                "number": statement.number,
                "file_id": statement.file_id,
                "created": statement.created,
                "to": list(statement.to),
                "app": statement.app,
                "about": dict(statement.about),
                "demo": statement.demo,
            }
        return told


def inspect(data: bytes, register: Register | None = None) -> Inspected:
    """Container, canonical manifest, signature by the key that it names, length and hash of the payload.

    Raises ``Refused`` for anything that is not a whole file of ours.
    """
    from sochihoi.sync import envelope
    from sochihoi.sync.errors import Refused, Why
    from sochihoi.sync.identity import PublicKeys

    sha256 = hashlib.sha256(data).hexdigest()
    key_file = key_file_in(data)
    if key_file is not None:
        try:
            keys = PublicKeys.from_bytes(key_file)
        except Refused as refusal:
            raise Refused(refusal.code, Why.KEY_CHANGED) from None
        known = register is not None and register.find(keys.unit, keys.fingerprint) is not None
        return Inspected(sha256, len(data), keys=keys, known=known)
    file = envelope.inspect(data, register)
    return Inspected(sha256, len(data), file=file, known=file.known)


def key_file_in(data: bytes) -> bytes | None:
    """The key file that these bytes are, or that a messenger wrapped; ``None`` when they are none."""
    from sochihoi.sync.errors import Refused
    from sochihoi.sync.names import KEY_SUFFIX
    from sochihoi.sync.wrapping import unwrap

    try:
        found = unwrap(data, KEY_SUFFIX)
    except Refused:
        return None
    return found if found.startswith(b"{") and _KEY_FILE_MARK in found else None


def register_here(office: Office) -> Register:
    """Every key accepted here, those that no longer count included, and this unit's own."""
    from sochihoi.sync.identity import Entry

    with office.read() as work:
        keys = tuple(key for way in Direction for key in work.sync.trusted(way, revoked=True))
    return register_of(keys, Entry(office.sending.keys()))


def register_of(keys: tuple[TrustedKey, ...], *others: Entry) -> Register:
    """Keys as they stand here, for the sync library: those that wait for an approval prove nothing."""
    from sochihoi.sync.identity import Entry, PublicKeys, Register

    entries, waiting = list(others), []
    for one in keys:
        if one.state in (KeyState.REQUESTED, KeyState.APPROVED_ONCE):
            waiting.append((one.unit_code, one.fingerprint))
            continue
        public, last = PublicKeys.from_bytes(one.keys), one.last_trusted
        scope, within = _scope(one.scope)
        entries.append(Entry(public, revoked=one.revoked, last_trusted=last, scope=scope, within=within))
    return Register(*entries, waiting=waiting)


def _scope(scope: str) -> tuple[str, frozenset[str]]:
    """The code of a province stands for its communes, which do not begin with it; any other scope is a beginning."""
    from sochihoi.services.official_units import in_force

    if not scope:
        return "", frozenset()
    communes = in_force((), date.max)[0].of_province(scope)
    return ("", frozenset(one.code for one in communes)) if communes else (scope, frozenset())
