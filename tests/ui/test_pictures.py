"""Pictures of the pages: of each page a light and a dark one, with everything read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from sochihoi.services.office import Office
from sochihoi.ui import style
from sochihoi.ui.overview.page import OverviewPage
from sochihoi.ui.shell.pictures import take
from tests.month_data import autumn


@pytest.fixture(autouse=True)
def _light_again(qapp: QApplication) -> Iterator[None]:
    yield
    style.apply(qapp)


def brightness(file: Path) -> float:
    """0 to 255, of the middle of the picture."""
    image = QImage(str(file)).scaled(16, 9)
    return sum(image.pixelColor(x, y).lightness() for x in range(4, 16) for y in range(9)) / (12 * 9)


def test_every_page_light_and_dark(shell: Any, office: Office, tmp_path: Path) -> None:
    autumn(office)
    shell.resize(1366, 690)
    shell.context.is_large = lambda: True
    files = take(shell, ["overview", "reports"], tmp_path, "commune")
    assert [file.name for file in files] == [
        "commune-overview.png",
        "commune-reports.png",
        "commune-overview-dark.png",
        "commune-reports-dark.png",
    ]
    for light, dark in zip(files[:2], files[2:], strict=True):
        assert brightness(light) > 200
        assert brightness(dark) < 80
        assert QImage(str(light)).width() == 1366
    shell.go("overview")
    page = shell.page()
    assert isinstance(page, OverviewPage)
    assert page.steps.isVisible(), "the picture was not taken before the page was read"


def test_a_page_that_does_not_open_is_no_picture(shell: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    shell.go("overview")
    shell.show_crash(ValueError("broken"))
    with pytest.raises(RuntimeError):
        take(shell, ["overview"], tmp_path, "commune")
