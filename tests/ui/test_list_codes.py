"""Whatever list of members or households leaves the program carries the short code of each line (decision on lists)."""

from __future__ import annotations

import re
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from sochihoi.services.office import Office
from sochihoi.ui.shared.listing.offer import ListPaper
from tests.people_data import add_members
from tests.ui.test_listing import OCTOBER, PAGES, nothing, table_on

CODE = re.compile(r"H[PO]\d{5,}")
WALKS = {name: PAGES[name] for name in ("members", "households", "without", "missing", "campaign households")} | {
    "consents": (nothing, "privacy", {"tab": "consents"}, lambda _page: None)
}


def code_of(row: Any) -> str:
    return str(getattr(row, "code", "") or getattr(getattr(row, "member", None), "code", ""))


@pytest.mark.parametrize("name", WALKS)
def test_each_line_of_a_paper_has_its_code(shell: Any, office: Office, name: str) -> None:
    prepare, key, places, go_on = WALKS[name]
    add_members(office, "Ấp An Hòa", 4)
    prepare(office)
    shell.set_period(OCTOBER)
    shell.go(key, **places)
    go_on(shell.page())
    QApplication.processEvents()
    table = table_on(shell.page())
    assert isinstance(table.paper, ListPaper)
    lines = [row for row in table.paper.listing().rows if not row.band]
    codes = [code_of(row) for row in table.model.rows if table.section is None or table.section(row) is None]
    assert lines
    assert len(lines) == len(codes)
    for line, code in zip(lines, codes, strict=True):
        assert CODE.fullmatch(code)
        assert code in line.cells
