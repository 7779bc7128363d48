"""How a file of ours is checked with programs that are there already: their commands, filled in for this file."""

from __future__ import annotations

import shlex
from pathlib import Path


def commands(path: Path, data: bytes) -> tuple[str, ...]:
    """The lines to type, in order, for every signed file in ``data`` (one, or several in a ZIP). A line that begins
    with ``#`` says what the one before must show.

    ``allowed_signers`` is the file that the level above exports; ``key.txt`` the receiver's age identity. Raises
    ``Refused`` for bytes that are no whole file of ours.
    """
    from sochihoi.sync import container
    from sochihoi.sync.wrapping import inside

    lines: list[str] = []
    wrapped = not container.is_ours(data)
    if wrapped:
        lines.append(f"unzip -o {shlex.quote(str(path))}")
    for name, content in inside(data):
        lines += _of_file(name if wrapped and name else str(path), content)
    return tuple(lines)


def _of_file(name: str, content: bytes) -> list[str]:
    from sochihoi.sync import container, sshsig
    from sochihoi.sync.container import Form
    from sochihoi.sync.envelope import inspect, namespace_of

    seen = inspect(content)
    members = container.parse(content, container.HANDOVER_CAP)
    who = shlex.quote(sshsig.principal(seen.unit))
    verify = f"ssh-keygen -Y verify -f allowed_signers -I {who} -n {namespace_of(seen.kind).value}"
    lines = [
        f"unzip -o {shlex.quote(name)}",
        f"{verify} -s manifest.json.sig < manifest.json",
        f"# Good … with ED25519 key {seen.fingerprint}",
    ]
    if members.payload is None:
        return lines
    import hashlib

    third = members.form.value
    lines += [f"sha256sum {third}", f"# {hashlib.sha256(members.payload).hexdigest()}  {third}"]
    if members.form is Form.AGE:
        lines.append(f"age -d -i key.txt {third} | gzip -dc")
    elif members.form is Form.GZIP:
        lines.append(f"gzip -dc {third}")
    return lines
