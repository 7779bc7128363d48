"""Recognition certificates: what they say, how they look to other programs, and what their code proves."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from sochihoi import paths
from sochihoi.domain import paper_codes
from sochihoi.domain.campaign_records import NotConfirmed
from sochihoi.domain.rubric import Title
from sochihoi.services import certificates
from sochihoi.services.certificate_texts import load
from sochihoi.services.certificates import Decision, NoTitle
from sochihoi.services.definition_tables import BadDefinition
from sochihoi.services.definitions import in_force
from sochihoi.services.office import Office
from sochihoi.ui.words.rubric import certificate_words
from tests import campaign_data
from tests.conftest import FindTool
from tests.offices import make_office
from tests.people_data import add_branch, add_members

YEAR = 2026
DECISION = Decision("15/QĐ-BTV", date(2026, 10, 20), date(2026, 10, 24))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = make_office(tmp_path / "commune")
    yield made
    made.close()


@pytest.fixture
def branch(office: Office) -> str:
    """A branch that was given the title of the year."""
    found = add_branch(office)[0]
    office.rubric.record_titles(YEAR, {found: Title.MODEL})
    return found


@pytest.fixture
def homes(office: Office) -> tuple[str, ...]:
    """Three households; the last one failed a criterion."""
    add_members(office, count=3)
    found = tuple(office.households.make_for([row.membership_id for row in office.people.rows()]))
    branch_id = add_branch(office)[0]
    own = office.campaign.set_in_use(YEAR)
    campaign_data.confirm(office, branch_id, found, failing={found[2]: own.criteria[0].code})
    return found


def text(tool: FindTool, pdf: bytes, folder: Path) -> list[str]:
    """The words of each page, lines joined."""
    (folder / "paper.pdf").write_bytes(pdf)
    done = subprocess.run(
        [tool("pdftotext"), "-layout", str(folder / "paper.pdf"), "-"],
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    return ["\n".join(" ".join(line.split()) for line in page.splitlines()) for page in done.stdout.split("\f")[:-1]]


def test_the_certificate_of_a_branch(office: Office, branch: str, tool: FindTool, tmp_path: Path) -> None:
    pages = text(tool, certificates.of_branches(office, YEAR, [branch], DECISION), tmp_path)
    assert len(pages) == 1
    lines = [line for line in pages[0].splitlines() if line]
    assert lines[:7] == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "BAN THƯỜNG VỤ",
        "HỘI LHPN XÃ HÒA PHÚ",
        "GIẤY CHỨNG NHẬN",
        "Chi hội Phụ nữ Ấp An Hòa",
        "Đạt danh hiệu “Chi hội Phụ nữ mẫu” năm 2026",
    ]
    told = " ".join(lines)
    for part in (
        "Theo Quyết định số 15/QĐ-BTV ngày 20/10/2026",
        "ngày 24 tháng 10 năm 2026",
        "TM. BAN THƯỜNG VỤ",
        "CHỦ TỊCH",
        "Mã tra cứu: ",
    ):
        assert part in told
    assert "XÃ MẪU" not in told


def test_a_branch_without_a_title_gets_none(office: Office) -> None:
    branch_id = add_branch(office)[0]
    with pytest.raises(NoTitle):
        certificates.of_branches(office, YEAR, [branch_id], DECISION)


def test_certificates_of_households_one_on_a_page(
    office: Office, homes: tuple[str, ...], tool: FindTool, tmp_path: Path
) -> None:
    office.campaign.give_plaque(homes[0], YEAR, "12", date(2026, 10, 21))
    heads = {line.household_id: line.head for line in office.campaign.households(YEAR)}
    pdf = certificates.of_households(office, YEAR, homes[:2], Decision("", None, date(2026, 10, 24)))
    pages = text(tool, pdf, tmp_path)
    assert len(pages) == 2
    told = next(page for page in pages if heads[homes[0]] in page)
    assert f"Hộ gia đình {heads[homes[0]]}" in told
    assert "Chi hội Phụ nữ Ấp An Hòa" in told
    assert "Đạt danh hiệu “Gia đình 5 không, 3 sạch, 3 an” năm 2026" in told
    assert "Số biển: 12, gắn ngày 21/10/2026" in told
    assert "Quyết định" not in told
    other = next(page for page in pages if page != told)
    assert "Số biển" not in other
    assert office.history.acts(1)[0].act == "list.export"
    with pytest.raises(NotConfirmed):
        certificates.of_households(office, YEAR, homes, DECISION)


def test_other_programs_find_it_whole(office: Office, branch: str, tool: FindTool, tmp_path: Path) -> None:
    pdf = certificates.of_branches(office, YEAR, [branch], DECISION)
    assert certificates.of_branches(office, YEAR, [branch], DECISION) == pdf
    file = tmp_path / "paper.pdf"
    file.write_bytes(pdf)
    subprocess.run([tool("qpdf"), "--check", str(file)], check=True, capture_output=True)
    told = subprocess.run([tool("pdffonts"), str(file)], check=True, capture_output=True, encoding="utf-8").stdout
    fonts = told.splitlines()[2:]
    assert fonts
    assert all(line.split()[-5] == "yes" for line in fonts)
    size = subprocess.run([tool("pdfinfo"), str(file)], check=True, capture_output=True, encoding="utf-8").stdout
    assert "841.89 x 595.276 pts (A4)" in size or "841.89 x 595.28" in size


def test_the_code_is_read_and_proves_what_is_recorded(
    office: Office, branch: str, tool: FindTool, tmp_path: Path
) -> None:
    (tmp_path / "paper.pdf").write_bytes(certificates.of_branches(office, YEAR, [branch], DECISION))
    subprocess.run(
        [tool("pdftoppm"), "-r", "150", "-gray", "-png", str(tmp_path / "paper.pdf"), str(tmp_path / "page")],
        check=True,
    )
    (page,) = tmp_path.glob("page-*.png")
    done = subprocess.run(
        [tool("zbarimg"), "--quiet", "--raw", "--nodbus", str(page)], check=True, capture_output=True, encoding="utf-8"
    )
    read = done.stdout.strip()
    code = paper_codes.read(read)
    assert read == f"SOCHIHOI/1/{office.commune.code}/certificate-model/2026/1/{code}"
    fact = certificates.proven(office, read)
    assert fact is not None
    assert (fact.kind, fact.year, fact.subject, fact.name) == ("model", YEAR, branch, "Ấp An Hòa")
    assert certificate_words(fact).count("Ấp An Hòa") == 1
    office.rubric.record_titles(YEAR, {branch: Title.MODEL_OUTSTANDING})
    assert certificates.proven(office, read) is None  # the paper says what the records no longer do
    assert certificates.proven(office, "no code") is None


def test_a_demonstration_says_so(tmp_path: Path) -> None:
    made = make_office(tmp_path / "sample", demo=True)
    found = add_branch(made)[0]
    made.rubric.record_titles(YEAR, {found: Title.MODEL})
    document = pypdfium2.PdfDocument(certificates.of_branches(made, YEAR, [found], DECISION))
    told = document[0].get_textpage().get_text_range()
    document.close()
    made.close()
    assert "XÃMẪU" in "".join(told.split())


def test_the_texts_of_a_pack_take_their_place(office: Office, branch: str, tool: FindTool, tmp_path: Path) -> None:
    shipped = (paths.resources() / "reports" / "certificates.toml").read_text("utf-8")
    own = paths.pack(office.store.folder.path) / "reports"
    own.mkdir(parents=True)
    (own / "certificates.toml").write_text(shipped.replace("GIẤY CHỨNG NHẬN", "GIẤY CÔNG NHẬN"), "utf-8")
    assert "GIẤY CÔNG NHẬN" in text(tool, certificates.of_branches(office, YEAR, [branch], DECISION), tmp_path)[0]
    (own / "certificates.toml").write_text(shipped.replace("{name}", "{nmae}"), "utf-8")
    assert load(own.parent).certificates[0].heading == "GIẤY CHỨNG NHẬN"  # never half used
    _definitions, problem = in_force(own.parent)
    assert problem is not None
    assert problem.file == "certificates.toml"


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("#7A1F3D", "red"), ('heading = "GIẤY CHỨNG NHẬN"', ""), ("{branch}", "{branch"), ("[certificates.model]", "[x]")],
)
def test_a_faulty_file_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, right: str, wrong: str) -> None:
    shipped = (paths.resources() / "reports" / "certificates.toml").read_text("utf-8")
    assert right in shipped
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "certificates.toml").write_text(shipped.replace(right, wrong), "utf-8")
    monkeypatch.setattr(paths, "resources", lambda: tmp_path)
    with pytest.raises(BadDefinition):
        load()
