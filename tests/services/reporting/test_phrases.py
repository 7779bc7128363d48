"""The phrase library: read strictly, filled, replaced by a pack; the officer's own phrases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sochihoi import paths
from sochihoi.domain.errors import FieldProblem, NotFound
from sochihoi.domain.months import CheckLevel
from sochihoi.domain.periods import Period
from sochihoi.services import phrases
from sochihoi.services.definition_tables import BadDefinition
from sochihoi.services.office import Office
from sochihoi.services.report_forms import Scope, read_forms
from tests.offices import make_office
from tests.people_data import add_members

LIBRARY = """
code = "general"
version = "2027.1"
valid_from = 2015-01-01
source = "Hội LHPN tỉnh Mẫu"
[[groups]]
code = "ours"
name = { vi = "Của tỉnh", en = "Ours" }
sections = "strengths"
forms = "month"
[[groups.phrases]]
text = "Công tác Hội {period} có chuyển biến."
"""


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = make_office(tmp_path / "data")
    add_members(made, count=3)
    yield made
    made.close()


def test_the_shipped_library_is_for_sections_that_there_are(office: Office) -> None:
    (library,) = phrases.read_phrases()
    sections = {section.code for form in read_forms() for section in form.sections}
    texts = [text for group in library.groups for text in group.texts]
    assert len(texts) >= 60
    assert len(set(texts)) == len(texts)
    assert all(text[0].isupper() and text.endswith(".") and "!" not in text for text in texts)
    assert all(group.sections <= sections for group in library.groups)


def test_places_are_filled_and_her_own_come_first(office: Office) -> None:
    span = office.reports.span("2026-10")
    office.reports.phrase_book.keep("Chị em   dự đông.", "strengths")
    office.reports.phrase_book.keep("Việc khác.", "tasks")
    found = office.reports.phrases("month", span, "strengths")
    assert [one.text for one in found if one.own] == ["Chị em dự đông."]
    assert found[0].own
    assert any(one.text.startswith("Công tác Hội tháng 10 năm 2026 được triển khai") for one in found)
    assert not [one for one in found if "{" in one.text]
    tasks = office.reports.phrases("month", span, "tasks")
    assert any("“Xây dựng gia đình 5 không, 3 sạch, 3 an”" in one.text for one in tasks)
    with pytest.raises(NotFound):
        office.reports.phrases("month", span, "nonsense")


@pytest.mark.parametrize("code", ["2026-10", "2026"])
def test_every_section_with_a_prompt_has_phrases(office: Office, code: str) -> None:
    span = office.reports.span(code)
    for form in office.reports.forms(span):
        unit = office.reports.branches(span)[0].id if form.scope is Scope.BRANCH else None
        for section in (one for one in form.sections if one.prompt):
            assert office.reports.phrases(form.code, span, section.code, unit), (form.code, section.code)


def test_her_own_are_kept_once_and_dropped(office: Office) -> None:
    book, span = office.reports.phrase_book, office.reports.span("2026-10")
    first = book.keep("Duy trì tốt.")
    assert book.keep("Duy trì tốt.", "strengths") == first
    for bad in ("  \n ", "x" * 501):
        with pytest.raises(FieldProblem):
            book.keep(bad)
    assert first in office.reports.phrases("month", span, "tasks")
    book.drop(first.id)
    assert not [one for one in office.reports.phrases("month", span, "tasks") if one.own]
    with pytest.raises(NotFound):
        book.drop(first.id)


def test_a_pack_replaces_the_library(office: Office) -> None:
    folder = paths.pack(office.store.folder.path) / "phrases"
    folder.mkdir(parents=True)
    (folder / "own.toml").write_text(LIBRARY, encoding="utf-8")
    span = office.reports.span("2026-10")
    said = [one.text for one in office.reports.phrases("month", span, "strengths")]
    assert said == ["Công tác Hội tháng 10 năm 2026 có chuyển biến."]
    assert not office.reports.phrases("quarter", office.reports.span("2026-Q4"), "strengths")


@pytest.mark.parametrize("wrong", ["{perod}", "{period", "[period", "{org.members|nonsense}"])
def test_a_library_with_a_wrong_place_is_refused_and_told(office: Office, wrong: str) -> None:
    folder = paths.pack(office.store.folder.path) / "phrases"
    folder.mkdir(parents=True)
    (folder / "own.toml").write_text(LIBRARY.replace("{period}", wrong), encoding="utf-8")
    with pytest.raises(BadDefinition):
        phrases.read_phrases(pack=folder.parent)
    (found,) = [one for one in office.months.checks(Period.month(2026, 10)) if one.check == "pack.broken"]
    assert found.level is CheckLevel.WARNING
    assert len(office.reports.phrases("month", office.reports.span("2026-10"), "strengths")) > 1
