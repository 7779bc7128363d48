"""What the fields of every record of the journal are called. No Qt.

A field that means the same in most records has one label for all; a record where it means something else has its own.
Which fields are not shown, and why, stands in ``unsaid``; a test goes over every table and wants one of the two.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sochihoi.i18n import _, pgettext
from sochihoi.ui.words import people

Label = Callable[[], str]

_ALL: Mapping[str, Label] = {
    "name": lambda: _("Name"),
    "parent_id": lambda: _("Unit"),
    "valid_from": lambda: _("From"),
    "valid_to": lambda: _("Until"),
    "head_name": lambda: _("Head of the household"),
    "residents": lambda: _("People living there"),
    "held_on": lambda: _("Day"),
    "starts_at": lambda: _("Begins at"),
    "ends_at": lambda: _("Ends at"),
    "place": lambda: _("Place"),
    "kind": lambda: _("Kind"),
    "topic": lambda: _("Topic"),
    "guests": lambda: _("Guests"),
    "guest_note": lambda: _("Who the guests were"),
    "chair": lambda: _("In the chair"),
    "secretary": lambda: _("Secretary"),
    "minutes": lambda: _("Minutes"),
    "minutes_done_on": lambda: _("Minutes finished on"),
    "said_by": lambda: _("Said by"),
    "content": lambda: _("Opinion"),
    "follower": lambda: _("Who follows it up"),
    "answer": lambda: _("Answer"),
    "answered_on": lambda: _("Answered on"),
    "due_on": lambda: _("Until when"),
    "anonymised_on": lambda: _("Anonymous since"),
    "year": lambda: _("Year"),
    "unit_code": lambda: _("Unit code"),
    "state": lambda: _("State"),
    "made_on": lambda: _("Made on"),
    "received_on": lambda: _("Received on"),
    "approved_by": lambda: _("Approved by"),
    "rows": lambda: _("Entries"),
    "code": lambda: pgettext("history", "Code"),
    "membership_id": lambda: pgettext("history", "Member"),
    "person_id": lambda: pgettext("history", "Member"),
    "meeting_id": lambda: pgettext("history", "Meeting"),
    "campaign_id": lambda: pgettext("history", "Study campaign"),
    "session_id": lambda: pgettext("history", "Study session"),
    "book_id": lambda: pgettext("history", "Book that joined"),
    "head_id": lambda: pgettext("history", "Head, as entered in the book"),
    "merged_into": lambda: pgettext("history", "Merged into"),
    "period": lambda: pgettext("history", "Period"),
    "edition": lambda: pgettext("history", "Edition"),
    "form": lambda: pgettext("history", "Report"),
    "section": lambda: pgettext("history", "Section"),
    "file_name": lambda: pgettext("history", "File"),
    "number": lambda: pgettext("history", "Number"),
    "seq": lambda: pgettext("history", "Number of the file"),
    "epoch_no": lambda: pgettext("history", "Series of files"),
    "set_code": lambda: pgettext("history", "Criteria set"),
    "set_version": lambda: pgettext("history", "Version of the criteria set"),
    "rubric_code": lambda: pgettext("history", "Score sheet"),
    "rubric_version": lambda: pgettext("history", "Version of the score sheet"),
    "closed_on": lambda: pgettext("history", "Closed on"),
    "closed_by": lambda: pgettext("history", "Closed by"),
    "report_number": lambda: pgettext("history", "Number of the report"),
    "report_date": lambda: pgettext("history", "Date of the report"),
    "frozen_on": lambda: pgettext("history", "List settled on"),
    "target_group": lambda: pgettext("history", "Group"),
    "direction": lambda: pgettext("history", "Compared how"),
    "denominator": lambda: pgettext("history", "Out of"),
    "made_by": lambda: pgettext("history", "Made by"),
    "level": lambda: pgettext("history", "Level"),
    "registered_on": lambda: pgettext("history", "Registered on"),
    "issued_on": lambda: pgettext("history", "Issued on"),
    "unit_name": lambda: pgettext("history", "Name of the unit"),
}
_OWN: Mapping[str, Mapping[str, Label]] = {
    "account": {
        "role": lambda: _("Role"),
        "active": lambda: pgettext("history", "Works here"),
    },
    "campaign_year": {
        "beside": lambda: pgettext("history", "Scored beside the set of the year"),
        "chosen_on": lambda: pgettext("history", "Chosen on"),
    },
    "carried_file": {
        "kind": lambda: pgettext("history", "Kind of file"),
        "direction": lambda: pgettext("history", "Which way"),
        "on_day": lambda: _("Day"),
    },
    "custody_step": {
        "act": lambda: pgettext("history", "Step"),
        "place": lambda: pgettext("history", "Copied to"),
        "person": lambda: pgettext("history", "With whom"),
        "on_day": lambda: _("Day"),
    },
    "installation": {
        "frozen_on": lambda: pgettext("history", "Handed over on"),
    },
    "month_check": {
        "code": lambda: pgettext("history", "Check"),
    },
    "received_file": {
        "verdict": lambda: _("Verdict"),
        "code": lambda: _("Why"),
        "decision": lambda: pgettext("history", "Decision"),
        "decided_by": lambda: pgettext("history", "Decided by"),
        "decided_on": lambda: _("Day of the decision"),
        "kind": lambda: pgettext("history", "Kind of file"),
        "undone_on": lambda: pgettext("history", "Taken back on"),
    },
    "report_text": {
        "content": lambda: pgettext("history", "Text"),
    },
    "sent_file": {
        "to_unit": lambda: pgettext("history", "Sent to"),
        "written_to": lambda: pgettext("history", "Written to"),
        "sent_on": lambda: pgettext("history", "Sent on"),
    },
    "setting": {
        "value": lambda: pgettext("history", "Value"),
    },
    "stream": {
        "receipt_no": lambda: pgettext("history", "Number of the newest receipt"),
        "closed": lambda: pgettext("history", "Ended"),
        "closed_on": lambda: pgettext("history", "Ended on"),
        "forwarded_to": lambda: pgettext("history", "Goes on as"),
    },
    "study_campaign": {
        "title": lambda: pgettext("history", "Name of the campaign"),
        "kind": lambda: pgettext("history", "Kind of document"),
        "document_title": lambda: pgettext("history", "Document"),
        "document_number": lambda: pgettext("history", "Number of the document"),
        "issuer": lambda: pgettext("history", "Issued by"),
        "document_date": lambda: pgettext("history", "Day of the document"),
        "starts_on": lambda: pgettext("history", "First day"),
        "deadline": lambda: pgettext("history", "To be finished by"),
    },
    "study_session": {
        "branch_id": lambda: _("Branch"),
        "further_branches": lambda: pgettext("history", "Branches that come too"),
        "form": lambda: pgettext("history", "How it is held"),
        "venue_nodes": lambda: pgettext("history", "Connected venues"),
        "speaker": lambda: _("Speaker"),
        "material": lambda: pgettext("history", "Material"),
        "channels": lambda: pgettext("history", "Channels of communication"),
    },
    "study_target": {
        "percent": lambda: pgettext("history", "Share in percent"),
        "eligible_count": lambda: pgettext("history", "All who ought to be reached"),
    },
    "study_headcount": {
        "people": lambda: _("People"),
    },
    "target_setting": {
        "code": lambda: pgettext("history", "Target"),
        "value": lambda: pgettext("history", "Goal"),
        "numerator": lambda: pgettext("history", "Reached"),
    },
    "transfer_ticket": {
        "ticket": lambda: pgettext("history", "Number of the ticket"),
        "direction": lambda: pgettext("history", "Which way"),
        "from_unit": lambda: pgettext("history", "From the unit"),
        "to_unit": lambda: pgettext("history", "To the unit"),
        "issued_on": lambda: _("Written on"),
        "accepted_on": lambda: pgettext("history", "Accepted on"),
        "confirmed_on": lambda: pgettext("history", "Confirmed on"),
    },
    "trusted_key": {
        "direction": lambda: _("Whose key"),
        "digits": lambda: _("12 groups of digits"),
        "trusted_on": lambda: pgettext("history", "Accepted on"),
        "revoked": lambda: pgettext("history", "Revoked"),
        "scope": lambda: pgettext("history", "Signs for codes that begin with"),
        "from_version": lambda: pgettext("history", "In the register since version"),
        "revoked_version": lambda: pgettext("history", "Revoked in version"),
        "last_epoch_no": lambda: pgettext("history", "Last series that counts"),
        "last_seq": lambda: _("Last file that can be trusted"),
        "revoked_why": lambda: pgettext("history", "Why it was revoked"),
    },
    "unit": {
        "predecessor_ids": lambda: pgettext("history", "Follows"),
    },
    "unit_change": {
        "effective": lambda: pgettext("history", "From the day"),
        "kind": lambda: pgettext("history", "What changes"),
        "from_units": lambda: _("Before"),
        "to_units": lambda: _("After"),
        "pack_version": lambda: pgettext("history", "By the pack number"),
    },
    "archived_paper": {
        "kind": lambda: pgettext("history", "Kind of file"),
    },
    "branch_score": {
        "rows": lambda: _("Points"),
        "blocking": lambda: _("Blocking conditions"),
        "band": lambda: _("Band"),
        "title": lambda: pgettext("history", "Title given"),
        "verified_on": lambda: pgettext("history", "Verified on"),
        "recognised_on": lambda: pgettext("history", "Title decided on"),
    },
    "entered_figure": {
        "code": lambda: pgettext("history", "Figure"),
        "value": lambda: pgettext("history", "Value"),
    },
    "meeting": {
        "code": lambda: pgettext("history", "Code of the meeting"),
        "closed_on": lambda: pgettext("history", "Attendance finished on"),
        "unmarked_meaning": lambda: pgettext("history", "Lines without a mark mean"),
    },
    "issued_report": {
        "issued_by": lambda: pgettext("history", "Issued by the officer"),
        "code": lambda: pgettext("history", "Code on the paper"),
    },
    "joined_book": {
        "joined_on": lambda: pgettext("history", "Joined on"),
    },
    "received_figure": {
        "branch_name": lambda: _("Branch"),
        "code": lambda: pgettext("history", "Figure"),
    },
    "assessment": {
        "round": lambda: _("Round"),
        "assessed_on": lambda: pgettext("history", "Assessed on"),
        "assessor": lambda: pgettext("history", "Assessed by"),
        "results": lambda: pgettext("history", "Marks"),
        "done_on": lambda: pgettext("history", "Round finished on"),
    },
    "former_code": {
        "noun": lambda: _("Kind"),
        "of_id": lambda: pgettext("history", "Stands for"),
        "code": lambda: pgettext("history", "Former code"),
    },
    "household_registration": {
        "mobilised_on": lambda: pgettext("history", "Mobilised on"),
        "plaque_no": lambda: _("Number of the plaque"),
        "plaque_on": lambda: pgettext("history", "Plaque given on"),
    },
    "consent": {
        "purpose": lambda: pgettext("history", "Agreed to what"),
        "text_version": lambda: pgettext("history", "Wording"),
        "given_on": lambda: _("Agreed on"),
        "how": lambda: pgettext("history", "How"),
        "reference": lambda: pgettext("history", "Number or place of the paper"),
        "withdrawn_on": lambda: _("Withdrawn on"),
    },
    "distinct_persons": {
        "one_id": lambda: pgettext("history", "One of the two"),
        "other_id": lambda: pgettext("history", "The other"),
        "said_on": lambda: pgettext("history", "Said on"),
    },
    "attendance": {
        "row_number": lambda: _("Number in the list"),
        "mark": lambda: _("Attendance"),
    },
    "access": {
        "count": lambda: pgettext("history", "Lines"),
        "form": lambda: pgettext("history", "Form"),
        "list": lambda: pgettext("history", "List"),
        "which": lambda: pgettext("history", "Chosen lines"),
    },
    "reunion": {
        "records": lambda: pgettext("history", "Records brought together"),
    },
}


def label(noun: str, field: str) -> str:
    """What a field of a kind of record is called; empty where it has no words."""
    said = _OWN.get(noun, {}).get(field) or (None if noun in _PEOPLE else _ALL.get(field))
    return said() if said is not None else people.field_name(field) or (_ALL[field]() if field in _ALL else "")


_PEOPLE = ("person", "membership", "placement", "position")  # whose forms have labels of their own
