"""What carriers put around a file comes off; what is wrong with a file chooses its own sentence."""

from __future__ import annotations

import gzip
import io
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest

from sochihoi.sync import container, wrapping
from sochihoi.sync.container import FILE_CAP
from sochihoi.sync.envelope import inspect
from sochihoi.sync.errors import Code, Refused, Why
from sochihoi.sync.names import KEY_SUFFIX
from sochihoi.ui.words.refusals import refusal
from tests.sync.samples import COMMUNE, COMMUNE_KEYS, manifest_of, resigned, sealed
from tests.sync.test_container import wrapped
from tests.sync.test_receipt import receipt_file

FILE = sealed()
KEY_FILE = COMMUNE_KEYS.to_bytes(COMMUNE)
PARTS = container.parse(FILE)


def letter(*files: tuple[str, bytes]) -> bytes:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "xa@example.vn", "tinh@example.vn", "Báo cáo tháng 10"
    made.set_content("Kính gửi các chị.")
    for name, data in files:
        made.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return made.as_bytes()


def locked() -> bytes:
    """As a ZIP program marks a member with a password."""
    data = bytearray(wrapped(("a.hpn", FILE), method=zipfile.ZIP_STORED))
    data[6] |= 1
    data[data.rindex(b"PK\1\2") + 8] |= 1  # the last one: the file inside has its own
    return bytes(data)


def flipped(at: int) -> bytes:
    return FILE[:at] + bytes([FILE[at] ^ 1]) + FILE[at + 1 :]


