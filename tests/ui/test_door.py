"""The window and its folder: what is remembered, what is said of a folder that is gone, the sample and its lock."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import sochihoi
from sochihoi.services.demo.plan import PASSWORD as SAMPLE
from sochihoi.services.opening import make_commune
from tests.offices import COMMUNE, PASSWORD, around, make_office

WINDOW = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from sochihoi import app, paths
from sochihoi.ui.shared.message_bar import MessageBar
from sochihoi.ui.setup.first_run import Wizard

def shown(shell):
    {steps}
    if shell.book is not None:
        shell.book.close()
        shell.book = None
    QTimer.singleShot(0, QApplication.quit)

code = app.main(Path(sys.argv[1]), ready=shown, offscreen=True, **{options})
print("last", paths.last_opened())
raise SystemExit(code)
"""


def window(tmp_path: Path, data: Path, steps: str, options: str = "{}") -> list[str]:
    """What a window prints in another process, line by line."""
    code = WINDOW.replace("{steps}", "\n    ".join(steps.strip().splitlines())).replace("{options}", options)
    more = {
        "PYTHONPATH": str(Path(sochihoi.__file__).parents[1]),
        "SOCHIHOI_HOME": str(tmp_path / "home"),
        "PYTHONIOENCODING": "utf-8",
    }
    done = subprocess.run(
        [sys.executable, "-c", code, str(data)],
        check=False,
        env=os.environ | more,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout.splitlines()


def test_what_was_opened_is_remembered_and_what_was_only_shown_is_not(tmp_path: Path) -> None:
    data = tmp_path / "data"
    make_office(data).close()
    assert window(tmp_path, data, "pass") == ["last None"]
    told = window(tmp_path, data, "print(shell.book.office.commune.name)", f"{{'password': {PASSWORD!r}}}")
    assert told == ["xã Hòa Phú", f"last {data}"]


def test_a_folder_that_is_gone_is_said_over_the_wizard_and_over_the_password(tmp_path: Path) -> None:
    gone = tmp_path / "USB"
    steps = "print([bar.text() for bar in shell.findChildren(MessageBar) if bar.text()])"
    options = f"{{'gone': Path({str(gone)!r})}}"
    (wizard, _last) = window(tmp_path, tmp_path / "none", steps + "\nprint(len(shell.findChildren(Wizard)))", options)[
        ::2
    ]
    assert f"trong {gone}, nay không có" in wizard
    make_office(tmp_path / "data").close()
    unlock = window(tmp_path, tmp_path / "data", steps, options)[0]
    assert f"trong {gone}, nay không có" in unlock


def test_the_sample_commune_opened_from_the_wizard_is_the_one_that_is_locked_and_remembered(tmp_path: Path) -> None:
    sample = tmp_path / "home" / "demonstration" / "commune"
    make_commune(sample, COMMUNE, above="Hội LHPN tỉnh Mẫu", password=SAMPLE, around=around(demo=True)).office.close()
    steps = f"""
shell.findChild(Wizard).demo_button.click()
print(shell.book.office.demo)
shell.lock()
shell._unlock and shell.open_book(shell._unlock("", {SAMPLE!r}))
print(shell.book.office.demo)
"""
    assert window(tmp_path, tmp_path / "own", steps) == ["True", "True", f"last {sample}"]
