"""The receipt on paper: which file counts, its check code, the ten letters, and what is to be corrected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reportlab.platypus import Flowable

from sochihoi.reports import layout as layouts
from sochihoi.reports.document import Header
from sochihoi.reports.layout import Layout
from sochihoi.reports.slip import _Setter as Setter
from sochihoi.reports.slip import groups
from sochihoi.reports.wording import word


@dataclass(frozen=True, slots=True)
class ReceiptSlip:
    """``answer``: what became of the file, in words; ``why``: of a returned one. ``code``: the ten letters, empty when
    the file does not count. ``corrections``: sentences, each with its period.
    """

    header: Header
    sender: str
    receiver: str
    period: str
    file_name: str
    number: str
    receipt_no: str
    answer: str
    why: str
    sha256: str
    code: str
    corrections: tuple[str, ...]
    made_on: date
    received_by: str = ""
    watermark: str = ""
    language: str = "vi"


def receipt_slip_pdf(slip: ReceiptSlip, layout: Layout | None = None) -> bytes:
    """ "Giấy biên nhận". Raises ``LookupError`` without a usable font."""
    setter = Setter(layout or layouts.shipped(), slip.language)

    def title(key: str, **values: str) -> str:
        return word(slip.language, f"receipt_slip.{key}", **values)

    facts = [
        (title("sender"), slip.sender),
        (title("receiver"), slip.receiver),
        (title("period"), slip.period),
        (title("file"), slip.file_name),
        (title("number"), slip.number),
        (title("receipt_no"), slip.receipt_no),
        (title("answer"), slip.answer),
    ]
    story: list[Flowable] = [setter.facts(facts)]
    if slip.why:
        story.append(setter.text(slip.why))
    story += setter.code(title("digest"), groups(slip.sha256.upper(), 4), 8, 13)
    if slip.code:
        story += setter.code(title("code"), groups(slip.code, 5), 2, 20)
    if slip.corrections:
        story.append(setter.text(title("correct")))
        story += [setter.text(f"– {one}") for one in slip.corrections]
    story += [
        setter.text(title("how" if slip.code else "how_returned")),
        setter.signed((title("received_by"), slip.received_by), (title("takes_back"), "")),
    ]
    subject = title("subject", period=slip.period)
    return setter.pdf(slip.header, title("title"), subject, story, slip.made_on, slip.watermark)
