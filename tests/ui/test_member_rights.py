"""What a member may ask for, from her line: the paper, and to be made anonymous."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from sochihoi.domain.access import Look
from sochihoi.domain.accounts import Account, Role
from sochihoi.domain.consent import Given, Purpose
from sochihoi.domain.people import LeaveReason
from sochihoi.services.office import Office
from sochihoi.services.privacy.papers import person_file
from sochihoi.ui.people import rights
from sochihoi.ui.people.page import PeoplePage
from sochihoi.ui.words import person_file as words
from tests.month_data import add_households, autumn
from tests.pdf_text import text_of
from tests.people_data import add_members


@pytest.fixture
def page(shell: Any, office: Office) -> PeoplePage:
    gone = add_members(office, count=3)[0]
    office.people.leave(gone, LeaveReason.RESIGNED, on=date(2026, 10, 1))
    shell.resize(1366, 690)
    shell.go("people", member=gone)
    found = shell.page()
    assert isinstance(found, PeoplePage)
    QApplication.processEvents()
    return found


def titles(page: PeoplePage, row: Any) -> list[str]:
    return [item.text for item in page.menu(row) if item is not None]


def test_only_the_chair_makes_anonymous_and_only_who_left(page: PeoplePage, office: Office) -> None:
    here, left = office.people.rows()[0], office.people.rows("LEFT")[0]
    assert "Ẩn danh…" in titles(page, left)
    assert "Ẩn danh…" not in titles(page, here)
    assert "In toàn bộ dữ liệu của chị…" in titles(page, here)
    office.account = Account(office.account.id, "Cán bộ", Role.OFFICER)
    assert "Ẩn danh…" not in titles(page, left)


def test_it_is_asked_first_and_said_what_stays(
    page: PeoplePage, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = office.people.rows("LEFT")[0]
    asked: list[str] = []

    def answer(_parent: Any, question: str, consequence: str, *_rest: Any, **_more: Any) -> bool:
        asked.append(f"{question} {consequence}")
        return len(asked) > 1

    monkeypatch.setattr(rights, "ask", answer)
    rights.anonymise(page.context, page, row, page.acted)
    assert office.people.rows("LEFT")[0].full_name == row.full_name
    rights.anonymise(page.context, page, row, page.acted)
    assert row.full_name in asked[0]
    assert "0 báo cáo đã ban hành, 0 tệp đã gửi" in asked[0]
    QApplication.processEvents()
    assert page.panel.heading.text() == "Hội viên đã ẩn danh"
    page.panel.tabs.setCurrentIndex(2)  # the history of somebody anonymous names nobody
    assert row.phone not in "".join(label.text() for label in page.panel.findChildren(type(page.panel.heading)))


def test_the_paper_holds_everything_and_is_noted(office: Office) -> None:
    autumn(office)
    add_households(office)
    row = next(row for row in office.people.rows() if row.ethnicity == "Khmer")
    office.privacy.consent.give([row.person_id], Given(frozenset(Purpose), date(2026, 10, 1), reference="Phiếu 7"))
    told = words.parts(
        office.privacy.rights.file(row.person_id),
        {unit.id: unit.name for unit in office.setup.units()},
        {office.account.id: office.account.name},
    )
    paper = text_of(person_file(office, row.person_id, row.code, told))
    for part in (row.full_name, "Khmer", row.branch, "Phiếu 7", "Hộ của chị", "Sinh hoạt", "Thêm hội viên", "Số 1"):
        assert part in paper
    assert office.privacy.access.log()[0].look is Look.PERSON
