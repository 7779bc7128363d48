"""Keys, files sent and files received."""

from __future__ import annotations

from sqlalchemy import Column, Index, LargeBinary

from sochihoi.storage.schema.columns import count, day, flag, link, listed, nested, number, optional, record, text

installation = record(
    "installation",
    Column("identity", LargeBinary, nullable=False),  # signing key and age identity; the file around it is encrypted
    text("epoch", default=None),
    count("epoch_no", default=None),
    text("parent"),  # manifest hash of the last receipt when the epoch began
    day("made_on"),
    day("frozen_on"),  # handed over to another PC: from here on this one only reads
    text("handed_to"),  # the installation that writes now
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
    text("state", default="ACTIVE"),  # REQUESTED, APPROVED_ONCE, ACTIVE, REVOKED
    listed("approved_by"),  # accounts, in the order of their approvals
    text("scope"),  # prefix of the units that it may write; empty: its own unit alone
    number("from_version"),  # of the signed register in which it first stands
    number("revoked_version"),
    number("last_epoch_no"),  # of a revoked key: the last place in its stream that still counts
    number("last_seq"),
    text("revoked_why"),
    text("replaces"),  # the key that signed for this one, when it was rotated
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
    text("profile", default="tong-hop"),
    text("mode", default="snapshot"),
    nested("told"),  # what left this PC: rows by kind, columns of members
)

stream = record(
    "stream",  # one sender as the receiver knows it; the id is its unit code
    text("epoch", default=None),
    count("epoch_no", default=None),
    count("seq", default=None),
    text("manifest_hash", default=None),
    count("receipt_no"),
    flag("closed"),
    day("closed_on"),
    text("forwarded_to"),  # the unit that goes on with what this one began
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
    text("kind", default="report"),
    text("batch"),  # one drop of many files
    listed("findings"),  # what is unusual in it, as codes with facts
    text("decision"),  # of a person, on a file that was held: ACCEPTED, RETURNED
    text("decided_by"),
    day("decided_on"),
    day("undone_on"),  # taken back: its figures no longer count
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
