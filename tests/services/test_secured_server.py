"""A server over the network: through TLS whose other end proves who it is, or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sochihoi.cli.frame import DONE, main
from sochihoi.services.opening import make_receiver, open_office
from sochihoi.services.serving import look_at
from sochihoi.storage import postgresql
from sochihoi.storage.errors import ServerNotProven, ServerNotSecured
from sochihoi.storage.server_book import ServerBook
from sochihoi.ui import words
from sochihoi.ui.words import servers
from tests import private_server
from tests.offices import PASSWORD, around


def test_a_book_over_tls_and_no_way_around_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if private_server.programs() is None and os.environ.get("SOCHIHOI_ALLOW_MISSING_TOOLS") == "1":
        pytest.skip(private_server.MISSING)
    with private_server.running(secured=True) as cluster:
        root = str(cluster.certificate)
        base = cluster.database(empty=True)
        proven = cluster.secured(base, sslmode="verify-full", sslrootcert=root)
        for open_way in ({}, {"sslmode": "disable"}, {"sslmode": "prefer", "sslrootcert": root}):
            with pytest.raises(ServerNotSecured) as refused:
                look_at(cluster.secured(base, **open_way))
            assert refused.value.value == private_server.HOST
            assert "sslmode=verify-full" in str(words.say(refused.value))
        with pytest.raises(ServerNotSecured) as refused:
            look_at(cluster.secured(base, sslmode="require"))
        assert "channel_binding=require" in str(words.say(refused.value))
        # another computer under the name that is asked for, or nobody here who vouches for it
        for strange in (
            cluster.secured(base, "khac.test", sslmode="verify-full", sslrootcert=root),
            cluster.secured(base, sslmode="verify-full", sslrootcert=str(tmp_path / "none.crt")),
        ):
            with pytest.raises(ServerNotProven):
                look_at(strange)
        assert look_at(proven).encrypted is True
        cluster.sql("postgres", f"CREATE ROLE {private_server.KEEPER} LOGIN PASSWORD 'mo-cua-di'")
        by_password = cluster.secured(base, sslmode="require", channel_binding="require")
        knowing = by_password.replace(private_server.USER, f"{private_server.KEEPER}:mo-cua-di", 1)
        assert look_at(knowing).encrypted is True
        # a server that lets anybody in knows no password, and one that passes everything on has another certificate
        with private_server.between(cluster.port, tmp_path) as port:
            for strange in (by_password, knowing.replace(f":{cluster.port}", f":{port}")):
                with pytest.raises(ServerNotProven):
                    look_at(strange)
            blind = knowing.replace(f":{cluster.port}", f":{port}").replace("binding=require", "binding=disable")
            engine = postgresql.open_engine(postgresql.address(blind, kept=True))
            with engine.connect() as connection:  # whom nobody asks for a proof reads along
                assert connection.exec_driver_sql("SELECT 1").scalar() == 1
            engine.dispose()
        made = make_receiver(
            tmp_path / "above", code="92", name="tỉnh Mẫu", password=PASSWORD, server=proven, around=around()
        )
        made.office.close()
        again = open_office(tmp_path / "above", PASSWORD, around=around("again"))
        try:
            with again.read() as work:
                used = "SELECT ssl, version FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
                assert work.connection.exec_driver_sql(used).one() == (True, "TLSv1.3")
            # what was kept before a proof was asked for still opens, and is told
            book = again.store.book
            assert isinstance(book, ServerBook)
            assert book.proven
            book.url = postgresql.address(cluster.secured(base, sslmode="require"), kept=True)
            book.keep_address()
        finally:
            again.close()
        monkeypatch.setenv("SOCHIHOI_PASSWORD", PASSWORD)
        assert main(["--data", str(tmp_path / "above"), "server"], around("told")) == DONE
        assert servers.unproven() in capsys.readouterr().err
