"""Signing with a key file: readers of others find the signature valid, and it stands where the paper says."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12
from PIL import Image

from sochihoi.reports import preview
from sochihoi.reports.official import pdf
from sochihoi.reports.signing import errors
from sochihoi.reports.signing.check import Coverage, State, is_of_unit, reader_of, roots, verify
from sochihoi.reports.signing.keys import KeyFile
from sochihoi.reports.signing.place import MAIN, MM, SECOND, signing_place
from sochihoi.reports.signing.sign import Look, sign
from sochihoi.reports.signing.stamp import Kind
from tests.reports import samples
from tests.reports.conftest import Tool, find
from tests.reports.signing import certificates as made
from tests.reports.signing.conftest import Sign, key_of, png

BLUE, RED = (10, 40, 180), (205, 0, 0)


def test_a_signed_paper_is_the_paper_and_a_signature(paper: bytes, signed: Sign, tool: Tool) -> None:
    done = signed()
    assert done.content.startswith(paper)
    told = tool(done.content, "pdfsig", "-nocert", "{}")
    assert "Signature is Valid" in told
    assert "Total document signed" in told
    assert "ETSI.CAdES.detached" in told
    assert "SHA-256" in told
    assert "Oct 30 2026 07:05:09" in told or "Oct 30 2026 14:05:09" in told
    assert done.check.state is State.UNKNOWN_CHAIN
    assert (done.check.signer, done.check.unit) == (made.SIGNER, made.UNIT)
    assert done.check.claimed_at == made.NOW
    tool(done.content, "qpdf", "--check", "{}")


def test_one_flipped_byte_is_found(paper: bytes, signed: Sign, tool: Tool) -> None:
    content = bytearray(signed().content)
    at = content.index(b"/Producer") + 20
    content[at] ^= 1
    assert "Digest Mismatch" in tool(bytes(content), "pdfsig", "-nocert", "{}")
    assert verify(bytes(content), made.NOW)[0].state is State.BROKEN
    with pytest.raises(errors.BrokenSignature):
        signed(content=bytes(content), holder=made.organisation())


def test_the_root_on_this_pc_decides_about_trust(signed: Sign, tmp_path: Path) -> None:
    content = signed().content
    (tmp_path / "goc.crt").write_bytes(made.authority().der)
    (tmp_path / "khac.pem").write_bytes(made.authority("Cơ quan khác", 9).pem)
    (tmp_path / "hong.cer").write_bytes(b"khong phai chung thu")
    (tmp_path / "ca-nhan.pem").write_bytes(made.holder().pem)  # no authority: it vouches for nobody
    both = roots([tmp_path, tmp_path / "khong-co"])
    assert len(both) == 2
    assert verify(content, made.NOW, both)[0].state is State.GOOD
    assert verify(content, made.NOW, [both[1]])[0].state is State.UNKNOWN_CHAIN
    assert verify(content, made.NOW)[0].state is State.UNKNOWN_CHAIN


def test_others_trust_it_when_they_know_the_root(signed: Sign, tool: Tool, tmp_path: Path) -> None:
    tool(b"", "certutil", "-N", "-d", str(tmp_path), "--empty-password")
    root = tmp_path / "root.pem"
    root.write_bytes(made.authority().pem)
    tool(b"", "certutil", "-A", "-d", str(tmp_path), "-n", "goc", "-t", "C,C,C", "-i", str(root))
    told = tool(signed().content, "pdfsig", "-nssdir", str(tmp_path), "{}")
    assert "Signature is Valid" in told
    assert "Certificate is Trusted" in told


def test_the_second_signature_keeps_the_first(signed: Sign, tool: Tool) -> None:
    first = signed()
    both = signed(content=first.content, holder=made.organisation()).content
    assert both.startswith(first.content)
    assert tool(both, "pdfsig", "-nocert", "{}").count("Signature is Valid") == 2
    checks = verify(both, made.NOW)
    assert [one.coverage for one in checks] == [Coverage.SIGNED_AGAIN, Coverage.WHOLE]
    assert all(one.agrees for one in checks)
    tool(both, "qpdf", "--check", "{}")
    with pytest.raises(errors.AlreadySigned):
        signed(content=both)


def test_what_is_added_after_it_by_anybody_is_told(signed: Sign) -> None:
    from io import BytesIO

    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(BytesIO(signed().content))
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"0 0 600 800 re f"))
    writer.update_container(page)
    out = BytesIO()
    writer.write(out)
    check = verify(out.getvalue(), made.NOW)[0]
    assert (check.state, check.coverage) == (State.CHANGED, Coverage.CHANGED)
    with pytest.raises(errors.BrokenSignature):
        signed(content=out.getvalue(), holder=made.organisation())


# ---------------------------------------------------------------------- where it stands


def test_the_words_stand_between_title_and_name(signed: Sign, lines, tool: Tool) -> None:
    done = signed()
    there = lines(done.content)
    title, name = find(there, "CHỦ TỊCH"), find(there, "Trần Thị Ngọc Ánh")
    page = done.check.page
    assert page == name.page
    left, bottom, right, top = (edge / MM for edge in done.check.box)
    high = 297
    assert title.bottom - 1 <= high - top
    assert high - bottom <= name.top + 1
    assert abs((left + right) / 2 - title.middle) <= 1
    # What readers see of it: each line of the stamp, its letters inside the file
    told = tool(done.content, "pdftotext", "-f", str(page), "-l", str(page), "-layout", "{}", "-")
    for text in (f"Ký bởi: {made.SIGNER}", f"Đơn vị: {made.UNIT}", "Thời gian ký: 30-10-2026 14:05:09 +07:00"):
        assert text in told
    stamp = find(there, "Ký bởi:")
    assert left - 1 <= stamp.left <= stamp.right <= right + 1
    fonts = tool(done.content, "pdffonts", "{}").splitlines()[2:]
    assert fonts
    assert all(line.split()[-5:-2] == ["yes", "yes", "yes"] for line in fonts)


def test_pictures_stand_as_the_decree_says(signed: Sign) -> None:
    person = signed(Look(picture=png(600, 240, BLUE)))
    seal = png(425, 425, RED, dpi=300)  # 36 mm
    unit = signed(Look(picture=seal), content=person.content, holder=made.organisation())
    mine, stamp = person.check.box, unit.check.box
    place = signing_place(reader_of(person.content))
    assert place is not None
    assert abs((mine[0] + mine[2]) / 2 - (place.left + place.right) / 2) <= 1 * MM
    assert place.bottom - 1 <= mine[1] <= mine[3] <= place.top + 1
    assert abs((stamp[2] - stamp[0]) / MM - 36) <= 0.5
    assert abs((stamp[3] - stamp[1]) / MM - 36) <= 0.5
    # The stamp covers a third of the signature, on its left, at its height
    assert abs(stamp[2] - (mine[0] + (mine[2] - mine[0]) / 3)) <= 1 * MM
    assert stamp[0] < mine[0]
    assert abs((stamp[1] + stamp[3]) / 2 - (mine[1] + mine[3]) / 2) <= 1 * MM


def test_the_preview_shows_the_stamp(signed: Sign) -> None:
    done = signed(Look(picture=png(600, 240, BLUE)))
    assert done.check.page is not None
    seen = Image.open(BytesIO(preview.page_png(done.content, done.check.page - 1, 72))).convert("RGB")
    blue = [colour for colour in (seen.getcolors(1 << 20) or ()) if colour[1][2] > 140 > 100 > colour[1][0]]
    assert sum(count for count, _colour in blue) > 100


def test_the_organisation_signs_an_annex_in_the_corner(signed: Sign, lines) -> None:
    done = signed(Look(kind=Kind.ANNEX, number="05/BC-BTV"), holder=made.organisation())
    assert done.check.page == 1
    _left, _bottom, right, top = (edge / MM for edge in done.check.box)
    assert abs(210 - right - 15) <= 1
    assert abs(297 - top - 8) <= 1
    texts = [line.text for line in lines(done.content) if line.page == 1][:4]
    assert "05/BC-BTV" in texts
    assert "30-10-2026 14:05:09 +07:00" in texts


@pytest.mark.parametrize(
    ("name", "numbers", "of_unit"),
    [
        (made.SIGNER, (), False),
        (made.UNIT, (), True),
        ("Hội LHPN Hòa Phú", ("MST:1100000000",), True),
        (made.SIGNER, ("CCCD:099000000000",), False),
        (made.SIGNER, ("MST:1100000000", "CMND:990000000"), False),
    ],
)
def test_whose_certificate_it_is(name: str, numbers: tuple[str, ...], of_unit: bool) -> None:
    from asn1crypto.x509 import Certificate

    assert is_of_unit(Certificate.load(made.holder(name, numbers=numbers).der)) is of_unit


def test_the_place_of_a_second_signature_is_on_the_left() -> None:
    from dataclasses import replace

    from sochihoi.reports.document import Signature

    paper = pdf(replace(samples.monthly(), second_signature=Signature("THƯ KÝ", "Lê Thị Bé", seal_room=False)))
    reader = reader_of(paper)
    right, left = signing_place(reader, MAIN), signing_place(reader, SECOND)
    assert right is not None
    assert left is not None
    assert left.right <= right.left
    done = sign(paper, key_of(made.holder()), Look(where=SECOND), now=made.NOW)
    assert done.check.box[2] <= right.left


def test_a_paper_says_its_place_with_the_same_bytes() -> None:
    assert pdf(samples.monthly()) == pdf(samples.monthly())


def test_a_paper_of_others_is_signed_in_the_corner(signed: Sign) -> None:
    from io import BytesIO

    from reportlab.pdfgen.canvas import Canvas

    out = BytesIO()
    canvas = Canvas(out)
    canvas.drawString(100, 100, "Of somebody else")
    canvas.save()
    done = signed(content=out.getvalue())
    assert done.check.page == 1
    assert done.check.box[3] > 780


# ---------------------------------------------------------------------- what is refused


def test_keys_that_do_not_sign(paper: bytes) -> None:
    good = made.holder().key_file()
    wrong = [
        (KeyFile(good, "sai"), errors.WrongKeyPassword),
        (KeyFile(good, ""), errors.WrongKeyPassword),
        (KeyFile(b"day khong phai tep khoa", "x"), errors.NotAKeyFile),
        (KeyFile(b"", "x"), errors.NotAKeyFile),
        (KeyFile(made.holder().der, "x"), errors.NotAKeyFile),
        (KeyFile(paper, "x"), errors.NotAKeyFile),
        (KeyFile(good[: len(good) // 2], made.PASSWORD), errors.NotAKeyFile),
        (KeyFile(made.authority().key_file(), made.PASSWORD), errors.NoSigningKey),
    ]
    only = pkcs12.serialize_key_and_certificates(b"", None, None, [made.authority().certificate], NoEncryption())
    wrong.append((KeyFile(only, ""), errors.NoSigningKey))
    for key, problem in wrong:
        with pytest.raises(problem):
            sign(paper, key, Look(), now=made.NOW)
    assert sign(paper, KeyFile(made.holder().key_file(""), ""), Look(), now=made.NOW).check.agrees


def test_a_password_is_never_shown() -> None:
    assert made.PASSWORD not in repr(KeyFile(made.holder().key_file(), made.PASSWORD))


@pytest.mark.parametrize("now", [made.SINCE - timedelta(days=1), made.UNTIL + timedelta(days=1)])
def test_a_certificate_signs_only_while_it_is_in_force(paper: bytes, now: datetime) -> None:
    with pytest.raises(errors.CertificateNotInForce) as caught:
        sign(paper, key_of(made.holder()), Look(), now=now)
    assert caught.value.signer == made.SIGNER


def test_a_clock_before_an_earlier_signature_signs_nothing(signed: Sign) -> None:
    first = signed().content
    with pytest.raises(errors.WrongClock):
        sign(first, key_of(made.organisation()), Look(), now=made.NOW - timedelta(minutes=5))


def test_a_signature_of_an_expired_certificate_is_told(paper: bytes) -> None:
    # Whoever set a clock back and signed elsewhere: the time that it claims decides, and it is shown
    old = made.holder("Lê Thị Cũ", at=3, since=datetime(2020, 1, 1, tzinfo=UTC), until=datetime(2021, 1, 1, tzinfo=UTC))
    done = sign(paper, key_of(old), Look(), now=datetime(2020, 6, 1, tzinfo=UTC))
    assert done.check.state is State.UNKNOWN_CHAIN
    assert done.check.claimed_at == datetime(2020, 6, 1, tzinfo=UTC)


def test_files_that_cannot_be_signed(paper: bytes, signed: Sign, tool: Tool, tmp_path: Path) -> None:
    for content in (b"", b"khong phai PDF", paper[:5000], b"%PDF-1.7\n%%EOF"):
        with pytest.raises(errors.NotAPdf):
            signed(content=content)
    locked = tmp_path / "locked.pdf"
    tool(paper, "qpdf", "--encrypt", "", "chu", "256", "--", "{}", str(locked))
    with pytest.raises(errors.EncryptedPdf):
        signed(content=locked.read_bytes())
    with pytest.raises(errors.BadStampPicture):
        signed(Look(picture=b"khong phai PNG"))


def test_the_libraries_are_loaded_only_when_somebody_signs() -> None:
    asked = ("pyhanko", "asn1crypto", "pkcs11", "lxml", "PIL", "reportlab")
    script = f"""
import sys
from sochihoi.reports.signing import check, compare, errors, keys, place, sign, stamp
print([name for name in {asked} if name in sys.modules])
"""
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[3] / "desktop")}
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True, env=environment)
    assert told.stdout.strip() == "[]"
