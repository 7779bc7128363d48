"""init, backup, restore, demo; and what all commands share: exit codes, passwords, languages, output."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from sochihoi.cli.frame import CRASH, DONE, MENDABLE, USAGE, main
from sochihoi.domain.units import Level
from tests.offices import PASSWORD, around


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def] # a function
    monkeypatch.setenv("SOCHIHOI_PASSWORD", PASSWORD)
    monkeypatch.setattr("sys.stdin", io.StringIO(""))

    def go(*words: str, data: Path | None = None) -> tuple[int, str, str]:
        status = main(["--data", str(data or tmp_path / "commune"), *words], around())
        told = capsys.readouterr()
        return status, told.out, told.err

    return go


INIT = ("init", "--commune", "31135", "--above", "Hội LHPN TP Cần Thơ")


def test_init_makes_a_commune_of_the_official_list(run) -> None:  # type: ignore[no-untyped-def]
    status, out, err = run(*INIT)
    assert (status, out) == (DONE, "")
    assert "Hội LHPN phường Ninh Kiều" in err
    assert "Mã khôi phục" in err
    status, _out, err = run(*INIT)
    assert status == MENDABLE
    assert "Traceback" not in err


def test_init_makes_a_receiver(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    status, _out, err = run("init", "--unit", "92", data=tmp_path / "above")
    assert status == DONE
    assert "Cần Thơ" in err


@pytest.mark.parametrize(
    ("words", "level", "name"),
    [
        (("--unit", "92"), Level.PROVINCE, "thành phố Cần Thơ"),
        (("--unit", "31135"), Level.COMMUNE, "phường Ninh Kiều"),
        (("--unit", "TW"), Level.CENTRAL, "Việt Nam"),
        (("--unit", "HPN-01", "--level", "central"), Level.CENTRAL, "Việt Nam"),
        (("--unit", "31135", "--level", "PROVINCE", "--name", "tỉnh Mẫu"), Level.PROVINCE, "tỉnh Mẫu"),
        (("--unit", "HVPN", "--name", "Học viện Phụ nữ"), Level.AFFILIATED, "Học viện Phụ nữ"),
    ],
)
def test_a_receiver_of_any_level(run, words: tuple[str, ...], level: Level, name: str, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    status, _out, err = run("init", *words)
    assert (status, f"Hội LHPN {name}," in err) == (DONE, True)
    status, out, _err = run("key", "--out", str(tmp_path / "k.hpnkey"), "--json")
    assert (status, json.loads(out)["level"]) == (DONE, level.name)


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("--commune", "31135", "--above", "   "), USAGE, "--above"),
        (("--commune", "31135", "--above", "\u200b"), USAGE, "--above"),
        (("--commune", "31135", "--above", "X", "--level", "PROVINCE"), USAGE, "--level"),
        (("--commune", "31135", "--above", "X", "--name", "Y"), USAGE, "--name"),
        (("--unit", "92", "--name", " "), USAGE, "--name"),
        (
            ("--commune", "00000", "--above", "X"),
            MENDABLE,
            "Danh mục đơn vị hành chính không có xã nào mang mã “00000”",
        ),
        (("--unit", "55"), MENDABLE, "Danh mục đơn vị hành chính không có tỉnh hay xã nào mang mã “55”"),
        (("--unit", "a b", "--name", "X"), MENDABLE, "“a b” không dùng làm mã"),
    ],
)
def test_what_cannot_be_made_is_a_sentence(  # type: ignore[no-untyped-def]
    run, words: tuple[str, ...], code: int, told: str, tmp_path: Path
) -> None:
    status, out, err = run("init", *words)
    assert (status, out, told in err) == (code, "", True), err
    assert "official" not in err
    assert not (tmp_path / "commune" / "keyring.json").exists()


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("init",),
        ("init", "--commune", "31135"),
        ("init", "--commune", "31135", "--unit", "92", "--above", "X"),
        ("nothing",),
        ("demo", "--out", "x", "--members", "no"),
        ("demo", "--out", "x", "--members", "1"),
        ("demo", "--out", "x", "--until", "2026-13"),
        ("demo", "--out", "x", "--until", "2026-Q1"),
        ("demo", "--out", "x", "--members", "20", "--branches", "9"),
        ("demo", "--out", "x", "--what"),
    ],
)
def test_wrong_usage_is_2(run, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    if not words:
        words = ("--lang", "fr", "init")
    monkeypatch.chdir(tmp_path)
    status, out, err = run(*words)
    assert (status, out) == (USAGE, "")
    assert err.strip()
    assert not (tmp_path / "x").exists()


def test_an_unknown_commune_and_a_short_password_are_1(run, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    assert run("init", "--commune", "00000", "--above", "X")[0] == MENDABLE
    monkeypatch.setenv("SOCHIHOI_PASSWORD", "1234")
    assert run(*INIT)[0] == MENDABLE


def test_no_commune_and_no_or_wrong_password_are_1(run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    assert run("backup", "--out", str(tmp_path / "b.hpnbak"))[0] == MENDABLE
    run(*INIT)
    monkeypatch.setenv("SOCHIHOI_PASSWORD", "khong-phai-mat-khau")
    status, _out, err = run("backup", "--out", str(tmp_path / "b.hpnbak"))
    assert status == MENDABLE
    assert err.strip()
    monkeypatch.delenv("SOCHIHOI_PASSWORD")
    assert run("backup", "--out", str(tmp_path / "b.hpnbak"))[0] == MENDABLE
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
    assert run("--password-stdin", "backup", "--out", str(tmp_path / "b.hpnbak"))[0] == DONE


def test_backup_and_restore(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    run(*INIT)
    file = tmp_path / "b.hpnbak"
    assert run("backup", "--out", str(file))[0] == DONE
    assert run("backup", "--out", str(file))[0] == MENDABLE
    assert run("backup", "--out", str(file), "--force")[0] == DONE
    status, _out, err = run("restore", str(file))
    assert status == DONE
    assert "không có gì bị xóa" in err
    assert len(list((tmp_path / "commune").glob("set-aside-*/sochihoi.db"))) == 1
    assert run("restore", str(file), data=tmp_path / "elsewhere")[0] == DONE
    file.write_bytes(file.read_bytes()[:-20])
    assert run("restore", str(file))[0] == MENDABLE
    assert run("restore", str(tmp_path / "missing"))[0] == MENDABLE


def test_messages_in_english(run) -> None:  # type: ignore[no-untyped-def]
    status, _out, err = run("--lang", "en", *INIT)
    assert status == DONE
    assert "Recovery code" in err


def test_a_fault_of_ours_is_3_and_no_traceback(run, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    def breaks(*_words: object, **_more: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("sochihoi.services.opening.make_commune", breaks)
    status, out, err = run(*INIT)
    assert (status, out) == (CRASH, "")
    assert "Traceback" not in err


def test_demo(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    out = tmp_path / "out"
    small = ("demo", "--out", str(out), "--members", "24", "--branches", "2", "--months", "1", "--json")
    status, told, err = run(*small, data=tmp_path / "own")
    assert status == DONE
    result = json.loads(told)
    assert result["differences"] == []
    assert result["closed"] == ["2026-10"]
    assert [Path(f).parent.name for f in result["reports"] + result["files"]] == ["reports", "sync"]
    assert (out / "allowed_signers").read_text(encoding="utf-8").startswith("unit-99001 ")
    assert (out / "above" / "keyring.json").exists()
    assert not (out / "commune").exists()
    assert (tmp_path / "own" / "keyring.json").exists()
    assert "khớp" in err
    assert run(*small, data=tmp_path / "own")[0] == MENDABLE


def test_a_lost_database_is_told_and_never_replaced_by_an_empty_one(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    run(*INIT)
    database = tmp_path / "commune" / "sochihoi.db"
    database.unlink()
    status, _out, err = run("backup", "--out", str(tmp_path / "b.hpnbak"))
    assert status == MENDABLE
    assert err.strip()
    assert not database.exists()


def test_a_folder_is_never_overwritten_by_a_file(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    run(*INIT)
    (tmp_path / "b.hpnbak").mkdir()
    assert run("backup", "--out", str(tmp_path / "b.hpnbak"), "--force")[0] == MENDABLE
