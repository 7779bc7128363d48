"""What a page may be opened with stands in its signature: a misspelt argument is a fault, not silence."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from typing import Any

import pytest

from sochihoi import app as window
from sochihoi import ui
from sochihoi.ui.shared.page import Page


def page_classes() -> Iterator[type[Page]]:
    """Every page of the program, also those that stand inside another."""
    for module in pkgutil.walk_packages(ui.__path__, "sochihoi.ui."):
        importlib.import_module(module.name)
    waiting = [Page]
    while waiting:
        found = waiting.pop()
        waiting += found.__subclasses__()
        if found.__module__.startswith("sochihoi."):
            yield found


def test_every_page_names_what_it_can_be_opened_with() -> None:
    for found in page_classes():
        for one in inspect.signature(found.refresh).parameters.values():
            where = f"{found.__module__}.{found.__name__}.refresh({one})"
            assert one.kind is not inspect.Parameter.VAR_KEYWORD, where
            assert one.name == "self" or one.default is not inspect.Parameter.empty, where


@pytest.mark.parametrize("place", [one for one in window.PAGES if one.for_sender], ids=lambda place: place.key)
def test_an_argument_that_a_page_does_not_know_is_not_swallowed(shell: Any, place: window.Place) -> None:
    with pytest.raises(TypeError, match="meting_id"):
        shell.go(place.key, meting_id="1")


GIVEN: tuple[tuple[str, dict[str, object]], ...] = (
    # what the overview, the checks before closing, the search and the wizard open pages with
    ("meetings", {"tab": "proposals"}),
    ("meetings", {"tab": "month"}),
    ("meetings", {"meeting_id": "1", "view": "minutes"}),
    ("study", {"campaign_id": "1", "view": "missing"}),
    ("setup", {"tab": "backup"}),
    ("people", {"chip": "review"}),
    ("people", {"chip": "no_birth"}),
    ("people", {"member": "1"}),
    ("people", {"person": "1"}),
    ("people", {"intake": True}),
    ("households", {"household": "1"}),
    ("households", {"without": True}),
    ("reports", {"why": "org.members"}),
    ("reports", {"enter": "org.women_18"}),
    ("reports", {"period": "2026-09"}),
    ("rubric", {"branch_id": "1", "year": 2026}),
    ("campaign", {"view": "households", "branch_id": "1", "trait": "passed"}),
)


@pytest.mark.parametrize(("key", "args"), GIVEN, ids=str)
def test_what_the_window_opens_pages_with_is_known_to_them(shell: Any, key: str, args: dict[str, object]) -> None:
    shell.go(key)
    inspect.signature(shell.page().refresh).bind(**args)
