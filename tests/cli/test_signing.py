"""``sign-pdf`` as a person or a script calls it: exit codes, sentences, where PIN and password come from."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sochihoi.cli.frame import main
from sochihoi.reports import fonts
from sochihoi.reports.official import pdf
from sochihoi.reports.signing.check import verify
from tests.cli.calls import environment, start
from tests.offices import around, make_office
from tests.reports import samples
from tests.reports.signing import certificates as made
from tests.reports.signing.conftest import png
from tests.reports.signing.tokens import PIN, soft_tokens


@pytest.fixture
def paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(fonts.CHOICE, "liberation")
    monkeypatch.delenv("SOCHIHOI_PIN", raising=False)
    (tmp_path / "paper.pdf").write_bytes(pdf(samples.monthly()))
    (tmp_path / "key.p12").write_bytes(made.holder().key_file())
    return tmp_path / "paper.pdf"


Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """In this process: exit code and standard error; nothing on standard output. The clock is the tests'."""

    def call(*words: str) -> tuple[int, str]:
        status = main(["--data", str(tmp_path / "no-book"), *words], around(moment=made.NOW))
        done = capsys.readouterr()
        assert done.out == ""
        return status, done.err

    return call


def test_with_a_key_file(paper: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOCHIHOI_PIN", made.PASSWORD)
    out = paper.with_name("out.pdf")
    words = ("--lang", "vi", "sign-pdf", str(paper), "--p12", str(paper.with_name("key.p12")), "--out", str(out))
    status, said = run(*words)
    assert status == 0
    assert f"Đã ký: {out}" in said
    assert made.SIGNER in said
    assert made.PASSWORD not in said
    (check,) = verify(out.read_bytes(), made.NOW)
    assert check.agrees
    assert out.read_bytes().startswith(paper.read_bytes())
    # An output that exists is left alone
    before = out.read_bytes()
    assert run(*words)[0] == 1
    assert out.read_bytes() == before
    assert run(*words, "--force")[0] == 0
    # Without --out it stands beside the paper
    assert run("sign-pdf", str(paper), "--p12", str(paper.with_name("key.p12")))[0] == 0
    assert paper.with_name("paper_DaKy.pdf").is_file()


def test_what_ends_1_says_what_to_do(paper: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    key = str(paper.with_name("key.p12"))
    monkeypatch.setenv("SOCHIHOI_PIN", "sai")
    for words, told in (
        ((str(paper), "--p12", key), "does not open the key file"),
        ((str(paper), "--p12", str(paper)), "no key file"),
        ((str(paper.with_name("none.pdf")), "--p12", key), "none.pdf"),
        ((key, "--p12", key), "no PDF"),
        ((str(paper), "--pkcs11", key), "no library of a token"),
        ((str(paper), "--p12", key, "--image", key), "picture"),
    ):
        status, said = run("--lang", "en", "sign-pdf", *words, "--out", str(paper.with_name("out.pdf")))
        assert status == 1, words
        assert told in said, said
    assert not paper.with_name("out.pdf").exists()


def test_wrong_usage_ends_2(paper: Path, run: Run) -> None:
    for words in (
        (),
        (str(paper),),
        (str(paper), "--p12", "a", "--pkcs11", "b"),
        (str(paper), "--p12", "a", "--as", "nobody"),
        (str(paper), "--p12", "a", "--token", "x"),
    ):
        assert run("--lang", "en", "sign-pdf", *words)[0] == 2, words


def test_nobody_is_asked_without_a_terminal(paper: Path, tmp_path: Path) -> None:
    done = start(tmp_path / "home", "--lang", "en", "sign-pdf", str(paper), "--p12", str(paper.with_name("key.p12")))
    assert done.returncode == 1
    assert "--pin-stdin" in done.stderr
    assert done.stdout == ""


def with_pin(pin: str, *words: str) -> tuple[int, str]:
    """The PIN comes from another program."""
    done = subprocess.run(
        [sys.executable, "-m", "sochihoi", "--lang", "en", "sign-pdf", *words, "--pin-stdin"],
        env=environment(Path()),
        input=f"{pin}\n",
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_a_token_with_the_pin_from_standard_input(paper: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    out, seal = paper.with_name("out.pdf"), paper.with_name("seal.png")
    seal.write_bytes(png(425, 425, (205, 0, 0), 300))
    with soft_tokens(tmp_path_factory.mktemp("hsm")) as plugged:
        plugged.add("Con dấu", made.organisation())
        key = (str(paper), "--pkcs11", str(plugged.library), "--image", str(seal), "--out", str(out), "--token")
        status, said = with_pin("000000", *key, "Con dấu")
        assert status == 1
        assert "refused the PIN" in said
        assert with_pin(PIN, *key, "Khác")[0] == 1
        assert not out.exists()
        status, said = with_pin(PIN, *key, "Con dấu")
        assert status == 0, said
        assert PIN not in said
    (check,) = verify(out.read_bytes(), made.NOW)
    assert check.signer == made.UNIT
    assert check.box is not None


def test_a_clock_before_the_book_signs_nothing(paper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_office(tmp_path / "data").close()
    monkeypatch.setenv("SOCHIHOI_PIN", made.PASSWORD)
    words = ["--lang", "en", "--data", str(tmp_path / "data"), "sign-pdf", str(paper), "--p12"]
    words += [str(paper.with_name("key.p12")), "--out", str(paper.with_name("out.pdf"))]
    assert main(words, around(moment=datetime(2019, 1, 1, tzinfo=UTC))) == 1
    assert not paper.with_name("out.pdf").exists()
