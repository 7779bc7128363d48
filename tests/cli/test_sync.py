"""``key``, ``trust``, ``send``, ``inspect``, ``receive``, ``totals``: how each call ends and what it says."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from sochihoi.cli.frame import DONE, MENDABLE, USAGE
from sochihoi.cli.sync import watch
from sochihoi.domain.exchange import NotAReceiver, Outcome
from sochihoi.services.receiving import Verdict
from tests.cli.sync_runs import run
from tests.exchange_data import OCTOBER, Exchange, make_exchange
from tests.offices import PASSWORD

pytestmark = pytest.mark.usefixtures("password")


def send(exchange: Exchange, *more: str) -> tuple[int, str, str]:
    return run(exchange.root / "commune", "send", "--period", "2026-10", "--out", str(exchange.stick), *more)


def test_key_writes_the_file_and_shows_the_digits(exchange: Exchange) -> None:
    out = exchange.root / "k.hpnkey"
    code, told, said = run(exchange.root / "commune", "key", "--out", str(out), "--json")
    facts = json.loads(told)
    assert (code, facts["unit"], facts["level"], len(facts["digits"])) == (DONE, "99001", "COMMUNE", 12)
    assert all(group in said for group in facts["digits"])
    assert out.is_file()
    code, told, said = run(exchange.root / "commune", "key", "--out", str(out))
    assert (code, told) == (MENDABLE, "")
    assert run(exchange.root / "commune", "key", "--out", str(out), "--force")[0] == DONE
    assert run(exchange.root / "commune", "key")[0] == USAGE


def test_trust_wants_yes_where_nobody_can_be_asked(exchange: Exchange, monkeypatch: pytest.MonkeyPatch) -> None:
    root = exchange.root
    run(root / "above", "key", "--out", str(root / "above.hpnkey"))
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    code, _told, said = run(root / "commune", "trust", str(root / "above.hpnkey"))
    assert (code, "--yes" in said) == (MENDABLE, True)
    assert send(exchange)[0] == MENDABLE
    code, told, _said = run(root / "commune", "trust", str(root / "above.hpnkey"), "--yes", "--json")
    assert (code, json.loads(told)["direction"], json.loads(told)["known"]) == (DONE, "PARENT", False)
    code, told, _said = run(root / "commune", "trust", str(root / "above.hpnkey"), "--json")
    assert (code, json.loads(told)["known"]) == (DONE, True)  # the same key again asks nothing


def test_trust_asks_at_a_terminal(exchange: Exchange, monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    root = exchange.root
    run(root / "above", "key", "--out", str(root / "above.hpnkey"))
    monkeypatch.setattr("sys.stdin", Terminal("n\n"))
    assert run(root / "commune", "trust", str(root / "above.hpnkey"))[0] == MENDABLE
    monkeypatch.setattr("sys.stdin", Terminal("y\n"))
    assert run(root / "commune", "trust", str(root / "above.hpnkey"))[0] == DONE


def test_trust_refuses_what_is_no_key_file(exchange: Exchange) -> None:
    broken = exchange.root / "broken.hpnkey"
    broken.write_bytes(b"no key")
    for file in (broken, exchange.root / "gone.hpnkey"):
        assert run(exchange.root / "commune", "trust", str(file), "--yes")[0] == MENDABLE


def test_send_before_trust_of_an_open_month_and_elsewhere(exchange: Exchange) -> None:
    code, _told, said = send(exchange)
    assert (code, "Hội LHPN tỉnh Mẫu" in said, list(exchange.stick.iterdir())) == (MENDABLE, True, [])
    commune = exchange.root / "commune"
    for period, code in (("2026-11", MENDABLE), ("2026-8", USAGE), ("2026-Q4", MENDABLE)):
        assert run(commune, "send", "--period", period, "--out", str(exchange.stick))[0] == code
    assert run(commune, "send", "--out", str(exchange.stick))[0] == USAGE
    assert run(exchange.root / "above", "send", "--period", "2026-10", "--out", str(exchange.stick))[0] == MENDABLE
    assert run(exchange.root / "nobody", "send", "--period", "2026-10", "--out", str(exchange.stick))[0] == MENDABLE


def test_send_writes_the_same_file_again(introduced: Exchange) -> None:
    code, told, _said = send(introduced, "--json")
    facts = json.loads(told)
    file = Path(facts["file"])
    assert (code, facts["edition"], facts["seq"], facts["size"]) == (DONE, 1, 1, file.stat().st_size)
    content = file.read_bytes()
    assert send(introduced)[0] == DONE
    assert file.read_bytes() == content
    file.write_bytes(b"another file of that name")
    assert send(introduced)[0] == MENDABLE
    assert send(introduced, "--force")[0] == DONE
    assert file.read_bytes() == content
    gone = introduced.root / "no" / "stick"
    assert run(introduced.root / "commune", "send", "--period", "2026-10", "--out", str(gone))[0] == MENDABLE


def test_inspect_needs_nothing(introduced: Exchange, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOCHIHOI_PASSWORD")
    nowhere = introduced.root / "nowhere"
    monkeypatch.setenv("SOCHIHOI_PASSWORD", PASSWORD)
    send(introduced)
    file = next(introduced.stick.glob("*.hpn"))
    monkeypatch.delenv("SOCHIHOI_PASSWORD")
    code, told, said = run(nowhere, "inspect", str(file), "--json")
    facts = json.loads(told)
    assert (code, facts["kind"], facts["whole"], facts["proven"], facts["period"]) == (
        DONE,
        "report",
        True,
        False,
        "2026-10",
    )
    assert facts["from"] == facts["from"].strip() != ""
    assert facts["from"] in said
    for key in ("commune.hpnkey", "above.hpnkey"):
        code, told, _said = run(nowhere, "inspect", str(introduced.root / key), "--json")
        assert (code, json.loads(told)["kind"], len(json.loads(told)["digits"])) == (DONE, "key", 12)


def test_inspect_names_the_sender_where_her_key_is_known(introduced: Exchange) -> None:
    send(introduced)
    file = next(introduced.stick.glob("*.hpn"))
    _code, told, _said = run(introduced.root / "above", "inspect", str(file), "--json")
    assert (json.loads(told)["proven"], json.loads(told)["from"]) == (True, "Hội LHPN xã Hòa Phú")


def test_inspect_says_what_is_wrong(introduced: Exchange) -> None:
    send(introduced)
    good = next(introduced.stick.glob("*.hpn")).read_bytes()
    bad = introduced.root / "bad.hpn"
    for spoiled in (good[:-1], good[:200] + b"\0" + good[201:], b"", b"text", b'{"no":"key"}', b'{"fmt":"hpn-key/1"}'):
        bad.write_bytes(spoiled)
        code, told, said = run(introduced.root / "nowhere", "inspect", str(bad), "--json")
        facts = json.loads(told)
        assert (code, facts["whole"]) == (MENDABLE, False)
        assert said.startswith(f"{facts['code']}: ")
    assert run(introduced.root / "nowhere", "inspect", str(introduced.root / "gone.hpn"))[0] == MENDABLE


def test_inspect_reads_a_receipt(introduced: Exchange) -> None:
    from sochihoi.services.opening import open_office

    send(introduced)
    run(introduced.root / "above", "receive", str(introduced.stick))
    above = open_office(introduced.root / "above", PASSWORD)
    (receipt,) = above.receiving.write_receipts(introduced.root / "receipts")
    above.close()
    code, told, _said = run(introduced.root / "commune", "inspect", str(receipt), "--json")
    facts = json.loads(told)
    assert (code, facts["kind"], facts["answer"], facts["about"]) == (DONE, "receipt", "APPLIED", "99001")
    assert (facts["proven"], facts["from"]) == (True, "Hội LHPN tỉnh Mẫu")


def test_receive_totals_and_a_rehearsal(introduced: Exchange) -> None:
    send(introduced)
    above = introduced.root / "above"
    code, told, _said = run(above, "receive", str(introduced.stick), "--dry-run", "--json")
    assert (code, json.loads(told)[0]["verdict"]) == (DONE, "STORED")
    assert json.loads(run(above, "totals", "--period", "2026-10", "--json")[1])["units_sent"] == 0
    code, told, _said = run(above, "receive", str(introduced.stick), "--json")
    (facts,) = json.loads(told)
    assert (code, facts["verdict"], facts["unit"], facts["period"], facts["seq"]) == (
        DONE,
        "STORED",
        "99001",
        "2026-10",
        1,
    )
    code, told, _said = run(above, "receive", str(introduced.stick), "--json")
    assert (code, json.loads(told)[0]["verdict"]) == (DONE, "DUPLICATE")
    code, told, _said = run(above, "totals", "--period", "2026-10", "--json")
    facts = json.loads(told)
    assert (code, facts["units_sent"], facts["units_known"]) == (DONE, 1, 1)
    members: dict[str, Any] = next(row for row in facts["figures"] if row["code"] == "org.members")
    assert members | {"label": ""} == {
        "code": "org.members",
        "label": "",
        "value": 27,
        "numerator": None,
        "denominator": None,
        "previous": 27,
        "year_to_date": 27,
    }
    share = next(row for row in facts["figures"] if row["code"] == "org.attendance_pct")
    assert (share["value"], share["numerator"], share["denominator"]) == (88.9, 24, 27)
    code, told, said = run(above, "totals", "--period", "2026-10")
    assert (code, told, "27" in said) == (DONE, "", True)


def test_receive_ends_1_when_anything_was_refused_the_rest_being_stored(introduced: Exchange) -> None:
    send(introduced)
    (introduced.stick / "HPN_99002_2026-10_0001.hpn").write_bytes(b"damaged")
    above = introduced.root / "above"
    code, told, said = run(above, "receive", str(introduced.stick), "--json")
    assert (code, [one["verdict"] for one in json.loads(told)]) == (MENDABLE, ["STORED", "REFUSED"])
    assert "[CONTAINER]" in said
    assert run(above, "receive", str(introduced.root / "gone.hpn"))[0] == MENDABLE
    assert run(above, "receive")[0] == USAGE
    assert run(introduced.root / "commune", "receive", str(introduced.stick))[0] == MENDABLE
    assert run(introduced.root / "commune", "totals", "--period", "2026-10")[0] == MENDABLE
    assert run(above, "totals", "--period", "2026-12")[0] == MENDABLE
    assert run(above, "totals", "--period", "2026-13")[0] == USAGE


def test_watch_takes_a_file_once_it_is_whole(tmp_path: Path) -> None:
    exchange = make_exchange(tmp_path)
    sent = exchange.below.sending.prepare(OCTOBER)
    content = exchange.below.sending.content(sent.id)
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    file = inbox / sent.file_name
    told: list[Verdict] = []
    at = 0

    def wait(_seconds: float) -> None:
        nonlocal at
        at += 1
        if at == 1:
            file.write_bytes(content[:100])  # the copy begins
        if at == 2:
            file.write_bytes(content)

    watch(exchange.above, [inbox], told.extend, wait=wait, rounds=6)
    assert [(one.file_name, one.outcome) for one in told] == [(sent.file_name, Outcome.STORED)]
    with pytest.raises(NotAReceiver):
        watch(exchange.below, [inbox], told.extend, wait=wait, rounds=1)
    exchange.close()


def test_watch_ends_with_ctrl_c(introduced: Exchange, monkeypatch: pytest.MonkeyPatch) -> None:
    send(introduced)
    looks = 0

    def interrupted(_seconds: float) -> None:
        nonlocal looks
        looks += 1
        if looks == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr(
        "sochihoi.cli.sync.watch.__kwdefaults__", {"dry_run": False, "wait": interrupted, "rounds": None}
    )
    code, told, _said = run(introduced.root / "above", "receive", "--watch", "--json", str(introduced.stick))
    assert (code, [one["verdict"] for one in json.loads(told)]) == (DONE, ["STORED"])


def test_totals_speak_the_language_and_json_the_machine(introduced: Exchange) -> None:
    from sochihoi import i18n

    send(introduced)
    above = introduced.root / "above"
    run(above, "receive", str(introduced.stick))
    _code, _told, said = run(above, "totals", "--period", "2026-10")
    assert "Tháng 10/2026: 1/1 đơn vị đã gửi." in said
    assert "88,9\u00a0% (24/27)" in said
    assert "2026-10" not in said
    i18n.set_language("en")
    try:
        _code, told, said = run(above, "totals", "--period", "2026-10", "--json")
        english = {row["code"]: row["label"] for row in json.loads(told)["figures"]}
        _code, _told, said = run(above, "totals", "--period", "2026-10")
        _code, _told, looked = run(above, "inspect", str(next(introduced.stick.glob("*.hpn"))))
        _code, _told, longer = run(above, "totals", "--period", "2026-Q4")
    finally:
        i18n.set_language("vi")
    assert english["org.members"] == "Members at the end of the month"
    assert "Members at the end of the month: 27" in said
    assert "88.9\u00a0% (24/27)" in said
    assert "month 10/2026, file number 1" in looked.lower()
    assert "has not sent: month 11/2026, month 12/2026." in longer
    facts = json.loads(told)
    assert (facts["period"], facts["previous"]["period"], facts["missing_months"]) == ("2026-10", "2026-09", {})
    share = next(one for one in facts["targets"] if one["code"] == "bhyt_member_pct")
    assert (share["share"], share["units"][0]["goal_numerator"], share["units"][0]["goal_denominator"]) == (True, 1, 1)


def test_trust_names_what_it_was_given_and_what_it_needs(introduced: Exchange) -> None:
    send(introduced)
    report = next(introduced.stick.glob("*.hpn"))
    code, _told, said = run(introduced.root / "above", "trust", str(report), "--yes")
    assert (code, "tệp báo cáo" in said, ".hpnkey" in said) == (MENDABLE, True, True)
