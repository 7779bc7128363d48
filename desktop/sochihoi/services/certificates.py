"""Recognition certificates: of branches with a title, and of households that pass the campaign."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sochihoi.domain import paper_codes
from sochihoi.domain.access import Look
from sochihoi.domain.campaign_records import NotConfirmed
from sochihoi.domain.errors import UserError
from sochihoi.domain.progress import Progress, Unwatched
from sochihoi.domain.rubric import Title
from sochihoi.services import certificate_texts as texts
from sochihoi.services.letterheads import watermark
from sochihoi.services.paper_numbers import long_date, plain_date

if TYPE_CHECKING:
    from sochihoi.domain.campaign_records import HouseholdLine
    from sochihoi.domain.rubric_records import BranchLine
    from sochihoi.reports.certificates import Certificate
    from sochihoi.services.certificate_texts import CertificateTexts
    from sochihoi.services.office import Office

FORM = "certificate"  # in the square code, where a report has its form
_KINDS = {Title.MODEL: texts.MODEL, Title.MODEL_OUTSTANDING: texts.MODEL_OUTSTANDING}


@dataclass(eq=False)
class NoTitle(UserError):
    """A certificate was asked for a branch that got no title in the year."""

    branch: str
    year: int


@dataclass(frozen=True, slots=True)
class Decision:
    """What the certificates go back to. ``number`` "" = not given; ``on``: the day of the decision; ``signed_on``: the
    day on the certificates."""

    number: str
    on: date | None
    signed_on: date


@dataclass(frozen=True, slots=True)
class Fact:
    """What a certificate says and its code proves: which kind, of which year, and whom it names (``subject``: the id
    of the branch or household, ``name``: of the branch, or of the head of the household)."""

    kind: str
    year: int
    subject: str
    name: str


def code_of(office: Office, fact: Fact, unit: str = "") -> str:
    """The short code over the canonical facts: another name, year or kind has another code. ``unit``: a code that the
    commune had before, its present one unless said."""
    unit = unit or office.commune.code
    body = {"kind": fact.kind, "name": fact.name, "subject": fact.subject, "unit": unit, "v": 1}
    told = json.dumps({**body, "year": fact.year}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return paper_codes.code_of(paper_codes.digest(told.encode()))


def proven(office: Office, text: str) -> Fact | None:
    """What a certificate with this code must say, counted anew from the records; ``None`` when none has it."""
    code = paper_codes.read(text)
    units = office.commune.codes
    found = (fact for fact in _facts(office) if code in {code_of(office, fact, unit) for unit in units})
    return next(found, None) if code else None


def _facts(office: Office) -> Iterator[Fact]:
    """Everything that certificates can be made of, the newest year first."""
    if office.is_receiver:
        return
    for year in sorted(office.rubric.years(), reverse=True):
        for line in titled(office.rubric.year(year).lines):
            if line.score is not None and line.score.title is not None:
                yield Fact(_KINDS[line.score.title], year, line.branch_id, line.branch)
    for year in sorted(office.campaign.years(), reverse=True):
        for home in office.campaign.households(year):
            if home.confirmed:
                yield Fact(texts.HOUSEHOLD, year, home.household_id, home.head)


def titled(lines: Sequence[BranchLine]) -> list[BranchLine]:
    """Branches that got a title in this year itself; one held from before has its certificate already."""
    return [one for one in lines if one.score is not None and one.score.title is not None]


def of_branches(
    office: Office, year: int, branch_ids: Sequence[str], decision: Decision, progress: Progress | None = None
) -> bytes:
    """One page a branch, in the order of the list. Noted in the history.

    Raises ``NoTitle``; ``Cancelled`` when stopped.
    """
    said = _texts(office, decision)
    lines = [one for one in office.rubric.year(year).lines if one.branch_id in set(branch_ids)]
    made = []
    for line in lines:
        title = line.score.title if line.score is not None else None
        if title is None:
            raise NoTitle(line.branch, year)
        made.append(
            _certificate(
                office,
                said,
                Fact(_KINDS[title], year, line.branch_id, line.branch),
                {"name": _proper(line.branch), "branch": _proper(line.branch), "campaign": "", "year": year},
                _decided(said, decision),
            )
        )
    return _pdf(office, said, made, decision, f"{said.heading} {year}", progress)


def of_households(
    office: Office, year: int, household_ids: Sequence[str], decision: Decision, progress: Progress | None = None
) -> bytes:
    """One page a household, in the order of the list, with the number of its plaque where it has one. Noted in the
    history.

    Raises ``NotConfirmed`` for one that the commune did not confirm; ``Cancelled`` when stopped.
    """
    said = _texts(office, decision)
    campaign = office.campaign.set_in_use(year).name.vi
    made = []
    for line in office.campaign.households(year, household_ids=household_ids):
        if not line.confirmed:
            raise NotConfirmed(line.head, year)
        made.append(
            _certificate(
                office,
                said,
                Fact(texts.HOUSEHOLD, year, line.household_id, line.head),
                {"name": line.head, "branch": _proper(line.branch), "campaign": campaign, "year": year},
                (*_decided(said, decision), *_plaque(said, line)),
            )
        )
    return _pdf(office, said, made, decision, f"{said.heading} {year}", progress)


def _texts(office: Office, decision: Decision) -> CertificateTexts:
    return texts.load(office.packs.layers()).certificate(decision.signed_on)


def _certificate(
    office: Office, said: CertificateTexts, fact: Fact, values: Mapping[str, object], notes: tuple[str, ...]
) -> Certificate:
    from sochihoi.reports.certificates import Certificate

    kind, unit, code = said.kinds[fact.kind], office.commune.code, code_of(office, fact)
    return Certificate(
        who=kind["who"].format(**values),
        what=kind["what"].format(**values),
        where=kind.get("where", "").format(**values),
        notes=notes,
        code_line=said.code.format(code=paper_codes.shown(code)),
        qr=paper_codes.qr_text(unit, f"{FORM}-{fact.kind}", str(fact.year), 1, code),
    )


def _proper(branch: str) -> str:
    """``Ấp An Hòa`` of ``Chi hội Ấp An Hòa``: the text says what it is."""
    from sochihoi.domain.vietnamese import fold

    return branch[len("Chi hội ") :] if fold(branch).startswith("chi hoi ") else branch


def _decided(said: CertificateTexts, decision: Decision) -> tuple[str, ...]:
    lines = []
    if decision.number and decision.on is not None:
        lines.append(said.decision.format(number=decision.number, day=plain_date(decision.on)))
    elif decision.number:
        lines.append(said.decision_number.format(number=decision.number))
    return (*lines, said.book) if said.book else tuple(lines)


def _plaque(said: CertificateTexts, line: HouseholdLine) -> tuple[str, ...]:
    if not line.plaque_no:
        return ()
    if line.plaque_on is None:
        return (said.plaque.format(number=line.plaque_no),)
    return (said.plaque_day.format(number=line.plaque_no, day=plain_date(line.plaque_on)),)


def _pdf(
    office: Office,
    said: CertificateTexts,
    made: Sequence[Certificate],
    decision: Decision,
    title: str,
    progress: Progress | None,
) -> bytes:
    from sochihoi.reports.certificates import CertificateBook, certificates_pdf
    from sochihoi.reports.document import Signature

    told, commune = progress or Unwatched(), office.commune
    step: Callable[[int], None] = lambda done: told.step(done, len(made))  # noqa: E731
    place = f"{commune.place}, " if commune.place else ""
    book = CertificateBook(
        authority=tuple(line for line in (commune.organ_line, commune.union_line) if line),
        heading=said.heading,
        certificates=tuple(made),
        place_date=place + long_date(decision.signed_on),
        signature=Signature(commune.signer_title, commune.signer_name, commune.on_behalf),
        made_on=decision.signed_on,
        colour=said.colour,
        title=title,
        watermark=watermark(demo=office.demo),
    )
    pdf = certificates_pdf(book, step=step)
    office.privacy.access.left(Look.LIST, len(made), "pdf", title=title)
    return pdf
