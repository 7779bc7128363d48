"""The process below the shim. It imports everything once and forks for each order, so that a thousand faults take
minutes: ``python -m tests.trust.workshop``, orders as JSON lines on standard input, answers on standard output.
"""

from __future__ import annotations

import ctypes
import gc
import importlib
import json
import os
import pkgutil
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from sochihoi.domain.errors import UserError
from sochihoi.ui import words
from tests.trust import operations, rooms
from tests.trust.inspection import look, opening_passwords
from tests.trust.operations import OPERATIONS

MODES = {"count": 0, "kill": 1, "torn": 2, "enospc": 3, "eio": 4}
_shim = ctypes.CDLL(os.environ["LD_PRELOAD"])

Order = dict[str, Any]
Say = Callable[[str], None]


def forked(work: Callable[[Say], None], kill_after: float | None = None) -> dict[str, Any]:
    """Do ``work`` in a process of its own. What it said, and the signal that ended it (0: none).

    ``kill_after``: so many seconds after it said something for the first time.
    """
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        _child(work, write)
    os.close(write)
    with os.fdopen(read, "rb") as heard:
        said = b""
        if kill_after is not None:
            said = heard.read(1)
            time.sleep(kill_after)
            os.kill(child, signal.SIGKILL)
        lines = (said + heard.read()).decode().split("\0")
    ended = os.waitpid(child, 0)[1]
    return {"said": lines[:-1], "signal": os.WTERMSIG(ended) if os.WIFSIGNALED(ended) else 0}


def _child(work: Callable[[Say], None], write: int) -> None:
    def say(text: str) -> None:
        os.write(write, text.encode() + b"\0")

    try:
        work(say)
    except (UserError, OSError) as problem:
        try:
            say(f"problem {type(problem).__name__} {words.say(problem)}")
        except LookupError:
            say(f"crash no words for {problem!r}")
    except BaseException:  # noqa: BLE001 - whatever it is, it is told and judged by the test
        say(f"crash {traceback.format_exc()}")
    finally:
        os._exit(0)


def _operate(order: Order) -> dict[str, Any]:
    """Run an operation with a fault. ``snapshots``: keep a copy of the root after each act."""
    root, kept = Path(order["root"]), order.get("snapshots")
    run = OPERATIONS[order["operation"]].run if "operation" in order else getattr(operations, order["work"])
    more = order.get("more", [])

    def work(say: Say) -> None:
        steps = 0

        def done(step: str) -> None:
            nonlocal steps
            if kept is not None:
                shutil.copytree(root, Path(kept) / str(steps))
            steps += 1
            say(f"ack {step}")
            _shim.fault_note(str(steps).encode())

        _shim.fault_begin(
            str(root).encode(),
            MODES[order.get("mode", "count")],
            order.get("at", 0),
            int(order.get("onwards", False)),
            str(order.get("log", "")).encode(),
        )
        try:
            run(root, done, *more)
            say("done")
        finally:
            said = _shim.fault_calls()
            _shim.fault_end()
            say(f"calls {said}")

    return forked(work, order.get("kill_after"))


def _prepare(order: Order) -> dict[str, Any]:
    OPERATIONS[order["operation"]].prepare(Path(order["root"]))
    return {}


def _look(order: Order) -> dict[str, Any]:
    operation, root = OPERATIONS[order["operation"]], Path(order["root"])
    with suppress(Exception):  # remembered for the next looks; what is wrong with it is said by the look
        opening_passwords(operation, root)
    return forked(lambda say: say(json.dumps(look(operation, root), ensure_ascii=False)))


def _in_room(order: Order) -> dict[str, Any]:
    """An operation on a medium of so many bytes: see ``rooms``."""
    return forked(lambda say: say(json.dumps(rooms.tried(order, _operate, _look))))


def _rooms(_order: Order) -> dict[str, Any]:
    """Whether media can be mounted here."""
    return {"mounts": forked(lambda say: say(str(rooms.can_mount())))["said"] == ["True"]}


def _import_all() -> None:
    """Everything below the window, before the first fork: no child reads a module from the disk."""
    for part in ("domain", "storage", "sync", "intake", "services"):
        package = importlib.import_module(f"sochihoi.{part}")
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".migrations." not in found.name:
                importlib.import_module(found.name)
    gc.freeze()  # or each child would copy what the collector touches
    gc.disable()


def main() -> None:
    """Until standard input ends."""
    _import_all()
    doors = {"prepare": _prepare, "operate": _operate, "look": _look, "room": _in_room, "rooms": _rooms}
    for line in sys.stdin:
        order = json.loads(line)
        sys.stdout.write(json.dumps(doors[order["do"]](order)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
