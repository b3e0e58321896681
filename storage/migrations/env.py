"""What Alembic runs: the pending versions, on the connection it was given and in that connection's transaction."""

from __future__ import annotations

from alembic import context

from storage.tables import metadata

# On SQLite a column is changed by making the table anew: hence batches.
context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True)
context.run_migrations()
