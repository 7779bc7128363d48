"""New keys for this PC, which the old ones sign for; and the level above's second key, which lies in a safe."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sochihoi.domain.exchange import NotAReceiver
from sochihoi.domain.keys import RecoveryMade
from sochihoi.services import shared_keys
from sochihoi.storage import keys as book

if TYPE_CHECKING:
    from sochihoi.services.office import Office
    from sochihoi.sync.identity import PublicKeys

RandomBytes = Callable[[int], bytes]
PAPER_ENDING = ".pdf"


def check_password(office: Office, password: str) -> None:
    """Whether this is the password of the account at work. Raises ``WrongPassword``."""
    from sochihoi.storage.vault import Keyring

    Keyring.read(office.store.folder.keyring).open(password, office.account.name)


def renew(office: Office, *, stolen: bool = False, random_bytes: RandomBytes = secrets.token_bytes) -> PublicKeys:
    """Make new keys for this PC. The key file from now on bears the signatures of the old key and of the new one.

    ``stolen``: somebody else may have the old key. It vouches for nothing then, the slip has to be signed anew, and a
    new epoch begins: whatever numbers a thief signs, they do not stand in this unit's way.

    The old key signs nothing any more and nothing is locked for it; what is on its way to it opens here. A level above
    signs its register anew. Of a book on a server the other officers' folders still have the old ones: they are told,
    and bring the new ones there. Raises ``NotAllowed``, ``KeysElsewhere``.
    """
    from sochihoi.services.register_making import advance
    from sochihoi.services.sending import own_keys
    from sochihoi.storage.schema import installation

    with office.write("sync.renew") as work:
        old, keys = own_keys(office, work)
        new = old.renewed(random_bytes)
        fresh = new.public_keys(
            unit=keys.unit, name=keys.name, level=keys.level, installation=keys.installation, demo=keys.demo
        )
        if not stolen:
            fresh = replace(fresh, replaces=keys.fingerprint)
        book.keep_rotated(work, "" if stolen else fresh.to_bytes(new, old).decode())
        here = work.sync.installation()
        kept = office.store.book.keep_identity(new.to_bytes(), old.to_bytes())
        work.update(installation, {here.id: {"identity": kept, "made_on": office.today}})
        work.identity = office.store.book.identity
        shared_keys.keep(office, work, new)
        if stolen:
            work.sync.new_epoch(office.new_id())
        if office.is_receiver:
            advance(office, work)
    office.store.book.forget_spare()
    return fresh


# ---------------------------------------------------------------------- the key in the safe


@dataclass(frozen=True, slots=True)
class SafeKey:
    """The files that were written for the safe, and the public key that files are locked for besides the usual one."""

    file: Path
    paper: Path
    age_key: str


def make_safe_key(
    office: Office,
    out: Path,
    *,
    again: bool = False,
    overwrite: bool = False,
    random_bytes: RandomBytes = secrets.token_bytes,
) -> SafeKey:
    """Make the level above's second key once. Its secret half goes into ``out`` and on a paper beside it, for the safe,
    and is not kept here; the register names its public half, and from then on every report is locked for both keys.

    ``again``: another one takes its place. Raises ``NotAReceiver``, ``RecoveryMade``, ``FileExists``, ``NotAllowed``.
    """
    from sochihoi.services.register_making import advance
    from sochihoi.services.sync_papers import safe_key_paper
    from sochihoi.storage.errors import FileExists
    from sochihoi.storage.files import write_whole
    from sochihoi.sync.identity import Identity

    if not office.is_receiver:
        raise NotAReceiver
    paper = paper_beside(out)
    with office.read() as work:
        there = bool(book.recovery(work))
    if there and not again:
        raise RecoveryMade
    for one in (out, paper):
        if one.exists() and not overwrite:
            raise FileExists(str(one))
    identity, own = Identity.generate(random_bytes), office.sending.keys()
    keys = identity.public_keys(
        unit=own.unit, name=own.name, level=own.level, installation=office.new_id(), demo=own.demo
    )
    with office.write("sync.recovery") as work:
        told = {"keys": keys.to_bytes(identity).decode(), "made_on": office.today.isoformat()}
        book.keep_recovery(work, told)
        advance(office, work)
        # within: without the paper in the safe the key does not come about
        write_whole(out, _age_file(keys, identity.age_secret), overwrite=overwrite)
        write_whole(paper, safe_key_paper(office, identity.age_secret, keys.age_key), overwrite=overwrite)
    return SafeKey(out, paper, keys.age_key)


def paper_beside(file: Path) -> Path:
    """Where the paper of a key file goes: beside it, with the ending of a PDF."""
    return file.with_name(f"{file.stem if file.suffix else file.name}{PAPER_ENDING}")


def _age_file(keys: PublicKeys, secret: str) -> bytes:
    """As ``age -d -i`` reads it."""
    lines = (f"# {keys.name} ({keys.unit}): khóa cất két", f"# public key: {keys.age_key}", secret)
    return "".join(f"{line}\n" for line in lines).encode()
