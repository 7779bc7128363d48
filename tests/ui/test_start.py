"""The window is there at once: what only papers, lists and migrations need is not read before it is shown."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import sochihoi
from tests.offices import make_office

LATER = ("reportlab", "xlsxwriter", "python_calamine", "alembic", "sqlalchemy", "cryptography", "pypdfium2")

UNLOCK = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from sochihoi import app
def shown(shell):
    assert shell.isVisible() and shell.frame is None, "the unlock page"
    QTimer.singleShot(0, QApplication.quit)
code = app.main(Path(sys.argv[1]), offscreen=True, ready=shown)
print(*sorted({name.partition(".")[0] for name in sys.modules}))
raise SystemExit(code)
"""


def test_the_unlock_page_is_shown_before_anything_heavy_is_read(tmp_path: Path) -> None:
    make_office(tmp_path / "data").close()
    around = os.environ | {"PYTHONPATH": str(Path(sochihoi.__file__).parents[1]), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", UNLOCK, str(tmp_path / "data")],
        check=False,
        env=around,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    read = done.stdout.split()
    assert "PySide6" in read
    assert [name for name in LATER if name in read] == []
