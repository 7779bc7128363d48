"""Every paper carries the unit's lines and, of a demonstration, its mark: made in one place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from sochihoi import services
from sochihoi.services import (
    campaign_papers,
    letterheads,
    list_papers,
    meetings_papers,
    member_cards,
    rubric_papers,
    setup_papers,
    study_papers,
    sync_papers,
)
from sochihoi.services.list_papers import Listing
from sochihoi.services.office import Office
from tests import study_data
from tests.meetings_data import frozen_one
from tests.month_data import OCTOBER
from tests.offices import make_office
from tests.people_data import add_branch, add_members
from tests.report_data import pdf

PARENT = "ỦY BAN MTTQ VIỆT NAM XÃ HÒA PHÚ"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = make_office(tmp_path / "commune", demo=True)
    made.setup.save_commune(replace(made.commune, parent_line=PARENT))
    add_members(made, "Ấp An Hòa", 4)
    yield made
    made.close()


def attendance(office: Office) -> bytes:
    return meetings_papers.attendance_sheet(office, frozen_one(office, add_branch(office)[0]).id)


def study(office: Office) -> bytes:
    return study_papers.attendance_sheet(office, study_data.hold(office, study_data.begin(office)))


def branch_scores(office: Office) -> bytes:
    branch = add_branch(office)[0]
    office.rubric.register(2026, [branch])
    return rubric_papers.score_sheet(office, 2026, branch, lambda _one: "")


PAPERS: dict[str, Callable[[Office], bytes]] = {
    "monthly report": lambda office: pdf(office, OCTOBER),
    "attendance": attendance,
    "study": study,
    "households": lambda office: campaign_papers.scoring_sheet(office, add_branch(office)[0], 2026),
    "scores": branch_scores,
    "list": lambda office: list_papers.list_pdf(office, Listing("Danh sách", "", "0", (), ())),
    "cards": lambda office: member_cards.cards(office, office.people.rows()),
    "key": sync_papers.key_slip,
    "recovery": lambda office: setup_papers.recovery_sheet(office, "ABCD" * 8),
}


@pytest.mark.parametrize("paper", PAPERS)
def test_lines_of_the_unit_and_the_mark_of_a_demonstration(paper: str, office: Office) -> None:
    document = pypdfium2.PdfDocument(PAPERS[paper](office))
    told = document[0].get_textpage().get_text_range()
    words = " ".join(told.split())
    document.close()
    if paper != "cards":  # no room on a card, which is no letter
        assert PARENT in words or "ỦY BAN MTTQ VIỆT NAM" in words
    assert "HỘI LHPN XÃ HÒA PHÚ" in words
    letters = "".join(told.split())
    assert "XÃMẪU" in letters or "SAMPLECOMMUNE" in letters


def test_a_real_unit_has_no_mark() -> None:
    assert letterheads.watermark(demo=False) == letterheads.watermark_on_screen(demo=False) == ""


def test_no_paper_makes_its_own() -> None:
    """A paper that puts its own lines together would miss the next change of them."""
    folder = Path(services.__file__).parent
    files = [file for file in folder.rglob("*.py") if "reports.document" in file.read_text("utf-8")]
    assert len(files) > 5
    for file in files:
        if file.name != "letterheads.py":
            assert "commune.parent_line" not in file.read_text("utf-8"), file.name
