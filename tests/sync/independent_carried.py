"""A second reader of registers, packs, tickets and hand-overs: section 8a of desktop/docs/sync-format.md in code.

It imports nothing of the product and was written from the paper alone, before its author saw the product's reader.
``verify`` says ``None`` for a file that it would take, otherwise in a word why not.
"""

from __future__ import annotations

import base64
import hashlib
import unicodedata
from datetime import date
from typing import Any

import pyrage

from tests.sync.independent import check_addressees, check_inner, fingerprint, lines_of, members, opened, signature
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
    read_json,
    spell,
    within,
    words,
)

PAYLOADS = {
    "register": (b"payload.gz", 64 * 2**20),
    "defpack": (b"payload.gz", 64 * 2**20),
    "transfer": (b"payload.age", 64 * 2**20),
    "handover": (b"payload.hpnbak", 2**30),
}
LONGEST = {"register": 16_384, "defpack": 2**20, "transfer": 16_384}
LINE = {"register": "key", "defpack": "file", "transfer": "member"}
FINGERPRINT = "SHA256:[0-9A-Za-z+/]{43}"
MOST = 10**9 - 1


def first_member(data: bytes) -> bytes:
    """The manifest, from its fixed place at the start; the whole container is compared later."""
    size = int.from_bytes(data[18:22], "little")
    need(data[:4] == b"PK\3\4" and size <= 65_536 and data[30:43] == b"manifest.json", "start")
    return data[43 : 43 + size]


def check_manifest(said: Any) -> None:
    needed = {"fmt", "kind", "schema", "file_id", "unit", "installation", "created", "app", "key", "number", "about"}
    needed |= {"payload"} | ({"to", "to_keys"} if said["kind"] == "transfer" else set())
    need(needed <= set(said) <= needed | {"demo", "prev"}, "keys")
    need(said["fmt"] == "hpn-sync/1" and within(said["schema"], 1, 1), "fmt")
    need(all(is_(UUID, said[name]) for name in ("file_id", "installation")) and is_(UNIT, said["unit"]), "ids")
    need(is_(SHORT, said["app"]) and is_(FINGERPRINT, said["key"]) and said.get("demo", True) is True, "app, key")
    check_moment(said["created"])
    check_inner(said)
    need(within(said["number"], 1, MOST), "number")
    chained = said["kind"] in ("register", "defpack") and said["number"] > 1
    need(("prev" in said) == chained and is_(HEX, said.get("prev", "0" * 64)), "prev")
    if said["kind"] == "transfer":
        check_addressees(said)
    need(type(said["about"]) is dict, "about")
    check_about(said["kind"], said["about"])


def check_about(kind: str, about: dict[str, Any]) -> None:
    keys = set(about)
    if kind == "register":
        need(not keys, "about")
    elif kind == "defpack":
        need({"id", "effective"} <= keys <= {"id", "effective", "expires"} and is_(CODE, about["id"]), "about")
        for name in keys - {"id"}:
            check_day(about[name])
    elif kind == "transfer":
        need(keys == {"ticket"} and is_(UUID, about["ticket"]), "about")
    else:
        fixed = {"epoch", "epoch_no", "seq", "audit"}
        need(fixed <= keys <= fixed | {"mh", "into"}, "about")
        need(is_(UUID, about["epoch"]) and is_(UUID, about.get("into", about["epoch"])), "about")
        need(within(about["epoch_no"], 1, 10**6) and within(about["seq"], 0, MOST), "about")
        need(("mh" in about) == (about["seq"] > 0) and is_(HEX, about.get("mh", "0" * 64)), "about")
        check_inner(about)


def check_day(value: object) -> None:
    try:
        need(is_("[0-9]{4}-[0-9]{2}-[0-9]{2}", value) and date.fromisoformat(str(value)), "day")
    except ValueError:
        raise No("day") from None


def check_lines(lines: list[Any], said: dict[str, Any]) -> None:
    header, rows, kind = lines[0], lines[1:], LINE[said["kind"]]
    need(type(header) is dict and is_("[0-9a-f]{32}", header.get("salt")) and rows, "header")
    bound = {name: said[name] for name in ("file_id", "unit", "number", "key")}
    expected = bound | {"t": "hdr", "salt": header["salt"], "rows": {kind: len(rows)}}
    need(spell(header) == spell(expected), "binding")
    for row in rows:
        need(type(row) is dict and row.get("t") == kind and type(row.get("id")) is str, "row")
        {"key": check_key, "file": check_file, "member": check_member}[kind](row, set(row) - {"t", "id"})
    names = [row["id"] for row in rows]
    need(names == sorted(set(names)) and (kind != "member" or len(rows) == 1), "order")


