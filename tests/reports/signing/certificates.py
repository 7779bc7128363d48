"""Invented certificates: an authority, and persons and organisations that it vouches for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

NOW = datetime(2026, 10, 30, 7, 5, 9, tzinfo=UTC)
SINCE, UNTIL = datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 12, 31, tzinfo=UTC)
UNIT = "Hội LHPN xã Hòa Phú"
SIGNER = "Nguyễn Thị Hạnh"
PASSWORD = "mật-khẩu-Thử-1"


@dataclass(frozen=True)
class Holder:
    """A certificate with its key."""

    certificate: x509.Certificate
    key: rsa.RSAPrivateKey

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.DER)

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    def key_file(self, password: str = PASSWORD) -> bytes:
        """As ``.p12``, the authority inside."""
        encryption = (
            serialization.BestAvailableEncryption(password.encode()) if password else serialization.NoEncryption()
        )
        return pkcs12.serialize_key_and_certificates(
            b"khoa", self.key, self.certificate, [authority().certificate], encryption
        )


@cache
def _key(at: int) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _name(*parts: tuple[x509.ObjectIdentifier, str]) -> x509.Name:
    return x509.Name([x509.NameAttribute(kind, text) for kind, text in parts])


@cache
def authority(name: str = "Cơ quan chứng thực thử nghiệm", at: int = 0) -> Holder:
    """A root that signs itself."""
    key = _key(at)
    subject = _name((NameOID.COUNTRY_NAME, "VN"), (NameOID.COMMON_NAME, name))
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1000 + at)
        .not_valid_before(SINCE - timedelta(days=3000))
        .not_valid_after(UNTIL + timedelta(days=3000))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(sign=False), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return Holder(made, key)


def _usage(*, sign: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=sign,
        content_commitment=sign,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=not sign,
        crl_sign=not sign,
        encipher_only=False,
        decipher_only=False,
    )


@cache
def holder(
    name: str = SIGNER,
    unit: str = UNIT,
    *,
    at: int = 1,
    since: datetime = SINCE,
    until: datetime = UNTIL,
    numbers: tuple[str, ...] = (),
) -> Holder:
    """Somebody whom the authority vouches for; ``at`` tells the keys apart. ``numbers``: ``MST:…``, ``CCCD:…``."""
    key = _key(at)
    root = authority()
    made = (
        x509.CertificateBuilder()
        .subject_name(
            _name(
                (NameOID.COUNTRY_NAME, "VN"),
                (NameOID.ORGANIZATION_NAME, unit),
                (NameOID.COMMON_NAME, name),
                *((NameOID.USER_ID, one) for one in numbers),
            )
        )
        .issuer_name(root.certificate.subject)
        .public_key(key.public_key())
        .serial_number(2000 + at)
        .not_valid_before(since)
        .not_valid_after(until)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(sign=True), critical=True)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(root.key.public_key()), critical=False)
        .sign(root.key, hashes.SHA256())
    )
    return Holder(made, key)


def organisation() -> Holder:
    """The organisation's own certificate: it bears no person's name."""
    return holder(UNIT, UNIT, at=2)
