"""A second reader of the signed file: desktop/docs/sync-format.md in code, importing nothing of the product.

It shares no line with the product, but it shares the author: agreement finds slips, not a common misunderstanding.

``verify`` says ``None`` for a file that it would take, otherwise in a word why not. Written to be different on
purpose: offsets from the end of the archive, a hand-made JSON writer, a table of keys instead of a reader class.
"""

from __future__ import annotations

import base64
import hashlib
import zlib
from typing import Any

import pyrage
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from tests.sync.independent_rows import check_rows
from tests.sync.independent_shapes import (
    AGE,
    CODE,
    HEX,
    SHORT,
    UNIT,
    UUID,
    No,
    check_moment,
    is_,
    need,
    period,
    read_json,
    within,
)


def members(data: bytes, last: bytes = b"payload.age", most: int = 67_108_864) -> list[bytes]:
    """From the end: the directory names offsets, everything else has a fixed value."""
    need(len(data) >= 22 and data[-22:-18] == b"PK\5\6" and data[-2:] == b"\0\0", "end")
    count, start = data[-14], int.from_bytes(data[-6:-2], "little")
    need(count in (2, 3), "count")
    names = [b"manifest.json", b"manifest.json.sig", last][:count]
    caps = [65_536, 4_096, most]
    found, out, directory, at = [], b"", b"", start
    for name, cap in zip(names, caps, strict=False):
        entry = data[at : at + 46]
        need(len(entry) == 46, "directory")
        size, offset = int.from_bytes(entry[20:24], "little"), int.from_bytes(entry[42:46], "little")
        body = data[offset + 30 + len(name) : offset + 30 + len(name) + size]
        need(len(body) == size <= cap, "size")
        number = b"".join(value.to_bytes(4, "little") for value in (zlib.crc32(body), size, size))
        fixed = bytes.fromhex("14000000000000002100") + number + len(name).to_bytes(2, "little") + bytes(2)
        directory += b"PK\1\2\x14\0" + fixed + bytes(10) + len(out).to_bytes(4, "little") + name
        out += b"PK\3\4" + fixed + name + body
        found.append(body)
        at += 46 + len(name)
    sizes = len(directory).to_bytes(4, "little") + len(out).to_bytes(4, "little")
    end = b"PK\5\6" + bytes(4) + bytes([count, 0, count, 0]) + sizes + bytes(2)
    need(out + directory + end == data, "container")
    return found


