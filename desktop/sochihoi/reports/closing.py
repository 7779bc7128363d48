"""The end of a paper: signatures and recipients, never on a page without body text."""

from __future__ import annotations

from typing import Any

from reportlab.platypus import Flowable, Paragraph, Table

from sochihoi.reports.document import Signature
from sochihoi.reports.fonts import Typeface
from sochihoi.reports.layout import MM, Layout
from sochihoi.reports.signing.place import MAIN, SECOND, record
from sochihoi.reports.tables import row_heights
from sochihoi.reports.tagging import kind_of, marked
from sochihoi.reports.text import plain, wrap
from sochihoi.reports.wording import word


class SignatureBlock(Flowable):
    """Right half: the signature. Left: a second signature, or the recipients; with both, recipients stand below."""

    def __init__(
        self,
        signature: Signature,
        second: Signature | None,
        recipients: tuple[str, ...],
        layout: Layout,
        face: Typeface,
        language: str,
    ) -> None:
        super().__init__()
        self._signature, self._second, self._recipients = signature, second, recipients
        self._layout, self._face = layout, face
        self._title = word(language, "paper.recipients")

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:
        layout = self._layout
        self.width = available_width
        self._lines = [
            line
            for text in self._recipients
            for line in wrap(text, self._face.regular, layout.recipients_pt, available_width / 2 - 6)
        ]
        small = layout.recipients_pt * layout.leading
        self._recipients_height = (
            layout.recipients_title_pt * layout.leading + len(self._lines) * small if self._recipients else 0.0
        )
        self._signed = max(
            self._signature_height(one, available_width / 2) for one in (self._signature, self._second) if one
        )
        beside = self._signed if self._second else max(self._signed, self._recipients_height)
        self.height = 8 + beside + (6 + self._recipients_height if self._second and self._recipients else 0)
        return self.width, self.height

    def _titles(self, signature: Signature, room: float) -> list[str]:
        texts = [text for text in (signature.on_behalf, signature.title) if text]
        return [line for text in texts for line in wrap(text, self._face.bold, self._layout.signature_pt, room)]

    def _signature_height(self, signature: Signature, room: float) -> float:
        layout = self._layout
        gap = (layout.seal_room_mm if signature.seal_room else layout.name_room_mm) * MM
        return (len(self._titles(signature, room)) + 1) * layout.signature_pt * layout.leading + gap

    def draw(self) -> None:
        self._sign(self._signature, self.width * 0.75, MAIN)
        if self._second:
            self._sign(self._second, self.width * 0.25, SECOND)
        if self._recipients:
            top = self.height - 8 - (self._signed + 6 if self._second else 0)
            self._send_to(top)

    def _sign(self, signature: Signature, middle: float, place: str) -> None:
        canvas: Any = self.canv
        size = self._layout.signature_pt
        step = size * self._layout.leading
        base = self.height - 8 - size
        canvas.setFont(self._face.bold, size)
        for line in self._titles(signature, self.width / 2):
            canvas.drawCentredString(middle, base, line)
            base -= step
        foot = self.height - 8 - self._signed + size * 0.25
        canvas.drawCentredString(middle, foot, plain(signature.name))
        # Between title and name: where a digital signature finds its place
        low = canvas.absolutePosition(middle - self.width / 4 + 2, foot + size)
        record(canvas, place, low, canvas.absolutePosition(middle + self.width / 4 - 2, base + step - size * 0.3))

    def _send_to(self, top: float) -> None:
        canvas: Any = self.canv
        layout = self._layout
        base = top - layout.recipients_title_pt
        canvas.setFont(self._face.bold_italic, layout.recipients_title_pt)
        canvas.drawString(0, base, self._title)
        canvas.setFont(self._face.regular, layout.recipients_pt)
        for line in self._lines:
            base -= layout.recipients_pt * layout.leading
            canvas.drawString(0, base, line)


class Closing(Flowable):
    """The last part of the body with what must stay under it (signatures, a line above them). When all does not fit,
    the part is split so that some of it (two lines, two rows) goes over to the page of the signatures.
    """

    tag = ""  # its parts are marked one by one

    def __init__(self, last: Flowable, *below: Flowable) -> None:
        super().__init__()
        self._last, self._below = last, below

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        _wide, self._last_height = self._last.wrap(available_width, available_height)
        self._heights = [part.wrap(available_width, available_height)[1] for part in self._below]
        self._space = self._last.getSpaceAfter()
        below = sum(self._heights)
        self.width, self.height = available_width, self._last_height + self._space + below
        return self.width, self.height

    def _kept(self) -> float:
        """How much of the last part must stay with the signatures, in points."""
        if isinstance(self._last, Table):
            return sum(row_heights(self._last)[-2:])
        if isinstance(self._last, Paragraph):
            return float(self._last.style.leading) * 2
        return self._last_height

    def least(self, available_width: float) -> float:
        """What a heading above needs below it on its own page, in points."""
        _wide, high = self.wrap(available_width, 10_000)
        kept = self._kept()
        if isinstance(self._last, Table) and len(row_heights(self._last)) > 6:
            return float(sum(row_heights(self._last)[:4]))
        if isinstance(self._last, Paragraph) and self._last_height >= 2 * kept:
            return kept
        return high

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        self.wrap(available_width, available_height)
        if self.height <= available_height:
            return [self]
        room = min(available_height, self._last_height - self._kept() + 0.01)
        parts = self._last.split(available_width, room) if room > 0 else []
        if len(parts) < 2:
            return []
        return [*parts[:-1], Closing(parts[-1], *self._below)]

    def getSpaceBefore(self) -> float:
        return float(self._last.getSpaceBefore())

    def draw(self) -> None:
        self._put(self._last, self.height - self._last_height)
        base = sum(self._heights)
        for part, high in zip(self._below, self._heights, strict=True):
            base -= high
            self._put(part, base)

    def _put(self, part: Flowable, base: float) -> None:
        with marked(self.canv, *kind_of(part)):
            part.drawOn(self.canv, 0, base)
