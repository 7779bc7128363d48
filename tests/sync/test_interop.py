"""R17: the tools that any office has agree with us, in both directions."""

from __future__ import annotations

import gzip
import io
import json
import subprocess
import zipfile
from pathlib import Path

import pytest

from sochihoi.sync import container, payload, sshsig
from sochihoi.sync.container import Members
from sochihoi.sync.envelope import open_
from sochihoi.sync.identity import Identity, Register
from sochihoi.sync.sshsig import Namespace
from tests.sync.conftest import NeedTool
from tests.sync.samples import (
    ABOVE,
    ABOVE_KEYS,
    COMMUNE,
    NEIGHBOUR,
    REGISTER,
    ROWS,
    draft,
    lines_of,
    manifest_of,
    resigned,
    sealed,
    text_of,
)
from tests.sync.test_receipt import PARENTS, receipt_file

FILE = sealed(ROWS)


def run(*command: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(command, input=given, capture_output=True, check=False, timeout=60)


def openssh_key(identity: Identity, path: Path) -> Path:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    private = Ed25519PrivateKey.from_private_bytes(identity.sign_seed)
    encoding, shape = serialization.Encoding.PEM, serialization.PrivateFormat.OpenSSH
    path.write_bytes(private.private_bytes(encoding, shape, serialization.NoEncryption()))
    path.chmod(0o600)
    return path


@pytest.mark.parametrize(
    ("data", "register", "unit", "namespace"),
    [(FILE, REGISTER, "31135", Namespace.REPORT), (receipt_file(), PARENTS, "92", Namespace.RECEIPT)],
)
def test_unzip_and_ssh_keygen_verify_our_files(
    tmp_path: Path, need_tool: NeedTool, data: bytes, register: Register, unit: str, namespace: Namespace
) -> None:
    keygen, unzip = need_tool("ssh-keygen"), need_tool("unzip")
    (tmp_path / "x.hpn").write_bytes(data)
    assert run(unzip, "-q", str(tmp_path / "x.hpn"), "-d", str(tmp_path)).returncode == 0
    signers = tmp_path / "allowed_signers"
    signers.write_text(register.allowed_signers(), encoding="ascii")
    manifest = (tmp_path / "manifest.json").read_bytes()
    head = (keygen, "-Y", "verify", "-f", str(signers), "-s", str(tmp_path / "manifest.json.sig"), "-I")

    def verify(who: str, purpose: str, message: bytes) -> int:
        return run(*head, who, "-n", purpose, given=message).returncode

    assert verify(sshsig.principal(unit), namespace.value, manifest) == 0
    assert verify(sshsig.principal(unit), namespace.value, manifest + b" ") != 0
    assert verify(sshsig.principal(unit), Namespace.DEFPACK.value, manifest) != 0
    assert verify("unit-31136", namespace.value, manifest) != 0


def test_ssh_keygen_writes_the_same_signature(tmp_path: Path, need_tool: NeedTool) -> None:
    keygen = need_tool("ssh-keygen")
    key, message = openssh_key(COMMUNE, tmp_path / "key"), tmp_path / "message"
    message.write_bytes(container.parse(FILE).manifest)
    assert run(keygen, "-Y", "sign", "-f", str(key), "-n", "hpn-report@v1", str(message)).returncode == 0
    armour = (tmp_path / "message.sig").read_bytes()
    assert armour == container.parse(FILE).signature
    sshsig.verify(armour, message.read_bytes(), Namespace.REPORT, COMMUNE.sign_key)


def test_ssh_keygen_prints_the_same_fingerprint(tmp_path: Path, need_tool: NeedTool) -> None:
    public = tmp_path / "key.pub"
    public.write_text(sshsig.public_line(NEIGHBOUR.sign_key, "xa-mau") + "\n", encoding="ascii")
    printed = run(need_tool("ssh-keygen"), "-l", "-f", str(public)).stdout.decode()
    assert printed.split()[1] == NEIGHBOUR.fingerprint


def test_age_and_gzip_open_our_payload(tmp_path: Path, need_tool: NeedTool) -> None:
    secret, cipher = tmp_path / "identity", tmp_path / "payload.age"
    secret.write_text(ABOVE.age_secret + "\n", encoding="ascii")
    cipher.write_bytes(container.parse(FILE).payload or b"")
    opened = run(need_tool("age"), "-d", "-i", str(secret), str(cipher))
    assert opened.returncode == 0
    lines = run(need_tool("gzip"), "-dc", given=opened.stdout).stdout.splitlines()
    assert json.loads(lines[0])["t"] == "hdr"
    assert len(lines) == len(ROWS) + 1


def test_we_open_what_age_encrypted(need_tool: NeedTool) -> None:
    text = text_of(lines_of(ROWS))
    packed = payload.gzip_of(text)
    cipher = run(need_tool("age"), "-r", ABOVE.age_key, given=packed).stdout
    document = manifest_of(FILE)
    document["payload"] |= {"ct_len": len(cipher), "ct_sha256": payload.sha256(cipher), "gz_len": len(packed)}
    document["payload"] |= {"pt_len": len(text), "pt_sha256": payload.sha256(text)}
    assert open_(resigned(document, cipher), REGISTER, ABOVE_KEYS, ABOVE).manifest.draft == draft()


def test_python_agrees_about_zip_and_gzip() -> None:
    with zipfile.ZipFile(io.BytesIO(FILE)) as archive:
        parts = Members(*(archive.read(name) for name in archive.namelist()))
    assert container.build(parts) == FILE
    assert gzip.decompress(payload.gzip_of(b"x" * 999)) == b"x" * 999
