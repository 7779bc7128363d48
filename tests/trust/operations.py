"""What an officer does, as operations that a fault can hit: each has a base to start from and says what it committed.

A root holds ``book`` (the data folder) and ``stick`` (a folder outside). Ids, randomness and the clock stand still, so
the same operation on the same base ends in the same state.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from openpyxl import Workbook

from sochihoi.domain.people import PartialDate
from sochihoi.services.backups import restore
from sochihoi.services.demo.plan import PASSWORD as DEMO_PASSWORD
from sochihoi.services.office import Office
from sochihoi.services.opening import open_office
from sochihoi.storage.vault import LIGHTEST, Keyring
from tests.exchange_data import MOMENT, OCTOBER, REASON, SEPTEMBER, closed_meeting, commune, introduce
from tests.exchange_data import with_records as add_records
from tests.meetings_data import add_branch
from tests.offices import PASSWORD, around, make_above
from tests.people_data import add_members, details, name_of

NEW_PASSWORD = "dien-dien-vang-2027"
GOLDEN = Path(__file__).parent.parent / "golden"
TITLES = ("STT", "Họ và tên", "Ngày sinh", "Số điện thoại", "Chi hội", "Ngày vào Hội")

Done = Callable[[str], None]  # called after each act that is committed: an acknowledgement


@dataclass(frozen=True, slots=True)
class Operation:
    """``prepare(root)`` makes the base, ``run(root, done)`` acts.

    ``migrates``: opening the book changes it, so its state is taken before that. ``repeats``: may be done twice.
    ``two_files``: it changes the keyring and the database, which no system does at once. Cut between the two, the new
    password holds and the journal does not know of it yet; nothing was acknowledged then.
    """

    name: str
    prepare: Callable[[Path], None]
    run: Callable[[Path, Done], None]
    passwords: tuple[str, ...] = (PASSWORD,)
    migrates: bool = False
    repeats: bool = True
    two_files: bool = False


def _open(root: Path, seed: str, password: str = PASSWORD) -> Office:
    return open_office(root / "book", password, around=around(seed, MOMENT))


def _commune(root: Path) -> None:
    """Six members of a branch."""
    (root / "stick").mkdir(parents=True)
    office = commune(root / "book")
    add_members(office, count=6)
    office.close()


# ---------------------------------------------------------------------- saving a member


def _save(root: Path, done: Done) -> None:
    office = _open(root, "save")
    (branch, *_others) = office.setup.branches()
    office.people.add(details(name_of(90), national_id="094171006538", phone="0912345678"), branch.id)
    done("saved")
    office.close()


# ---------------------------------------------------------------------- a list


def write_list(path: Path, count: int) -> None:
    """A list of so many, in two branches of which one is new."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(TITLES)
    for n in range(count):
        branch = ("Ấp An Hòa", "Ấp Phú Mỹ")[n % 2]
        sheet.append((n + 1, name_of(100 + n), f"08/03/{1960 + n % 40}", f"09{12000000 + n}", branch, "20/10/1998"))
    book.save(path)


def _with_list(root: Path) -> None:
    _commune(root)
    write_list(root / "stick" / "ds.xlsx", 6)


def _import(root: Path, done: Done) -> None:
    office = _open(root, "import")
    office.imports.commit(office.imports.preview(root / "stick" / "ds.xlsx"))
    done("imported")
    office.close()


# ---------------------------------------------------------------------- another password


def _rewrap(root: Path, done: Done) -> None:
    office = _open(root, "rewrap")
    office.setup.change_password(NEW_PASSWORD, around("rewrap", MOMENT))
    done("changed")
    office.close()


# ---------------------------------------------------------------------- copies and the way back


def _back_up(root: Path, done: Done) -> None:
    office = _open(root, "backup")
    office.backups.choose_folder(root / "stick")
    done("second place")
    office.backups.automatic()
    done("automatic")
    office.backups.make(root / "stick" / "copy.hpnbak", overwrite=True)
    done("by hand")
    office.close()


def _with_copy(root: Path) -> None:
    """A copy on the stick, a member saved since, and a keyring with a second password since."""
    _commune(root)
    office = _open(root, "copy")
    office.backups.make(root / "stick" / "copy.hpnbak")
    add_members(office, count=1)
    office.close()


def _restore(root: Path, done: Done) -> None:
    restore(root / "stick" / "copy.hpnbak", root / "book", PASSWORD, None, around("restore", MOMENT))
    done("restored")


# ---------------------------------------------------------------------- an older schema


