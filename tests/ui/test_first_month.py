"""The first month that is closed in a book, chosen in the settings of the unit."""

from __future__ import annotations

from datetime import date
from typing import Any

from sochihoi.domain.periods import Period
from sochihoi.services.office import Office
from tests.people_data import add_members


def test_the_settings_name_the_first_month(shell: Any, office: Office) -> None:
    add_members(office, count=2, joined=date(2015, 3, 8))
    shell.go("setup", tab="unit")
    part = shell.page().part()
    form = next(one for one in part.forms if "first_month" in one.fields)
    field = form["first_month"]
    assert field.value() is None
    for typed, kept in (("8/2026", "2026-08"), ("15/9/2026", "2026-09"), ("2026", "2026-01"), ("", "")):
        field.line.setText(typed)
        form.left.emit("first_month")
        assert office.commune.first_month == kept
    field.line.setText("8/2026")
    form.left.emit("first_month")
    part.refresh()
    assert field.draft() == "08/2026"
    assert office.figures.open_period() == Period.month(2026, 8)
