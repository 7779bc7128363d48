"""How long something takes: the best of several runs, in seconds."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import TypeVar

T = TypeVar("T")


def best(act: Callable[[], T], runs: int) -> tuple[float, T]:
    """Seconds of the fastest run (the one least disturbed by the rest of the PC), and what the last run gave."""
    fastest, result = float("inf"), None
    for _run in range(runs):
        start = perf_counter()
        result = act()
        fastest = min(fastest, perf_counter() - start)
    return fastest, result  # type: ignore[return-value]


def table(title: str, rows: dict[str, float | int]) -> str:
    """Lines to be read: seconds and ratios with three decimals, counts whole."""
    lines = [title]
    for name, value in rows.items():
        lines.append(f"  {name:<28} {value:>12,.3f}" if isinstance(value, float) else f"  {name:<28} {value:>12,}")
    return "\n".join(lines)
