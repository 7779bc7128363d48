"""Three levels with real books: communes, a province, the centre. Every total is the sum that somebody else counted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from sochihoi.domain.exchange import NotASender, Outcome
from sochihoi.domain.months import MonthAlreadyClosed, ReasonsWanted, SupplementReason
from sochihoi.domain.periods import Period
from sochihoi.domain.units import Level
from sochihoi.services import sending_rows, trusting
from sochihoi.services.consolidated.months import ConsolidatedMonths
from sochihoi.services.consolidated.units import part_id
from sochihoi.services.office import Office
from sochihoi.services.opening import make_receiver
from sochihoi.services.reporting.proving import prove
from sochihoi.storage import consolidated
from sochihoi.sync import rows as wire
from tests.exchange_data import MOMENT, OCTOBER, REASON, SEPTEMBER, introduce
from tests.golden.reports.level_above import unit_file
from tests.offices import PASSWORD, around, make_above
from tests.province import Province, make_province

WHY = "Hai xã chưa gửi, đã nhắc."


@pytest.fixture
def province(tmp_path: Path) -> Iterator[Province]:
    """Three communes that have sent October, the province knows its level above."""
    made = make_province(tmp_path, ("Hòa Phú", "Tân Lập", "Vĩnh Thạnh"))
    for code in made.communes:
        made.send(code)
    made.receive()
    yield made
    made.close()


@pytest.fixture
def centre(tmp_path: Path, province: Province) -> Iterator[Office]:
    made = make_receiver(
        tmp_path / "centre",
        code="TW",
        name="Việt Nam",
        level=Level.CENTRAL,
        password=PASSWORD,
        around=around("centre", MOMENT),
    ).office
    trusting.accept(province.above, made.sending.key_file())
    trusting.accept(made, province.above.sending.key_file())
    yield made
    made.close()


def months(office: Office) -> ConsolidatedMonths:
    assert isinstance(office.months, ConsolidatedMonths)
    return office.months


def test_a_closed_month_is_frozen_with_the_files_that_it_stands_on(province: Province) -> None:
    above = province.above
    closing = above.months.close(OCTOBER)
    assert [(one["code"], one["name"], one["edition"], one["seq"]) for one in closing.definitions["units"]] == [
        ("99001", "Xã Hòa Phú", 1, 1),
        ("99002", "Xã Tân Lập", 1, 1),
        ("99003", "Xã Vĩnh Thạnh", 1, 1),
    ]
    assert all(len(one["sha256"]) == 64 and one["received"] == "2026-11-03" for one in closing.definitions["units"])
    sheet = above.figures.of(OCTOBER)
    for row in sheet.rows:
        mine = [office.figures.of(OCTOBER).row(row.indicator.code).now for office in province.communes.values()]
        total = mine[0].plus(mine[1]).plus(mine[2])
        assert (row.now.value, row.now.numerator, row.now.denominator) == (
            total.value,
            total.numerator,
            total.denominator,
        ), row.indicator.code
    one = sheet.row("org.members", part_id("99002"))
    assert one.now.value == province.communes["99002"].figures.of(OCTOBER).row("org.members").now.value
    unknown = sheet.row("welfare.gifts", part_id("99002"))
    assert (unknown.now.value, sheet.row("welfare.gifts").now.value) == (None, 4 + 6)


def test_a_unit_that_is_missing_wants_a_reason(tmp_path: Path, province: Province) -> None:
    from tests.exchange_data import commune, introduce

    silent = commune(tmp_path / "silent", "99009", "Im Lặng")
    introduce(silent, province.above)
    province.communes["99009"] = silent
    with pytest.raises(ReasonsWanted) as wanted:
        province.above.months.close(OCTOBER)
    assert wanted.value.findings[0].facts["names"] == ["Hội LHPN xã Im Lặng"]
    assert province.above.months.close(OCTOBER, WHY).reason == WHY


def test_a_corrected_file_changes_nothing_until_a_new_edition(province: Province) -> None:
    above, below = months(province.above), province.communes["99001"]
    first = above.close(OCTOBER)
    assert above.newer(OCTOBER) == ()
    with pytest.raises(MonthAlreadyClosed):
        above.close_again(OCTOBER, "vô cớ")
    before = province.above.figures.of(OCTOBER).row("dues.collected_vnd").now.value
    below.months.begin_supplement(OCTOBER, "Nhập sót hội phí.")
    below.figures.enter("dues.collected_vnd", OCTOBER, None, 4_120_000)
    below.months.close(OCTOBER, reason=REASON)
    province.send("99001")
    province.receive()
    assert province.above.figures.of(OCTOBER).row("dues.collected_vnd").now.value == before
    assert [(one.unit_code, one.edition, one.file.seq) for one in above.newer(OCTOBER)] == [("99001", 1, 2)]
    assert next(one.check for one in above.checks(OCTOBER)) == "above.newer"
    with pytest.raises(SupplementReason):
        above.close_again(OCTOBER, "")
    second = above.close_again(OCTOBER, "Xã Hòa Phú gửi bản bổ sung.")
    assert (first.edition, second.edition, above.newer(OCTOBER)) == (1, 2, ())
    assert before is not None
    now = province.above.figures.of(OCTOBER).row("dues.collected_vnd").now.value
    assert now == before - 1_500_000 + 4_120_000
    assert above.closing(OCTOBER, 1).figures == first.figures


def test_the_centre_has_the_sum_of_the_communes_and_drills_to_each(province: Province, centre: Office) -> None:
    for month in (SEPTEMBER, OCTOBER):
        province.above.months.close(month)
    file = province.above.sending.write(province.above.sending.prepare(OCTOBER).id, province.stick)
    assert file.name == "HPN_99_2026-10_0001.hpn"
    (verdict,) = centre.receiving.receive([file])
    assert (verdict.outcome, verdict.code) == (Outcome.STORED, "")
    for month in (SEPTEMBER, OCTOBER):
        sheets = [office.figures.of(month) for office in province.communes.values()]
        for row in centre.figures.of(month).rows:
            mine = [sheet.row(row.indicator.code) for sheet in sheets]
            total = mine[0].now.plus(mine[1].now).plus(mine[2].now)
            since = mine[0].year_to_date.plus(mine[1].year_to_date).plus(mine[2].year_to_date)
            assert row.now == total, row.indicator.code
            assert row.year_to_date == since, row.indicator.code
    with centre.read() as work:
        parts = consolidated.branch_figures(work, "99", "2026-10", "org.attendance_pct")
        sums = consolidated.activities(work, "2026-10")["99"]
    assert {(one.branch, one.name) for one in parts} == {
        (part_id(code), f"Xã {name}")
        for code, name in (("99001", "Hòa Phú"), ("99002", "Tân Lập"), ("99003", "Vĩnh Thạnh"))
    }
    for one in parts:
        code = next(code for code in province.communes if part_id(code) == one.branch)
        own = province.communes[code].figures.of(OCTOBER).row("org.attendance_pct").now
        assert (one.measure.numerator, one.measure.denominator) == (own.numerator, own.denominator)
    held = [office.figures.of(OCTOBER).row("org.meetings").now.value or 0 for office in province.communes.values()]
    assert sums["MEETING"]["held"] == sum(held)
    assert sums["SCORING"]["scale"] == 1
    targets = {total.code: total for total in centre.receiving.totals.of(OCTOBER).targets}
    below = {total.code: total for total in province.above.receiving.totals.of(OCTOBER).targets}
    insured = targets["bhyt_member_pct"]
    assert (insured.numerator, insured.denominator, len(insured.parts)) == (
        below["bhyt_member_pct"].numerator,
        below["bhyt_member_pct"].denominator,
        1,
    )


def test_receipts_come_back_and_a_supplement_goes_up(province: Province, centre: Office) -> None:
    above = province.above
    above.months.close(OCTOBER)
    sent = above.sending.prepare(OCTOBER)
    centre.receiving.receive([above.sending.write(sent.id, province.stick)])
    (receipt,) = centre.receiving.write_receipts(province.root / "receipts")
    taken = above.receipts.take(receipt.read_bytes())
    assert taken.about is not None
    assert (taken.about.id, above.sending.standing(OCTOBER).sent) == (sent.id, True)
    below = province.communes["99003"]
    below.months.begin_supplement(OCTOBER, "Sót một số liệu.")
    below.figures.enter("welfare.gifts", OCTOBER, None, 60)
    below.months.close(OCTOBER, reason=REASON)
    province.send("99003")
    province.receive()
    months(above).close_again(OCTOBER, "Xã Vĩnh Thạnh gửi bản bổ sung.")
    assert not above.sending.standing(OCTOBER).sent
    centre.receiving.receive([above.sending.write(above.sending.prepare(OCTOBER).id, province.stick)])
    assert centre.figures.of(OCTOBER).row("welfare.gifts").now.value == 64
    with centre.read() as work:
        assert work.sync.partitions("2026-10")["99"][0] == 2


def test_what_nobody_acknowledged_goes_along_over_the_turn_of_the_year(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spring = datetime(2027, 2, 3, 2, 0, tzinfo=UTC)
    months_ = (Period.month(2026, 11), Period.month(2026, 12), Period.month(2027, 1))
    above = make_above(tmp_path / "above", moment=spring)
    centre = make_receiver(
        tmp_path / "centre",
        code="TW",
        name="Việt Nam",
        level=Level.CENTRAL,
        password=PASSWORD,
        around=around("centre", spring),
    ).office
    introduce(above, centre)
    above.receiving.receive([unit_file(above, 0, "xã Hòa Phú", tmp_path, months_)])
    for month in months_:
        above.months.close(month)

    def told() -> list[str]:
        """The closings that the file of January would hold now."""
        rows = above.sending.leaving(months_[-1]).rows
        return sorted(row.period.code for row in rows if isinstance(row, wire.Closing))

    first = above.sending.prepare(months_[0])  # of 2026 alone: November, December
    centre.receiving.receive([above.sending.write(first.id, tmp_path)])
    assert told() == ["2026-11", "2026-12", "2027-01"]  # no receipt is here yet
    monkeypatch.setattr(sending_rows, "MOST_ROWS", 150)
    assert told() == ["2026-12", "2027-01"]  # what does not fit waits for a file of its own year
    monkeypatch.undo()
    (receipt,) = centre.receiving.write_receipts(tmp_path / "receipts")
    above.receipts.take(receipt.read_bytes())
    assert told() == ["2027-01"]
    centre_months = ("2026-11", "2026-12", "2027-01")
    months(above).begin_supplement(months_[1], "Sót một đơn vị.")
    above.months.close(months_[1])
    assert told() == ["2026-12", "2027-01"]  # a second edition that the centre has not
    centre.receiving.receive([above.sending.write(above.sending.prepare(months_[-1]).id, tmp_path)])
    with centre.read() as work:
        assert [work.sync.partitions(code)["99"][0] for code in centre_months] == [1, 2, 1]
    # a term is told up to the newest year that anybody sent figures of
    above.store.now = lambda: spring.replace(year=2028)
    assert above.reports.span("2025-2030").period == Period.whole_year(2027)
    above.close()
    centre.close()


def test_the_code_on_the_consolidated_paper_is_proven_here_and_above(province: Province, centre: Office) -> None:
    above = province.above
    above.months.close(OCTOBER)
    issue = above.reports.issue("above", above.reports.span("2026-10"))
    assert issue is not None
    centre.receiving.receive([above.sending.write(above.sending.prepare(OCTOBER).id, province.stick)])
    for office in (above, centre):
        proof = prove(office, issue.code)
        assert (proof.form, proof.period, proof.unit_code, proof.edition) == ("above", "2026-10", "99", 1)
        assert proof.received is (office is centre)


def test_the_centre_itself_has_nobody_to_send_to(centre: Office) -> None:
    with pytest.raises(NotASender):
        centre.sending.prepare(OCTOBER)


def test_the_key_of_a_higher_level_is_that_of_the_level_above(province: Province, centre: Office) -> None:
    parent = province.above.sending.parent()
    assert parent is not None
    assert (parent.unit_code, province.above.commune.above_name, province.above.commune.above_level) == (
        "TW",
        "Hội LHPN Việt Nam",
        "CENTRAL",
    )
    assert [one.key.unit_code for one in province.above.receiving.units()] == ["99001", "99002", "99003"]
    assert [one.key.unit_code for one in centre.receiving.units()] == ["99"]
    assert date(2026, 11, 3) == parent.trusted_on