def _old_schema(root: Path) -> None:
    (root / "stick").mkdir(parents=True)
    shutil.copytree(GOLDEN / "schema-0001", root / "book")
    ring = Keyring.read(root / "book" / "keyring.json")
    key, who = ring.open(DEMO_PASSWORD)
    ring.add(key, who, DEMO_PASSWORD, random=around("light").random, cost=LIGHTEST)  # it is opened thousands of times
    ring.save()
    (root / "book" / "keyring.old.json").unlink()


def _migrate(root: Path, done: Done) -> None:
    office = _open(root, "migrate", DEMO_PASSWORD)
    done("migrated")
    office.close()


# ---------------------------------------------------------------------- the month, and what is sent of it


def _with_month(root: Path) -> None:
    """September closed, October ready to be closed."""
    (root / "stick").mkdir(parents=True)
    office = commune(root / "book")
    branch = add_branch(office, "Ấp An Hòa", 5, cells=0)
    for month in (SEPTEMBER, OCTOBER):
        closed_meeting(office, branch, date(month.year, month.index, 10), absent=1)
    office.months.close(SEPTEMBER, reason=REASON)
    office.close()


def _close_month(root: Path, done: Done) -> None:
    office = _open(root, "close")
    office.months.close(OCTOBER, reason=REASON)
    done("closed")
    office.close()


def _both_ends(root: Path, keep: str) -> None:
    """Two who know each other; ``keep`` becomes the book."""
    (root / "stick").mkdir(parents=True)
    made = root / "made"
    below, above = commune(made / "below"), make_above(made / "above", moment=MOMENT)
    add_records(below, members=4, months=(OCTOBER,))
    introduce(below, above)
    if keep == "above":
        below.sending.write(below.sending.prepare(OCTOBER).id, root / "stick")
    below.close()
    above.close()
    (made / keep).rename(root / "book")
    shutil.rmtree(made)


def _send(root: Path, done: Done) -> None:
    office = _open(root, "send")
    file = office.sending.prepare(OCTOBER)
    done("prepared")
    office.sending.write(file.id, root / "stick")
    done("written")
    office.close()


def _receive(root: Path, done: Done) -> None:
    office = _open(root, "receive")
    verdicts = office.receiving.receive([root / "stick"])
    assert [one.outcome.name for one in verdicts] in (["STORED"], ["DUPLICATE"]), verdicts
    done("received")
    office.receiving.write_receipts(root / "stick")
    done("answered")
    office.close()


OPERATIONS = {
    one.name: one
    for one in (
        Operation("save", _commune, _save, repeats=False),
        Operation("import", _with_list, _import),
        Operation("rewrap", _commune, _rewrap, (PASSWORD, NEW_PASSWORD), repeats=False, two_files=True),
        Operation("backup", _commune, _back_up),
        Operation("restore", _with_copy, _restore),
        Operation("migrate", _old_schema, _migrate, (DEMO_PASSWORD,), migrates=True),
        Operation("close", _with_month, _close_month, repeats=False),
        Operation("send", lambda root: _both_ends(root, "below"), _send),
        Operation("receive", lambda root: _both_ends(root, "above"), _receive),
    )
}


# ---------------------------------------------------------------------- longer work


def save_for_ever(root: Path, done: Done, first: int) -> None:
    """Members one after the other, each acknowledged by her number, until somebody ends the process."""
    office = open_office(root / "book", PASSWORD, around=around(f"loop {first}", MOMENT))
    (branch, *_others) = office.setup.branches()
    number = first
    done("open")
    while True:
        told = details(name_of(number % 400), address=f"Số {number}", birth=PartialDate(1940 + number % 40, 3, 8))
        office.people.add(told, branch.id)
        done(str(number))
        number += 1


def a_day(root: Path, done: Done) -> None:
    """Saving, a list, another password, a copy, and two ends of work with the log folded in between."""
    for part in range(2):
        office = _open(root, f"day {part}", PASSWORD if part == 0 else NEW_PASSWORD)
        (branch, *_others) = office.setup.branches()
        for number in range(3):
            office.people.add(details(name_of(200 + 10 * part + number)), branch.id)
            done("member")
        if part == 0:
            office.imports.commit(office.imports.preview(root / "stick" / "ds.xlsx"))
            done("import")
            office.setup.change_password(NEW_PASSWORD, around("day", MOMENT))
            done("password")
        else:
            office.backups.automatic()
            done("backup")
        office.close()
        done("closed")
