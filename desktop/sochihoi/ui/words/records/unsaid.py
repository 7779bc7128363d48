"""Fields of the journal's records that no history shows, each with the reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_ID: Final = "an id: it says nothing to anyone, and the title of the record has the name"
_DERIVED: Final = "made by the program from a field that is shown"
_KEY: Final = "a key or check sum of the exchange: a program compares it, nobody reads it"
_FILE: Final = "the bytes of a file: the journal has only their length and check sum"
_FROZEN: Final = "frozen with the closed month or the issued report, whose page shows it whole"
_CARRIED: Final = "what a file carried: the page of the file shows it, and it may name people"

_EVERYWHERE: Final[Mapping[str, str]] = {
    "id": _ID,
    "deleted_on": "said of the whole record: it was taken off the lists",
    "sort_key": _DERIVED,
    "search_key": _DERIVED,
    "sha256": _KEY,
    "manifest_hash": _KEY,
    "file_id": _KEY,
    "epoch": _KEY,
}
_CLOSED: Final = dict.fromkeys(("checks", "figures", "previous", "year_to_date", "definitions"), _FROZEN)
_OWN: Final[Mapping[str, Mapping[str, str]]] = {
    "access": {"fields": "the log of access tells them, which only the chair reads"},
    "archived_paper": {"content": _FILE, "signature": "read anew from the file whenever its page is opened"},
    "carried_file": {"content": _FILE, "facts": _CARRIED},
    "closing": _CLOSED,
    "erasure": {"rows": "hashes of what is left: a check compares them"},
    "installation": {"identity": _KEY, "parent": _KEY, "handed_to": _ID},
    "issued_report": {
        "form_version": _FROZEN,
        "content": _FROZEN,
        "figures": _FROZEN,
        "number_value": "the number without its letters; the number as printed is shown",
    },
    "joined_book": {"installation": _ID, "change": _KEY, "head": _KEY, "told": "the page of the joined book shows it"},
    "joined_closing": _CLOSED,
    "membership": {"registered_on": _DERIVED},
    "person": {"consent_on": "of books before 0004, never read: the register of consent says who agreed"},
    "position": {"rank": _DERIVED},
    "proposal": {"position": "the order on the sheet"},
    "received_figure": {"branch": _ID, "content": _CARRIED},
    "received_file": {
        "batch": _ID,
        "content": _FILE,
        "receipt": _FILE,
        "facts": _CARRIED,
        "warnings": _CARRIED,
        "findings": _CARRIED,
    },
    "received_member": {"member": _ID, "content": _CARRIED, "id_hash": _KEY},
    "report_text": {"drafted": "the draft of the program, which the page of the report shows beside the text"},
    "reunion": {"forked_at": _KEY, "heads": _KEY},
    "sent_file": {"content": _FILE, "told": _CARRIED, "profile": _KEY, "mode": _KEY},
    "transfer_ticket": {"content": _CARRIED, "carried_id": _ID},
    "trusted_key": {"keys": _FILE, "fingerprint": _KEY, "replaces": _KEY},
}


def reason(noun: str, field: str) -> str:
    """Why no history shows this field; empty where it is shown."""
    return _OWN.get(noun, {}).get(field) or _EVERYWHERE.get(field, "")
