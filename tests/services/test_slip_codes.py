"""The square codes on papers, read from the printed page by a reader that is not ours."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sochihoi.services.sync_papers import file_slip, key_slip
from tests.conftest import FindTool
from tests.exchange_data import Exchange, make_exchange

DPI = 150  # an office printer and the camera of a telephone do better


@pytest.fixture
def exchange(tmp_path: Path) -> Iterator[Exchange]:
    made = make_exchange(tmp_path / "exchange")
    yield made
    made.close()


Scan = Callable[[bytes], list[str]]


@pytest.fixture
def scan(tool: FindTool, tmp_path: Path) -> Scan:
    """The texts of every code on the pages of a PDF."""

    def read(pdf: bytes) -> list[str]:
        (tmp_path / "paper.pdf").write_bytes(pdf)
        subprocess.run(
            [tool("pdftoppm"), "-r", str(DPI), "-gray", "-png", str(tmp_path / "paper.pdf"), str(tmp_path / "page")],
            check=True,
        )
        pages = sorted(str(page) for page in tmp_path.glob("page-*.png"))
        done = subprocess.run(
            [tool("zbarimg"), "--quiet", "--raw", "--nodbus", *pages], check=True, capture_output=True, encoding="utf-8"
        )
        return done.stdout.splitlines()

    return read


def test_the_code_of_a_file_slip(exchange: Exchange, scan: Scan) -> None:
    exchange.send()
    below = exchange.below
    sent, unit = below.sending.history()[0], below.sending.keys().unit
    assert scan(file_slip(below, sent.id)) == [f"HPN;{unit};2026-10;{sent.seq};{sent.sha256}"]
    assert len(sent.sha256) == 64


@pytest.mark.parametrize("side", ["below", "above"])
def test_the_code_of_a_key_slip(exchange: Exchange, scan: Scan, side: str) -> None:
    office = getattr(exchange, side)
    keys = office.sending.keys()
    digits = "".join(keys.digits)
    assert len(digits) == 60
    assert scan(key_slip(office)) == [f"HPNKEY;{keys.unit};{digits}"]


def test_a_watermark_does_not_spoil_it(tmp_path: Path, scan: Scan) -> None:
    demo = make_exchange(tmp_path / "demo", demo=True, records=False)
    keys = demo.below.sending.keys()
    assert scan(key_slip(demo.below)) == [f"HPNKEY;{keys.unit};{''.join(keys.digits)}"]
    demo.close()
