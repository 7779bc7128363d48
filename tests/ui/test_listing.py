"""Lists of every page on paper: exactly what the screen shows, driven as an officer drives it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest
import shiboken6
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sochihoi import app as window
from sochihoi.domain.periods import Period
from sochihoi.domain.rubric import Title
from sochihoi.i18n import _
from sochihoi.services.imports import Fate
from sochihoi.services.office import Office
from sochihoi.ui.setup.presenter import history
from sochihoi.ui.shared.listing import offer
from sochihoi.ui.shared.listing.offer import ListPaper
from sochihoi.ui.shared.listing.reading import filters_told
from sochihoi.ui.shared.table import Table
from tests import study_data
from tests.exchange_data import make_exchange
from tests.month_data import add_households, autumn
from tests.people_data import add_members

Shown = list[tuple[bytes, str]]
OCTOBER = Period.month(2026, 10)


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Shown:
    """The previews that were opened: PDF and name."""
    found: Shown = []
    monkeypatch.setattr(
        "sochihoi.ui.shared.preview.show_preview", lambda _context, _parent, pdf, name: found.append((pdf, name))
    )
    return found


def words_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    words = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return "".join(words.replace("\ufffe", "-").split())


def table_on(page: Any) -> Table[Any]:
    """The list in front that can be printed."""
    return next(one for one in page.findChildren(Table) if one.paper is not None and one.isVisible())


def print_list(qtbot: QtBot, table: Table[Any], shown: Shown) -> str:
    before = len(shown)
    paper = table.paper
    assert isinstance(paper, ListPaper)
    paper.show()
    qtbot.waitUntil(lambda: len(shown) > before, timeout=20_000)
    return words_of(shown[-1][0])


def squeezed(text: str) -> str:
    return "".join(text.split())


def nothing(_office: Office) -> None:
    """Two branches with members are enough."""


def titles(office: Office) -> None:
    office.rubric.record_titles(2026, {office.setup.branches()[0].id: Title.MODEL})


def campaign(office: Office) -> None:
    study_data.hold(office, study_data.begin(office))


PAGES: dict[str, tuple[Callable[[Office], object], str, dict[str, Any], Callable[[Any], None]]] = {
    "members": (nothing, "people", {}, lambda _page: None),
    "households": (add_households, "households", {}, lambda _page: None),
    "without": (nothing, "households", {"without": True}, lambda _page: None),
    "others": (
        lambda office: office.people.add_person(_someone()),
        "households",
        {},
        lambda page: page.tabs.setCurrentIndex(2),
    ),
    "meetings": (autumn, "meetings", {}, lambda _page: None),
    "study": (campaign, "study", {}, lambda _page: None),
    "coverage": (campaign, "study", {}, lambda page: _open_campaign(page, 0)),
    "sessions": (campaign, "study", {}, lambda page: _open_campaign(page, 1)),
    "missing": (campaign, "study", {}, lambda page: _open_campaign(page, 2)),
    "campaign": (add_households, "campaign", {}, lambda _page: None),
    "campaign households": (add_households, "campaign", {}, lambda page: page.current().households.emit("", "")),
    "rubric": (titles, "rubric", {}, lambda _page: None),
    "targets": (nothing, "targets", {}, lambda _page: None),
    "reports": (nothing, "reports", {"view": "list"}, lambda _page: None),
    "history": (nothing, "setup", {"tab": "history"}, lambda _page: None),
    "branches": (nothing, "setup", {"tab": "branches"}, lambda _page: None),
}


def _someone() -> Any:
    from tests.people_data import details

    return details("Trần Thị Hoa")


def _open_campaign(page: Any, tab: int) -> None:
    listed = page.current()
    listed.opened.emit(listed.table.model.rows[0].campaign.id)
    page.current().tabs.setCurrentIndex(tab)


@pytest.mark.parametrize("name", PAGES)
def test_the_paper_says_what_the_screen_shows(
    qtbot: QtBot, shell: Any, office: Office, shown: Shown, name: str
) -> None:
    prepare, key, args, go_on = PAGES[name]
    for branch in ("Ấp An Hòa", "Ấp Bưng Cốc"):
        add_members(office, branch, 4)
    prepare(office)
    shell.set_period(OCTOBER)
    shell.go(key, **args)
    go_on(shell.page())
    QApplication.processEvents()
    table = table_on(shell.page())
    assert table.model.rows
    told = print_list(qtbot, table, shown)
    for row in table.model.rows:
        for column in table.model.columns:
            if column.on_paper and column.printed is None and not column.sensitive:
                parts = [column.text(row)]
                parts += [badge.text for badge in column.badges(row)] if column.badges else []
                for part in parts:
                    assert squeezed(part) in told, (column.title(), part)
    for column in table.model.columns:
        if column.on_paper:
            assert squeezed(column.title()) in told
    lines = sum(table.section is None or table.section(row) is None for row in table.model.rows)
    assert f"{lines}{squeezed(table.noun(lines))}." in told
    assert office.history.acts(1)[0].act == "list.export"
    paper = table.paper
    assert isinstance(paper, ListPaper)
    assert history(office)[0].whom == paper.about.title()


def test_ctrl_p_prints_the_filtered_list_in_its_order(qtbot: QtBot, shell: Any, office: Office, shown: Shown) -> None:
    add_members(office, "Ấp An Hòa", 5)
    add_members(office, "Ấp Bưng Cốc", 5)
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    shell.go("people")
    page = shell.page()
    page.branch.setCurrentIndex(1)
    page.chips.set_chosen({"current", "core"})
    page.chips.set_chosen({"current"})
    page.search.setText("Th")
    page.show_rows()
    page.table.view.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    rows = page.table.model.rows
    assert 0 < len(rows) <= 5
    qtbot.keyClick(page.search, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(shown), timeout=20_000)
    told = words_of(shown[0][0])
    assert [told.index(row.code) for row in rows] == sorted(told.index(row.code) for row in rows)
    absent = [row for row in office.people.rows() if row not in rows]
    assert not any(row.code in told for row in absent)
    assert "ẤpAnHòa," in told
    assert "“Th”" in told
    assert squeezed(_("Sorted by “{column}”, downwards.").format(column=_("Code"))) in told
    assert shown[0][1] == "DanhSachHoiVien.pdf" or shown[0][1] == "ListOfMembers.pdf"


def test_sensitive_columns_come_only_when_asked_for(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, shell: Any, office: Office, shown: Shown
) -> None:
    add_members(office, count=3)
    shell.go("people")
    paper = shell.page().table.paper
    told = print_list(qtbot, shell.page().table, shown)
    for hidden in ("Khmer", squeezed(_("Party member")), squeezed(_("National id"))):
        assert hidden not in told
    asked: list[str] = []

    def answer(_parent: object, question: str, consequence: str, *_buttons: str) -> bool:
        asked.append(consequence)
        return len(asked) > 1

    monkeypatch.setattr(offer, "ask", answer)
    press = [one.press for one in paper.menu_items() if one is not None][2]
    press()
    assert len(shown) == 1
    assert _("Ethnic group") in asked[0]
    press()
    qtbot.waitUntil(lambda: len(shown) == 2, timeout=20_000)
    told = words_of(shown[1][0])
    assert "Khmer" in told
    assert squeezed(_("Party member")) in told


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_a_list_of_members_as_it_is_shown_comes_back(
    ending: str, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, shell: Any, office: Office, tmp_path: Path
) -> None:
    """Each line has its code: what the list hides or leaves out, it says nothing of."""
    count = len(add_members(office, count=6))
    target = tmp_path / f"hv.{ending}"
    monkeypatch.setattr(offer, "choose_target", lambda *_args: target)
    shell.set_period(OCTOBER)
    shell.go("people")
    with qtbot.waitSignal(shell.jobs.idle, timeout=20_000):
        shell.page().table.paper.save()
    preview = office.imports.preview(target)
    assert (preview.count(Fate.PRESENT), len(preview.lines)) == (count, count)


def test_the_excel_file_has_numbers_and_days(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, shell: Any, office: Office, tmp_path: Path
) -> None:
    add_members(office, count=6)
    homes = add_households(office)
    target = tmp_path / "ho.xlsx"
    monkeypatch.setattr(offer, "choose_target", lambda *_args: target)
    shell.set_period(OCTOBER)
    shell.go("households")
    with qtbot.waitSignal(shell.jobs.idle, timeout=20_000):
        shell.page().table.paper.save()
    sheet = openpyxl.load_workbook(target).active
    assert sheet is not None
    rows = list(sheet.iter_rows(min_row=3, values_only=True))
    table = shell.page().table
    assert list(rows[0][1:5]) == [column.title() for column in table.model.columns[:4]]
    assert len(rows) == homes + 1
    at = rows[0].index(_("Members"))
    assert [row[0] for row in rows[1:]] == list(range(1, homes + 1))
    assert all(row[at] == one.members for row, one in zip(rows[1:], table.model.rows, strict=True))
    assert all(type(row[at]) is int for row in rows[1:])
    shell.go("study")
    study_data.begin(office, deadline=date(2026, 11, 10))
    study_data.hold(office, office.study.campaigns()[0].campaign.id, held_on=date(2026, 10, 12))
    shell.refresh_page()
    _open_campaign(shell.page(), 1)
    with qtbot.waitSignal(shell.jobs.idle, timeout=20_000):
        table_on(shell.page()).paper.save()  # type: ignore[union-attr]
    sheet = openpyxl.load_workbook(target).active
    assert sheet is not None
    assert sheet.cell(4, 2).value == datetime(2026, 10, 12)  # noqa: DTZ001 - Excel knows no zones


def test_an_empty_list_offers_nothing(shell: Any, office: Office, shown: Shown) -> None:
    shell.go("people")
    paper = shell.page().table.paper
    assert paper.button.isHidden()
    shell.page().on_print()
    paper.save()
    assert shown == []
    add_members(office, count=1)
    shell.refresh_page()
    assert not paper.button.isHidden()


def test_filters_that_are_hidden_narrow_nothing(shell: Any, office: Office) -> None:
    add_members(office, count=2)
    shell.go("households", without=True)
    page = shell.page()
    page.chips.set_chosen({"POOR"})
    assert filters_told((page.filter_row,)) == []
    page.search.setText("An")
    assert filters_told((page.filter_row,)) == [_("“{name}”").format(name="An")]


def test_a_wide_list_lies_across_and_a_narrow_one_stands(
    qtbot: QtBot, shell: Any, office: Office, shown: Shown
) -> None:
    add_members(office, count=3)
    sizes = {}
    for key, args in (("people", {}), ("setup", {"tab": "branches"})):
        shell.go(key, **args)
        print_list(qtbot, table_on(shell.page()), shown)
        document = pypdfium2.PdfDocument(shown[-1][0])
        wide, high = document.get_page_size(0)
        document.close()
        sizes[key] = wide > high
    assert sizes == {"people": True, "setup": False}


def test_the_level_above_prints_what_came_in(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, settings: QSettings, shown: Shown
) -> None:
    exchange = make_exchange(tmp_path / "exchange")
    exchange.above.receiving.receive([exchange.send()])
    above = window.build_window(exchange.above, settings, first="")
    above.show()
    above.set_period(OCTOBER)
    for tab in ("inbox", "units", "figures", "targets"):
        above.go("upper", tab=tab)
        QApplication.processEvents()
        table = table_on(above.page())
        if not table.model.rows:
            continue
        before = len(shown)
        above.page().on_print()
        qtbot.waitUntil(lambda before=before: len(shown) > before, timeout=20_000)  # type: ignore[misc]
        told = words_of(shown[-1][0])
        for row in table.model.rows:
            assert squeezed(table.model.columns[0].text(row)) in told
    assert len(shown) >= 3
    above.book = None
    above.close()
    shiboken6.delete(above)
    exchange.close()
