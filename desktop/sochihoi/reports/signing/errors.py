"""What can go wrong when a PDF is signed or its signatures are checked, as facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sochihoi.domain.errors import UserError


@dataclass(eq=False)
class NotAPdf(UserError):
    """The bytes are no PDF that can be read to its end."""


@dataclass(eq=False)
class EncryptedPdf(UserError):
    """The PDF is locked with a password: it can be neither signed nor compared."""


@dataclass(eq=False)
class BrokenSignature(UserError):
    """A signature in the file is broken or does not agree with it: another one is not put on top of it."""

    signer: str


@dataclass(eq=False)
class AlreadySigned(UserError):
    """The same certificate signed this file already."""

    signer: str


@dataclass(eq=False)
class NotAKeyFile(UserError):
    """The file is no key file (``.p12``, ``.pfx``)."""


@dataclass(eq=False)
class WrongKeyPassword(UserError):
    """The password does not open the key file."""


@dataclass(eq=False)
class NoSigningKey(UserError):
    """There is no key with a certificate that may sign. ``at_token``: on a token, otherwise in a key file."""

    at_token: bool = False


@dataclass(eq=False)
class SeveralKeys(UserError):
    """A token holds several keys that may sign. ``labels``: their certificates."""

    labels: tuple[str, ...]


@dataclass(eq=False)
class BadTokenLibrary(UserError):
    """The library of a token is missing or is none."""

    file: str


@dataclass(eq=False)
class TokenNotFound(UserError):
    """No such token is plugged in. ``wanted`` label or serial, "" = any; ``there``: the labels of those that are."""

    wanted: str
    there: tuple[str, ...]


@dataclass(eq=False)
class SeveralTokens(UserError):
    """Several tokens are plugged in and none was named."""

    there: tuple[str, ...]


@dataclass(eq=False)
class NoPin(UserError):
    """Neither PIN nor password was given and nobody can be asked."""


@dataclass(eq=False)
class WrongPin(UserError):
    """The token refused the PIN; it was tried once. ``tries_left``: ``None`` = the token does not say."""

    tries_left: int | None = None
    few_left: bool = False


@dataclass(eq=False)
class LastTry(UserError):
    """One more wrong PIN locks the token: nothing was tried, because nobody said that it may be."""


@dataclass(eq=False)
class PinLocked(UserError):
    """The token is locked after too many wrong PINs."""


@dataclass(eq=False)
class TokenTrouble(UserError):
    """The token or its library failed on the way. ``kind``: the name of the answer, for whoever helps."""

    kind: str


@dataclass(eq=False)
class CertificateNotInForce(UserError):
    """The certificate is not in force on the day of this PC's clock: ``since`` to ``until``."""

    signer: str
    since: date
    until: date
    today: date


@dataclass(eq=False)
class WrongClock(UserError):
    """This PC's clock does not agree with what happened already; a signature would carry a wrong time."""

    now: datetime
    known: datetime


@dataclass(eq=False)
class BadStampPicture(UserError):
    """The picture for the stamp is no PNG that can be read."""


@dataclass(eq=False)
class NotSigned(UserError):
    """The file that should be attached carries no signature."""


@dataclass(eq=False)
class NotOurPaper(UserError):
    """The signed file is another paper than the one that was issued. ``page`` counts from 1, 0 = the whole file.

    ``expected`` and ``found``: the words around the first difference; both "" when only the drawing differs.
    ``pages``: how many pages (issued, signed) where these differ.
    """

    page: int
    expected: str = ""
    found: str = ""
    pages: tuple[int, int] | None = None
