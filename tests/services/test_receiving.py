from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sochihoi.domain.errors import Cancelled
from sochihoi.domain.exchange import NotAReceiver, NothingToReceive, Outcome
from sochihoi.services import registering, renewing, trusting
from sochihoi.services.figures import as_json
from sochihoi.services.receiving import Verdict, files_of
from sochihoi.sync.envelope import inspect
from sochihoi.sync.receipt import Answer
from sochihoi.sync.sshsig import public_line
from sochihoi.ui.words import sync as words
from tests.exchange_data import OCTOBER, REASON, SEPTEMBER, Exchange, commune, introduce, make_exchange, with_records

pytestmark = pytest.mark.usefixtures("both_engines")


@pytest.fixture
def exchange(tmp_path: Path) -> Iterator[Exchange]:
    made = make_exchange(tmp_path)
    yield made
    made.close()


def one(exchange: Exchange, path: Path) -> Verdict:
    (verdict,) = exchange.above.receiving.receive([path])
    return verdict


def stored(exchange: Exchange) -> int:
    with exchange.above.read() as work:
        return len(work.sync.measures(["2026-09", "2026-10"]))


# ---------------------------------------------------------------------- the good way


def test_both_sides_have_the_same_figures_to_the_last_unit(exchange: Exchange) -> None:
    verdict = one(exchange, exchange.send())
    assert (verdict.outcome, verdict.code, verdict.rows > 400) == (Outcome.STORED, "", True)
    for period in (SEPTEMBER, OCTOBER):
        mine, theirs = as_json(exchange.below.figures.of(period)), exchange.above.receiving.totals.as_json(period)
        if period is SEPTEMBER:  # August was never closed: the level above does not know it
            for row in mine["figures"]:
                row["previous"] = None
        assert theirs["figures"] == mine["figures"]
        assert (theirs["units_sent"], theirs["units_known"], theirs["missing"]) == (1, 1, [])


def test_totals_add_numerators_and_denominators_and_never_percents(exchange: Exchange) -> None:
    neighbour = exchange.neighbour()
    exchange.send()
    exchange.send(office=neighbour)
    verdicts = exchange.above.receiving.receive([exchange.stick])
    assert [v.outcome for v in verdicts] == [Outcome.STORED] * 2
    totals = exchange.above.receiving.totals
    whole = totals.of(OCTOBER)
    mine, other = exchange.below.figures.of(OCTOBER), neighbour.figures.of(OCTOBER)
    for row in whole.rows:
        code = row.indicator.code
        assert row.now == mine.row(code).now.plus(other.row(code).now)
        assert row.previous == mine.row(code).previous.plus(other.row(code).previous)
        assert row.year_to_date == mine.row(code).year_to_date.plus(other.row(code).year_to_date)
    assert (len(whole.sent), whole.known, whole.missing, whole.others) == (2, 2, (), {})
    shares = totals.split("org.attendance_pct", OCTOBER)
    assert [(s.unit_code, s.unit_name, s.edition) for s in shares] == [
        ("99001", "Hội LHPN xã Hòa Phú", 1),
        ("99002", "Hội LHPN xã Tân Lập", 1),
    ]
    assert [s.now for s in shares] == [mine.row("org.attendance_pct").now, other.row("org.attendance_pct").now]
    assert (
        exchange.above.receiving.file_bytes(shares[1].file.id)
        == next(exchange.stick.glob("HPN_99002*.hpn")).read_bytes()
    )


def test_a_longer_period_adds_what_happened_and_takes_the_last_state(exchange: Exchange) -> None:
    from sochihoi.domain.periods import Period

    exchange.send()
    exchange.above.receiving.receive([exchange.stick])
    totals = exchange.above.receiving.totals
    assert totals.of(Period.quarter(2026, 3)).sent == ()  # July and August are not here
    both = {row.indicator.code: row.now for row in totals.of(Period.quarter(2026, 4)).rows}
    assert not any(figure.known for figure in both.values())
    months = {"org.members": 27, "org.meetings": 2}
    for code, value in months.items():
        assert (
            totals.of(OCTOBER).rows[[r.indicator.code for r in totals.of(OCTOBER).rows].index(code)].now.value == value
        )


