"""The services of the register, each made when first used: members, households, lists that come in, the search."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from sochihoi.services.duplicates import Duplicates
    from sochihoi.services.finding import Finding
    from sochihoi.services.household_lists import HouseholdLists
    from sochihoi.services.household_shapes import HouseholdShapes
    from sochihoi.services.households import HouseholdService
    from sochihoi.services.imports import Imports
    from sochihoi.services.merging import Merging
    from sochihoi.services.office import Office
    from sochihoi.services.people import PeopleService
    from sochihoi.services.people_moves import Moves


class RegisterServices:
    """A part of ``Office``: it stands on nothing else."""

    @property
    def _office(self) -> Office:
        return cast("Office", self)

    @cached_property
    def people(self) -> PeopleService:
        """Members and other persons."""
        from sochihoi.services.people import PeopleService

        return PeopleService(self._office)

    @cached_property
    def moves(self) -> Moves:
        """Members on their way to another commune."""
        from sochihoi.services.people_moves import Moves

        return Moves(self._office)

    @cached_property
    def duplicates(self) -> Duplicates:
        """Entries that may be one woman."""
        from sochihoi.services.duplicates import Duplicates

        return Duplicates(self._office)

    @cached_property
    def merging(self) -> Merging:
        """Two entries of one woman made one."""
        from sochihoi.services.merging import Merging

        return Merging(self._office)

    @cached_property
    def households(self) -> HouseholdService:
        """Households."""
        from sochihoi.services.households import HouseholdService

        return HouseholdService(self._office)

    @cached_property
    def household_shapes(self) -> HouseholdShapes:
        """One household becomes two, two become one."""
        from sochihoi.services.household_shapes import HouseholdShapes

        return HouseholdShapes(self._office)

    @cached_property
    def household_lists(self) -> HouseholdLists:
        """Excel lists of households."""
        from sochihoi.services.household_lists import HouseholdLists

        return HouseholdLists(self._office)

    @cached_property
    def imports(self) -> Imports:
        """Excel lists."""
        from sochihoi.services.imports import Imports

        return Imports(self._office)

    @cached_property
    def finding(self) -> Finding:
        """Anyone from anywhere."""
        from sochihoi.services.finding import Finding

        return Finding(self._office)
