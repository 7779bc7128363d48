"""The shipped definitions are whole, a broken file is refused with its place, a pack comes first."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sochihoi import paths
from sochihoi.domain.errors import NotFound
from sochihoi.domain.periods import Period
from sochihoi.domain.study import Channel
from sochihoi.domain.targets import Direction, Measured, term_on
from sochihoi.services.definitions import BadDefinition, Definitions, load

SHIPPED = load()
FOLDER = paths.resources() / "definitions"
SHEET = "model-branch-suggested"

GOOD = """
code = "LOCAL"
version = "2"
valid_from = 2026-01-01
title = { vi = "Bộ của tỉnh", en = "Set of the province" }
name = { vi = "Bộ của tỉnh", en = "Set of the province" }
source = "Hướng dẫn của tỉnh, 2026"
[groups]
K = { vi = "Không", en = "No" }
[[criteria]]
code = "K1"
group = "K"
label = { vi = "Không nghèo", en = "No poverty" }
short = { vi = "Nghèo", en = "Poverty" }
guidance = { vi = "", en = "" }
"""


def pack(folder: Path, kind: str, text: str, name: str = "own.toml") -> Path:
    (folder / kind).mkdir(exist_ok=True)
    (folder / kind / name).write_text(text, encoding="utf-8")
    return folder


def test_everything_shipped_reads() -> None:
    assert {one.code for one in SHIPPED.criteria_sets} == {"5K3S-2014", "5C3S-2022", "5K3S3A-2026"}
    assert SHIPPED.rubric_for(2026).max_points == 100
    assert "gợi ý" in SHIPPED.rubric_for(2026).title.vi
    assert len(SHIPPED.targets) == 37
    assert SHIPPED.indicators_for(Period.month(2026, 10)).by_code["household.failed.K4"].label.vi.endswith("bỏ học")


def test_sets_follow_the_year() -> None:
    assert SHIPPED.criteria_set_for(2025).code == "5K3S-2014"
    assert SHIPPED.criteria_set_for(2026).code == "5K3S3A-2026"
    assert [one.code for one in SHIPPED.criteria_sets_for(2026)] == ["5K3S3A-2026", "5C3S-2022"]
    before = SHIPPED.indicators_for(Period.month(2025, 3))
    assert "household.failed.A1" not in before.by_code
    chosen = SHIPPED.indicators_for(Period.month(2026, 3), SHIPPED.criteria_set("5C3S-2022"))
    assert "household.failed.C1" in chosen.by_code


def test_guidance_is_empty_where_no_source_was_found() -> None:
    old = SHIPPED.criteria_set("5K3S-2014", "1")
    assert [one.code for one in old.criteria if not one.guidance.vi] == ["K4", "K5", "S1", "S2", "S3"]
    assert [one.code for one in old.criteria if one.na_allowed] == ["K5"]
    assert all(one.guidance.vi and one.guidance.en for one in SHIPPED.criteria_set("5K3S3A-2026").criteria)


def test_percent_targets_have_a_whole_and_their_direction() -> None:
    over = SHIPPED.target("hh_pass_pct").goal
    assert (over.direction, over.value, over.measured) == (Direction.OVER, 85, Measured.PERCENT)
    for target in SHIPPED.targets:
        assert (target.denominator is not None) is (target.goal.measured is Measured.PERCENT), target.id


def test_each_channel_has_its_figure() -> None:
    codes = SHIPPED.indicators_for(Period.month(2026, 10)).by_code
    assert {f"study.channel.{channel.name}" for channel in Channel} <= codes.keys()
    assert {f"study.attendances.{channel.name}" for channel in Channel} <= codes.keys()


# Domain research of 2026, section "Figures list": organisation, communication, households
ORGANISATION = """
    org.members org.joined org.left org.net org.honorary org.core org.party org.ethnic_minority org.religious
    org.women_18 org.gathering_pct org.branches org.cells org.meetings org.branches_met org.on_schedule_pct
    org.attendance_pct org.heads_party_pct org.heads_trained_pct dues.cards_pct dues.due_vnd dues.collected_vnd
    dues.paid_pct org.graded.XS org.models org.outstanding_pct
"""
COMMUNICATION = """
    study.sessions study.attendances study.resolution_sessions study.resolution_persons study.resolution_pct
"""
HOUSEHOLDS = """
    household.registered household.mobilised_pct household.assessed household.passing household.newly_passing
    household.passing_pct household.failed.K1 household.failed.A1 household.plaques
