"""What the pages of the campaign say and show, without a window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from sochihoi.domain.campaign import PASS_GOAL, CriteriaSet, Criterion, Result, Round
from sochihoi.domain.campaign_records import RoundIncomplete, Sheet, SheetRow, Standing, YearResults, YearSets
from sochihoi.i18n import _, ngettext, number, percent, pgettext, short_date
from sochihoi.ui import words
from sochihoi.ui.words.campaign import in_words, mark_name, round_short


@dataclass(frozen=True, slots=True)
class Shown:
    """Words and tone of a badge. ``badge`` is false for plain words."""

    text: str
    tone: str = "none"
    badge: bool = True


def set_note(criteria: CriteriaSet) -> str:
    """ "bộ 5 không, 3 sạch, 3 an (11 tiêu chí)"."""
    count = len(criteria)
    text = ngettext("set {name} ({count} criterion)", "set {name} ({count} criteria)", count)
    return text.format(name=in_words(criteria.name), count=count)


def criteria_count(criteria: CriteriaSet) -> str:
    """ "11 tiêu chí"."""
    return ngettext("{count} criterion", "{count} criteria", len(criteria)).format(count=len(criteria))


def year_note(year: int, criteria: CriteriaSet) -> str:
    """ "Năm 2026 · bộ 5 không, 3 sạch, 3 an (11 tiêu chí)"."""
    return _("Year {year} · {set}").format(year=year, set=set_note(criteria))


def guidance(criterion: Criterion) -> str:
    """What is checked, or that no source was found."""
    return in_words(criterion.guidance) or _("There is no official guidance yet.")


# ------------------------------------------------------------------ the grid


def row_result(row: SheetRow) -> Shown:
    """ "Đạt 11/11", "Chưa đạt 9/11", "Còn 5 ô", nothing before the first mark."""
    verdict = row.verdict
    if verdict.passed is not None:
        score = f"{verdict.met}/{verdict.out_of}"
        if verdict.passed:
            return Shown(_("Passed {score}").format(score=score), "ok")
        return Shown(_("Not passed {score}").format(score=score), "bad")
    if row.blank:
        return Shown("", "none", badge=False)
    left = len(verdict.missing)
    return Shown(ngettext("{count} cell left", "{count} cells left", left).format(count=left), "warn", badge=False)


def cell_words(row: SheetRow, criterion: Criterion) -> str:
    """For a screen reader: "Hộ 12 Lý Minh Tâm, Sạch bếp: chưa chấm"."""
    text = _("Household {number} {head}, {criterion}: {mark}").format(
        number=row.number,
        head=row.line.head,
        criterion=in_words(criterion.short),
        mark=mark_name(row.marks.get(criterion.code)),
    )
    note = row.note(criterion.code)
    return f"{text}, {note}" if note else text


def row_words(row: SheetRow) -> str:
    """For a screen reader, the result of a row."""
    return row_result(row).text or mark_name(None)


def progress_words(sheet: Sheet) -> str:
    """ "11/60 hộ xong"."""
    return _("{done}/{all} households complete").format(done=number(sheet.complete), all=number(len(sheet.rows)))


def household_words(row: SheetRow) -> str:
    """ "Hộ 12: Lý Minh Tâm", with what is to be known about it."""
    text = _("Household {number}: {head}").format(number=row.number, head=row.line.head)
    told = [text]
    if not row.line.member:
        told.append(_("no member lives here"))
    if row.done_on is not None:
        told.append(_("round finished on {day}").format(day=short_date(row.done_on)))
    return " · ".join(told)


def not_yet(sheet: Sheet) -> str:
    """Why the round cannot be finished; empty when it can."""
    if not sheet.rows:
        return ""
    if not sheet.complete:
        return _("No household is fully assessed yet.")
    if sheet.half:
        count = len(sheet.half)
        text = ngettext(
            "{count} household is half assessed.",
            "{count} households are half assessed.",
            count,
        )
        return text.format(count=number(count))
    return ""


def leave_out_question(sheet: Sheet) -> tuple[str, str]:
    """Finish although some households are not assessed? The question, and its consequence."""
    heads = tuple(row.line.head for row in sheet.blank)
    question = _("Finish {round} with {done} of {all} households?").format(
        round=round_short(sheet.round), done=number(sheet.complete), all=number(len(sheet.rows))
    )
    later = _("They stay out of this round and can be assessed and finished later.")
    return question, f"{words.say(RoundIncomplete(sheet.round, (), heads)).what} {later}"


def finished_note(sheet: Sheet) -> str:
    """What the action bar says once a round is finished."""
    return _("This round is finished for {done} of {all} households.").format(
        done=number(len(sheet.finished)), all=number(len(sheet.rows))
    )


def finish_words(which: Round) -> str:
    """The primary button of the grid, with its mnemonic."""
    return {
        Round.SELF: _("&Finish the own assessment"),
        Round.BRANCH_REVIEW: _("&Finish the branch review"),
        Round.COMMUNE_CONFIRM: _("Con&firm the results"),
    }[which]


def start_words(sheet: Sheet) -> str:
    """What stands in place of a later round's grid before it starts; ``sheet.startable`` may be empty."""
    before = sheet.round.before
    if before is None:
        return ""
    count = len(sheet.startable)
    if not count:
        return _("This round begins when {round} of the branch is finished.").format(round=round_short(before))
    text = ngettext(
        "This round begins from the results of {count} household. They are copied, then changed where they differ.",
        "This round begins from the results of {count} households. They are copied, then changed where they differ.",
        count,
    )
    return text.format(count=number(count))


