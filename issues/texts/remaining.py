"""What is said where a reporter says that the problem remains: to her, to the samordnare and to whoever had it."""

from __future__ import annotations

from collections.abc import Iterable

from base.swedish.words import listed, sentence
from issues.models import Action, Event, Issue


def who_is_told(issue: Issue) -> str:
    """Samordnaren och Tekniska förvaltningen: of an issue with its actions."""
    return listed(["Samordnaren", *map(str, issue.responsible)])


def remains_receipt(issue: Issue) -> str:
    """Ärendet är öppnat igen. Samordnaren och Tekniska förvaltningen får veta det."""
    where = "Ärendet är öppnat igen" if issue.is_closed else "Det står i ärendet"
    return f"{where}. {who_is_told(issue)} får veta det."


def remains_line(event: Event) -> str:
    """Problemet kvarstår: Mörkt vid Åparken."""
    return f"Problemet kvarstår: {event.issue.title}"


def remains_to_owner(event: Event, done: Iterable[Action]) -> str:
    """What the organisation is told that has had it: what it did, and that nothing is asked of it yet."""
    opened = " Ärendet är öppnat igen." if event.facts.get("reopened") else ""
    about = sentence(f"Ärende {event.issue.number}: {event.issue.title}")
    theirs = listed([f"”{action}”" for action in done])
    had = f" Hos er: {theirs}." if theirs else ""
    then = "Gruppen tar upp det på nästa möte. Ni behöver inte svara, men vet ni något om det, svara på mejlet."
    return f"Den som rapporterade säger att problemet kvarstår.{opened}\n\n{about}{had}\n\n{then}"
