"""Pages of a PDF as pictures, through pypdfium2. Points and pixels; pages count from 0."""

from __future__ import annotations

from io import BytesIO


def page_sizes(pdf: bytes) -> list[tuple[float, float]]:
    """(width, height) of every page in points (1/72 inch). Raises pypdfium2's ``PdfiumError`` for damaged bytes."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return [tuple(document.get_page_size(at)) for at in range(len(document))]
    finally:
        document.close()


def page_png(pdf: bytes, page: int, dpi: float = 96) -> bytes:
    """One page as PNG. Raises ``IndexError`` for a page that is not there."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        if not 0 <= page < len(document):
            raise IndexError(page)
        if document.get_formtype():
            document.init_forms()  # the stamp of a digital signature is a field: without this it is not drawn
        out = BytesIO()
        document[page].render(scale=dpi / 72).to_pil().save(out, "PNG")
        return out.getvalue()
    finally:
        document.close()


def all_pages_png(pdf: bytes, dpi: float = 96) -> list[bytes]:
    """Every page as PNG, in order."""
    return [page_png(pdf, at, dpi) for at in range(len(page_sizes(pdf)))]
