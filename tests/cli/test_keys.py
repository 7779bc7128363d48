"""Enrolment on the command line: pair, two approvals, register out and in, revocation; accounts."""

from __future__ import annotations

import json
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.sync_runs import run
from tests.exchange_data import make_exchange
from tests.offices import PASSWORD

SECOND = "mot-mat-khau-khac"


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Path, Path]]:
    monkeypatch.setenv("SOCHIHOI_PASSWORD", PASSWORD)
    made = make_exchange(tmp_path, introduced=False, records=False)
    made.close()
    return tmp_path / "commune", tmp_path / "above"


def told(run_: tuple[int, str, str]) -> dict[str, object]:
    code, out, err = run_
    assert code == 0, err
    found: dict[str, object] = json.loads(out)
    return found


def test_from_the_paper_to_the_register_and_down(
    folders: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    below, above = folders
    stick = tmp_path / "stick"
    stick.mkdir()
    pair = told(run(below, "enrol", "--out", str(stick), "--json"))
    assert (stick / "HPN_99001-phieu-khoa.pdf").read_bytes().startswith(b"%PDF")
    assert run(below, "enrol", "--out", str(stick))[0] == 1
    key_file = str(pair["file"])
    monkeypatch.setenv("SOCHIHOI_NEW_PASSWORD", SECOND)
    assert told(run(above, "account", "add", "Lê Thị Hai", "--json")) == {
        "name": "Lê Thị Hai",
        "role": "officer",
        "active": True,
    }
    names = {one["name"] for one in json.loads(run(above, "account", "list", "--json")[1])}
    assert names == {"Cán bộ Hội", "Lê Thị Hai"}
    # trust --yes is the first approval where two work
    assert told(run(above, "trust", key_file, "--yes", "--json"))["state"] == "APPROVED_ONCE"
    code, _out, err = run(above, "approve", key_file, "--user", "Cán bộ Hội")
    assert (code, "Cán bộ Hội" in err) == (1, True)
    monkeypatch.setenv("SOCHIHOI_PASSWORD", SECOND)
    wrong = " ".join(reversed(list(pair["digits"])))  # type: ignore[call-overload]
    assert run(above, "approve", key_file, "--user", "Lê Thị Hai", "--digits", wrong)[0] == 1
    code, _out, err = run(above, "approve", key_file, "--user", "Lê Thị Hai", "--scope", "9900")
    assert (code, "chỉ ký cho chính đơn vị mình" in err) == (1, True)
    right = "-".join(pair["digits"])  # type: ignore[arg-type]
    done = told(run(above, "approve", str(pair["paper"]), "--user", "Lê Thị Hai", "--digits", right, "--json"))
    assert (done["state"], done["approved_by"]) == ("ACTIVE", ["Cán bộ Hội", "Lê Thị Hai"])
    # down
    exported = told(run(above, "register", "export", "--out", str(stick / "so.hpn"), "--json"))
    assert run(above, "register", "export", "--out", str(stick / "so.hpn"))[0] == 1
    shown = told(run(above, "register", "show", "--json"))
    assert [(one["unit"], one["role"], one["state"]) for one in shown["keys"]] == [  # type: ignore[attr-defined]
        ("99", "ABOVE", "ACTIVE"),
        ("99001", "SENDER", "ACTIVE"),
    ]
    own = told(run(above, "enrol", "--out", str(stick / "tren.hpnkey"), "--json"))
    monkeypatch.setenv("SOCHIHOI_PASSWORD", PASSWORD)
    assert run(below, "register", "apply", str(stick / "so.hpn"))[0] == 1
    assert run(below, "register", "show")[0] == 1
    assert run(below, "trust", str(own["file"]), "--digits", " ".join(own["digits"]))[0] == 0  # type: ignore[arg-type]
    applied = told(run(below, "register", "apply", str(stick / "so.hpn"), "--json"))
    assert (applied["number"], applied["known"], applied["keys"]) == (1, False, 2)
    assert told(run(below, "register", "apply", str(stick / "so.hpn"), "--json"))["known"] is True
    assert told(run(below, "register", "show", "--json"))["number"] == exported["number"]
    # a thief: revoked, and the older register is not taken again
    revoked = told(run(above, "register", "revoke", "99001", "--last", "1/0", "--reason", "Mất máy", "--json"))
    assert revoked["last"] == {"epoch_no": 1, "seq": 0}
    assert run(above, "register", "export", "--out", str(stick / "so2.hpn"), "--force")[0] == 0
    assert "unit-99001" not in (stick / "allowed_signers").read_text()
    assert told(run(below, "register", "apply", str(stick / "so2.hpn"), "--json"))["number"] == 2
    code, _out, err = run(below, "register", "apply", str(stick / "so.hpn"))
    assert (code, "1" in err, "2" in err) == (1, True, True)


def test_what_is_wrong_usage_and_what_is_a_problem(folders: tuple[Path, Path], tmp_path: Path) -> None:
    below, above = folders
    assert run(above, "register", "revoke", "99001", "--last", "7", "--reason", "x")[0] == 2
    assert run(above, "register", "revoke", "99001", "--reason", "x")[0] == 1
    assert run(below, "register", "export", "--out", str(tmp_path / "so.hpn"))[0] == 1
    assert run(below, "register", "safe-key", "--out", str(tmp_path / "ket.txt"))[0] == 1
    assert run(above, "account", "add", "Lê Thị Hai")[0] == 1  # no password for her
    assert run(above, "register")[0] == 2


def test_renewed_keys_are_accepted_at_once(folders: tuple[Path, Path], tmp_path: Path) -> None:
    below, above = folders
    key = str(tmp_path / "xa.hpnkey")
    run(below, "enrol", "--out", key)
    run(above, "trust", key, "--yes")
    assert run(below, "renew-keys", "--out", key)[0] == 1  # nothing is renewed when the file cannot be written
    new = str(tmp_path / "xa2.hpnkey")
    assert told(run(below, "renew-keys", "--out", new, "--json"))["unit"] == "99001"
    assert told(run(above, "trust", new, "--json"))["state"] == "ACTIVE"


def test_the_safe_key_goes_into_the_safe(folders: tuple[Path, Path], tmp_path: Path) -> None:
    _below, above = folders
    out = tmp_path / "ket.txt"
    made = told(run(above, "register", "safe-key", "--out", str(out), "--json"))
    assert out.read_text(encoding="utf-8").splitlines()[-1].startswith("AGE-SECRET-KEY-1")
    assert Path(str(made["paper"])).exists()
    assert run(above, "register", "safe-key", "--out", str(tmp_path / "b.txt"))[0] == 1
    assert run(above, "register", "safe-key", "--out", str(tmp_path / "b.txt"), "--again")[0] == 0


@pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="OpenSSH is not here")
def test_ssh_keygen_accepts_the_register(folders: tuple[Path, Path], tmp_path: Path) -> None:
    _below, above = folders
    told(run(above, "register", "export", "--out", str(tmp_path / "so.hpn"), "--json"))
    with zipfile.ZipFile(tmp_path / "so.hpn") as archive:
        archive.extractall(tmp_path)
    for namespace, code in (("hpn-register@v1", 0), ("hpn-transfer@v1", 255)):
        verify = ["ssh-keygen", "-Y", "verify", "-f", "allowed_signers", "-I", "unit-99", "-n", namespace]
        done = subprocess.run(
            [*verify, "-s", "manifest.json.sig"],
            cwd=tmp_path,
            input=(tmp_path / "manifest.json").read_bytes(),
            capture_output=True,
            check=False,
        )
        assert done.returncode == code, done.stderr
