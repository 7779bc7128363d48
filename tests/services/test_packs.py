"""The pack folder beside a book: its definitions and units come first, a broken one is told and left out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from sochihoi import paths
from sochihoi.domain.consent import Given, Purpose
from sochihoi.domain.months import CheckLevel
from sochihoi.domain.periods import Period
from sochihoi.services.office import Office
from sochihoi.services.opening import open_office
from sochihoi.services.privacy.papers import consent_slips
from sochihoi.ui.words.findings import finding_hint, finding_text
from tests.offices import PASSWORD, around, make_office
from tests.pdf_text import text_of
from tests.people_data import add_members

OCTOBER = Period.month(2026, 10)
TERM = """
code = "2025-2030"
name = { vi = "Nhiệm kỳ 2025–2030", en = "Term 2025–2030" }
starts = 2025-09-12
ends = 2030-09-11
source = "Đại hội của xã, ngày 12/9/2025"
"""


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = make_office(tmp_path / "data")
    yield made
    made.close()


def put(office: Office, text: str) -> None:
    folder = paths.pack(office.store.folder.path) / "terms"
    folder.mkdir(parents=True)
    (folder / "own.toml").write_text(text, encoding="utf-8")


def test_the_pack_of_the_commune_is_used(office: Office) -> None:
    put(office, TERM)
    assert office.broken_pack is None
    assert office.targets.row("member_net_growth_n", OCTOBER).window.start == date(2025, 9, 12)


def test_a_broken_pack_is_left_out_and_stands_among_the_checks(office: Office) -> None:
    put(office, TERM.replace("ends = 2030-09-11", ""))
    add_members(office, count=2)
    assert office.targets.row("member_net_growth_n", OCTOBER).window.start == date(2025, 7, 1)
    (found,) = [one for one in office.months.checks(OCTOBER) if one.check == "pack.broken"]
    assert found.level is CheckLevel.WARNING
    assert "own.toml" in finding_text(found)
    assert "ends" in finding_text(found)
    assert finding_hint(found)


def test_a_book_without_a_pack_has_nothing_to_say(office: Office) -> None:
    add_members(office, count=2)
    assert office.broken_pack is None
    assert not [one for one in office.months.checks(OCTOBER) if one.check == "pack.broken"]


def test_a_pack_says_the_words_of_consent_and_what_was_agreed_to_keeps_its_own(office: Office, tmp_path: Path) -> None:
    shipped = (paths.resources() / "definitions" / "consent" / "2026.toml").read_text(encoding="utf-8")
    add_members(office, count=1)
    (row,) = office.people.rows()
    office.privacy.consent.give([row.person_id], Given(frozenset(Purpose), date(2026, 10, 20)))
    office.close()
    folder = paths.pack(tmp_path / "data") / "consent"
    folder.mkdir(parents=True)
    own = shipped.replace('"2026-01"', '"TW-2026"').replace("2026-01-01", "2026-10-26").replace("PHIẾU", "BẢN")
    (folder / "tw.toml").write_text(own, encoding="utf-8")
    again = open_office(tmp_path / "data", PASSWORD, around=around("again"))
    try:
        assert again.broken_pack is None
        assert (again.privacy.consent.text().version, again.privacy.consent.text().title[:3]) == ("TW-2026", "BẢN")
        assert {one.text_version for one in again.privacy.consent.of_person(row.person_id)} == {"2026-01"}
        again.privacy.consent.give([row.person_id], Given(frozenset({Purpose.BASIC}), date(2026, 10, 26)))
        assert again.privacy.consent.of_person(row.person_id)[-1].text_version == "TW-2026"
        assert "BẢN ĐỒNG Ý" in text_of(consent_slips(again, [row]))
    finally:
        again.close()


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ('"TW-2026"', '"2026-01"'),  # a wording that was printed once is never changed
        ("{unit}", "{commune}"),
        ('SENSITIVE = "2.', 'OTHER = "2.'),
        ("told = [", "told = [1, "),
    ],
)
def test_a_wording_that_cannot_be_used_is_left_out(wrong: str, right: str, office: Office) -> None:
    shipped = (paths.resources() / "definitions" / "consent" / "2026.toml").read_text(encoding="utf-8")
    folder = paths.pack(office.store.folder.path) / "consent"
    folder.mkdir(parents=True)
    own = shipped.replace('"2026-01"', '"TW-2026"').replace(wrong, right)
    (folder / "tw.toml").write_text(own, encoding="utf-8")
    assert office.broken_pack is not None
    assert office.privacy.consent.text().version == "2026-01"


def test_a_pack_says_which_days_are_holidays(office: Office) -> None:
    folder = paths.pack(office.store.folder.path) / "holidays"
    folder.mkdir(parents=True)
    text = 'code = "VN"\nsource = "Thông báo 2027"\nfixed = ["01-01"]\ndated = [2027-02-08, 2027-02-09]\n'
    (folder / "vn.toml").write_text(text, encoding="utf-8")
    assert office.broken_pack is None
    assert not office.definitions.holidays.works(date(2027, 2, 9))
    assert office.definitions.holidays.works(date(2026, 2, 17))


@pytest.mark.parametrize("wrong", ['fixed = ["02-30"]', 'fixed = ["1/1"]', "fixed = [1]", 'dated = ["2027-02-08"]'])
def test_holidays_that_cannot_be_read_are_left_out(wrong: str, office: Office) -> None:
    folder = paths.pack(office.store.folder.path) / "holidays"
    folder.mkdir(parents=True)
    told = {"fixed": 'fixed = ["01-01"]', "dated": "dated = []"} | {wrong.split(" ", maxsplit=1)[0]: wrong}
    (folder / "vn.toml").write_text("\n".join(['code = "VN"', 'source = "x"', *told.values()]), encoding="utf-8")
    assert office.broken_pack is not None
    assert not office.definitions.holidays.works(date(2026, 2, 17))
