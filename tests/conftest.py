"""For all tests: never the user's own data, no stray log record, and programs that some tests start."""

from __future__ import annotations

import gc
import logging
import os
import shutil
from collections.abc import Callable, Iterator
from inspect import signature

import pytest

from sochihoi import i18n
from tests import offices, private_server
from tests.trust.closing_table import pytest_terminal_summary  # noqa: F401 - a hook: the controller of xdist reads only this file

FindTool = Callable[[str], str]
_CLUSTERS: list[private_server.Cluster] = []


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """What one test leaves behind is not looked through by the collector during the thousands to come."""
    done = yield
    gc.collect()
    gc.freeze()
    for one in _CLUSTERS:
        one.forget()
    return done


@pytest.fixture(scope="session", autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Whatever forgets to name a folder lands in a temporary one."""
    before = os.environ.get("SOCHIHOI_HOME")
    os.environ["SOCHIHOI_HOME"] = str(tmp_path_factory.mktemp("home"))
    yield
    if before is None:
        del os.environ["SOCHIHOI_HOME"]
    else:
        os.environ["SOCHIHOI_HOME"] = before


@pytest.fixture(autouse=True)
def _language_stays() -> Iterator[None]:
    """A test that speaks another language leaves the next one its own."""
    before = i18n.language()
    yield
    if i18n.language() != before:
        i18n.set_language(before)


@pytest.fixture(autouse=True)
def _no_stray_log_record(request: pytest.FixtureRequest) -> Iterator[None]:
    """A warning in the log that the test does not expect (does not ask for ``caplog``) fails it."""
    records: list[logging.LogRecord] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = records.append  # type: ignore[method-assign]
    logging.getLogger().addHandler(handler)
    yield
    logging.getLogger().removeHandler(handler)
    function = getattr(request, "function", None)
    if function is None or "caplog" not in signature(function).parameters:
        assert not records, [record.getMessage() for record in records]


@pytest.fixture(scope="session")
def tool() -> FindTool:
    """The path of a program such as ``pdftotext``. A PC without it skips the test; ``test --strict`` fails it."""

    def find(name: str) -> str:
        found = shutil.which(name)
        if found is None:
            if os.environ.get("SOCHIHOI_ALLOW_MISSING_TOOLS") == "1":
                pytest.skip(f"{name} is not installed")
            pytest.fail(f"{name} is not installed")
        return found

    return find


@pytest.fixture(scope="session")
def cluster() -> Iterator[private_server.Cluster]:
    """A PostgreSQL of our own. A PC without it skips the test; ``test --strict`` fails it."""
    try:
        running = private_server.running(small=True)
        made = running.__enter__()
    except LookupError as problem:
        if os.environ.get("SOCHIHOI_ALLOW_MISSING_TOOLS") == "1":
            pytest.skip(str(problem))
        pytest.fail(str(problem))
    _CLUSTERS.append(made)
    yield made
    _CLUSTERS.remove(made)
    running.__exit__(None, None, None)


@pytest.fixture(params=["file", "server"])
def both_engines(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every level above that the test makes keeps its records in its folder, then on PostgreSQL."""
    if request.param == "server":
        monkeypatch.setattr(offices, "records_above", request.getfixturevalue("cluster").database)
