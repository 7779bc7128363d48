"""The reason of a stay says by which decision a reorganisation began it."""

from __future__ import annotations

import pytest

from sochihoi.domain.reorganisation import Kind, reorganised_by, stay_reason


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("decision", ["", "12/QĐ-BTV", "12/QĐ ngày 1/10"])
def test_a_reason_is_read_back(kind: Kind, decision: str) -> None:
    assert reorganised_by(stay_reason(kind, decision)) == (kind, decision)


@pytest.mark.parametrize("typed", ["", "Lấy chồng ấp bên", "reorganised:dissolved 12/QĐ", "merge 12/QĐ"])
def test_what_a_person_typed_stays_hers(typed: str) -> None:
    assert reorganised_by(typed) == (None, typed)
