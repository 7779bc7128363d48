"""``figures``, ``close``, ``report`` and ``check`` as a person or a script calls them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sochihoi.cli.frame import main
from sochihoi.domain import paper_codes
from sochihoi.domain.rubric import Title
from sochihoi.services.certificate_texts import MODEL
from sochihoi.services.certificates import Fact, code_of
from sochihoi.services.office import Office
from sochihoi.services.opening import open_office
from tests.meetings_data import frozen_one
from tests.month_data import SEPTEMBER, autumn
from tests.offices import PASSWORD, around, make_office

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def run(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.setenv("SOCHIHOI_PASSWORD", PASSWORD)

    def call(*arguments: str) -> tuple[int, str, str]:
        code = main(["--data", str(folder), "--lang", "en", *arguments], around("cli"))
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


@pytest.fixture
def filled(folder: Path) -> Path:
    office = make_office(folder)
    autumn(office)
    office.close()
    return folder


def test_figures_as_json_of_the_newest_month_with_records(filled: Path, run: Run) -> None:
    code, out, _err = run("figures", "--json")
    assert code == 0
    told = json.loads(out)
    assert told["period"] == "2026-10"
    assert {tuple(one) for one in told["figures"]} == {
        ("code", "label", "value", "numerator", "denominator", "previous", "year_to_date")
    }
    assert next(one["value"] for one in told["figures"] if one["code"] == "org.members") == 50


def test_a_certificate_is_proven_by_its_code(filled: Path, run: Run) -> None:
    office = open_office(filled, PASSWORD, around=around("look"))
    branch = office.setup.branches()[0]
    office.rubric.record_titles(2026, {branch.id: Title.MODEL})
    fact = Fact(MODEL, 2026, branch.id, branch.name)
    code = paper_codes.shown(code_of(office, fact))
    other = paper_codes.shown(code_of(office, replace(fact, year=2025)))
    office.close()
    exit_code, out, err = run("verify-paper", code)
    assert (exit_code, out) == (0, "")
    assert branch.name in err
    assert "2026" in err
    exit_code, out, _err = run("verify-paper", code.lower().replace("-", ""), "--json")
    assert exit_code == 0
    assert json.loads(out) == {"certificate": {"kind": MODEL, "year": 2026, "name": branch.name}}
    exit_code, out, err = run("verify-paper", other)
    assert (exit_code, out) == (1, "")
    assert err


def test_the_number_of_a_longer_report_may_have_a_letter(filled: Path, run: Run) -> None:
    assert run("close", "--period", "2026-09", "--reason", "x", "--number", "7a")[2].count("07a/BC-BTV") == 1
    code, _out, err = run("close", "--period", "2026-Q3", "--number", "8aa")
    assert (code, "8 or 8a" in err) == (1, True)
    code, _out, err = run("close", "--period", "2026-Q3", "--number", "8a")
    assert (code, "08a/BC-BTV" in err) == (0, True)


def test_figures_of_a_named_period_for_a_reader(filled: Path, run: Run) -> None:
    code, out, err = run("figures", "--period", "2026-Q3")
    assert (code, out) == (0, "")
    assert "Mean attendance" in err


def test_after_closing_the_last_closed_month_is_the_default(filled: Path, run: Run) -> None:
    assert run("close", "--period", "2026-09", "--reason", "vì thử")[0] == 0
    assert json.loads(run("figures", "--json")[1])["period"] == "2026-09"


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("figures", "--period", "2026-13"), 2),
        (("figures", "--period", "nonsense"), 2),
        (("close", "--period", "2026-Q3"), 1),
        (("close", "--period", "2026-Q5"), 2),
        (("close",), 2),
        (("report", "--format", "pdf"), 2),
        (("report", "--format", "pdf", "--unit", "Ấp An Hòa", "--all", "--out", "x"), 2),
        (("report", "--format", "pdf", "--unit", "Ấp Không Có", "--out", "x"), 1),
        (("report", "--format", "pdf", "--unit", "", "--out", "x"), 1),
        (("figures", "--period", "2027-01"), 1),
        (("close", "--period", "2027-01", "--reason", "x"), 1),
        (("report", "--period", "2027-01", "--format", "json", "--out", "x"), 1),
    ],
)
def test_wrong_usage_is_2_and_what_can_be_mended_is_1(
    filled: Path, run: Run, arguments: tuple[str, ...], expected: int
) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (expected, "")
    assert err


def test_close_wants_a_reason_for_warnings_and_then_freezes(filled: Path, run: Run) -> None:
    code, _out, err = run("close", "--period", "2026-10")
    assert code == 1
    assert "Needs a reason" in err
    assert "Ấp Trà Cuôn" in err
    assert "--reason" in err
    code, _out, err = run("close", "--period", "2026-10", "--reason", "Hoãn vì ngập nước")
    assert code == 0
    assert "01/BC-BTV" in err
    code, _out, err = run("close", "--period", "2026-10", "--reason", "lần nữa")
    assert code == 1
    assert "supplementary" in err


def test_close_says_what_must_be_mended(folder: Path, run: Run) -> None:
    office = make_office(folder)
    branches = autumn(office)
    frozen_one(office, branches["Ấp Trà Cuôn"], date(2026, 10, 24))
    office.close()
    code, _out, err = run("close", "--period", "2026-10", "--reason", "cứ chốt")
    assert code == 1
    assert "Must be mended" in err
    assert "10 people are not marked" in err


def test_a_report_is_written_once_unless_forced(filled: Path, run: Run, tmp_path: Path) -> None:
    out = tmp_path / "BaoCao.pdf"
    code, said, err = run("report", "--period", "2026-10", "--format", "pdf", "--out", str(out))
    assert (code, said) == (0, "")
    assert "draft" in err
    assert out.read_bytes().startswith(b"%PDF")
    assert run("report", "--period", "2026-10", "--format", "pdf", "--out", str(out))[0] == 1
    assert run("report", "--period", "2026-10", "--format", "json", "--out", str(out), "--force")[0] == 0
    assert json.loads(out.read_text(encoding="utf-8"))["state"] == "DRAFT"
    assert run("report", "--format", "json", "--out", str(tmp_path / "no folder" / "x"))[0] == 1


def test_the_sheet_of_one_branch_by_name_or_id(filled: Path, run: Run, tmp_path: Path) -> None:
    out = tmp_path / "bieu.json"
    branch = ("--period", "2026-10", "--format", "json", "--unit")
    assert run("report", *branch, "ap tra cuon", "--out", str(out))[0] == 0
    told = json.loads(out.read_text(encoding="utf-8"))
    assert told["branch"]["name"] == "Ấp Trà Cuôn"
    assert run("report", *branch, told["branch"]["id"], "--out", str(out))[0] == 1  # it is there already
    assert run("report", *branch, told["branch"]["id"], "--out", str(out), "--force")[0] == 0
    assert json.loads(out.read_text(encoding="utf-8")) == told


def test_the_sheets_of_all_branches_go_into_a_folder(filled: Path, run: Run, tmp_path: Path) -> None:
    out = tmp_path / "bieu"
    every = ("report", "--period", "2026-10", "--format", "pdf", "--all", "--out", str(out))
    code, said, err = run(*every)
    assert (code, said) == (0, "")
    assert "Branch 5 of 5" in err
    assert "draft" in err
    assert len(list(out.glob("BieuChiHoi_2026-10_*_DuThao.pdf"))) == 5
    assert run(*every)[0] == 1
    assert run(*every, "--force")[0] == 0


def test_no_commune_yet(run: Run) -> None:
    for arguments in (("figures",), ("check",), ("close", "--period", "2026-10")):
        assert run(*arguments)[0] == 1


def test_nothing_recorded_yet(folder: Path, run: Run) -> None:
    make_office(folder).close()
    code, _out, err = run("figures")
    assert code == 1
    assert "no month with records" in err
    assert run("check")[0] == 0


def test_check_ends_1_with_findings_and_0_without(filled: Path, run: Run) -> None:
    code, out, err = run("check")
    assert (code, out) == (1, "")
    assert "Needs a reason" in err
    office = make_office_again(filled)
    for finding in office.months.checks(SEPTEMBER.next()):
        office.months.give_reason(SEPTEMBER.next(), finding.code, "vì thử")
    office.close()
    assert run("check")[0] == 0


def make_office_again(folder: Path) -> Office:
    from sochihoi.services.opening import open_office

    return open_office(folder, PASSWORD, around=around("again"))
