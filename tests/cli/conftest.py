"""A commune and the level above it, used from the command line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sochihoi.cli.frame import DONE
from tests.cli.sync_runs import run
from tests.exchange_data import Exchange, make_exchange
from tests.offices import PASSWORD


@pytest.fixture
def password(monkeypatch: pytest.MonkeyPatch) -> None:
    """As an officer has it set who works on the command line."""
    monkeypatch.setenv("SOCHIHOI_PASSWORD", PASSWORD)


@pytest.fixture
def exchange(tmp_path: Path, password: None) -> Iterator[Exchange]:
    """Both folders are there and closed; the two do not know each other yet."""
    made = make_exchange(tmp_path, introduced=False)
    made.close()
    return made


@pytest.fixture
def introduced(exchange: Exchange) -> Exchange:
    """Keys exchanged on the command line."""
    root = exchange.root
    for own, other in (("commune", "above"), ("above", "commune")):
        assert run(root / own, "key", "--out", str(root / f"{own}.hpnkey"))[0] == DONE
        del other
    assert run(root / "commune", "trust", str(root / "above.hpnkey"), "--yes")[0] == DONE
    assert run(root / "above", "trust", str(root / "commune.hpnkey"), "--yes")[0] == DONE
    return exchange
