"""A store in a temporary folder: real SQLCipher, a clock that stands still."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sochihoi.domain.ids import seeded
from sochihoi.storage.folder import DataFolder
from sochihoi.storage.store import Store
from tests import offices

KEY = bytes(range(32))
MOMENT = datetime(2026, 10, 26, 2, 0, tzinfo=UTC)
StoreMaker = Callable[..., Store]


@pytest.fixture
def make_store(tmp_path: Path) -> Iterator[StoreMaker]:
    made: list[Store] = []

    def make(path: Path | None = None, key: bytes = KEY, now: Callable[[], datetime] = lambda: MOMENT) -> Store:
        server = offices.records_above()
        store = Store(DataFolder(path or tmp_path / "commune"), key, now=now, ids=seeded(str(len(made))), server=server)
        store.account_id = "officer"
        made.append(store)
        return store

    yield make
    for store in made:
        store.close()


@pytest.fixture
def store(make_store: StoreMaker) -> Store:
    return make_store()
