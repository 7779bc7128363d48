"""Persons, households, memberships: a person lives, a membership counts, a placement is where."""

from __future__ import annotations

from sqlalchemy import Index

from sochihoi.storage.schema.columns import count, day, flag, link, listed, number, optional, record, text

household = record(
    "household",
    text("code"),  # short, printed: HO00012
    link("branch_id", "unit"),
    text("head_name"),  # the head where she or he is not entered as a person
    optional("head_id"),  # person; no foreign key: persons point at households already
    text("address"),
    text("household_group", default="NONE"),
    number("residents"),  # people living there, where known
    text("phone"),
    text("note"),
    text("sort_key"),
    text("search_key"),
)

person = record(
    "person",
    text("full_name", default=None),
    text("sort_key", default=None),
    text("search_key", default=None),
    text("birth"),  # 1971, 1971-03 or 1971-03-08: the precision is the length; empty = not known
    text("sex", default="FEMALE"),
    text("ethnicity"),  # sensitive: Decree 356/2025
    text("religion"),  # sensitive
    text("national_id"),  # 12 digits, optional
    text("phone"),
    text("address"),
    text("hamlet"),  # ấp, thôn, tổ dân phố where she lives
    text("education"),
    text("professional_level"),
    text("political_theory_level"),
    text("occupation"),
    flag("party_member"),  # sensitive
    day("party_joined_on"),
    flag("health_insurance"),
    day("health_insurance_until"),
    link("household_id", "household", optional=True),
    text("relation_to_head"),
    text("household_group", default="NONE"),  # as a list says it, until her household is entered and says it
    text("loan"),  # entrusted loan as the roll says it: source and amount
    day("consent_on"),  # of books before 0004, never read: the register ``consent`` says who agreed
    text("note"),
    text("old_id"),  # the nine digits of the identity card before the twelve: history, still on old lists
    optional("merged_into"),  # person: the same woman entered twice; this entry forwards there
    day("anonymised_on"),  # nothing names her any more, what was counted stays counted
)

membership = record(
    "membership",
    text("code", default=None),  # HP00417: on every list, so that a list can come back
    link("person_id", "person"),
    text("joined"),  # like birth: a year may be all that is known
    text("join_kind", default="ADMISSION"),
    text("joined_from"),
    day("left_on"),
    optional("left_reason"),
    text("left_to"),
    text("decision_no"),
    text("card_no"),
    flag("core_member"),
    flag("honorary"),
    listed("other_organisations"),  # excluded from net growth: Sóc Trăng action programme, 2021
    listed("clubs"),
    listed("review"),  # reasons why the import marked her doubtful; empty once looked at
    day("registered_on"),  # the day from which she counts here: the joining date, else the day of entry
    day("moving_on"),  # she asked to move to another commune: she counts here until she has left
    text("moving_to"),
    text("moving_no"),  # of the paper slip that she carries
)

# What she agreed to, one row for each time and purpose (Law 91/2025/QH15, article on consent; Decree 356/2025)
consent = record(
    "consent",
    link("person_id", "person"),
    text("purpose", default="BASIC"),  # BASIC; SENSITIVE has its own tick
    text("text_version"),  # which text was read to her or signed by her
    day("given_on"),
    text("how", default="PAPER"),
    text("reference"),  # number of the paper, or where it is filed
    day("withdrawn_on"),
    text("note"),
)

# Two entries that look alike and were said to be two women: they are not asked about again
distinct_persons = record(
    "distinct_persons",
    link("one_id", "person"),
    link("other_id", "person"),
    day("said_on"),
    text("note"),
)

placement = record(
    "placement",
    link("membership_id", "membership"),
    link("branch_id", "unit"),
    link("cell_id", "unit", optional=True),
    day("from_on"),
    day("to_on"),  # first day no longer there
    text("reason"),
)

position = record(
    "position",
    link("membership_id", "membership"),
    link("unit_id", "unit"),
    text("title", default=None),
    day("from_on"),
    day("to_on"),
    day("trained_on"),
    count("rank"),
)

Index("ix_person_search_key", person.c.search_key)
Index("ix_person_sort_key", person.c.sort_key)
Index("ix_membership_code", membership.c.code)
Index("ix_distinct_persons_pair", distinct_persons.c.one_id, distinct_persons.c.other_id, unique=True)
