"""Pages as pictures, and the words of the papers."""

from __future__ import annotations

import string
from io import BytesIO

import pytest
from PIL import Image

from sochihoi.reports import official, preview, wording
from tests.reports import samples


def test_pages_become_pictures() -> None:
    pdf = official.pdf(samples.monthly())
    sizes = preview.page_sizes(pdf)
    assert [(round(wide), round(high)) for wide, high in sizes] == [(595, 842)] * 3
    picture = Image.open(BytesIO(preview.page_png(pdf, 0, 144)))
    assert picture.format == "PNG"
    assert picture.size == (1191, 1684)
    darkest, lightest = picture.convert("L").getextrema()
    assert (darkest < 60, lightest) == (True, 255)
    assert len(preview.all_pages_png(pdf, 30)) == 3
    for page in (-1, 3):
        with pytest.raises(IndexError):
            preview.page_png(pdf, page)


def placeholders(text: str) -> set[str]:
    return {name for _literal, name, _spec, _conversion in string.Formatter().parse(text) if name}


def test_words_exist_in_both_languages_with_the_same_places() -> None:
    for table, words in wording._words().items():
        for name, texts in words.items():
            assert set(texts) == {"vi", "en"}, (table, name)
            assert placeholders(texts["vi"]) == placeholders(texts["en"]), (table, name)
            assert "!" not in texts["vi"]
    with pytest.raises(KeyError):
        wording.word("vi", "minutes.time")
