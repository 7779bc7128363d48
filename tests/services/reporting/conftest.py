"""The commune of the golden reports, read only."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sochihoi.services.office import Office
from tests.golden.reports.commune import golden_commune


@pytest.fixture(scope="module")
def commune(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Tests of one file share it and change no figure of it."""
    with golden_commune(tmp_path_factory.mktemp("commune") / "data") as made:
        yield made
