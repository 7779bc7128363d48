"""Which words are Vietnamese syllables."""

from __future__ import annotations

import unicodedata

import pytest

from sochihoi.domain.syllables import every_syllable, is_syllable


@pytest.mark.parametrize(
    "word",
    [
        "Nguyễn",
        "THỊ",
        "Hoà",
        "Hòa",
        "Thuý",
        "Thúy",
        "gì",
        "giếng",
        "Gìn",
        "quýt",
        "Quỳnh",
        "nghiêng",
        "ơ",
        "Ấp",
        "yến",
        "khuỷu",
        "xoong",
        "quý",
        "ngoằn",
        "tuyệt",
        "Đặng",
        "y",
        "gia",
        "Huỳnh",
        "giỗ",
        "rượu",
    ],
)
def test_words_as_they_are_spelt(word: str) -> None:
    assert is_syllable(word)
    assert is_syllable(unicodedata.normalize("NFD", word))


@pytest.mark.parametrize("word", ["ThÞ", "Hä", "cat", "càt", "Nh", "", "Jane", "ngh", "hoàá", "Nguyeãn"])
def test_words_that_are_none(word: str) -> None:
    assert not is_syllable(word)


def test_every_syllable_is_one_and_stands_once() -> None:
    syllables = every_syllable()
    assert len(syllables) == len(set(syllables)) == 20_326
    assert all(is_syllable(one) for one in syllables)
    assert all(unicodedata.is_normalized("NFC", one) for one in syllables)
