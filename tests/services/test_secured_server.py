"""A server over the network: through TLS whose other end proves who it is, or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sochihoi.services.opening import make_receiver, open_office
from sochihoi.services.serving import look_at
from sochihoi.storage.errors import ServerNotProven, ServerNotSecured
from sochihoi.ui import words
from tests import private_server
from tests.offices import PASSWORD, around


def test_a_book_over_tls_and_no_way_around_it(tmp_path: Path) -> None:
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
        # another computer under the name that is asked for, or nobody here who vouches for it
        for strange in (
            cluster.secured(base, "khac.test", sslmode="verify-full", sslrootcert=root),
            cluster.secured(base, sslmode="verify-full", sslrootcert=str(tmp_path / "none.crt")),
        ):
            with pytest.raises(ServerNotProven):
                look_at(strange)
        assert look_at(proven).encrypted is True
        made = make_receiver(
            tmp_path / "above", code="92", name="tỉnh Mẫu", password=PASSWORD, server=proven, around=around()
        )
        made.office.close()
        again = open_office(tmp_path / "above", PASSWORD, around=around("again"))
        try:
            with again.read() as work:
                used = "SELECT ssl, version FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
                assert work.connection.exec_driver_sql(used).one() == (True, "TLSv1.3")
        finally:
            again.close()
