"""What a member agreed to, recorded and taken back from her panel."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from sochihoi.domain.consent import ConsentState, Purpose
from sochihoi.services.office import Office
from sochihoi.ui.people.consent_card import ConsentCard
from sochihoi.ui.people.page import PeoplePage
from sochihoi.ui.shared.consents import GiveDialog, WithdrawDialog
from tests.people_data import add_members


@pytest.fixture
def page(shell: Any, office: Office) -> PeoplePage:
    member = add_members(office, count=3)[0]
    shell.resize(1366, 690)
    shell.go("people", member=member)
    found = shell.page()
    assert isinstance(found, PeoplePage)
    QApplication.processEvents()
    return found


def card(page: PeoplePage) -> ConsentCard:
    return next(one for one in page.panel.cards if isinstance(one, ConsentCard))


def said(one: ConsentCard) -> str:
    return "\n".join(label.text() for label in one.facts.findChildren(QLabel) if label.isVisible())


def dialog(shell: Any, kind: type[Any]) -> Any:
    return next(one for one in shell.findChildren(kind) if one.isVisible())


def test_consent_is_recorded_and_taken_back(shell: Any, office: Office, page: PeoplePage) -> None:
    one = card(page)
    assert said(one).count("Chưa xác nhận") == 2
    assert not one.withdraw_button.isVisible()
    one.give_button.click()
    asked = dialog(shell, GiveDialog)
    assert not any(box.value() for box in asked._boxes)  # nothing is ticked for her
    asked.accept_form()
    assert asked.isVisible()
    assert asked._boxes[0].error()
    asked.form[Purpose.BASIC.name].set_value(True)
    asked.form["reference"].set_value("12/2026")
    asked.accept_form()
    QApplication.processEvents()
    assert "Đã đồng ý ngày 26/10/2026" in said(one)
    assert "12/2026; lời văn 2026-01" in said(one)
    one.withdraw_button.click()
    taken = dialog(shell, WithdrawDialog)
    taken.form[Purpose.BASIC.name].set_value(True)
    taken.accept_form()
    QApplication.processEvents()
    assert "Đã rút lại ngày 26/10/2026" in said(one)

    states = {office.privacy.consent.standing(row.person_id).state(Purpose.BASIC) for row in office.people.rows()}
    assert states == {ConsentState.WITHDRAWN, ConsentState.UNCONFIRMED}


def test_a_viewer_records_nothing(shell: Any, page: PeoplePage) -> None:
    page.context.read_only = True
    assert page.panel.detail is not None
    card(page).show_member(page.panel.detail)
    assert not card(page).give_button.isVisible()
    assert card(page).slip_button.isVisible()
