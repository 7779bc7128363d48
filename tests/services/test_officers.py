"""Several officers at one book: each with a folder of her own, at the same moment."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sochihoi.domain.accounts import Role
from sochihoi.domain.keys import KeysDoNotFit, KeysElsewhere
from sochihoi.services import renewing, shared_keys
from sochihoi.services.office import Office
from sochihoi.services.opening import Surroundings, make_receiver, open_office
from sochihoi.services.serving import keep_address, look_at
from sochihoi.storage.errors import (
    CopiedOnServer,
    DiskFull,
    OtherBookThere,
    SecretMissing,
    ServerHasBook,
    WrongPassword,
)
from sochihoi.storage.vault import LIGHTEST
from tests.bench.bench_province import PROJECT, sums
from tests.bench.province import OCTOBER, Province, make
from tests.exchange_data import MOMENT
from tests.offices import PASSWORD, around
from tests.private_server import Cluster

AROUND = Surroundings(now=lambda: MOMENT, cost=LIGHTEST)


@pytest.fixture
def address(cluster: Cluster) -> str:
    return cluster.database()


@pytest.fixture
def office(tmp_path: Path, address: str) -> Iterator[Office]:
    made = make_receiver(
        tmp_path / "one", code="92", name="tỉnh Mẫu", password=PASSWORD, server=address, around=around(moment=MOMENT)
    )
    yield made.office
    made.office.close()


def beside(folder: Path, name: str = "two") -> Path:
    """What a second officer takes over: the folder with its three sealed files."""
    other = folder.parent / name
    shutil.copytree(folder, other, ignore=shutil.ignore_patterns("lock", "open.marker"))
    return other


def test_two_receive_at_the_same_moment_and_nothing_is_lost(tmp_path: Path, office: Office) -> None:
    province = make(office, 12, 30, 2, tmp_path / "drop")
    one = office.store.folder.path
    office.close()
    two = beside(one)
    for name, files in {"left": province.files[:8], "right": province.files[4:]}.items():
        (tmp_path / name).mkdir()
        for file in files:
            shutil.copy(file, tmp_path / name)
        (tmp_path / name / "HPN_90099_2026-10_0001.hpn").write_bytes(b"the same broken file")
    environment = {**os.environ, "PYTHONPATH": f"{PROJECT / 'desktop'}{os.pathsep}{PROJECT}"}
    command = [sys.executable, "-m", "tests.bench.bench_province", "receive"]
    running = [
        subprocess.Popen(
            [*command, str(book), str(tmp_path / drop)], cwd=PROJECT, env=environment, stdout=subprocess.DEVNULL
        )
        for book, drop in ((one, "left"), (two, "right"))
    ]
    assert [process.wait() for process in running] == [0, 0]
    again = open_office(two, PASSWORD, around=AROUND)
    try:
        refused = [line for line in again.receiving.ledger() if line.verdict.name == "REFUSED"]
        assert [line.file_name for line in refused] == ["HPN_90099_2026-10_0001.hpn"]
        stored = [line.file_name for line in again.receiving.ledger() if line.verdict.name == "STORED"]
        assert sorted(stored) == [file.name for file in province.files]
        figures(again, province)
        assert again.store.findings() == ()
    finally:
        again.close()


def figures(office: Office, province: Province) -> None:
    counted = sums(office, "server")
    for code in province.codes:
        assert counted[code][:2] == (province.sums[code, "num"], province.sums[code, "den"]), code
    assert len(office.receiving.totals.of(OCTOBER).sent) == len(province.files)


def test_the_keys_stay_in_the_folders_and_sign_the_same(tmp_path: Path, office: Office, cluster: Cluster) -> None:
    two = open_office(beside(tmp_path / "one"), PASSWORD, around=AROUND)
    try:
        assert two.sending.keys().fingerprint == office.sending.keys().fingerprint
        assert office.store.book.identity
        kept = cluster.at(cluster.newest, "SELECT identity FROM installation")
        assert [bytes(row[0]) for row in kept] == [b""]  # type: ignore[call-overload]
    finally:
        two.close()


class Renewing:
    """A colleague renews the keys while the second file of a drop is under way."""

    def __init__(self, office: Office) -> None:
        self.office = office

    def step(self, done: int, total: int = 0) -> None:
        if done == 1:
            renewing.renew(self.office)


def test_another_pc_notices_that_the_keys_were_renewed(tmp_path: Path, office: Office, cluster: Cluster) -> None:
    drop = tmp_path / "drop"
    old = office.sending.keys().fingerprint
    province = make(office, 3, 5, 1, drop)
    two = open_office(beside(tmp_path / "one"), PASSWORD, around=AROUND)
    try:
        with pytest.raises(KeysElsewhere) as found:
            two.receiving.receive([drop], progress=Renewing(office))
        assert (found.value.by, found.value.on) == ("Cán bộ Hội", two.today)
        # what came before it stays; nothing was refused for a key that is only not here
        assert [line.verdict.name for line in two.receiving.ledger()] == ["STORED"]
        for needs in (two.sending.keys, two.sending.key_file, lambda: renewing.renew(two)):
            with pytest.raises(KeysElsewhere):
                needs()
        assert isinstance(shared_keys.trouble(two), KeysElsewhere)
        own, hers = (one.store.folder.identity for one in (two, office))
        (tmp_path / "foreign").write_bytes(b"of another book")
        for wrong in (own, tmp_path / "foreign", tmp_path / "nowhere"):
            with pytest.raises(KeysDoNotFit):
                shared_keys.take(two, wrong)
        shared_keys.take(two, hers)
        assert shared_keys.trouble(two) is None
        new = office.sending.keys().fingerprint
        assert two.sending.keys().fingerprint == new != old
        assert not any(one.store.folder.spare_identity.exists() for one in (office, two))
        # the rest of the drop, which is locked for the old ones, is taken in with the new ones
        assert {one.outcome.name for one in two.receiving.receive(province.files)} == {"STORED", "DUPLICATE"}
        own.unlink()
        two.close()
        two = open_office(tmp_path / "two", PASSWORD, around=AROUND)
        assert isinstance(shared_keys.trouble(two), SecretMissing)
        with pytest.raises(SecretMissing):
            two.receiving.receive([drop])
    finally:
        two.close()


def test_a_renewal_that_the_server_did_not_keep_loses_no_keys(office: Office, cluster: Cluster) -> None:
    old = office.sending.keys().fingerprint
    cluster.at(
        cluster.newest,
        "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION 'full' USING ERRCODE = '53100'; END $$;"
        " CREATE CONSTRAINT TRIGGER at_the_end AFTER INSERT ON journal DEFERRABLE INITIALLY DEFERRED"
        " FOR EACH ROW EXECUTE FUNCTION full_disk()",
    )
    for _again in range(2):
        with pytest.raises(DiskFull):
            renewing.renew(office)
        assert office.sending.keys().fingerprint == old
    folder = office.store.folder.path
    office.close()
    again = open_office(folder, PASSWORD, around=AROUND)
    try:
        assert again.sending.keys().fingerprint == old
        cluster.at(cluster.newest, "DROP TRIGGER at_the_end ON journal")
        renewing.renew(again)
        assert again.sending.keys().fingerprint != old
        assert not again.store.folder.spare_identity.exists()
    finally:
        again.close()


def test_an_ended_account_opens_no_folder_that_she_still_has(tmp_path: Path, office: Office) -> None:
    office.setup.add_account("Lê Thị Hai", Role.OFFICER, "mat-khau-cua-hai", AROUND)
    hers = beside(tmp_path / "one", "hers")
    open_office(hers, "mat-khau-cua-hai", around=AROUND).close()
    office.setup.end_account(next(one.id for one in office.setup.accounts() if one.name == "Lê Thị Hai"))
    with pytest.raises(WrongPassword):
        open_office(hers, "mat-khau-cua-hai", around=AROUND)


def test_a_second_unit_does_not_come_into_the_same_database(tmp_path: Path, office: Office, address: str) -> None:
    with pytest.raises(ServerHasBook):
        make_receiver(tmp_path / "b", code="91", name="b", password=PASSWORD, server=address, around=around("b"))
    assert not [file.name for file in (tmp_path / "b").iterdir() if file.name.endswith((".json", ".sealed"))]
    assert [one.name for one in office.setup.accounts()] == ["Cán bộ Hội"]


def test_an_address_is_looked_at_and_kept(tmp_path: Path, office: Office, address: str, cluster: Cluster) -> None:
    seen = look_at(address)
    assert (seen.unit, seen.encrypted) == ("tỉnh Mẫu", None)
    assert seen.version.split(".")[0].isdigit()
    empty = cluster.database()
    assert look_at(empty).unit == ""
    for other in (empty, another(tmp_path, cluster)):
        with pytest.raises(OtherBookThere):
            keep_address(office, other)
    keep_address(office, f"{address}&application_name=desk")
    office.close()
    again = open_office(tmp_path / "one", PASSWORD, around=AROUND)
    server = again.store.server
    again.close()
    assert "application_name=desk" in server


def another(tmp_path: Path, cluster: Cluster) -> str:
    made = make_receiver(
        tmp_path / "c", code="91", name="c", password=PASSWORD, server=cluster.database(), around=around("c")
    )
    made.office.close()
    return cluster.newest


def test_copies_of_a_file_are_not_offered(tmp_path: Path, office: Office) -> None:
    with pytest.raises(CopiedOnServer):
        office.backups.make(tmp_path / "a.hpnbak")
    assert office.backups.automatic() == ()
    assert not office.copying.due
