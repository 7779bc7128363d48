"""How long the window's code takes to be read, against Qt's widgets alone. By hand:

PYTHONPATH=desktop python -m tests.bench.bench_start [runs]
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import sochihoi
from tests.bench.timing import table

CODE = "import sys, time; t = time.perf_counter(); import {module}; print(time.perf_counter() - t, len(sys.modules))"


def read(module: str) -> tuple[float, int]:
    """Seconds of importing a module in a fresh interpreter, and how many modules are there afterwards."""
    around = os.environ | {"PYTHONPATH": str(Path(sochihoi.__file__).parents[1]), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", CODE.format(module=module)], check=True, env=around, capture_output=True, text=True
    )
    seconds, modules = done.stdout.split()
    return float(seconds), int(modules)


def run(runs: int = 7) -> dict[str, float | int]:
    """Best seconds of both and their ratio; both are read in turn, so that the PC's other work hits both."""
    found = [(read("PySide6.QtWidgets"), read("sochihoi.app")) for _run in range(runs)]
    widgets, ours = min(one for one, _two in found), min(two for _one, two in found)
    return {
        "modules of QtWidgets": widgets[1],
        "modules of sochihoi.app": ours[1],
        "QtWidgets, s": widgets[0],
        "sochihoi.app, s": ours[0],
        "ratio": ours[0] / widgets[0],
    }


if __name__ == "__main__":
    print(table("Start", run(*(int(one) for one in sys.argv[1:2]))))  # noqa: T201 - run by hand
