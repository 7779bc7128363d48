"""The composition root of the window: settings, look, the table of pages, the open book handed to the shell."""

from __future__ import annotations

import logging
import os
import shutil
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QMessageLogContext, QProcess, QSettings, Qt, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from sochihoi import i18n, paths
from sochihoi.domain.errors import UserError
from sochihoi.domain.units import Level
from sochihoi.i18n import _
from sochihoi.ui import words
from sochihoi.ui.shell import answers, qt_texts, screen
from sochihoi.ui.shell.book import Book
from sochihoi.ui.shell.pages import PAGES
from sochihoi.ui.shell.places import Place
from sochihoi.ui.shell.unlock import Keys
from sochihoi.ui.shell.window import Shell, apply_look
from sochihoi.ui.words.general import last_is_gone
from sochihoi.ui.words.handing import frozen_banner

if TYPE_CHECKING:
    from sochihoi.domain.progress import Progress
    from sochihoi.services.office import Office
    from sochihoi.services.opening import Surroundings
    from sochihoi.ui.setup.first_run import Wizard

log = logging.getLogger(__name__)


def places_of(office: Office) -> tuple[Place, ...]:
    """The pages that this unit has: a level above keeps no records of its own, and the centre sends to nobody."""
    receiver = office.is_receiver
    alone = receiver and _level(office) is Level.CENTRAL
    seen = (place for place in PAGES if (place.for_receiver if receiver else place.for_sender))
    seen = (place for place in seen if not (alone and place.key == "sync"))
    return tuple(replace(p, label=lambda: _campaign_name(office)) if p.key == "campaign" else p for p in seen)


def _level(office: Office) -> Level:
    with office.read() as work:
        return work.units.get(office.commune.unit_id).level


def _banner(office: Office) -> str:
    """What stands over every page: another PC writes this book, or its keys were renewed on another one."""
    from sochihoi.services.shared_keys import trouble

    if office.frozen_on is not None:
        return frozen_banner(office.frozen_on)
    problem = trouble(office)
    return "" if problem is None else str(words.say(problem))


def _campaign_name(office: Office) -> str:
    """The campaign is called as this year's criteria set calls it."""
    name = office.campaign.set_in_use(office.today.year).name
    return name.vi if i18n.language() == "vi" else name.en


def book_of(office: Office, settings: QSettings, *, locks: bool = True) -> Book:
    """What the shell needs to know of an open office."""
    return Book(
        office=office,
        places=places_of(office),
        unit_name=lambda: office.commune.union_name,
        period=answers.working_month(office, settings),
        today=lambda: office.today,
        find=lambda text: answers.find(office, text),
        undo=lambda: answers.undo(office),
        redo=lambda: answers.redo(office),
        month_state=lambda period: answers.month_state(office, period),
        close=lambda: _close(office),
        is_large=lambda: answers.is_large(office),
        copying=office.copying,
        demo=office.demo,
        begin_own=_begin_own if office.demo and locks else None,
        read_only=not office.may_write,
        banner=_banner(office),
        finds=not office.is_receiver,
        locks=locks,
    )


def _begin_own() -> None:
    """A window of its own on this user's own folder: the wizard, or the book that is there already; this one closes."""
    QProcess.startDetached(sys.executable, ["-m", "sochihoi", "--data", str(paths.default_data())])
    QApplication.closeAllWindows()


def _close(office: Office) -> None:
    """Make the automatic copy, then give the folder back. A copy that cannot be made stops nobody from leaving."""
    try:
        office.backups.automatic()
    except (UserError, OSError) as problem:
        log.info("no automatic copy: %s", type(problem).__name__)
    office.close()


def settings_in(folder: Path) -> QSettings:
    """Window geometry, column widths, look: an ini file in this folder, never the registry."""
    return QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)


def make_application() -> QApplication:
    """The one application of this process, with Qt's texts in our language."""
    found = QApplication.instance()
    if isinstance(found, QApplication):
        return found
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    app = QApplication(["sochihoi"])
    app.setApplicationName("Sổ Chi hội")
    app.setApplicationDisplayName(_("Branch book"))
    qt_texts.install(app)
    return app


def build_window(office: Office, settings: QSettings, first: str | None = None) -> Shell:
    """A window over an open office, for tests and for pictures of the pages. It does not lock; closing it closes the
    office.
    """
    make_application()
    apply_look(settings)
    shell = Shell(settings)
    shell.open_book(book_of(office, settings, locks=False), first)
    return shell


def _without_display(_kind: QtMsgType, _where: QMessageLogContext, text: str) -> None:
    """The platform without a display says of each window that it knows no size hints: nothing that anyone can mend."""
    if "propagateSizeHints" not in text:
        sys.stderr.write(f"{text}\n")


def pictures(data_dir: Path, password: str, out: Path, size: tuple[int, int] = (1366, 768)) -> tuple[Path, ...]:
    """Open a data folder without a display and write two pictures of every page that it has: ``out/<unit>-<page>.png``
    light, ``…-dark.png`` dark. The look that the officer chose stays as it is.
    """
    from sochihoi.services.opening import open_office
    from sochihoi.ui.shell.pictures import take

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    qInstallMessageHandler(_without_display)
    office = open_office(data_dir, password)
    out.mkdir(parents=True, exist_ok=True)
    shell = build_window(office, settings_in(data_dir), first="")
    shell.resize(*size)
    shell.show()
    written = take(shell, [place.key for place in places_of(office)], out, data_dir.name)
    shell.close()
    return written


