"""A second reader of the signed file: desktop/docs/sync-format.md in code, importing nothing of the product.

It shares no line with the product, but it shares the author: agreement finds slips, not a common misunderstanding.

``verify`` says ``None`` for a file that it would take, otherwise in a word why not. Written to be different on
purpose: offsets from the end of the archive, a hand-made JSON writer, a table of keys instead of a reader class.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import unicodedata
import zlib
from datetime import date, datetime
from typing import Any

import pyrage
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

HEX = "[0-9a-f]{64}"
UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
UNIT = "[0-9A-Za-z][0-9A-Za-z.-]{0,31}"
CODE = "[A-Za-z][0-9A-Za-z_.-]{0,63}"
SHORT = "[0-9A-Za-z][0-9A-Za-z.+_-]{0,31}"
PERIOD = "[0-9]{4}(-(0[1-9]|1[0-2]|Q[1-4]|H[12]))?"
AGE = "age1[02-9ac-hj-np-z]{58}"
BIG = 10**15
MEETING = "absent due excused guests held on_schedule present roster"
STUDY = "attendances campaigns eligible guests reached sessions"
CAMPAIGN = "assessed households mobilised newly_passed passed registered"
SCORING = "branches maximum model outstanding points scale scored"
TEXTS = {"code": 32, "full_name": 200, "phone": 60, "address": 300, "hamlet": 200, "education": 100, "occupation": 200}
TEXTS |= {"professional_level": 100, "ethnicity": 100, "religion": 100}
FLAGS = ["core_member", "honorary", "party_member", "health_insurance"]
SHAPES = {"national_id": "[0-9]{12}", "branch": UUID, "household_group": CODE}
COLUMNS = {"birth", "joined", *TEXTS, *FLAGS, *SHAPES}
COUNTS = {"MEETING": MEETING, "STUDY": STUDY, "CAMPAIGN": CAMPAIGN, "SCORING": SCORING}


class No(Exception):
    """Why a file is not taken."""


def need(truth: object, why: str) -> None:
    if not truth:
        raise No(why)


def spell(value: Any) -> str:
    """Canonical JSON by hand."""
    if value is True or value is False:
        return "true" if value else "false"
    if type(value) is int and abs(value) <= 2**53:
        return str(value)
    if type(value) is str and unicodedata.is_normalized("NFC", value):
        return json.dumps(value, ensure_ascii=False)
    if type(value) is list:
        return "[" + ",".join(map(spell, value)) + "]"
    if type(value) is dict:
        return "{" + ",".join(f"{json.dumps(key)}:{spell(value[key])}" for key in sorted(value)) + "}"
    raise No("json")


def read_json(data: bytes) -> Any:
    try:
        value = json.loads(data.decode())
        good = spell(value).encode() == data
    except (ValueError, RecursionError):
        raise No("json") from None
    need(good, "spelling")
    return value


def is_(shape: str, value: object) -> bool:
    return type(value) is str and re.fullmatch(shape, value, re.ASCII) is not None


def within(value: object, low: int, high: int) -> bool:
    return type(value) is int and low <= value <= high


def words(value: object, limit: int) -> bool:
    unseen = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    return (
        type(value) is str
        and 0 < len(value) <= limit
        and value == value.strip()
        and not any(unicodedata.category(letter) in unseen for letter in value)
    )


def period(value: object) -> bool:
    return is_(PERIOD, value) and 1930 <= int(str(value)[:4]) <= 2199


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
    optional = {"prev", "parent", "clock_suspect", "demo", "defpack", "last_receipt"}
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
    need(all(said.get(key, True) is True for key in ("clock_suspect", "demo")), "marks")
    check_inner(said)


def check_addressees(said: Any) -> None:
    for key, shape in (("to", UNIT), ("to_keys", AGE)):
        listed = said[key]
        need(type(listed) is list and 1 <= len(listed) <= 8 and all(is_(shape, one) for one in listed), key)
        need(listed == sorted(set(listed)), key)


def check_moment(value: object) -> None:
    need(is_("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z", value), "time")
    try:
        datetime.strptime(str(value)[:-1], "%Y-%m-%dT%H:%M:%S")  # noqa: DTZ007 - only whether it exists
        need(str(value)[17:19] < "60", "time")
    except ValueError:
        raise No("time") from None


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


def check_rows(lines: list[Any], said: dict[str, Any]) -> None:
    header, rows = lines[0], lines[1:]
    bound = {key: said[key] for key in ("file_id", "unit", "seq", "epoch", "key")}
    counts: dict[str, int] = {}
    for row in rows:
        need(type(row) is dict and type(row.get("t")) is str, "row")
        counts[row["t"]] = counts.get(row["t"], 0) + 1
    need(type(header) is dict and is_("[0-9a-f]{32}", header.get("salt")), "header")
    expected = bound | {"t": "hdr", "profile": "tong-hop", "salt": header["salt"], "rows": counts}
    columns: set[str] = set()
    if header.get("profile") == "danh-sach":
        listed = header.get("columns")
        need(type(listed) is list and listed and all(type(one) is str for one in listed), "columns")
        columns = set(listed)
        need(columns <= COLUMNS and listed == sorted(columns), "columns")
        expected |= {"profile": "danh-sach", "columns": listed}
    need(spell(header) == spell(expected), "binding")
    for row in rows:
        need(row.get("unit") == said["unit"], "scope")
        check_row(row)
    names = [(row["t"], row["id"]) for row in rows]
    need(names == sorted(set(names)), "order")
    closed = {row["period"]: row["edition"] for row in rows if row["t"] == "closing"}
    branches = [row for row in rows if row["t"] == "branch"]
    need(len({row["code"] for row in branches}) == len(branches), "codes")
    years = (int(said["period"][:4]), int(said["period"][:4]) - 1)
    need(said["period"] in closed and all(int(one[:4]) in years for one in closed), "closings")
    for row in rows:
        if row["t"] == "member":
            need(set(row) - {"t", "id", "unit"} <= columns, "columns")
            need(row.get("branch", "") in {"", *(one["id"] for one in branches)}, "names")
        elif row["t"] not in ("branch", "closing"):
            need(row["branch"] in {"", *(one["id"] for one in branches)} and row["period"] in closed, "names")
            need(row["t"] != "indicator" or closed[row["period"]] == row["edition"], "edition")


def check_row(row: dict[str, Any]) -> None:
    kind, keys = row["t"], set(row) - {"t", "id", "unit"}
    if kind == "branch":
        need(keys == {"code", "name"} and is_(UUID, row.get("id")), kind)
        need(is_(SHORT, row["code"]) and words(row["name"], 200), kind)
        return
    if kind == "member":
        check_member(row, keys)
        return
    need(period(row.get("period")), "period")
    name = row["period"]
    if kind == "closing":
        need({"period", "edition", "closed_on"} <= keys <= {"period", "edition", "closed_on", "reason"}, kind)
        need(within(row["edition"], 1, 999) and words(row.get("reason", "x"), 500), kind)
        try:
            need(is_("[0-9-]{10}", row["closed_on"]) and date.fromisoformat(row["closed_on"]), kind)
        except ValueError:
            raise No(kind) from None
        need(row.get("id") == name, "id")
        return
    need(is_(f"({UUID})?", row.get("branch")), "branch")
    name += f"/{row['branch']}/"
    if kind == "activity":
        need(row.get("kind") in COUNTS if type(row.get("kind")) is str else False, kind)
        wanted = COUNTS[row["kind"]].split()
        need(keys == {"period", "branch", "kind", *wanted}, kind)
        need(all(within(row[key], 0, 6 if key == "scale" else 10**9) for key in wanted), kind)
        name += row["kind"]
    else:
        numbers = {"num": (-BIG, BIG), "den": (0, BIG), "ytd_num": (-BIG, BIG), "ytd_den": (0, BIG), "scale": (1, 6)}
        numbers |= {"goal_num": (-BIG, BIG), "goal_den": (1, BIG), "edition": (1, 999)}
        need(is_(CODE, row.get("code")) and all(within(row[key], *numbers[key]) for key in keys & set(numbers)), kind)
        name += row["code"]
        if kind == "indicator":
            fixed = {"period", "branch", "code", "num"}
            need(fixed | {"edition"} <= keys <= fixed | {"edition", "den", "scale", "ytd_num", "ytd_den"}, kind)
            need(not {"den", "scale"} <= keys and ("ytd_den" in keys) == ({"den", "ytd_num"} <= keys), kind)
        else:
            need(kind == "target", "t")
            fixed = {"period", "branch", "code", "span", "direction"}
            need(fixed <= keys <= fixed | {"num", "den", "goal_num", "goal_den", "scale"}, kind)
            need(row["direction"] in ("AT_LEAST", "OVER", "AT_MOST", "UNDER", "EXACTLY"), kind)
            need(is_("[0-9]{4}(-[0-9]{4})?", row["span"]), kind)
            years = row["span"].split("-")
            need(years == sorted(set(years)), kind)
            shares = [{"num", "den"} <= keys, {"goal_num", "goal_den"} <= keys]
            need(keys & {"num", "goal_num"} and len({"den", "goal_den"} & keys) == sum(shares), kind)
            need(not any(shares) or "scale" not in keys, kind)
            need(not {"num", "goal_num"} <= keys or shares[0] == shares[1], kind)
    need(row.get("id") == name, "id")


def check_member(row: dict[str, Any], keys: set[str]) -> None:
    need(is_(UUID, row.get("id")) and keys <= COLUMNS, "member")
    need(all(words(row[key], TEXTS[key]) for key in keys & set(TEXTS)), "member")
    need(all(row[key] is True for key in keys & set(FLAGS)), "member")
    need(all(is_(SHAPES[key], row[key]) for key in keys & set(SHAPES)), "member")
    for key in keys & {"birth", "joined"}:
        need(is_("[0-9]{4}(-[0-9]{2}){0,2}", row[key]), "member")
        try:
            date.fromisoformat((row[key] + "-01-01")[:10])
        except ValueError:
            raise No("member") from None


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
