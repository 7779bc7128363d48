"""Minutes (biên bản) of a branch meeting, with the signatures of secretary (left) and chair (right).

What minutes hold: Hội guidance on branch meetings (theme, chair and secretary, roll call, agenda, review, discussion,
votes, conclusion, next content; minutes are mandatory). A chi hội has no seal of its own, so no room is left for one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sochihoi.reports import official
from sochihoi.reports.document import (
    Align,
    Block,
    BulletList,
    Column,
    FigureTable,
    Header,
    Heading,
    OfficialDocument,
    Paragraph,
    Row,
    Signature,
)
from sochihoi.reports.layout import Layout
from sochihoi.reports.wording import word

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")


@dataclass(frozen=True, slots=True)
class VoteLine:
    """One question, counts of persons as texts."""

    question: str
    in_favour: str
    against: str
    abstaining: str


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """One opinion or proposal; ``author`` and ``follow_up`` (who answers, until when) may be ""."""

    text: str
    author: str = ""
    follow_up: str = ""


@dataclass(frozen=True, slots=True)
class MinutesPaper:
    """Already worded: numbers and times are texts. What is "" or () is left out of the paper.

    ``subject`` completes the title ("Sinh hoạt chi hội tháng 10 năm 2026"); ``agenda`` and ``content`` may have
    several lines. Counts are persons on the frozen roster.
    """

    header: Header
    subject: str
    time: str
    place: str
    chair: str
    secretary: str
    present: str
    total: str
    excused: str
    absent: str
    made_on: date
    guests: str = ""
    agenda: tuple[str, ...] = ()
    review: str = ""
    content: str = ""
    proposals: tuple[ProposalLine, ...] = ()
    votes: tuple[VoteLine, ...] = ()
    conclusion: str = ""
    next_topic: str = ""
    fee: str = ""
    ended: str = ""
    draft_mark: str = ""
    watermark: str = ""
    language: str = "vi"


def _facts(minutes: MinutesPaper) -> list[Block]:
    language = minutes.language
    lines = [
        word(language, f"minutes.{key}", text=text)
        for key, text in (
            ("time", minutes.time),
            ("place", minutes.place),
            ("chair", minutes.chair),
            ("secretary", minutes.secretary),
            ("guests", minutes.guests),
        )
        if text
    ]
    lines.append(
        word(
            language,
            "minutes.attendance",
            present=minutes.present,
            total=minutes.total,
            excused=minutes.excused,
            absent=minutes.absent,
        )
    )
    return [Heading(word(language, "minutes.part_facts")), BulletList(tuple(lines))]


def _proposal(one: ProposalLine, language: str) -> str:
    text = word(language, "minutes.proposal_by", text=one.text, author=one.author) if one.author else one.text
    return word(language, "minutes.proposal_follow", text=text, who=one.follow_up) if one.follow_up else text


def _votes(minutes: MinutesPaper) -> FigureTable:
    titles = [word(minutes.language, f"minutes.vote_{key}") for key in ("question", "for", "against", "abstain")]
    columns = (Column(titles[0], 8), *(Column(title, 2, Align.CENTRE) for title in titles[1:]))
    rows = tuple(Row((one.question, one.in_favour, one.against, one.abstaining)) for one in minutes.votes)
    return FigureTable(columns, rows)


def _parts(minutes: MinutesPaper) -> list[tuple[str, list[Block]]]:
    """(key of the title, blocks) of the parts that have something to say."""
    language = minutes.language
    proposals = tuple(_proposal(one, language) for one in minutes.proposals)
    ending: list[Block] = [Paragraph(minutes.conclusion)] if minutes.conclusion else []
    if minutes.next_topic:
        ending.append(Paragraph(word(language, "minutes.next_topic", text=minutes.next_topic)))
    if minutes.fee:
        ending.append(Paragraph(word(language, "minutes.fee", text=minutes.fee)))
    parts: list[tuple[str, list[Block]]] = [
        ("part_agenda", [BulletList(minutes.agenda, numbered=True)] if minutes.agenda else []),
        ("part_review", [Paragraph(minutes.review)] if minutes.review else []),
        ("part_content", [Paragraph(minutes.content)] if minutes.content else []),
        ("part_proposals", [BulletList(proposals)] if proposals else []),
        ("part_votes", [_votes(minutes)] if minutes.votes else []),
        ("part_conclusion", ending),
    ]
    return [(key, blocks) for key, blocks in parts if blocks]


def document(minutes: MinutesPaper) -> OfficialDocument:
    """The minutes as an official paper."""
    language = minutes.language
    body: list[Block] = _facts(minutes)
    for number, (key, blocks) in zip(_ROMAN[1:], _parts(minutes), strict=False):
        body += [Heading(f"{number}. {word(language, f'minutes.{key}')}"), *blocks]
    ended = word(language, "minutes.ended", text=minutes.ended) if minutes.ended else ""
    body.append(Paragraph(ended or word(language, "minutes.ended_unknown")))
    return OfficialDocument(
        header=minutes.header,
        kind_title=word(language, "minutes.kind"),
        subject_lines=(minutes.subject,),
        body=tuple(body),
        signature=Signature(word(language, "sheet.chair"), minutes.chair, seal_room=False),
        second_signature=Signature(word(language, "sheet.secretary"), minutes.secretary, seal_room=False),
        title=f"{word(language, 'minutes.kind').capitalize()}: {minutes.subject}",
        author=" ".join(minutes.header.organ_lines),
        made_on=minutes.made_on,
        end_mark="",
        draft_mark=minutes.draft_mark,
        watermark=minutes.watermark,
        language=language,
    )


def minutes_pdf(minutes: MinutesPaper, layout: Layout | None = None) -> bytes:
    """The minutes as PDF. Raises as ``official.pdf``."""
    return official.pdf(document(minutes), layout)
