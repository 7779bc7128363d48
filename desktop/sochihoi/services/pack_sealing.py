"""The signed file of a pack: sealed at the level above, proven below, and its texts read out of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from sochihoi import __version__
from sochihoi.domain.exchange import Direction, NoParentKey
from sochihoi.domain.packs import NotAPack, Pack

if TYPE_CHECKING:
    from sochihoi.services.office import Office
    from sochihoi.sync.carried import Carried

RandomBytes = Callable[[int], bytes]


def sealed(
    office: Office,
    random_bytes: RandomBytes,
    texts: Mapping[str, str],
    effective: date,
    expires: date | None,
    last: Pack | None,
    code: str,
) -> tuple[Pack, str, bytes]:
    """The next pack of this unit after ``last``: what is kept of it, its file id, the signed file. ``texts``: place to
    text; ``code``: the name of the line, empty for the one of ``last``.
    """
    from sochihoi.services.sending import own_keys
    from sochihoi.sync import carried
    from sochihoi.sync.envelope import inspect
    from sochihoi.sync.manifest import Kind
    from sochihoi.sync.names import pack_name
    from sochihoi.sync.statement import Statement

    with office.read() as work:
        identity, keys = own_keys(office, work)
        here = work.sync.installation()
    name = code or (last.code if last is not None else f"HPN-{keys.unit}")
    number = 1 if last is None else last.number + 1
    about = {"id": name, "effective": effective.isoformat()}
    statement = Statement(
        kind=Kind.DEFPACK,
        file_id=office.new_id(),
        unit=keys.unit,
        installation=here.id,
        number=number,
        created=f"{office.now:%Y-%m-%dT%H:%M:%SZ}",
        app=__version__,
        about=about | ({"expires": expires.isoformat()} if expires is not None else {}),
        prev=None if last is None else last.sha256,
        demo=office.demo,
    )
    rows = [
        {"t": "file", "id": place, "text": text, "sha256": hashlib.sha256(text.encode()).hexdigest()}
        for place, text in texts.items()
    ]
    data = carried.seal(identity, statement, random_bytes, rows=rows)
    pack = Pack(
        id=office.new_id(),
        unit=keys.unit,
        code=name,
        number=number,
        sha256=inspect(data).manifest_hash,
        effective=effective,
        expires=expires,
        files=tuple(sorted(texts)),
        kept_on=office.today,
        own=True,
        file_name=pack_name(keys.unit, number),
    )
    return pack, statement.file_id, data


def opened(office: Office, data: bytes) -> Carried:
    """A pack that the accepted key of the level above signed, or this unit itself.

    Raises ``Refused``, ``NotAPack``, ``NoParentKey``.
    """
    from sochihoi.services.inspecting import register_of
    from sochihoi.sync.carried import open_
    from sochihoi.sync.envelope import inspect
    from sochihoi.sync.identity import Entry, Register
    from sochihoi.sync.manifest import Kind

    seen = inspect(data)
    if seen.kind is not Kind.DEFPACK:
        raise NotAPack
    own = office.sending.keys()
    if seen.unit == own.unit:
        register = Register(Entry(own))
    else:
        with office.read() as work:
            parents = work.sync.trusted(Direction.PARENT)
        if not parents:
            raise NoParentKey(office.commune.above_name)
        register = register_of(parents)
    return open_(data, Kind.DEFPACK, register, demo=office.demo)


def texts(content: bytes) -> dict[str, str]:
    """The files of a pack that was proven when it was kept."""
    from sochihoi.sync.carried import kept

    return texts_of(kept(content)[1])


def texts_of(rows: Sequence[Mapping[str, str]]) -> dict[str, str]:
    return {row["id"]: row["text"] for row in rows}
