"""Several PDF files as one, page after page: for printing in one go. The single papers stay what is kept.

The pages are laid into an empty paper of ours, so that the whole says of itself what every paper says: title, language,
colours. What is heard from the single papers (``tagging``) and their bookmarks do not come along.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from typing import Final

from reportlab.platypus import Spacer

from sochihoi.reports import fonts
from sochihoi.reports import layout as layouts
from sochihoi.reports.paper import Marks, Properties, render

_PRODUCER: Final = "PDFium"  # writes its own name over any other
_IDENTITY: Final = re.compile(rb"/ID\[<([0-9A-F]{32})><[0-9A-F]{32}>\]")


def bound(papers: Sequence[bytes], properties: Properties) -> bytes:
    """One file with the pages of all, in their order.

    Raises ``ValueError`` for nothing at all, ``LookupError`` without a usable font.
    """
    import pypdfium2

    if not papers:
        raise ValueError(papers)
    named = replace(properties, producer=_PRODUCER)
    whole = pypdfium2.PdfDocument(render([Spacer(0, 1)], layouts.shipped(), fonts.typeface(), named, Marks()))
    try:
        blank = len(whole)
        for paper in papers:
            part = pypdfium2.PdfDocument(paper)
            whole.import_pages(part)
            part.close()
        for _page in range(blank):
            whole.del_page(0)
        out = BytesIO()
        whole.save(out)
        return _identified(out.getvalue())
    finally:
        whole.close()


def _identified(pdf: bytes) -> bytes:
    """With an identity made of the content, where the library puts one made of the moment."""
    own = sha256(_IDENTITY.sub(b"", pdf)).hexdigest()[:32].upper().encode()
    return _IDENTITY.sub(b"/ID[<" + own + b"><" + own + b">]", pdf)
