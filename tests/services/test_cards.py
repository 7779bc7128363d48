"""Membership cards: as they lie on the paper, and what the codes hold, read from the page by programs of others."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sochihoi.domain.errors import Cancelled
from sochihoi.services import member_cards
from sochihoi.services.office import Office
from tests.conftest import FindTool
from tests.offices import make_office
from tests.people_data import add_members

POINT = 25.4 / 72
WIDE, HIGH = 85.6, 54.0
LEFT, TOP = (210 - 2 * WIDE) / 2, (297 - 5 * HIGH) / 2


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = make_office(tmp_path / "commune")
    add_members(made, "Ấp An Hòa", 12)
    yield made
    made.close()


class Stopping:
    """Stops after the first page."""

    def __init__(self) -> None:
        self.told: list[tuple[int, int]] = []

    def step(self, done: int, total: int) -> None:
        self.told.append((done, total))
        raise Cancelled


Words = Callable[[bytes], list[tuple[int, float, float, str]]]


@pytest.fixture
def words(tool: FindTool, tmp_path: Path) -> Words:
    """(page, left, top in mm, word) of a PDF."""

    def read(pdf: bytes) -> list[tuple[int, float, float, str]]:
        (tmp_path / "cards.pdf").write_bytes(pdf)
        done = subprocess.run(
            [tool("pdftotext"), "-bbox", str(tmp_path / "cards.pdf"), "-"],
            check=True,
            capture_output=True,
            encoding="utf-8",
        )
        found, page = [], 0
        for line in done.stdout.splitlines():
            page += "<page " in line
            told = re.search(r'<word xMin="([\d.]+)" yMin="([\d.]+)".*>(.*)</word>', line)
            if told:
                found.append((page, float(told[1]) * POINT, float(told[2]) * POINT, told[3]))
        return found

    return read


def test_ten_lie_on_a_page_each_on_its_own_place(office: Office, words: Words) -> None:
    rows = office.people.rows()
    found = words(member_cards.cards(office, rows))
    codes = {text: (page, x, y) for page, x, y, text in found if re.fullmatch(r"HP\d{5}", text)}
    assert list(codes) == [row.code for row in rows]
    places = list(codes.values())
    assert [page for page, _x, _y in places] == [1] * 10 + [2] * 2
    first = places[0]
    assert LEFT < first[1] < LEFT + WIDE
    assert TOP < first[2] < TOP + HIGH
    for at, (_page, x, y) in enumerate(places):
        down, across = divmod(at % 10, 2)
        assert x - first[1] == pytest.approx(across * WIDE, abs=1)
        assert y - first[2] == pytest.approx(down * HIGH, abs=1)


def test_the_marks_stand_at_the_edges_of_the_cards(office: Office) -> None:
    """Ink outside of the cards is exactly at 0, 85.6 and 171.2 mm, and at every 54 mm."""
    import pypdfium2

    document = pypdfium2.PdfDocument(member_cards.cards(office, office.people.rows()[:10]))
    picture = document[0].render(scale=3.5, grayscale=True).to_pil()  # ten dots a millimetre
    document.close()
    mm = picture.width / 210
    row = [picture.getpixel((x, round((TOP - 3) * mm))) for x in range(picture.width)]
    column = [picture.getpixel((round((LEFT - 3) * mm), y)) for y in range(picture.height)]
    across = _centres([at for at, dark in enumerate(row) if dark < 200], mm)
    down = _centres([at for at, dark in enumerate(column) if dark < 200], mm)
    assert across == pytest.approx([LEFT + at * WIDE for at in range(3)], abs=0.5)
    assert down == pytest.approx([TOP + at * HIGH for at in range(6)], abs=0.5)


def _centres(dots: list[int], mm: float) -> list[float]:
    groups: list[list[int]] = []
    for dot in dots:
        if groups and dot - groups[-1][-1] <= 2:
            groups[-1].append(dot)
        else:
            groups.append([dot])
    return [(group[0] + group[-1] + 1) / 2 / mm for group in groups]


def test_the_code_of_each_card_is_read(office: Office, tool: FindTool, tmp_path: Path) -> None:
    rows = office.people.rows()
    (tmp_path / "cards.pdf").write_bytes(member_cards.cards(office, rows))
    subprocess.run(
        [tool("pdftoppm"), "-r", "150", "-gray", "-png", str(tmp_path / "cards.pdf"), str(tmp_path / "page")],
        check=True,
    )
    pages = sorted(str(page) for page in tmp_path.glob("page-*.png"))
    done = subprocess.run(
        [tool("zbarimg"), "--quiet", "--raw", "--nodbus", *pages], check=True, capture_output=True, encoding="utf-8"
    )
    assert sorted(done.stdout.split()) == [row.code for row in sorted(rows, key=lambda row: row.code)]


def test_a_card_holds_only_what_a_card_needs(office: Office, words: Words) -> None:
    row = office.people.rows()[0]
    details = replace(
        office.people.details(row.membership_id), card_no="0123", phone="0912345678", national_id="", ethnicity="Khmer"
    )
    office.people.edit(row.membership_id, details)
    told = " ".join(text for *_place, text in words(member_cards.cards(office, [row])))
    assert row.full_name in told
    assert "Chi hội: Ấp An Hòa" in told
    assert "Số thẻ: 0123" in told
    assert "THẺ HỘI VIÊN" in told
    assert "0912" not in told
    assert "Khmer" not in told
    assert "XÃ MẪU" not in told


def test_printing_is_noted_and_stopping_is_not(office: Office) -> None:
    rows = office.people.rows()
    progress = Stopping()
    with pytest.raises(Cancelled):
        member_cards.cards(office, rows, progress)
    assert progress.told == [(10, 12)]
    assert "members.export" not in [one.act for one in office.history.acts(5)]
    member_cards.cards(office, rows)
    assert office.history.acts(1)[0].act == "members.export"


def test_the_same_members_make_the_same_bytes_with_whole_fonts(office: Office, tool: FindTool, tmp_path: Path) -> None:
    rows = office.people.rows()
    pdf = member_cards.cards(office, rows)
    assert member_cards.cards(office, rows) == pdf
    (tmp_path / "cards.pdf").write_bytes(pdf)
    subprocess.run([tool("qpdf"), "--check", str(tmp_path / "cards.pdf")], check=True, capture_output=True)
    told = subprocess.run(
        [tool("pdffonts"), str(tmp_path / "cards.pdf")], check=True, capture_output=True, encoding="utf-8"
    )
    lines = told.stdout.splitlines()[2:]
    assert lines
    assert all(line.split()[-5] == "yes" for line in lines)
