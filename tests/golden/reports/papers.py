"""What the golden reports are compared by: figures, sentences and tables as JSON, and the text of the PDF."""

from __future__ import annotations

import json
import re
import subprocess
import textwrap
from pathlib import Path
from typing import Any, Final

from sochihoi.services.office import Office
from sochihoi.services.reporting.as_json import as_json
from sochihoi.services.reporting.report import Report

FOLDER: Final = Path(__file__).parent
# Every form over a time that it is made for; those of branches for the first branch
REPORTS: Final = {
    "month": "2026-10",
    "quarter": "2026-Q3",
    "half": "2026-H2",
    "year": "2026",
    "term": "2025-2030",
    "directive-05": "2026",
    "study": "2026-10",
    "campaign": "2026",
    "model-branch": "2026",
    "branch-month": "2026-10",
    "branch-sheet": "2026-10",
}
ABOVE: Final = {  # of a level above
    "above": "2026-Q3",
    "above-campaign": "2026",
    "above-term": "2025-2030",
}
_PAGE: Final = re.compile(r"^\s*\d+\s*(?:DỰ THẢO)?\s*$|^\s*DỰ THẢO\s*$", re.MULTILINE)
_SENTENCE: Final = re.compile(r"(?<=[^\dIVX][.;]) (?=\S)")
_WIDTH: Final = 110  # of a line of a golden text


def make(office: Office, form: str) -> Report:
    """The report of a form."""
    span = office.reports.span((REPORTS | ABOVE)[form])
    definition = office.reports.form(form)
    unit = office.reports.branches(span)[0].id if definition.scope.value == "branch" else None
    return office.reports.report(form, span, unit)


def told(report: Report) -> str:
    """Its figures that say something, its sentences with what they rest on, its tables."""
    body: dict[str, Any] = as_json(report)
    kept = {name: body[name] for name in ("form", "period", "subject")}
    kept["figures"] = {
        row["code"]: [row["value"], row["numerator"], row["denominator"], row["previous"], row["year_to_date"]]
        for row in body["figures"]
        if row["value"] or row["previous"] or row["year_to_date"]
    }
    kept["sentences"] = {
        section["code"]: [
            f"{one['text']} <{' '.join((*one['figures'], *one['lists']))}>" for one in section["sentences"]
        ]
        for section in body["sections"]
        if section["sentences"]
    }
    kept["tables"] = {
        table["code"]: [table["title"], " | ".join(table["columns"]), *(_line(row) for row in table["rows"])]
        for table in body["tables"]
    }
    return json.dumps(kept, ensure_ascii=False, indent=1) + "\n"


def _line(row: dict[str, Any]) -> str:
    return str(row["band"]) if "band" in row else " | ".join(row["cells"])


def text(pdf: bytes, folder: Path) -> str:
    """The words of the pages without their numbers, a sentence a line: where lines and pages break does not matter."""
    file = folder / "paper.pdf"
    file.write_bytes(pdf)
    done = subprocess.run(["pdftotext", "-raw", str(file), "-"], capture_output=True, check=True)
    words = " ".join(_PAGE.sub("", done.stdout.decode().replace("\f", "\n")).split())
    lines = (line for part in _SENTENCE.split(words) for line in textwrap.wrap(part, _WIDTH, break_on_hyphens=False))
    return "\n".join(lines) + "\n"
