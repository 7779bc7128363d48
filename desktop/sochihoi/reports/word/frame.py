"""What stands round the words of a paper: its head, its title, its signatures, the heads of its annexes."""

from __future__ import annotations

from docx.oxml.ns import qn

from sochihoi.reports.annexes import even
from sochihoi.reports.document import Header, PaperCode, Signature
from sochihoi.reports.fonts import Typeface
from sochihoi.reports.heading import GAP, right_width, unit_lines
from sochihoi.reports.layout import MM, Layout
from sochihoi.reports.text import plain, width_of, wrap
from sochihoi.reports.word.nodes import Node, cell, paragraph, row, rule, run, spacer, table, twips
from sochihoi.reports.word.styles import RULE_PT
from sochihoi.reports.wording import word


def letterhead(header: Header, layout: Layout, face: Typeface) -> list[Node]:
    """Two columns in the body, without borders: unit and number, nation and place."""
    right = right_width(header, layout, face) + GAP  # some room: Word sets letters a hair wider than we measure
    left = layout.text_width + GAP / 2 - right
    room = left - GAP / 2
    parents = [line for text in header.parent_lines for line in unit_lines(text, face.regular, layout, room)]
    organs = [line for text in header.organ_lines for line in unit_lines(text, face.bold, layout, room)]
    last = width_of(organs[-1] if organs else "", face.bold, layout.unit_pt)
    motto = width_of(layout.motto, face.bold, layout.motto_pt)
    units = [*(paragraph("Parent", run(line)) for line in parents), *(paragraph("Organ", run(line)) for line in organs)]
    nation = [paragraph("Nation", run(layout.nation)), paragraph("Motto", run(layout.motto))]
    rows = [
        row(
            cell(left, *units, rule(left, last * layout.unit_rule_share)),
            cell(right, *nation, rule(right, motto)),
        )
    ]
    if header.number or header.place_date:
        room_above = 13 - RULE_PT
        rows.append(
            row(
                cell(left, paragraph("PaperNumber", run(header.number), before=room_above)),
                cell(right, paragraph("PlaceDate", run(header.place_date), before=room_above)),
            )
        )
    return [table([left, right], *rows), spacer(10)]


def title(kind: str, subject: tuple[str, ...], layout: Layout, face: Typeface) -> list[Node]:
    """Kind of paper, subject, a short line; the lines of the subject break where they do on the PDF."""
    room = layout.text_width
    lines = [line for text in subject for line in wrap(text, face.bold, layout.subject_pt, room * 0.9)]
    made = [paragraph("Title", run(kind)), *(paragraph("Subtitle", run(line)) for line in lines)]
    if lines:
        length = width_of(lines[-1], face.bold, layout.subject_pt) * layout.subject_rule_share
        made.append(rule(room, length, keep_next=True))
    return [*made, spacer(12, keep_next=True)]


def annex_head(name: str, titled: str, line: str, layout: Layout, face: Typeface) -> list[Node]:
    """ "Phụ lục I", its title, with which paper it goes, a short line."""
    room = layout.text_width
    titles = even(plain(titled).upper(), face.bold, layout.annex_title_pt, room * 0.94)
    told = even(line, face.italic, layout.annex_line_pt, room * 0.94)
    return [
        paragraph("AnnexName", run(name)),
        *(paragraph("AnnexTitle", run(text)) for text in titles),
        *(paragraph("AnnexLine", run(text)) for text in told),
        rule(room, layout.annex_rule_mm * MM, keep_next=True),
        spacer(14, keep_next=True),
    ]


def signatures(
    signature: Signature,
    second: Signature | None,
    recipients: tuple[str, ...],
    layout: Layout,
    language: str,
    *,
    followed: bool = False,
) -> list[Node]:
    """Right half: the signature. Left: a second signature, or the recipients; with both, recipients stand below.
    ``followed``: the code of the paper comes next, on the same page.
    """
    half = layout.text_width / 2
    sent = _recipients(recipients, language)
    if second is None:
        signed = [*_titles(signature), _name(signature, layout)]
        rows = [row(cell(half, *(_first(sent) or [paragraph("Recipients")])), cell(half, *_first(signed)))]
        return _kept(table([half, half], *rows), followed=followed)
    # Names stand side by side, however many lines the titles above them have
    names = [
        _name(one, layout, max_room=max(_gap(signature, layout), _gap(second, layout))) for one in (second, signature)
    ]
    rows = [
        row(cell(half, *_first(_titles(second))), cell(half, *_first(_titles(signature)))),
        row(*(cell(half, name) for name in names)),
    ]
    if sent:
        rows.append(row(cell(2 * half, *_first(sent), span=2)))
    return _kept(table([half, half], *rows), followed=followed)


def _kept(signed: Node, *, followed: bool) -> list[Node]:
    if followed:
        for made in signed.iter(qn("w:p")):
            made.pPr.get_or_add_keepNext()
    return [signed, spacer(1, keep_next=followed)]


def code_line(code: PaperCode, picture: Node, layout: Layout, language: str) -> list[Node]:
    """The square code of a paper, small, and its letters beside it: stands below the recipients."""
    square = layout.code_mm * MM
    told = [
        paragraph("Recipients", run(word(language, "paper.code"))),
        paragraph("Recipients", run(code.shown, bold=True)),
    ]
    beside = cell(layout.text_width - square - 4, *told, middle=True)
    return [table([square + 4, layout.text_width - square - 4], row(cell(square + 4, picture), beside)), _last()]


def _titles(signature: Signature) -> list[Node]:
    texts = [line for text in (signature.on_behalf, signature.title) for line in text.split("\n") if line]
    return [paragraph("SignTitle", run(text)) for text in texts] or [paragraph("SignTitle")]


def _gap(signature: Signature, layout: Layout) -> float:
    return (layout.seal_room_mm if signature.seal_room else layout.name_room_mm) * MM


def _name(signature: Signature, layout: Layout, max_room: float | None = None) -> Node:
    gap = _gap(signature, layout) if max_room is None else max_room
    return paragraph("SignName", run(signature.name), before=gap)


def _recipients(lines: tuple[str, ...], language: str) -> list[Node]:
    if not lines:
        return []
    head = paragraph("RecipientsHead", run(word(language, "paper.recipients")))
    return [head, *(paragraph("Recipients", run(line)) for line in lines)]


def _first(content: list[Node]) -> list[Node]:
    """Some room above a block."""
    for made in content[:1]:
        made.pPr.get_or_add_spacing().set(qn("w:before"), str(twips(8)))
    return content


def _last() -> Node:
    """Word wants a paragraph behind a table: one that takes no room."""
    return spacer(1)
