"""TCVN3 and VNI: over every syllable there and back, by font name, by the words where the font is lost."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sochihoi.domain.syllables import every_syllable
from sochihoi.intake.legacy import TCVN3_LETTERS, Encoding, decode, guess, of_font, vni_letters

NAMES = ("Nguyễn Thị Ánh Tuyết", "Huỳnh Thị Như Ý", "Trần Đặng Quỳnh Hương", "Vũ Khánh Ngọc", "Đỗ Thuỳ Dương")


def encode(text: str, encoding: Encoding) -> str:
    """As an old program would have written it; TCVN3 draws accented capitals as small letters."""
    if encoding is Encoding.TCVN3:
        signs = {letter: sign for sign, letter in zip(*TCVN3_LETTERS, strict=True)}
        return "".join(signs.get(letter, signs.get(letter.lower(), letter)) for letter in text)
    signs = {letter: group for group, letter in reversed(vni_letters().items())}
    return "".join(signs.get(letter, letter) for letter in text)


@pytest.mark.parametrize("encoding", [Encoding.TCVN3, Encoding.VNI])
def test_every_syllable_comes_back(encoding: Encoding) -> None:
    wrong = [one for one in every_syllable() if decode(encode(one, encoding), encoding) != one]
    assert wrong == []


def test_capitals_of_vni_come_back_and_those_of_tcvn3_through_their_font() -> None:
    for one in every_syllable():
        assert decode(encode(one.upper(), Encoding.VNI), Encoding.VNI) == one.upper()
        assert decode(encode(one, Encoding.TCVN3), Encoding.TCVN3, capitals=True) == one.upper()


@pytest.mark.parametrize("encoding", list(Encoding))
@given(words=st.lists(st.sampled_from(every_syllable()), min_size=8, max_size=30, unique=True))
def test_the_words_of_a_column_tell_its_encoding(encoding: Encoding, words: list[str]) -> None:
    texts = words if encoding is Encoding.UNICODE else [encode(word, encoding) for word in words]
    telling = sum(word != text for word, text in zip(words, texts, strict=True))
    found = guess(texts)
    if encoding is Encoding.UNICODE or telling >= 5:
        assert found.encoding is encoding
        assert found.unread == ()


@given(st.text())
def test_unicode_is_never_converted(text: str) -> None:
    assert decode(text, Encoding.UNICODE) == unicodedata.normalize("NFC", text)
    if any(sign in "ăđơưạảấầẩẫậắằẳẵặẹẻẽềếểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ" for sign in text):
        assert decode(text, Encoding.TCVN3) == decode(text, Encoding.VNI) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("name", NAMES)
def test_names_read_as_they_are(name: str) -> None:
    assert decode(encode(name, Encoding.VNI), Encoding.VNI) == name
    # the capitals that TCVN3 has no letters for: stored with initial capitals, and marked, by the reader of rows
    assert decode(encode(name, Encoding.TCVN3), Encoding.TCVN3).lower() == name.lower()


def test_a_word_that_was_typed_in_capitals_is_read_in_capitals() -> None:
    assert decode("TRÇN THÞ HOA", Encoding.TCVN3) == "TRẦN THỊ HOA"
    assert decode("Êp Trµ Quýt", Encoding.TCVN3) == "ấp Trà Quýt"


def test_a_letter_that_was_lost_on_the_way_is_told() -> None:
    """ư is the soft hyphen in TCVN3, which pasting loses: Hương is left as Hơng."""
    found = guess(["NguyÔn ThÞ Hång", "Lý ThÞ H¬ng"])
    assert found.encoding is Encoding.TCVN3
    assert found.unread == ("Hơng",)


@pytest.mark.parametrize(
    ("font", "told"),
    [
        (".VnTime", (Encoding.TCVN3, False)),
        (".VnTimeH", (Encoding.TCVN3, True)),
        (".VNARIALH", (Encoding.TCVN3, True)),
        ("VNI-Times", (Encoding.VNI, False)),
        ("Times New Roman", (Encoding.UNICODE, False)),
        ("", (Encoding.UNICODE, False)),
    ],
)
def test_the_font_tells(font: str, told: tuple[Encoding, bool]) -> None:
    assert of_font(font) == told
