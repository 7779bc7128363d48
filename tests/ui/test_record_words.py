"""Every field of every record that the journal can hold has words in the history, or a reason not to be shown."""

from __future__ import annotations

from dataclasses import fields
from enum import Enum

import pytest
from sqlalchemy import JSON, Boolean, Date, LargeBinary

from sochihoi.domain.custody import Act as CustodyAct
from sochihoi.domain.duties import Incident, Request, Retention
from sochihoi.domain.exchange import Decision, Outcome
from sochihoi.domain.meetings import MeetingState
from sochihoi.domain.minutes import Minutes
from sochihoi.domain.study import CampaignState
from sochihoi.domain.tickets import TicketState
from sochihoi.domain.units import Level
from sochihoi.services import definitions
from sochihoi.services.commune import Commune
from sochihoi.storage import naming
from sochihoi.storage.journal import Entry
from sochihoi.storage.schema import METADATA
from sochihoi.ui.words.missing import RECORDS
from sochihoi.ui.words.records import nested, settings, unsaid
from sochihoi.ui.words.records.changes import kind_words, told
from sochihoi.ui.words.records.labels import label
from sochihoi.ui.words.records.values import Speech

TABLES = sorted(METADATA.tables.keys() - {"draft", "journal"})  # these two are never journaled
RULES = definitions.load()
NOTES = {  # rows that change no record, and what they say
    "access": ("person_id", "fields", "count", "form", "list", "which"),
    "erasure": ("rows",),
    "reunion": ("forked_at", "heads", "records"),
    "received_figure/rows": ("rows", "sha256"),
    "received_member/rows": ("rows", "sha256"),
}


@pytest.mark.parametrize("noun", [*TABLES, *NOTES])
def test_every_field_has_a_label_or_a_reason(noun: str) -> None:
    names = NOTES.get(noun) or naming.fields_of(noun)
    without = [name for name in names if not label(noun, name) and not unsaid.reason(noun, name)]
    assert without == []
    assert kind_words(noun) != "Mục", "no noun for this kind of record"
    assert noun in NOTES or noun in RECORDS


@pytest.mark.parametrize("noun", TABLES)
def test_a_value_is_no_code_and_no_id(noun: str) -> None:
    """Days, yes or no, and names in the place of ids follow from the kind of the column."""
    table, links = METADATA.tables[noun], naming.links(noun)
    speech = Speech({"01890000-0000-7000-8000-000000000001": "Ấp An Hòa"}, lambda: RULES)
    for name in naming.fields_of(noun):
        if unsaid.reason(noun, name):
            continue
        kind = table.c[name].type
        assert not isinstance(kind, LargeBinary), f"{noun}.{name}: bytes have no words"
        if isinstance(kind, Date):
            assert speech.value(noun, name, "2026-10-05") == "05/10/2026", f"{noun}.{name}"
        elif isinstance(kind, Boolean):
            assert [speech.value(noun, name, one) for one in (True, 0)] == ["Có", "Không"], f"{noun}.{name}"
        elif name in links:
            one = "01890000-0000-7000-8000-000000000001"
            assert speech.value(noun, name, one) == "Ấp An Hòa", f"{noun}.{name}"
            assert speech.value(noun, name, one[:-1] + "9") == "—", f"{noun}.{name}: of a record that nobody knows"
        elif isinstance(kind, JSON) and nested.parts(noun, name, {name: {}}, speech) is None and noun != "setting":
            assert "[" not in speech.value(noun, name, ["2026-01"]), f"{noun}.{name}: a list has words"


@pytest.mark.parametrize(
    ("noun", "field", "kind"),
    [
        ("meeting", "state", MeetingState),
        ("study_campaign", "state", CampaignState),
        ("received_file", "verdict", Outcome),
        ("received_file", "decision", Decision),
        ("transfer_ticket", "state", TicketState),
        ("unit", "level", Level),
        ("custody_step", "act", CustodyAct),
    ],
)
def test_a_name_of_an_enum_has_words_of_its_own(noun: str, field: str, kind: type[Enum]) -> None:
    said = [Speech({}).value(noun, field, name) for name in kind.__members__]
    assert not {*said} & {*kind.__members__}
    assert len({*said}) == len(said)


