"""One door to everything about personal data: ``office.privacy``."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from sochihoi.services.privacy.access import AccessService
from sochihoi.services.privacy.consent import ConsentService
from sochihoi.services.privacy.duties import DutyService
from sochihoi.services.privacy.retention import RetentionService
from sochihoi.services.privacy.rights import Rights

if TYPE_CHECKING:
    from sochihoi.services.office import Office


class Privacy:
    """The parts, each made when first used."""

    def __init__(self, office: Office) -> None:
        self._office = office

    @cached_property
    def consent(self) -> ConsentService:
        """Who agreed to what."""
        return ConsentService(self._office)

    @cached_property
    def access(self) -> AccessService:
        """Who looked."""
        return AccessService(self._office)

    @cached_property
    def rights(self) -> Rights:
        """What a woman may ask for."""
        return Rights(self._office)

    @cached_property
    def duties(self) -> DutyService:
        """Requests and incidents."""
        return DutyService(self._office)

    @cached_property
    def retention(self) -> RetentionService:
        """How long things are kept."""
        return RetentionService(self._office)
