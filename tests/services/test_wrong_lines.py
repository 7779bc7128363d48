"""A signed file whose lines are wrong is answered: the commune reads which lines, and what to do."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sochihoi.domain.exchange import Outcome, SentState
from sochihoi.services.sending import own_keys
from sochihoi.storage.schema import sent_file
from sochihoi.sync import container, payload, sshsig
from sochihoi.sync.canonical import canon, parse
from sochihoi.sync.container import Members
from sochihoi.sync.envelope import inspect
from sochihoi.sync.errors import Code
from sochihoi.sync.sshsig import Namespace
from sochihoi.ui.words.answers import taken_words
from tests.cli.sync_runs import run
from tests.exchange_data import OCTOBER, Exchange, make_exchange
from tests.offices import PASSWORD


@pytest.fixture
def exchange(tmp_path: Path) -> Iterator[Exchange]:
    made = make_exchange(tmp_path)
    yield made
    made.close()


def spoilt(exchange: Exchange, **changes: Any) -> Path:
    """The commune's file of October as a program with a fault makes it: every line of a figure is changed so."""
    path = exchange.send(OCTOBER)
    (made, *_others) = exchange.below.sending.history()
    with exchange.above.read() as work:
        identity, me = own_keys(exchange.above, work)
    with exchange.below.read() as work:
        own = own_keys(exchange.below, work)[0]
    parts = container.parse(path.read_bytes())
    document = parse(parts.manifest)
    sizes = payload.Payload(**document["payload"])
    lines = [parse(line) for line in payload.open_text(parts.payload or b"", sizes, identity).splitlines()]
    wrong = [one | changes if one["t"] == "indicator" and one["branch"] == "" else one for one in lines]
    text = b"".join(canon(one) + b"\n" for one in wrong)
    ciphertext, sizes = payload.seal(text, (me.age_key,))
    manifest = canon(document | {"payload": sizes.spelled()})
    data = container.build(Members(manifest, sshsig.sign(own.sign_seed, manifest, Namespace.REPORT), ciphertext))
    path.write_bytes(data)
    told = {"content": data, "sha256": hashlib.sha256(data).hexdigest()}
    with exchange.below.store.write("t") as work:  # its own book knows it as the file that it made
        work.update(sent_file, {made.id: told | {"manifest_hash": hashlib.sha256(manifest).hexdigest()}})
    return path


def test_the_sender_reads_which_lines_and_sends_anew(exchange: Exchange) -> None:
    file = spoilt(exchange, num="3412")
    above, below = exchange.above, exchange.below
    (verdict,) = above.receiving.receive([file])
    assert (verdict.outcome, verdict.code) == (Outcome.REFUSED, "ROW")
    with above.read() as work:
        stream, kept = work.sync.stream("99001"), work.sync.receipts("99001")
    assert stream is not None
    assert (stream.begun, stream.receipt_no, len(kept)) == (False, 1, 1)
    above.receiving.receive([file])  # once more: the same answer, to the byte
    with above.read() as work:
        assert (work.sync.stream("99001"), work.sync.receipts("99001")) == (stream, kept)
    (packed,) = above.receiving.answers.write(exchange.root / "back")
    taken = next(one for one in below.receipts.take_any(packed.read_bytes()) if one.receipt is not None)
    assert taken.receipt is not None
    receipt, told = taken.receipt.receipt, taken.receipt.corrections
    assert (receipt.code, receipt.rows, receipt.last_accepted) == (Code.ROW, 0, None)
    assert receipt.payload is not None  # which lines: only the unit reads them
    assert {(one.rule, one.period in ("2026-09", "2026-10")) for one in told} == {("ROW", True)}
    assert told[0].said.endswith(" indicator.num")
    assert len({one.said for one in told}) == len(told) == min(50, len(told)) > 5
    assert any(one.indicator == "org.members" for one in told)
    lines = taken_words(taken, {})
    assert "không đúng dạng" in lines[0]
    assert len(lines) == 1 + len(told)
    assert taken_words(taken, {}, short=True)[1] == f"Biên nhận nêu {len(told)} dòng của tệp."
    (sent, *_others) = below.sending.history()
    assert sent.state is SentState.RETURNED
    why = below.receipts.why_returned(sent)
    assert why is not None
    assert (why.code, why.receipt_no, why.corrections) == ("ROW", 1, told)
    assert below.receipts.to_correct() == ()  # no figure is wrong
    # a new file is made and counts; what was refused stays so, and is taken back by nobody
    (now,) = above.receiving.receive([exchange.send(OCTOBER)])
    assert now.outcome is Outcome.STORED
    assert now.line is not None
    above.receiving.deciding.take_back([now.line.id])
    (again,) = above.receiving.receive([file])
    assert again.code == "ROW"
    with above.read() as work:
        assert verdict.line is not None
        assert work.sync.receipts("99001")[verdict.line.id] == kept[verdict.line.id]


def test_lines_of_another_unit_and_the_command_line(exchange: Exchange, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOCHIHOI_PASSWORD", PASSWORD)
    # lines that only do not fit together: an answer without lines, in the clear
    (verdict,) = exchange.above.receiving.receive([spoilt(exchange, edition=2)])
    with exchange.above.read() as work:
        (content,) = work.sync.receipts("99001").values()
    answer = inspect(content).receipt
    assert answer is not None
    assert (verdict.code, answer.code, answer.payload) == ("ROW", Code.ROW, None)
    (verdict,) = exchange.above.receiving.receive([spoilt(exchange, unit="99002")])
    assert verdict.code == "SCOPE"
    (packed,) = exchange.above.receiving.answers.write(exchange.root / "back")
    exchange.close()
    code, told, said = run(exchange.root / "commune", "receipt", str(packed), "--json")
    receipt = next(one for one in json.loads(told) if one["kind"] == "receipt")
    assert (code, receipt["answer"], receipt["code"]) == (0, "RETURNED", "SCOPE")
    assert {one["rule"] for one in receipt["corrections"]} == {"SCOPE"}
    assert "của đơn vị khác" in said
    assert "sổ của đơn vị mình" in said
