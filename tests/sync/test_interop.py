"""R17: the tools that any office has agree with us, in both directions."""

from __future__ import annotations

import gzip
import io
import json
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from sochihoi.sync import carried, container, payload, sshsig
from sochihoi.sync.container import Members
from sochihoi.sync.envelope import inspect, open_
from sochihoi.sync.errors import Code, Refused
from sochihoi.sync.identity import Entry, Identity, Register
from sochihoi.sync.manifest import Kind
from sochihoi.sync.receipt import open_answer
from sochihoi.sync.sshsig import Namespace
from tests.sync import carried_samples
from tests.sync.conftest import NeedTool
from tests.sync.make_golden import FOLDER as GOLDEN
from tests.sync.samples import (
    ABOVE,
    ABOVE_KEYS,
    COMMUNE,
    COMMUNE_KEYS,
    NEIGHBOUR,
    NEIGHBOUR_KEYS,
    REGISTER,
    ROWS,
    draft,
    lines_of,
    manifest_of,
    resigned,
    sealed,
    stream,
    text_of,
)
from tests.sync.test_corrections import asking
from tests.sync.test_receipt import PARENTS, receipt_file

FILE = sealed(ROWS)
FILES = {
    "report": FILE,
    "receipt": receipt_file(),
    "receipt with corrections": asking(),
    "register": carried_samples.second_register(),
    "defpack": carried_samples.made(Kind.DEFPACK),
    "transfer": carried_samples.made(Kind.TRANSFER),
    "handover": carried_samples.handed_over(1, inspect(FILE).manifest_hash),
}
SIGNERS = "".join(
    f"{sshsig.allowed_signers_line(unit, purposes, key)}\n"
    for unit, purposes, key in (
        ("31135", sshsig.FROM_BELOW, COMMUNE.sign_key),
        ("31136", sshsig.FROM_BELOW, NEIGHBOUR.sign_key),
        ("92", sshsig.FROM_ABOVE, ABOVE.sign_key),
    )
)


def read(kind: str, data: bytes) -> None:
    """With the product's own reader; raises when it is not accepted."""
    if kind == "report":
        open_(data, REGISTER, ABOVE_KEYS, ABOVE)
    elif kind.startswith("receipt"):
        _receipt, _mh, asked = open_answer(data, PARENTS, "31135", identity=COMMUNE)
        assert bool(asked) == (kind != "receipt")
    else:
        signers = Register(Entry(ABOVE_KEYS), Entry(COMMUNE_KEYS))
        found = carried.open_(data, Kind(kind), signers, demo=False, me=NEIGHBOUR_KEYS, identity=NEIGHBOUR)
        assert found.rows or found.body == carried_samples.BOOK


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


@pytest.mark.parametrize("kind", FILES)
def test_unzip_and_ssh_keygen_verify_every_kind(tmp_path: Path, need_tool: NeedTool, kind: str) -> None:
    keygen, unzip = need_tool("ssh-keygen"), need_tool("unzip")
    (tmp_path / "x.hpn").write_bytes(FILES[kind])
    assert run(unzip, "-q", str(tmp_path / "x.hpn"), "-d", str(tmp_path)).returncode == 0
    signers = tmp_path / "allowed_signers"
    signers.write_text(SIGNERS, encoding="ascii")
    manifest = (tmp_path / "manifest.json").read_bytes()
    who, namespace = f"unit-{inspect(FILES[kind]).unit}", f"hpn-{kind.partition(' ')[0]}@v1"

    def verify(who: str, purpose: str, message: bytes) -> bool:
        head = (keygen, "-Y", "verify", "-f", str(signers), "-s", str(tmp_path / "manifest.json.sig"))
        return run(*head, "-I", who, "-n", purpose, given=message).returncode == 0

    assert verify(who, namespace, manifest)
    assert not verify(who, namespace, manifest + b" ")
    assert not verify("unit-31136", namespace, manifest)
    assert not any(verify(who, other.value, manifest) for other in Namespace if other.value != namespace)
    if kind in ("report", "receipt"):  # the file of the first day, or who signs for another purpose
        signers.write_bytes((GOLDEN / "allowed_signers").read_bytes())
        assert verify(who, namespace, manifest) == (kind == "report")
    signers.write_text(SIGNERS.replace(namespace, "hpn-other@v1"), encoding="ascii")
    assert not verify(who, namespace, manifest)


