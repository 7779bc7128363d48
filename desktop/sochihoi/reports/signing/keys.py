"""The key that signs: a key file with its password, or a token with its PIN. Neither is kept or logged."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sochihoi.reports.signing.errors import (
    BadTokenLibrary,
    LastTry,
    NoSigningKey,
    NotAKeyFile,
    PinLocked,
    SeveralKeys,
    SeveralTokens,
    TokenNotFound,
    TokenTrouble,
    WrongKeyPassword,
    WrongPin,
)

if TYPE_CHECKING:
    from asn1crypto.x509 import Certificate
    from pyhanko.sign.signers.pdf_cms import Signer


@dataclass(frozen=True, slots=True)
class KeyFile:
    """A ``.p12`` (``.pfx``) file: its bytes and what opens it."""

    content: bytes = field(repr=False)
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class TokenKey:
    """A key on a token. ``token``: label or serial number, "" = the only one that is plugged in.

    ``certificate``: label of the certificate where there are several. ``last_try``: go on although one more wrong PIN
    locks the token.
    """

    library: Path
    pin: str = field(repr=False)
    token: str = ""
    certificate: str = ""
    last_try: bool = False


@dataclass(frozen=True, slots=True)
class TokenSeen:
    """A token that is plugged in. ``few_left``: a wrong PIN was given since the last right one."""

    label: str
    serial: str
    maker: str
    few_left: bool
    last_try: bool
    locked: bool


Key = KeyFile | TokenKey


def tokens(library: Path) -> tuple[TokenSeen, ...]:
    """What is plugged in; no PIN is asked for. Raises ``BadTokenLibrary``, ``TokenTrouble``."""
    return tuple(_seen(one) for one in _plugged_in(library))


@contextmanager
def opened(key: Key, now: datetime) -> Iterator[Signer]:
    """The signer of pyHanko over a key; a token is let go at the end. Of several keys on it the one in force counts.

    Raises for a file ``NotAKeyFile``, ``WrongKeyPassword``, ``NoSigningKey``; for a token ``BadTokenLibrary``,
    ``TokenNotFound``, ``SeveralTokens``, ``PinLocked``, ``LastTry``, ``WrongPin``, ``NoSigningKey``, ``SeveralKeys``,
    ``TokenTrouble``. A PIN goes to the token once, whatever it answers.
    """
    if isinstance(key, KeyFile):
        yield _from_file(key)
        return
    from pkcs11.exceptions import PKCS11Error

    chosen = _chosen(key)
    session = _log_in(chosen, key)
    try:
        yield _from_session(session, key, now)
    except PKCS11Error as problem:
        raise TokenTrouble(type(problem).__name__) from problem
    finally:
        with suppress(PKCS11Error):
            session.close()


def may_sign(certificate: Certificate) -> bool:
    """Whether it is meant for signing documents: of no authority, and not for something else only."""
    if certificate.ca:
        return False
    usage = certificate.key_usage_value
    return usage is None or bool(usage.native & {"digital_signature", "non_repudiation"})


# ---------------------------------------------------------------------- key files


def _from_file(key: KeyFile) -> Signer:
    from asn1crypto import pkcs12
    from pyhanko.sign.signers.pdf_cms import SimpleSigner

    try:
        read = pkcs12.Pfx.load(key.content, strict=True)
        if read["version"].native != "v3" or read["auth_safe"]["content_type"].native != "data":
            raise NotAKeyFile
        bags = read.authenticated_safe  # reads the outer list: what is no key file fails here
        bags.native  # noqa: B018
    except (ValueError, TypeError, KeyError, AttributeError) as problem:
        raise NotAKeyFile from problem
    try:
        signer = SimpleSigner.load_pkcs12_data(key.content, (), key.password.encode() or None)
    except ValueError as problem:
        raise WrongKeyPassword from problem
    except (TypeError, AttributeError) as problem:  # opened, but without a key or a certificate of it
        raise NoSigningKey from problem
    certificate = signer.signing_cert
    if certificate is None or not may_sign(certificate):
        raise NoSigningKey
    made: Signer = signer
    return made


# ---------------------------------------------------------------------- tokens


def _plugged_in(library: Path) -> list[Any]:
    import pkcs11
    from pkcs11.exceptions import PKCS11Error

    if not library.is_file():
        raise BadTokenLibrary(str(library))
    try:
        loaded = pkcs11.lib(str(library))
    except PKCS11Error as problem:
        if type(problem) is PKCS11Error:  # the system could not load it
            raise BadTokenLibrary(str(library)) from problem
        raise TokenTrouble(type(problem).__name__) from problem
    try:
        loaded.reinitialize()  # many libraries see only what was plugged in when they began
        found = []
        for slot in loaded.get_slots(token_present=True):
            with suppress(PKCS11Error):
                found.append(slot.get_token())
    except PKCS11Error as problem:
        raise TokenTrouble(type(problem).__name__) from problem
    return [one for one in found if one.flags & pkcs11.TokenFlag.TOKEN_INITIALIZED]


def _seen(token: Any) -> TokenSeen:
    from pkcs11 import TokenFlag

    flags = token.flags
    return TokenSeen(
        token.label,
        _serial(token),
        token.manufacturer_id,
        few_left=bool(flags & TokenFlag.USER_PIN_COUNT_LOW),
        last_try=bool(flags & TokenFlag.USER_PIN_FINAL_TRY),
        locked=bool(flags & TokenFlag.USER_PIN_LOCKED),
    )


def _serial(token: Any) -> str:
    serial = token.serial
    return serial.decode("ascii", "replace").strip() if isinstance(serial, bytes) else str(serial).strip()


def _chosen(key: TokenKey) -> Any:
    there = _plugged_in(key.library)
    labels = tuple(one.label for one in there)
    if key.token:
        wanted = [one for one in there if key.token in (one.label, _serial(one))]
        if not wanted:
            raise TokenNotFound(key.token, labels)
    else:
        wanted = there
        if not wanted:
            raise TokenNotFound("", ())
    if len(wanted) > 1:
        raise SeveralTokens(tuple(f"{one.label} ({_serial(one)})" for one in wanted))
    return wanted[0]


def _log_in(token: Any, key: TokenKey) -> Any:
    """One try and no other: a token locks itself after three."""
    from pkcs11 import exceptions

    seen = _seen(token)
    if seen.locked:
        raise PinLocked
    if seen.last_try and not key.last_try:
        raise LastTry
    try:
        return token.open(user_pin=key.pin)
    except (exceptions.PinIncorrect, exceptions.PinInvalid, exceptions.PinLenRange) as problem:
        raise _refused(token, key) from problem
    except exceptions.PinLocked as problem:
        raise PinLocked from problem
    except exceptions.PKCS11Error as problem:
        raise TokenTrouble(type(problem).__name__) from problem


def _refused(token: Any, key: TokenKey) -> WrongPin | PinLocked:
    """How many tries are left, as far as the token says: its flags are asked for again, the PIN is not."""
    from pkcs11.exceptions import PKCS11Error

    with suppress(PKCS11Error):
        after = _seen(token.slot.get_token())
        if after.locked:
            return PinLocked()
        return WrongPin(1 if after.last_try else None, few_left=after.few_left or after.last_try)
    return WrongPin(0 if key.last_try else None)


def _from_session(session: Any, key: TokenKey, now: datetime) -> Signer:
    from asn1crypto.x509 import Certificate
    from pkcs11 import Attribute, ObjectClass
    from pyhanko.sign.pkcs11 import PKCS11Signer

    keys = {bytes(one[Attribute.ID]) for one in session.get_objects({Attribute.CLASS: ObjectClass.PRIVATE_KEY})}
    fitting: list[tuple[str, bytes, Certificate]] = []
    others: list[Certificate] = []
    for one in session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE}):
        try:
            certificate = Certificate.load(bytes(one[Attribute.VALUE]))
            number = bytes(one[Attribute.ID])
            label = str(one[Attribute.LABEL])
            fits = number in keys and may_sign(certificate)
        except ValueError:  # no certificate that we can read
            continue
        if fits and key.certificate in ("", label):
            fitting.append((label, number, certificate))
        else:
            others.append(certificate)
    if not fitting:
        raise NoSigningKey(at_token=True)
    fitting = [one for one in fitting if one[2].not_valid_before <= now <= one[2].not_valid_after] or fitting
    if len(fitting) > 1:
        raise SeveralKeys(tuple(label for label, _number, _one in fitting))
    _label, number, certificate = fitting[0]
    return PKCS11Signer(session, signing_cert=certificate, ca_chain=others, key_id=number)
