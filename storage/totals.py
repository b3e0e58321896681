"""Sums over everything that a member has answered in a group: added to by the database whenever an event is added.

They make boards of all times fast and hold nothing of their own: :func:`recount` makes them again from the events.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Final

import sqlalchemy as sa

from storage.database import INSERT
from storage.tables import events, totals

COUNTS: Final = events.c.source != "test"
"""Which events count; what is answered in a test does not."""
SUMS: Final = tuple(sa.func.sum(events.c[name]).label(name) for name in ("answered", "right", "points"))

_ADD: Final = """
INSERT INTO totals (guild_id, user_id, answered, "right", points)
VALUES (NEW.guild_id, NEW.user_id, NEW.answered, NEW."right", NEW.points)
ON CONFLICT (guild_id, user_id) DO UPDATE SET
    answered = totals.answered + excluded.answered,
    "right" = totals."right" + excluded."right",
    points = totals.points + excluded.points;
"""
# By a trigger and not by a statement of the program's: that would make every answer wait for a third longer.
_TRIGGERS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "sqlite": (
            "DROP TRIGGER IF EXISTS count_event",
            f"CREATE TRIGGER count_event AFTER INSERT ON events WHEN NEW.source <> 'test' BEGIN {_ADD} END",
        ),
        "postgresql": (
            f"CREATE OR REPLACE FUNCTION count_event() RETURNS trigger LANGUAGE plpgsql "
            f"AS $$ BEGIN {_ADD} RETURN NULL; END $$",
            "DROP TRIGGER IF EXISTS count_event ON events",
            "CREATE TRIGGER count_event AFTER INSERT ON events FOR EACH ROW WHEN (NEW.source <> 'test') "
            "EXECUTE FUNCTION count_event()",
        ),
    }
)


def install(connection: sa.Connection) -> None:
    """Let the database keep the sums from now on, and count anew what there is. Safe to repeat."""
    for statement in _TRIGGERS[connection.dialect.name]:
        connection.exec_driver_sql(statement)
    recount(connection)


def hold(conn: sa.Connection, people: Collection[tuple[int, int]]) -> None:
    """Keep others from adding to these members' sums until this transaction ends, and wait for those who do now.

    Who first looks at what somebody has earned, and then adds what may still be earned, looks after this.

    Args:
        conn: in a transaction.
        people: group and user of each; of many at once, all that the transaction will add to.
    """
    if conn.dialect.name == "sqlite" or not people:
        return  # where one writes at a time anyway
    wanted = sorted(people)  # everybody takes them in this order, or two could wait for each other
    row = {"answered": 0, "right": 0, "points": 0}
    rows = [{"guild_id": guild_id, "user_id": user_id, **row} for guild_id, user_id in wanted]
    conn.execute(INSERT[conn.dialect.name](totals).on_conflict_do_nothing(), rows)
    keys = (totals.c.guild_id, totals.c.user_id)
    held = sa.select(*keys).where(sa.tuple_(*keys).in_(wanted)).order_by(*keys)
    conn.execute(held.with_for_update())


def recount(connection: sa.Connection) -> None:
    """Make the sums again from the events."""
    connection.execute(sa.delete(totals))
    keys = (events.c.guild_id, events.c.user_id)
    summed = sa.select(*keys, *SUMS).where(COUNTS).group_by(*keys)
    connection.execute(sa.insert(totals).from_select(["guild_id", "user_id", "answered", "right", "points"], summed))
