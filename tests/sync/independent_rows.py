"""Rows of a report for the second reader: section 5 of desktop/docs/sync-format.md; nothing of the product."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.sync.independent_shapes import (
    BIG,
    CODE,
    SHORT,
    UNIT,
    UUID,
    No,
    day,
    is_,
    need,
    period,
    spell,
    within,
    words,
)

MEETING = "absent due excused guests held on_schedule present roster"
STUDY = "attendances campaigns eligible guests reached sessions"
CAMPAIGN = "assessed households mobilised newly_passed passed registered"
SCORING = "branches maximum model outstanding points scale scored"
TEXTS = {"code": 32, "full_name": 200, "phone": 60, "address": 300, "hamlet": 200, "education": 100, "occupation": 200}
TEXTS |= {"professional_level": 100, "ethnicity": 100, "religion": 100}
FLAGS = ["core_member", "honorary", "party_member", "health_insurance"]
SHAPES = {"national_id": "[0-9]{12}", "branch": UUID, "household_group": CODE}
COLUMNS = {"birth", "joined", *TEXTS, *FLAGS, *SHAPES}
COUNTS = {"MEETING": MEETING, "STUDY": STUDY, "CAMPAIGN": CAMPAIGN, "SCORING": SCORING}


def check_rows(lines: list[Any], said: dict[str, Any]) -> None:
    header, rows = lines[0], lines[1:]
    bound = {key: said[key] for key in ("file_id", "unit", "seq", "epoch", "key")}
    counts: dict[str, int] = {}
    for row in rows:
        need(type(row) is dict and type(row.get("t")) is str, "row")
        counts[row["t"]] = counts.get(row["t"], 0) + 1
    need(type(header) is dict and is_("[0-9a-f]{32}", header.get("salt")), "header")
    expected = bound | {"t": "hdr", "profile": "tong-hop", "salt": header["salt"], "rows": counts}
    columns: set[str] = set()
    if header.get("profile") == "danh-sach":
        listed = header.get("columns")
        need(type(listed) is list and listed and all(type(one) is str for one in listed), "columns")
        columns = set(listed)
        need(columns <= COLUMNS and listed == sorted(columns), "columns")
        expected |= {"profile": "danh-sach", "columns": listed}
    need(spell(header) == spell(expected), "binding")
    for row in rows:
        need(row.get("unit") == said["unit"], "scope")
        check_row(row)
    names = [(row["t"], row["id"]) for row in rows]
    need(names == sorted(set(names)), "order")
    closed = {row["period"]: row["edition"] for row in rows if row["t"] == "closing"}
    branches = [row for row in rows if row["t"] == "branch"]
    need(len({row["code"] for row in branches}) == len(branches), "codes")
    years = (int(said["period"][:4]), int(said["period"][:4]) - 1)
    need(said["period"] in closed and all(int(one[:4]) in years for one in closed), "closings")
    for row in rows:
        if row["t"] == "member":
            need(set(row) - {"t", "id", "unit"} <= columns, "columns")
            need(row.get("branch", "") in {"", *(one["id"] for one in branches)}, "names")
        elif row["t"] not in ("branch", "closing", "ticket"):
            need(row["branch"] in {"", *(one["id"] for one in branches)} and row["period"] in closed, "names")
            need(row["t"] != "indicator" or closed[row["period"]] == row["edition"], "edition")


def check_row(row: dict[str, Any]) -> None:
    kind, keys = row["t"], set(row) - {"t", "id", "unit"}
    if kind == "branch":
        need(keys == {"code", "name"} and is_(UUID, row.get("id")), kind)
        need(is_(SHORT, row["code"]) and words(row["name"], 200), kind)
        return
    if kind == "member":
        check_member(row, keys)
        return
    if kind == "ticket":
        check_ticket(row, keys)
        return
    need(period(row.get("period")), "period")
    name = row["period"]
    if kind == "closing":
        need({"period", "edition", "closed_on"} <= keys <= {"period", "edition", "closed_on", "reason", "joined"}, kind)
        joined = row.get("joined", ["0"])
        need(type(joined) is list and 1 <= len(joined) <= 64 and all(is_(UNIT, one) for one in joined), kind)
        need(joined == sorted(set(joined)) and row["unit"] not in joined, kind)
        need(within(row["edition"], 1, 999) and words(row.get("reason", "x"), 500), kind)
        need(day(row["closed_on"]), kind)
        need(row.get("id") == name, "id")
        return
    need(is_(f"({UUID})?", row.get("branch")), "branch")
    name += f"/{row['branch']}/"
    if kind == "activity":
        need(row.get("kind") in COUNTS if type(row.get("kind")) is str else False, kind)
        wanted = COUNTS[row["kind"]].split()
        need(keys == {"period", "branch", "kind", *wanted}, kind)
        need(all(within(row[key], 0, 6 if key == "scale" else 10**9) for key in wanted), kind)
        name += row["kind"]
    else:
        numbers = {"num": (-BIG, BIG), "den": (0, BIG), "ytd_num": (-BIG, BIG), "ytd_den": (0, BIG), "scale": (1, 6)}
        numbers |= {"goal_num": (-BIG, BIG), "goal_den": (1, BIG), "edition": (1, 999)}
        need(is_(CODE, row.get("code")) and all(within(row[key], *numbers[key]) for key in keys & set(numbers)), kind)
        name += row["code"]
        if kind == "indicator":
            fixed = {"period", "branch", "code", "num"}
            need(fixed | {"edition"} <= keys <= fixed | {"edition", "den", "scale", "ytd_num", "ytd_den"}, kind)
            need(not {"den", "scale"} <= keys and ("ytd_den" in keys) == ({"den", "ytd_num"} <= keys), kind)
        else:
            need(kind == "target", "t")
            fixed = {"period", "branch", "code", "span", "direction"}
            need(fixed <= keys <= fixed | {"num", "den", "goal_num", "goal_den", "scale"}, kind)
            need(row["direction"] in ("AT_LEAST", "OVER", "AT_MOST", "UNDER", "EXACTLY"), kind)
            need(is_("[0-9]{4}(-[0-9]{4})?", row["span"]), kind)
            years = row["span"].split("-")
            need(years == sorted(set(years)), kind)
            shares = [{"num", "den"} <= keys, {"goal_num", "goal_den"} <= keys]
            need(keys & {"num", "goal_num"} and len({"den", "goal_den"} & keys) == sum(shares), kind)
            need(not any(shares) or "scale" not in keys, kind)
            need(not {"num", "goal_num"} <= keys or shares[0] == shares[1], kind)
    need(row.get("id") == name, "id")


def check_member(row: dict[str, Any], keys: set[str]) -> None:
    need(is_(UUID, row.get("id")) and keys <= COLUMNS, "member")
    need(all(words(row[key], TEXTS[key]) for key in keys & set(TEXTS)), "member")
    need(all(row[key] is True for key in keys & set(FLAGS)), "member")
    need(all(is_(SHAPES[key], row[key]) for key in keys & set(SHAPES)), "member")
    for key in keys & {"birth", "joined"}:
        need(is_("[0-9]{4}(-[0-9]{2}){0,2}", row[key]), "member")
        try:
            date.fromisoformat((row[key] + "-01-01")[:10])
        except ValueError:
            raise No("member") from None


def check_ticket(row: dict[str, Any], keys: set[str]) -> None:
    fixed = {"way", "other", "state", "issued"}
    need(is_(UUID, row.get("id")) and fixed <= keys <= fixed | {"accepted", "left"}, "ticket")
    need(is_(UNIT, row["other"]) and row["other"] != row["unit"], "ticket")
    need(all(day(row[name]) for name in ("issued", "accepted", "left") if name in keys), "ticket")
    may = {"OUT": {"ISSUED": "-", "REFUSED": "-", "CONFIRMED": "+", "CANCELLED": "?"}}
    may["IN"] = {"ISSUED": "-", "REFUSED": "-", "ACCEPTED": "+"}
    need(row["way"] in may if type(row["way"]) is str else False, "ticket")
    need(row["state"] in may[row["way"]] if type(row["state"]) is str else False, "ticket")
    need(
        may[row["way"]][row["state"]] in "?+" if "accepted" in keys else may[row["way"]][row["state"]] in "?-", "ticket"
    )
    need("left" not in keys or row["way"] == "OUT" or row["state"] == "ACCEPTED", "ticket")
