"""The counts of the fault tests in one table at the end: what was tried, and how much of it held. Times are told only.

The counts travel as properties of the test reports, so that they arrive from the workers of xdist, too.
"""

from __future__ import annotations

from typing import Any

PROPERTY = "faults"


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """One line a gate, and the sum."""
    rows = [
        value
        for outcome in ("passed", "failed")
        for report in terminalreporter.stats.get(outcome, [])
        for name, value in getattr(report, "user_properties", [])
        if name == PROPERTY
    ]
    if not rows:
        return
    terminalreporter.section("faults", sep="-")
    for gate, held, tried, seconds, remark in sorted(rows):
        terminalreporter.write_line(f"{gate:<44}{held:>9,} / {tried:<9,}{seconds:7.1f} s  {remark}".rstrip())
    held, tried = sum(row[1] for row in rows), sum(row[2] for row in rows)
    terminalreporter.write_line(f"faults {held:,}/{tried:,}")
