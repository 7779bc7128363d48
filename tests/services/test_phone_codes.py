"""Ten letters read over the telephone: of exactly one file, which they mark as received."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sochihoi.domain.custody import Act
from sochihoi.domain.exchange import SentState
from sochihoi.services.custody import Custody
from sochihoi.services.phone_codes import CodeOfNoFile, NotACode, NotCounted
from tests.exchange_data import OCTOBER, SEPTEMBER, Exchange, make_exchange
from tests.services.test_returning import received


@pytest.fixture
def exchange(tmp_path: Path) -> Iterator[Exchange]:
    made = make_exchange(tmp_path)
    yield made
    made.close()


def test_the_code_by_telephone_is_of_exactly_this_file(exchange: Exchange) -> None:
    line = received(exchange, SEPTEMBER)
    code = exchange.above.phone.tell(line)
    assert exchange.above.phone.tell(line) == code
    file = exchange.below.phone.check(code.replace("-", " ").lower())
    assert (file.period, file.state) == ("2026-09", SentState.PHONED)
    answers, mine = exchange.above.receiving.answers, exchange.below
    made = answers.of_unit("99001")
    assert made is not None
    mine.receipts.take_any(made.content)
    assert mine.phone.check(code).state is SentState.RECEIVED  # what is signed says more
    exchange.above.receiving.deciding.take_back([line])
    made = answers.of_unit("99001")
    assert made is not None
    mine.receipts.take_any(made.content)
    assert mine.phone.check(code).state is SentState.RETURNED
    exchange.above.receiving.receive([exchange.stick])
    assert Custody(exchange.below).of([file.sha256])[file.sha256][-1].act is Act.PHONED
    other = exchange.above.phone.tell(received(exchange, OCTOBER))
    assert other != code
    with pytest.raises(CodeOfNoFile):
        exchange.below.phone.check(code[:-1] + ("A" if code[-1] != "A" else "B"))
    with pytest.raises(NotACode):
        exchange.below.phone.check("12345")


def test_the_code_of_one_unit_is_none_for_another_and_a_courier_cannot_make_it(exchange: Exchange) -> None:
    from sochihoi.sync import phone
    from sochihoi.sync.identity import Identity, PublicKeys

    line = received(exchange)
    code = exchange.above.phone.tell(line)
    other = exchange.neighbour()
    with pytest.raises(CodeOfNoFile):
        other.phone.check(code)
    sent = exchange.below.sending.history()[0]
    courier = Identity.generate(lambda count: b"\7" * count)
    above = PublicKeys.from_bytes(exchange.above.sending.key_file()).age_key
    assert phone.code(courier, above, sent.sha256, sent.manifest_hash) != code.replace("-", "")
    exchange.above.receiving.deciding.take_back([line])
    with pytest.raises(NotCounted):
        exchange.above.phone.tell(line)
