"""Column types that mean the same on SQLite and on PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


class Utc(sa.types.TypeDecorator[datetime]):
    """An instant, kept as microseconds since 1970: SQLite has no type for one and would drop the zone."""

    impl = sa.BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: sa.Dialect) -> int | None:
        """Return the number to keep.

        Raises:
            ValueError: *value* has no zone.
        """
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a zone")
        return (value - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: Any, _dialect: sa.Dialect) -> datetime | None:
        """Return the instant, in UTC."""
        return None if value is None else _EPOCH + timedelta(microseconds=value)


Key: Final = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
"""Of a row that the database numbers: SQLite numbers INTEGER columns only."""
Snowflake: Final = sa.BigInteger()
"""An id of Discord's: below 2**63."""
