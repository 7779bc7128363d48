"""Hamlet, clubs and loan in the window: the form in the order of reading, the draft, the panel, the history."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from sochihoi.services.office import Office
from sochihoi.ui.people.page import PeoplePage
from tests.people_data import add_branch, details
from tests.ui.test_people_page import form_of, page, type_in

__all__ = ["page"]


def test_the_form_keeps_them_and_the_panel_shows_them(
    qtbot: QtBot, shell: Any, office: Office, page: PeoplePage
) -> None:
    branch, _cells = add_branch(office)
    one = office.people.add(details(), branch)
    shell.go("people", member=one)
    page.edit(office.people.rows()[0])
    form = form_of(page)
    order = list(form.form.fields)
    assert order.index("address") + 1 == order.index("hamlet")
    assert order.index("household_group") + 1 == order.index("loan")
    for name, text in (("hamlet", "Ấp An Hòa 2"), ("clubs", "Dân vũ; Khởi nghiệp"), ("loan", "NHCSXH, 50 triệu")):
        type_in(qtbot, form, name, text)
    form.reject()  # the window closed: what was typed is a draft
    page.edit(office.people.rows()[0])
    form = form_of(page)
    form.message.actions_shown()[0].click()
    assert form.form["clubs"].value() == "Dân vũ; Khởi nghiệp"
    form.save()
    told = office.people.details(one)
    assert (told.hamlet, told.loan, told.clubs) == ("Ấp An Hòa 2", "NHCSXH, 50 triệu", ("Dân vũ", "Khởi nghiệp"))
    QApplication.processEvents()
    shown = {label.text() for label in page.panel.profile.findChildren(QLabel)}
    assert {"Ấp An Hòa 2", "NHCSXH, 50 triệu", "Dân vũ; Khởi nghiệp"} <= shown
    page.panel.tabs.setCurrentIndex(2)
    lines = {label.text() for label in page.panel.history.findChildren(QLabel)}
    assert any("Dân vũ; Khởi nghiệp" in line and "→" in line for line in lines)
