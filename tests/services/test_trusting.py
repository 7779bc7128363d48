"""Two persons approve a key at a level above; who works alone approves alone; the digits are compared."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sochihoi.domain.accounts import Role
from sochihoi.domain.errors import NotAllowed
from sochihoi.domain.exchange import Direction, Outcome, TrustedKey
from sochihoi.domain.keys import BadScope, DigitsDiffer, KeyState, KeyWasRevoked, SecondPersonNeeded
from sochihoi.services import registering, trusting
from sochihoi.services.office import Office
from sochihoi.storage import keys as book
from tests.exchange_data import Exchange, make_exchange
from tests.offices import around


@pytest.fixture
def exchange(tmp_path: Path) -> Iterator[Exchange]:
    made = make_exchange(tmp_path, introduced=False)
    trusting.accept(made.below, made.above.sending.key_file())
    yield made
    made.close()


def second_person(office: Office, role: Role = Role.OFFICER) -> Office:
    """The same book with another account at work."""
    account = office.setup.add_account("Lê Thị Hai", role, "mot-mat-khau-khac", around("second"))
    return Office(office.store, account)


def work_as(office: Office) -> Office:
    """This account is the one who acts."""
    office.store.account_id = office.account.id
    return office


def of(office: Office, unit: str = "99001") -> list[TrustedKey]:
    with office.read() as work:
        return list(book.every(work, Direction.SENDER, unit))


def version(office: Office) -> int:
    with office.read() as work:
        found = registering.newest(work, book.OUT)
    return 0 if found is None else found.number


def test_who_works_alone_approves_alone(exchange: Exchange) -> None:
    key = trusting.accept(exchange.above, exchange.below.sending.key_file())
    assert (key.state, key.approved_by, key.from_version) == (KeyState.ACTIVE, (exchange.above.account.id,), 1)
    assert trusting.accept(exchange.above, exchange.below.sending.key_file()) == key
    assert version(exchange.above) == 1
    sent = exchange.send()
    assert exchange.above.receiving.receive([sent])[0].outcome is Outcome.STORED


def test_two_persons_approve_where_two_work(exchange: Exchange) -> None:
    first, key_file = exchange.above, exchange.below.sending.key_file()
    second = second_person(first)
    assert trusting.offer(work_as(first), key_file).second
    key = trusting.accept(first, key_file)
    assert (key.state, key.approved_by, version(first)) == (KeyState.APPROVED_ONCE, (first.account.id,), 0)
    sent = exchange.send()
    (verdict,) = first.receiving.receive([sent])
    assert verdict.line is not None
    assert (verdict.code, verdict.line.facts["detail"]) == ("KEY_UNKNOWN", "waits for the second approval")
    assert first.receiving.units() == ()
    # the same person again changes nothing, and is told so where she approves
    assert trusting.accept(first, key_file).state is KeyState.APPROVED_ONCE
    with pytest.raises(SecondPersonNeeded):
        trusting.accept(first, key_file, again=False)
    offered = trusting.offer(work_as(second), key_file)
    assert ([one.id for one in offered.approved], offered.second) == ([first.account.id], False)
    key = trusting.accept(second, key_file)
    assert (key.state, key.approved_by) == (KeyState.ACTIVE, (first.account.id, second.account.id))
    assert (version(first), len(of(first))) == (1, 1)
    assert first.receiving.receive([sent])[0].outcome is Outcome.STORED


def test_a_viewer_is_no_second_person(exchange: Exchange) -> None:
    viewer = second_person(exchange.above, Role.VIEWER)
    with pytest.raises(NotAllowed):
        trusting.accept(work_as(viewer), exchange.below.sending.key_file())
    assert trusting.accept(work_as(exchange.above), exchange.below.sending.key_file()).state is KeyState.ACTIVE


def test_a_key_file_can_wait_for_its_paper(exchange: Exchange) -> None:
    key_file = exchange.below.sending.key_file()
    asked = trusting.request(exchange.above, key_file)
    assert (asked.state, asked.approved_by, asked.trusted_on) == (KeyState.REQUESTED, (), None)
    assert trusting.request(exchange.above, key_file) == asked
    assert exchange.above.receiving.receive([exchange.send()])[0].code == "KEY_UNKNOWN"
    assert trusting.accept(exchange.above, key_file).state is KeyState.ACTIVE
    assert [one.id for one in of(exchange.above)] == [asked.id]


def test_a_request_that_is_not_wanted_goes_away(exchange: Exchange) -> None:
    trusting.request(exchange.above, exchange.below.sending.key_file())
    registering.revoke(exchange.above, "99001", None, "")
    assert of(exchange.above) == []


def test_digits_are_compared_by_the_program(exchange: Exchange) -> None:
    offered = trusting.offer(exchange.below, exchange.above.sending.key_file())
    right = list(exchange.above.sending.keys().digits)
    trusting.check_digits(offered, "-".join(right))
    right[6] = f"{(int(right[6]) + 1) % 100000:05}"
    with pytest.raises(DigitsDiffer) as problem:
        trusting.check_digits(offered, "\n".join(right))
    assert problem.value.wrong == (7,)
    with pytest.raises(DigitsDiffer):
        trusting.check_digits(offered, "")


def test_a_revoked_key_never_comes_back(exchange: Exchange) -> None:
    key_file = exchange.below.sending.key_file()
    trusting.accept(exchange.above, key_file)
    registering.revoke(exchange.above, "99001", None, "Mất máy tính")
    with pytest.raises(KeyWasRevoked):
        trusting.accept(exchange.above, key_file)


def test_a_province_accepts_the_centre_as_its_level_above(exchange: Exchange, tmp_path: Path) -> None:
    from sochihoi.domain.units import Level
    from sochihoi.services.opening import make_receiver
    from tests.offices import PASSWORD

    centre = make_receiver(
        tmp_path / "centre", code="TW", name="Trung ương", level=Level.CENTRAL, password=PASSWORD, around=around("tw")
    ).office
    exchange.others.append(centre)
    assert trusting.accept(exchange.above, centre.sending.key_file()).direction is Direction.PARENT
    with pytest.raises(BadScope):
        trusting.accept(centre, exchange.above.sending.key_file(), scope="xã 99")
    with pytest.raises(BadScope):  # the centre stands over it, and signs for nobody here
        trusting.accept(exchange.above, centre.sending.key_file(), scope="99")
    assert trusting.accept(centre, exchange.above.sending.key_file(), scope=" 99 ").direction is Direction.SENDER
    with pytest.raises(BadScope) as another:  # what was approved is not changed by the way
        trusting.accept(centre, exchange.above.sending.key_file(), scope="9")
    assert another.value.standing == "99"
    with centre.read() as work:
        register = registering.in_force(work)
    assert register is not None
    assert [row.get("scope") for row in register.lines("SENDER")] == ["99"]
