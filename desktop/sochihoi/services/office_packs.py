"""What goes down from a level above and what its lists say, each made when first used."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from sochihoi.services.cross_duplicates import CrossDuplicates
    from sochihoi.services.office import Office
    from sochihoi.services.packs import Packs


class PackServices:
    """A part of ``Office``."""

    @cached_property
    def packs(self) -> Packs:
        """Packs of definitions, made here or applied."""
        from sochihoi.services.packs import Packs

        return Packs(cast("Office", self))

    @cached_property
    def cross_duplicates(self) -> CrossDuplicates:
        """Women whom two units below list."""
        from sochihoi.services.cross_duplicates import CrossDuplicates

        return CrossDuplicates(cast("Office", self))
