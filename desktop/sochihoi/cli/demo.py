"""``demo``: a demonstration commune and its level above. ``demo-run``: the same, with a picture of every page."""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

from sochihoi.cli.frame import DONE, MENDABLE, Call, Commands, count_option, period_option
from sochihoi.cli.spoken import UsageError
from sochihoi.i18n import _, ngettext

DEFAULT_UNTIL = "2026-10"


def register(commands: Commands) -> None:
    """Hang the commands."""
    demo = commands.add("demo", _demo, _("make a demonstration commune and its level above"))
    _options(demo)
    demo.add_argument("--json", action="store_true", help=_("the result as JSON"))
    run = commands.add("demo-run", _run, _("do a demonstration year without a display, with a picture of every page"))
    _options(run)


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", metavar=_("DIR"), required=True, help=_("where everything goes"))
    parser.add_argument(
        "--seed", type=count_option(0, 2**31), default=7, metavar=_("N"), help=_("the same seed, the same figures")
    )
    parser.add_argument(
        "--members", type=count_option(3, 20000), default=340, metavar=_("N"), help=_("how many members")
    )
    parser.add_argument("--branches", type=count_option(1, 200), default=8, metavar=_("N"), help=_("how many branches"))
    parser.add_argument("--months", type=count_option(1, 36), default=12, metavar=_("N"), help=_("how many months"))
    until = period_option(DEFAULT_UNTIL)
    parser.add_argument("--until", type=period_option, default=until, metavar=_("P"), help=_("the last month"))


def _demo(call: Call) -> int:
    from sochihoi.services.demo.build import Made, build
    from sochihoi.services.demo.plan import Places, Plan
    from sochihoi.services.demo.register import SMALLEST

    options = call.options
    if len(options.until.code) != len(DEFAULT_UNTIL) or "-Q" in options.until.code or "-H" in options.until.code:
        raise UsageError(_("--until takes a month such as 2026-10."))
    if options.members < options.branches * SMALLEST:
        raise UsageError(_("A branch needs at least {count} members.").format(count=SMALLEST))
    out = Path(options.out)
    places = Places(out, Path(options.data) if options.data else out / "commune")
    plan = Plan(options.seed, options.members, options.branches, options.months, options.until)
    made: Made = build(plan, places, _Steps(call))
    if options.command == "demo" and options.json:
        call.json(_as_json(made, plan.closed_months()[-1].code))
    _tell(call, made)
    return MENDABLE if made.differences else DONE


class _Steps:
    """A line a month: a long year is not silent."""

    def __init__(self, call: Call) -> None:
        self._call = call

    def step(self, done: int, total: int) -> None:
        """Nothing stops it here."""
        if done < total:
            self._call.say(_("Month {number} of {total}…").format(number=done + 1, total=total))


def _tell(call: Call, made: object) -> None:
    from sochihoi.services.demo.build import Made
    from sochihoi.services.demo.plan import PASSWORD

    assert isinstance(made, Made)  # noqa: S101 - its only caller
    call.say(_("Commune: {folder}").format(folder=made.places.commune))
    call.say(_("Level above: {folder}").format(folder=made.places.above))
    call.say(_("Password of both: {password}").format(password=PASSWORD))
    for words, files in ((_("Report: {file}"), made.reports), (_("Signed file: {file}"), made.files)):
        for file in files:
            call.say(words.format(file=file))
    for period, code, here, there in made.differences:
        call.say(
            _("Not equal: {period} {code}, here {here}, there {there}").format(
                period=period, code=code, here=here, there=there
            )
        )
    if not made.differences:
        count = len(made.figures)
        told = ngettext(
            "Both sides' figures agree in {count} month.", "Both sides' figures agree in {count} months.", count
        )
        call.say(told.format(count=count))


def _as_json(made: object, newest: str) -> dict[str, object]:
    from sochihoi.services.demo.build import Made

    assert isinstance(made, Made)  # noqa: S101
    return {
        "commune": str(made.places.commune),
        "above": str(made.places.above),
        "members": made.members,
        "branches": made.branches,
        "reports": [str(f) for f in made.reports],
        "files": [str(f) for f in made.files],
        "closed": sorted(made.figures),
        "figures": made.figures[newest],
        "differences": [list(d) for d in made.differences],
    }


def _run(call: Call) -> int:
    out = Path(call.options.out)
    _clear(out)
    status = _demo(call)
    if status != DONE:
        return status
    from sochihoi.app import pictures
    from sochihoi.services.demo.plan import PASSWORD

    for data in (out / "commune", out / "above"):
        for picture in pictures(data, PASSWORD, out / "screens"):
            call.say(_("Picture: {file}").format(file=picture))
    return DONE


def _clear(out: Path) -> None:
    """Take an earlier demonstration away; anything else that lies there stays, and the making refuses."""
    from sochihoi.domain.errors import UserError
    from sochihoi.storage.vault import Keyring

    keyring = out / "commune" / "keyring.json"
    try:
        ours = keyring.exists() and Keyring.read(keyring).demo_password is not None
    except UserError:
        ours = False
    if ours:
        # moved first: an interrupted removal leaves nothing half there under its name
        aside = Path(tempfile.mkdtemp(prefix=f"{out.name}-", dir=out.parent))
        out.rename(aside / out.name)
        shutil.rmtree(aside)
