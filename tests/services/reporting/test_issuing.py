"""A report over more than a month gets a number, never changes again, and is found by its code."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from sochihoi.domain import paper_codes
from sochihoi.domain.errors import NotAllowed
from sochihoi.domain.issued import (
    BadNumber,
    EditionReason,
    IssuedWithItsMonth,
    MonthsOpen,
    NothingChanged,
    NotOverYet,
    PaperKind,
)
from sochihoi.domain.meeting_records import MeetingPlan
from sochihoi.domain.months import WordsOut
from sochihoi.domain.periods import Period
from sochihoi.domain.targets import Goal, Measured
from sochihoi.reports import official
from sochihoi.services.office import Office
from sochihoi.services.reporting.freezing import frozen, thawed, thawed_paper
from sochihoi.services.reporting.proving import NoSuchCode, prove
from sochihoi.services.reports import BRANCH_SHEET, DOCX, PDF
from tests.month_data import OCTOBER, SEPTEMBER, add_households, autumn, close_september
from tests.offices import make_office
from tests.people_data import add_members
from tests.report_data import pdf, report, told

LATER = datetime(2027, 1, 5, 2, 0, tzinfo=UTC)
Q4 = "2026-Q4"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """Autumn 2026 looked at in January 2027; September is closed, October to December are not."""
    made = make_office(tmp_path / "data", moment=LATER)
    autumn(made)
    add_households(made)
    close_september(made)
    yield made
    made.close()


def close_the_year(office: Office) -> None:
    for month in (10, 11, 12):
        office.months.close(Period.month(2026, month), "Hoãn vì ngập nước")


def test_no_number_before_all_months_are_closed(office: Office) -> None:
    draft = report(office, Q4, "quarter")
    assert (draft.is_draft, draft.number) == (True, "")
    with pytest.raises(MonthsOpen) as found:
        office.reports.issuing.issue(draft)
    assert found.value.months == ("2026-10", "2026-11", "2026-12")
    assert office.reports.issuing.open_months(draft.span) == found.value.months
    with pytest.raises(NotOverYet):
        office.reports.issuing.issue(report(office, "2027", "year"))
    with pytest.raises(IssuedWithItsMonth):
        office.reports.issuing.issue(report(office, SEPTEMBER))


def test_an_issued_report_has_a_number_of_the_same_row_and_never_changes(office: Office) -> None:
    close_the_year(office)
    made = office.reports.issuing.issue(report(office, Q4, "quarter"), on=date(2027, 1, 4))
    assert (made.edition, made.number) == (1, "05/BC-BTV")  # after those of September to December
    paper = report(office, Q4, "quarter")
    assert not paper.is_draft
    assert paper.file_name() == "BaoCao_2026-Q4.pdf"
    before, said = office.reports.content(paper, PDF), told(office, Q4, "quarter")
    assert said["number"] == "05/BC-BTV"
    assert (said["state"], said["date"], said["paper_code"]) == ("CLOSED", "2027-01-04", made.code)
    # another signer, letters and words afterwards: the paper that was issued stays what it was
    office.setup.save_commune(replace(office.commune, signer_name="Người khác", body_pt=13, end_mark="."))
    office.reports.write("quarter", paper.span, "situation", "Viết lại.")
    assert office.reports.content(report(office, Q4, "quarter"), PDF) == before
    assert told(office, Q4, "quarter") == said


def test_a_further_edition_says_why_and_what_changed(office: Office) -> None:
    close_the_year(office)
    issuing = office.reports.issuing
    issuing.issue(report(office, Q4, "quarter"))
    with pytest.raises(EditionReason):
        issuing.issue(report(office, Q4, "quarter"))
    with pytest.raises(NothingChanged):
        issuing.issue(report(office, Q4, "quarter"), reason="Thử")
    december = Period.month(2026, 12)
    office.months.begin_supplement(december, "Sót hội viên mới")
    add_members(office, count=3, joined=date(2026, 12, 20))
    with pytest.raises(MonthsOpen):
        issuing.issue(report(office, Q4, "quarter"), reason="Sót")
    office.months.close(december, "Đã bổ sung")
    made = issuing.issue(report(office, Q4, "quarter"), reason="Sót ba hội viên mới tháng 12")
    assert (made.edition, made.number) == (2, "07/BC-BTV")
    said = told(office, Q4, "quarter")
    assert said["edition"] == 2
    paper = office.reports.document(report(office, Q4, "quarter"))
    changed = next(one for one in paper.annexes if one.title == "Số liệu thay đổi so với bản lần 1")
    rows = {row.cells[0]: row.cells[1:] for row in changed.body[0].rows}  # type: ignore[union-attr]
    assert rows["Hội viên mới"] == ("0", "3")
    assert [one.edition for one in issuing.editions("quarter", office.reports.span(Q4))] == [1, 2]


def test_a_letter_stands_behind_the_number_of_every_edition(office: Office) -> None:
    close_the_year(office)
    issuing = office.reports.issuing
    for said in ("", "0", "8ab", "8/BC"):
        with pytest.raises(BadNumber):
            issuing.issue(report(office, Q4, "quarter"), number=said)
    assert issuing.issue(report(office, Q4, "quarter"), number="8A").number == "08a/BC-BTV"
    office.reports.write("quarter", office.reports.span(Q4), "situation", "Viết lại.")
    assert issuing.issue(report(office, Q4, "quarter"), number="8b", reason="Sửa lời").number == "08b/BC-BTV"
    office.months.renumber(OCTOBER, "3a", None)
    assert office.months.closing(OCTOBER).report_number == "03a/BC-BTV"


def test_a_viewer_issues_nothing(office: Office) -> None:
    from sochihoi.domain.accounts import Account, Role

    close_the_year(office)
    draft = report(office, Q4, "quarter")
    office.account = Account("x", "Người xem", Role.VIEWER)
    with pytest.raises(NotAllowed):
        office.reports.issuing.issue(draft)
    assert report(office, Q4, "quarter").is_draft


def test_numbers_run_on_by_term_where_the_unit_says_so(office: Office) -> None:
    office.setup.save_commune(
        replace(office.commune, numbering_reset="TERM", number_pattern="{number}-{type}/BTV", signer_name="A")
    )
    office.months.close(OCTOBER, "Hoãn vì ngập nước")
    assert office.months.closing(OCTOBER).report_number == "1-BC/BTV"
    with office.read() as work:
        assert work.settings.get("report.number.2025-2030") == 1
        assert work.settings.get("report.number.2027") == 1  # of September, before the change


# ---------------------------------------------------------------------- the archive


def test_what_is_printed_is_kept_once_as_it_was(office: Office) -> None:
    paper = report(office, SEPTEMBER)
    first = office.reports.export(paper, PDF)
    assert office.reports.export(report(office, SEPTEMBER), PDF) == first
    (kept,) = office.reports.issuing.kept("month", paper.span)
    assert (kept.kind, kept.edition, kept.file_name) == (PaperKind.PDF, 1, "BaoCao_2026-09.pdf")
    assert office.reports.issuing.kept_file(kept.id) == (kept, first)
    office.reports.export(report(office, SEPTEMBER), DOCX)
    assert len(office.reports.issuing.kept("month", paper.span)) == 2
    office.reports.export(report(office, OCTOBER), PDF)
    assert office.reports.issuing.kept("month", office.reports.span("2026-10")) == ()  # a draft is not kept


def test_the_words_of_a_closed_month_change_until_they_went_out(office: Office) -> None:
    span = office.reports.span(SEPTEMBER.code)
    office.reports.write("month", span, "situation", "Sau khi chốt.")
    first = office.reports.export(report(office, SEPTEMBER), PDF)
    for act in (
        lambda: office.reports.write("month", span, "situation", "Sau khi in."),
        lambda: office.reports.restore("month", span, "situation"),
        lambda: office.reports.keep("month", span, "situation"),
    ):
        with pytest.raises(WordsOut) as found:
            act()
        assert (found.value.period, found.value.edition) == ("2026-09", 1)
    assert office.reports.content(report(office, SEPTEMBER), PDF) == first
    branch = office.reports.branches(span)[0].id
    office.reports.write("branch-month", span, "mood", "Của chi hội.", branch)  # it did not go out with it
    office.months.begin_supplement(SEPTEMBER, "Sửa lời")
    office.reports.write("month", span, "situation", "Trong đợt bổ sung.")
    office.months.close(SEPTEMBER, "Đã bổ sung")
    office.reports.write("month", span, "situation", "Bản lần 2.")
    assert "Bản lần 2." in str(told(office, SEPTEMBER)["sections"])


def test_what_branches_said_stays_as_it_was_closed(office: Office) -> None:
    span, form = office.reports.span(OCTOBER.code), "branch-month"
    branch = office.reports.branches(span)[0].id
    coming = MeetingPlan(held_on=date(2026, 11, 12), topic="Chuẩn bị đại hội")
    (planned,) = office.meetings.plan([branch], coming)
    office.months.close(OCTOBER, "Hoãn vì ngập nước")
    before = told(office, OCTOBER, form, branch)["sections"]
    assert "12/11/2026" in str(before)
    office.meetings.plan([branch], MeetingPlan(held_on=date(2026, 11, 20), topic="Thêm sau khi chốt"))
    office.meetings.freeze([planned.id])
    assert told(office, OCTOBER, form, branch)["sections"] == before


def test_a_closed_month_is_measured_by_the_goals_that_it_was_closed_with(office: Office) -> None:
    def goals(period: Period) -> dict[str, Goal]:
        source = office.reports.source("month", office.reports.span(period.code))
        return {target.id: goal for target, goal in source.targets.values()}

    september, october = goals(SEPTEMBER), goals(OCTOBER)
    kept = {one["code"] for one in office.months.closing(SEPTEMBER).definitions["targets"]}
    changed = next(one for one, goal in september.items() if one in kept and goal.measured is Measured.PERCENT)
    office.targets.set_goal(changed, OCTOBER, 1)
    assert goals(SEPTEMBER) == september
    assert goals(OCTOBER)[changed].value == 1 != october[changed].value


def test_an_issued_report_is_put_together_from_what_was_stored(office: Office) -> None:
    close_the_year(office)
    before = report(office, "2026", "year")
    office.reports.issuing.issue(before)
    office.months.begin_supplement(OCTOBER, "Sót hội viên")
    add_members(office, count=5, joined=date(2026, 10, 2))
    live, kept = office.reports.draft("year", before.span), report(office, "2026", "year")
    members = {one: made.sheet.row("org.members").now.value for one, made in (("live", live), ("kept", kept))}
    assert members["live"] == (members["kept"] or 0) + 5
    assert members["kept"] == before.sheet.row("org.members").now.value
    assert [(one.heading, one.content, one.sentences) for one in kept.sections] == [
        (one.heading, one.content, one.sentences) for one in before.sections
    ]
    assert any(said.figures for one in kept.sections for said in one.sentences)
    assert kept.plots
    for was, now in zip(before.plots, kept.plots, strict=True):
        assert (now.title, now.data, now.section) == (was.title, was.data, was.section)
        assert [line.cells for line in now.table.lines] == [line.cells for line in was.table.lines]
        assert [one.title for one in now.table.columns] == [one.title for one in was.table.columns]
    assert live.plots != before.plots or live.sections != before.sections


# ---------------------------------------------------------------------- proving a paper


def test_the_code_on_a_paper_leads_back_to_its_figures(office: Office) -> None:
    paper = report(office, SEPTEMBER)
    assert paper.issue is not None
    proof = prove(office, paper_codes.shown(paper.issue.code).lower())
    assert (proof.form, proof.period, proof.edition, proof.newest) == ("month", "2026-09", 1, True)
    assert (proof.unit_code, proof.number) == ("99001", "01/BC-BTV")
    row = office.figures.of(SEPTEMBER).row("org.attendance_pct")
    assert proof.figures["org.attendance_pct"] == (row.now.numerator, row.now.denominator)
    document = office.reports.document(paper)
    assert document.code is not None
    assert prove(office, document.code.content) == proof


def test_every_kind_of_paper_has_a_code_of_its_own(office: Office) -> None:
    close_the_year(office)
    quarter = office.reports.issuing.issue(report(office, Q4, "quarter"))
    assert prove(office, quarter.code).form == "quarter"
    branch = office.figures.of(SEPTEMBER).branches[0]
    sheet = report(office, SEPTEMBER, BRANCH_SHEET, branch.id)
    assert sheet.issue is not None
    assert prove(office, sheet.issue.code).branch == branch.name
    codes = {quarter.code, sheet.issue.code, report(office, SEPTEMBER).issue.code}  # type: ignore[union-attr]
    assert len(codes) == 3


def test_an_older_edition_is_found_and_said_to_be_one(office: Office) -> None:
    first = report(office, SEPTEMBER).issue
    office.months.begin_supplement(SEPTEMBER, "Sót một buổi")
    office.months.close(SEPTEMBER, "Đã bổ sung")
    assert first is not None
    assert (prove(office, first.code).edition, prove(office, first.code).newest) == (1, False)
    second = report(office, SEPTEMBER).issue
    assert second is not None
    assert second.code != first.code
    assert prove(office, second.code).newest


@pytest.mark.parametrize("text", ["", "ABCDE-FGHJK", "nonsense", "SOCHIHOI/1/99001/month/2026-09/1/ABCDEFGHJK"])
def test_a_code_that_belongs_to_nothing_is_told(office: Office, text: str) -> None:
    with pytest.raises(NoSuchCode):
        prove(office, text)


def test_a_draft_carries_no_code(office: Office) -> None:
    assert office.reports.document(report(office, OCTOBER)).code is None


# ---------------------------------------------------------------------- freezing


def test_a_paper_comes_back_from_json_as_it_was(office: Office) -> None:
    close_the_year(office)
    for code, period in (("year", "2026"), ("quarter", Q4), ("month", "2026-09")):
        document = office.reports.document(report(office, period, code))
        again = thawed_paper(json.loads(json.dumps(frozen(document))))
        assert again == document
        assert official.pdf(again) == official.pdf(document)
    assert pdf(office, SEPTEMBER).startswith(b"%PDF")


@pytest.mark.parametrize(
    "value", [{"_": "Path", "v": "x"}, {"_": "Paragraph"}, {"_": "Align", "v": "LEFT"}, {"_": "OfficialDocument"}]
)
def test_nothing_else_comes_out_of_it(value: object) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        thawed_paper(value)
    assert thawed([1, "a", None]) == (1, "a", None)
