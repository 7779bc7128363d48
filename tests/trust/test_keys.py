"""R18: keys that must not count. Each case is a file or a register that a thief, a stranger or an old stick brings."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from sochihoi.domain.errors import UserError
from sochihoi.domain.exchange import Outcome
from sochihoi.domain.keys import RegisterRefused
from sochihoi.services import registering, renewing, trusting
from sochihoi.services.deciding import Deciding
from sochihoi.services.office import Office
from sochihoi.services.sending import own_keys
from sochihoi.sync import container, sshsig
from sochihoi.sync.canonical import canon
from sochihoi.sync.container import Members
from sochihoi.sync.envelope import inspect, open_, seal
from sochihoi.sync.errors import Code, Refused
from sochihoi.sync.identity import Entry, Identity, PublicKeys, Register
from sochihoi.sync.manifest import MAX_SEQ
from sochihoi.sync.rows import Closing, Row
from sochihoi.sync.sshsig import Namespace
from tests.exchange_data import OCTOBER, SEPTEMBER, Exchange, commune, introduce, make_exchange
from tests.sync import samples
from tests.trust.conftest import Counted


@pytest.fixture
def exchange(tmp_path: Path) -> Iterator[Exchange]:
    made = make_exchange(tmp_path)
    yield made
    made.close()


def identity_of(office: Office) -> Identity:
    """The secrets of a PC, as a thief who has it open has them."""
    with office.read() as work:
        return own_keys(office, work)[0]


def counted_here(office: Office) -> dict[str, Any]:
    """Everything that must not move."""
    with office.read() as work:
        streams = {code: (one.epoch_no, one.seq, one.manifest_hash) for code, one in work.sync.streams().items()}
        figures = work.sync.measures(["2026-09", "2026-10"])
    return {"streams": streams, "figures": figures}


def code_of(office: Office, file: Path) -> str:
    """The code with which a file is refused; anything else is told as it is."""
    before = counted_here(office)
    (verdict,) = office.receiving.receive([file])
    if verdict.outcome is not Outcome.REFUSED:
        return verdict.outcome.name
    return verdict.code if counted_here(office) == before else f"{verdict.code}, and it changed something"


def thief(exchange: Exchange, identity: Identity, seq: int, name: str = "thief.hpn") -> Path:
    """A whole file of the commune, far on in its stream, signed with its key by somebody else."""
    with exchange.below.read() as work:
        here = work.sync.installation()
        _me, keys = own_keys(exchange.below, work)
    draft = samples.draft(
        seq,
        prev="ab" * 32,
        unit=keys.unit,
        epoch=here.epoch,
        epoch_no=here.epoch_no,
        installation=here.id,
        file_id=exchange.below.new_id(),
    )
    rows: tuple[Row, ...] = (Closing(OCTOBER, 1, samples.SMALL[0].closed_on),)  # type: ignore[union-attr]
    content = seal(identity, draft, rows, (exchange.above.sending.keys(),), secrets.token_bytes)
    file = exchange.stick / name
    file.write_bytes(content)
    return file


# ---------------------------------------------------------------------- the nine


def wrong_namespace(exchange: Exchange) -> str:
    """A signature of the right key, made for another purpose."""
    file = exchange.send()
    members = container.parse(file.read_bytes())
    signature = sshsig.sign(identity_of(exchange.below).sign_seed, members.manifest, Namespace.RECEIPT)
    bad = exchange.stick / "namespace.hpn"
    bad.write_bytes(container.build(Members(members.manifest, signature, members.payload)))
    return code_of(exchange.above, bad)


def revoked(exchange: Exchange) -> str:
    """Nothing of it was taken before it was revoked."""
    file = exchange.send()
    registering.revoke(exchange.above, "99001", None, "Mất máy")
    return code_of(exchange.above, file)


def expired(exchange: Exchange) -> str:
    """Beyond the last file that is trusted."""
    exchange.above.receiving.receive([exchange.send(SEPTEMBER)])
    file = exchange.send(OCTOBER)
    registering.revoke(exchange.above, "99001", (1, 1), "Lộ khóa")
    return code_of(exchange.above, file)


def rotated(exchange: Exchange) -> str:
    """The key before, after the new one was accepted."""
    file = exchange.send()
    renewing.renew(exchange.below)
    trusting.accept(exchange.above, exchange.below.sending.key_file())
    return code_of(exchange.above, file)


def lost(exchange: Exchange) -> str:
    """The PC is gone; the unit enrolled new keys by a new slip."""
    before = identity_of(exchange.below)
    registering.revoke(exchange.above, "99001", None, "Mất máy")
    renewing.renew(exchange.below, stolen=True)
    trusting.accept(exchange.above, exchange.below.sending.key_file())
    return code_of(exchange.above, thief(exchange, before, 2))


def unknown(exchange: Exchange) -> str:
    """Nobody ever accepted it."""
    stranger = commune(exchange.root / "stranger", "99009", "Người Lạ")
    exchange.others.append(stranger)
    trusting.accept(stranger, exchange.above.sending.key_file())
    return code_of(exchange.above, thief(exchange, identity_of(stranger), 2))


def other_unit(exchange: Exchange) -> str:
    """A key that is accepted, for another commune."""
    neighbour = commune(exchange.root / "neighbour", "99002", "Tân Lập")
    exchange.others.append(neighbour)
    introduce(neighbour, exchange.above)
    return code_of(exchange.above, thief(exchange, identity_of(neighbour), 2))


def replayed_register(exchange: Exchange) -> str:
    """The register from before a key was revoked, brought to a commune once more."""
    old = registering.made_here(exchange.above).content
    registering.revoke(exchange.above, "99001", None, "Mất máy")
    registering.apply(exchange.below, registering.made_here(exchange.above).content)
    try:
        registering.apply(exchange.below, old)
    except RegisterRefused as refusal:
        with exchange.below.read() as work:
            here = registering.from_above(work)
        return refusal.why if here is not None and here.number == 2 else "it counts"
    return "taken"


def fast_forward(exchange: Exchange) -> str:
    """The stolen key signs the highest number there is, so that nothing of the unit would ever follow."""
    exchange.above.receiving.receive([exchange.send(SEPTEMBER)])
    far = thief(exchange, identity_of(exchange.below), MAX_SEQ)
    registering.revoke(exchange.above, "99001", (1, 1), "Mất máy")
    refused = code_of(exchange.above, far)
    renewing.renew(exchange.below, stolen=True)
    trusting.accept(exchange.above, exchange.below.sending.key_file())
    return refused if follows(exchange) else "the unit is stuck"


def follows(exchange: Exchange) -> bool:
    """The unit goes on in a new epoch: at once, or after a person looked."""
    (verdict,) = exchange.above.receiving.receive([exchange.send(OCTOBER)])
    if verdict.outcome is Outcome.HELD and verdict.line is not None:
        verdict = Deciding(exchange.above).accept(verdict.line.id)
    return verdict.outcome is Outcome.STORED


NINE: dict[Callable[[Exchange], str], str] = {
    wrong_namespace: "SIG_FORMAT",
    revoked: "KEY_REVOKED",
    expired: "KEY_REVOKED",
    rotated: "KEY_REVOKED",
    lost: "KEY_REVOKED",
    unknown: "KEY_UNKNOWN",
    other_unit: "KEY_UNKNOWN",
    replayed_register: "older",
    fast_forward: "KEY_REVOKED",
}


def test_nine_keys_that_do_not_count(tmp_path: Path, counted: Counted) -> None:
    failures: dict[str, str] = {}
    for case, wanted in NINE.items():
        made = make_exchange(tmp_path / case.__name__)
        try:
            found = case(made)
        except UserError as problem:
            found = repr(problem)
        finally:
            made.close()
        if found != wanted:
            failures[case.__name__] = f"{found} instead of {wanted}"
    counted("R18 keys that do not count", len(NINE), failures, least=9)


def test_a_file_that_a_thief_brought_in_first_does_not_stop_the_unit(exchange: Exchange) -> None:
    exchange.above.receiving.receive([exchange.send(SEPTEMBER)])
    far = thief(exchange, identity_of(exchange.below), MAX_SEQ)
    exchange.above.receiving.receive([far])
    registering.revoke(exchange.above, "99001", (1, 1), "Mất máy")
    renewing.renew(exchange.below, stolen=True)
    trusting.accept(exchange.above, exchange.below.sending.key_file())
    assert follows(exchange)
    assert exchange.above.receiving.receive([far])[0].outcome is not Outcome.STORED


# ---------------------------------------------------------------------- any place, any scope


@settings(deadline=None, derandomize=True, phases=[Phase.generate], max_examples=150)
@given(
    place=st.tuples(st.integers(1, 3), st.integers(1, 4)),
    last=st.none() | st.tuples(st.integers(1, 3), st.integers(0, 4)),
)
def test_a_revoked_key_counts_exactly_up_to_its_last_place(
    place: tuple[int, int], last: tuple[int, int] | None
) -> None:
    epoch_no, seq = place
    parent = "cd" * 32 if epoch_no > 1 else None
    file = samples.sealed(made=samples.draft(seq, prev="ab" * 32, epoch_no=epoch_no, parent=parent))
    register = Register(Entry(samples.COMMUNE_KEYS, revoked=True, last_trusted=last))
    beyond = last is None or place > last
    assert inspect(file, register).revoked is beyond
    if beyond:
        with pytest.raises(Refused) as refusal:
            open_(file, register, samples.ABOVE_KEYS, samples.ABOVE)
        assert refusal.value.code is Code.KEY_REVOKED
    else:
        assert open_(file, register, samples.ABOVE_KEYS, samples.ABOVE).manifest.draft.seq == seq


@settings(deadline=None, derandomize=True, phases=[Phase.generate], max_examples=200)
@given(unit=st.from_regex(r"[0-9]{2,5}", fullmatch=True), scope=st.from_regex(r"[0-9]{0,3}", fullmatch=True))
def test_a_key_signs_for_its_own_unit_and_its_scope_alone(unit: str, scope: str) -> None:
    within = frozenset({"12345"})
    register = Register(Entry(samples.ABOVE_KEYS, scope=scope, within=within), Entry(samples.COMMUNE_KEYS))
    found = register.find(unit, samples.ABOVE_KEYS.fingerprint)
    assert (found is not None) == (unit in ("92", "12345") or bool(scope and unit.startswith(scope)))
    assert (register.find(unit, samples.COMMUNE_KEYS.fingerprint) is not None) == (unit == "31135")


def test_a_province_signs_for_its_own_communes_at_the_centre() -> None:
    """No code of a commune begins with that of its province: the official list says which are its own."""
    from sochihoi.domain.exchange import Direction, TrustedKey
    from sochihoi.services.inspecting import register_of

    keys = samples.ABOVE_KEYS
    key = TrustedKey(
        id="k",
        unit_code=keys.unit,
        unit_name=keys.name,
        level=keys.level,
        direction=Direction.SENDER,
        keys=keys.to_bytes(samples.ABOVE),
        fingerprint=keys.fingerprint,
        digits=" ".join(keys.digits),
        trusted_on=None,
    )
    narrow, wide = register_of((key,)), register_of((replace(key, scope="92"),))
    assert narrow.find("31135", keys.fingerprint) is None
    assert wide.find("31135", keys.fingerprint) is not None
    assert wide.find("00004", keys.fingerprint) is None  # a commune of another province


def test_a_key_file_with_a_voucher_keeps_every_bit(counted: Counted) -> None:
    """R1 for renewed keys: both signatures cover all that is said."""
    keys = replace(samples.COMMUNE_KEYS, replaces=samples.STRANGER.fingerprint)
    file = keys.to_bytes(samples.COMMUNE, samples.STRANGER)
    assert PublicKeys.from_bytes(file) == keys
    failures = {}
    for place in range(len(file) * 8):
        data = bytearray(file)
        data[place // 8] ^= 1 << place % 8
        try:
            PublicKeys.from_bytes(bytes(data))
            failures[place] = "read"
        except Refused as refusal:
            if refusal.code is Code.INTERNAL:
                failures[place] = "INTERNAL"
    counted("R1 renewed key file, every bit", len(file) * 8, failures, least=7_900)


def test_a_voucher_of_itself_or_of_nobody_is_refused() -> None:
    from sochihoi.sync.canonical import parse

    keys = replace(samples.COMMUNE_KEYS, replaces=samples.COMMUNE.fingerprint)
    for spoilt in (keys.to_bytes(samples.COMMUNE, samples.COMMUNE),):
        with pytest.raises(Refused) as refusal:
            PublicKeys.from_bytes(spoilt)
        assert refusal.value.code is Code.SIG_FORMAT
    whole = parse(replace(keys, replaces=samples.STRANGER.fingerprint).to_bytes(samples.COMMUNE, samples.STRANGER))
    for missing in ("old_sig", "replaces"):
        with pytest.raises(Refused) as refusal:
            PublicKeys.from_bytes(canon({key: value for key, value in whole.items() if key != missing}))
        assert refusal.value.code is Code.SCHEMA
