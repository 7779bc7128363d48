"""Make the golden database of the schema as it is now: ``python -m tests.golden.make_database``.

Run once for each released schema; what it made is never made again, because later versions must open exactly it.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from pathlib import Path

from sochihoi.services.demo.build import build
from sochihoi.services.demo.plan import Places, Plan
from sochihoi.storage.migrate import HEAD

GOLDEN = Path(__file__).parent
PLAN = Plan(seed=26, members=24, branches=2, months=3)


def main() -> None:
    """Into ``tests/golden/schema-<revision>/``: database and keyring of a small demonstration commune."""
    folder = GOLDEN / f"schema-{HEAD}"
    if folder.exists():
        sys.exit(f"{folder.name} stands already")
    with tempfile.TemporaryDirectory() as made:
        out = Path(made)
        figures = build(PLAN, Places(out, out / "commune")).figures["2026-08"]
        (GOLDEN / f"schema-{HEAD}.json").write_text(json.dumps(figures, ensure_ascii=False, indent=1), encoding="utf-8")
        folder.mkdir()
        for name in ("sochihoi.db", "keyring.json"):
            shutil.copyfile(out / "commune" / name, folder / name)


if __name__ == "__main__":
    main()
