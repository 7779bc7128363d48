"""A second reader of receipts: section 8 of desktop/docs/sync-format.md in code, importing nothing of the product."""

from __future__ import annotations

from typing import Any

from tests.sync.independent import (
    HEX,
    UNIT,
    UUID,
    No,
    check_inner,
    check_moment,
    fingerprint,
    is_,
    members,
    need,
    period,
    read_json,
    signature,
    within,
)

NEEDED = "fmt kind schema from key unit file_id period epoch epoch_no seq mh answer rows rejected warnings receipt_no"
NEEDED += " received register_version defpack_version audit"
OPTIONAL = "code prev_receipt last_accepted demo"
REFUSALS = "TOO_BIG CONTAINER MANIFEST KEY_UNKNOWN KEY_REVOKED SIG_FORMAT SIG_BAD SCHEMA PAYLOAD_HASH NOT_FOR_ME DEMO"
REFUSALS += " DECRYPT PLAINTEXT_HASH BINDING SCOPE ROW STALE FORK_SAME_SEQ FORK_CHAIN EPOCH_UNPROVEN UNIT_CLOSED"
REFUSALS += " DUPLICATE HOLD INTERNAL"
MOST = 10**9 - 1


def check_manifest(said: Any) -> None:
    keys, optional = set(NEEDED.split()), set(OPTIONAL.split())
    need(type(said) is dict and keys <= set(said) <= keys | optional, "keys")
    need(said["fmt"] == "hpn-sync/1" and said["kind"] == "receipt" and within(said["schema"], 1, 1), "fmt")
    need(is_(UNIT, said["from"]) and is_(UNIT, said["unit"]) and is_("SHA256:[0-9A-Za-z+/]{43}", said["key"]), "who")
    need(is_(UUID, said["file_id"]) and is_(UUID, said["epoch"]) and is_(HEX, said["mh"]), "file")
    need(period(said["period"]) and within(said["epoch_no"], 1, 10**6) and within(said["seq"], 1, MOST), "file")
    returned = said["answer"] == "RETURNED"
    need(returned or said["answer"] == "APPLIED", "answer")
    need(("code" in said) == returned and (not returned or said["code"] in REFUSALS.split()), "code")
    need(within(said["rows"], 0, 0 if returned else 400_000) and said["rejected"] == [], "rows")
    warnings = said["warnings"]
    need(type(warnings) is list and len(warnings) <= 32, "warnings")
    need(all(is_("[A-Z][A-Z_]{0,31}", one) for one in warnings) and warnings == sorted(set(warnings)), "warnings")
    need(within(said["receipt_no"], 1, MOST) and ("prev_receipt" in said) == (said["receipt_no"] > 1), "number")
    need(is_(HEX, said.get("prev_receipt", said["mh"])), "prev_receipt")
    check_moment(said["received"])
    check_inner(said)
    here = {name: said[name] for name in ("epoch", "epoch_no", "seq", "mh")}
    need(returned or said.get("last_accepted") == here, "last_accepted")
    need(all(within(said[name], 0, MOST) for name in ("register_version", "defpack_version")), "versions")
    need(said.get("demo", True) is True, "demo")


def verify(data: bytes, known: dict[tuple[str, str], bytes]) -> str | None:
    """``known``: (receiving unit, fingerprint) to public key, 32 bytes. Real files only."""
    try:
        parts = members(data)
        need(len(parts) == 2, "members")
        said = read_json(parts[0])
        check_manifest(said)
        signer = signature(parts[1], parts[0], b"hpn-receipt@v1")
        need(known.get((said["from"], said["key"])) == signer and fingerprint(signer) == said["key"], "key")
        need("demo" not in said, "demo")
    except No as no:
        return str(no)
    return None