def first_blank(sheet: Sheet, row: SheetRow) -> str | None:
    """The first criterion of a row without a mark."""
    return next((code for code in sheet.criteria.codes if code not in row.marks), None)


def mark_of_key(key: str) -> Result | None:
    """``1`` met · ``0`` not met · ``2`` not applicable."""
    return Result(int(key)) if key in ("0", "1", "2") else None


def finished_words(which: Round, households: int, passed: int) -> str:
    """The toast after a round was finished."""
    text = ngettext(
        "{round} is finished: {count} household, {passed} passed.",
        "{round} is finished: {count} households, {passed} passed.",
        households,
    )
    name = round_short(which)
    return text.format(round=name[:1].upper() + name[1:], count=number(households), passed=number(passed))


# ------------------------------------------------------------------ the year


def branch_state(one: Standing) -> Shown:
    """How far a branch is in the year."""
    if not one.households:
        return Shown(_("No member household"), "none")
    for done, text in (
        (one.confirmed, _("Confirmed")),
        (one.reviewed, _("Branch review")),
        (one.self_done, _("Own assessment")),
    ):
        if done:
            whole = done >= one.households
            shown = text if whole else f"{text} {number(done)}/{number(one.households)}"
            return Shown(shown, "ok" if whole and done == one.confirmed else "info")
    if one.begun:
        return Shown(_("Under way {done}/{all}").format(done=number(one.begun), all=number(one.households)), "info")
    return Shown(_("Not begun"), "warn")


def share(one: Standing) -> str:
    """ "82,1 %", a dash while nobody is confirmed."""
    return percent(one.share) if one.confirmed else "—"


def share_tone(one: Standing) -> str:
    """Below or at the goal it draws the eye."""
    return "text" if not one.confirmed or one.over else "bad"


def goal() -> str:
    """ "85 %", from the rule."""
    return percent(PASS_GOAL.value / 100, 0)


def goal_badge(one: Standing) -> Shown:
    """Whether the commune is over 85 %."""
    if not one.confirmed:
        return Shown(_("Not confirmed yet"), "none")
    return (
        Shown(_("Over {goal}").format(goal=goal()), "ok")
        if one.over
        else Shown(_("Not over {goal}").format(goal=goal()), "bad")
    )


def share_sentence(one: Standing) -> str:
    """What stands under the big number."""
    if not one.households:
        return _("No member household is entered yet.")
    text = _("{passed} of {households} member households are confirmed as meeting all criteria.").format(
        passed=number(one.passed), households=number(one.households)
    )
    if one.over:
        return text
    more = ngettext(
        "{count} more household takes it over {goal}.", "{count} more households take it over {goal}.", one.still_needed
    )
    return f"{text} {more.format(count=number(one.still_needed), goal=goal())}"


def year_counts(one: Standing) -> str:
    """ "Mới đạt 6 hộ · gắn biển 2 hộ · đã vận động 60 hộ", only what is there."""
    told = []
    if one.newly:
        told.append(
            ngettext("{count} newly passing", "{count} newly passing", one.newly).format(count=number(one.newly))
        )
    if one.plaques:
        told.append(ngettext("{count} plaque", "{count} plaques", one.plaques).format(count=number(one.plaques)))
    if one.mobilised:
        told.append(
            _("{count} of {all} households mobilised").format(count=number(one.mobilised), all=number(one.households))
        )
    text = " · ".join(told)
    return text[:1].upper() + text[1:]


def first_open(branches: Sequence[Standing]) -> Standing:
    """The first branch that is not confirmed throughout, else the first."""
    return next((one for one in branches if one.households and one.confirmed < one.households), branches[0])


def share_how(results: YearResults) -> str:
    """Numerator and denominator in words, for "Vì sao có số này?"."""
    total = results.total
    return _(
        "{passed} member households confirmed as passing ÷ {households} member households of {year}, by the set {set}."
    ).format(
        passed=number(total.passed),
        households=number(total.households),
        year=results.year,
        set=in_words(results.sets.own.name),
    )


def criterion_name(sets: YearSets, code: str) -> str:
    """The short name of a criterion of the year's own set."""
    return in_words(sets.own.criterion(code).short)


def keys_hint() -> str:
    """The keys of the grid, rich text."""
    keys = (
        ("1", pgettext("criterion", "met")),
        ("0", pgettext("criterion", "not met")),
        ("2", _("not applicable")),
        ("Enter", _("next household")),
        ("Ctrl+Enter", _("whole row met")),
    )
    return " · ".join(f'<span style="font-weight:600">{key}</span> {escape(words)}' for key, words in keys)
