"""The slips: one page each, with what is compared on them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from sochihoi.services.sync_papers import file_slip, key_slip
from tests.exchange_data import OCTOBER, REASON, Exchange, make_exchange


@pytest.fixture
def exchange(tmp_path: Path) -> Iterator[Exchange]:
    made = make_exchange(tmp_path)
    yield made
    made.close()


def text_of(pdf: bytes) -> tuple[int, str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        text = "".join(document[at].get_textpage().get_text_bounded() for at in range(len(document)))
        return len(document), text
    finally:
        document.close()


def test_the_slip_of_a_file_has_its_digest_the_digits_and_the_main_figures(exchange: Exchange) -> None:
    sent = exchange.send()
    made = exchange.below.sending.history()[0]
    pages, text = text_of(file_slip(exchange.below, made.id))
    assert pages == 1
    for part in (sent.name, made.sha256[:4].upper(), *exchange.below.sending.keys().digits, "Hội LHPN tỉnh Mẫu", "27"):
        assert part in text


def test_the_slip_of_an_older_edition_keeps_its_figures(exchange: Exchange) -> None:
    below = exchange.below
    exchange.send()
    first = below.sending.history()[0]
    below.months.begin_supplement(OCTOBER, "Nhập sót hội phí.")
    below.figures.enter("dues.collected_vnd", OCTOBER, None, 4_120_000)
    below.months.close(OCTOBER, reason=REASON)
    exchange.send()
    second = below.sending.history()[0]
    money = ("4.120.000", "4,120,000")
    assert not any(words in text_of(file_slip(below, first.id))[1] for words in money)
    pages, text = text_of(file_slip(below, second.id))
    assert pages == 1
    assert any(words in text for words in money)


def test_the_slip_of_a_key_has_its_twelve_groups(exchange: Exchange) -> None:
    for office in (exchange.below, exchange.above):
        pages, text = text_of(key_slip(office))
        assert pages == 1
        assert all(group in text for group in office.sending.keys().digits)
        assert office.commune.union_name in text


def test_a_demonstration_is_marked(tmp_path: Path) -> None:
    demo = make_exchange(tmp_path / "demo", demo=True, records=False)
    real = make_exchange(tmp_path / "real", records=False)
    marks = [any(words in text_of(key_slip(one.below))[1] for words in ("SAMPLE", "XÃ MẪU")) for one in (demo, real)]
    assert marks == [True, False]
    demo.close()
    real.close()


def test_the_slip_of_a_receipt_has_the_letters_or_what_to_correct(exchange: Exchange) -> None:
    from sochihoi.domain.corrections import Correction
    from sochihoi.services.answer_papers import receipt_slip
    from sochihoi.services.phone_codes import NotCounted
    from sochihoi.ui.words.answers import slip_line

    (verdict,) = exchange.above.receiving.receive([exchange.send()])
    assert verdict.line is not None
    line = verdict.line.id
    exchange.above.receiving.deciding.ask("99001", [Correction("2026-10", "org.members", said="Chị xem lại.")])
    pages, text = text_of(receipt_slip(exchange.above, line, slip_line(exchange.above)))
    letters = exchange.above.phone.tell(line).split("-")
    assert pages == 1
    for part in (*letters, verdict.line.sha256[:4].upper(), "Hội LHPN xã Hòa Phú (99001)", "Chị xem lại."):
        assert part in text
    exchange.above.receiving.deciding.take_back([line])
    _pages, text = text_of(receipt_slip(exchange.above, line, why="Cấp trên đã hủy nhận."))
    assert "Cấp trên đã hủy nhận." in text
    assert letters[0] not in text
    bad = exchange.stick / "bad.hpn"
    bad.write_bytes(b"x")
    (refused,) = exchange.above.receiving.receive([bad])
    assert refused.line is not None
    with pytest.raises(NotCounted):
        receipt_slip(exchange.above, refused.line.id)
