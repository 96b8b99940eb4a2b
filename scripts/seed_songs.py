"""Fill the song database: `python -m scripts.seed_songs --starter`."""

import argparse
import os
import sys
from pathlib import Path

from dotenv import load_dotenv

from db.engine import Database, DatabaseError, sqlite_url
from db.songs import CatalogueError, add_songs, count_by_mood, read_starter

INSTANCE = Path(__file__).parents[1] / "instance"


def main(argv: list[str] | None = None) -> None:
    """Seed and print a summary; exit code 1 with one sentence when that cannot be done."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--starter", action="store_true", required=True, help="the catalogue in the repository")
    parser.parse_args(argv)
    load_dotenv()
    url, instance = os.environ.get("SMOODY_DATABASE_URL"), os.environ.get("SMOODY_INSTANCE")
    try:
        print(seed_starter(database_from(url, instance)))
    except (CatalogueError, DatabaseError, OSError) as error:
        sys.exit(f"seed_songs: {error}")


def database_from(url: str | None, instance: str | None) -> Database:
    """The database that the server uses under the same settings."""
    folder = Path(instance).absolute() if instance else INSTANCE
    folder.mkdir(parents=True, exist_ok=True)
    return Database(url or sqlite_url(folder))


def seed_starter(database: Database) -> str:
    """Insert or update the starter catalogue in one transaction; returns a summary to print."""
    songs = read_starter()
    database.upgrade()
    with database.session() as session:
        counts = add_songs(session, songs)
        moods = count_by_mood(session)
    done = ", ".join(f"{number} {what}" for what, number in counts.items())
    held = ", ".join(f"{mood} {number}" for mood, number in sorted(moods.items()))
    return f"Starter catalogue: {done}.\nSongs in the database: {held}."


if __name__ == "__main__":
    main()
