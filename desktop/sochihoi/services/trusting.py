"""Accepting a key file: what it says is shown first, with 12 groups of 5 digits to compare on paper or by telephone.

At a level above two persons approve where two work; a commune accepts the level above by one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sochihoi.domain.exchange import DemoMixed, Direction, KeyNotAbove, NotAKeyFile, OwnKey, TrustedKey
from sochihoi.domain.keys import BadScope, DigitsDiffer, KeyState, KeyWasRevoked, SecondPersonNeeded, compare_digits
from sochihoi.domain.units import Level
from sochihoi.storage import keys as book

if TYPE_CHECKING:
    from sochihoi.domain.accounts import Account
    from sochihoi.services.office import Office
    from sochihoi.storage.work import Work
    from sochihoi.sync.identity import PublicKeys

_RANKS = (Level.CENTRAL.name, Level.PROVINCE.name, Level.DISTRICT.name, Level.COMMUNE.name)
_LOWEST = (Level.COMMUNE.name, Level.BRANCH.name, Level.CELL.name)


@dataclass(frozen=True, slots=True)
class Offer:
    """A key file that was read and does not count yet.

    ``known``: exactly this key counts already. ``replaces``: another key would no longer count. ``here``: the same key
    as it stands in the register. ``vouched``: the key that counts now signed for this one. ``approved``: who approved
    it. ``second``: after the next approval it still waits for another person.
    """

    keys: PublicKeys
    direction: Direction
    known: bool
    replaces: TrustedKey | None
    here: TrustedKey | None = None
    vouched: bool = False
    approved: tuple[Account, ...] = ()
    second: bool = False

    @property
    def asks_scope(self) -> bool:
        """Whether it may sign for units besides its own: a unit below that receives files itself."""
        return self.direction is Direction.SENDER and self.keys.level not in _LOWEST


def offer(office: Office, data: bytes) -> Offer:
    """Read a key file: of the level above at a commune, of a sender at a level above.

    Raises ``NotAKeyFile``, ``OwnKey``, ``KeyNotAbove``, ``DemoMixed``, ``KeyWasRevoked``.
    """
    keys = _read(data)[0]
    own = office.sending.keys()
    if keys.sign_key == own.sign_key or keys.unit == own.unit:
        raise OwnKey
    if keys.demo != office.demo:
        raise DemoMixed(keys.name)
    direction = Direction.SENDER if office.is_receiver and not _above(keys, own) else Direction.PARENT
    if direction is Direction.PARENT and keys.level in _LOWEST and keys.level != office.commune.above_level:
        raise KeyNotAbove(keys.name, keys.unit)
    with office.read() as work:
        every = book.every(work, direction, "" if direction is Direction.PARENT else keys.unit)
        accounts = work.accounts.all()
    here = next((one for one in reversed(every) if _same(one, keys)), None)
    if here is not None and here.state is KeyState.REVOKED:
        if direction is Direction.SENDER:
            raise KeyWasRevoked(keys.name)
        here = None  # a commune may come back to a level above that it left
    standing = next((one for one in reversed(every) if one.state is KeyState.ACTIVE and one is not here), None)
    known = here is not None and here.state is KeyState.ACTIVE
    vouched = standing is not None and bool(keys.replaces) and keys.replaces == standing.fingerprint
    ids = here.approved_by if here is not None else ()
    approved = tuple(one for one in accounts if one.id in ids)
    second = not approved and direction is Direction.SENDER and not vouched and needs_two(accounts)
    return Offer(keys, direction, known, None if known else standing, here, vouched, approved, second)


def needs_two(accounts: tuple[Account, ...]) -> bool:
    """Whether two persons work here who may approve; where one works alone, hers counts."""
    return sum(one.active and one.role.may_write for one in accounts) > 1


def _above(keys: PublicKeys, own: PublicKeys) -> bool:
    """Whether a key file is of a level over our own: a province receives from below, and sends to the centre."""
    if keys.level not in _RANKS or own.level not in _RANKS:
        return False
    return _RANKS.index(keys.level) < _RANKS.index(own.level)


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


def check_digits(offered: Offer, typed: str) -> None:
    """What somebody typed from the paper against the key file. Raises ``DigitsDiffer``."""
    compared = compare_digits(typed, offered.keys.digits)
    if not compared.agrees:
        raise DigitsDiffer(offered.keys.name, compared.found, compared.wrong)


def check_scope(offered: Offer, scope: str) -> str:
    """What the codes of further units begin with, without blanks at its ends; empty is its own unit alone.

    Raises ``BadScope``.
    """
    from sochihoi.sync.shapes import UNIT

    wanted = scope.strip()
    if wanted and not offered.asks_scope:
        raise BadScope(offered.keys.name, wanted, own_alone=True)
    if wanted and not UNIT.fullmatch(wanted):
        raise BadScope(offered.keys.name, wanted)
    here = offered.here
    if here is not None and here.approved_by and wanted != here.scope:
        raise BadScope(offered.keys.name, wanted, standing=here.scope)
    return wanted


def request(office: Office, data: bytes) -> TrustedKey:
    """Keep a key file until somebody compares it with its paper. Raises what ``offer`` raises."""
    made = offer(office, data)
    if made.here is not None:
        return made.here
    key = replace(_new(office, made, _read(data)[1]), state=KeyState.REQUESTED, trusted_on=None)
    with office.write("sync.request") as work:
        book.put(work, key)
    return key


def accept(office: Office, data: bytes, *, scope: str | None = None, again: bool = True) -> TrustedKey:
    """Approve a key after somebody compared the digits: it counts then, or it waits for a second person.

    Approving the same one again changes nothing; without ``again`` the first person doing so is a problem
    (``SecondPersonNeeded``). ``scope``: what the codes of the units begin with that it may sign for, besides its own.
    Raises what ``offer`` raises, and ``BadScope``.
    """
    made = offer(office, data)
    wanted = None if scope is None else check_scope(made, scope)
    me = office.account
    if made.here is not None and (made.known or me.id in made.here.approved_by):
        if not made.known and not again:
            raise SecondPersonNeeded(made.keys.name, me.name)
        return made.here
    key = made.here or _new(office, made, _read(data)[1])
    key = replace(
        key,
        approved_by=(*key.approved_by, me.id),
        trusted_on=office.today,
        state=KeyState.APPROVED_ONCE if made.second else KeyState.ACTIVE,
        scope=key.scope if wanted is None else wanted,
    )
    with office.write("sync.approve" if made.second else "sync.trust") as work:
        if key.state is KeyState.ACTIVE:
            for old in _standing(work, key):
                book.put(work, ended(work, old))
        book.put(work, key)
        if key.direction is Direction.PARENT and not office.commune.above_name:
            replace(office.commune, above_name=made.keys.name, above_level=made.keys.level).write(work)
        if key.direction is Direction.SENDER and key.state is KeyState.ACTIVE:
            from sochihoi.services.register_making import advance

            advance(office, work)
            key = next(one for one in book.every(work, key.direction, key.unit_code) if one.id == key.id)
    office.forget_commune()
    return key


def _new(office: Office, made: Offer, key_file: bytes) -> TrustedKey:
    keys = made.keys
    return TrustedKey(
        id=office.new_id(),
        unit_code=keys.unit,
        unit_name=keys.name,
        level=keys.level,
        direction=made.direction,
        keys=key_file,
        fingerprint=keys.fingerprint,
        digits=" ".join(keys.digits),
        trusted_on=office.today,
        replaces=keys.replaces if made.vouched else "",
        scope=made.replaces.scope if made.vouched and made.replaces is not None else "",
    )


def _standing(work: Work, key: TrustedKey) -> tuple[TrustedKey, ...]:
    """The keys that no longer count once this one does: of its unit, or every level above before it."""
    unit = "" if key.direction is Direction.PARENT else key.unit_code
    return tuple(
        one for one in book.every(work, key.direction, unit) if one.state is KeyState.ACTIVE and one.id != key.id
    )


def ended(work: Work, key: TrustedKey, last: tuple[int, int] | None = None, why: str = "") -> TrustedKey:
    """A key that no longer counts, but for files up to ``last`` (epoch number, seq): what was taken of it until now,
    when nothing else is said.
    """
    stream = work.sync.stream(key.unit_code) if key.direction is Direction.SENDER else None
    if last is None and stream is not None and stream.seq:
        last = (stream.epoch_no, stream.seq)
    epoch_no, seq = last or (None, None)
    return replace(key, state=KeyState.REVOKED, revoked=True, last_epoch_no=epoch_no, last_seq=seq, revoked_why=why)
