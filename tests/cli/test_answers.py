"""The way back on the command line: decide, judge, take back, ask, answer, missing, receipt, verify, watch."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from sochihoi.cli.frame import DONE, MENDABLE, USAGE
from sochihoi.cli.sync import stopping, watch
from sochihoi.domain.exchange import Outcome
from sochihoi.domain.gap_codes import spelled
from sochihoi.domain.periods import Period
from sochihoi.services.office import Office
from sochihoi.services.opening import open_office
from sochihoi.services.receiving import Verdict
from sochihoi.storage.errors import FolderInUse
from tests.cli.sync_runs import run
from tests.exchange_data import MOMENT, OCTOBER, SEPTEMBER, Exchange, introduce, make_exchange
from tests.offices import PASSWORD, around
from tests.services.test_deciding import halved

pytestmark = pytest.mark.usefixtures("password")


@pytest.fixture
def exchange(tmp_path: Path) -> Exchange:
    """Both sides know each other; the files of both months lie on the stick, all folders are free."""
    made = make_exchange(tmp_path)
    made.send(SEPTEMBER)
    made.send(OCTOBER)
    made.close()
    return made


def above(exchange: Exchange, *words: str) -> tuple[int, str, str]:
    return run(exchange.root / "above", *words)


def below(exchange: Exchange, *words: str) -> tuple[int, str, str]:
    return run(exchange.root / "commune", *words)


def test_a_held_file_ends_1_until_somebody_decides(tmp_path: Path) -> None:
    made = halved(tmp_path)
    sent = made.send()
    made.close()
    code, told, said = above(made, "receive", "--json", str(sent))
    (verdict,) = json.loads(told)
    assert (code, verdict["verdict"], verdict["code"]) == (MENDABLE, "HELD", "HOLD")
    assert verdict["findings"][0]["rule"] == "MEMBERS_GONE"
    assert "giảm 50\u00a0%" in said
    assert "1 chờ quyết định" in said
    assert above(made, "decide", sent.name)[0] == USAGE
    assert above(made, "decide", sent.name, "--return")[0] == MENDABLE  # no reason
    assert above(made, "decide", "HPN_1.hpn", "--accept")[0] == MENDABLE
    code, told, said = above(made, "decide", sent.name, "--return", "--reason", "Chị xem lại.", "--json")
    assert (code, json.loads(told)["decision"]) == (DONE, "RETURNED")
    code, told, _said = above(made, "decide", verdict["number"], "--accept", "--json")
    assert (code, json.loads(told)["verdict"]) == (DONE, "STORED")


def test_the_whole_way_there_and_back(exchange: Exchange) -> None:
    stick, back = exchange.stick, exchange.root / "back"
    code, told, _said = above(exchange, "receive", "--json", str(stick))
    taken = json.loads(told)
    assert [one["verdict"] for one in taken] == ["STORED", "STORED"]
    # ten letters by telephone, of the second file
    code, told, _said = above(exchange, "receipt", "--tell", taken[1]["file"], "--json")
    letters = json.loads(told)["code"]
    code, told, said = below(exchange, "receipt", "--code", letters, "--json")
    assert (code, json.loads(told)["seq"], json.loads(told)["state"]) == (DONE, 2, "PHONED")
    assert below(exchange, "receipt", "--code", "ABC")[0] == MENDABLE
    said_to = ("--say", "Chị xem lại số buổi.")
    assert above(exchange, "ask", "99001", "--period", "2026-10", "--indicator", "org.meetings", *said_to)[0] == DONE
    code, told, _said = above(exchange, "answer", "--out", str(back), "--json")
    (packed,) = json.loads(told)
    assert (code, Path(packed).name) == (DONE, "HPN_99001_TRALOI_0003.zip")
    code, told, said = below(exchange, "receipt", packed, "--json")
    receipt = next(one for one in json.loads(told) if one["kind"] == "receipt")
    assert (code, receipt["answer"], receipt["receipt_no"]) == (DONE, "APPLIED", 3)
    assert receipt["corrections"] == [
        {"period": "2026-10", "indicator": "org.meetings", "rule": "PERSON", "said": "Chị xem lại số buổi."}
    ]
    assert receipt["also"] == [{"period": "2026-09", "seq": 1, "state": "RECEIVED"}]
    assert "Chị xem lại số buổi." in said
    assert "Cấp trên cũng đã nhận tệp số 1, tháng 9/2026." in said
    slip = exchange.root / "slip.pdf"
    assert above(exchange, "receipt", "--slip", taken[1]["file"], "--out", str(slip))[0] == DONE
    assert slip.read_bytes().startswith(b"%PDF")
    # and taken back
    assert above(exchange, "unreceive", taken[0]["file"])[0] == MENDABLE  # built upon
    code, told, said = above(exchange, "unreceive", "--batch", taken[0]["batch"], "--json")
    assert (code, len(json.loads(told)["files"])) == (DONE, 2)
    assert "tháng 9/2026" in said
    assert above(exchange, "unreceive", "--batch", taken[0]["batch"])[0] == MENDABLE
    above(exchange, "answer", "99001", "--out", str(back))
    code, _told, said = below(exchange, "receipt", str(back / "HPN_99001_TRALOI_0005.zip"))
    assert code == DONE
    assert "hủy nhận" in said


def test_missing_months_are_asked_for_by_a_code(exchange: Exchange) -> None:
    code, told, said = above(exchange, "missing", "99001", "--period", "2026-12", "--json")
    asked = json.loads(told)
    assert (code, asked["months"], asked["running"]) == (DONE, ["2026-10"], "2026-11")
    assert "Tháng 11/2026" in said
    above(exchange, "receive", str(exchange.stick))
    assert above(exchange, "missing", "99001", "--period", "2026-10")[0] == MENDABLE
    assert "11/2026" in above(exchange, "missing", "99001", "--period", "2026-12")[2]  # it is going on
    asked["code"], asked["months"] = spelled("99001", [Period.month(2026, 11)]), ["2026-11"]
    code, told, said = below(exchange, "send", "--gap", asked["code"], "--out", str(exchange.stick), "--json")
    assert (code, json.loads(told)) == (MENDABLE, {"asked": asked["months"], "open": asked["months"], "files": []})
    assert "chưa chốt" in said
    assert below(exchange, "send", "--gap", "X", "--period", "2026-10", "--out", "x")[0] == USAGE


def test_refused_files_are_judged_again(tmp_path: Path) -> None:
    made = make_exchange(tmp_path, introduced=False)
    from sochihoi.services import trusting

    trusting.accept(made.below, made.above.sending.key_file())
    made.send()
    made.above.receiving.receive([made.stick])
    introduce(made.below, made.above)
    made.close()
    code, told, _said = above(made, "judge", "--json")
    assert (code, [one["verdict"] for one in json.loads(told)]) == (DONE, ["STORED"])


# ---------------------------------------------------------------------- other programs


def test_the_commands_that_verify_prints_do_verify(exchange: Exchange) -> None:
    if not (shutil.which("ssh-keygen") and shutil.which("unzip")):
        pytest.skip("no OpenSSH here")
    office = open_office(exchange.root / "above", PASSWORD, around=around("v", MOMENT))
    place = exchange.root / "third"
    place.mkdir()
    office.receiving.write_allowed_signers(place / "allowed_signers")
    office.close()
    above(exchange, "receive", str(exchange.stick))
    above(exchange, "answer", "--out", str(exchange.root / "back"))
    file = next(exchange.stick.glob("*_0002.hpn"))
    code, told, _said = above(exchange, "verify", str(file))
    lines = told.splitlines()
    assert code == DONE
    checks = [line for line in lines if not line.startswith(("#", "age "))]
    done = [subprocess.run(line, shell=True, cwd=place, capture_output=True, text=True, check=False) for line in checks]  # noqa: S602
    assert [one.returncode for one in done] == [0, 0, 0], [one.stderr for one in done]
    assert "Good " in done[1].stdout
    assert done[2].stdout.strip() == lines[-2].removeprefix("# ")
    assert lines[-1] == "age -d -i key.txt payload.age | gzip -dc"
    (packed,) = (exchange.root / "back").iterdir()
    code, told, _said = above(exchange, "verify", "--json", str(packed))
    inner = json.loads(told)["commands"]
    assert inner[0] == f"unzip -o {packed}"
    assert any("hpn-receipt@v1" in line for line in inner)
    bad = exchange.root / "x.hpn"
    bad.write_bytes(b"PK")
    assert above(exchange, "verify", str(bad))[0] == MENDABLE


# ---------------------------------------------------------------------- watching a folder


@pytest.fixture
def office(exchange: Exchange) -> Iterator[Office]:
    opened = open_office(exchange.root / "above", PASSWORD, around=around("w", MOMENT))
    yield opened
    opened.close()


def test_a_watched_folder_gets_its_answers(exchange: Exchange, office: Office) -> None:
    told: list[Verdict] = []
    written: list[Path] = []
    looks: list[float] = []
    watch(office, [exchange.stick], told.extend, written.extend, wait=looks.append, rounds=5)
    assert [one.outcome for one in told] == [Outcome.STORED] * 2  # the answers are not taken in
    assert [path.relative_to(exchange.stick).as_posix() for path in written] == ["answers/HPN_99001_TRALOI_0002.zip"]
    assert len(looks) == 4
    watch(office, [exchange.stick], told.extend, written.extend, wait=looks.append, rounds=3)
    assert [one.outcome for one in told[2:]] == [Outcome.DUPLICATE] * 2  # begun again: what was lost is written again
    assert len(written) == 2


def test_one_watcher_a_folder(exchange: Exchange, office: Office) -> None:
    def second(_seconds: float) -> None:
        with pytest.raises(FolderInUse):
            watch(office, [exchange.stick], lambda _verdicts: None, rounds=1)

    watch(office, [exchange.stick], lambda _verdicts: None, wait=second, rounds=2)
    watch(office, [exchange.stick], lambda _verdicts: None, rounds=1)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_asked_to_end_it_finishes_its_file_and_no_other(exchange: Exchange, office: Office, number: int) -> None:
    before = signal.getsignal(number)
    told: list[Verdict] = []
    with stopping() as stop:

        def ask(_seconds: float) -> None:
            signal.raise_signal(number)

        watch(office, [exchange.stick], told.extend, stop=stop, wait=ask)
        assert stop.is_set()
    assert signal.getsignal(number) is before
    assert told == []  # asked between the first look and the second: nothing was begun
    watch(office, [exchange.stick], told.extend, wait=lambda _seconds: None, rounds=2)
    assert len(told) == 2
