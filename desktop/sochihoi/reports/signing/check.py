"""What the signatures of a PDF are worth, wherever they were made. Only certificates on this PC count as roots."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sochihoi.reports.signing.errors import EncryptedPdf, NotAPdf

if TYPE_CHECKING:
    from asn1crypto.x509 import Certificate, Name
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

ROOT_FILES = (".pem", ".crt", ".cer")
PERSONAL = ("CMND:", "CCCD:", "HC:")


class Coverage(Enum):
    """How much of the file a signature speaks for."""

    WHOLE = "WHOLE"  # all of it
    SIGNED_AGAIN = "SIGNED_AGAIN"  # all but what later signatures added
    CHANGED = "CHANGED"  # something else was changed or added after it


class Trust(Enum):
    """Whether the certificate leads to a root that this PC knows."""

    TRUSTED = "TRUSTED"
    UNKNOWN = "UNKNOWN"
    REVOKED = "REVOKED"


class State(Enum):
    """All of it in one word, the worst first."""

    UNREADABLE = "UNREADABLE"  # of a kind that cannot be checked here
    BROKEN = "BROKEN"  # what was signed is not what stands here
    CHANGED = "CHANGED"  # changed after it was signed
    REVOKED = "REVOKED"
    NOT_IN_FORCE = "NOT_IN_FORCE"  # the certificate was not in force at the time that it claims
    UNKNOWN_CHAIN = "UNKNOWN_CHAIN"  # agrees with the paper; who stands behind the certificate is not known here
    GOOD = "GOOD"


@dataclass(frozen=True, slots=True)
class SignatureCheck:
    """One signature. ``claimed_at`` is what the signer's computer said, ``None`` = nothing.

    ``page`` counts from 1, ``None`` = nothing is seen of it; ``box`` (left, bottom, right, top) in points.
    """

    field: str
    state: State
    signer: str = ""
    unit: str = ""
    issuer: str = ""
    serial: str = ""
    claimed_at: datetime | None = None
    since: date | None = None
    until: date | None = None
    coverage: Coverage = Coverage.CHANGED
    trust: Trust = Trust.UNKNOWN
    page: int | None = None
    box: tuple[float, float, float, float] | None = None

    @property
    def agrees(self) -> bool:
        """Whether what stands in the file is what was signed, by a certificate in force; trust set aside."""
        return self.state in (State.GOOD, State.UNKNOWN_CHAIN)

    def as_json(self) -> dict[str, Any]:
        """For the archive and for programs."""
        return {
            "field": self.field,
            "state": self.state.value,
            "signer": self.signer,
            "unit": self.unit,
            "issuer": self.issuer,
            "serial": self.serial,
            "claimed_at": self.claimed_at.isoformat() if self.claimed_at else None,
            "since": self.since.isoformat() if self.since else None,
            "until": self.until.isoformat() if self.until else None,
            "coverage": self.coverage.value,
            "trust": self.trust.value,
            "page": self.page,
            "box": list(self.box) if self.box else None,
        }


def check_from_json(told: dict[str, Any]) -> SignatureCheck:
    """What ``as_json`` gave. Raises ``KeyError``, ``ValueError`` for anything else."""
    moment, since, until = told["claimed_at"], told["since"], told["until"]
    left, bottom, right, top = told["box"] or (0, 0, 0, 0)
    return SignatureCheck(
        told["field"],
        State(told["state"]),
        told["signer"],
        told["unit"],
        told["issuer"],
        told["serial"],
        datetime.fromisoformat(moment) if moment else None,
        date.fromisoformat(since) if since else None,
        date.fromisoformat(until) if until else None,
        Coverage(told["coverage"]),
        Trust(told["trust"]),
        told["page"],
        (left, bottom, right, top) if told["box"] else None,
    )


def reader_of(pdf: bytes) -> PdfFileReader:
    """Raises ``NotAPdf``, ``EncryptedPdf``."""
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    if not pdf.lstrip()[:5] == b"%PDF-":
        raise NotAPdf
    try:
        reader = PdfFileReader(BytesIO(pdf), strict=False)
        if reader.encrypted:
            raise EncryptedPdf
        if int(reader.root["/Pages"]["/Count"]) < 1:
            raise NotAPdf
    except (PdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
        raise NotAPdf from problem
    return reader


def roots(folders: Sequence[Path]) -> tuple[Certificate, ...]:
    """The certificates that this PC trusts: PEM or DER files in these folders. What cannot be read is left out."""
    from asn1crypto import pem, x509

    found = []
    for folder in folders:
        if not folder.is_dir():
            continue
        for file in sorted(one for one in folder.iterdir() if one.suffix.casefold() in ROOT_FILES):
            try:
                content = file.read_bytes()
                parts = (
                    [part for _kind, _head, part in pem.unarmor(content, multiple=True)]
                    if b"-----BEGIN" in (content)
                    else [content]
                )
                for part in parts:
                    one = x509.Certificate.load(part, strict=True)
                    if one.ca:
                        found.append(one)
            except (OSError, ValueError, TypeError):
                continue
    return tuple(found)


def verify(pdf: bytes, now: datetime, trusted: Sequence[Certificate] = ()) -> tuple[SignatureCheck, ...]:
    """Every signature, the oldest first; empty for a file without any. Raises ``NotAPdf``, ``EncryptedPdf``."""
    from pyhanko.pdf_utils.misc import PdfError

    reader = reader_of(pdf)
    try:
        there = list(reader.embedded_regular_signatures)
    except (PdfError, ValueError, KeyError, TypeError, AttributeError, AssertionError) as problem:
        raise NotAPdf from problem
    return tuple(_check(one, now, trusted) for one in there)


def _check(one: EmbeddedPdfSignature, now: datetime, trusted: Sequence[Certificate]) -> SignatureCheck:
    name = str(one.field_name)
    try:
        return _checked(one, name, now, trusted)
    except Exception:  # noqa: BLE001 - bytes of anybody: whatever a library stumbles on, it proves nothing
        return SignatureCheck(name, State.UNREADABLE)


def _checked(one: EmbeddedPdfSignature, name: str, now: datetime, trusted: Sequence[Certificate]) -> SignatureCheck:
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    certificate = one.signer_cert
    claimed = one.self_reported_timestamp
    context = ValidationContext(
        trust_roots=list(trusted),
        other_certs=list(one.other_embedded_certs),
        moment=claimed or now,
        allow_fetching=False,
        revocation_mode="soft-fail",
    )
    status: Any = validate_pdf_signature(one, context)
    coverage = _coverage(status)
    trust = Trust.REVOKED if status.revoked else Trust.TRUSTED if status.trusted else Trust.UNKNOWN
    since, until = certificate.not_valid_before, certificate.not_valid_after
    in_force = since <= (claimed or now) <= until
    if not (status.intact and status.valid):
        state = State.BROKEN
    elif coverage is Coverage.CHANGED:
        state = State.CHANGED
    elif trust is Trust.REVOKED:
        state = State.REVOKED
    elif not in_force:
        state = State.NOT_IN_FORCE
    else:
        state = State.GOOD if trust is Trust.TRUSTED else State.UNKNOWN_CHAIN
    page, box = _seen_at(one)
    return SignatureCheck(
        name,
        state,
        signer_name(certificate),
        unit_name(certificate),
        _part(certificate.issuer, "common_name") or _part(certificate.issuer, "organization_name"),
        f"{certificate.serial_number:x}",
        claimed,
        since.astimezone().date(),
        until.astimezone().date(),
        coverage,
        trust,
        page,
        box,
    )


def _coverage(status: Any) -> Coverage:
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    if status.coverage is SignatureCoverageLevel.ENTIRE_FILE:
        return Coverage.WHOLE
    level = status.modification_level
    allowed = level is not None and level <= ModificationLevel.FORM_FILLING and status.docmdp_ok
    if status.coverage is SignatureCoverageLevel.ENTIRE_REVISION and allowed:
        return Coverage.SIGNED_AGAIN
    return Coverage.CHANGED


def _seen_at(one: EmbeddedPdfSignature) -> tuple[int | None, tuple[float, float, float, float] | None]:
    from sochihoi.reports.signing.place import page_of

    field: Any = one.sig_field
    widget: Any = field if "/Rect" in field else None
    if widget is None and "/Kids" in field:
        widget = field["/Kids"][0]
    if widget is None:
        return None, None
    x1, y1, x2, y2 = (float(edge) for edge in widget["/Rect"])
    if x1 == x2 or y1 == y2:
        return None, None
    page = page_of(one.reader, widget)
    return (None if page is None else page + 1), (min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))


def signer_name(certificate: Certificate) -> str:
    """Who signs, as the certificate has it."""
    return _part(certificate.subject, "common_name") or certificate.subject.human_friendly


def unit_name(certificate: Certificate) -> str:
    """The organisation of who signs, "" when the certificate has none."""
    return _part(certificate.subject, "organization_name") or _part(certificate.subject, "organizational_unit_name")


def is_of_unit(certificate: Certificate) -> bool:
    """Whether it is the organisation's own and no person's.

    Authorities in Viet Nam write numbers into the name: of a person CMND, CCCD or HC, of an organisation MST (its tax
    number), and both for a person of an organisation.
    """
    subject = certificate.subject
    if any(_part(subject, one) for one in ("surname", "given_name", "title")):
        return False
    numbers = _part(subject, "user_id").upper().split(", ")
    if any(one.startswith(PERSONAL) for one in numbers):
        return False
    name, unit = _part(subject, "common_name"), _part(subject, "organization_name")
    return any(one.startswith("MST:") for one in numbers) or (bool(unit) and name.casefold() == unit.casefold())


def _part(name: Name, key: str) -> str:
    found = name.native.get(key, "")
    if isinstance(found, list):
        return ", ".join(str(one) for one in found)
    return str(found or "")
