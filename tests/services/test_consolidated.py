"""Consolidated figures: down to branch, file and rule; longer periods; two periods over a merger; Excel."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import BytesIO

import openpyxl
import pytest

from sochihoi.domain.errors import NotFound
from sochihoi.domain.periods import Period
from sochihoi.domain.unit_changes import UnitChange
from sochihoi.services.consolidated.comparing import Boundaries, Comparison, compare
from sochihoi.services.consolidated.parts import behind
from sochihoi.services.consolidated.workbook import content
from sochihoi.services.office import Office
from sochihoi.services.received_months import needed
from sochihoi.storage.mapping import to_row
from sochihoi.storage.schema import unit_change
from sochihoi.ui.words import consolidated as words
from tests.exchange_data import OCTOBER, SEPTEMBER
from tests.province import Province, make_province

YEAR = Period.whole_year(2026)


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Province]:
    made = make_province(tmp_path_factory.mktemp("province"), ("Hòa Phú", "Tân Lập", "Vĩnh Thạnh"))
    for code in made.communes:
        made.send(code)
    made.receive()
    yield made
    made.close()


def own(province: Province, code: str, figure: str, period: Period = OCTOBER) -> int:
    value = province.communes[code].figures.of(period).row(figure).now.value
    assert value is not None
    return value


def test_down_to_the_branch_and_the_signed_file(province: Province) -> None:
    found = behind(province.above, "org.members", OCTOBER, "99002")
    mine = province.communes["99002"].figures.of(OCTOBER)
    assert [(one.name, one.now.value) for one in found.parts] == [
        (unit.name, row.now.value) for unit, row in mine.split("org.members")
    ]
    assert found.file is not None
    assert (found.file.file_name, found.file.seq, found.edition, found.file.received_on) == (
        "HPN_99002_2026-10_0001.hpn",
        1,
        1,
        date(2026, 11, 3),
    )
    assert words.file_lines(found.file, found.edition)[1] == "Lần chốt 1, nhận ngày 03/11/2026"
    nothing = behind(province.above, "org.members", Period.month(2026, 8), "99002")
    assert (nothing.file, nothing.parts) == (None, ())
    assert words.file_lines(None, 0) == ["Không có tệp nào của đơn vị này đứng sau số liệu này."]


def test_the_lowest_attendance_comes_first(province: Province) -> None:
    lowest = province.above.overview.below(OCTOBER).lowest
    mine = {
        office.commune.union_name: office.figures.of(OCTOBER).row("org.attendance_pct").now
        for office in province.communes.values()
    }
    assert {one.label: (one.numerator, one.denominator) for one in lowest} == {
        name: (figure.numerator, figure.denominator) for name, figure in mine.items()
    }
    ratios = [one.ratio for one in lowest]
    assert ratios == sorted(ratios)  # type: ignore[type-var]
    assert province.above.overview.below(Period.month(2026, 8)).lowest == ()


def test_from_january_on_the_units_own_count_says_it(province: Province) -> None:
    assert needed(YEAR, date(2026, 11, 3)).months == (OCTOBER,)
    assert needed(YEAR, date(2027, 1, 5)).months == (Period.month(2026, 12),)
    assert needed(Period.quarter(2026, 3), date(2026, 11, 3)).months == Period.quarter(2026, 3).months()
    sheet = province.above.figures.of(YEAR)
    mine = [office.figures.of(YEAR) for office in province.communes.values()]
    for code in ("org.members", "org.meetings", "org.attendance_pct", "dues.collected_vnd"):
        total = mine[0].row(code).now.plus(mine[1].row(code).now).plus(mine[2].row(code).now)
        assert sheet.row(code).now == total, code
    found = behind(province.above, "org.meetings", YEAR, "99001")
    assert sum(one.now.value or 0 for one in found.parts) == own(province, "99001", "org.meetings", YEAR) == 6


def test_two_periods_unit_by_unit(province: Province) -> None:
    made = compare(province.above, "org.meetings", OCTOBER, SEPTEMBER, Boundaries.NEW)
    assert (made.earlier, made.later, made.alone) == (SEPTEMBER, OCTOBER, ())
    assert [(line.name, line.earlier.value, line.later.value, line.change) for line in made.lines] == [
        ("Xã Hòa Phú", 3, 3, 0),
        ("Xã Tân Lập", 3, 2, -1),
        ("Xã Vĩnh Thạnh", 3, 3, 0),
    ]
    assert (made.total.earlier.value, made.total.later.value) == (9, 8)
    assert words.compared_lines(made)[1] == "Tất cả đơn vị: 9 → 8 (−1)"
    with pytest.raises(NotFound):
        compare(province.above, "gone", OCTOBER, SEPTEMBER, Boundaries.NEW)


@pytest.fixture
def merged(province: Province) -> Iterator[Office]:
    """From October on the first two communes are one, under the code of the first; the rows of the second end."""
    office = province.above
    kept = {}
    with office.store.write("t") as work:
        kept = {month: [dict(row) for row in work.sync.partition("99002", month)] for month in ("2026-10",)}
        work.sync.replace_partition("99002", "2026-10", [])
        told = UnitChange("merger", date(2026, 10, 1), "MERGED", ("99001", "99002"), ("99001",))
        work.insert(unit_change, [to_row(told)])
    yield office
    with office.store.write("t") as work:
        work.sync.replace_partition("99002", "2026-10", kept["2026-10"])
        work.erase(unit_change, ["merger"])


def lines(made: Comparison) -> list[tuple[str, int | None, int | None, bool]]:
    return [(line.name, line.earlier.value, line.later.value, line.part) for line in made.lines]


def test_over_a_merger_the_new_unit_compares_with_both(province: Province, merged: Office) -> None:
    first, second, third = (own(province, code, "org.members") for code in province.communes)
    new = compare(merged, "org.members", SEPTEMBER, OCTOBER, Boundaries.NEW)
    assert lines(new) == [("Xã Hòa Phú", first + second, first, False), ("Xã Vĩnh Thạnh", third, third, False)]
    old = compare(merged, "org.members", SEPTEMBER, OCTOBER, Boundaries.OLD)
    assert lines(old) == [
        ("Xã Hòa Phú + Xã Tân Lập", first + second, first, False),
        ("Xã Hòa Phú", first, None, True),
        ("Xã Tân Lập", second, None, True),
        ("Xã Vĩnh Thạnh", third, third, False),
    ]
    assert (new.alone, old.alone) == ((), ())


def test_a_unit_that_only_one_period_knows_is_named(province: Province) -> None:
    with province.above.store.write("t") as work:
        kept = [dict(row) for row in work.sync.partition("99003", "2026-10")]
        work.sync.replace_partition("99003", "2026-10", [])
    made = compare(province.above, "org.members", OCTOBER, SEPTEMBER, Boundaries.NEW)
    with province.above.store.write("t") as work:
        work.sync.replace_partition("99003", "2026-10", kept)
    assert made.alone == ("Xã Vĩnh Thạnh",)
    assert made.lines[-1].change is None
    assert "Vĩnh Thạnh" in words.alone_words(made)


def test_excel_of_everything_has_every_figure_as_a_number(province: Province) -> None:
    data = content(province.above, OCTOBER)
    assert data == content(province.above, OCTOBER)
    book = openpyxl.load_workbook(BytesIO(data))
    assert book.sheetnames == ["Tổng hợp", "Theo đơn vị", "Tử số, mẫu số", "Chỉ tiêu", "Tệp đã nhận"]
    rows = {row[0]: row for row in book["Tổng hợp"].iter_rows(min_row=4, values_only=True)}
    assert rows["org.members"][2] == sum(own(province, code, "org.members") for code in province.communes)
    share = province.above.figures.of(OCTOBER).row("org.attendance_pct").now
    assert rows["org.attendance_pct"][3:5] == (share.numerator, share.denominator)
    by_unit = list(book["Theo đơn vị"].iter_rows(min_row=3, values_only=True))
    at = by_unit[0].index("Hội viên cuối tháng")
    assert [row[at] for row in by_unit[1:4]] == [own(province, code, "org.members") for code in province.communes]
    assert by_unit[4][:2] == (None, "Tổng cộng")
    files = list(book["Tệp đã nhận"].iter_rows(min_row=4, values_only=True))
    assert [(row[0], row[4], len(row[5])) for row in files] == [(code, 1, 64) for code in province.communes]
