"""The server of a level above in the window: tried, chosen in the first steps, followed to another address."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from sochihoi import app as window
from sochihoi.services import renewing
from sochihoi.services.office import Office
from sochihoi.services.opening import open_office
from sochihoi.ui.setup import first_run
from sochihoi.ui.setup.first_run import Wizard
from sochihoi.ui.setup.page import PARTS
from sochihoi.ui.setup.server import ServerPart
from sochihoi.ui.upper.page import TABS
from sochihoi.ui.words.servers import at_rest
from tests.exchange_data import MOMENT, OCTOBER, make_exchange, with_records
from tests.offices import PASSWORD, around, make_above
from tests.pack_data import MEMBERS, made
from tests.private_server import Cluster
from tests.services.test_member_lists_above import give_id

Open = Callable[[Office], ServerPart]


@pytest.fixture
def shown(qapp: QApplication, settings: QSettings) -> Iterator[Open]:
    made: list[Any] = []

    def show(office: Office) -> ServerPart:
        shell = window.build_window(office, settings, first="")
        made.append((shell, office))
        shell.resize(1093, 540)
        shell.show()
        shell.go("setup", tab="server")
        qapp.processEvents()
        part = shell.page().part()
        assert isinstance(part, ServerPart)
        return part

    yield show
    for shell, office in made:
        shell.book = None
        shell.close()
        shiboken6.delete(shell)
        office.close()


def write(field: Any, text: str) -> None:
    field.line.setText(text)
    field.line.textEdited.emit(text)


def told(part: ServerPart) -> str:
    return " ".join(one.text() for one in part.facts.findChildren(QLabel))


def test_a_book_in_its_folder_says_so_and_an_address_can_be_tried(
    shown: Open, tmp_path: Path, cluster: Cluster
) -> None:
    from tests.ui.test_fit import cut_labels

    part = shown(make_above(tmp_path / "above"))
    assert str(tmp_path / "above") in told(part)
    assert not part.keep_button.isVisible()
    assert not part.field.try_button.isEnabled()
    write(part.field, "postgresql://officer@may-chu.vn/book")
    part.field.try_button.click()
    assert "may-chu.vn" in part.field.said.text()
    assert "sslmode=verify-full" in part.field.said.text()
    write(part.field, cluster.database())
    assert part.field.said.isHidden()  # of the address before
    part.field.try_button.click()
    assert "PostgreSQL" in part.field.said.text()
    assert cut_labels(part) == []


def test_a_book_on_a_server_follows_it_and_has_no_page_of_copies(
    shown: Open, tmp_path: Path, both_on_server: str
) -> None:
    office = make_above(tmp_path / "above")
    part = shown(office)
    assert both_on_server in told(part)
    shell: Any = part.window()
    names = [one[0] for one in PARTS]
    shell.go("setup", tab="backup")
    assert isinstance(shell.page().part(), ServerPart)  # there is none: the page stays where it was
    assert "backup" in names
    write(part.field, f"{both_on_server}&application_name=desk")
    part.keep_button.click()
    assert not part.keep_button.isEnabled()
    office.close()
    again = open_office(tmp_path / "above", PASSWORD, around=around())
    server = again.store.server
    again.close()
    assert "application_name=desk" in server


@pytest.fixture
def both_on_server(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of the database on which the level above is made."""
    from tests import offices

    address = cluster.database()
    monkeypatch.setattr(offices, "records_above", lambda: address)
    return address


def test_the_first_steps_of_a_level_above_on_a_server(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, settings: QSettings, cluster: Cluster
) -> None:
    opened: list[Office] = []
    made = first_run.build(
        tmp_path / "c", lambda office, *_more, **_named: opened.append(office), settings=settings, around=around()
    )
    assert isinstance(made, Wizard)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    assert not made.unit.server.isVisible()
    made.unit.receives.click()
    assert made.unit.server.isVisible()
    made.unit.search.setText("can tho")
    made.unit.search.textEdited.emit("can tho")
    made.unit.list.setCurrentRow(0)
    assert made.copies in made.wanted()
    address = cluster.database()
    write(made.unit.server, address)
    assert made.copies not in made.wanted()
    assert any(one.text() == at_rest() and one.isVisible() for one in made.unit.findChildren(QLabel))
    settings.sync()
    assert cluster.newest not in Path(settings.fileName()).read_text(encoding="utf-8")
    made.next_button.click()
    made.password.name.setText("Trần Thị Mẫu")
    made.password.twice.first.setText(PASSWORD)
    made.password.twice.second.setText(PASSWORD)
    made.password.twice.changed.emit()
    made.next_button.click()
    made.recovery.save_at(tmp_path / "sheet.pdf")
    made.next_button.click()
    (office,) = opened
    assert office.store.server
    assert office.is_receiver
    assert cluster.at(address, "SELECT count(*) FROM account") == [(1,)]
    office.close()


def test_every_page_opens_on_a_server_and_says_that_a_colleague_renewed_the_keys(
    qapp: QApplication, tmp_path: Path, settings: QSettings, both_on_server: str
) -> None:
    exchange = make_exchange(tmp_path, records=False)
    with_records(exchange.below, 3, (OCTOBER,))
    office, units = exchange.above, (exchange.below, exchange.neighbour(members=3))
    asked = made(office, tmp_path / "asked", {"profiles/list.toml": MEMBERS})
    for unit in units:
        unit.packs.apply(asked)
        give_id(unit)
    office.receiving.receive([exchange.send(office=unit) for unit in units])
    shell = window.build_window(office, settings, first="")
    shell.show()
    shell.set_period(OCTOBER)

    def said() -> str:
        assert shell.frame is not None
        return str(shell.frame.message.text())

    places = [(one.key, {}) for one in window.places_of(office)]
    views: list[tuple[str, dict[str, str]]] = [("reports", {"view": view}) for view in ("list", "report", "figures")]
    tabs = [("upper", {"tab": tab}) for tab in TABS] + [("setup", {"tab": one[0]}) for one in PARTS]
    for key, view in (*places, *views, *tabs):
        shell.go(key, **view)
        qapp.processEvents()
        assert (key, view, said()) == (key, view, "")

    # a woman on two lists, said to be two women, and taken back with Ctrl+Z
    shell.go("upper", tab="twice")
    twice = shell.page().twice
    twice.say_distinct(*twice.table.model.rows)
    assert twice.table.model.rows == []
    shell.frame.toast.undo_button.click()
    assert (len(twice.table.model.rows), said()) == (1, "")

    two = tmp_path / "two"
    shutil.copytree(office.store.folder.path, two, ignore=shutil.ignore_patterns("lock", "open.marker"))
    colleague = open_office(two, PASSWORD, around=around("two", MOMENT))
    renewing.renew(colleague)
    colleague.close()
    shell.go("sync")
    assert "Cán bộ Hội" in said()
    assert said() == window.book_of(office, settings).banner
    shell.go("setup", tab="server")
    shell.clear_message()
    part = shell.page().part()
    assert part.keys.isVisible()
    part.take_keys(office.store.folder.identity)
    assert "identity.sealed" in said()
    shell.clear_message()
    part.take_keys(colleague.store.folder.identity)
    assert (said(), part.keys.isHidden(), window.book_of(office, settings).banner) == ("", True, "")
    shell.go("sync")
    assert said() == ""
    shell.book = None
    shell.close()
    shiboken6.delete(shell)
    exchange.close()
