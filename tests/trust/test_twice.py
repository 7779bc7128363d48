"""R7: every file that was applied comes a second and a third time, as it was, renamed and packed: nothing changes, and
the receipt is the same to the byte.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import select

from sochihoi.domain.exchange import Outcome
from sochihoi.services.office import Office
from sochihoi.storage.schema import METADATA
from tests.exchange_data import OCTOBER, REASON, SEPTEMBER, Exchange, make_exchange
from tests.trust.conftest import Counted


def state(office: Office) -> str:
    """A digest of every row of the level above, its journal included."""
    total = hashlib.sha256()
    with office.read() as work:
        for name, table in sorted(METADATA.tables.items()):
            total.update(name.encode() + "".join(sorted(repr(dict(row)) for row in work.rows(select(table)))).encode())
    return total.hexdigest()


def receipts(office: Office) -> dict[str, bytes]:
    with office.read() as work:
        return dict(work.sync.receipts())


def files(exchange: Exchange) -> Iterator[Path]:
    """Three communes, each with two months and a supplement."""
    units = [exchange.below, exchange.neighbour(), exchange.neighbour("99003", "Phú Lợi", 5)]
    for office in units:
        for month in (SEPTEMBER, OCTOBER):
            yield exchange.send(month, office)
        office.months.begin_supplement(OCTOBER, "Bổ sung một số.")
        office.months.close(OCTOBER, reason=REASON)
        yield exchange.send(OCTOBER, office)


def again(file: Path, folder: Path) -> Iterator[Path]:
    """The same file as carriers leave it."""
    yield file
    folder.mkdir(exist_ok=True)
    copy = folder / f"{file.stem} (1).hpn"
    copy.write_bytes(file.read_bytes())
    yield copy
    packed = folder / f"{file.stem}.hpn.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(file, file.name)
    yield packed


def test_every_applied_file_comes_again(tmp_path: Path, counted: Counted) -> None:
    exchange = make_exchange(tmp_path)
    above, failures, tried = exchange.above, {}, 0
    sent = list(files(exchange))
    applied = []
    for file in sent:
        (verdict,) = above.receiving.receive([file])
        assert verdict.outcome is Outcome.STORED
        applied.append(file)
        before, answers = state(above), receipts(above)
        # at once, and all earlier ones too: also those that are not the newest of their unit any more
        for one in applied:
            for copy in again(one, tmp_path / "copies"):
                tried += 1
                (told,) = above.receiving.receive([copy])
                if told.outcome is not Outcome.DUPLICATE or told.line is None:
                    failures[copy.name] = f"{told.outcome} {told.code}"
        if state(above) != before or receipts(above) != answers:
            failures[f"after {file.name}"] = "something changed"
    first = {path.name: path.read_bytes() for path in above.receiving.write_receipts(tmp_path / "receipts")}
    second = {path.name: path.read_bytes() for path in above.receiving.write_receipts(tmp_path / "receipts")}
    assert first == second
    assert len(first) == len(sent) == 9
    exchange.close()
    counted("R7 applied files again", tried, failures, least=135)
