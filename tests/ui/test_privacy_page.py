"""The page of personal data: consent for many, and the log that the chair reads."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from sochihoi.domain.accounts import Account, Role
from sochihoi.domain.consent import ConsentState, Given, Purpose
from sochihoi.services.office import Office
from sochihoi.ui.privacy import consents
from sochihoi.ui.privacy.access import LEFT, SENSITIVE, AccessPart
from sochihoi.ui.privacy.consents import ConsentsPart
from sochihoi.ui.shared.consents import GiveDialog
from tests.people_data import add_members


@pytest.fixture
def members(office: Office) -> tuple[str, ...]:
    return (*add_members(office, "Ấp An Hòa", 5), *add_members(office, "Ấp Phú Mỹ", 3))


def opened(shell: Any, tab: str) -> Any:
    shell.resize(1366, 690)
    shell.go("privacy", tab=tab)
    QApplication.processEvents()
    return shell.page().part()


def test_a_branch_is_recorded_after_its_meeting(shell: Any, office: Office, members: tuple[str, ...]) -> None:
    part: ConsentsPart = opened(shell, "consents")
    assert len(part.table.model.rows) == 8
    part.filter_row.branch.setCurrentIndex(part.filter_row.branch.findText("Ấp Phú Mỹ"))
    part._filter()
    assert "3 hội viên" in part.told.text()
    part.give_button.click()
    asked = next(one for one in shell.findChildren(GiveDialog) if one.isVisible())
    asked.form[Purpose.BASIC.name].set_value(True)
    asked.form["how"].set_value("LIST")
    asked.accept_form()
    QApplication.processEvents()
    rows = office.privacy.consent.rows()
    assert sum(row.standing.state(Purpose.BASIC) is ConsentState.GIVEN for row in rows) == 3
    assert {row.member.branch for row in rows if row.standing.basic is not None} == {"Ấp Phú Mỹ"}
    part.chips.set_chosen({ConsentState.UNCONFIRMED.name})
    assert part.table.model.rows == []  # of that branch nobody is left
    office.history.undo()
    part.refresh()
    assert len(part.table.model.rows) == 3


def test_marked_lines_and_the_menu_of_one(shell: Any, office: Office, members: tuple[str, ...]) -> None:
    part: ConsentsPart = opened(shell, "consents")
    part.table.view.selectRow(0)
    assert len(part.members()) == 8  # one line is always current: that marks nobody
    part.table.view.selectAll()
    assert "đã chọn: 8 hội viên" in part.told.text()
    row = part.table.model.rows[0]
    given = Given(frozenset({Purpose.SENSITIVE}), date(2026, 10, 1))
    office.privacy.consent.give([row.member.person_id], given)
    office.privacy.consent.withdraw([row.member.person_id], [Purpose.SENSITIVE], date(2026, 10, 9))
    part.refresh()
    part.chips.set_chosen({ConsentState.WITHDRAWN.name})
    assert [one.member.person_id for one in part.table.model.rows] == [row.member.person_id]
    assert len([item for item in part._menu(row) if item is not None]) == 4


def test_what_is_still_kept_is_cleared_from_its_line(
    shell: Any, office: Office, members: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    row = next(one for one in office.people.rows() if one.ethnicity)
    office.privacy.consent.give([row.person_id], Given(frozenset(Purpose), date(2026, 10, 1)))
    office.privacy.consent.withdraw([row.person_id], [Purpose.SENSITIVE], date(2026, 10, 9))
    part: ConsentsPart = opened(shell, "consents")
    part.chips.set_chosen({ConsentState.WITHDRAWN.name})
    (line,) = part.table.model.rows
    monkeypatch.setattr(consents, "ask", lambda *_args, **_more: True)
    part._clear(line)
    assert office.people.person(row.person_id).ethnicity == ""
    assert not part.table.model.rows[0].kept_against


def test_the_chair_reads_the_log_and_prints_it(shell: Any, office: Office, members: tuple[str, ...]) -> None:
    row = office.people.rows()[0]
    office.privacy.access.viewed(row.person_id, ["religion"])
    office.people.note_export(8, "text")
    part: AccessPart = opened(shell, "access")
    assert len(part.table.model.rows) == 2
    part.chips.set_chosen({SENSITIVE})
    assert [one.subject for one in part.table.model.rows] == [row.full_name]
    part.chips.set_chosen({LEFT})
    assert [one.form for one in part.table.model.rows] == ["text"]
    part._clear()
    part.search.setText(row.full_name)
    assert len(part.table.model.rows) == 1
    told = part.paper.listing()
    assert office.privacy.access.head() in told.told
    assert "Tôn giáo" in told.rows[0].cells


def test_others_have_no_log(shell: Any, office: Office, members: tuple[str, ...]) -> None:
    office.account = Account(office.account.id, "Cán bộ", Role.OFFICER)
    opened(shell, "access")
    assert "access" not in shell.page().names
    assert isinstance(shell.page().part(), ConsentsPart)
