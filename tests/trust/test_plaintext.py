"""R22: a session with marked words, then a hunt for them in everything that lies on the disk: the book while it is
open (its write-ahead log, its lock) and after, temporary folders, the log of the program, backups, the signed file,
receipts, key files, the report of a crash. PDF and Excel are made to be read and are no part of the hunt.
"""

from __future__ import annotations

import base64
import logging
import shutil
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from sochihoi.domain.meeting_records import MeetingPlan
from sochihoi.domain.meetings import Mark
from sochihoi.domain.members import MemberDetails, NewMember
from sochihoi.domain.people import PartialDate
from sochihoi.domain.vietnamese import fold
from sochihoi.services import trusting
from sochihoi.services.office import Office
from sochihoi.ui.crash import write_report
from tests.exchange_data import MOMENT, OCTOBER, REASON, commune
from tests.offices import PASSWORD, make_above
from tests.people_data import add_branch
from tests.trust.conftest import Counted

MARKERS = {
    "name": "Zuýchmarkơ Thị Quỵnhdấu",
    "phone": "0987654321",
    "national id": "092199123457",
    "address": "Số 7 ngõ Xăngmarkơ",
    "note": "Ghichúbímật của chị",
    "topic": "Chủđềmarkơ riêng",
    "guest": "Kháchmarkơ tỉnh",
    "draft": "Bảnnhápmarkơ chưa lưu",
    "goal": "Ghichúchỉtiêu markơ",
    "reason": "Lýdomarkơ sửa lại",
}


def spellings(text: str) -> Iterator[bytes]:
    """As files might hold it: plain, folded, wide, and in base64 at each of its three offsets."""
    for told in {text, fold(text), text.lower(), text.split(maxsplit=1)[0]}:
        yield told.encode()
        yield told.encode("utf-16-le")
        for shift in range(3):
            coded = base64.b64encode(b"\0" * shift + told.encode())
            yield coded[4 if shift else 0 : len(coded) - 4]


# Anything shorter lies in any encrypted file by chance
NEEDLES = {name: tuple({one for one in spellings(text) if len(one) >= 9}) for name, text in MARKERS.items()}


def hits(*places: Path) -> tuple[int, dict[str, str]]:
    """How many files were looked through, and which of them hold a marked word."""
    found, looked = {}, 0
    for place in places:
        for file in sorted(place.rglob("*")):
            if not file.is_file():
                continue
            looked += 1
            data = file.read_bytes()
            for name, needles in NEEDLES.items():
                if any(needle in data for needle in needles):
                    found[f"{file.name}: {name}"] = str(file)
    return looked, found


def session(office: Office) -> None:
    """An officer types all marked words."""
    branch, _cells = add_branch(office)
    woman = MemberDetails(
        MARKERS["name"],
        birth=PartialDate(1971, 3, 8),
        joined=PartialDate(1998, 10, 20),
        phone=MARKERS["phone"],
        national_id=MARKERS["national id"],
        address=MARKERS["address"],
        note=MARKERS["note"],
    )
    office.people.add_many([NewMember(woman, branch, None)])
    office.drafts.save("people.form", {"full_name": MARKERS["draft"]})
    (meeting,) = office.meetings.plan([branch], MeetingPlan(held_on=date(2026, 10, 10), topic=MARKERS["topic"]))
    office.meetings.freeze([meeting.id])
    office.meetings.set_guests(meeting.id, 2, MARKERS["guest"])
    office.meetings.close(meeting.id, Mark.PRESENT)
    office.targets.enter("special_group_model_n", OCTOBER, 2, note=MARKERS["goal"])
    office.people.rows("ALL", MARKERS["name"])


def crashed() -> Exception:
    """An error that holds a name, raised while another one was handled."""
    try:
        try:
            int(MARKERS["phone"] + "x")
        except ValueError as first:
            raise LookupError(MARKERS["name"]) from first
    except LookupError as error:
        return error


def test_no_marked_word_lies_anywhere_in_clear(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, counted: Counted, caplog: pytest.LogCaptureFixture
) -> None:
    temporary, logs, out = (tmp_path / name for name in ("temporary", "logs", "out"))
    for folder in (temporary, logs, out):
        folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    monkeypatch.setenv("SQLITE_TMPDIR", str(temporary))
    handler = logging.FileHandler(logs / "all.log", encoding="utf-8")
    logging.getLogger().addHandler(handler)
    caplog.set_level(logging.DEBUG)
    office = commune(tmp_path / "commune")
    above = make_above(tmp_path / "above", moment=MOMENT)
    try:
        trusting.accept(office, above.sending.key_file())
        trusting.accept(above, office.sending.key_file())
        session(office)
        looked, failures = hits(tmp_path)  # the book is open: its log is beside it
        assert list((tmp_path / "commune").glob("*-wal"))
        office.months.close(OCTOBER, reason=REASON)
        office.months.begin_supplement(OCTOBER, MARKERS["reason"])
        office.months.close(OCTOBER, reason=REASON)
        sent = office.sending.write(office.sending.prepare(OCTOBER).id, out / "stick")
        above.receiving.receive([sent])
        above.receiving.write_receipts(out / "receipts")
        above.receiving.write_allowed_signers(out / "allowed_signers")
        office.sending.write_keys(out / "key.hpnkey")
        office.backups.make(out / "copy.hpnbak")
        write_report(out / "crash", crashed(), MOMENT)
        assert list((out / "crash").iterdir())
        more, again = hits(tmp_path)
        looked, failures = looked + more, failures | again
    finally:
        office.close()
        above.close()
        logging.getLogger().removeHandler(handler)
        handler.close()
    more, again = hits(tmp_path)
    # the hunter finds what is there: the same words in a file of its own
    bait = tmp_path / "bait"
    bait.mkdir()
    for name, text in MARKERS.items():
        (bait / name).write_bytes(b"\0" * 7 + text.encode())
    assert len(hits(bait)[1]) >= len(MARKERS)
    shutil.rmtree(bait)
    counted("R22 files without a word in clear", looked + more, failures | again, least=30)
    assert PASSWORD.encode() not in b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
