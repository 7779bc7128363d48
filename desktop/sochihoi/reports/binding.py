"""Several PDF files as one, page after page: for printing in one go. The single papers stay what is kept."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO


def bound(papers: Sequence[bytes]) -> bytes:
    """One file with the pages of all, in their order. Raises ``ValueError`` for nothing at all."""
    import pypdfium2

    if not papers:
        raise ValueError(papers)
    whole = pypdfium2.PdfDocument.new()
    try:
        for paper in papers:
            part = pypdfium2.PdfDocument(paper)
            whole.import_pages(part)
            part.close()
        out = BytesIO()
        whole.save(out)
        return out.getvalue()
    finally:
        whole.close()
