"""Consent: each purpose apart, the open entry before a withdrawn one, silence is none."""

from __future__ import annotations

from datetime import date

import pytest

from sochihoi.domain.consent import NOTHING_SAID, Consent, ConsentState, ConsentText, Purpose, standings, text_on

BASIC, SENSITIVE = Purpose.BASIC, Purpose.SENSITIVE
MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)


def text(begins: date) -> ConsentText:
    return ConsentText(str(begins), begins, "", "", (), {}, (), "", "", "", "", {})


def test_silence_is_no_consent() -> None:
    assert {NOTHING_SAID.state(one) for one in Purpose} == {ConsentState.UNCONFIRMED}


def test_each_purpose_stands_apart_and_what_is_open_holds() -> None:
    again = Consent("3", "p1", BASIC, given_on=MAY)
    found = standings(
        [
            again,  # given before the one that was taken back, and still open
            Consent("1", "p1", BASIC, given_on=JUNE, withdrawn_on=JUNE),
            Consent("2", "p1", SENSITIVE, given_on=MAY, withdrawn_on=JUNE),
            Consent("4", "p2", SENSITIVE, given_on=JUNE),
            Consent("5", "p2", SENSITIVE),  # nobody knows since when: the one with a day is newer
        ]
    )
    assert set(found) == {"p1", "p2"}
    assert found["p1"].of(BASIC) is again
    assert found["p1"].state(BASIC) is ConsentState.GIVEN
    assert found["p1"].state(SENSITIVE) is ConsentState.WITHDRAWN
    assert found["p2"].state(BASIC) is ConsentState.UNCONFIRMED
    held = found["p2"].of(SENSITIVE)
    assert held is not None
    assert held.id == "4"


def test_the_newest_text_that_has_begun_else_the_first() -> None:
    first, later = text(MAY), text(JUNE)
    assert text_on([later, first], date(2026, 5, 31)) is first
    assert text_on([first, later], JUNE) is later
    assert text_on([later, first], date(2020, 1, 1)) is first
    with pytest.raises(ValueError, match="empty"):
        text_on([], JUNE)
