"""The year by branch and its households: choosing the set, registering, plaques, why the share is what it is."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from campaign_data import YEAR, add_households, all_pass, confirm
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import sochihoi
from sochihoi.domain.campaign import Result, Round
from sochihoi.domain.vietnamese import fold
from sochihoi.ui.campaign import households_page, year_page
from sochihoi.ui.campaign.dialogs import DayDialog, PlaqueDialog, SetDialog
from sochihoi.ui.campaign.page import CampaignPage
from tests.ui.test_fit import cut_labels

TODAY = date(2026, 10, 26)


@pytest.fixture
def branch(office: Any) -> tuple[str, tuple[str, ...]]:
    return add_households(office, count=10, outside=1)


@pytest.fixture
def page(shell: Any, branch: tuple[str, tuple[str, ...]]) -> CampaignPage:
    shell.resize(1366, 768)
    shell.go("campaign")
    shell.activateWindow()
    found = shell.page()
    assert isinstance(found, CampaignPage)
    QApplication.processEvents()
    return found


def members(office: Any, branch: tuple[str, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(line.household_id for line in office.campaign.households(YEAR, branch[0]) if line.member)


def choose_all(page: CampaignPage) -> None:
    page.households_page.table.view.selectAll()


def test_the_campaign_is_named_by_the_set_of_the_year(page: CampaignPage, office: Any) -> None:
    assert page.year_page._title.text() == "5 không, 3 sạch, 3 an"
    page.open_year(2025)
    assert page.year_page._title.text() == "5 không, 3 sạch"
    office.campaign.choose_set(YEAR, "5C3S-2022")
    page.open_year(YEAR)
    assert page.year_page._title.text() == "5 có, 3 sạch"


def test_the_year_counts_by_branch(
    page: CampaignPage, office: Any, branch: tuple[str, tuple[str, ...]], qtbot: QtBot
) -> None:
    line = page.year_page.table.model.rows[0]
    shown = [str(page.year_page.table.model.index(0, at).data()) for at in range(8)]
    assert shown == ["Ấp An Hòa", "10", "0", "0", "—", "—", "—", ""]
    assert page.year_page.side.figure.text() == "—"
    homes = members(office, branch)
    confirm(office, branch[0], homes[:9], {homes[0]: "S1"})
    page.refresh()
    line = page.year_page.table.model.rows[0]
    assert (line.households, line.assessed, line.passed) == (10, 9, 8)
    assert page.year_page.side.figure.text() == "80,0\u00a0%"
    assert page.year_page.side.badge.text() == "Chưa quá 85\u00a0%"
    assert "Thêm 1 hộ đạt nữa" in page.year_page.side.sentence.text()
    assert "Sạch nhà 1" in page.year_page.side.chart.accessibleName()
    page.year_page.side.table_button.click()
    assert page.year_page.side.table.isVisible()
    assert len(page.year_page.side.table.model.rows) == 11


def test_why_opens_four_lines_and_the_list_behind(
    page: CampaignPage, office: Any, branch: tuple[str, tuple[str, ...]], shell: Any, qtbot: QtBot
) -> None:
    homes = members(office, branch)
    confirm(office, branch[0], homes, {homes[0]: "S1"})
    page.refresh()
    qtbot.keyClick(shell, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    why = page.year_page.why
    assert why.isVisible()
    page.open_households("", "confirmed")
    assert len(page.households_page.table.model.rows) == 9
    page.households_page.on_escape()
    assert page.current() is page.year_page
    qtbot.keyClick(shell, Qt.Key.Key_Escape)
    assert not why.isVisible()


def test_enter_opens_the_grid_of_the_branch(page: CampaignPage, qtbot: QtBot, shell: Any) -> None:
    qtbot.keyClick(page.year_page.table.view, Qt.Key.Key_Return)
    assert page.current() is page.grid_page
    assert page.grid_page._title.text() == "Chấm hộ: Chi hội Ấp An Hòa"
    qtbot.keyClick(shell, Qt.Key.Key_Escape)
    assert page.current() is page.year_page


def test_the_set_is_chosen_in_a_dialog(page: CampaignPage, office: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def take(dialog: SetDialog) -> bool:
        dialog.options["5C3S-2022"].setChecked(True)
        dialog.beside.setChecked(True)
        return True

    monkeypatch.setattr(year_page, "accepted", take)
    page.year_page.side.set_button.click()
    sets = office.campaign.sets(YEAR)
    assert [one.code for one in sets.in_use] == ["5C3S-2022", "5K3S3A-2026"]
    assert page.year_page._title.text() == "5 có, 3 sạch"
    monkeypatch.setattr(year_page, "accepted", lambda dialog: dialog.beside.setChecked(False) or True)
    page.year_page.choose_set()
    assert office.campaign.sets(YEAR).beside is None


def test_after_the_first_assessment_the_dialog_offers_no_other_set(
    page: CampaignPage, office: Any, branch: tuple[str, tuple[str, ...]], qtbot: QtBot
) -> None:
    all_pass(office, branch[1][:1])
    dialog = SetDialog(page, office.campaign.sets(YEAR))
    qtbot.addWidget(dialog)
    assert not dialog.options["5C3S-2022"].isEnabled()
    assert dialog.choice().own == "5K3S3A-2026"


def test_a_second_set_has_its_own_grid(
    page: CampaignPage, office: Any, branch: tuple[str, tuple[str, ...]], qtbot: QtBot
) -> None:
    office.campaign.put_beside(YEAR, "5C3S-2022")
    page.open_grid(branch[0])
    grid = page.grid_page
    assert grid.sets.isVisible()
    grid.sets.setCurrentIndex(1)
    grid.sets.activated.emit(1)
    assert len(grid.grid.model.criteria) == 8
    qtbot.keyClicks(grid.grid.view, "1")
    row = office.campaign.rounds.sheet(branch[0], YEAR, Round.SELF, "5C3S-2022").rows[0]
    assert row.marks == {"C1": Result.PASS}


def test_households_register_in_one_act(
    page: CampaignPage, office: Any, shell: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[DayDialog] = []

    def take(dialog: DayDialog) -> bool:
        asked.append(dialog)
        dialog.day.set_value(date(2026, 1, 15))
        return True

    monkeypatch.setattr(households_page, "accepted", take)
    page.open_households()
    page.households_page.register()
    assert office.campaign.results(YEAR).total.registered == 10  # member households, nothing was marked
    assert "10 hộ" in shell.frame.toast.text()
    shell.frame.toast.undo_button.click()
    assert office.campaign.results(YEAR).total.registered == 0
    choose_all(page)
    page.households_page.register()
    assert len(asked[-1]._scopes[0][1]) == 11  # what is marked comes first, the household without a member too
    assert office.campaign.results(YEAR).total.registered == 11
    choose_all(page)
    page.households_page._take_back("unregister")
    assert office.campaign.results(YEAR).total.registered == 0
    page.households_page.mobilise()
    assert office.campaign.results(YEAR).total.mobilised == 10
    page.households_page.mobilise()
    assert "đã ghi" in shell.frame.toast.text()


def test_a_day_to_come_is_refused_in_the_dialog(page: CampaignPage, qtbot: QtBot) -> None:
    dialog = DayDialog(page, "?", "Ghi", [("a", ("1",)), ("b", ("2", "3"))], lambda: TODAY)
    qtbot.addWidget(dialog)
    dialog.day.set_value(date(2026, 10, 27))
    dialog.keep_button.click()
    assert dialog.day.error() != ""
    dialog._group.button(1).setChecked(True)
    assert dialog.household_ids() == ("2", "3")


def test_a_plaque_is_given_and_taken_back(
    page: CampaignPage,
    office: Any,
    branch: tuple[str, tuple[str, ...]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    homes = members(office, branch)
    confirm(office, branch[0], homes, {homes[0]: "S1"})

    def take(dialog: PlaqueDialog) -> bool:
        dialog.number.set_value("12")
        return True

    monkeypatch.setattr(households_page, "accepted", take)
    page.open_households()
    listed = page.households_page
    listed.table.choose(homes[0])
    assert not listed.plaque_button.isEnabled()
    listed.table.choose(homes[1])
    assert listed.plaque_button.isEnabled()
    listed.plaque_button.click()
    line = office.campaign.household(homes[1], YEAR)
    assert (line.plaque_no, line.plaque_on) == ("12", TODAY)
    menu = {item.text: item for item in listed._menu(line) if item is not None}
    assert menu["Bỏ ghi biển"].enabled
    menu["Bỏ ghi biển"].press()
    assert office.campaign.household(homes[1], YEAR).plaque_on is None


def test_the_list_is_filtered_without_accents(page: CampaignPage, qtbot: QtBot) -> None:
    page.open_households()
    listed = page.households_page
    head = listed.table.model.rows[0].head
    qtbot.keyClicks(listed.filter, fold(head.split()[-1]))
    qtbot.keyClick(listed.filter, Qt.Key.Key_Return)
    assert head in [line.head for line in listed.table.model.rows]
    assert listed.table.view.hasFocus()
    listed._clear()
    listed.chips.set_chosen({"not_registered"})
    assert len(listed.table.model.rows) == 10
    qtbot.keyClick(listed.table.view, Qt.Key.Key_Return)
    assert page.current() is page.grid_page


def test_the_scoring_sheet_opens_in_the_preview(page: CampaignPage, shell: Any, qtbot: QtBot) -> None:
    with qtbot.waitSignal(shell.jobs.idle, timeout=20_000):
        page.on_print()
    preview = next(one for one in QApplication.topLevelWidgets() if type(one).__name__ == "PreviewDialog")
    assert preview.page_count() >= 1  # type: ignore[attr-defined]
    preview.close()


def test_the_sheet_on_paper_has_the_numbers_of_the_grid(
    office: Any, branch: tuple[str, tuple[str, ...]], tmp_path: Path
) -> None:
    from sochihoi.services.campaign_papers import scoring_sheet

    file = tmp_path / "sheet.pdf"
    file.write_bytes(scoring_sheet(office, branch[0], YEAR))
    text = subprocess.run(
        ["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True, check=True, encoding="utf-8"
    ).stdout
    first = office.campaign.rounds.sheet(branch[0], YEAR, Round.SELF).rows[0]
    assert "Gia đình 5 không, 3 sạch, 3 an (11 tiêu chí), năm 2026" in text
    assert any(line.split()[:1] == ["1"] and first.line.head in line for line in text.splitlines())


def test_the_page_opens_at_a_household(page: CampaignPage, branch: tuple[str, tuple[str, ...]], shell: Any) -> None:
    home = members(page.context.office, branch)[4]
    shell.go("campaign", household_id=home)
    found = page.grid_page.grid.current()
    assert found is not None
    assert found[0].household_id == home
    shell.go("campaign", view="households", branch_id=branch[0])
    assert page.current() is page.households_page
    shell.go("campaign", year=2025)
    assert (page.current(), page.year_page.year) == (page.year_page, 2025)


def test_an_empty_commune_is_told_what_to_do(shell: Any, office: Any) -> None:
    shell.go("campaign")
    page = shell.page()
    assert page.year_page.table._blank.action is not None
    branch_id, _homes = add_households(office, count=0)
    page.open_grid(branch_id)
    assert page.grid_page.stack.currentIndex() == 1
    page.open_households()
    assert page.households_page.table._blank.action is not None


@pytest.mark.parametrize(("width", "height"), [(1366, 690), (1093, 540)])
def test_every_view_fits_with_households_in_it(
    page: CampaignPage, office: Any, branch: tuple[str, tuple[str, ...]], shell: Any, width: int, height: int
) -> None:
    homes = members(office, branch)
    confirm(office, branch[0], homes[:8], {homes[0]: "S1", homes[1]: "K4"})
    shell.resize(width, height)
    for show in (page.open_year, page.open_households, lambda: page.open_grid(branch[0])):
        show()
        QApplication.processEvents()
        need = shell.minimumSizeHint()
        assert (need.width() <= width, need.height() <= height) == (True, True)
        assert [text for text in cut_labels(page.current()) if "<" not in text] == []


def test_words_of_the_campaign_need_no_qt() -> None:
    code = (
        "import sys; from sochihoi.ui.campaign import desk, household_words, presenter; "
        "sys.exit(any(name.startswith('PySide6') for name in sys.modules))"
    )
    around = os.environ | {"PYTHONPATH": str(Path(sochihoi.__file__).parents[1])}
    assert subprocess.run([sys.executable, "-c", code], check=False, env=around).returncode == 0
