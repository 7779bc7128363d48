"""The list of Decision 19/2025/QĐ-TTg: counts that the decision and the press gave, and looking things up."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from sochihoi import paths
from sochihoi.domain.errors import NotFound
from sochihoi.services.official_units import in_force
from sochihoi.ui import words

SHIPPED, _BROKEN = in_force(None, date(2026, 11, 22))


def test_counts_of_the_decision() -> None:
    assert len(SHIPPED.provinces) == 34
    assert len(SHIPPED.communes) == 3321
    assert Counter(c.kind for c in SHIPPED.communes) == {"xã": 2621, "phường": 687, "đặc khu": 13}
    assert Counter(p.kind for p in SHIPPED.provinces) == {"tỉnh": 28, "thành phố": 6}


@pytest.mark.parametrize(("code", "count"), [("37", 129), ("92", 103), ("56", 65)])
def test_counts_of_the_three_provinces_that_were_checked(code: str, count: int) -> None:
    assert len(SHIPPED.of_province(code)) == count


def test_codes_are_of_two_and_five_digits_each_once() -> None:
    assert {len(p.code) for p in SHIPPED.provinces} == {2}
    assert {len(c.code) for c in SHIPPED.communes} == {5}
    assert len({c.code for c in SHIPPED.communes}) == 3321
    assert {c.province_code for c in SHIPPED.communes} == {p.code for p in SHIPPED.provinces}


def test_the_file_is_nfc_and_says_where_it_is_from() -> None:
    text = (paths.resources() / "units" / "vn-2025-07-01.csv").read_text(encoding="utf-8")
    assert text == unicodedata.normalize("NFC", text)
    assert "19/2025/QĐ-TTg" in text.splitlines()[0]


def test_one_commune_by_its_code() -> None:
    found = SHIPPED.commune("31135")
    assert (found.full_name, found.province_name) == ("phường Ninh Kiều", "Cần Thơ")


def test_an_unknown_code() -> None:
    with pytest.raises(NotFound) as problem:
        SHIPPED.commune("99999")
    assert (problem.value.noun, problem.value.key) == ("official_commune", "99999")


@pytest.mark.parametrize(
    "text", ["ninh kieu", "Ninh Kiều", "phuong ninh kieu", "ninh kieu can tho", "31135", "NINH KIỀU"]
)
def test_found_however_it_is_typed(text: str) -> None:
    assert [c.code for c in SHIPPED.find(text)] == ["31135"]


def test_names_that_begin_with_the_text_come_first() -> None:
    found = SHIPPED.find("hòa phú")
    assert found
    assert found[0].name == "Hòa Phú"


def test_straight_and_curly_marks_are_the_same() -> None:
    assert SHIPPED.find("ea h'leo") == SHIPPED.find("ea h’leo") != ()


def test_nothing_typed_finds_nothing() -> None:
    assert SHIPPED.find("  ") == ()
    assert SHIPPED.find("zzz") == ()
    assert SHIPPED.of_province("00") == ()


def test_provinces_in_vietnamese_order() -> None:
    names = [p.name for p in SHIPPED.provinces]
    assert names.index("Cần Thơ") < names.index("Đà Nẵng") < names.index("Gia Lai")
    assert SHIPPED.provinces[0].full_name == "tỉnh An Giang"


# ---------------------------------------------------------------------- a pack corrects the list

LATER = date(2027, 6, 1)


def own_list(folder: Path, change: Callable[[list[str]], None], name: str = "vn-2027-05-01.csv") -> Path:
    """A pack whose list is the shipped one from 1 May 2027, changed. The pack's folder."""
    text = (paths.resources() / "units" / SHIPPED.file).read_text(encoding="utf-8")
    lines = text.replace("2025-07-01", "2027-05-01").splitlines()
    change(lines)
    (folder / "units").mkdir(exist_ok=True)
    (folder / "units" / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def one_renamed_one_added(lines: list[str]) -> None:
    at = next(at for at, line in enumerate(lines) if line.startswith("31135,"))
    lines[at] = "31135,Tây Đô,phường,92"
    lines.append("99001,Cồn Mới,xã,92")
    lines[0] = lines[0].replace("3321 communes", "3322 communes")


def test_a_pack_renames_a_commune_and_adds_one(tmp_path: Path) -> None:
    pack = own_list(tmp_path, one_renamed_one_added)
    found, broken = in_force(pack, LATER)
    assert broken == ()
    assert (found.valid_from, found.file, len(found.communes)) == (date(2027, 5, 1), "vn-2027-05-01.csv", 3322)
    assert found.commune("31135").full_name == "phường Tây Đô"
    assert [one.full_name for one in found.find("con moi can tho")] == ["xã Cồn Mới"]
    assert len(found.of_province("92")) == len(SHIPPED.of_province("92")) + 1


def test_a_list_holds_from_its_day(tmp_path: Path) -> None:
    pack = own_list(tmp_path, one_renamed_one_added)
    assert in_force(pack, date(2027, 4, 30))[0].commune("31135").name == "Ninh Kiều"
    assert in_force(pack, date(2027, 5, 1))[0].commune("31135").name == "Tây Đô"
    assert in_force(pack, date(2020, 1, 1))[0].commune("31135").name == "Ninh Kiều"  # a clock that is wrong
    assert in_force(tmp_path / "none", LATER)[0] is SHIPPED


def test_a_list_of_the_same_day_corrects_the_shipped_one(tmp_path: Path) -> None:
    def change(lines: list[str]) -> None:
        one_renamed_one_added(lines)
        lines[0] = lines[0].replace("2027-05-01", "2025-07-01")

    assert in_force(own_list(tmp_path, change), LATER)[0].commune("31135").name == "Tây Đô"


def _set(old: str, new: str) -> Callable[[list[str]], None]:
    def change(lines: list[str]) -> None:
        at = next(at for at, line in enumerate(lines) if old in line)
        lines[at] = lines[at].replace(old, new)

    return change


@pytest.mark.parametrize(
    ("change", "trouble", "value"),
    [
        (lambda lines: lines.append("99001,Cồn Mới,xã,92"), "COUNT", "3322/3321"),
        (lambda lines: lines.append("00004,Ba Đình,phường,01"), "TWICE", "00004"),
        (lambda lines: lines.append("99001,Cồn Mới,xã,99"), "PROVINCE", "99"),
        (lambda lines: lines.append("9900,Cồn Mới,xã,92"), "CODE", "9900"),
        (lambda lines: lines.append("99001, ,xã,92"), "NAME", "99001"),
        (lambda lines: lines.append("99001,Cồn Mới,huyện,92"), "KIND", "huyện"),
        (lambda lines: lines.append("99001,Cồn Mới,xã"), "COLUMNS", "code,name,kind,province"),
        (_set("code,name,kind,province", "code,name"), "COLUMNS", "code,name,kind,province"),
        (_set(": 34 provinces, 3321 communes", ""), "HEAD", None),
        (_set("since 2027-05-01", "since 2027-13-01"), "HEAD", None),
        (lambda lines: lines.clear(), "HEAD", ""),
    ],
)
def test_a_broken_list_is_told_in_words_and_the_shipped_one_is_used(
    tmp_path: Path, change: Callable[[list[str]], None], trouble: str, value: str | None
) -> None:
    found, (problem,) = in_force(own_list(tmp_path, change), LATER)
    assert found is SHIPPED
    assert problem.trouble.name == trouble
    assert value in (None, problem.value)
    told = words.say(problem)
    assert "vn-2027-05-01.csv" in told.what
    assert "{" not in str(told)


def test_a_list_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "units").mkdir()
    (tmp_path / "units" / "a.csv").write_bytes(b"\xff\xfe\x00")
    found, (problem,) = in_force(tmp_path, LATER)
    assert (found, problem.trouble.name) == (SHIPPED, "UNREADABLE")


def test_any_unit_has_its_name_by_its_code() -> None:
    assert [SHIPPED.unit_name(code) for code in ("TW", "92", " 31135 ")] == [
        "Việt Nam",
        "thành phố Cần Thơ",
        "phường Ninh Kiều",
    ]
    for code in ("", "55", "00000", "tw"):
        with pytest.raises(NotFound):
            SHIPPED.unit_name(code)
