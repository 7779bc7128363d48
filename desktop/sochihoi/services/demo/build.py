"""A commune's year from the first day to the last, and the level above that receives it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

from sochihoi.domain.campaign import Round
from sochihoi.domain.errors import NotFound
from sochihoi.domain.ids import seeded
from sochihoi.domain.periods import Period
from sochihoi.domain.progress import Progress, Unwatched
from sochihoi.services import opening, registering, target_rows, trusting
from sochihoi.services.demo import campaigns, consents, meetings, papers, register, scoring
from sochihoi.services.demo.plan import CODE, KIND, NAME, PASSWORD, PROVINCE, PROVINCE_CODE, Clock, Places, Plan
from sochihoi.services.figures import as_json
from sochihoi.services.office import Office
from sochihoi.services.official_units import OfficialCommune
from sochihoi.services.reports import PDF
from sochihoi.storage.errors import AlreadyHasData
from sochihoi.storage.files import write_whole

REASON = "Các chi hội còn lại sinh hoạt bù trong tháng sau."


@dataclass(frozen=True, slots=True)
class Made:
    """What a demonstration wrote, and whether both sides have the same figures. ``differences``: period, code, here,
    there."""

    places: Places
    reports: tuple[Path, ...]
    files: tuple[Path, ...]
    members: int
    branches: int
    figures: Mapping[str, dict[str, Any]]
    differences: tuple[tuple[str, str, Any, Any], ...]


def build(plan: Plan, places: Places, progress: Progress | None = None) -> Made:
    """Make everything. Raises what the services raise; nothing of the user's own is touched."""
    told = progress or Unwatched()
    for folder in (places.commune, places.above):
        if folder.exists() and any(folder.iterdir()):
            raise AlreadyHasData(str(folder))
    places.make()
    months, closed = plan.all_months(), plan.closed_months()
    source = Random(f"sochihoi {plan.seed}")  # noqa: S311 - the same seed must give the same figures
    clock = Clock(months[0].previous().end)
    office = _commune(plan, places, clock, source)
    above = _above(plan, places, clock, source)
    try:
        _trust(office, above, places)
        branches = register.begin(office, source, plan.members, plan.branches)
        done: list[tuple[Path, Path]] = []
        campaign = ""
        for at, month in enumerate(months):
            told.step(at, len(months))
            newest = month == months[-1] and len(months) > 1
            campaign = _month(office, source, clock, branches, month, campaign, at, newest=newest)
            if month in closed:
                done.append(_end(office, above, month, places, clock))
        told.step(len(months), len(months))
        consents.collect(office, Random(f"sochihoi {plan.seed} consent"), branches)  # noqa: S311 - as above
        papers.write(office, closed[-1], places.other)
        figures = {month.code: as_json(office.figures.of(month)) for month in closed}
        return Made(
            places,
            tuple(report for report, _file in done),
            tuple(file for _report, file in done),
            sum(len(b.members) for b in branches),
            len(branches),
            figures,
            tuple(_differences(figures, office, above)),
        )
    finally:
        office.close()
        above.close()


def _around(plan: Plan, clock: Clock, source: Random, which: str) -> opening.Surroundings:
    return opening.Surroundings(
        now=clock, random=source.randbytes, ids=seeded(f"sochihoi {plan.seed} {which}"), demo=True
    )


def _commune(plan: Plan, places: Places, clock: Clock, source: Random) -> Office:
    unit = OfficialCommune(code=CODE, name=NAME, kind=KIND, province_code=PROVINCE_CODE, province_name=PROVINCE)
    made = opening.make_commune(
        places.commune,
        unit,
        above=f"Hội LHPN {PROVINCE}",
        password=PASSWORD,
        officer="Nguyễn Thị Mẫu",
        around=_around(plan, clock, source, "commune"),
    )
    made.office.setup.save_commune(replace(made.office.commune, signer_name="Nguyễn Thị Mẫu"))
    return made.office


def _above(plan: Plan, places: Places, clock: Clock, source: Random) -> Office:
    made = opening.make_receiver(
        places.above,
        code=PROVINCE_CODE,
        name=PROVINCE,
        password=PASSWORD,
        officer="Trần Thị Mẫu",
        around=_around(plan, clock, source, "above"),
    )
    return made.office


