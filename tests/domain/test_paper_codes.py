"""Ten letters that prove the figures of a paper."""

from __future__ import annotations

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sochihoi.domain import paper_codes
from sochihoi.domain.paper_codes import LETTERS, canonical, code_of, digest, numbers, qr_text, read, shown

FIGURES = {"org.members": (420, None), "org.attendance_pct": (31, 40)}


def test_the_canonical_text_is_the_same_in_any_order() -> None:
    turned = dict(reversed(FIGURES.items()))
    body = canonical("99001", "month", "2026-10", 1, FIGURES)
    assert body == canonical("99001", "month", "2026-10", 1, turned)
    assert json.loads(body) == {
        "v": 1,
        "unit": "99001",
        "branch": "",
        "form": "month",
        "period": "2026-10",
        "edition": 1,
        "figures": {"org.members": [420, None], "org.attendance_pct": [31, 40]},
    }
    assert digest(body) == hashlib.sha256(body).hexdigest()


def test_whatever_differs_gives_another_code() -> None:
    same = ("99001", "month", "2026-10", 1, FIGURES)
    codes = {
        code_of(digest(canonical(*made)))
        for made in (
            same,
            ("99002", *same[1:]),
            ("99001", "quarter", *same[2:]),
            ("99001", "month", "2026-09", *same[3:]),
            (*same[:3], 2, FIGURES),
            (*same[:4], {**FIGURES, "org.members": (421, None)}),
            (*same[:4], {**FIGURES, "org.attendance_pct": (30, 40)}),
            (*same[:4], {"org.members": (420, None)}),
        )
    }
    assert len(codes) == 8
    assert code_of(digest(canonical(*same, branch="b"))) not in codes


def test_the_code_is_the_first_fifty_bits() -> None:
    sha256 = "f" * 64
    assert code_of(sha256) == "Z" * 10
    assert code_of("0" * 64) == "2" * 10
    assert code_of("08" + "0" * 62) == "3" + "2" * 9  # 00001 000…


def test_unknown_figures_and_other_branches_are_left_out() -> None:
    frozen = {"": {"a": [5, None, None], "b": [None, 3, 4], "c": [None, None, None]}, "x": {"a": [2, None, None]}}
    assert numbers(frozen) == {"a": (5, None), "b": (3, 4)}
    assert numbers(frozen, "x") == {"a": (2, None)}
    assert numbers(frozen, "nobody") == {}


@given(st.text(alphabet=LETTERS, min_size=10, max_size=10))
def test_what_is_shown_scanned_or_typed_is_read_back(code: str) -> None:
    assert read(shown(code)) == code
    assert read(f"  {shown(code).lower()} ") == code
    assert read(" ".join(code)) == code
    assert read(qr_text("99001", "month", "2026-10", 1, code)) == code


@pytest.mark.parametrize("text", ["", "ABCDE", "ABCDE-FGHJ0", "ABCDE-FGHJI", "ABCDE-FGHJKL", "SOCHIHOI/1/x", "xã Hòa"])
def test_anything_else_is_no_code(text: str) -> None:
    assert read(text) == ""


def test_no_letter_is_taken_for_another() -> None:
    assert len(set(LETTERS)) == 32
    assert not set("01IO") & set(LETTERS)
    assert shown("") == ""
    assert paper_codes.LENGTH == 10
