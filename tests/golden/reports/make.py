"""Write the golden reports anew: ``python -m tests.golden.reports.make [FORM ...]``. Read the difference first."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.golden.reports.commune import golden_commune
from tests.golden.reports.level_above import golden_above
from tests.golden.reports.papers import ABOVE, FOLDER, REPORTS, make, text, told


def main(forms: list[str]) -> None:
    """Into ``<form>.json`` and ``<form>.txt`` beside this file."""
    with tempfile.TemporaryDirectory() as made:
        out = Path(made)
        with golden_commune(out / "commune") as commune, golden_above(out) as above:
            for form in forms or [*REPORTS, *ABOVE]:
                office = above if form in ABOVE else commune
                report = make(office, form)
                (FOLDER / f"{form}.json").write_text(told(report), encoding="utf-8")
                (FOLDER / f"{form}.txt").write_text(text(office.reports.content(report, "pdf"), out), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
