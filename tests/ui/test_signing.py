"""The dialog that signs a report, and the one that shows its signed files: real widgets, real office, real keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget

from sochihoi.reports import fonts
from sochihoi.reports.signing.sign import Look, sign
from sochihoi.services.office import Office
from sochihoi.ui.shared import signing as dialogs
from sochihoi.ui.shared.signing import signed_dialog
from sochihoi.ui.shared.signing.sign_dialog import FILE, TOKEN
from tests.month_data import OCTOBER, SEPTEMBER, autumn, close_september
from tests.offices import MOMENT
from tests.report_data import pdf, report
from tests.reports.signing import certificates as made
from tests.reports.signing.conftest import key_of
from tests.reports.signing.tokens import PIN, SoftToken, soft_tokens


@pytest.fixture
def context(office: Office, shell: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    monkeypatch.setenv(fonts.CHOICE, "liberation")
    autumn(office)
    close_september(office)
    shell.resize(1366, 768)
    shell.go("reports")
    (tmp_path / "key.p12").write_bytes(made.holder().key_file())
    return shell.context


@pytest.fixture
def plugged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SoftToken]:
    with soft_tokens(tmp_path_factory.mktemp("hsm")) as found:
        yield found


Wait = Callable[[Callable[[], bool]], None]


@pytest.fixture
def wait(qtbot: Any) -> Wait:
    return lambda when: qtbot.waitUntil(when, timeout=30_000)


def shown_dialog(name: str) -> Any:
    return next(
        (one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.objectName() == name),
        None,
    )


def texts(widget: QWidget) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel))


def close(dialog: QDialog | None) -> None:
    if dialog is not None:
        dialog.done(0)
        dialog.deleteLater()


def test_a_key_file_signs_the_report(context: Any, office: Office, wait: Wait, tmp_path: Path) -> None:
    paper = report(office, SEPTEMBER)
    told: list[str] = []
    dialog = dialogs.open_signing(context, context.shell, paper, done=lambda: told.append("done"))
    assert dialog is not None
    dialog.how.set_value(FILE)
    dialog.how.changed.emit()
    assert dialog.file.isVisibleTo(dialog)
    assert not dialog.pin.isVisibleTo(dialog)
    dialog.sign_button.click()
    assert dialog.file.error(), "no file was chosen"
    dialog.file.set_value(tmp_path / "key.p12")
    dialog.password.set_value("sai")
    dialog.sign_button.click()
    wait(dialog.sign_button.isEnabled)
    assert dialog.isVisible()
    assert dialog.message.text() == str(_words())
    assert dialog.password.value() is None, "it is never kept"
    dialog.password.set_value(made.PASSWORD)
    dialog.sign_button.click()
    wait(lambda: bool(told))
    shown = shown_dialog("signed")
    assert shown is not None
    assert made.SIGNER in texts(shown)
    assert "26-10-2026 09:42:00 +07:00" in texts(shown)
    assert len(office.signing.signed(paper)) == 1
    settings = {key: str(context.settings.value(key)) for key in context.settings.allKeys()}
    assert settings["signing/file"] == str(tmp_path / "key.p12")
    assert made.PASSWORD not in "".join(settings.values())
    wait(lambda: not context.shell.jobs.busy)
    close(shown)
    close(dialog)


def _words() -> Any:
    from sochihoi.reports.signing.errors import WrongKeyPassword
    from sochihoi.ui import words

    return words.say(WrongKeyPassword())


def test_a_token_signs_after_a_wrong_pin(context: Any, office: Office, wait: Wait, plugged: SoftToken) -> None:
    plugged.add("Chị Hạnh", made.holder())
    context.settings.setValue("signing/how", TOKEN)
    context.settings.setValue("signing/library", str(plugged.library))
    dialog = dialogs.open_signing(context, context.shell, report(office, SEPTEMBER))
    assert dialog is not None
    wait(lambda: dialog.token.combo.count() == 1)
    assert dialog.token.combo.currentText() == "Chị Hạnh"
    dialog.pin.set_value("000000")
    dialog.sign_button.click()
    assert not dialog.sign_button.isEnabled(), "a second press is no second try"
    dialog.reject()
    assert dialog.isVisible(), "the token is at work"
    wait(dialog.sign_button.isEnabled)
    assert "PIN" in dialog.message.text()
    assert dialog.pin.value() is None
    dialog.sign_button.click()
    assert dialog.pin.error(), "it is not sent without a PIN"
    dialog.pin.set_value(PIN)
    dialog.sign_button.click()
    wait(lambda: shown_dialog("signed") is not None)
    wait(lambda: not context.shell.jobs.busy)
    assert PIN not in "".join(str(context.settings.value(key)) for key in context.settings.allKeys())
    close(shown_dialog("signed"))
    close(dialog)


def test_no_token_is_said_and_looked_for_again(context: Any, office: Office, wait: Wait, plugged: SoftToken) -> None:
    context.settings.setValue("signing/library", str(plugged.library))
    dialog = dialogs.open_signing(context, context.shell, report(office, SEPTEMBER))
    assert dialog is not None
    wait(lambda: bool(dialog.message.actions_shown()))
    plugged.add("Chị Hạnh", made.holder())
    dialog.message.actions_shown()[0].click()
    wait(lambda: dialog.token.combo.count() == 1)
    close(dialog)


def test_a_draft_is_not_signed(context: Any, office: Office) -> None:
    assert dialogs.open_signing(context, context.shell, report(office, OCTOBER)) is None
    assert dialogs.open_attach(context, context.shell, report(office, OCTOBER)) is None
    assert dialogs.open_signed(context, context.shell, report(office, SEPTEMBER)) is None


def test_a_file_signed_elsewhere_is_attached_and_another_is_not(
    context: Any, office: Office, wait: Wait, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = report(office, SEPTEMBER)
    file = tmp_path / "vgca.pdf"
    monkeypatch.setattr(signed_dialog, "choose_file", lambda *_words: file)
    told: list[str] = []
    file.write_bytes(sign(pdf(office, OCTOBER), key_of(made.holder()), Look(), now=MOMENT).content)
    dialogs.open_attach(context, context.shell, paper, done=lambda: told.append("done"))
    wait(lambda: not context.shell.jobs.busy)
    assert not told
    assert office.signing.signed(paper) == ()
    file.write_bytes(sign(pdf(office, SEPTEMBER), key_of(made.holder()), Look(), now=MOMENT).content)
    dialogs.open_attach(context, context.shell, paper, done=lambda: told.append("done"))
    wait(lambda: bool(told))
    shown = shown_dialog("signed")
    assert shown is not None
    wait(lambda: not context.shell.jobs.busy)
    target = tmp_path / "saved.pdf"
    monkeypatch.setattr(signed_dialog, "choose_target", lambda *_words: target)
    shown.save_button.click()
    assert target.read_bytes() == file.read_bytes()
    close(shown)


def test_the_buttons_beside_a_report_sign_it_take_in_and_show_signed_copies(
    context: Any, office: Office, wait: Wait, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = context.shell
    shell.go("reports", view="report", period="2026-10")
    side = shell.page().report.side
    assert not any(one.isVisibleTo(side) for one in (side.sign_button, side.attach_button, side.signed_button))
    shell.go("reports", view="report", period="2026-09")
    side.signed_button.click()
    assert shown_dialog("signed") is None, "there is none yet"

    context.settings.setValue("signing/how", FILE)
    side.sign_button.click()
    dialog = shown_dialog("signing")
    assert dialog is not None
    dialog.file.set_value(tmp_path / "key.p12")
    dialog.password.set_value(made.PASSWORD)
    dialog.sign_button.click()
    wait(lambda: shown_dialog("signed") is not None)
    close(shown_dialog("signed"))
    close(dialog)
    QApplication.processEvents()
    assert "(2)" in side.archive_button.text(), "the paper, and its signed copy"

    file = tmp_path / "vgca.pdf"
    file.write_bytes(sign(pdf(office, SEPTEMBER), key_of(made.holder("Chị Mai")), Look(), now=MOMENT).content)
    monkeypatch.setattr(signed_dialog, "choose_file", lambda *_words: file)
    paper = report(office, SEPTEMBER)
    side.attach_button.click()
    wait(lambda: len(office.signing.signed(paper)) == 2 and not shell.jobs.busy)
    close(shown_dialog("signed"))
    QApplication.sendPostedEvents(None, 52)  # what is closed goes before the next one is looked for
    side.signed_button.click()
    shown = shown_dialog("signed")
    assert shown is not None
    assert shown.which.combo.count() == 2
    close(shown)
