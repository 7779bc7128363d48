"""How long things are kept: off unless chosen, what is due is a list, and only a person acts on it."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sochihoi.domain.duties import Retention, years_before
from sochihoi.domain.errors import FieldProblem, NotAllowed
from sochihoi.domain.progress import Progress, Unwatched
from sochihoi.services.privacy.rights import anonymous_words

if TYPE_CHECKING:
    from sochihoi.domain.member_lists import MemberRow
    from sochihoi.services.office import Office

_SETTING = "privacy.retention"
FORGET = "privacy.forget"
FORGET_STUDY = "privacy.forget_study"
Shuffle = Callable[[list[Any]], None]
_UNFORESEEN: Shuffle = secrets.SystemRandom().shuffle


@dataclass(frozen=True, slots=True)
class DueList:
    """What is older than was chosen. ``left``: women who left and are named still; ``marks``: lines of rosters that
    name somebody, in so many ``meetings`` held before ``meetings_before``. ``study_marks``: how often it is said who
    came to ``study_sessions``, of whole spans of years before ``study_before``."""

    left: tuple[MemberRow, ...]
    meetings: int
    marks: int
    meetings_before: date | None
    study_sessions: int
    study_marks: int
    study_before: date | None


class RetentionService:
    """``office.privacy.retention``."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def chosen(self) -> Retention:
        """Nothing is due while nothing was chosen."""
        with self._office.read() as work:
            return Retention(**work.settings.get(_SETTING, {}))

    def choose(self, retention: Retention) -> None:
        """The chair says how long. Raises ``NotAllowed``, ``FieldProblem`` (less than a year)."""
        self._manage("privacy.retention")
        for name, years in asdict(retention).items():
            if years is not None and years < 1:
                raise FieldProblem(name, "NEGATIVE", str(years))
        with self._office.write("privacy.retention") as work:
            work.settings.set(_SETTING, asdict(retention))

    def due(self) -> DueList:
        """As of today."""
        from sochihoi.storage import retention as kept
        from sochihoi.storage import study_forgetting

        chosen, today = self.chosen(), self._office.today
        left: tuple[MemberRow, ...] = ()
        before = None if chosen.attendance_years is None else years_before(today, chosen.attendance_years)
        with self._office.read() as work:
            if chosen.left_years is not None:
                last = years_before(today, chosen.left_years)
                active = {row.person_id for row in work.people.rows(today)}
                gone = {row.person_id: row for row in work.people.rows(today, "LEFT") if row.person_id not in active}
                people = work.people.people(gone)
                left = tuple(
                    row
                    for key, row in gone.items()
                    if people[key].anonymised_on is None and row.left_on is not None and row.left_on <= last
                )
            meetings, marks = (0, 0) if before is None else kept.named_rosters(work, before)
            since = None if chosen.study_years is None else years_before(today, chosen.study_years)
            study = None if since is None else study_forgetting.due(work, since)
        sessions, came = (0, 0) if study is None else (study.sessions, study.marks)
        return DueList(left, meetings, marks, before, sessions, came, since)

    def anonymise(self, rows: Sequence[MemberRow], progress: Progress | None = None) -> int:
        """These women, one after the other; what was done stays done when it is stopped. How many.

        Raises as ``Rights.anonymise``, ``Cancelled``.
        """
        told = progress or Unwatched()
        for at, row in enumerate(rows):
            told.step(at, len(rows))
            self._office.privacy.rights.anonymise(row.person_id)
        told.step(len(rows), len(rows))
        return len(rows)

    def forget_attendance(self) -> int:
        """Who came to meetings that are older than chosen is forgotten, how many came is not. It cannot be taken back.
        How many lines named somebody. Raises ``NotAllowed``.
        """
        from sochihoi.storage import retention as kept

        self._manage(FORGET)
        before = self.due().meetings_before
        if before is None:
            return 0
        with self._office.write(FORGET) as work:
            return kept.forget_rosters(work, before, anonymous_words().name, self._office.new_id, self._office.today)

    def forget_study(self, shuffle: Shuffle = _UNFORESEEN) -> int:
        """Who came to study in spans of years that are older than chosen is forgotten, and who ought to have come;
        every count stays, each woman counted once as before. It cannot be taken back. How many times somebody came.
        ``shuffle``: brings a list into an order that nobody can foresee. Raises ``NotAllowed``.
        """
        from sochihoi.storage import study_forgetting

        self._manage(FORGET_STUDY)
        before = self.due().study_before
        if before is None:
            return 0
        office = self._office
        with office.write(FORGET_STUDY) as work:
            told = study_forgetting.due(work, before)
            name = anonymous_words().name
            study_forgetting.forget(work, told, name=name, new_id=office.new_id, shuffle=shuffle, today=office.today)
        return told.marks

    def _manage(self, act: str) -> None:
        if not self._office.account.role.may_manage:
            raise NotAllowed(self._office.account.role.name, act)
