"""A second reader of receipts: section 8 of desktop/docs/sync-format.md in code, importing nothing of the product."""

from __future__ import annotations

import hashlib
from typing import Any

import pyrage

from tests.sync.independent import check_inner, fingerprint, lines_of, members, opened, signature
from tests.sync.independent_shapes import (
    AGE,
    BIG,
    CODE,
    HEX,
    UNIT,
    UUID,
    No,
    check_moment,
    day,
    is_,
    need,
    period,
    read_json,
    spell,
    within,
    words,
)

NEEDED = "fmt kind schema from key unit file_id period epoch epoch_no seq mh answer rows rejected warnings receipt_no"
NEEDED += " received register_version defpack_version audit"
OPTIONAL = "code prev_receipt last_accepted demo tickets answered"
REFUSALS = "TOO_BIG CONTAINER MANIFEST KEY_UNKNOWN KEY_REVOKED SIG_FORMAT SIG_BAD SCHEMA PAYLOAD_HASH NOT_FOR_ME DEMO"
REFUSALS += " DECRYPT PLAINTEXT_HASH BINDING SCOPE ROW STALE FORK_SAME_SEQ FORK_CHAIN EPOCH_UNPROVEN UNIT_CLOSED"
REFUSALS += " HOLD INTERNAL UNDONE"
WORD = "[A-Z][A-Z_]{0,31}"
MOST = 10**9 - 1


def check_manifest(said: Any) -> None:
    keys, optional = set(NEEDED.split()), set(OPTIONAL.split())
    asks = {"to_keys", "payload"}
    need(type(said) is dict and keys <= set(said) <= keys | optional | asks, "keys")
    need(len(asks & set(said)) != 1, "corrections")
    need(said["fmt"] == "hpn-sync/1" and said["kind"] == "receipt" and within(said["schema"], 1, 1), "fmt")
    need(is_(UNIT, said["from"]) and is_(UNIT, said["unit"]) and is_("SHA256:[0-9A-Za-z+/]{43}", said["key"]), "who")
    need(is_(UUID, said["file_id"]) and is_(UUID, said["epoch"]) and is_(HEX, said["mh"]), "file")
    need(period(said["period"]) and within(said["epoch_no"], 1, 10**6) and within(said["seq"], 1, MOST), "file")
    returned = said["answer"] == "RETURNED"
    need(returned or said["answer"] == "APPLIED", "answer")
    need(("code" in said) == returned and (not returned or said["code"] in REFUSALS.split()), "code")
    need(within(said["rows"], 0, 0 if returned else MOST) and said["rejected"] == [], "rows")
    warnings = said["warnings"]
    need(type(warnings) is list and len(warnings) <= 32, "warnings")
    need(all(is_(WORD, one) for one in warnings) and warnings == sorted(set(warnings)), "warnings")
    need(within(said["receipt_no"], 1, MOST) and ("prev_receipt" in said) == (said["receipt_no"] > 1), "number")
    need(is_(HEX, said.get("prev_receipt", said["mh"])), "prev_receipt")
    check_moment(said["received"])
    check_inner(said)
    here = {name: said[name] for name in ("epoch", "epoch_no", "seq", "mh")}
    need(returned or said.get("last_accepted") == here, "last_accepted")
    need(all(within(said[name], 0, MOST) for name in ("register_version", "defpack_version")), "versions")
    need(said.get("demo", True) is True, "demo")
    check_tickets(said)
    check_answered(said)
    to_keys = said.get("to_keys", [])
    need(type(to_keys) is list and len(to_keys) == ("payload" in said) and all(is_(AGE, one) for one in to_keys), "to")