def test_names_and_wrappings_that_carriers_make(exchange: Exchange, tmp_path: Path) -> None:
    sent = exchange.send()
    copy = tmp_path / "inbox" / "Zalo" / "HPN_99001_2026-10_0001 (1).hpn"
    copy.parent.mkdir(parents=True)
    shutil.copy(sent, copy)
    wrapped = tmp_path / "inbox" / "HPN_99001_2026-10_0001.hpn.zip"
    with zipfile.ZipFile(wrapped, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(sent, sent.name)
    shutil.copy(sent, tmp_path / "inbox" / "bao cao thang 10.hpn")
    (tmp_path / "inbox" / "notes.txt").write_text("không phải tệp của Hội", encoding="utf-8")
    verdicts = exchange.above.receiving.receive([tmp_path / "inbox"])
    assert sorted(v.outcome.name for v in verdicts) == ["DUPLICATE", "DUPLICATE", "STORED"]
    assert len(exchange.above.receiving.ledger()) == 1


def test_a_year_dropped_at_once_is_taken_in_order(exchange: Exchange) -> None:
    for month in (SEPTEMBER, OCTOBER):
        exchange.send(month)
    renamed = exchange.stick / "a đầu tiên.hpn"
    next(exchange.stick.glob("*_0002.hpn")).rename(renamed)
    verdicts = exchange.above.receiving.receive([exchange.stick])
    assert [(v.line.seq if v.line else 0, v.outcome) for v in verdicts] == [(1, Outcome.STORED), (2, Outcome.STORED)]
    # both files hold both months; each month leads to the file that was sent for it
    totals = exchange.above.receiving.totals
    assert [totals.split("org.members", month)[0].file.seq for month in (SEPTEMBER, OCTOBER)] == [1, 2]


def test_a_supplement_takes_the_place_of_its_month_only(exchange: Exchange) -> None:
    below, above = exchange.below, exchange.above
    first = one(exchange, exchange.send())
    below.months.begin_supplement(OCTOBER, "Nhập sót hội phí.")
    below.figures.enter("dues.collected_vnd", OCTOBER, None, 4_120_000)
    below.months.close(OCTOBER, reason=REASON)
    second = one(exchange, exchange.send())
    assert (second.outcome, above.receiving.totals.as_json(OCTOBER)["figures"]) == (
        Outcome.STORED,
        as_json(below.figures.of(OCTOBER))["figures"],
    )
    with above.read() as work:
        assert first.line is not None
        assert second.line is not None
        assert work.sync.partitions("2026-09") == {"99001": (1, first.line.id)}
        assert work.sync.partitions("2026-10") == {"99001": (2, second.line.id)}
    share = above.receiving.totals.split("dues.collected_vnd", OCTOBER)[0]
    assert (share.now.value, share.edition, share.file.id) == (4_120_000, 2, second.line.id)


def test_a_lost_file_does_no_harm_and_is_told(exchange: Exchange) -> None:
    exchange.send(SEPTEMBER).unlink()
    verdict = one(exchange, exchange.send())
    assert verdict.line is not None
    assert (verdict.outcome, verdict.line.warnings) == (Outcome.STORED, ("GAP",))
    assert "GAP" not in str(words.verdict(verdict))
    assert words.verdict(verdict).todo


# ---------------------------------------------------------------------- the rest


def test_a_rehearsal_ends_as_the_real_run_and_changes_nothing(exchange: Exchange) -> None:
    exchange.send(SEPTEMBER)
    exchange.send(OCTOBER)
    (exchange.stick / "HPN_99001_2026-10_0009.hpn").write_bytes(b"nothing")
    receiving = exchange.above.receiving
    rehearsed = receiving.receive([exchange.stick], dry_run=True)
    assert (receiving.ledger(), stored(exchange)) == ((), 0)
    done = receiving.receive([exchange.stick])
    assert [(v.file_name, v.outcome, v.code) for v in rehearsed] == [(v.file_name, v.outcome, v.code) for v in done]
    assert [v.outcome.name for v in done] == ["STORED", "STORED", "REFUSED"]


def test_a_stop_keeps_what_was_taken_in(exchange: Exchange) -> None:
    class Stop:
        def step(self, done: int, total: int) -> None:
            if done == 1:
                raise Cancelled

    exchange.send(SEPTEMBER)
    exchange.send(OCTOBER)
    with pytest.raises(Cancelled):
        exchange.above.receiving.receive([exchange.stick], progress=Stop())
    assert [line.seq for line in exchange.above.receiving.ledger()] == [1]


def test_a_commune_receives_nothing_and_an_empty_folder_is_told(exchange: Exchange, tmp_path: Path) -> None:
    with pytest.raises(NotAReceiver):
        exchange.below.receiving.receive([tmp_path])
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(NothingToReceive):
        exchange.above.receiving.receive([empty])


def test_receipts_follow_each_other_and_are_written_again(exchange: Exchange, tmp_path: Path) -> None:
    for month in (SEPTEMBER, OCTOBER):
        exchange.above.receiving.receive([exchange.send(month)])
    folder = tmp_path / "receipts"
    first, second = sorted(exchange.above.receiving.write_receipts(folder))
    told = [inspect(path.read_bytes()) for path in (first, second)]
    receipts = [one.receipt for one in told]
    assert receipts[0] is not None
    assert receipts[1] is not None
    assert [(r.receipt_no, r.answer, r.place.seq) for r in receipts if r] == [
        (1, Answer.APPLIED, 1),
        (2, Answer.APPLIED, 2),
    ]
    assert receipts[1].prev_receipt == told[0].manifest_hash
    content = first.read_bytes()
    exchange.above.receiving.write_receipts(folder)
    assert first.read_bytes() == content
    assert files_of([folder]) == ()  # receipts in a folder are not taken for reports


def test_each_branch_is_kept_beside_its_commune(exchange: Exchange) -> None:
    exchange.above.receiving.receive([exchange.send()])
    with exchange.above.read() as work:
        rows = {row["branch_name"]: row["content"] for row in work.sync.partition("99001", "2026-10") if row["branch"]}
    assert sorted(rows) == ["Ấp An Hòa", "Ấp Phú Mỹ"]
    assert rows["Ấp An Hòa"]["org.attendance_pct"] == {"num": 11, "den": 12, "ytd_num": 22, "ytd_den": 24}
    assert rows["Ấp Phú Mỹ"]["activity/MEETING"]["roster"] == 15


def test_units_below_with_their_last_file(exchange: Exchange, tmp_path: Path) -> None:
    silent = commune(tmp_path / "silent", "99009", "Im Lặng")
    introduce(silent, exchange.above)
    exchange.others.append(silent)
    exchange.above.receiving.receive([exchange.send()])
    heard, mute = exchange.above.receiving.units()
    assert heard.last is not None
    assert heard.last.received_on == date(2026, 11, 3)
    assert (mute.key.unit_name, mute.last, mute.refused) == ("Hội LHPN xã Im Lặng", None, None)
    totals = exchange.above.receiving.totals.as_json(OCTOBER)
    assert (totals["units_sent"], totals["units_known"], totals["missing"]) == (1, 2, ["99009"])
    # what no longer counts stays to be seen: one key was replaced, one is gone
    renewing.renew(exchange.below)
    trusting.accept(exchange.above, exchange.below.sending.key_file())
    registering.revoke(exchange.above, "99009", None, "Mất máy")
    heard, mute = exchange.above.receiving.units()
    assert (heard.has_key, [(one.replaced, one.on_day) for one in heard.ended]) == (True, [(True, date(2026, 11, 3))])
    assert (mute.has_key, [(one.replaced, one.why) for one in mute.ended]) == (False, [(False, "Mất máy")])


def test_the_keys_as_ssh_reads_them(exchange: Exchange, tmp_path: Path) -> None:
    out = tmp_path / "allowed_signers"
    exchange.above.receiving.write_allowed_signers(out)
    below, above = out.read_text().splitlines()
    assert below.startswith('unit-99001 namespaces="hpn-report@v1,hpn-transfer@v1,hpn-handover@v1" ssh-ed25519 ')
    assert below.endswith(public_line(exchange.below.sending.keys().sign_key))
    assert above.startswith('unit-99 namespaces="hpn-receipt@v1,hpn-register@v1,hpn-defpack@v1" ssh-ed25519 ')
    assert above.endswith(public_line(exchange.above.sending.keys().sign_key))
    made = registering.made_here(exchange.above)
    for told in ({"level": "DISTRICT"}, {"scope": "990"}):  # a unit below that receives files itself
        rows = tuple({**row, **told} if row["role"] == "SENDER" else row for row in made.rows)
        both = registering.allowed_signers(replace(made, rows=rows)).splitlines()[0]
        assert 'hpn-report@v1,hpn-transfer@v1,hpn-handover@v1,hpn-receipt@v1,hpn-register@v1,hpn-defpack@v1"' in both


def test_every_refusal_has_two_sentences() -> None:
    from sochihoi.sync.errors import Code

    told = {code: words.refusal(code.value) for code in Code}
    assert all(message.what.endswith(".") and message.todo.endswith(".") for message in told.values())
    assert words.refusal("SOMETHING_NEW") == told[Code.INTERNAL]


def test_a_second_commune_with_many_months_stays_apart(exchange: Exchange, tmp_path: Path) -> None:
    small = commune(tmp_path / "small", "99004", "Nhỏ")
    with_records(small, 2, (OCTOBER,))
    introduce(small, exchange.above)
    exchange.others.append(small)
    exchange.send()
    exchange.send(office=small)
    exchange.above.receiving.receive([exchange.stick])
    totals = exchange.above.receiving.totals
    assert len(totals.of(SEPTEMBER).sent) == 1
    assert len(totals.of(SEPTEMBER).missing) == 1
    assert [s.unit_code for s in totals.split("org.members", SEPTEMBER)] == ["99001"]
