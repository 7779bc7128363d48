"""One value, one spelling."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sochihoi.sync.canonical import MAX_INTEGER, NotCanonical, canon, parse

_text = st.text(st.characters(exclude_categories=("Cs",))).map(lambda text: unicodedata.normalize("NFC", text))
_keys = st.text(st.characters(max_codepoint=126))
_leaves = _text | st.booleans() | st.integers(-MAX_INTEGER, MAX_INTEGER)
_values = st.recursive(
    _leaves, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_keys, inner, max_size=3), max_leaves=6
)


@settings(deadline=None, derandomize=True)
@given(_values)
def test_every_value_comes_back_from_its_spelling(value: Any) -> None:
    data = canon(value)
    assert parse(data) == value
    assert canon(parse(data)) == data


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" {}",
        b"{}\n",
        b'{"b":1,"a":2}',
        b'{"a":1,"a":1}',
        b'{"a": 1}',
        b'{"a":1.0}',
        b'{"a":1e2}',
        b'{"a":-0}',
        b'{"a":null}',
        b'{"a":NaN}',
        b'{"a":Infinity}',
        b'{"a":9007199254740993}',
        b'{"a":-9007199254740993}',
        b'{"a":' + b"1" * 5000 + b"}",
        b'{"a":"\\u0041"}',
        b'{"a":"\\/"}',
        b'{"a":"\\ud800"}',
        b'{"a":"e\xcc\x81"}',
        b'{"\xc3\xa9":1}',
        b'{"a":"\xff"}',
        b"\xef\xbb\xbf{}",
        b"[" * 60_000,
        b"[" * 9 + b"]" * 9,
        b"{}{}",
        b"'a'",
    ],
)
def test_every_other_spelling_is_refused(data: bytes) -> None:
    with pytest.raises(NotCanonical):
        parse(data)


@pytest.mark.parametrize(
    "value", [1.5, None, {"a": None}, {1: 1}, (1,), MAX_INTEGER + 1, "e\u0301", "\ud800", {"é": 1}]
)
def test_what_has_no_spelling_is_not_written(value: Any) -> None:
    with pytest.raises(NotCanonical):
        canon(value)


def test_the_spelling_is_that_of_rfc_8785() -> None:
    value = {"b": [True, False, -1], "a": 'é"\\\n\t\u001f\u007f€', "Z": {}}
    assert canon(value) == '{"Z":{},"a":"é\\"\\\\\\n\\t\\u001f\u007f€","b":[true,false,-1]}'.encode()
