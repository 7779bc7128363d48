"""Slips on paper: with a signed file, and with the key of this installation. To be compared by eye or telephone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sochihoi.domain.indicators import Display, Figure, Indicator
from sochihoi.domain.periods import Period
from sochihoi.domain.wording import Words
from sochihoi.i18n import _, language, number, percent, short_date
from sochihoi.services.letterheads import header, watermark_on_screen

if TYPE_CHECKING:
    from sochihoi.services.office import Office

# Enough to see that slip and file belong together, and few enough for one page with two signatures
_ON_SLIP = (
    "org.members",
    "org.gathering_pct",
    "org.branches_met",
    "org.attendance_pct",
    "study.resolution_persons",
    "household.passing",
    "dues.collected_vnd",
)


def key_slip(office: Office) -> bytes:
    """ "Phiếu đăng ký khóa": who, which PC, 12 groups of 5 digits; signed by the officer and the chair."""
    from sochihoi.reports.slip import KeySlip, key_slip_pdf

    keys = office.sending.keys()
    digits = "".join(keys.digits)
    with office.read() as work:
        here = work.sync.installation()
    pdf: bytes = key_slip_pdf(
        KeySlip(
            header=header(office.commune),
            unit=keys.name,
            unit_code=keys.unit,
            officer=office.account.name,
            installation=here.id[-12:],
            key_date=short_date(here.made_on),
            fingerprint=digits,
            qr=f"HPNKEY;{keys.unit};{digits}",
            made_on=office.today,
            chair=office.commune.signer_name,
            watermark=watermark_on_screen(demo=office.demo),
            language=language(),
        )
    )
    return pdf


def safe_key_paper(office: Office, secret: str, public: str) -> bytes:
    """ "Phiếu khóa cất két": the secret half of the level above's second key, for the safe and nowhere else."""
    from sochihoi.reports.slip import SafeKeySheet, safe_key_pdf

    pdf: bytes = safe_key_pdf(
        SafeKeySheet(
            header=header(office.commune),
            unit=office.commune.union_name,
            secret=secret,
            public=public,
            made_on=office.today,
            watermark=watermark_on_screen(demo=office.demo),
            language=language(),
        )
    )
    return pdf


def file_slip(office: Office, sent_id: str) -> bytes:
    """ "Phiếu gửi tệp": the file, its SHA-256 in groups of 4, the digits of the sender, the month's main figures.

    Raises ``NotFound``.
    """
    from sochihoi.reports.slip import FileSlip, file_slip_pdf

    with office.read() as work:
        file = work.sync.sent_one(sent_id)
    keys, period = office.sending.keys(), Period.parse(file.period)
    pdf: bytes = file_slip_pdf(
        FileSlip(
            header=header(office.commune),
            sender=f"{keys.name} ({keys.unit})",
            receiver=office.commune.above_name,
            period=_period_words(period, file.edition),
            file_name=file.file_name,
            number=str(file.seq),
            sha256=file.sha256,
            fingerprint="".join(keys.digits),
            figures=tuple(_figures(office, period, file.edition)),
            qr=f"HPN;{keys.unit};{file.period};{file.seq};{file.sha256}",
            made_on=office.today,
            handed_over_by=office.account.name,
            watermark=watermark_on_screen(demo=office.demo),
            language=language(),
        )
    )
    return pdf


def _period_words(period: Period, edition: int) -> str:
    words = _("month {month}").format(month=f"{period.index}/{period.year}")
    if edition == 1:
        return words
    return _("{period}, supplement {number}").format(period=words, number=edition - 1)


def _figures(office: Office, period: Period, edition: int) -> list[tuple[str, str]]:
    """The main figures, as they were frozen in that edition."""
    closing = office.months.closing(period, edition)
    wanted = [one for one in office.figures.definitions(period).indicators if one.code in _ON_SLIP]
    found = [(one, closing.figure(one.code, None, one.unit)) for one in wanted]
    return [(in_language(one.label), figure_words(one, figure)) for one, figure in found if figure.known]


def in_language(text: Words) -> str:
    """A text of a definition in the language in use."""
    return text.vi if language() == "vi" else text.en


def figure_words(indicator: Indicator, figure: Figure) -> str:
    """A figure as it is read: ``3.412``, ``82,1 %``, ``31/34``; ``—`` for what is not known."""
    if not indicator.is_share:
        return "—" if figure.value is None else number(figure.value)
    if figure.denominator is None:
        return "—"
    if indicator.display is Display.FRACTION:
        return f"{number(figure.numerator or 0)}/{number(figure.denominator)}"
    return percent(figure.ratio)
