"""The check of the catalogues passes on whole ones and says what is wrong with others."""

from __future__ import annotations

import gettext
from pathlib import Path

import pytest

from installer import catalogues
from installer.catalogues import Places

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: nplurals=1; plural=0;\\n"\n'
CODE = """
def words(count, name):
    _("Save")
    _("Hello {name}").format(name=name)
    ngettext("{count} member", "{count} members", count).format(count=count)
    pgettext("state", "Open")
    N_("Later")
    _("PDF")
    _("{a} / {b}")
"""
WORDS = """
msgid "Save"
msgstr "Lưu"

msgid "Hello {name}"
msgstr "Chào {name}"

msgid "{count} member"
msgid_plural "{count} members"
msgstr[0] "{count} hội viên"

msgctxt "state"
msgid "Open"
msgstr "Đang mở"

msgid "Later"
msgstr "Để sau"

msgid "PDF"
msgstr "PDF"

msgid "{a} / {b}"
msgstr "{a} / {b}"

msgctxt "QShortcut"
msgid "Delete"
msgstr "Xóa"
"""


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """A small source tree whose catalogue is whole."""
    made = catalogues.here(tmp_path)
    made.code.mkdir(parents=True)
    made.words.mkdir(parents=True)
    (made.code / "page.py").write_text(CODE, encoding="utf-8")
    (made.words / "page.po").write_text(HEAD + WORDS, encoding="utf-8")
    made.alike.write_text("PDF\n", encoding="utf-8")
    return made


def _change(places: Places, old: str, new: str) -> None:
    file = places.words / "page.po"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_a_whole_catalogue_passes(places: Places) -> None:
    assert catalogues.check(places) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('msgid "Save"\nmsgstr "Lưu"\n', "", "'Save' has no Vietnamese"),
        ('msgstr "Lưu"', 'msgstr ""', "'Save' has no Vietnamese"),
        ('msgstr "Lưu"', 'msgstr "Save"', "still English"),
        ('msgid "Save"', '#, fuzzy\nmsgid "Save"', "is fuzzy"),
        ('msgstr "Lưu"', 'msgstr "Lưu!"', "exclamation mark"),
        ('msgstr "Lưu"', 'msgstr "Lưu "', "spaces at its ends"),
        ('msgstr "Lưu"', 'msgstr "Lu\u031bu"', "not in Unicode form NFC"),
        ('msgid "Save"\n', 'msgid "Store"\n', "'Store' is not used by the code"),
        ("Chào {name}", "Chào {ten}", "has placeholders ['ten'], the code fills ['name']"),
        ("Chào {name}", "Chào", "has placeholders [], the code fills ['name']"),
        ("Chào {name}", "Chào {name", "has placeholders"),
        ('msgctxt "state"\n', "", "'Open' has no Vietnamese"),
        ("msgid_plural \"{count} members\"\nmsgstr[0]", "msgstr", "another plural than the code"),
        ("{count} members", "{count} people", "another plural than the code"),
        ('msgid "Later"', 'msgid "Save"\nmsgstr "Cất"\n\nmsgid "Later"', "stands in it twice"),
        ('msgid "PDF"', '#~ msgid "Old"\n#~ msgstr "Cũ"\n\nmsgid "PDF"', "commented-out"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told(places: Places, old: str, new: str, told: str) -> None:
    _change(places, old, new)
    problems = catalogues.check(places)
    assert any(told in problem for problem in problems), problems


def test_a_sentence_in_two_parts(places: Places) -> None:
    (places.words / "shared.po").write_text(HEAD + '\nmsgid "Save"\nmsgstr "Ghi"\n', encoding="utf-8")
    assert [p.partition(": ")[2] for p in catalogues.check(places)] == ["'Save' stands in page.po already"]


def test_a_broken_part_is_named(places: Places) -> None:
    (places.words / "broken.po").write_text(HEAD + "\nthis is no line of a catalogue\n", encoding="utf-8")
    assert any(problem.startswith("broken.po: ") for problem in catalogues.check(places))


def test_parts_become_one_catalogue(places: Places) -> None:
    (places.words / "more.po").write_text(HEAD + '\nmsgid "More"\nmsgstr "Thêm"\n', encoding="utf-8")
    catalogues.build(places)
    words = gettext.translation("sochihoi", places.built / "locale", ["vi"])
    assert (words.gettext("Save"), words.gettext("More")) == ("Lưu", "Thêm")
    assert {words.ngettext("{count} member", "{count} members", n) for n in (0, 1, 2)} == {"{count} hội viên"}
    assert (words.pgettext("state", "Open"), words.gettext("Open")) == ("Đang mở", "Open")


def test_the_template_holds_every_sentence_with_its_place(places: Places) -> None:
    text = catalogues.extract(places).read_text(encoding="utf-8")
    assert "#: sochihoi/page.py:3" in text
    assert 'msgctxt "state"' in text
    assert 'msgid_plural "{count} members"' in text


@pytest.mark.parametrize("arguments", [[], ["fly"], ["build", "check"]])
def test_wrong_usage(arguments: list[str]) -> None:
    assert catalogues.main(arguments) == 2
