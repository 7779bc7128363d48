"""Digital signatures: an issued report is signed here, or comes back signed from elsewhere; what they are worth."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sochihoi import paths
from sochihoi.domain.errors import NotAllowed, UserError
from sochihoi.domain.issued import ArchivedPaper, PaperKind
from sochihoi.reports.signing import errors
from sochihoi.reports.signing.check import SignatureCheck, State, check_from_json, roots, verify
from sochihoi.reports.signing.sign import Look, Signed, sign

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sochihoi.reports.signing.keys import Key, TokenSeen
    from sochihoi.services.office import Office
    from sochihoi.services.reporting.report import Report

_CHECKS, _MADE_HERE = "checks", "made_here"
_TOLERANCE = timedelta(days=1)  # a clock may be corrected by so much without a word


@dataclass(eq=False)
class DraftNotSigned(UserError):
    """A draft has neither a number nor a code: it is issued first, then signed."""

    form: str
    period: str


@dataclass(eq=False)
class SignatureNotAccepted(UserError):
    """A file that should be attached bears a signature that proves nothing: ``state`` says why."""

    signer: str
    state: State


@dataclass(frozen=True, slots=True)
class SignedPaper:
    """A signed file of the archive, and its signatures as they were found when it came in, the oldest first."""

    paper: ArchivedPaper
    checks: tuple[SignatureCheck, ...]
    made_here: bool


class Signing:
    """Signing reports, taking signed ones in, checking them. Nothing is fetched from anywhere."""

    def __init__(self, office: Office) -> None:
        self._office = office

    # ------------------------------------------------------------------ deeds

    def sign_report(self, report: Report, key: Key, look: Look | None = None) -> SignedPaper:
        """Sign an issued report and keep the file; of one that was signed before the newest file is signed again.

        Raises ``DraftNotSigned``, ``NotAllowed``, ``WrongClock``, and as ``reports.signing.sign``. A token gets its
        PIN once.
        """
        self._check_may(report)
        self.check_clock()
        seen = look or Look()
        seen = replace(seen, unit=seen.unit or report.unit_name, number=seen.number or report.number)
        done = sign(self._to_sign(report), key, seen, now=self._office.now)
        return self._keep(report, done.content, made_here=True)

    def attach_signed(self, report: Report, content: bytes) -> SignedPaper:
        """Take in the PDF of an issued report that was signed elsewhere.

        Raises ``DraftNotSigned``, ``NotAllowed``, ``NotAPdf``, ``EncryptedPdf``, ``NotSigned``, ``NotOurPaper``,
        ``SignatureNotAccepted``.
        """
        from sochihoi.reports.signing.compare import ensure_same

        self._check_may(report)
        found = self.verify(content)
        if not found:
            raise errors.NotSigned
        self._ensure_ours(report, content, ensure_same)
        for one in found:
            if not one.agrees:
                raise SignatureNotAccepted(one.signer, one.state)
        return self._keep(report, content, made_here=False)

    # ------------------------------------------------------------------ looks

    def verify(self, content: bytes) -> tuple[SignatureCheck, ...]:
        """The signatures of any PDF. Raises ``NotAPdf``, ``EncryptedPdf``."""
        return verify(content, self._office.now, self.roots)

    def signed(self, report: Report) -> tuple[SignedPaper, ...]:
        """The signed files of this edition, the newest first, as they were checked when they came in."""
        return tuple(
            SignedPaper(
                one,
                tuple(check_from_json(told) for told in one.signature.get(_CHECKS, ())),
                bool(one.signature.get(_MADE_HERE)),
            )
            for one in self._kept(report, PaperKind.SIGNED_PDF)
        )

    def check_again(self, paper_id: str) -> tuple[SignatureCheck, ...]:
        """The signatures of a kept file, with the roots that this PC knows today. Raises ``NotFound``."""
        _paper, content = self._office.reports.issuing.kept_file(paper_id)
        return self.verify(content)

    def tokens(self, library: Path) -> tuple[TokenSeen, ...]:
        """What is plugged in; no PIN is asked for. Raises ``BadTokenLibrary``, ``TokenTrouble``."""
        from sochihoi.reports.signing.keys import tokens

        return tokens(library)

    @cached_property
    def roots(self) -> Sequence[Any]:
        """The certificates that this book trusts: files in its folder ``certificates``."""
        return trusted(self._office.store.folder.path)

    def check_clock(self) -> None:
        """Raises ``WrongClock`` when this PC's clock does not agree with the last act in the book."""
        store = self._office.store
        if store.clock_suspect() and store.floor is not None:
            raise errors.WrongClock(store.now(), store.floor)

    # ------------------------------------------------------------------ inside

    def _check_may(self, report: Report) -> None:
        """Before a token or a file is touched."""
        if not self._office.may_write:
            raise NotAllowed(self._office.account.role.name, "report.sign")
        if report.issue is None:
            raise DraftNotSigned(report.form.code, report.span.code)

    def _kept(self, report: Report, kind: PaperKind) -> tuple[ArchivedPaper, ...]:
        found = self._office.reports.issuing.kept(report.form.code, report.span, report.branch_id)
        return tuple(one for one in found if one.kind is kind and one.edition == report.edition)

    def _to_sign(self, report: Report) -> bytes:
        """The newest signed file; else the PDF as it was printed last; else a new one, which is kept too."""
        issuing, reports = self._office.reports.issuing, self._office.reports
        for kind in (PaperKind.SIGNED_PDF, PaperKind.PDF):
            kept = self._kept(report, kind)
            if kept:
                return issuing.kept_file(kept[0].id)[1]
        return reports.export(report, PaperKind.PDF.value)

    def _ensure_ours(self, report: Report, content: bytes, ensure_same: Any) -> None:
        """It is one of the files that were printed or saved of this edition, or what would be printed now."""
        issuing, reports = self._office.reports.issuing, self._office.reports
        printed = (issuing.kept_file(one.id)[1] for one in self._kept(report, PaperKind.PDF))
        problem: errors.NotOurPaper | None = None
        for issued in printed:
            try:
                ensure_same(issued, content)
            except errors.NotOurPaper as found:
                problem = problem or found
            else:
                return
        try:
            ensure_same(reports.content(report, PaperKind.PDF.value), content)
        except errors.NotOurPaper as found:
            raise problem or found from None

    def _keep(self, report: Report, content: bytes, *, made_here: bool) -> SignedPaper:
        checks = self.verify(content)
        facts = {_CHECKS: [one.as_json() for one in checks], _MADE_HERE: made_here}
        self._office.reports.issuing.keep(report, PaperKind.SIGNED_PDF, content, facts)
        sha256 = hashlib.sha256(content).hexdigest()
        return next(one for one in self.signed(report) if one.paper.sha256 == sha256)


def sign_file(content: bytes, key: Key, look: Look, now: datetime, data: Path) -> Signed:
    """Sign any PDF. ``data``: the folder of the book, which need not be there, and is not opened.

    Raises ``WrongClock`` and as ``reports.signing.sign``.
    """
    last = last_written(data)
    if last is not None and now < last - _TOLERANCE:
        raise errors.WrongClock(now, last)
    return sign(content, key, look, now=now, trusted=trusted(data))


def trusted(data: Path) -> Sequence[Any]:
    """The root certificates in a book's folder ``certificates`` and in the program's own."""
    return roots([paths.resources() / "certificates", paths.certificates(data)])


def last_written(data: Path) -> datetime | None:
    """When this PC last wrote into the folder of a book, as its disk says; ``None`` without one.

    The book's own clock floor lies in its encrypted file; this one needs no password.
    """
    try:
        if not paths.holds_book(data):
            return None
        newest = max(one.stat().st_mtime for one in data.iterdir() if one.is_file())
    except (OSError, ValueError):
        return None
    return datetime.fromtimestamp(newest, UTC)
