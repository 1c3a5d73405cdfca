"""Which edition of the story a register was filled with: the group's own row keeps it."""

from __future__ import annotations

from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

from base.swedish.words import swedish_day
from members.models import Group

FOLDER = Path(__file__).parent
WRITTEN = (".py", ".csv", ".toml")
FRESH = timedelta(days=6)
"""The story is counted from the day it was told, and its next meeting is a week away at the least."""
HOW = "Börja om från i dag med ”python3 manage.py demo --reset”. Det som har skrivits i demon försvinner då."


def edition() -> str:
    """The hash of the data and of the modules that tell it."""
    digest = sha256()
    for file in sorted(file for file in FOLDER.rglob("*") if file.suffix in WRITTEN):
        digest.update(f"{file.relative_to(FOLDER)}\n".encode() + file.read_bytes())
    return digest.hexdigest()[:12]


def why_tell_anew(today: date) -> str:
    """Why what stands in the demo is not what it would be if it were told now; nothing when it is.

    Nobody's words are thrown away for it: that is for whoever started the demo to say.
    """
    group = Group.current()
    if group.demo_told_on is None:
        return f"Demogruppen lades in av en äldre version. {HOW}"
    named = f"Demogruppen lades in {swedish_day(group.demo_told_on, today=today)}"
    if group.demo_edition != edition():
        return f"{named}, och berättelsen har ändrats sedan dess. {HOW}"
    return f"{named}, och berättelsen räknas från den dagen. {HOW}" if today - group.demo_told_on > FRESH else ""
