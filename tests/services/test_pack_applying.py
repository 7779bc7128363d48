"""A commune takes a pack in: proven, newer, shown in words first, in force on its day, closed months untouched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from secrets import token_bytes

import pytest

from sochihoi import paths
from sochihoi.domain.exchange import NoParentKey
from sochihoi.domain.packs import Changed, NotAPack, PackForked, PackOfAnother, PackOlder
from sochihoi.services import unit_trees
from sochihoi.services.office import Office
from sochihoi.services.overview_facts import DueKind
from sochihoi.services.pack_sealing import sealed as sealed_pack
from sochihoi.services.packs import Packs
from sochihoi.services.reporting.as_json import as_json
from sochihoi.storage.errors import UndoConflict
from sochihoi.sync.envelope import inspect
from sochihoi.sync.errors import Code, Refused
from sochihoi.ui import words
from sochihoi.ui.overview.others import tree_line
from sochihoi.ui.overview.presenter import due_line
from sochihoi.ui.words import packs as told
from tests.exchange_data import MOMENT, OCTOBER, Exchange, make_exchange
from tests.offices import make_above
from tests.pack_data import DECEMBER, FORM, TARGETS, TREE, folder, made

UNITS = """# Provinces and communes since 2027-01-01, Nghị quyết 7/NQ-HĐND: 1 provinces, 1 communes.
code,name,kind,province
99,Mẫu,tỉnh,
99010,Hòa Lập,xã,99
"""


@pytest.fixture
def exchange(tmp_path: Path) -> Iterator[Exchange]:
    found = make_exchange(tmp_path, records=False)
    yield found
    found.close()


@pytest.fixture
def closed(tmp_path: Path) -> Iterator[Exchange]:
    found = make_exchange(tmp_path)
    yield found
    found.close()


def on(office: Office, day: date) -> None:
    """Another day on the clock of this PC."""
    office.store.now = lambda: datetime(day.year, day.month, day.day, 3, tzinfo=MOMENT.tzinfo)


def refused(office: Office, data: bytes) -> Exception:
    before = office.packs.kept()
    with pytest.raises(Exception) as problem:  # noqa: PT011 - the callers look at it
        office.packs.apply(data)
    assert words.say(problem.value).todo
    assert office.packs.kept() == before
    return problem.value


def test_a_pack_is_shown_in_words_and_counts_from_its_day(exchange: Exchange, tmp_path: Path) -> None:
    below, data = exchange.below, made(exchange.above, tmp_path / "p", effective=DECEMBER)
    look = below.packs.look(data)
    sentences = [told.change_words(one) for one in look.changes]
    assert [one.what for one in look.changes] == [Changed.TARGET_NEW, Changed.TARGET]
    assert "Xe đạp tặng học sinh nghèo" in sentences[0]
    assert "90" in sentences[1]
    assert "85" in sentences[1]
    assert below.packs.kept() == ()
    below.packs.apply(data)
    assert below.packs.in_force() is None
    assert "bicycles_n" not in {one.id for one in below.definitions.targets}
    on(below, DECEMBER)
    assert below.packs.in_force() == look.pack or below.packs.in_force().number == 1  # type: ignore[union-attr]
    assert below.definitions.target("hh_pass_pct").goal.value == 90
    assert below.definitions.target("bicycles_n")


def test_closed_months_and_their_reports_do_not_change(closed: Exchange, tmp_path: Path) -> None:
    below = closed.below
    figures = below.figures.of(OCTOBER).cells
    report = as_json(below.reports.report("month", below.reports.span("2026-10")))
    data = made(closed.above, tmp_path / "p", {"targets/a.toml": TARGETS, "forms/m.toml": FORM}, DECEMBER)
    below.packs.apply(data)
    on(below, date(2026, 12, 31))
    assert below.definitions.target("bicycles_n")
    assert below.figures.of(OCTOBER).cells == figures
    assert as_json(below.reports.report("month", below.reports.span("2026-10"))) == report
    now = below.reports.report("month", below.reports.span("2026-12"))
    assert now.form.version == "tinh-1"


def test_replayed_and_older_packs_are_refused(exchange: Exchange, tmp_path: Path) -> None:
    below, above = exchange.below, exchange.above
    first = made(above, tmp_path / "a")
    second = made(above, tmp_path / "b", {"targets/a.toml": TARGETS.replace("90", "91")})
    third = made(above, tmp_path / "c", {"targets/a.toml": TARGETS.replace("90", "92")})
    below.packs.apply(first)
    assert below.packs.apply(first).known  # once more changes nothing
    look = below.packs.apply(third)
    assert look.skipped == 1
    assert told.warnings(look, below.today)
    assert below.definitions.target("hh_pass_pct").goal.value == 92
    for old in (first, second):
        assert isinstance(refused(below, old), PackOlder)
    assert below.definitions.target("hh_pass_pct").goal.value == 92


def test_a_pack_that_expired_warns_and_goes_on_counting(exchange: Exchange, tmp_path: Path) -> None:
    below = exchange.below
    look, data = exchange.above.packs.make(folder(tmp_path / "p"), expires=date(2026, 11, 30))
    on(below, date(2026, 12, 31))
    assert "30/11/2026" in " ".join(told.warnings(below.packs.look(data), below.today))
    below.packs.apply(data)
    pack = below.packs.in_force()
    assert pack is not None
    assert pack.sha256 == look.pack.sha256
    assert told.standing(pack, below.today, pack)[1] == "warn"
    assert below.definitions.target("bicycles_n")


def test_applying_is_not_taken_back(exchange: Exchange, tmp_path: Path) -> None:
    exchange.below.packs.apply(made(exchange.above, tmp_path / "p"))
    (newest, *_rest) = exchange.below.history.acts()
    assert (newest.act, newest.undoable) == ("pack.apply", False)
    assert isinstance(exchange.below.history.obstacle(newest.batch), UndoConflict)


def test_a_pack_that_nobody_accepted_is_refused(exchange: Exchange, tmp_path: Path) -> None:
    stranger = make_above(tmp_path / "stranger", "stranger", MOMENT)
    problem = refused(exchange.below, made(stranger, tmp_path / "p"))
    stranger.close()
    assert isinstance(problem, Refused)
    assert problem.code is Code.KEY_UNKNOWN
    good = made(exchange.above, tmp_path / "q")
    for at in range(0, len(good), 97):
        with pytest.raises(Refused):
            exchange.below.packs.look(good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :])


def test_without_an_accepted_key_no_pack_counts(tmp_path: Path) -> None:
    found = make_exchange(tmp_path, introduced=False, records=False)
    assert isinstance(refused(found.below, made(found.above, tmp_path / "p")), NoParentKey)
    found.close()


def test_two_packs_with_one_number_and_another_line_are_refused(exchange: Exchange, tmp_path: Path) -> None:
    above, below = exchange.above, exchange.below
    below.packs.apply(made(above, tmp_path / "a"))

    def sealed(number: int, **changes: object) -> bytes:
        """What the same key signs beside the one line of packs."""
        last = replace(above.packs.made(), **changes)  # type: ignore[type-var]
        last = replace(last, number=number - 1)
        return sealed_pack(above, token_bytes, {"targets/a.toml": TARGETS + "\n"}, DECEMBER, None, last, "")[2]

    assert isinstance(refused(below, sealed(2, sha256="ab" * 32)), PackForked)
    assert isinstance(refused(below, sealed(2, code="other")), PackOfAnother)


def test_another_kind_of_file_is_no_pack(closed: Exchange) -> None:
    assert isinstance(refused(closed.below, closed.send().read_bytes()), NotAPack)


def test_the_pack_is_in_the_book_and_before_what_was_laid_by_hand(exchange: Exchange, tmp_path: Path) -> None:
    below = exchange.below
    own = paths.pack(below.store.folder.path)
    folder(
        own,
        {"targets/own.toml": TARGETS.replace("90", "55").replace("bicycles_n", "books_n").replace("tỉnh Mẫu", "xã")},
    )
    below.forget_definitions()
    assert below.definitions.target("hh_pass_pct").goal.value == 55
    below.packs.apply(made(exchange.above, tmp_path / "p"))
    assert below.definitions.target("hh_pass_pct").goal.value == 90
    assert below.definitions.target("books_n")
    # somebody changes or takes away what lies beside the book: the book says what is in force
    (laid,) = (below.store.folder.path / "packs").iterdir()
    (laid / "targets" / "2026.toml").write_text("nonsense", encoding="utf-8")
    (laid / "targets" / "more.toml").write_text("nonsense", encoding="utf-8")
    assert Packs(below).signed() == (laid,)
    assert (laid / "targets" / "2026.toml").read_text(encoding="utf-8") == TARGETS
    assert not (laid / "targets" / "more.toml").exists()
    # a broken folder by hand takes nothing away from the pack
    (own / "targets" / "own.toml").write_text("nonsense", encoding="utf-8")
    below.forget_definitions()
    assert below.definitions.target("hh_pass_pct").goal.value == 90
    assert below.broken_pack is not None


def test_a_report_names_the_pack_behind_its_figures(closed: Exchange, tmp_path: Path) -> None:
    closed.below.packs.apply(made(closed.above, tmp_path / "p"))
    manifest = inspect(closed.send().read_bytes()).manifest
    assert manifest is not None
    stated, pack = manifest.draft.defpack, closed.below.packs.applied()
    assert stated is not None
    assert pack is not None
    assert (stated.id, stated.version, stated.sha256) == ("HPN-99", 1, pack.sha256)


def test_changes_of_units_are_kept_on_both_sides_and_announced(exchange: Exchange, tmp_path: Path) -> None:
    above, below = exchange.above, exchange.below
    data = made(above, tmp_path / "a", {"tree/2027.toml": TREE, "units/2027.csv": UNITS})
    (change,) = (one for one in below.packs.look(data).changes if one.what is Changed.TREE)
    assert change.here
    # names: this unit's own, none of one that nobody told of, the new one's from the list in the same pack
    assert "Từ 01/01/2027: xã Hòa Phú (99001), 99002 hợp nhất thành xã Hòa Lập (99010)." in told.change_words(change)
    below.packs.apply(data)
    for office in (above, below):
        (one,) = unit_trees.changes(office)
        assert (one.kind, one.from_units, one.to_units) == ("MERGED", ("99001", "99002"), ("99010",))
        assert unit_trees.begun((one,), office.today) == ()
        assert unit_trees.begun((one,), date(2027, 1, 1)) == (one,)
    assert unit_trees.naming(below, "99001")
    (due,) = [one for one in below.overview.of(OCTOBER).due if one.kind is DueKind.TREE]
    line = due_line(due, below.today, "")
    assert (due.on, line.page, "xã Hòa Phú (99001), 99002 hợp nhất thành xã Hòa Lập (99010)" in line.title) == (
        date(2027, 1, 1),
        "sync",
        True,
    )
    (seen,) = above.overview.below(OCTOBER).changes
    line = tree_line(seen)
    assert ("xã Hòa Phú (99001)" in line.title, line.page, line.args) == (True, "upper", {"tab": "packs"})
    on(above, date(2027, 1, 2))
    assert above.overview.below(OCTOBER).changes == ()  # the day is past
    on(above, MOMENT.date())
    assert not unit_trees.naming(below, "99003")
    # a newer pack that no longer says it takes it back, before its day
    below.packs.apply(made(above, tmp_path / "b"))
    assert unit_trees.changes(above) == unit_trees.changes(below) == ()