REPACKED = wrapped(
    ("manifest.json", PARTS.manifest), ("manifest.json.sig", PARTS.signature), ("payload.age", PARTS.payload or b"")
)
WRONG: dict[str, tuple[bytes, Why]] = {
    "empty": (b"", Why.EMPTY),
    "a few bytes": (FILE[:20], Why.CUT),
    "half": (FILE[: len(FILE) // 2], Why.CUT),
    "all but the last byte": (FILE[:-1], Why.CUT),
    "one byte more": (FILE + b"\0", Why.LONGER),
    "one bit of the payload": (flipped(1500), Why.CHANGED),
    "one bit of the manifest": (flipped(60), Why.CHANGED),
    "a photo": (b"\xff\xd8\xff\xe0" + bytes(900), Why.NOT_OURS),
    "a PDF": (b"%PDF-1.7\n" + bytes(900), Why.NOT_OURS),
    "text": ("Kính gửi Hội cấp trên".encode(), Why.NOT_OURS),
    "packed anew by another program": (REPACKED, Why.REPACKED),
    "an Excel file": (wrapped(("xl/workbook.xml", b"x")), Why.OTHER_ZIP),
    "a key file": (KEY_FILE, Why.KEY_FILE),
    "a key file in a ZIP": (wrapped(("HPN_31135.hpnkey", KEY_FILE)), Why.KEY_FILE),
    "a ZIP in a ZIP": (wrapped(("a.zip", wrapped(("a.hpn", FILE)))), Why.PACKED),
    "RAR": (b"Rar!\x1a\x07\x01\x00" + bytes(50), Why.PACKED),
    "gzip": (gzip.compress(FILE), Why.PACKED),
    "a method of our time": (wrapped(("a.hpn", FILE), method=zipfile.ZIP_LZMA), Why.PACKED),
    "a ZIP with a password": (locked(), Why.LOCKED),
    "a damaged ZIP": (wrapped(("a.hpn", FILE))[:-9], Why.WRAPPING),
    "two files in a ZIP": (wrapped(("a.hpn", FILE), ("b.hpn", FILE)), Why.SEVERAL),
    "a letter without": (letter(("so-lieu.xlsx", b"x")), Why.LETTER),
    "a kind of later": (resigned(manifest_of(FILE) | {"kind": "pack"}, PARTS.payload), Why.NEWER),
    "a format of later": (resigned(manifest_of(FILE) | {"fmt": "hpn-sync/2"}, PARTS.payload), Why.NEWER),
}


@pytest.mark.parametrize("name", WRONG)
def test_each_kind_of_wrong_file_has_its_own_words(name: str) -> None:
    data, why = WRONG[name]
    with pytest.raises(Refused) as refused:
        inspect(data)
    assert refused.value.code in (Code.CONTAINER, Code.MANIFEST)
    assert refused.value.detail == why
    told = refusal(refused.value.code.value, refused.value.detail)
    assert told.what.endswith(".")
    assert told.todo.endswith(".")


def test_no_two_of_them_say_the_same() -> None:
    told = {why: refusal("CONTAINER", why).what for why in {why for _data, why in WRONG.values()}}
    assert len(set(told.values())) == len(told) >= 14
    assert refusal("CONTAINER", "spelling") == refusal("CONTAINER")  # lines of the ledger from before


def test_a_letter_and_a_zip_give_their_files() -> None:
    assert [*wrapping.inside(letter(("HPN_31135_2026-10_0001.hpn", FILE), ("so.xlsx", b"x")))] == [
        ("HPN_31135_2026-10_0001.hpn", FILE)
    ]
    both = wrapped(
        ("thu muc/HPN_31135_2026-10_0002.hpn", FILE),
        ("__MACOSX/thu muc/._HPN_31135_2026-10_0002.hpn", b"mac"),
        ("thu muc\\HPN_31136_2026-10_0001 (1).HPN", receipt_file()),
        ("Thumbs.db", b"x"),
    )
    assert [*wrapping.inside(both)] == [
        ("HPN_31135_2026-10_0002.hpn", FILE),
        ("HPN_31136_2026-10_0001 (1).HPN", receipt_file()),
    ]
    assert wrapping.unwrap(wrapped(("k.hpnkey", KEY_FILE)), KEY_SUFFIX) == KEY_FILE
    assert inspect(letter(("a.hpn", FILE))).manifest_hash == inspect(FILE).manifest_hash


def test_names_in_a_foreign_archive_cannot_write_elsewhere_or_backwards() -> None:
    ((name, _data),) = wrapping.inside(wrapped(("../../etc/\u202e\x07" + "x" * 300 + ".hpn", FILE)))
    assert "/" not in name
    assert name.isprintable()
    assert len(name) <= 120


def test_too_many_or_too_much_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wrapping, "MAX_INSIDE", 3)
    with pytest.raises(Refused) as refused:
        list(wrapping.inside(wrapped(*((f"{n}.hpn", b"x") for n in range(4)))))
    assert refused.value.code is Code.TOO_BIG
    monkeypatch.setattr(wrapping, "ALL_CAP", 10)
    with pytest.raises(Refused):
        list(wrapping.inside(wrapped(("a.hpn", b"123456"), ("b.hpn", b"123456"))))
    with pytest.raises(Refused) as refused:
        list(wrapping.inside(b"PK\3\4" + bytes(FILE_CAP)))
    assert refused.value.code is Code.TOO_BIG


def test_what_lies_in_a_folder_is_looked_into_without_unpacking(tmp_path: Path) -> None:
    files = {
        "bao cao.zip": (wrapped(("a.hpn", FILE)), True),
        "thu.eml": (letter(("a.HPN", FILE)), True),
        "anh.zip": (wrapped(("a.jpg", b"x")), False),
        "hong.zip": (b"PK\3\4", False),
        "a.txt": (FILE, False),
    }
    for name, (data, _holds) in files.items():
        (tmp_path / name).write_bytes(data)
    assert {name: wrapping.holds(tmp_path / name) for name in files} == {
        name: told for name, (_d, told) in files.items()
    }
    assert not wrapping.holds(tmp_path / "gone.zip")


def test_hostile_wrappings_end_in_a_refusal_only() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.hpn", FILE)
    whole, faults = out.getvalue(), 0
    cases = [whole[:at] for at in range(4, len(whole), 7)]
    cases += [whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :] for at in range(4, len(whole), 3)]
    for case in cases:
        try:
            assert all(content in (FILE, case) for _name, content in wrapping.inside(case))
            faults += 1
        except Refused as refused:
            faults += refused.code in (Code.CONTAINER, Code.TOO_BIG)
    assert faults == len(cases) > 500
