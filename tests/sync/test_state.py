"""R6: every order of arrival. The state moves only forward, only along the chain, and only on what was applied."""

from __future__ import annotations

from itertools import product

import pytest

from sochihoi.sync.errors import Code
from sochihoi.sync.manifest import Draft, Manifest, Mode, Payload
from sochihoi.sync.state import Outcome, StreamState, Verdict, Warning_, advanced, judge
from tests.sync.conftest import CloseGate
from tests.sync.samples import ABOVE, COMMUNE, draft, uuid

PAYLOAD = Payload(1, "aa" * 32, 1, 1, "bb" * 32)


def mh(word: str) -> str:
    return word.encode().hex().ljust(64, "0")


def stated(made: Draft) -> Manifest:
    return Manifest(made, ("92",), (ABOVE.age_key,), COMMUNE.fingerprint, PAYLOAD)


CHAIN = [(stated(draft(seq, mh(f"f{seq - 1}"))), mh(f"f{seq}")) for seq in range(1, 5)]
STATE = StreamState(uuid("epoch"), 1, 2, mh("f2"), applied=frozenset({mh("f1"), mh("f2")}))


def test_every_order_of_four_files(close_gate: CloseGate) -> None:
    """The oracle: a number above all applied ones is applied, an applied one is a duplicate, any other is stale."""
    right = total = 0
    for length in range(1, 6):
        for order in product(range(1, 5), repeat=length):
            total += 1
            state: StreamState | None = None
            done: list[int] = []
            good = True
            for seq in order:
                manifest, name = CHAIN[seq - 1]
                verdict = judge(state, manifest, name)
                newest = max(done, default=0)
                if seq > newest:
                    gap = (Warning_.GAP,) if seq > newest + 1 else ()
                    good &= verdict == Verdict(Outcome.APPLY, None, gap)
                    state = advanced(state, manifest, name)
                    done.append(seq)
                elif seq in done:
                    good &= verdict == Verdict(Outcome.DUPLICATE)
                else:
                    good &= verdict == Verdict(Outcome.REFUSE, Code.STALE)
            good &= state is not None and state.seq == max(order) and set(state.applied) == {mh(f"f{n}") for n in done}
            right += good
    assert total == 1_364
    close_gate("R6 orders of arrival", right, total)


def verdict(made: Draft, state: StreamState | None = STATE, name: str = "new") -> Code | Outcome:
    found = judge(state, stated(made), mh(name))
    assert (found.code is not None) == (found.outcome is Outcome.REFUSE)
    return found.code or found.outcome


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"seq": 3, "prev": mh("f2")}, Outcome.APPLY),
        ({"seq": 3, "prev": mh("other")}, Code.FORK_CHAIN),
        ({"seq": 2, "prev": mh("f1")}, Code.FORK_SAME_SEQ),
        ({"seq": 1}, Code.STALE),
        ({"seq": 9, "prev": mh("unseen")}, Outcome.APPLY),
        ({"seq": 3, "prev": mh("f2"), "epoch_no": 2, "parent": mh("f2")}, Code.EPOCH_UNPROVEN),
        ({"seq": 1, "epoch": uuid("next"), "epoch_no": 2, "parent": mh("f2")}, Outcome.APPLY),
        ({"seq": 4, "prev": mh("x"), "epoch": uuid("next"), "epoch_no": 2, "parent": mh("f2")}, Outcome.APPLY),
        ({"seq": 1, "epoch": uuid("next"), "epoch_no": 2, "parent": mh("f1")}, Code.EPOCH_UNPROVEN),
        ({"seq": 1, "epoch": uuid("next"), "epoch_no": 2}, Code.EPOCH_UNPROVEN),
        ({"seq": 1, "epoch": uuid("next"), "epoch_no": 3, "parent": mh("f2")}, Code.EPOCH_UNPROVEN),
        ({"seq": 1, "epoch": uuid("next"), "epoch_no": 1}, Code.FORK_CHAIN),
        ({"seq": 3, "prev": mh("f2"), "demo": True}, Code.DEMO),
    ],
)
def test_a_known_sender(changes: dict[str, object], expected: Code | Outcome) -> None:
    assert verdict(draft(**changes)) is expected  # type: ignore[arg-type]


def test_an_unknown_sender_begins_with_its_first_epoch() -> None:
    assert verdict(draft(), None) is Outcome.APPLY
    assert judge(None, stated(draft(5, mh("f4"))), mh("f5")).warnings == (Warning_.GAP,)
    assert verdict(draft(1, epoch_no=2, parent=mh("f2")), None) is Code.EPOCH_UNPROVEN


def test_a_demonstration_takes_only_demonstrations() -> None:
    assert judge(None, stated(draft(demo=True)), mh("d"), demo=True).outcome is Outcome.APPLY
    assert judge(None, stated(draft()), mh("d"), demo=True).code is Code.DEMO
    assert judge(None, stated(draft(demo=True)), mh("d")).code is Code.DEMO


def test_a_final_file_closes_the_stream() -> None:
    final = stated(draft(3, mh("f2"), mode=Mode.FINAL))
    closed = advanced(STATE, final, mh("f3"))
    assert closed.closed
    assert verdict(draft(4, mh("f3")), closed) is Code.UNIT_CLOSED
    assert judge(closed, final, mh("f3")).outcome is Outcome.DUPLICATE


def test_a_leaked_key_cannot_fast_forward_the_next_epoch() -> None:
    thief = advanced(STATE, stated(draft(999_999_999, mh("x"))), mh("thief"))
    fresh = draft(1, epoch=uuid("fresh"), epoch_no=2, parent=mh("thief"))
    assert verdict(fresh, thief) is Outcome.APPLY
