"""Who looked at sensitive data, printed it or took it away: rows of the journal, read by the chair."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from sochihoi.domain.access import WATCHED, Look
from sochihoi.domain.accounts import Account, Role
from sochihoi.domain.errors import NotAllowed
from sochihoi.services.list_papers import Listing, ListingColumn, ListingRow, list_pdf
from sochihoi.services.office import Office
from sochihoi.services.people_papers import save_members
from sochihoi.storage import journal
from sochihoi.storage.errors import NothingToUndo
from tests.offices import MOMENT, make_office
from tests.people_data import add_members

LISTING = Listing(
    "Danh sách hội viên",
    "Ấp An Hòa.",
    "1 hội viên",
    (ListingColumn("Họ tên"), ListingColumn("Dân tộc", field="ethnicity")),
    (ListingRow(("Thạch Thị Hằng", "Khmer"), (None, None)),),
)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = make_office(tmp_path / "data")
    add_members(made, count=3)
    yield made
    made.close()


def test_a_look_is_noted_once_while_the_book_is_open(office: Office) -> None:
    row = office.people.rows()[0]
    assert office.privacy.access.viewed(row.person_id, ["religion", "ethnicity", "address"])
    assert not office.privacy.access.viewed(row.person_id, ["ethnicity", "religion"])
    assert not office.privacy.access.viewed(row.person_id, ["address"])  # nothing watched: no row
    assert office.privacy.access.viewed(row.person_id, ["national_id"])
    newest, first = office.privacy.access.log()
    assert (first.subject, first.which, first.fields) == (row.full_name, row.code, ("ethnicity", "religion"))
    assert (newest.look, newest.account_id, newest.at) == (Look.VIEWED, office.account.id, MOMENT)


def test_every_list_that_leaves_is_in_the_log(office: Office, tmp_path: Path) -> None:
    list_pdf(office, LISTING)
    save_members(office, office.people.rows(), "", tmp_path / "a.xlsx", lambda _row: "")
    office.people.export_records()
    office.people.note_export(3, "text")
    told = [(one.look, one.form, one.count, one.subject, one.sensitive) for one in office.privacy.access.log()]
    assert told == [
        (Look.MEMBERS, "text", 3, "", False),
        (Look.MEMBERS, "json", 3, "", True),
        (Look.MEMBERS, "xlsx", 3, "", True),
        (Look.LIST, "pdf", 1, "Danh sách hội viên", True),
    ]
    assert set(office.privacy.access.log()[1].fields) == WATCHED
    assert office.privacy.access.log()[3].fields == ("ethnicity",)
    assert len(office.privacy.access.log(2)) == 2


def test_a_book_from_before_shows_its_exports_too(office: Office) -> None:
    with office.store.write("list.export") as work:
        work.settings.set("export.list", {"number": 4, "list": "Danh sách hộ", "which": "", "count": 9, "form": "pdf"})
    (row,) = office.privacy.access.log()
    assert (row.subject, row.count, row.form) == ("Danh sách hộ", 9, "pdf")


def test_a_viewer_is_noted_and_only_the_chair_reads_the_log(office: Office) -> None:
    row = office.people.rows()[0]
    chair = office.account
    office.account = Account("v", "Người xem", Role.VIEWER)
    office.store.account_id = "v"
    assert office.privacy.access.viewed(row.person_id, ["religion"])
    with pytest.raises(NotAllowed):
        office.privacy.access.log()
    office.account = chair
    assert [one.account_id for one in office.privacy.access.log()] == ["v"]


def test_a_look_cannot_be_taken_back_or_changed_unseen(office: Office) -> None:
    office.privacy.access.viewed(office.people.rows()[0].person_id, ["religion"])
    look = office.history.acts(1)[0]
    assert not look.undoable
    with pytest.raises(NothingToUndo):
        office.history.undo(look.batch)
    before = office.privacy.access.head()
    with office.store.write("t") as work:
        for name in ("journal_no_update", "journal_no_delete"):
            work.connection.execute(text(f"DROP TRIGGER {name}"))
        work.connection.execute(text("UPDATE journal SET account_id = 'somebody' WHERE act = 'access.view'"))
        assert journal.broken_links(work.connection) != ()
    assert office.privacy.access.head() == before
