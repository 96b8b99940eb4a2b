"""Alembic's way in: `Database.upgrade` hands over its connection; the command line opens its own."""

import os

from alembic import context

from db.engine import open_engine
from db.models import Base


def migrate(connection) -> None:
    """Run the migrations on `connection`; SQLite changes a table by rebuilding it (batch mode)."""
    context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()


connection = context.config.attributes.get("connection")
if connection is not None:
    migrate(connection)
else:
    with open_engine(os.environ["SMOODY_DATABASE_URL"]).begin() as connection:
        migrate(connection)
