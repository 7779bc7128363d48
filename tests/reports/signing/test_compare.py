"""A signed file is taken only when its pages say and show what was issued."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from random import Random

import pytest

from sochihoi.reports.document import Paragraph
from sochihoi.reports.official import pdf
from sochihoi.reports.signing.check import verify
from sochihoi.reports.signing.compare import ensure_same
from sochihoi.reports.signing.errors import EncryptedPdf, NotAPdf, NotOurPaper
from tests.reports import samples
from tests.reports.conftest import Tool
from tests.reports.signing import certificates as made
from tests.reports.signing.conftest import Sign


def test_signed_once_or_twice_it_is_the_same_paper(paper: bytes, signed: Sign) -> None:
    once = signed().content
    ensure_same(paper, once)
    ensure_same(paper, signed(content=once, holder=made.organisation()).content)


def test_written_anew_by_another_program_and_signed(paper: bytes, signed: Sign, tool: Tool, tmp_path) -> None:
    other = tmp_path / "other.pdf"
    tool(paper, "qpdf", "--object-streams=generate", "--linearize", "{}", str(other))
    assert not other.read_bytes().startswith(paper)
    ensure_same(paper, signed(content=other.read_bytes()).content)


def test_a_changed_figure_is_found(paper: bytes, signed: Sign) -> None:
    one = samples.monthly()
    body = tuple(
        replace(block, text=block.text.replace("31/34", "34/34")) if isinstance(block, Paragraph) else block
        for block in one.body
    )
    assert body != one.body
    with pytest.raises(NotOurPaper) as caught:
        ensure_same(paper, signed(content=pdf(replace(one, body=body))).content)
    assert caught.value.page == 1
    assert "31/34" in caught.value.expected
    assert "34/34" in caught.value.found


def test_another_paper_and_other_pages_are_found(paper: bytes, tool: Tool, tmp_path) -> None:
    with pytest.raises(NotOurPaper):
        ensure_same(paper, pdf(replace(samples.monthly(), subject_lines=("Một báo cáo khác",))))
    fewer = tmp_path / "fewer.pdf"
    tool(paper, "qpdf", "{}", "--pages", ".", "1", "--", str(fewer))
    with pytest.raises(NotOurPaper) as caught:
        ensure_same(paper, fewer.read_bytes())
    assert caught.value.pages is not None
    with pytest.raises(NotAPdf):
        ensure_same(paper, b"day la gi")


def _with(paper: bytes, change) -> bytes:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(BytesIO(paper))
    page = writer.root["/Pages"]["/Kids"][0]
    change(writer, page)
    writer.update_container(page)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def test_drawn_over_before_it_was_signed(paper: bytes, signed: Sign) -> None:
    """The words are all there still, under a white box: the prefix and the text alone would not tell."""
    from pyhanko.pdf_utils import generic

    def cover(writer, page) -> None:
        old = page.raw_get("/Contents")
        white = writer.add_object(generic.StreamObject(stream_data=b"q 1 1 1 rg 80 500 400 80 re f Q"))
        page["/Contents"] = generic.ArrayObject([old, white])

    changed = _with(paper, cover)
    assert changed.startswith(paper)
    with pytest.raises(NotOurPaper) as caught:
        ensure_same(paper, signed(content=changed).content)
    assert (caught.value.page, caught.value.expected) == (1, "")


def test_a_note_put_on_top_before_it_was_signed(paper: bytes, signed: Sign) -> None:
    from pyhanko.pdf_utils import generic

    def note(writer, page) -> None:
        one = {
            "/Type": generic.NameObject("/Annot"),
            "/Subtype": generic.NameObject("/FreeText"),
            "/Rect": generic.ArrayObject([generic.NumberObject(at) for at in (80, 500, 480, 580)]),
            "/Contents": generic.TextStringObject("34/34"),
        }
        made_ = generic.DictionaryObject({generic.NameObject(key): value for key, value in one.items()})
        page["/Annots"] = generic.ArrayObject([writer.add_object(made_)])

    with pytest.raises(NotOurPaper):
        ensure_same(paper, signed(content=_with(paper, note)).content)


def test_damaged_bytes_never_pass_and_never_crash(signed: Sign) -> None:
    content, source = signed().content, Random(7)  # noqa: S311 - the same damage every time
    begin = content.lower().rindex(b"<3082")
    end = content.index(b">", begin)
    for at in range(24):
        damaged = bytearray(content)
        first = content.index(b"/ByteRange") if at % 2 else 0
        where = source.randrange(first, len(damaged))
        damaged[where] ^= 1 << source.randrange(8)
        if at % 8 == 0:
            damaged = damaged[:where]
        try:
            checks = verify(bytes(damaged), made.NOW)
        except (NotAPdf, EncryptedPdf):
            continue
        # Only the room that is left behind the signature itself is covered by nothing
        assert not any(one.agrees for one in checks) or begin < where < end