def signature(armour: bytes, message: bytes, namespace: bytes) -> bytes:
    """The 32 bytes of the key that signed."""

    def field(data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + data

    lines = armour.split(b"\n")
    need(lines[0] == b"-----BEGIN SSH SIGNATURE-----" and lines[-2:] == [b"-----END SSH SIGNATURE-----", b""], "armour")
    need(all(len(line) == 70 for line in lines[1:-3]) and 0 < len(lines[-3]) <= 70, "armour lines")
    try:
        blob = base64.b64decode(b"".join(lines[1:-2]), validate=True)
    except ValueError:
        raise No("base64") from None
    need(base64.b64encode(blob) == b"".join(lines[1:-2]), "base64 tail")
    key, mark = blob[33:65], blob[-64:]
    common = field(namespace) + field(b"") + field(b"sha512")
    shape = b"SSHSIG\0\0\0\1" + field(field(b"ssh-ed25519") + field(key)) + common
    need(blob == shape + field(field(b"ssh-ed25519") + field(mark)), "layout")
    try:
        signed = b"SSHSIG" + common + field(hashlib.sha512(message).digest())
        Ed25519PublicKey.from_public_bytes(key).verify(mark, signed)
    except (InvalidSignature, ValueError):
        raise No("signature") from None
    return key


def fingerprint(key: bytes) -> str:
    blob = b"\0\0\0\x0bssh-ed25519\0\0\0\x20" + key
    return "SHA256:" + base64.b64encode(hashlib.sha256(blob).digest()).decode()[:43]


def check_manifest(said: Any) -> None:
    needed = {"fmt", "kind", "schema", "file_id", "unit", "installation", "epoch", "epoch_no", "seq", "to", "to_keys"}
    needed |= {"created", "period", "mode", "app", "audit", "key", "payload"}
    optional = {"prev", "parent", "parents", "clock_suspect", "demo", "defpack", "last_receipt"}
    need(type(said) is dict and needed <= set(said) <= needed | optional, "keys")
    need(said["fmt"] == "hpn-sync/1" and said["kind"] == "report" and within(said["schema"], 1, 1), "fmt")
    need(all(is_(UUID, said[key]) for key in ("file_id", "installation", "epoch")) and is_(UNIT, said["unit"]), "ids")
    need(within(said["epoch_no"], 1, 10**6) and within(said["seq"], 1, 10**9 - 1), "numbers")
    check_addressees(said)
    check_moment(said["created"])
    need(period(said["period"]) and said["mode"] in ("snapshot", "final") and is_(SHORT, said["app"]), "period, app")
    need(is_("SHA256:[0-9A-Za-z+/]{43}", said["key"]), "key")
    need(all(is_(HEX, said.get(key, "0" * 64)) for key in ("prev", "parent")), "chain")
    need(("prev" in said) == (said["seq"] > 1) and not ("parent" in said and said["epoch_no"] == 1), "chain")
    if "parents" in said:
        heads = said["parents"]
        need(type(heads) is list and 1 <= len(heads) <= 8 and all(is_(HEX, one) for one in heads), "parents")
        need(heads == sorted(set(heads)) and said["epoch_no"] > 1, "parents")
    need(all(said.get(key, True) is True for key in ("clock_suspect", "demo")), "marks")
    check_inner(said)


def check_addressees(said: Any) -> None:
    for key, shape in (("to", UNIT), ("to_keys", AGE)):
        listed = said[key]
        need(type(listed) is list and 1 <= len(listed) <= 8 and all(is_(shape, one) for one in listed), key)
        need(listed == sorted(set(listed)), key)


def check_inner(said: Any) -> None:
    """The objects inside a manifest, of those that it has."""
    inner = [("audit", {"n": (0, 2**53)}, "head"), ("defpack", {"ver": (1, 10**9 - 1)}, "sha256 id")]
    lengths = {"ct_len": (1, 2**53), "gz_len": (1, 2**53), "pt_len": (1, 2**53)}
    inner += [("last_receipt", {"no": (1, 10**9 - 1)}, "sha256"), ("payload", lengths, "ct_sha256 pt_sha256")]
    inner += [("last_accepted", {"epoch_no": (1, 10**6), "seq": (1, 10**9 - 1)}, "epoch mh")]
    shapes = {"id": CODE, "epoch": UUID}
    for key, numbers, texts in inner:
        if key in said:
            one = said[key]
            need(type(one) is dict and set(one) == set(numbers) | set(texts.split()), key)
            need(all(within(one[name], *limits) for name, limits in numbers.items()), key)
            need(all(is_(shapes.get(name, HEX), one[name]) for name in texts.split()), key)


def verify(data: bytes, known: dict[tuple[str, str], bytes], me: str, secret: str) -> str | None:
    """``known``: (unit, fingerprint) to public key, 32 bytes. ``secret``: ``AGE-SECRET-KEY-1…``. Real files only."""
    try:
        parts = members(data)
        need(len(parts) == 3, "members")
        signer = signature(parts[1], parts[0], b"hpn-report@v1")
        said = read_json(parts[0])
        check_manifest(said)
        need(known.get((said["unit"], said["key"])) == signer and fingerprint(signer) == said["key"], "key")
        sizes, cipher = said["payload"], parts[2]
        need(len(cipher) == sizes["ct_len"] and hashlib.sha256(cipher).hexdigest() == sizes["ct_sha256"], "payload")
        identity = pyrage.x25519.Identity.from_str(secret)
        need(me in said["to"] and str(identity.to_public()) in said["to_keys"] and "demo" not in said, "to")
        check_rows(lines_of(opened(cipher, identity), sizes, 8192), said)
    except No as no:
        return str(no)
    return None


def opened(cipher: bytes, identity: pyrage.x25519.Identity) -> bytes:
    need(cipher.startswith(b"age-encryption.org/v1\n"), "age")
    try:
        return pyrage.decrypt(cipher, [identity])
    except pyrage.DecryptError:
        raise No("decrypt") from None


def lines_of(packed: bytes, sizes: dict[str, Any], longest: int) -> list[Any]:
    """What the lines in one gzip member say."""
    need(sizes["pt_len"] <= 64 * 2**20, "size")
    need(len(packed) == sizes["gz_len"] and packed[:10].hex() == "1f8b08000000000002ff", "gzip")
    try:
        probe = zlib.decompressobj(31)
        text = probe.decompress(packed, sizes["pt_len"] + 1)
    except zlib.error:
        raise No("gzip") from None
    need(len(text) == sizes["pt_len"] and probe.eof and not probe.unused_data, "length")
    need(hashlib.sha256(text).hexdigest() == sizes["pt_sha256"] and text.endswith(b"\n"), "text")
    lines = text[:-1].split(b"\n")
    need(len(lines) <= 400_000 and all(len(line) <= longest for line in lines), "line")
    return [read_json(line) for line in lines]
