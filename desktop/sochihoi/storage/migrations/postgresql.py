"""The statements of the chain as PostgreSQL wants them. They are written once, for SQLite, and never changed; what
differs is mechanical and stands here.
"""

from __future__ import annotations

import re
from typing import Any, Final

PARTITIONS: Final = 16
"""Of each table of received rows, by the hash of the unit: of a province a partition holds ten communes or so, and a
replaced list leaves its dead rows in one of them alone."""
BY_UNIT: Final = ("received_figure", "received_member")
_TYPES = (
    # order by bytes, as SQLite does: an order by the server's language would differ from PC to PC
    (re.compile(r"\bVARCHAR\b(?!\()"), 'VARCHAR COLLATE "C"'),
    (re.compile(r"\bBLOB\b"), "BYTEA"),
    # as SQLite's pragma does for every unit of work: a batch may name what comes later in it
    (re.compile(r"(REFERENCES \w+ ?\(\w+\))"), r"\1 DEFERRABLE INITIALLY DEFERRED"),
)
_TABLE = re.compile(r"CREATE TABLE (\w+) ")
_GUARD = re.compile(r"CREATE TRIGGER (\w+) BEFORE (UPDATE|DELETE) ON (\w+) BEGIN SELECT RAISE\(ABORT, ('[^']*')\); END")


def translated(statement: str) -> list[str]:
    """One statement of SQLite as one or more of PostgreSQL."""
    guard = _GUARD.search(statement)
    if guard is not None:
        return _guarding(*guard.groups())
    for sought, put in _TYPES:
        statement = sought.sub(put, statement)
    table = _TABLE.match(statement)
    if table is None:
        return [statement]
    if table[1] in BY_UNIT:
        return _parted(table[1], statement)
    if table[1] == "target_setting":
        # a column of whole numbers of SQLite keeps 37.5 as it is
        return [statement.replace(" value INTEGER", " value NUMERIC")]
    if table[1] == "installation":
        # private keys stay on the PC: the server itself refuses them
        return [statement, "ALTER TABLE installation ADD CONSTRAINT ck_no_key CHECK (length(identity) = 0)"]
    return [statement]


def _parted(name: str, statement: str) -> list[str]:
    whole = statement.replace("PRIMARY KEY (id)", "PRIMARY KEY (unit_code, id)").rstrip().rstrip(";")
    parts = (
        f"CREATE TABLE {name}_{n:02} PARTITION OF {name} FOR VALUES WITH (MODULUS {PARTITIONS}, REMAINDER {n})"
        for n in range(PARTITIONS)
    )
    return [f"{whole} PARTITION BY HASH (unit_code)", *parts]


def _guarding(name: str, what: str, table: str, said: str) -> list[str]:
    """A row that is to be changed raises; so does emptying the table, which fires no trigger of rows."""
    function = f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RAISE EXCEPTION {said}; END$$"
    made = [function, f"CREATE TRIGGER {name} BEFORE {what} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"]
    if what == "DELETE":
        made.append(f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} EXECUTE FUNCTION {name}()")
    return made


def translate_on(connection: Any) -> None:
    """From here on every statement that this connection is given is translated."""
    from sqlalchemy import event

    @event.listens_for(connection, "before_cursor_execute", retval=True)
    def _translate(
        _connection: Any,
        cursor: Any,
        statement: str,
        parameters: Any,
        _context: Any,
        _many: bool,
    ) -> tuple[str, Any]:
        *before, last = translated(statement)
        for one in before:
            cursor.execute(one)
        return last, parameters
