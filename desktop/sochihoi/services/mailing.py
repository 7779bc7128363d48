"""An e-mail draft with the signed file in it, for the PC's own mail program. The program itself sends nothing."""

from __future__ import annotations

from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from typing import TYPE_CHECKING

from sochihoi.storage.errors import CannotWrite
from sochihoi.storage.files import write_whole

if TYPE_CHECKING:
    from sochihoi.services.office import Office

SUFFIX = ".eml"


def draft(office: Office, sent_id: str, folder: Path, *, subject: str, text: str) -> Path:
    """Write ``<file>.eml`` with recipient (from the settings), subject, text and attachment; the copy inside is read
    back and compared before the file counts as sent.

    Raises ``NotFound``, ``DiskFull``, ``CannotWrite``.
    """
    with office.read() as work:
        file, content = work.sync.sent_one(sent_id), work.sync.sent_content(sent_id)
    message = EmailMessage(policy=policy.SMTP)
    if office.commune.above_email:
        message["To"] = office.commune.above_email
    message["Subject"] = subject
    # without this mark mail programs show a received letter instead of one to be sent
    message["X-Unsent"] = "1"
    message.set_content(text)
    message.add_attachment(content, maintype="application", subtype="octet-stream", filename=file.file_name)
    out = folder / f"{Path(file.file_name).stem}{SUFFIX}"
    write_whole(out, message.as_bytes(), overwrite=True)
    if attached(out.read_bytes()) != content:
        raise CannotWrite(str(out))
    office.sending.written(sent_id, str(out))
    return out


def attached(letter: bytes) -> bytes | None:
    """The file in a letter; ``None`` when there is none."""
    message = BytesParser(policy=policy.SMTP).parsebytes(letter)
    for part in message.iter_attachments():
        content = part.get_content()
        return content if isinstance(content, bytes) else None
    return None
