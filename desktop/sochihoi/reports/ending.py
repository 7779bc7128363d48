"""The mark that says that a paper ends here."""

from __future__ import annotations

from dataclasses import replace

from sochihoi.reports.document import Block, BulletList, Paragraph


def with_end_mark(body: tuple[Block, ...], mark: str) -> tuple[tuple[Block, ...], str]:
    """The mark follows the last words; after a table or a chart it is given back, for a line of its own."""
    last = body[-1] if body else None
    if isinstance(last, Paragraph):
        return (*body[:-1], replace(last, text=last.text.rstrip() + mark)), ""
    if isinstance(last, BulletList) and last.items:
        items = (*last.items[:-1], last.items[-1].rstrip() + mark)
        return (*body[:-1], BulletList(items, last.numbered)), ""
    return body, mark