def _trust(office: Office, above: Office, places: Places) -> None:
    trusting.accept(office, above.sending.key_file())
    trusting.accept(above, office.sending.key_file())
    office.sending.write_keys(places.other / office.sending.key_name(), overwrite=True)
    above.sending.write_keys(places.other / above.sending.key_name(), overwrite=True)
    above.receiving.write_allowed_signers(places.out / registering.SIGNERS, overwrite=True)
    register = registering.made_here(above)
    write_whole(places.other / register.file_name, register.content, overwrite=True)
    registering.apply(office, register.content)


def _month(
    office: Office,
    source: Random,
    clock: Clock,
    branches: list[register.Branch],
    month: Period,
    campaign: str,
    at: int,
    *,
    newest: bool,
) -> str:
    """One month of work. The newest is under way: it ends on its 26th. The study campaign in force."""
    last = month.end.replace(day=26) if newest else month.end
    clock.put(last)
    register.come_and_go(office, source, branches, month, last)
    meetings.answer_old(office, source)
    meetings.hold(office, source, branches, month, last, part=0.9 if newest else 1)
    campaigns.enter(office, source, branches, month, first=at == 0)
    if at == 0 or month.index == 1:
        campaigns.register_households(office, branches, month.year)
        scoring.register(office, branches, month.year)
    if not campaign or month.index == 2:
        if campaign:
            office.study.close(campaign)
        campaign = campaigns.begin_study(office, month)
        campaigns.study_together(office, source, branches[:2], campaign, month.start.replace(day=6))
    campaigns.study(office, source, branches, campaign, month, last)
    if month.index == 12:
        campaigns.assess(office, source, branches, month.year, tuple(Round))
        for branch in branches:
            scoring.score(office, source, branch, month.year)
            scoring.verify(office, source, branch, month.year)
        scoring.recognise(office, branches, month.year)
    elif 4 <= month.index <= 10:
        part = branches[(month.index - 4) :: 7]
        rounds = tuple(Round)[: 3 if month.index < 9 else 2]
        campaigns.assess(office, source, part, month.year, rounds)
    if newest:  # the year's scoring begins: some have scored themselves, some are verified
        for at, branch in enumerate(branches[: len(branches) // 2]):
            scoring.score(office, source, branch, month.year)
            if at % 2:
                scoring.verify(office, source, branch, month.year)
    return campaign


def _end(office: Office, above: Office, month: Period, places: Places, clock: Clock) -> tuple[Path, Path]:
    """Close the month, write the report, send the file, receive it, take the receipt back."""
    clock.put(month.end)
    office.months.close(month, REASON)
    report = places.reports / f"BC_{CODE}_{month.code}.pdf"
    made = office.reports.report("month", office.reports.span(month.code))
    write_whole(report, office.reports.content(made, PDF), overwrite=True)
    prepared = office.sending.prepare(month)
    file = office.sending.write(prepared.id, places.sync, overwrite=True)
    (verdict,) = above.receiving.receive([file])
    if verdict.problem is not None or verdict.line is None:
        raise verdict.problem or NotFound("received_file", str(file))
    for receipt in above.receiving.write_receipts(places.other, [verdict.line.id]):
        office.receipts.take(receipt.read_bytes())
    return report, file


def _differences(
    figures: Mapping[str, dict[str, Any]], office: Office, above: Office
) -> list[tuple[str, str, Any, Any]]:
    """Every figure and every target of every closed month, here and there, to the last unit."""
    found = []
    for code, sheet in figures.items():
        there = {f["code"]: f for f in above.receiving.totals.as_json(Period.parse(code))["figures"]}
        for figure in sheet["figures"]:
            other = there.get(figure["code"])
            keys = ("value", "numerator", "denominator")
            here = tuple(figure[k] for k in keys)
            beside = None if other is None else tuple(other[k] for k in keys)
            if here != beside:
                found.append((code, figure["code"], here, beside))
        for target, mine, theirs in target_rows.compared(office, above, Period.parse(code)):
            found.append((code, target, mine, theirs))
    return found
