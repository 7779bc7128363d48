"""Two PCs wrote one book since they parted: put together, asked where both changed the same, sent as a new epoch."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sochihoi.domain.access import Look
from sochihoi.domain.accounts import Account, Role
from sochihoi.domain.errors import NotAllowed
from sochihoi.domain.exchange import Outcome
from sochihoi.domain.people import LeaveReason
from sochihoi.domain.reuniting import NothingApart, NotTheSameBook, Side, StillAsked
from sochihoi.services import handing
from sochihoi.services.handing import HandingOver
from sochihoi.services.office import Office
from sochihoi.services.opening import open_office
from sochihoi.services.restoring import restore
from sochihoi.services.reuniting import Reuniting
from sochihoi.sync.envelope import inspect
from tests.exchange_data import MOMENT, OCTOBER, SEPTEMBER, commune, make_exchange
from tests.offices import PASSWORD, around
from tests.people_data import add_branch, add_members, details


class Two:
    """One book on two PCs, from a copy of the first."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.one = commune(root / "one")
        self.members = add_members(self.one, count=4)
        self.one.backups.make(root / "start.hpnbak")
        near = around("other", MOMENT)
        restore(root / "start.hpnbak", root / "other", PASSWORD, None, near)
        self.other = open_office(root / "other", PASSWORD, around=near)
        self.count = 0

    def file(self) -> Path:
        """The other PC's book as it is now."""
        self.count += 1
        out = self.root / f"other-{self.count}.hpnbak"
        self.other.backups.make(out)
        return out

    def close(self) -> None:
        self.one.close()
        self.other.close()


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Two]:
    made = Two(tmp_path)
    yield made
    made.close()


def phone(office: Office, membership: str, number: str) -> None:
    told = office.people.details(membership)
    office.people.edit(membership, replace(told, phone=number))


