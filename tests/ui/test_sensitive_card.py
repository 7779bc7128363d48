"""Sensitive fields are hidden until they are asked for, and whoever asks is noted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from sochihoi.domain.access import Look
from sochihoi.services.office import Office
from sochihoi.ui.people.merge_dialog import MergeDialog
from sochihoi.ui.people.page import PeoplePage
from sochihoi.ui.people.presenter import CURRENT, PARTY
from sochihoi.ui.people.sensitive_card import SensitiveCard
from tests.people_data import add_branch, add_members, details


@pytest.fixture
def page(shell: Any, office: Office) -> PeoplePage:
    branch, _cells = add_branch(office)
    told = details(ethnicity="Khmer", religion="Phật giáo", national_id="094171006538", party_member=True)
    told = replace(told, health_insurance=True, health_insurance_until=date(2026, 12, 31))
    member = office.people.add(told, branch)
    shell.resize(1366, 690)
    shell.go("people", member=member)
    found = shell.page()
    assert isinstance(found, PeoplePage)
    QApplication.processEvents()
    return found


def on_screen(page: PeoplePage) -> str:
    return "\n".join(label.text() for label in page.panel.findChildren(QLabel) if label.isVisible())


def card(page: PeoplePage) -> SensitiveCard:
    return next(one for one in page.panel.cards if isinstance(one, SensitiveCard))


def looks(office: Office) -> list[tuple[Look, tuple[str, ...]]]:
    return [(one.look, one.fields) for one in office.privacy.access.log()]


def test_nothing_sensitive_is_on_the_screen_until_it_is_asked_for(page: PeoplePage, office: Office) -> None:
    for hidden in ("Khmer", "Phật giáo", "094171006538", "Đảng viên (được", "31/12/2026"):
        assert hidden not in on_screen(page)
    assert looks(office) == []
    card(page).show_button.click()
    QApplication.processEvents()
    for shown in ("Khmer", "Phật giáo", "094171006538", "31/12/2026"):
        assert shown in on_screen(page)
    assert looks(office) == [
        (Look.VIEWED, ("ethnicity", "health_insurance", "national_id", "party_member", "religion"))
    ]
    assert not card(page).show_button.isVisible()


def test_another_member_is_hidden_again(page: PeoplePage, office: Office) -> None:
    other = add_members(office, count=1)[0]
    card(page).show_button.click()
    page.refresh(member=other)
    QApplication.processEvents()
    assert card(page).show_button.isVisible()
    assert "Kinh" not in on_screen(page)


def test_the_form_and_the_history_of_a_correction_are_looks_too(page: PeoplePage, office: Office) -> None:
    row = office.people.rows()[0]
    page.edit(row)
    assert looks(office)[0][0] is Look.VIEWED
    assert page.dialog is not None
    page.dialog.reject()
    other = add_members(office, count=1)[0]
    told = office.people.details(other)
    office.people.edit(other, replace(told, religion="Công giáo"))
    page.refresh(member=other)
    page.panel.tabs.setCurrentIndex(2)
    assert looks(office)[0] == (Look.VIEWED, ("religion",))


def test_who_is_in_the_party_is_a_list_that_is_noted(page: PeoplePage, office: Office) -> None:
    assert "Đảng viên" not in [badge for badge, _tone in page.presenter.badges(office.people.rows()[0])]
    page.chips.set_chosen({CURRENT, PARTY})
    page.show_rows()
    assert looks(office) == [(Look.VIEWED, ("party_member",))]
    assert office.privacy.access.log()[0].subject == "Đảng viên"


def test_the_merge_of_two_entries_shows_what_differs_and_is_noted(page: PeoplePage, office: Office, shell: Any) -> None:
    branch, _cells = add_branch(office)
    other = office.people.add(details(religion="Cao Đài", national_id="094171006538"), branch)
    first = next(row for row in office.people.rows() if row.membership_id != other)
    second = next(row for row in office.people.rows() if row.membership_id == other)
    MergeDialog(page.context, page, first.person_id, second.person_id, lambda _told: None)
    told = [(one.subject, one.fields) for one in office.privacy.access.log(2)]
    assert {fields for _name, fields in told} == {("ethnicity", "health_insurance", "party_member", "religion")}
