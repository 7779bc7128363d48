"""What a commune does with answers of the level above, each service made when first used."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from sochihoi.services.gaps import Gaps
    from sochihoi.services.office import Office
    from sochihoi.services.phone_codes import PhoneCodes
    from sochihoi.services.receipts import Receipts


class AnswerServices:
    """A part of ``Office``: it stands on nothing else."""

    @property
    def _whole(self) -> Office:
        return cast("Office", self)

    @cached_property
    def receipts(self) -> Receipts:
        """Receipts and return files that came."""
        from sochihoi.services.receipts import Receipts

        return Receipts(self._whole)

    @cached_property
    def phone(self) -> PhoneCodes:
        """Codes of ten letters, read over the telephone."""
        from sochihoi.services.phone_codes import PhoneCodes

        return PhoneCodes(self._whole)

    @cached_property
    def gaps(self) -> Gaps:
        """Which months are missing above, as a code."""
        from sochihoi.services.gaps import Gaps

        return Gaps(self._whole)
