"""Writes a version from what the tables have and the versions have not: for who changes the tables (make migration).

Read what it wrote before you keep it: a column that was renamed looks like one that went and one that came.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, Final, Literal

import sqlalchemy as sa
from alembic.autogenerate import produce_migrations, render_python_code
from alembic.autogenerate.api import AutogenContext
from alembic.operations import ops
from alembic.runtime.migration import MigrationContext

from storage.migrate import upgrade, versions
from storage.tables import metadata
from storage.types import Utc

FOLDER: Final = Path(__file__).parent / "versions"
_TOGETHER: Final = 12
"""Tables that are made in one version, so that its file stays short."""
_USAGE: Final = "Say what the version is for; or --anew, before the first release, to write all versions anew."


def main(arguments: Sequence[str]) -> None:
    """Write the next version; ``--anew`` forgets those there are, which is only right while nobody has them."""
    if len(arguments) != 1:
        sys.exit(_USAGE)
    if arguments[0] == "--anew":
        for path in FOLDER.glob("v*.py"):
            path.unlink()
        found = _differences()
        groups = [found[first : first + _TOGETHER] for first in range(0, len(found), _TOGETHER)]
        written = [_write(group, _tables(group)) for group in groups]
    else:
        written = [_write(_differences(), arguments[0])]
    subprocess.run([sys.executable, "-m", "ruff", "format", "--quiet", *written], check=True)  # noqa: S603 - our own
    sys.stdout.write("".join(f"{path}\n" for path in written))


def _differences() -> list[tuple[str, list[ops.MigrateOperation]]]:
    """Return what has to be done, by table, in an order that references allow."""
    with sa.create_engine("sqlite://", poolclass=sa.NullPool).connect() as connection:
        if versions():
            upgrade(connection)
        made = produce_migrations(MigrationContext.configure(connection), metadata).upgrade_ops
    found = [(_table(one), one) for one in _flat(made.ops if made else ())]
    return [(table, [one for _, one in group]) for table, group in groupby(found, key=lambda pair: pair[0])]


def _flat(operations: Iterable[ops.MigrateOperation]) -> Iterator[ops.MigrateOperation]:
    for one in operations:
        if isinstance(one, ops.ModifyTableOps):
            yield from _flat(one.ops)
        else:
            yield one


def _table(operation: Any) -> str:
    return str(operation.table_name)


def _tables(group: Sequence[tuple[str, object]]) -> str:
    return f"The tables from {group[0][0]} to {group[-1][0]}, in the order in which they refer to one another."


def _write(group: Sequence[tuple[str, list[ops.MigrateOperation]]], purpose: str) -> Path:
    known = versions()
    revision = f"{int(known[-1]) + 1 if known else 1:04}"
    before = f'"{known[-1]}"' if known else "None"
    parts = [
        f'"""{purpose}"""\n\nimport sqlalchemy as sa\nfrom alembic import op\n\n'
        f'revision = "{revision}"\ndown_revision = {before}\n\n\n'
        'def upgrade() -> None:\n    """Change the tables."""\n'
    ]
    parts += [f"    _{table}()\n" for table, _ in group]
    parts += [f"\n\ndef _{table}() -> None:\n{_code(operations)}\n" for table, operations in group]
    path = FOLDER / f"v{revision}.py"
    path.write_text("".join(parts), encoding="utf-8")
    return path


def _code(operations: list[ops.MigrateOperation]) -> str:
    code = render_python_code(
        ops.UpgradeOps(ops=operations), render_item=_plain, alembic_module_prefix="op.", sqlalchemy_module_prefix="sa."
    )
    lines = (line for line in code.splitlines() if not line.lstrip().startswith("#"))
    return "\n".join(f"    {line}" if line else "" for line in lines)


def _plain(kind: str, thing: Any, _context: AutogenContext) -> str | Literal[False]:
    # A version means the same for ever, so it holds none of our types, which may come to mean something else.
    if kind == "type" and isinstance(thing, Utc):
        return "sa.BigInteger()"
    # Rendered for SQLite it would be 0, which PostgreSQL does not take for false.
    truth = getattr(thing, "arg", None)
    if kind == "server_default" and isinstance(truth, sa.sql.elements.False_ | sa.sql.elements.True_):
        return f"sa.{str(truth).lower()}()"
    return False


if __name__ == "__main__":
    main(sys.argv[1:])
