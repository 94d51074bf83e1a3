"""The stamps of what was done to a database live in it: a dump brings them along, a new database has none."""

from __future__ import annotations

from psycopg import Connection, errors

TABLE = """
    CREATE TABLE IF NOT EXISTS project_stamp (
        step text PRIMARY KEY, digest text NOT NULL, made_at timestamptz NOT NULL DEFAULT now()
    )"""
WRITE = """
    INSERT INTO project_stamp (step, digest) VALUES (%s, %s)
    ON CONFLICT (step) DO UPDATE SET digest = excluded.digest, made_at = now()"""


def read_stamps(url: str) -> dict[str, str]:
    """Step to digest; empty for a database nothing was done to."""
    with Connection.connect(url) as connection:
        try:
            return dict(connection.execute("SELECT step, digest FROM project_stamp").fetchall())
        except errors.UndefinedTable:
            return {}