def wrap(out: Path, file: Path, name: str) -> None:
    """A ZIP around a file, as a messenger makes it."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(file, name)


def names(office: Office) -> set[str]:
    return {row.full_name for row in office.people.rows()}


def test_what_each_changed_alone_comes_together(two: Two) -> None:
    branch = add_branch(two.one)[0]
    phone(two.one, two.members[0], "0911111111")
    two.one.people.add(details("Nguyễn Thị Một", national_id=""), branch)
    told = two.other.people.details(two.members[0])
    two.other.people.edit(two.members[0], replace(told, address="Số 9, Ấp Mới"))
    two.other.people.leave(two.members[1], LeaveReason.RESIGNED, on=date(2026, 11, 2))
    two.other.people.add(details("Trần Thị Hai", national_id=""), branch)
    plan = Reuniting(two.one).look(two.file(), PASSWORD)
    assert plan.questions == ()
    done = Reuniting(two.one).apply(plan, {})
    person = two.one.people.detail(two.members[0]).person
    assert (person.phone, person.address) == ("0911111111", "Số 9, Ấp Mới")
    assert two.one.people.detail(two.members[1]).membership.left_on == date(2026, 11, 2)
    assert {"Nguyễn Thị Một", "Trần Thị Hai"} <= names(two.one)
    codes = [row.code for row in two.one.people.rows("ALL")]
    assert len(codes) == len(set(codes))
    assert [pair[0] for pair in done.renumbered] == ["HP00005"]
    assert two.one.store.findings() == ()
    assert two.one.people.found("tran thi hai")


def test_both_changed_the_same_is_asked_and_the_answer_stands(two: Two) -> None:
    for office, number, faith in ((two.one, "0911111111", "Phật giáo"), (two.other, "0922222222", "Công giáo")):
        told = office.people.details(two.members[0])
        office.people.edit(two.members[0], replace(told, phone=number, religion=faith))
    noted = len(two.one.privacy.access.log())
    desk = Reuniting(two.one)
    plan = desk.look(two.file(), PASSWORD)
    faith_asked, question = sorted(plan.questions, key=lambda one: one.field, reverse=True)
    assert (question.field, question.ours, question.theirs) == ("phone", "0911111111", "0922222222")
    newest, *rest = two.one.privacy.access.log()
    name = two.one.people.detail(two.members[0]).person.full_name
    # both values of the religion stood on the screen; a telephone number is not noted
    assert (newest.look, newest.subject, newest.fields, len(rest)) == (Look.VIEWED, name, ("religion",), noted)
    with pytest.raises(StillAsked):
        desk.apply(plan, {})
    desk.apply(plan, {question.key: Side.THEIRS, faith_asked.key: Side.OURS})
    person = two.one.people.detail(two.members[0]).person
    assert (person.phone, person.religion) == ("0922222222", "Phật giáo")


def test_it_is_one_act_that_can_be_taken_back(two: Two) -> None:
    before = names(two.one)
    two.other.people.add(details("Trần Thị Hai", national_id=""), add_branch(two.other)[0])
    desk = Reuniting(two.one)
    done = desk.apply(desk.look(two.file(), PASSWORD), {})
    assert "Trần Thị Hai" in names(two.one)
    with two.one.write("undo book.unite") as work:
        work.revert(done.batch)
    assert names(two.one) == before


def test_the_same_book_twice_is_nothing_and_another_book_is_refused(two: Two, tmp_path: Path) -> None:
    desk = Reuniting(two.one)
    with pytest.raises(NothingApart):
        desk.look(two.file(), PASSWORD)
    two.other.people.add(details("Trần Thị Hai", national_id=""), add_branch(two.other)[0])
    desk.apply(desk.look(two.file(), PASSWORD), {})
    with pytest.raises(NothingApart):
        desk.look(two.file(), PASSWORD)
    stranger = commune(tmp_path / "stranger", "99002", "Tân Lập")
    stranger.backups.make(tmp_path / "stranger.hpnbak")
    stranger.close()
    with pytest.raises(NotTheSameBook):
        desk.look(tmp_path / "stranger.hpnbak", PASSWORD)
    two.one.account = Account(two.one.account.id, "Lê Thị Nhập", Role.OFFICER)
    with pytest.raises(NotAllowed):
        desk.look(two.file(), PASSWORD)


def test_records_that_are_one_by_their_key_stay_one(two: Two) -> None:
    """The same target set on both PCs: two new records, one line of the paper."""
    from sochihoi.storage.schema import target_setting

    for office, value in ((two.one, 80), (two.other, 90)):
        with office.write("test.target") as work:
            row = {"id": office.new_id(), "code": "hh_pass_pct", "period": "2026", "numerator": value}
            work.insert(target_setting, [row])
    desk = Reuniting(two.one)
    plan = desk.look(two.file(), PASSWORD)
    (question,) = plan.questions
    assert (question.noun, question.field) == ("target_setting", "numerator")
    desk.apply(plan, {question.key: Side.THEIRS})
    with two.one.read() as work:
        from sqlalchemy import select

        assert [row["numerator"] for row in work.rows(select(target_setting))] == [90]


def test_the_level_above_takes_the_new_epoch_after_a_fork(tmp_path: Path) -> None:
    """A hand-over taken twice: one life is accepted, the other returned; put together they go on."""
    exchange = make_exchange(tmp_path)
    above = exchange.above

    def receipted(office: Office) -> None:
        for receipt in above.receiving.write_receipts(tmp_path / "back"):
            office.receipts.take(receipt.read_bytes())

    above.receiving.receive([exchange.send(SEPTEMBER)])
    receipted(exchange.below)
    HandingOver(exchange.below).write(tmp_path / "book.hpn")
    wrap(tmp_path / "book (2).zip", tmp_path / "book.hpn", "tải về/book (1).hpn")
    (tmp_path / "book.hpn").rename(tmp_path / "book.hpn (1)")
    offices = []
    for name, file in (("left", "book.hpn (1)"), ("right", "book (2).zip")):  # as carriers leave it
        near = around(name, MOMENT)
        handing.take(tmp_path / file, tmp_path / name, PASSWORD, None, near)
        offices.append(open_office(tmp_path / name, PASSWORD, around=near))
    left, right = offices
    (verdict,) = above.receiving.receive([exchange.send(OCTOBER, left)])
    assert verdict.outcome is Outcome.STORED
    receipted(left)
    add_members(right, "Ấp Mới", 2)
    left.backups.make(tmp_path / "left.hpnbak")
    desk = Reuniting(right)
    for handed in ("book.hpn (1)", "book (2).zip"):
        with pytest.raises(NothingApart):
            desk.look(tmp_path / handed, PASSWORD)
    wrap(tmp_path / "left.zip", tmp_path / "left.hpnbak", "left (1).hpnbak")
    plan = desk.look(tmp_path / "left.zip", PASSWORD)
    assert [one.epoch_no for one in plan.heads] == [2, 2]
    desk.apply(plan, {question.key: Side.OURS for question in plan.questions})
    with right.read() as work:
        assert work.sync.installation().epoch_no == 3
    for file in exchange.stick.iterdir():
        file.unlink()
    file = exchange.send(OCTOBER, right)
    (verdict,) = above.receiving.receive([file])
    assert verdict.outcome is Outcome.STORED
    manifest = inspect(file.read_bytes()).manifest
    assert manifest is not None
    # the other life's newest file; this one made none since they parted
    assert manifest.draft.parents == tuple(one.manifest_hash for one in plan.heads if one.manifest_hash)
    assert len(manifest.draft.parents) == 1
    left.close()
    right.close()
    exchange.close()
