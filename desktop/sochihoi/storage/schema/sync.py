"""Keys, files sent and files received."""

from __future__ import annotations

from sqlalchemy import Column, Index, LargeBinary

from sochihoi.storage.schema.columns import count, day, flag, link, listed, nested, optional, record, text

installation = record(
    "installation",
    Column("identity", LargeBinary, nullable=False),  # signing key and age identity; the file around it is encrypted
    text("epoch", default=None),
    count("epoch_no", default=None),
    text("parent"),  # manifest hash of the last receipt when the epoch began
    day("made_on"),
)

trusted_key = record(
    "trusted_key",
    text("unit_code", default=None),
    text("unit_name", default=None),
    text("level", default=None),
    text("direction", default=None),  # SENDER (we receive from it) or PARENT (we send to it)
    Column("keys", LargeBinary, nullable=False),  # the public key file, exactly as accepted
    text("fingerprint", default=None),
    text("digits", default=None),
    day("trusted_on"),
    flag("revoked"),
)

sent_file = record(
    "sent_file",
    text("file_name", default=None),
    text("file_id", default=None),
    text("period", default=None),
    count("edition", default=None),
    text("epoch", default=None),
    count("seq", default=None),
    text("manifest_hash", default=None),
    text("sha256", default=None),
    text("to_unit", default=None),
    text("state", default=None),  # PREPARED, WRITTEN (read back and compared), RECEIVED, RETURNED
    text("written_to"),
    Column("content", LargeBinary, nullable=False),
    day("sent_on"),
)

stream = record(
    "stream",  # one sender as the receiver knows it; the id is its unit code
    text("epoch", default=None),
    count("epoch_no", default=None),
    count("seq", default=None),
    text("manifest_hash", default=None),
    count("receipt_no"),
    flag("closed"),
)

received_file = record(
    "received_file",  # the ledger: every file that came, stored or refused, with its bytes
    text("file_name", default=None),
    text("sha256", default=None),
    text("unit_code"),
    text("unit_name"),
    text("period"),
    count("seq"),
    optional("epoch"),
    text("manifest_hash"),
    text("verdict", default=None),  # STORED, DUPLICATE, or REFUSED
    text("code"),
    nested("facts"),
    listed("warnings"),
    Column("content", LargeBinary, nullable=False),
    Column("receipt", LargeBinary, nullable=True),
    day("received_on"),
)
Index("ix_received_file_sha256", received_file.c.sha256)

received_figure = record(
    "received_figure",  # partition (unit, period): replaced whole by the newest edition
    text("unit_code", default=None),
    text("period", default=None),
    count("edition", default=None),
    text("branch", default=""),
    text("branch_name"),
    text("code", default=None),
    nested("content"),  # {value, numerator, denominator, scale}
    link("file_id", "received_file"),
)
Index("ix_received_figure_partition", received_figure.c.unit_code, received_figure.c.period)
Index("ix_received_figure_code", received_figure.c.period, received_figure.c.code)
