"""The pages of the program, in the order of the navigation."""

from __future__ import annotations

from sochihoi.i18n import _
from sochihoi.ui.shell.places import Group, Place

PAGES: tuple[Place, ...] = (
    Place("overview", "layout-dashboard", lambda: _("Overview"), Group.TOP, "sochihoi.ui.overview.page"),
    Place("people", "users", lambda: _("Members"), Group.BOOKS, "sochihoi.ui.people.page", for_receiver=False),
    Place(
        "households", "house", lambda: _("Households"), Group.BOOKS, "sochihoi.ui.households.page", for_receiver=False
    ),
    Place(
        "meetings",
        "calendar-check",
        lambda: _("Meetings"),
        Group.BOOKS,
        "sochihoi.ui.meetings.page",
        for_receiver=False,
    ),
    Place("study", "book-open", lambda: _("Study"), Group.BOOKS, "sochihoi.ui.study.page", for_receiver=False),
    Place(
        "campaign",
        "clipboard-check",
        lambda: _("Family campaign"),
        Group.BOOKS,
        "sochihoi.ui.campaign.page",
        for_receiver=False,
    ),
    Place("rubric", "award", lambda: _("Model branches"), Group.BOOKS, "sochihoi.ui.rubric.page", for_receiver=False),
    Place("targets", "target", lambda: _("Targets"), Group.BOOKS, "sochihoi.ui.targets.page", for_receiver=False),
    Place(
        "reports",
        "file-check",
        lambda: _("Closing and reports"),
        Group.MONTH_END,
        "sochihoi.ui.reports.page",
    ),
    Place("sync", "send", lambda: _("Sending and receiving"), Group.MONTH_END, "sochihoi.ui.sync.page"),
    Place("upper", "inbox", lambda: _("Units below"), Group.TOP, "sochihoi.ui.upper.page", for_sender=False),
    Place(
        "privacy",
        "shield-check",
        lambda: _("Personal data"),
        Group.BOTTOM,
        "sochihoi.ui.privacy.page",
        for_receiver=False,
    ),
    Place("setup", "settings", lambda: _("Set-up"), Group.BOTTOM, "sochihoi.ui.setup.page"),
)
