"""What a PDF says, in one line: for tests that ask whether a word stands there."""

from __future__ import annotations


def text_of(pdf: bytes) -> str:
    """The words of all pages, blanks and breaks as one blank."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [document[at].get_textpage().get_text_range() for at in range(len(document))]
    finally:
        document.close()
    return " ".join(" ".join(pages).replace("\ufffe", "-").split())
