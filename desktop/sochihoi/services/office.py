"""An open commune (or level above): the store, who works, the day, and one service a noun."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from sochihoi.domain.accounts import Account
from sochihoi.domain.errors import MonthClosed, NotAllowed
from sochihoi.domain.handing import BookFrozen
from sochihoi.services.commune import Commune
from sochihoi.services.counted_days import days_of_entries
from sochihoi.services.office_answers import AnswerServices
from sochihoi.services.office_packs import PackServices
from sochihoi.services.office_register import RegisterServices

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sochihoi.services.backups import Backups
    from sochihoi.services.board import Board
    from sochihoi.services.campaign import CampaignService
    from sochihoi.services.copying import Copying
    from sochihoi.services.definitions import BadDefinition, Definitions
    from sochihoi.services.drafts import Drafts
    from sochihoi.services.figures import Figures
    from sochihoi.services.history import History
    from sochihoi.services.meetings import MeetingService
    from sochihoi.services.months import Months
    from sochihoi.services.overview import Overview
    from sochihoi.services.privacy.desk import Privacy
    from sochihoi.services.receiving import Receiving
    from sochihoi.services.reports import Reports
    from sochihoi.services.rubric import RubricService
    from sochihoi.services.sending import Sending
    from sochihoi.services.setup import Setup
    from sochihoi.services.signing import Signing
    from sochihoi.services.study import StudyService
    from sochihoi.services.targets import TargetService
    from sochihoi.storage.journal import Entry
    from sochihoi.storage.store import Store
    from sochihoi.storage.work import Work


class Office(RegisterServices, AnswerServices, PackServices):
    """What an officer has in front of her. Services take it whole; pages and commands use the services."""

    def __init__(self, store: Store, account: Account) -> None:
        self.store = store
        self.account = account
        store.account_id = account.id
        self._read: tuple[Definitions, BadDefinition | None]
        self._read_on: date | None = None

    @property
    def today(self) -> date:
        """The local day."""
        return self.store.today()

    @property
    def now(self) -> datetime:
        """The moment, UTC."""
        return self.store.now()

    @property
    def demo(self) -> bool:
        """Whether this is the demonstration: marked, watermarked, refused by real receivers."""
        return self.store.demo

    @property
    def may_write(self) -> bool:
        """Whether this account changes anything here."""
        return self.account.role.may_write and self.frozen_on is None

    @cached_property
    def frozen_on(self) -> date | None:
        """Since when another PC writes this book; ``None`` while this one does. See ``forget_frozen``."""
        with self.read() as work:
            return work.sync.installation().frozen_on

    def forget_frozen(self) -> None:
        """The book was handed over, or taken back."""
        self.__dict__.pop("frozen_on", None)

    def new_id(self) -> str:
        """An id for a new record."""
        return self.store.new_id()

    @contextmanager
    def read(self) -> Iterator[Work]:
        """A unit of work that changes nothing."""
        with self.store.read() as work:
            yield work

    @contextmanager
    def write(self, act: str, *, dates: Iterable[date | None] = (), batch: str | None = None) -> Iterator[Work]:
        """A unit of work for an act. ``dates`` are the days whose figures it changes.

        Raises ``NotAllowed`` for a viewer, ``BookFrozen`` when another PC writes the book, and ``MonthClosed`` when one
        of the days lies in a closed month.
        """
        self.ensure_may(act)
        with self.store.write(act, batch=batch) as work:
            self.ensure_open(work, *dates)
            yield work

    def ensure_may(self, act: str) -> None:
        """Raises ``NotAllowed`` for a viewer, ``BookFrozen`` when another PC writes the book."""
        if not self.account.role.may_write:
            raise NotAllowed(self.account.role.name, act)
        if self.frozen_on is not None:
            raise BookFrozen(self.frozen_on)

    def ensure_open(self, work: Work, *days: date | None) -> None:
        """Raises ``MonthClosed`` when a day lies in a month that is closed and has no supplement under way."""
        told = [d for d in days if d is not None]
        if not told:
            return
        closed = work.months.closed()
        for day in told:
            period = f"{day.year:04}-{day.month:02}"
            if period in closed:
                raise MonthClosed(period, closed[period])

    def ensure_entries_open(self, work: Work, entries: Iterable[Entry]) -> None:
        """The same for journal entries that would be taken back: the days that their records count by."""
        self.ensure_open(work, *days_of_entries(work, entries))

    @cached_property
    def commune(self) -> Commune:
        """Which unit this is, and the level above it. Read again after a change: ``office.forget_commune()``."""
        with self.read() as work:
            return Commune.read(work)

    def forget_commune(self) -> None:
        """The settings changed."""
        self.__dict__.pop("commune", None)

    @property
    def is_receiver(self) -> bool:
        """Whether this is a level above: it receives, and has no records of its own."""
        return self.commune.receiver

    def close(self) -> None:
        """Give the folder back, once the copy that is being made beside the work is whole."""
        if "copying" in self.__dict__:
            self.copying.wait()
        self.store.close()

    # ------------------------------------------------------------------ the services, each made when first used

    @property
    def _in_force(self) -> tuple[Definitions, BadDefinition | None]:
        from sochihoi.services.definitions import in_force

        if self._read_on != self.today:  # a pack takes effect on its day, also where the book stayed open overnight
            self._read, self._read_on = in_force(self.packs.layers()), self.today
        return self._read

    def forget_definitions(self) -> None:
        """Another pack was applied or made."""
        self._read_on = None

    @property
    def definitions(self) -> Definitions:
        """Criteria sets, rubrics, targets, terms, indicators in force: those of packs before the program's."""
        return self._in_force[0]

    @property
    def broken_pack(self) -> BadDefinition | None:
        """Why a pack is not used; ``None`` when all are, or when there is none."""
        return self._in_force[1]

    @cached_property
    def history(self) -> History:
        """What was done; undo and redo."""
        from sochihoi.services.history import History

        return History(self)

    @cached_property
    def drafts(self) -> Drafts:
        """Unfinished forms."""
        from sochihoi.services.drafts import Drafts

        return Drafts(self)

    @cached_property
    def setup(self) -> Setup:
        """Branches, cells, settings, accounts."""
        from sochihoi.services.setup import Setup

        return Setup(self)

    @cached_property
    def privacy(self) -> Privacy:
        """Consent, who looked, what members may ask for."""
        from sochihoi.services.privacy.desk import Privacy

        return Privacy(self)

    @cached_property
    def meetings(self) -> MeetingService:
        """Meetings of branches."""
        from sochihoi.services.meetings import MeetingService

        return MeetingService(self)

    @cached_property
    def study(self) -> StudyService:
        """Study campaigns."""
        from sochihoi.services.study import StudyService

        return StudyService(self)

    @cached_property
    def campaign(self) -> CampaignService:
        """The family campaign."""
        from sochihoi.services.campaign import CampaignService

        return CampaignService(self)

    @cached_property
    def rubric(self) -> RubricService:
        """Model branches."""
        from sochihoi.services.rubric import RubricService

        return RubricService(self)

    @cached_property
    def targets(self) -> TargetService:
        """Targets and where they stand."""
        from sochihoi.services.targets import TargetService

        return TargetService(self)

    @cached_property
    def figures(self) -> Figures:
        """Indicators of a period, why each is what it is, and the list behind it."""
        if self.is_receiver:
            from sochihoi.services.consolidated.figures import ConsolidatedFigures

            return ConsolidatedFigures(self)
        from sochihoi.services.figures import Figures

        return Figures(self)

    @cached_property
    def months(self) -> Months:
        """Checks and closing."""
        if self.is_receiver:
            from sochihoi.services.consolidated.months import ConsolidatedMonths

            return ConsolidatedMonths(self)
        from sochihoi.services.months import Months

        return Months(self)

    @cached_property
    def reports(self) -> Reports:
        """Periodic reports of the commune and its branches."""
        from sochihoi.services.reports import Reports

        return Reports(self)

    @cached_property
    def signing(self) -> Signing:
        """Digital signatures of reports."""
        from sochihoi.services.signing import Signing

        return Signing(self)

    @cached_property
    def sending(self) -> Sending:
        """Keys and the signed file."""
        from sochihoi.services.sending import Sending

        return Sending(self)

    @cached_property
    def receiving(self) -> Receiving:
        """Files of the units below."""
        from sochihoi.services.receiving import Receiving

        return Receiving(self)

    @cached_property
    def board(self) -> Board:
        """Who of the units below has sent."""
        from sochihoi.services.board import Board

        return Board(self)

    @cached_property
    def overview(self) -> Overview:
        """What is due and what is missing this month."""
        from sochihoi.services.overview import Overview

        return Overview(self)

    @cached_property
    def backups(self) -> Backups:
        """Copies, and the way back."""
        from sochihoi.services.backups import Backups

        return Backups(self)

    @cached_property
    def copying(self) -> Copying:
        """Copies that make themselves while somebody works."""
        from sochihoi.services.copying import Copying

        return Copying(self)