"""


@pytest.mark.parametrize("names", [ORGANISATION, COMMUNICATION, HOUSEHOLDS])
def test_every_figure_of_a_communes_report_is_defined(names: str) -> None:
    codes = SHIPPED.indicators_for(Period.month(2026, 10)).by_code
    assert set(names.split()) - codes.keys() == set()
    entered = {code for code in names.split() if codes[code].source.startswith("entered")}
    # head-counts that nobody lists, dues and cards are entered until the field-work issue; the rest is computed
    assert entered <= {"org.women_18", "dues.cards_pct", "dues.due_vnd", "dues.collected_vnd", "dues.paid_pct"}


@pytest.mark.parametrize(
    "ask",
    [
        lambda d: d.criteria_set("NONE"),
        lambda d: d.criteria_set("5K3S-2014", "9"),
        lambda d: d.criteria_set_for(2000),
        lambda d: d.rubric("NONE"),
        lambda d: d.rubric_for(2000),
        lambda d: d.target("none"),
        lambda d: d.indicators_for(Period.month(2000, 1)),
    ],
)
def test_what_is_not_there_is_said(ask: object) -> None:
    with pytest.raises(NotFound):
        ask(SHIPPED)  # type: ignore[operator]


def test_a_pack_comes_first(tmp_path: Path) -> None:
    both = load(pack(tmp_path, "criteria", GOOD))
    # begins on the same day as the shipped set, in a newer version
    assert both.criteria_set_for(2026).code == "LOCAL"
    assert len(both.criteria_sets_for(2026)) == 3
    replaced = GOOD.replace('"LOCAL"', '"5K3S3A-2026"').replace('version = "2"', 'version = "1"')
    again = load(pack(tmp_path, "criteria", replaced))
    assert len(again.criteria_set("5K3S3A-2026")) == 1
    newer = load(pack(tmp_path, "criteria", replaced.replace('version = "1"', 'version = "2"')))
    assert (len(newer.criteria_set("5K3S3A-2026")), len(newer.criteria_set("5K3S3A-2026", "1"))) == (1, 11)


def test_a_pack_may_replace_one_target(tmp_path: Path) -> None:
    text = (FOLDER / "targets" / "nam-dinh-2022.toml").read_text(encoding="utf-8")
    changed = load(pack(tmp_path, "targets", text.replace("value = 100", "value = 90").replace("2022", "2027")))
    assert changed.target("study_base_cover_pct").goal.value == 90
    assert len(changed.targets) == 37


TERM = """
code = "{code}"
name = {{ vi = "Nhiệm kỳ", en = "Term" }}
starts = {starts}
ends = {ends}
source = "Đại hội của xã"
"""


def test_a_pack_dates_the_term_and_adds_the_next(tmp_path: Path) -> None:
    (shipped,) = SHIPPED.terms
    assert (shipped.code, shipped.starts, shipped.ends) == ("2025-2030", date(2025, 7, 1), date(2030, 6, 30))
    assert {SHIPPED.term_on(date(year, 1, 1)).code for year in (2024, 2026, 2031)} == {"2025-2030"}
    own = TERM.format(code="2025-2030", starts="2025-09-12", ends="2030-09-11")
    pack(tmp_path, "terms", own)
    pack(tmp_path, "terms", TERM.format(code="2030-2035", starts="2030-09-12", ends="2035-09-11"), "next.toml")
    both = load(tmp_path)
    assert both.term_on(date(2030, 9, 11)).starts == date(2025, 9, 12)
    assert both.term_on(date(2030, 9, 12)).code == "2030-2035"
    with pytest.raises(ValueError, match="2026"):
        term_on((), date(2026, 1, 1))


@pytest.mark.parametrize(
    ("code", "starts", "ends", "file", "place"),
    [
        ("2025-2030", "2030-01-01", "2025-01-01", "own.toml", "ends"),
        ("2026", "2026-01-01", "2026-12-31", "own.toml", "code"),
        ("2028-2033", "2028-01-01", "2033-12-31", "terms", "2028-2033"),  # lies in the shipped one
    ],
)
def test_a_term_that_cannot_be_is_refused(
    tmp_path: Path, code: str, starts: str, ends: str, file: str, place: str
) -> None:
    refused(pack(tmp_path, "terms", TERM.format(code=code, starts=starts, ends=ends)), file, place, "value")


def test_there_is_a_term(tmp_path: Path) -> None:
    with pytest.raises(BadDefinition) as caught:
        load(shipped=tmp_path)
    assert (caught.value.file, caught.value.problem) == ("terms", "missing")


def test_rubric_by_code() -> None:
    assert SHIPPED.rubric("model-branch-suggested").suggested


@pytest.mark.parametrize(
    ("old", "new", "place", "problem"),
    [
        ('code = "LOCAL"', "", "code", "missing"),
        ('version = "2"', "version = 2", "version", "type"),
        ('version = "2"', 'version = " "', "version", "value"),
        ('version = "2"', 'version = "2"\nspare = 1', "spare", "unknown"),
        ("valid_from = 2026-01-01", "valid_from = 2026-01-01T00:00:00", "valid_from", "type"),
        ("valid_from = 2026-01-01", "valid_from = 2026-01-01\nvalid_to = 2025-01-01", "valid_to", "value"),
        ("valid_from = 2026-01-01", 'valid_from = "soon"', "valid_from", "type"),
        ('group = "K"', 'group = "X"', "criteria[1].group", "value"),
        ('label = { vi = "Không nghèo", en', "label = { en", "criteria[1].label.vi", "missing"),
        ('label = { vi = "Không nghèo"', 'label = { fr = "x", vi = "Không nghèo"', "criteria[1].label.fr", "unknown"),
        ('code = "K1"', 'code = "K1"\nna_allowed = 1', "criteria[1].na_allowed", "type"),
        ("[[criteria]]", "[[criteria]", "", "unreadable"),
    ],
)
def test_a_broken_criteria_set_is_refused_with_its_place(
    tmp_path: Path, old: str, new: str, place: str, problem: str
) -> None:
    refused(pack(tmp_path, "criteria", GOOD.replace(old, new, 1)), "own.toml", place, problem)


def refused(folder: Path, file: str, place: str, problem: str) -> None:
    with pytest.raises(BadDefinition) as caught:
        load(folder)
    assert (caught.value.file, caught.value.place, caught.value.problem) == (file, place, problem)


def test_an_empty_or_doubled_set_is_refused(tmp_path: Path) -> None:
    head = GOOD.split("[[criteria]]", maxsplit=1)[0]
    refused(pack(tmp_path, "criteria", head), "own.toml", "criteria", "missing")
    flat = head.replace("[groups]", "criteria = []\n[groups]")
    refused(pack(tmp_path, "criteria", flat), "own.toml", "criteria", "missing")
    numbers = head.replace("[groups]", "criteria = [1]\n[groups]")
    refused(pack(tmp_path, "criteria", numbers), "own.toml", "criteria[1]", "type")
    body = GOOD.split("[[criteria]]", maxsplit=1)[1]
    refused(pack(tmp_path, "criteria", GOOD + "[[criteria]]" + body), "own.toml", "criteria[2].code", "twice")
    pack(tmp_path, "criteria", GOOD)
    refused(pack(tmp_path, "criteria", GOOD, "second.toml"), "second.toml", "code", "twice")


@pytest.mark.parametrize(
    ("kind", "file", "old", "new", "place", "problem"),
    [
        ("rubrics", SHEET, 'rule = "threshold"', 'rule = "guess"', "criteria[1].rule", "value"),
        ("rubrics", SHEET, "max = 10", "max = -1", "criteria[1].max", "value"),
        ("rubrics", SHEET, "at_least = 0", "at_least = 1", "bands", "value"),
        ("rubrics", SHEET, "parts = []", 'parts = [{ source = "x", full = 1 }]', "criteria[9].parts", "value"),
        ("rubrics", SHEET, "full = 80, zero = 50", "full = 80, zero = 80", "criteria[3].parts[1].zero", "value"),
        ("rubrics", SHEET, "full = 80", "full = nan", "criteria[3].parts[1].full", "value"),
        ("targets", "soc-trang-2021", "value = 100", "value = 101", "targets[1].value", "value"),
        ("targets", "soc-trang-2021", 'measured = "percent"', 'measured = "count"', "targets[1].denominator", "value"),
        ("indicators", "month-2026", 'source = "members"', 'source = "guess"', "indicators[1].source", "value"),
        ("indicators", "month-2026", 'code = "org.members"', 'code = "x.members"', "indicators[1].code", "value"),
        ("indicators", "month-2026", 'kind = "count"', 'kind = "ratio"', "indicators[1].denominator", "value"),
        ("indicators", "month-2026", 'flag = "honorary"', "flag = 1.5", "indicators[6].parameters.flag", "type"),
    ],
)  # fmt: skip
def test_other_broken_files_are_refused_with_their_place(
    tmp_path: Path, kind: str, file: str, old: str, new: str, place: str, problem: str
) -> None:
    text = (FOLDER / kind / f"{file}.toml").read_text(encoding="utf-8")
    assert old in text
    refused(pack(tmp_path, kind, text.replace(old, new, 1)), "own.toml", place, problem)


def test_conditions_may_have_a_ceiling_and_be_switched_off(tmp_path: Path) -> None:
    text = (FOLDER / "rubrics" / "model-branch-suggested.toml").read_text(encoding="utf-8")
    changed = text.replace("minimum = 4", "maximum = 4\nenabled = false")
    first = load(pack(tmp_path, "rubrics", changed)).rubric_for(2026).conditions[0]
    assert (first.minimum, first.maximum, first.enabled) == (None, 4, False)


def test_a_link_to_no_indicator_is_refused(tmp_path: Path) -> None:
    text = (FOLDER / "rubrics" / "model-branch-suggested.toml").read_text(encoding="utf-8")
    refused(pack(tmp_path, "rubrics", text.replace("org.documented_pct", "org.none")), "rubrics", "org.none", "unknown")


def test_a_target_computed_from_nothing_is_refused(tmp_path: Path) -> None:
    text = (FOLDER / "targets" / "soc-trang-2021.toml").read_text(encoding="utf-8")
    wrong = pack(tmp_path, "targets", text.replace("party.comments", "party.none"))
    refused(wrong, "targets", "comment_base_n", "unknown")


def test_a_file_without_targets_is_refused(tmp_path: Path) -> None:
    empty = 'source = { title = "x", year = 2027 }\ntargets = []'
    refused(pack(tmp_path, "targets", empty), "own.toml", "targets", "missing")


def test_texts_are_composed_and_dates_are_days() -> None:
    definitions: Definitions = SHIPPED
    assert definitions.criteria_set("5K3S-2014").valid_to == date(2025, 12, 31)
