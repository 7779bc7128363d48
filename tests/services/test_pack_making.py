"""The level above makes packs of a folder: whole, numbered, refused with file and place, never against the past."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from sochihoi.domain.exchange import NotAReceiver
from sochihoi.domain.packs import (
    Changed,
    NotForAPack,
    NothingInPack,
    PackDays,
    PackLeavesOut,
    PackOfAnother,
    PackRewritesPast,
)
from sochihoi.services.definition_tables import BadDefinition
from sochihoi.services.office import Office
from sochihoi.services.unit_files import BadUnitList
from sochihoi.storage.errors import FileExists
from sochihoi.sync.carried import kept
from sochihoi.ui import words
from sochihoi.ui.words.packs import change_words
from tests.exchange_data import MOMENT, commune
from tests.offices import make_above
from tests.pack_data import DECEMBER, FORM, MEMBERS, SHIPPED, TARGETS, TREE, UNUSUAL, folder, made

INDICATORS = (SHIPPED / "indicators" / "month-2026.toml").read_text(encoding="utf-8")
CRITERIA = (SHIPPED / "criteria" / "5K3S3A-2026.toml").read_text(encoding="utf-8")


@pytest.fixture
def above(tmp_path: Path) -> Iterator[Office]:
    office = make_above(tmp_path / "above", moment=MOMENT)
    yield office
    office.close()


def test_a_folder_becomes_a_signed_pack(above: Office, tmp_path: Path) -> None:
    files = {"targets/2026.toml": TARGETS, "tree/2027.toml": TREE, "profiles/list.toml": MEMBERS}
    look, data = above.packs.make(folder(tmp_path / "p", files), effective=DECEMBER, expires=date(2027, 12, 31))
    assert (look.pack.number, look.pack.code, look.pack.effective) == (1, "HPN-99", DECEMBER)
    statement, rows = kept(data)
    assert [row["id"] for row in rows] == sorted(files)
    assert {row["id"]: row["text"] for row in rows} == files
    assert statement.about == {"id": "HPN-99", "effective": "2026-12-01", "expires": "2027-12-31"}
    told = {one.what for one in look.changes}
    assert told == {Changed.TARGET, Changed.TARGET_NEW, Changed.TREE, Changed.ASKED}
    out = above.packs.write(look.pack.id, tmp_path)
    assert (out.name, out.read_bytes()) == ("HPN_99_GOI_0001.hpn", data)
    with pytest.raises(FileExists):
        above.packs.write(look.pack.id, tmp_path)


def test_the_same_folder_is_the_same_pack_and_another_the_next(above: Office, tmp_path: Path) -> None:
    place = folder(tmp_path / "p")
    first, data = above.packs.make(place, effective=DECEMBER)
    again, same = above.packs.make(place, effective=DECEMBER)
    assert (again.pack.number, again.known, same) == (1, True, data)
    second, other = above.packs.make(place, effective=date(2026, 12, 2))
    assert second.pack.number == 2
    assert kept(other)[0].prev == first.pack.sha256
    assert [one.number for one in above.packs.kept()] == [2, 1]
    with pytest.raises(PackOfAnother):
        above.packs.make(place, code="other")


def test_line_ends_and_marks_of_an_editor_do_not_matter(above: Office, tmp_path: Path) -> None:
    place = tmp_path / "p" / "targets"
    place.mkdir(parents=True)
    (place / "a.toml").write_bytes(b"\xef\xbb\xbf" + TARGETS.replace("\n", "\r\n").encode())
    _look, data = above.packs.make(tmp_path / "p")
    assert kept(data)[1][0]["text"] == TARGETS


@pytest.mark.parametrize(
    ("files", "error", "said"),
    [
        ({"targets/a.toml": TARGETS.replace("value = 90", 'value = "90"')}, BadDefinition, "targets[1].value"),
        ({"targets/a.toml": TARGETS.replace("household.passing_pct", "household.none")}, BadDefinition, "hh_pass_pct"),
        ({"tree/a.toml": TREE.replace("99001 99002", "99001")}, BadDefinition, "changes[1].from"),
        ({"tree/a.toml": TREE.replace("MERGED", "EATEN")}, BadDefinition, "changes[1].kind"),
        ({"profiles/a.toml": MEMBERS.replace("joined", "joined party_member")}, BadDefinition, "columns"),
        ({"profiles/a.toml": MEMBERS.replace("joined", "violence")}, BadDefinition, "columns"),
        ({"profiles/a.toml": MEMBERS + 'sensitive = "phone"\n'}, BadDefinition, "sensitive"),
        ({"unusual/a.toml": UNUSUAL.replace("org.members", "org.none")}, BadDefinition, "figures: org.none"),
        ({"units/a.csv": "code,name\n"}, BadUnitList, "a.csv"),
        ({"targets/a.txt": "x"}, NotForAPack, "targets/a.txt"),
        ({"reports/other.toml": "x = 1"}, NotForAPack, "reports/other.toml"),
        ({"secrets/a.toml": "x = 1"}, NotForAPack, "secrets/a.toml"),
        ({"a.toml": "x = 1"}, NotForAPack, "a.toml"),
        ({".hidden": "x"}, NothingInPack, ""),
        ({"targets/a.toml": TARGETS + "\u202e"}, BadDefinition, "a.toml"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_place(
    above: Office, tmp_path: Path, files: dict[str, str], error: type[Exception], said: str
) -> None:
    with pytest.raises(error) as problem:
        made(above, tmp_path / "p", files)
    assert said in str(words.say(problem.value))
    assert above.packs.kept() == ()


def test_days_that_are_over_stay_as_they_were(above: Office, tmp_path: Path) -> None:
    for number, (files, begins) in enumerate(
        (
            ({"forms/month.toml": FORM.replace("2026-12-01", "2026-11-30")}, DECEMBER),
            ({"indicators/a.toml": INDICATORS.replace("Hội viên", "Chị em", 1)}, DECEMBER),
            ({"criteria/a.toml": CRITERIA.replace('version = "', 'version = "x')}, DECEMBER),  # of the whole year 2026
            ({"tree/a.toml": TREE.replace("2027-01-01", "2026-11-30")}, DECEMBER),
            ({"unusual/a.toml": UNUSUAL.replace("2026-12-01", "2026-11-30")}, DECEMBER),
        )
    ):
        with pytest.raises(PackRewritesPast) as problem:
            made(above, tmp_path / str(number), files, begins)
        assert "01/12/2026" in str(words.say(problem.value))
    assert made(above, tmp_path / "good", {"forms/month.toml": FORM}, DECEMBER)


def test_rules_of_the_unusual_come_in_words_and_count_from_their_day(above: Office, tmp_path: Path) -> None:
    before = above.receiving.unusual_rules
    look, _data = above.packs.make(folder(tmp_path / "p", {"unusual/a.toml": UNUSUAL}), effective=DECEMBER)
    (change,) = look.changes
    said = change_words(change)
    assert change.what is Changed.UNUSUAL_NEW
    first, rule, *rest = said.splitlines()
    assert first.startswith("Từ 01/12/2026")
    assert rule.startswith("– Giảm “Hội viên cuối tháng”: nhắc khi quá 1")
    assert "trước đó: nhắc khi quá 10" in rule
    assert all(line.endswith("không xét nữa.") for line in rest)  # the rest of the program's own rules
    assert above.receiving.unusual_rules == before
    above.store.now = lambda: datetime(2026, 12, 1, 3, tzinfo=MOMENT.tzinfo)
    assert [(one.code, one.hold) for one in above.receiving.unusual_rules] == [("MEMBERS_GONE", 2)]
    with pytest.raises(PackLeavesOut):
        made(above, tmp_path / "q", None, date(2027, 2, 1))


def test_a_dated_definition_is_not_left_out_of_the_next_pack(above: Office, tmp_path: Path) -> None:
    made(above, tmp_path / "a", {"forms/month.toml": FORM, "targets/a.toml": TARGETS}, DECEMBER)
    with pytest.raises(PackLeavesOut) as problem:
        made(above, tmp_path / "b", {"targets/a.toml": TARGETS}, date(2027, 2, 1))
    assert "month" in str(words.say(problem.value))
    ended = FORM.replace("valid_from = 2026-12-01", "valid_from = 2026-12-01\nvalid_to = 2027-01-31")
    assert made(above, tmp_path / "c", {"forms/month.toml": ended}, date(2027, 2, 1))


def test_only_a_level_above_makes_packs_and_days_must_agree(above: Office, tmp_path: Path) -> None:
    below = commune(tmp_path / "c")
    with pytest.raises(NotAReceiver):
        below.packs.make(folder(tmp_path / "p"))
    below.close()
    with pytest.raises(PackDays) as problem:
        above.packs.make(folder(tmp_path / "p"), effective=DECEMBER, expires=date(2026, 11, 30))
    assert words.say(problem.value)


def test_the_level_above_works_with_its_own_pack(above: Office, tmp_path: Path) -> None:
    made(above, tmp_path / "p")
    assert above.definitions.target("bicycles_n")
    assert above.packs.applied() is None
