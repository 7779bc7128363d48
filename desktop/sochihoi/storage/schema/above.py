"""Tables of the road between the levels: what is carried besides reports and by whom, who moves, which units change."""

from __future__ import annotations

from sqlalchemy import Column, Index, LargeBinary

from sochihoi.storage.schema.columns import count, day, link, listed, nested, number, record, text

carried_file = record(
    "carried_file",  # every signed file that is no report: registers, packs, tickets, hand-overs, return files
    text("kind", default=None),
    text("direction", default=None),  # OUT or IN
    text("unit_code"),  # the other side; empty: for everybody below
    count("number"),
    text("file_id"),
    text("file_name"),
    text("manifest_hash"),
    text("sha256", default=None),
    text("state", default=None),
    nested("facts"),
    Column("content", LargeBinary, nullable=False),
    day("on_day"),
)
Index("ix_carried_file_kind", carried_file.c.kind, carried_file.c.number)

custody_step = record(
    "custody_step",  # where a file went: prepared, copied, handed over, received, seen on a stick
    text("sha256", default=None),
    text("file_name"),
    text("act", default=None),
    text("place"),  # the stick or folder
    text("person"),  # to whom it was handed
    day("on_day"),
    text("note"),
)
Index("ix_custody_step_sha256", custody_step.c.sha256)

transfer_ticket = record(
    "transfer_ticket",  # one woman on her way from one commune to another
    text("ticket", default=None),
    text("direction", default=None),  # OUT (from here), IN (to here), SEEN (at the level above)
    text("from_unit"),
    text("to_unit"),
    text("membership_id"),
    text("state", default=None),  # ISSUED, ACCEPTED, CONFIRMED, REFUSED, CANCELLED
    nested("content"),  # what the ticket carries, at the destination
    text("carried_id"),
    day("issued_on"),
    day("accepted_on"),
    day("confirmed_on"),
)
Index("ix_transfer_ticket_ticket", transfer_ticket.c.ticket)

received_member = record(
    "received_member",  # rows of the profile danh-sach: replaced whole by the unit's newest file
    text("unit_code", default=None),
    text("member", default=None),  # the id that the commune gives her
    nested("content"),
    text("id_hash"),  # of the national id, under a key that never leaves this unit
    link("file_id", "received_file"),
)
Index("ix_received_member_unit", received_member.c.unit_code)
Index("ix_received_member_id_hash", received_member.c.id_hash)

unit_change = record(
    "unit_change",  # units that merge, split, are renamed or move under another: dated, as a pack said it
    day("effective"),
    text("kind", default=None),  # MERGED, SPLIT, RENAMED, MOVED
    listed("from_units"),
    listed("to_units"),
    text("reason"),
    number("pack_version"),
)