def main(
    data_dir: Path,
    language: str = "",
    user: str | None = None,
    password: str | None = None,
    *,
    offscreen: bool = False,
    around: Surroundings | None = None,
    ready: Callable[[Shell], None] | None = None,
    gone: Path | None = None,
) -> int:
    """Open the window on a data folder and stay until it is closed; the exit code of the program.

    ``language`` "" is the one chosen last in the set-up. With ``password`` the book opens at once; otherwise the
    unlock page asks. A folder without data shows the first-run wizard. ``offscreen`` needs no display. ``ready`` is
    called with the window before the first event. ``gone`` is the folder that was open last and is not there: that is
    said. Ends the process with 1 and a sentence when Qt finds no screen.
    """
    if offscreen:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    settings = settings_in(data_dir)
    kept = str(settings.value("look/language", "vi"))
    i18n.set_language(language or (kept if kept in i18n.LANGUAGES else "vi"))
    with screen.needed():
        app = make_application()
    apply_look(settings)
    door = _Door(data_dir, settings, around or _usual())
    shell = door.shell
    _crashes_to(shell)
    shell.recover = door.recover
    shell.restore = door.restore
    if not door.has_book():
        message = door.first_run().message
    else:
        page = shell.show_unlock(door.keys)
        message = page.message
        if password is not None:
            page.tried.emit(user or "", password)
    if gone is not None:
        message.say("warn", str(last_is_gone(gone)))
    shell.show()
    if ready is not None:
        ready(shell)
    return app.exec()


def _usual() -> Surroundings:
    from sochihoi.services.opening import Surroundings

    return Surroundings()


class _Door:
    """The window and the folder that it is on; another one once the sample commune was opened from the wizard."""

    def __init__(self, folder: Path, settings: QSettings, around: Surroundings) -> None:
        self.folder, self.settings, self.around = folder, settings, around
        self.shell = Shell(settings, self.open)

    def keys(self) -> Keys:
        """Who may open it, or why nobody can."""
        from sochihoi.services.opening import find_book
        from sochihoi.storage.vault import Keyring

        try:
            ring = Keyring.read(find_book(self.folder).keyring)
        except UserError as problem:
            return Keys((), None, self.folder.name, str(words.say(problem)))
        return Keys([wrap.name for wrap in ring.accounts()], ring.demo_password, self.folder.name)

    def has_book(self) -> bool:
        """Whether a book lies there, if only a part of one; ``False`` also where nobody may look."""
        from sochihoi.services.opening import find_book
        from sochihoi.storage.errors import NoCommune

        with suppress(UserError):
            try:
                find_book(self.folder)
            except (NoCommune, OSError):
                return False
        return True

    def open(self, account: str, password: str) -> Book:
        """Open it with what was typed. Raises what ``open_office`` raises."""
        from sochihoi.services.opening import open_office

        return self._book(open_office(self.folder, password, account or None, around=self.around))

    def _book(self, office: Office) -> Book:
        paths.remember_opened(self.folder)
        return book_of(office, self.settings)

    def recover(self) -> None:
        """``ui.setup.recovering`` asks for the code and a new password; it hands over the office that it opened."""
        from sochihoi.ui.setup.recovering import RecoverDialog

        def opened(office: Office) -> None:
            self.shell.open_book(self._book(office))

        RecoverDialog(self.shell, self.folder, list(self.keys().accounts), opened, self.around).open()

    def restore(self) -> None:
        """Bring a copy into the folder, where no book is open; the unlock page follows."""
        from sochihoi.ui.setup.restoring import restore_into

        restore_into(self.shell, self.folder, self.around, lambda: self.shell.show_unlock(self.keys))

    def first_run(self) -> Wizard:
        """``ui.setup.first_run`` shows the wizard; it hands over the office that it made or opened."""
        from sochihoi.ui.setup import first_run

        def made(office: Office, page: str = "", **args: object) -> None:
            self.shell.show_unlock(self.keys)
            self.shell.open_book(self._book(office))
            if page:
                self.shell.go(page, **args)

        def open_demo(data: Path) -> None:
            from sochihoi.services.demo.plan import PASSWORD

            self.folder = data
            self.shell.show_unlock(self.keys)
            self.shell.open_book(self.open("", PASSWORD))

        def make_demo() -> None:
            home = paths.home() / "demonstration"
            if paths.holds_book(home / "commune"):
                open_demo(home / "commune")
                return
            wizard.demo_button.setEnabled(False)
            wizard.message.say("info", _("The sample commune is being made. It takes about half a minute."))
            self.shell.run_job(lambda told: _demonstration(home, told), open_demo, title=_("Making the sample commune"))

        more = {"make_demo": make_demo, "restore": self.restore}
        wizard = first_run.build(self.folder, made, settings=self.settings, around=self.around, **more)
        self.shell.show_instead(wizard)
        return wizard


def _demonstration(home: Path, told: Progress) -> Path:
    """An interrupted making is begun again: only ours lies there, and the same seed makes the same."""
    from sochihoi.services.demo.build import build
    from sochihoi.services.demo.plan import Places, Plan

    shutil.rmtree(home, ignore_errors=True)
    return build(Plan(), Places(home, home / "commune"), told).places.commune


def _crashes_to(shell: Shell) -> None:
    """What no one caught goes to the crash page instead of a console that nobody sees."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        elif isinstance(error, UserError | OSError):
            shell.show_error(error)
        else:
            shell.show_crash(error)

    sys.excepthook = hook
