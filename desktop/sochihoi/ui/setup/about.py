"""Giới thiệu: version, where things lie, what it is made of and under which licences."""

from __future__ import annotations

import platform
from importlib import metadata

from PySide6.QtWidgets import QVBoxLayout, QWidget

from sochihoi import __version__
from sochihoi.i18n import _
from sochihoi.ui.shared.buttons import Card, label
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.forms import scrolled
from sochihoi.ui.shared.panel import Facts
from sochihoi.ui.shared.part import Part

# What the program stands on; licences as their makers write them
MADE_OF = (
    ("PySide6-Essentials", "LGPL-3.0"),
    ("SQLAlchemy", "MIT"),
    ("alembic", "MIT"),
    ("sqlcipher3", "zlib; SQLCipher: BSD-3-Clause"),
    ("cryptography", "Apache-2.0 or BSD-3-Clause"),
    ("argon2-cffi", "MIT"),
    ("pyrage", "MIT"),
    ("reportlab", "BSD-3-Clause"),
    ("XlsxWriter", "BSD-2-Clause"),
    ("pypdfium2", "Apache-2.0 or BSD-3-Clause"),
    ("python-calamine", "MIT"),
    ("babel", "BSD-3-Clause"),
)
DRAWN_WITH = (("IBM Plex", "OFL-1.1"), ("Lucide", "ISC, MIT"))


def build(context: Context) -> Part:
    """Version and licences."""
    return AboutPart(context)


class AboutPart(Part):
    """Nothing to do here but read."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        card = Card(_("Branch book"))
        self.facts = Facts()
        card.add(self.facts)
        card.add(
            label(_("Free software under the Apache 2.0 licence. It works without a network."), tone="muted", wrap=True)
        )
        column.addWidget(card)
        made = Card(_("Made of"))
        self.licences = Facts()
        made.add(self.licences)
        column.addWidget(made)
        column.addStretch(1)
        self.column.addWidget(scrolled(whole))

    def refresh(self) -> None:
        office = self.context.office
        with office.read() as work:
            count, digest = work.sync.audit_head()
        mark = f"{count}:{digest[:16]}"
        self.facts.set_facts(
            [
                (_("Version"), f"{__version__} · Python {platform.python_version()}"),
                (_("Folder of the book"), str(office.store.folder.path)),
                (_("Code of the journal"), mark),
                (_("Installed on"), f"{platform.system()} {platform.release()}"),
            ]
        )
        self.licences.set_facts([(name, f"{_version(name)} · {terms}") for name, terms in MADE_OF] + list(DRAWN_WITH))


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "—"
