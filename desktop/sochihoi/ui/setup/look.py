"""Giao diện: theme, text size, language, and when the book locks itself."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from sochihoi import i18n
from sochihoi.i18n import _, ngettext
from sochihoi.ui.shared import remembered
from sochihoi.ui.shared.buttons import Card
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.forms import ChoiceField, Form
from sochihoi.ui.shared.part import Part

MINUTES = (2, 5, 10, 15, 30)
LOCK_AFTER = 5


def build(context: Context) -> Part:
    """How the window looks, on this computer."""
    return LookPart(context)


class LookPart(Part):
    """Every choice takes effect at once."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        card = Card(_("Look of the window on this computer"))
        self.form = Form()
        self.form.add(
            ChoiceField(
                "theme",
                _("Colours"),
                [("light", _("Light")), ("dark", _("Dark")), ("system", _("As Windows is set"))],
                letters=20,
            )
        )
        self.form.add(
            ChoiceField(
                "text",
                _("Size of the text"),
                [("medium", _("Medium")), ("large", _("Large")), ("largest", _("Very large"))],
                letters=20,
            )
        )
        # each language is named in itself
        self.form.add(ChoiceField("language", _("Language"), [("vi", "Tiếng Việt"), ("en", "English")], letters=20))
        minutes = [(n, ngettext("after {count} minute", "after {count} minutes", n).format(count=n)) for n in MINUTES]
        self.form.add(
            ChoiceField(
                "minutes",
                _("The book locks itself when nobody works"),
                minutes,
                letters=20,
            )
        )
        card.add(self.form)
        self.column.addWidget(card)
        self.column.addStretch(1)
        self.form.left.connect(lambda _name: self._apply())

    def refresh(self) -> None:
        kept = self.context.settings
        self.form.set_values(
            {
                "theme": remembered.theme(kept),
                "text": remembered.text_size(kept),
                "language": i18n.language(),
                "minutes": remembered.lock_minutes(kept, LOCK_AFTER),
            }
        )

    def _apply(self) -> None:
        values = self.form.values()
        shell = self.context.shell
        shell.set_lock_minutes(int(values["minutes"] or LOCK_AFTER))
        if values["language"] and values["language"] != i18n.language():
            shell.set_language(values["language"])
        shell.set_look(values["theme"] or "light", values["text"] or "medium")

    def first_focus(self) -> QWidget | None:
        return self.form["theme"].editor
