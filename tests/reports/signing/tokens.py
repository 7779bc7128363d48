"""A token of SoftHSM with a key and its certificate."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization

from tests.reports.conftest import need
from tests.reports.signing.certificates import Holder

PIN, SO_PIN = "482916", "00112233"
_LIBRARIES = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib64/pkcs11/libsofthsm2.so",
)


@dataclass(frozen=True)
class SoftToken:
    library: Path
    folder: Path

    def add(self, label: str, *holders: Holder) -> None:
        """One more token with these keys. The first key is named ``ky-1``."""
        subprocess.run(
            ["softhsm2-util", "--init-token", "--free", "--label", label, "--pin", PIN, "--so-pin", SO_PIN],
            check=True,
            capture_output=True,
        )
        for at, holder in enumerate(holders, 1):
            self._put(label, at, holder)

    def _put(self, label: str, at: int, holder: Holder) -> None:
        file = self.folder / "khoa.pem"
        file.write_bytes(
            holder.key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
        name = f"ky-{at}"
        subprocess.run(
            [
                "softhsm2-util",
                "--import",
                str(file),
                "--token",
                label,
                "--label",
                name,
                "--id",
                f"{at:02}",
                "--pin",
                PIN,
            ],
            check=True,
            capture_output=True,
        )
        import pkcs11

        library = pkcs11.lib(str(self.library))
        library.reinitialize()
        with library.get_token(token_label=label).open(rw=True, user_pin=PIN) as session:
            session.create_object(
                {
                    pkcs11.Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE,
                    pkcs11.Attribute.CERTIFICATE_TYPE: pkcs11.CertificateType.X_509,
                    pkcs11.Attribute.TOKEN: True,
                    pkcs11.Attribute.LABEL: name,
                    pkcs11.Attribute.ID: bytes.fromhex(f"{at:02}"),
                    pkcs11.Attribute.SUBJECT: holder.certificate.subject.public_bytes(),
                    pkcs11.Attribute.VALUE: holder.der,
                }
            )


@contextmanager
def soft_tokens(folder: Path) -> Iterator[SoftToken]:
    """SoftHSM over an empty folder."""
    need("softhsm2-util")
    library = next((Path(one) for one in _LIBRARIES if Path(one).is_file()), None)
    if library is None:
        pytest.fail("libsofthsm2.so is not installed")
    (folder / "tokens").mkdir()
    config = folder / "softhsm2.conf"
    config.write_text(f"directories.tokendir = {folder / 'tokens'}\nobjectstore.backend = file\nlog.level = ERROR\n")
    before = os.environ.get("SOFTHSM2_CONF")
    os.environ["SOFTHSM2_CONF"] = str(config)
    try:
        yield SoftToken(library, folder)
    finally:
        if before is None:
            del os.environ["SOFTHSM2_CONF"]
        else:
            os.environ["SOFTHSM2_CONF"] = before
        shutil.rmtree(folder / "tokens")
