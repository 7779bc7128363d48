"""Accepting a key file: what it says is shown first, with 12 groups of 5 digits to compare on paper or by telephone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sochihoi.domain.exchange import DemoMixed, Direction, KeyNotAbove, NotAKeyFile, OwnKey, TrustedKey
from sochihoi.domain.units import Level

if TYPE_CHECKING:
    from sochihoi.services.office import Office
    from sochihoi.sync.identity import PublicKeys

_LOWEST = (Level.COMMUNE.name, Level.BRANCH.name, Level.CELL.name)


@dataclass(frozen=True, slots=True)
class Offer:
    """A key file that was read and not yet accepted.

    ``known``: exactly this key is accepted already. ``replaces``: another key would no longer count.
    """

    keys: PublicKeys
    direction: Direction
    known: bool
    replaces: TrustedKey | None


def offer(office: Office, data: bytes) -> Offer:
    """Read a key file: of the level above at a commune, of a sender at a level above.

    Raises ``NotAKeyFile``, ``OwnKey``, ``KeyNotAbove``, ``DemoMixed``.
    """
    keys = _read(data)[0]
    own = office.sending.keys()
    if keys.sign_key == own.sign_key or keys.unit == own.unit:
        raise OwnKey
    if keys.demo != office.demo:
        raise DemoMixed(keys.name)
    direction = Direction.SENDER if office.is_receiver else Direction.PARENT
    if direction is Direction.PARENT and keys.level in _LOWEST and keys.level != office.commune.above_level:
        raise KeyNotAbove(keys.name, keys.unit)
    with office.read() as work:
        trusted = work.sync.trusted(direction)
    standing = [one for one in trusted if direction is Direction.PARENT or one.unit_code == keys.unit]
    known = any(_same(one, keys) for one in standing)
    replaces = next((one for one in standing if not _same(one, keys)), None)
    return Offer(keys, direction, known, None if known else replaces)


def _read(data: bytes) -> tuple[PublicKeys, bytes]:
    """The keys, and the bytes of the key file without the wrapping of a messenger. Raises ``NotAKeyFile``."""
    from sochihoi.services.inspecting import inspect, key_file_in
    from sochihoi.sync.errors import Refused, Why
    from sochihoi.sync.identity import PublicKeys

    key_file = key_file_in(data)
    try:
        if key_file is not None:
            return PublicKeys.from_bytes(key_file), key_file
        raise NotAKeyFile(inspect(data).kind)
    except Refused as refusal:
        if key_file is not None:
            raise NotAKeyFile(Why.KEY_CHANGED) from None
        raise NotAKeyFile(refusal.detail) from None


def _same(one: TrustedKey, keys: PublicKeys) -> bool:
    """The digits cover unit, signing key and encryption key together."""
    return one.unit_code == keys.unit and one.digits == " ".join(keys.digits)


def accept(office: Office, data: bytes) -> TrustedKey:
    """Accept a key after somebody compared the digits. Accepting the same one again changes nothing.

    Raises what ``offer`` raises.
    """
    made = offer(office, data)
    keys, key_file = _read(data)
    if made.known:
        with office.read() as work:
            return next(one for one in work.sync.trusted(made.direction) if _same(one, keys))
    key = TrustedKey(
        id=office.new_id(),
        unit_code=keys.unit,
        unit_name=keys.name,
        level=keys.level,
        direction=made.direction,
        keys=key_file,
        fingerprint=keys.fingerprint,
        digits=" ".join(keys.digits),
        trusted_on=office.today,
    )
    with office.write("sync.trust") as work:
        work.sync.trust(key)
    return key
