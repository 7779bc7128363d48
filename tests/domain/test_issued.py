"""An issued report stays as it was issued."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from datetime import date

import pytest

from sochihoi.domain.errors import UserError
from sochihoi.domain.issued import EditionReason, IssuedReport, MonthsOpen, PaperKind

FIRST = IssuedReport("1", "month", "2026", "x", "2026-10", 1, "12/BC-BTV", 12, date(2026, 11, 1), "Lê Thị Mẫu")


def test_a_further_edition_is_another_report_under_the_same_period() -> None:
    second = replace(FIRST, id="2", edition=2, number="15/BC-BTV", number_value=15, reason="Sót một chi hội")
    assert (second.form, second.unit_id, second.period) == (FIRST.form, FIRST.unit_id, FIRST.period)
    with pytest.raises(FrozenInstanceError):
        FIRST.number = "13/BC-BTV"  # type: ignore[misc]
    assert (FIRST.content, FIRST.figures) == ({}, {})


def test_a_signed_paper_is_told_apart_from_the_one_that_was_made_here() -> None:
    assert PaperKind("signed_pdf") is PaperKind.SIGNED_PDF is not PaperKind("pdf")


def test_problems_name_what_is_missing() -> None:
    with pytest.raises(UserError) as told:
        raise MonthsOpen("2026-Q4", ("2026-11", "2026-12"))
    assert isinstance(told.value, MonthsOpen)
    assert told.value.months == ("2026-11", "2026-12")
    assert EditionReason("2026-10", "month").form == "month"
