"""The words of a report: drafted from the figures, written over by the officer, never lost.

What she wrote stays when figures change afterwards; the section is then marked as no longer agreeing with its draft,
and the very words of hers that the figures no longer bear out are named.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sochihoi.domain.months import ReportText, WordsOut
from sochihoi.domain.vietnamese import nfc_lines
from sochihoi.services.form_parts import Section
from sochihoi.services.reporting.filling import DraftSentence, Filler
from sochihoi.services.reporting.said_numbers import no_longer_said

if TYPE_CHECKING:
    from sochihoi.services.office import Office
    from sochihoi.services.report_forms import ReportForm
    from sochihoi.services.reporting.spans import Span
    from sochihoi.storage.work import Work


@dataclass(frozen=True, slots=True)
class SectionText:
    """A section with its words. ``numeral`` is empty while nothing of it would be printed.

    ``edited``: the officer wrote it. ``stale``: figures changed since, and her text rests on another ``draft``.
    ``sentences``: the draft of now, each sentence with its figures. ``doubtful``: numbers in her text that the draft
    she wrote over had and that the draft of now has no longer.
    """

    section: Section
    heading: str
    numeral: str
    content: str
    draft: str
    edited: bool
    stale: bool
    sentences: tuple[DraftSentence, ...] = ()
    doubtful: tuple[str, ...] = ()

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Line by line."""
        return tuple(line for line in self.content.split("\n") if line.strip())


def is_printed(office: Office, work: Work, form: ReportForm, span: Span, unit: str = "") -> bool:
    """Whether the present edition of a closed month's report was printed, saved or signed: its words went out."""
    from sochihoi.services.reporting.issuing import is_with_month

    if not is_with_month(form, span) or span.code not in work.months.closed():
        return False
    edition = work.months.newest(span.code, span.code)[span.code].edition
    kept = work.reports.archived(form.code, unit or office.commune.unit_id, span.code)
    return any(one.edition == edition for one in kept)


class Narrative:
    """The sections of reports. What is issued keeps its words; those of a closed month until it is printed or saved."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def sections(self, form: ReportForm, span: Span, filler: Filler, unit: str = "") -> tuple[SectionText, ...]:
        """Every section in order, with numerals for those that would be printed; ``unit``: a branch, or empty."""
        with self._office.read() as work:
            written = work.months.texts(span.code, form.code, unit)
        drafted = []
        for section in form.sections:
            sentences = filler.draft(section)
            draft = "\n".join(one.text for one in sentences)
            own = written.get(section.code)
            content = draft if own is None else own.content
            stale = own is not None and own.drafted != draft
            heading = filler.text(section.heading) or section.heading
            doubtful = no_longer_said(own.content, own.drafted, draft) if own is not None and stale else ()
            drafted.append(
                SectionText(section, heading, "", content, draft, own is not None, stale, sentences, doubtful)
            )
        return numbered(drafted)

    def write(self, form: ReportForm, span: Span, draft: str, code: str, content: str, unit: str = "") -> None:
        """Write over a section. The draft it replaces is kept beside it.

        Raises ``NotFound``, ``NotAllowed``, ``WordsOut``.
        """
        form.section(code)
        text = nfc_lines(content)
        with self._office.write("report.write") as work:
            self._refuse_printed(work, form, span, unit)
            if text == nfc_lines(draft):
                work.months.drop_text(span.code, form.code, code, unit)
            else:
                work.months.put_text(ReportText(span.code, form.code, code, text, draft, unit))

    def restore(self, form: ReportForm, span: Span, code: str, unit: str = "") -> None:
        """Back to the draft from the figures as they are now. Raises as ``write``."""
        form.section(code)
        with self._office.write("report.restore") as work:
            self._refuse_printed(work, form, span, unit)
            work.months.drop_text(span.code, form.code, code, unit)

    def keep(self, form: ReportForm, span: Span, draft: str, code: str, unit: str = "") -> None:
        """The officer's text is right although figures changed: it is no longer marked. Raises as ``write``."""
        form.section(code)
        with self._office.write("report.keep") as work:
            self._refuse_printed(work, form, span, unit)
            own = work.months.texts(span.code, form.code, unit).get(code)
            if own is not None:
                work.months.put_text(replace(own, drafted=draft))

    def _refuse_printed(self, work: Work, form: ReportForm, span: Span, unit: str) -> None:
        if is_printed(self._office, work, form, span, unit):
            raise WordsOut(span.code, work.months.newest(span.code, span.code)[span.code].edition)


def numbered(sections: list[SectionText]) -> tuple[SectionText, ...]:
    """I, II, … and 1, 2, … below; a part without words, of its own or below it, has no numeral."""
    out: list[SectionText] = []
    big = small = 0
    for at, one in enumerate(sections):
        if one.section.level == 1:
            below = []
            for later in sections[at + 1 :]:
                if later.section.level == 1:
                    break
                below.append(later)
            says = bool(one.paragraphs) or any(b.paragraphs for b in below)
            big, small = big + says, 0
            out.append(replace(one, numeral=roman(big) if says else ""))
        else:
            says = bool(one.paragraphs)
            small += says
            out.append(replace(one, numeral=str(small) if says else ""))
    return tuple(out)


def roman(number: int) -> str:
    """``IV``; empty for 0."""
    return ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")[number]