def check_key(row: dict[str, Any], keys: set[str]) -> None:
    fixed = {"unit", "name", "level", "sign", "age", "installation", "role", "from_version"}
    revoking = {"revoked_version", "last_epoch_no", "last_seq", "why"}
    need(fixed <= keys <= fixed | {"scope", "replaces"} | revoking, "key")
    need(is_(UNIT, row["unit"]) and is_(UNIT, row.get("scope", "x")) and words(row["name"], 200), "key")
    need(is_(CODE, row["level"]) and is_(AGE, row["age"]) and is_(UUID, row["installation"]), "key")
    need(row["role"] in ("SENDER", "ABOVE", "RECOVERY"), "role")
    need(is_("ssh-ed25519 [0-9A-Za-z+/]{68}", row["sign"]), "sign")
    blob = base64.b64decode(row["sign"][12:])
    need(len(blob) == 51 and blob[:19] == b"\0\0\0\x0bssh-ed25519\0\0\0\x20", "sign")
    need(row["id"] == f"{row['unit']}/{fingerprint(blob[19:])}", "id")
    need(within(row["from_version"], 1, MOST) and is_(FINGERPRINT, row.get("replaces", "SHA256:" + "A" * 43)), "key")
    if "revoked_version" not in keys:
        need(not keys & revoking, "revoked")
        return
    need(within(row["revoked_version"], row["from_version"], MOST), "revoked")
    need(("last_epoch_no" in keys) == ("last_seq" in keys) and words(row.get("why", "x"), 500), "revoked")
    need(within(row.get("last_epoch_no", 1), 1, 10**6) and within(row.get("last_seq", 0), 0, MOST), "revoked")


def check_file(row: dict[str, Any], keys: set[str]) -> None:
    need(keys == {"text", "sha256"} and is_(r"[a-z]{1,32}/[0-9A-Za-z_.-]{1,80}\.(toml|csv)", row["id"]), "file")
    text, unseen = row["text"], {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    need(type(text) is str and 1 <= len(text) <= 262_144, "text")
    need(all(letter in "\n\t" or unicodedata.category(letter) not in unseen for letter in set(text)), "text")
    need(row["sha256"] == hashlib.sha256(text.encode()).hexdigest(), "sha256")


def check_member(row: dict[str, Any], keys: set[str]) -> None:
    values = row.get("values")
    need(keys == {"values"} and is_(UUID, row["id"]) and type(values) is dict and 1 <= len(values) <= 80, "member")
    for code, value in values.items():
        whole = type(value) is int and abs(value) <= 2**53
        need(is_(CODE, code) and (whole or value is True or words(value, 500)), "values")


def verify(data: bytes, known: dict[tuple[str, str], bytes], me: str = "", secret: str = "") -> str | None:
    """``known``: (signing unit, fingerprint) to public key, 32 bytes; of the keys that count for the kind of the file.

    ``me`` and ``secret`` (``AGE-SECRET-KEY-1…``) are for tickets alone. Real files only.
    """
    try:
        said = read_json(first_member(data))
        kind = said.get("kind") if type(said) is dict else None
        need(type(kind) is str and kind in PAYLOADS, "kind")
        parts = members(data, *PAYLOADS[kind])
        need(len(parts) == 3 and spell(said).encode() == parts[0], "members")
        check_manifest(said)
        signer = signature(parts[1], parts[0], f"hpn-{kind}@v1".encode())
        need(known.get((said["unit"], said["key"])) == signer and fingerprint(signer) == said["key"], "key")
        need("demo" not in said, "demo")
        payload, sizes = parts[2], said["payload"]
        need(len(payload) == sizes["ct_len"] and hashlib.sha256(payload).hexdigest() == sizes["ct_sha256"], "payload")
        if kind == "handover":
            need(
                sizes["gz_len"] == sizes["pt_len"] == sizes["ct_len"] and sizes["pt_sha256"] == sizes["ct_sha256"], kind
            )
            return None
        if kind == "transfer":
            identity = pyrage.x25519.Identity.from_str(secret)
            need(me in said["to"] and str(identity.to_public()) in said["to_keys"], "to")
            payload = opened(payload, identity)
        check_lines(lines_of(payload, sizes, LONGEST[kind]), said)
    except No as no:
        return str(no)
    return None
