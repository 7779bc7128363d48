"""Words for digital signatures: what can go wrong, and what a check found. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sochihoi.i18n import _, ngettext, number, short_date
from sochihoi.reports.signing import errors
from sochihoi.reports.signing.check import Coverage, SignatureCheck, State
from sochihoi.reports.signing.stamp import time_text
from sochihoi.services.signing import DraftNotSigned, SignatureNotAccepted
from sochihoi.ui.words import Message, register


def _name(path: str) -> str:
    return Path(path).name or path


def state_text(state: State) -> str:
    """What a signature is worth, in a few words."""
    return {
        State.GOOD: _("Valid"),
        State.UNKNOWN_CHAIN: _("Agrees with the paper; its chain of certificates is not trusted on this PC yet"),
        State.NOT_IN_FORCE: _("The certificate was not in force at the time of signing"),
        State.REVOKED: _("The certificate was revoked"),
        State.CHANGED: _("The file was changed after it was signed"),
        State.BROKEN: _("Broken: what stands in the file is not what was signed"),
        State.UNREADABLE: _("Of a kind that cannot be checked here"),
    }[state]


def coverage_text(coverage: Coverage) -> str:
    """How much of the file a signature speaks for."""
    return {
        Coverage.WHOLE: _("the whole file"),
        Coverage.SIGNED_AGAIN: _("the whole file but the signatures that were added later"),
        Coverage.CHANGED: _("only a part of the file"),
    }[coverage]


def facts(check: SignatureCheck) -> list[tuple[str, str]]:
    """One signature as pairs of title and value, what matters most first."""
    rows = [(_("Signature"), state_text(check.state))]
    if check.state is State.UNREADABLE:
        return rows
    rows.append((_("Signed by"), ", ".join(part for part in dict.fromkeys((check.signer, check.unit)) if part)))
    rows.append((_("Time that it claims"), time_text(check.claimed_at) if check.claimed_at else _("none")))
    rows.append((_("It covers"), coverage_text(check.coverage)))
    rows.append((_("Certificate from"), check.issuer or "—"))
    span = _("{since} to {until}").format(since=short_date(check.since), until=short_date(check.until))
    rows.append((_("Certificate in force"), span))
    return rows


def check_text(check: SignatureCheck) -> str:
    """One signature on one line."""
    if check.state is State.UNREADABLE:
        return state_text(check.state)
    moment = time_text(check.claimed_at) if check.claimed_at else _("none")
    told = _("{signer}, {moment}: {state}.")
    return told.format(signer=check.signer, moment=moment, state=state_text(check.state))


def checks_text(checks: Sequence[SignatureCheck]) -> str:
    """How many signatures a file bears."""
    told = ngettext("{count} signature", "{count} signatures", len(checks))
    return told.format(count=number(len(checks)))


# ---------------------------------------------------------------------- the file


@register(errors.NotAPdf)
def _not_a_pdf(_error: errors.NotAPdf) -> Message:
    return Message(_("This is no PDF file that can be read."), _("Choose another file, or save the PDF again."))


@register(errors.EncryptedPdf)
def _encrypted(_error: errors.EncryptedPdf) -> Message:
    return Message(
        _("This PDF is locked with a password."), _("Save a copy of it without a password and choose that one.")
    )


@register(errors.BrokenSignature)
def _broken(error: errors.BrokenSignature) -> Message:
    return Message(
        _("The signature of {signer} in this file does not agree with it any more.").format(signer=error.signer),
        _("Take the file as it was signed; a changed one is not signed again."),
    )


@register(errors.AlreadySigned)
def _already(error: errors.AlreadySigned) -> Message:
    return Message(
        _("{signer} has signed this file already.").format(signer=error.signer),
        _("Nothing more is to be done; somebody else signs with another certificate."),
    )


@register(errors.NotSigned)
def _not_signed(_error: errors.NotSigned) -> Message:
    return Message(_("This PDF bears no digital signature."), _("Choose the file that was signed."))


@register(errors.NotOurPaper)
def _not_ours(error: errors.NotOurPaper) -> Message:
    todo = _("Save the PDF of this report here, have exactly that file signed, and attach it.")
    if error.pages is not None:
        told = _("The signed file is another paper: it has {found} pages, the report has {expected}.")
        expected, found = error.pages
        return Message(told.format(found=number(found), expected=number(expected)), todo)
    if error.expected or error.found:
        told = _("The signed file differs on page {page}: it says “{found}”, the report says “{expected}”.")
        return Message(told.format(page=error.page, found=error.found, expected=error.expected), todo)
    told = _("Something was drawn on page {page} of the signed file that the report does not show.")
    return Message(told.format(page=error.page), todo)


@register(SignatureNotAccepted)
def _not_accepted(error: SignatureNotAccepted) -> Message:
    what = _("The signature of {signer} cannot be accepted: {state}.") if error.signer else "{state}."
    return Message(
        what.format(signer=error.signer, state=state_text(error.state).rstrip(".")),
        _("Have the report signed again and attach that file."),
    )


@register(DraftNotSigned)
def _draft(_error: DraftNotSigned) -> Message:
    return Message(
        _("This report is a draft: it has no number yet and may still change."),
        _("Close the month or issue the report first, then sign it."),
    )


# ---------------------------------------------------------------------- keys


@register(errors.NotAKeyFile)
def _no_key_file(_error: errors.NotAKeyFile) -> Message:
    return Message(_("This is no key file."), _("Choose the file with the ending .p12 or .pfx."))


@register(errors.WrongKeyPassword)
def _wrong_password(_error: errors.WrongKeyPassword) -> Message:
    return Message(
        _("The password does not open the key file."),
        _("Look at Caps Lock and the typing program, then type it again."),
    )


@register(errors.NoSigningKey)
def _no_key(error: errors.NoSigningKey) -> Message:
    if error.at_token:
        return Message(
            _("This token holds no key with a certificate that may sign."),
            _("Plug in the token of digital signatures, or ask who issued it."),
        )
    return Message(
        _("This file holds no key with a certificate that may sign."),
        _("Choose the .p12 or .pfx file that was given for signing."),
    )


@register(errors.SeveralKeys)
def _several_keys(error: errors.SeveralKeys) -> Message:
    return Message(
        _("This token holds several certificates that may sign: {names}.").format(names=", ".join(error.labels)),
        _("Choose the one that signs."),
    )


@register(errors.BadTokenLibrary)
def _library(error: errors.BadTokenLibrary) -> Message:
    return Message(
        _("{file} is no library of a token that this PC can load.").format(file=_name(error.file)),
        _("Install the program that came with the token, then choose its library (64 bits)."),
    )


@register(errors.TokenNotFound)
def _token(error: errors.TokenNotFound) -> Message:
    if not error.there:
        return Message(_("No token is plugged in."), _("Plug it in, wait until its light is steady, then try again."))
    told = _("The token “{name}” is not plugged in; there is: {names}.")
    return Message(told.format(name=error.wanted, names=", ".join(error.there)), _("Plug it in, or choose another."))


@register(errors.SeveralTokens)
def _tokens(error: errors.SeveralTokens) -> Message:
    return Message(
        _("Several tokens are plugged in: {names}.").format(names=", ".join(error.there)),
        _("Choose one, or unplug the others."),
    )


@register(errors.NoPin)
def _no_pin(_error: errors.NoPin) -> Message:
    return Message(
        _("Neither PIN nor password was given."),
        _("Put it into SOCHIHOI_PIN, or use --pin-stdin, or call the program at a terminal."),
    )


@register(errors.WrongPin)
def _pin(error: errors.WrongPin) -> Message:
    todo = _("Think before you type it again: most tokens lock after three wrong PINs.")
    if error.tries_left is not None:
        told = ngettext(
            "The token refused the PIN; {count} try is left.",
            "The token refused the PIN; {count} tries are left.",
            error.tries_left,
        )
        return Message(told.format(count=number(error.tries_left)), todo)
    if error.few_left:
        return Message(_("The token refused the PIN; few tries are left."), todo)
    return Message(_("The token refused the PIN; it was tried only once."), todo)


@register(errors.LastTry)
def _last(_error: errors.LastTry) -> Message:
    return Message(
        _("One more wrong PIN locks this token, so nothing was tried."),
        _("If you are sure of the PIN, say that the last try may be taken; otherwise ask who issued the token."),
    )


@register(errors.PinLocked)
def _locked(_error: errors.PinLocked) -> Message:
    return Message(
        _("This token is locked after too many wrong PINs."),
        _("Ask who issued it to unlock it; trying on is of no use."),
    )


@register(errors.TokenTrouble)
def _trouble(error: errors.TokenTrouble) -> Message:
    return Message(
        _("The token did not do its work ({kind}).").format(kind=error.kind),
        _("Unplug it, plug it in again, and try once more."),
    )


@register(errors.CertificateNotInForce)
def _not_in_force(error: errors.CertificateNotInForce) -> Message:
    if error.today > error.until:
        return Message(
            _("The certificate of {signer} ended on {day}.").format(signer=error.signer, day=short_date(error.until)),
            _("Have it renewed; if it is not over, look at the date of this PC."),
        )
    return Message(
        _("The certificate of {signer} begins only on {day}.").format(signer=error.signer, day=short_date(error.since)),
        _("Look at the date of this PC; it says {today}.").format(today=short_date(error.today)),
    )


@register(errors.WrongClock)
def _clock(error: errors.WrongClock) -> Message:
    told = _(
        "The clock of this PC says {now}, but {known} has been here already; a signature would carry a wrong time."
    )
    if error.now > error.known:
        told = _("The clock of this PC says {now}, far ahead of {known}, when this book was last written.")
    return Message(
        told.format(now=time_text(error.now), known=time_text(error.known)),
        _("Put date and time of this PC right, then sign again."),
    )


@register(errors.BadStampPicture)
def _picture(_error: errors.BadStampPicture) -> Message:
    return Message(_("This picture cannot be used for the stamp."), _("Choose a PNG file with a transparent ground."))
