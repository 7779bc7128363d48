"""What trying a copy found, in words. No Qt."""

from __future__ import annotations

from datetime import datetime

from sochihoi.i18n import _, clock, ngettext, number, short_date
from sochihoi.services.drilling import Drilled


def moment_text(made_at: str) -> str:
    """``26/10/2026 09:42`` in the local time, of what a backup states."""
    made = datetime.fromisoformat(made_at).astimezone()
    return f"{short_date(made.date())} {clock(made.time())}"


def drilled_text(found: Drilled) -> list[str]:
    """Sentences, one a line: what was done, what the copy holds, how it compares with the open book."""
    said = [
        _("The copy of {moment} comes back: it was restored into a temporary folder, opened and checked.").format(
            moment=moment_text(found.info.made_at)
        ),
        _("{unit}: {rows}, {journal}, {accounts}.").format(
            unit=found.unit,
            rows=ngettext("{count} row as stated", "{count} rows as stated", found.rows).format(
                count=number(found.rows)
            ),
            journal=ngettext(
                "the chain of {count} journal line holds", "the chain of {count} journal lines holds", found.journal
            ).format(count=number(found.journal)),
            accounts=ngettext("{count} account can open it", "{count} accounts can open it", found.accounts).format(
                count=number(found.accounts)
            ),
        ),
    ]
    if found.older:
        said.append(_("It was made by an earlier version; it was brought up to date without a fault."))
    if found.behind == 0:
        said.append(_("It is equal to the book as it is now."))
    elif found.behind is not None:
        said.append(
            ngettext(
                "The book has {count} change since that is not in the copy.",
                "The book has {count} changes since that are not in the copy.",
                found.behind,
            ).format(count=number(found.behind))
        )
    said.append(_("The temporary folder was taken away; the book was not changed."))
    return said
