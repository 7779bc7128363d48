"""Puts one signature on a PDF: ETSI.CAdES.detached, SHA-256, after what is there already (incremental update)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from sochihoi.reports.signing import check, keys, place, stamp
from sochihoi.reports.signing.errors import (
    AlreadySigned,
    BrokenSignature,
    CertificateNotInForce,
    NotAPdf,
    WrongClock,
)
from sochihoi.reports.signing.place import MM, Rectangle
from sochihoi.reports.signing.stamp import Kind

if TYPE_CHECKING:
    from asn1crypto.x509 import Certificate
    from pyhanko.pdf_utils.reader import PdfFileReader

FIELD: Final = "ChuKySo"  # ChuKySo1, ChuKySo2 …
UPPER: Final = 0.58  # how much of the place the words of a person take, the organisation's the rest


@dataclass(frozen=True, slots=True)
class Look:
    """What is seen. ``kind`` ``None``: by the certificate (an organisation's own puts its stamp). ``picture``: a PNG.

    ``unit``: the signer's unit where the certificate names none. ``number``: of the paper, on an annex.
    ``where``: which place of the paper, ``place.MAIN`` or ``place.SECOND``.
    """

    kind: Kind | None = None
    picture: bytes | None = None
    unit: str = ""
    number: str = ""
    where: str = place.MAIN


@dataclass(frozen=True, slots=True)
class Signed:
    """The signed file, and its newest signature as a reader finds it."""

    content: bytes
    check: check.SignatureCheck


def sign(pdf: bytes, key: keys.Key, look: Look, *, now: datetime, trusted: Sequence[Certificate] = ()) -> Signed:
    """Sign. The bytes that are there stay as they are; signatures that are there stay valid.

    A paper without a place for it (not made by this program) is signed in the upper right corner of page 1.
    Raises ``NotAPdf``, ``EncryptedPdf``, ``BrokenSignature``, ``AlreadySigned``, ``CertificateNotInForce``,
    ``WrongClock``, ``BadStampPicture``, and as ``keys.opened``. No key is opened for a file that cannot be signed.
    """
    now = now.replace(microsecond=0)
    earlier = check.verify(pdf, now)
    for one in earlier:
        if not one.agrees:
            raise BrokenSignature(one.signer or one.field)
        if one.claimed_at is not None and one.claimed_at > now:
            raise WrongClock(now, one.claimed_at)
    if look.picture is not None:
        stamp.picture(look.picture, Kind.PERSON, (100, 100))  # told before a token is asked
    with keys.opened(key, now) as signer:
        certificate = signer.signing_cert
        if certificate is None:
            raise LookupError("a signer without a certificate")
        _check_certificate(certificate, earlier, now)
        content = _signed(pdf, signer, certificate, look, earlier, now)
    mine = check.verify(content, now, trusted)
    if len(mine) != len(earlier) + 1 or not all(one.agrees for one in mine):
        raise ValueError("the signed file does not verify")
    return Signed(content, mine[-1])


def _check_certificate(certificate: Certificate, earlier: tuple[check.SignatureCheck, ...], now: datetime) -> None:
    since, until = certificate.not_valid_before, certificate.not_valid_after
    name = check.signer_name(certificate)
    if not since <= now <= until:
        days = [one.astimezone(stamp.VIETNAM).date() for one in (since, until, now)]
        raise CertificateNotInForce(name, *days)
    if any(one.serial == f"{certificate.serial_number:x}" and one.signer == name for one in earlier):
        raise AlreadySigned(name)


def _signed(
    pdf: bytes,
    signer: Any,
    certificate: Certificate,
    look: Look,
    earlier: tuple[check.SignatureCheck, ...],
    now: datetime,
) -> bytes:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.layout import Margins, SimpleBoxLayoutRule
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
    from pyhanko.sign.signers.pdf_byterange import BuildProps
    from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner
    from pyhanko.stamp import StaticStampStyle

    reader = check.reader_of(pdf)
    drawn, where = _seen(reader, certificate, look, earlier, now)
    rule = SimpleBoxLayoutRule(x_align=_middle(), y_align=_middle(), margins=Margins(0, 0, 0, 0))
    style = StaticStampStyle(
        border_width=0, background=stamp.content(drawn), background_layout=rule, background_opacity=1.0
    )
    name = _free_name(reader)

    class AtThatTime(PdfSigner):
        """The time that was given, not one that the library asks for itself."""

        def init_signing_session(self, *args: Any, **kwargs: Any) -> Any:
            session = super().init_signing_session(*args, **kwargs)
            session.system_time = now.astimezone(stamp.VIETNAM)
            return session

    meta = PdfSignatureMetadata(
        field_name=name,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        name=check.signer_name(certificate),
        app_build_props=BuildProps("So Chi hoi"),
    )
    box = (where.left, where.bottom, where.right, where.top)
    field = SigFieldSpec(name, on_page=where.page, box=tuple(round(edge, 2) for edge in box))  # type: ignore[arg-type]
    out = BytesIO()
    try:
        writer = IncrementalPdfFileWriter(BytesIO(pdf), strict=False)
        AtThatTime(meta, signer, stamp_style=style, new_field_spec=field).sign_pdf(writer, output=out)
    except PdfError as problem:
        raise NotAPdf from problem
    return out.getvalue()


def _middle() -> Any:
    from pyhanko.pdf_utils.layout import AxisAlignment

    return AxisAlignment.ALIGN_MID


def _seen(
    reader: PdfFileReader,
    certificate: Certificate,
    look: Look,
    earlier: tuple[check.SignatureCheck, ...],
    now: datetime,
) -> tuple[stamp.Drawn, Rectangle]:
    """The drawing, and where it stands: exactly as large as the drawing is."""
    own = place.signing_place(reader, look.where)
    kind = look.kind or (Kind.UNIT if check.is_of_unit(certificate) else Kind.PERSON)
    if own is None or kind is Kind.ANNEX:
        drawn = _annex(certificate, look, kind, now)
        return drawn, place.corner(reader, drawn.width, drawn.height)
    if look.picture is None:
        # Words over words could not be read: the person's stand in the upper part, the organisation's below them
        part = own.upper(UPPER) if kind is Kind.PERSON else own.lower(1 - UPPER)
        room = (min(part.width, stamp.TEXT_WIDE_MM * MM), part.height)
        drawn = stamp.draw_text(_lines(certificate, look, kind, now), kind, room)
        return drawn, part.centred(drawn.width, drawn.height)
    room = (min(own.width, stamp.PICTURE_WIDE_MM * MM), own.height)
    drawn = stamp.draw_picture(stamp.picture(look.picture, kind, room))
    if kind is Kind.PERSON:
        return drawn, own.centred(drawn.width, drawn.height)
    return drawn, _under(own, earlier).stamped(drawn.width, drawn.height)


def _annex(certificate: Certificate, look: Look, kind: Kind, now: datetime) -> stamp.Drawn:
    """Number and time, as the decree has it; of a foreign paper that a person signs her name before them."""
    room = (stamp.TEXT_WIDE_MM * MM, 40.0 * MM)
    if kind is Kind.ANNEX:
        lines = tuple(text for text in (look.number, stamp.time_text(now)) if text)
    else:
        lines = _lines(certificate, look, kind, now)
    return stamp.draw_text(lines, kind, room)


def _under(own: Rectangle, earlier: tuple[check.SignatureCheck, ...]) -> Rectangle:
    """The personal signature that the stamp goes over: one at this place, or where one would stand."""
    for one in earlier:
        if one.page == own.page + 1 and one.box is not None:
            left, bottom, right, top = one.box
            if own.left <= (left + right) / 2 <= own.right and own.bottom <= (bottom + top) / 2 <= own.top:
                return Rectangle(own.page, left, bottom, right, top)
    return own.centred(min(own.width, stamp.PICTURE_WIDE_MM * MM), own.height)


def _lines(certificate: Certificate, look: Look, kind: Kind, now: datetime) -> tuple[str, ...]:
    """The words of a stamp without a picture: they stand on a paper, so in Vietnamese whatever the window speaks."""
    name, unit = check.signer_name(certificate), check.unit_name(certificate) or look.unit
    texts = [f"Ký bởi: {name}"]
    if unit and unit.casefold() != name.casefold() and kind is not Kind.UNIT:
        texts.append(f"Đơn vị: {unit}")
    return (*texts, f"Thời gian ký: {stamp.time_text(now)}")


def _free_name(reader: PdfFileReader) -> str:
    fields = place.entry(place.entry(reader.root, "/AcroForm"), "/Fields")
    taken = {str(place.entry(fields[at], "/T")) for at in range(len(fields or ()))}
    return next(name for at in range(1, len(taken) + 2) if (name := f"{FIELD}{at}") not in taken)
