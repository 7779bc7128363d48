"""Files as mail programs, messengers and officers pack them: each one inside is judged by itself."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from sochihoi.domain.exchange import NotAKeyFile, Outcome
from sochihoi.services import trusting
from sochihoi.services.inspecting import inspect
from sochihoi.ui import words
from sochihoi.ui.words import sync as sync_words
from tests.exchange_data import OCTOBER, SEPTEMBER, Exchange, make_exchange

pytestmark = pytest.mark.usefixtures("both_engines")


@pytest.fixture
def exchange(tmp_path: Path) -> Iterator[Exchange]:
    made = make_exchange(tmp_path)
    yield made
    made.close()


def packed(target: Path, *files: Path) -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.write(file, file.name)
    return target


def test_several_files_in_one_zip_are_judged_one_by_one_in_order(exchange: Exchange, tmp_path: Path) -> None:
    files = [exchange.send(SEPTEMBER), exchange.send(OCTOBER)]
    broken = tmp_path / "HPN_99007_2026-10_0001.hpn"
    broken.write_bytes(files[0].read_bytes()[:500])
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    packed(inbox / "bao cao thang 9, 10.zip", files[1], broken, files[0])
    (inbox / "anh.zip").write_bytes(b"PK\3\4 no archive at all")
    verdicts = exchange.above.receiving.receive([inbox])
    assert [(one.file_name, one.outcome) for one in verdicts] == [
        ("HPN_99001_2026-09_0001.hpn (bao cao thang 9, 10.zip)", Outcome.STORED),
        ("HPN_99001_2026-10_0002.hpn (bao cao thang 9, 10.zip)", Outcome.STORED),
        ("HPN_99007_2026-10_0001.hpn (bao cao thang 9, 10.zip)", Outcome.REFUSED),
    ]
    assert not any(one.line.warnings for one in verdicts if one.line)
    assert sync_words.verdict(verdicts[2]).what == words.say(verdicts[2].problem).what  # type: ignore[arg-type]
    line = next(line for line in exchange.above.receiving.ledger() if line.verdict is Outcome.REFUSED)
    assert sync_words.line_words(line) == sync_words.verdict(verdicts[2])  # the ledger says the same later


def test_a_saved_letter_gives_its_file(exchange: Exchange, tmp_path: Path) -> None:
    sent = exchange.send()
    letter = EmailMessage()
    letter["From"], letter["Subject"] = "xa@example.vn", "Báo cáo"
    letter.set_content("Kính gửi.")
    letter.add_attachment(sent.read_bytes(), maintype="application", subtype="octet-stream", filename=sent.name)
    saved = tmp_path / "inbox" / "Báo cáo.eml"
    saved.parent.mkdir()
    saved.write_bytes(letter.as_bytes())
    (verdict,) = exchange.above.receiving.receive([saved.parent])
    assert (verdict.outcome, verdict.file_name) == (Outcome.STORED, f"{sent.name} (Báo cáo.eml)")


@pytest.mark.parametrize("name", ["{0} (1).hpn", "{0}(2).hpn", "{0}.hpn (1)", "{0}.hpn(3).zip", "{0} - Copy.hpn"])
def test_a_download_named_by_a_browser_is_fine(exchange: Exchange, tmp_path: Path, name: str) -> None:
    sent = exchange.send()
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    copy = inbox / name.format(sent.stem)
    if name.endswith(".zip"):
        packed(copy, sent)
    else:
        copy.write_bytes(sent.read_bytes())
    (verdict,) = exchange.above.receiving.receive([inbox])
    assert (verdict.outcome, verdict.file_name) == (Outcome.STORED, copy.name)


def test_trust_says_what_it_needs(tmp_path: Path) -> None:
    made = make_exchange(tmp_path, introduced=False)
    key = made.below.sending.key_file()
    trusting.accept(made.below, made.above.sending.key_file())
    report = made.send().read_bytes()
    trusting.accept(made.above, key)
    made.above.receiving.receive([made.stick])
    (receipt,) = made.above.receiving.write_receipts(tmp_path / "receipts")
    wrong = {
        "report": report,
        "receipt": receipt.read_bytes(),
        "key file changed": key.replace(b"99001", b"99002"),
        "empty": b"",
        "not ours": b"%PDF-1.7 xxxx",
        "ends early": report[:700],
    }
    told = set()
    for instead, data in wrong.items():
        with pytest.raises(NotAKeyFile) as refused:
            trusting.offer(made.above, data)
        assert refused.value.instead == instead
        message = words.say(refused.value)
        told.add(message.what)
        assert "hpnkey" in message.todo or instead == "key file changed"
    assert len(told) == len(wrong)
    # a messenger's ZIP around a key file is taken off, and what is kept is the key file itself
    file = tmp_path / "HPN_99001.hpnkey"
    file.write_bytes(key)
    wrapped = packed(tmp_path / "HPN_99001.hpnkey.zip", file).read_bytes()
    assert trusting.offer(made.above, wrapped).known
    assert inspect(wrapped).kind == "key"
    neighbour = make_exchange(tmp_path / "other", introduced=False, records=False)
    (tmp_path / "k.hpnkey").write_bytes(neighbour.above.sending.key_file())
    made.close()
    zipped = packed(tmp_path / "k.zip", tmp_path / "k.hpnkey").read_bytes()
    assert trusting.accept(neighbour.below, zipped).keys == neighbour.above.sending.key_file()
    neighbour.close()


def test_a_kind_of_file_that_came_later_has_a_name() -> None:
    assert sync_words.kind_words("letter") == sync_words.kind_words("pack") != "pack"
    assert sync_words.answer_words("HELD") == "HELD"