def test_every_setting_has_a_title_and_its_parts_have_words() -> None:
    unit = {one.name for one in fields(Commune)}
    assert unit == {*settings.UNIT, *settings.UNIT_UNSAID}
    for record in (Request, Incident, Retention):
        parts = {one.name for one in fields(record)}
        assert parts <= {*settings.FIELDS, *settings.FIELDS_UNSAID}, record
    assert {one.name for one in fields(Minutes)} == {*nested.MINUTES}
    speech = Speech({}, lambda: RULES)
    for name, value in (
        ("import.columns.0f", {"0": "name", "1": ""}),
        ("import.homes.0f", {"0": "head"}),
        ("above.due_days", {"2026-10": 5}),
        ("backup.drilled", ["2026-10-05", "a.hpnbak"]),
        ("report.phrases", [{"id": "1", "section": "", "text": "Nhìn chung tốt."}]),
        ("report.number.2026", 7),
        ("supplement.2026-09", "Thiếu một chi hội"),
        ("privacy.retention", {"left_years": 5}),
        ("commune.numbering_reset", "TERM"),
    ):
        assert settings.title(name) != settings.title("")
        said = " ".join(part for fact in settings.facts(name, value, speech) for part in fact)
        assert said
        assert not {"{", "TERM", "2026-10", "2026-09"} & {*said.split()}, said
    assert settings.facts("sync.last_receipt", {"no": 1}, speech) == []
    assert settings.title("sync.last_receipt")


def test_what_a_record_was_and_became_is_told_once() -> None:
    def entry(n: int, noun: str, before: object, after: object) -> Entry:
        return Entry(n, "2026-10-26T02:42:00Z", "a", "b", "x", noun, "r", before, after)  # type: ignore[arg-type]

    speech = Speech({}, lambda: RULES)
    twice = [
        entry(1, "household", {"id": "r", "address": "Số 1"}, {"id": "r", "address": "Số 2"}),
        entry(2, "household", {"id": "r", "address": "Số 2"}, {"id": "r", "address": "Số 3"}),
    ]
    (one,) = told(twice, {}, speech)
    assert [(part.label, part.before, part.after) for part in one.fields] == [("Địa chỉ", "Số 1", "Số 3")]
    row = {"id": "r", "full_name": "Lê Thị Lan", "national_id": "084165007413", "religion": "Phật giáo"}
    (new,) = told([entry(3, "person", None, row)], {}, speech)
    shown = {part.label: part.told(revealed=False)[1] for part in new.fields}
    assert shown == {"Họ và tên": "Lê Thị Lan", "Căn cước": "•••• •••• 7413", "Tôn giáo": "•••"}
    assert new.watched == ("religion",)
    (gone,) = told([entry(4, "unit", {"name": "Tổ 1"}, {"name": "Tổ 1", "deleted_on": "2026-10-05"})], {}, speech)
    assert (gone.title, gone.became.name, gone.fields) == ("Chi hội, tổ: Tổ 1", "GONE", ())
    (erased,) = told([entry(5, "person", {"id": "r", "erased": 9}, None)], {}, speech)
    assert (erased.became.name, erased.fields) == ("ERASED", ())
    score = {"rubric_code": "none", "rubric_version": "1", "rows": {"A1": {"self": "7.5"}}, "blocking": {"C1": "MET"}}
    (sheet,) = told([entry(6, "branch_score", {**score, "rows": {}, "blocking": {}}, score)], {}, speech)
    assert [(part.label, part.after) for part in sheet.fields] == [("A1, tự chấm", "7,5"), ("C1", "có")]