@pytest.mark.parametrize("kind", FILES)
def test_what_ssh_keygen_signs_is_accepted(tmp_path: Path, need_tool: NeedTool, kind: str) -> None:
    parts = container.parse(FILES[kind])
    identity = ABOVE if inspect(FILES[kind]).unit == "92" else COMMUNE
    key, message = openssh_key(identity, tmp_path / "key"), tmp_path / "message"
    message.write_bytes(parts.manifest)
    namespace = f"hpn-{kind.partition(' ')[0]}@v1"
    assert run(need_tool("ssh-keygen"), "-Y", "sign", "-f", str(key), "-n", namespace, str(message)).returncode == 0
    armour = (tmp_path / "message.sig").read_bytes()
    whole = container.build(Members(parts.manifest, armour, parts.payload, parts.form))
    assert whole == FILES[kind]  # Ed25519 signs the same bytes the same way
    read(kind, whole)


@pytest.mark.parametrize(("kind", "owner"), [("transfer", NEIGHBOUR), ("receipt with corrections", COMMUNE)])
def test_age_and_gzip_open_what_is_encrypted(tmp_path: Path, need_tool: NeedTool, kind: str, owner: Identity) -> None:
    secret, cipher = tmp_path / "identity", tmp_path / "payload.age"
    secret.write_text(owner.age_secret + "\n", encoding="ascii")
    cipher.write_bytes(container.parse(FILES[kind]).payload or b"")
    packed = run(need_tool("age"), "-d", "-i", str(secret), str(cipher)).stdout
    lines = run(need_tool("gzip"), "-dc", given=packed).stdout.splitlines()
    assert [json.loads(line)["t"] for line in lines][:2] == ["hdr", "member" if kind == "transfer" else "correction"]


@pytest.mark.parametrize(("kind", "row"), [("register", "key"), ("defpack", "file")])
def test_gzip_opens_what_is_only_signed(need_tool: NeedTool, kind: str, row: str) -> None:
    done = run(need_tool("gzip"), "-dc", given=container.parse(FILES[kind]).payload or b"")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert {line["t"] for line in lines[1:]} == {row}
    assert lines[0]["rows"] == {row: len(lines) - 1}


@pytest.mark.parametrize("kind", ["transfer", "receipt with corrections"])
def test_we_open_what_age_encrypted_and_ssh_keygen_signed(tmp_path: Path, need_tool: NeedTool, kind: str) -> None:
    """Nothing of ours but the text and the container."""
    parts, owner = container.parse(FILES[kind]), NEIGHBOUR if kind == "transfer" else COMMUNE
    said = json.loads(parts.manifest)
    text = payload.open_text(parts.payload or b"", payload.Payload(**said["payload"]), owner)
    packed = payload.gzip_of(text)
    cipher = run(need_tool("age"), "-r", owner.age_key, given=packed).stdout
    said["payload"] |= {"ct_len": len(cipher), "ct_sha256": payload.sha256(cipher)}
    message = tmp_path / "manifest.json"
    message.write_bytes(json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode())
    key = openssh_key(COMMUNE if kind == "transfer" else ABOVE, tmp_path / "key")
    namespace = f"hpn-{kind.partition(' ')[0]}@v1"
    assert run(need_tool("ssh-keygen"), "-Y", "sign", "-f", str(key), "-n", namespace, str(message)).returncode == 0
    armour = (tmp_path / "manifest.json.sig").read_bytes()
    read(kind, container.build(Members(message.read_bytes(), armour, cipher)))


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
    file = resigned(document, cipher)
    assert open_(file, REGISTER, ABOVE_KEYS, ABOVE).manifest.draft == draft()
    # after new keys it still opens, with the key that is kept for opening alone
    renewed = ABOVE.renewed(stream("renewed"))
    kept = Identity.from_bytes(renewed.to_bytes())
    assert kept == renewed
    assert ABOVE.sign_seed not in (renewed.sign_seed, *renewed.before)
    fresh = replace(ABOVE_KEYS, sign_key=renewed.sign_key, age_key=renewed.age_key)
    assert open_(file, REGISTER, fresh, kept).manifest.draft == draft()
    with pytest.raises(Refused) as refusal:
        open_(file, REGISTER, fresh, replace(kept, before=()))
    assert refusal.value.code is Code.NOT_FOR_ME


def test_python_agrees_about_zip_and_gzip() -> None:
    with zipfile.ZipFile(io.BytesIO(FILE)) as archive:
        parts = Members(*(archive.read(name) for name in archive.namelist()))
    assert container.build(parts) == FILE
    assert gzip.decompress(payload.gzip_of(b"x" * 999)) == b"x" * 999
