"""An issued report is signed and kept, or comes back signed; a draft, another paper and a wrong clock are refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from sochihoi.domain.accounts import Role
from sochihoi.domain.errors import NotAllowed
from sochihoi.domain.issued import PaperKind
from sochihoi.domain.periods import Period
from sochihoi.reports import fonts
from sochihoi.reports.signing import errors
from sochihoi.reports.signing.check import Coverage, State
from sochihoi.reports.signing.keys import KeyFile
from sochihoi.reports.signing.sign import Look, sign
from sochihoi.services.office import Office
from sochihoi.services.opening import open_office
from sochihoi.services.reports import BRANCH_SHEET
from sochihoi.services.signing import DraftNotSigned, SignatureNotAccepted, last_written, sign_file
from sochihoi.ui import words
from tests.month_data import OCTOBER, SEPTEMBER, autumn, close_september
from tests.offices import MOMENT, PASSWORD, around, make_office
from tests.report_data import pdf, report
from tests.reports.signing import certificates as made


@pytest.fixture(autouse=True)
def _letters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(fonts.CHOICE, "liberation")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """Autumn 2026; September is closed."""
    made_ = make_office(tmp_path / "data")
    autumn(made_)
    close_september(made_)
    yield made_
    made_.close()


def key(holder: made.Holder | None = None) -> KeyFile:
    return KeyFile((holder or made.holder()).key_file(), made.PASSWORD)


def elsewhere(content: bytes, holder: made.Holder | None = None) -> bytes:
    """Signed with another program on another PC."""
    return sign(content, key(holder), Look(), now=MOMENT - timedelta(hours=1)).content


def test_a_report_is_signed_and_kept_with_what_was_found(office: Office) -> None:
    paper = report(office, SEPTEMBER)
    done = office.signing.sign_report(paper, key())
    assert done.made_here
    (check,) = done.checks
    assert (check.signer, check.unit, check.coverage) == (made.SIGNER, made.UNIT, Coverage.WHOLE)
    assert check.claimed_at == MOMENT
    assert done.paper.kind is PaperKind.SIGNED_PDF
    _kept, content = office.reports.issuing.kept_file(done.paper.id)
    assert content.startswith(pdf(office, SEPTEMBER))
    # Read back from the archive, after the book was opened again
    assert office.signing.signed(paper) == (done,)
    assert office.signing.check_again(done.paper.id)[0].state is State.UNKNOWN_CHAIN
    kinds = [one.kind for one in office.reports.issuing.kept("month", paper.span)]
    assert sorted(one.name for one in kinds) == ["PDF", "SIGNED_PDF"]


def test_the_unit_signs_the_file_that_a_person_signed(office: Office) -> None:
    paper = report(office, SEPTEMBER)
    first = office.signing.sign_report(paper, key())
    second = office.signing.sign_report(paper, key(made.organisation()))
    assert [one.signer for one in second.checks] == [made.SIGNER, made.UNIT]
    assert [one.coverage for one in second.checks] == [Coverage.SIGNED_AGAIN, Coverage.WHOLE]
    assert office.signing.signed(paper) == (second, first)
    with pytest.raises(errors.AlreadySigned):
        office.signing.sign_report(paper, key())
    assert len(office.signing.signed(paper)) == 2


def test_a_root_in_the_folder_of_the_book_is_trusted(office: Office) -> None:
    folder = office.store.folder.path / "certificates"
    folder.mkdir()
    (folder / "goc.pem").write_bytes(made.authority().pem)
    assert office.signing.sign_report(report(office, SEPTEMBER), key()).checks[0].state is State.GOOD


def test_a_draft_and_a_viewer_sign_nothing(office: Office, tmp_path: Path) -> None:
    draft = report(office, OCTOBER)
    with pytest.raises(DraftNotSigned):
        office.signing.sign_report(draft, key())
    with pytest.raises(DraftNotSigned):
        office.signing.attach_signed(draft, elsewhere(pdf(office, OCTOBER)))
    paper = report(office, SEPTEMBER)
    office.account = replace(office.account, role=Role.VIEWER)
    with pytest.raises(NotAllowed):
        office.signing.sign_report(paper, key())


def test_a_sheet_of_a_branch_is_signed_at_its_place(office: Office) -> None:
    span = office.reports.span(SEPTEMBER.code)
    branch = office.reports.branches(span)[0]
    paper = report(office, SEPTEMBER, BRANCH_SHEET, branch.id)
    done = office.signing.sign_report(paper, key())
    assert done.checks[0].page is not None
    assert office.signing.signed(paper) == (done,)
    assert office.signing.signed(report(office, SEPTEMBER)) == ()


# ---------------------------------------------------------------------- the clock


@pytest.mark.parametrize("days", [-40 * 365, -2, 500])
def test_a_wrong_clock_signs_nothing(office: Office, tmp_path: Path, days: int) -> None:
    paper = report(office, SEPTEMBER)
    office.close()
    moment = MOMENT + timedelta(days=days)
    again = open_office(tmp_path / "data", PASSWORD, around=around("later", moment))
    try:
        with pytest.raises(errors.WrongClock) as caught:
            again.signing.sign_report(paper, key())
        assert caught.value.now == moment
        assert "ngày giờ" in str(words.say(caught.value)) or "clock" in str(words.say(caught.value))
        assert again.signing.signed(paper) == ()
    finally:
        again.close()


def test_without_the_book_the_disk_says_when_it_was_written_last(office: Office, tmp_path: Path) -> None:
    content = pdf(office, SEPTEMBER)
    folder = tmp_path / "data"
    last = last_written(folder)
    assert last is not None
    with pytest.raises(errors.WrongClock):
        sign_file(content, key(), Look(), last - timedelta(days=3), folder)
    assert last_written(tmp_path / "nowhere") is None
    assert sign_file(content, key(), Look(), made.NOW, tmp_path / "nowhere").check.agrees


# ---------------------------------------------------------------------- signed elsewhere


def test_the_paper_that_was_signed_elsewhere_is_attached(office: Office) -> None:
    paper = report(office, SEPTEMBER)
    printed = office.reports.export(paper, "pdf")
    signed = elsewhere(printed)
    done = office.signing.attach_signed(paper, signed)
    assert not done.made_here
    assert done.checks[0].state is State.UNKNOWN_CHAIN
    assert office.signing.attach_signed(paper, signed) == done  # the same file is kept once
    assert office.signing.signed(paper) == (done,)
    # And it goes on from there
    assert len(office.signing.sign_report(paper, key(made.organisation())).checks) == 2


def test_what_is_not_attached(office: Office) -> None:
    paper = report(office, SEPTEMBER)
    own = pdf(office, SEPTEMBER)
    good = elsewhere(own)
    broken = bytearray(good)
    broken[broken.index(b"/Producer") + 20] ^= 1
    for content, problem in (
        (own, errors.NotSigned),
        (b"khong phai PDF", errors.NotAPdf),
        (elsewhere(pdf(office, OCTOBER)), errors.NotOurPaper),
        (bytes(broken), SignatureNotAccepted),
    ):
        with pytest.raises(problem) as caught:
            office.signing.attach_signed(paper, content)
        assert str(words.say(caught.value))
    assert office.signing.signed(paper) == ()


def test_the_paper_of_an_earlier_edition_is_another_paper(office: Office) -> None:
    old = elsewhere(pdf(office, SEPTEMBER))
    office.months.begin_supplement(SEPTEMBER, "Thiếu một buổi sinh hoạt")
    office.months.close(SEPTEMBER, "Số liệu đầu kỳ")
    with pytest.raises(errors.NotOurPaper):
        office.signing.attach_signed(report(office, SEPTEMBER), old)


def test_an_issued_quarter_is_signed_too(tmp_path: Path) -> None:
    moment = made.NOW + timedelta(days=80)
    office = make_office(tmp_path / "data", moment=moment)
    try:
        autumn(office)
        close_september(office)
        for month in (10, 11, 12):
            office.months.close(Period.month(2026, month), "Hoãn vì ngập nước")
        draft = report(office, "2026-Q4", "quarter")
        office.reports.issuing.issue(draft)
        done = office.signing.sign_report(report(office, "2026-Q4", "quarter"), key())
        assert done.checks[0].claimed_at == moment
    finally:
        office.close()


def test_neither_password_nor_pin_is_written_anywhere(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(0)
    office.signing.sign_report(report(office, SEPTEMBER), key())
    with pytest.raises(errors.WrongKeyPassword) as caught:
        office.signing.sign_report(report(office, SEPTEMBER), KeyFile(made.organisation().key_file(), "sai-mat-khau"))
    assert "sai-mat-khau" not in caplog.text + repr(caught.value)
    assert made.PASSWORD not in caplog.text
    assert made.SIGNER not in caplog.text
    with office.read() as work:
        told = str(work.rows(__import__("sqlalchemy").text("SELECT * FROM journal")))
    assert made.PASSWORD not in told