def check_tickets(said: dict[str, Any]) -> None:
    if "tickets" not in said:
        return
    told = said["tickets"]
    need(said["answer"] == "APPLIED" and type(told) is list and 1 <= len(told) <= 300, "tickets")
    for one in told:
        need(type(one) is dict and set(one) == {"id", "state", "day"} and is_(UUID, one["id"]), "tickets")
        need(one["state"] in ("ACCEPTED", "SETTLED") and day(one["day"]), "tickets")
    ids = [one["id"] for one in told]
    need(ids == sorted(set(ids)), "tickets")


def check_answered(said: dict[str, Any]) -> None:
    if "answered" not in said:
        return
    told = said["answered"]
    need(type(told) is list and 1 <= len(told) <= 100, "answered")
    for one in told:
        need(type(one) is dict and {"no", "mh"} <= set(one) <= {"no", "mh", "code"}, "answered")
        need(within(one["no"], 1, said["receipt_no"] - 1) and is_(HEX, one["mh"]), "answered")
        need("code" not in one or one["code"] in REFUSALS.split(), "answered")
    numbers, files = [one["no"] for one in told], [one["mh"] for one in told] + [said["mh"]]
    need(numbers == sorted(set(numbers)) and len(set(files)) == len(files), "answered")


def check_lines(lines: list[Any], said: dict[str, Any]) -> None:
    header, rows = lines[0], lines[1:]
    need(1 <= len(rows) <= 500 and type(header) is dict and is_("[0-9a-f]{32}", header.get("salt")), "header")
    bound = {name: said[name] for name in ("file_id", "unit", "key")} | {"no": said["receipt_no"]}
    fixed = {"t": "hdr", "profile": "tra-loi", "rows": {"correction": len(rows)}}
    need(spell(header) == spell(bound | fixed | {"salt": header["salt"]}), "binding")
    for number, row in enumerate(rows, 1):
        optional = {"branch", "code", "said", "percent", "earlier", "before", "after"}
        fixed_keys = {"t", "id", "period", "rule"}
        need(type(row) is dict and fixed_keys <= set(row) <= fixed_keys | optional, "correction")
        need(row["t"] == "correction" and row["id"] == f"{number:04}" and is_(WORD, row["rule"]), "correction")
        need(period(row["period"]) and period(row.get("earlier", "2026")), "correction")
        need(is_(UUID, row.get("branch", said["file_id"])) and is_(CODE, row.get("code", "x")), "correction")
        need(words(row.get("said", "x"), 500) and within(row.get("percent", 0), 0, 10**9), "correction")
        need({"said", "after"} & set(row), "asks nothing")
        for one in (row[name] for name in ("before", "after") if name in row):
            need(type(one) is dict and {"num"} <= set(one) <= {"num", "den", "scale"}, "figure")
            need(within(one["num"], -BIG, BIG) and within(one.get("den", 0), 0, BIG), "figure")
            need(within(one.get("scale", 1), 1, 6) and not {"den", "scale"} <= set(one), "figure")


def verify(data: bytes, known: dict[tuple[str, str], bytes], me: str, secret: str) -> str | None:
    """``known``: (receiving unit, fingerprint) to public key, 32 bytes. ``me``: the unit that is answered; ``secret``:
    its ``AGE-SECRET-KEY-1…``. Real files only."""
    try:
        parts = members(data)
        said = read_json(parts[0])
        check_manifest(said)
        need(len(parts) == 2 + ("payload" in said), "members")
        signer = signature(parts[1], parts[0], b"hpn-receipt@v1")
        need(known.get((said["from"], said["key"])) == signer and fingerprint(signer) == said["key"], "key")
        need("demo" not in said and said["unit"] == me, "to")
        if "payload" in said:
            sizes, identity = said["payload"], pyrage.x25519.Identity.from_str(secret)
            need(
                len(parts[2]) == sizes["ct_len"] and hashlib.sha256(parts[2]).hexdigest() == sizes["ct_sha256"],
                "payload",
            )
            need(said["to_keys"] == [str(identity.to_public())], "to")
            check_lines(lines_of(opened(parts[2], identity), sizes, 8192), said)
    except No as no:
        return str(no)
    return None
