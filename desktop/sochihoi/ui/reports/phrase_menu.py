"""The menu of phrases under a section: her own, the library by groups, keeping and dropping her own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from sochihoi.i18n import _
from sochihoi.ui.reports.section_box import SectionBox
from sochihoi.ui.words.month import in_language

if TYPE_CHECKING:
    from sochihoi.services.reporting.phrase_book import Phrase

SHOWN = 80  # letters of a phrase in the menu; the whole of it is its tip


def phrase_menu(
    box: SectionBox,
    phrases: Sequence[Phrase],
    keep: Callable[[str, str], None],
    drop: Callable[[str], None],
) -> QMenu:
    """A phrase chosen is put where the cursor stands. ``keep(section, text)``, ``drop(id)``."""
    menu = QMenu(box)
    menu.setToolTipsVisible(True)
    chosen = box.selection()
    own = [one for one in phrases if one.own]
    for one in own:
        _add(menu, one, box)
    if own:
        menu.addSeparator()
    groups: dict[str, QMenu] = {}
    for one in phrases:
        if one.group is None:
            continue
        name = in_language(one.group)
        if name not in groups:
            groups[name] = menu.addMenu(name.replace("&", "&&"))
            groups[name].setToolTipsVisible(True)
        _add(groups[name], one, box)
    if not phrases:
        empty = menu.addAction(_("There is no phrase for this section yet."))
        empty.setEnabled(False)
    menu.addSeparator()
    words = _("&Keep the chosen words as my phrase") if chosen else _("Choose words in the section to keep them here")
    kept = menu.addAction(words)
    kept.setEnabled(bool(chosen))
    kept.triggered.connect(lambda _on=False: keep(box.code, chosen))
    if own:
        away = menu.addMenu(_("&Take a phrase of mine away"))
        for one in own:
            action = away.addAction(_short(one.text))
            action.triggered.connect(partial(_drop, drop, one.id))
    return menu


def _drop(drop: Callable[[str], None], phrase_id: str, _on: bool = False) -> None:
    drop(phrase_id)


def _add(menu: QMenu, phrase: Phrase, box: SectionBox) -> QAction:
    action = menu.addAction(_short(phrase.text))
    action.setToolTip(phrase.text)
    action.triggered.connect(lambda _on=False: box.insert(phrase.text))
    return action


def _short(text: str) -> str:
    cut = text if len(text) <= SHOWN else f"{text[: SHOWN - 1].rstrip()}…"
    return cut.replace("&", "&&")
