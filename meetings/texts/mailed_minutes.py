"""The words of the mail that has the minutes, and of the page that tells who has had it."""

from __future__ import annotations

from typing import Any

from base.swedish.words import capital, in_words, sentence
from issues.models import despite_words
from meetings.models import Meeting
from meetings.models.minutes import words_in
from meetings.texts.calling import the_meeting
from members.models import Group, Member, MinutesWords
from members.outbox.kinds import Line

LISTED = 20
"""So many decisions stand in the mail; the file has all."""


def to_do(called: MinutesWords) -> str:
    return f"Läs {called.definite}"


def attached(called: MinutesWords) -> str:
    return f"{capital(called.definite)} bifogas som PDF."


def replaced_by(version: int) -> str:
    return f"Version {version} har ersatt den sedan dess, och är den som bifogas."


def line(meeting: Meeting, called: MinutesWords) -> str:
    """Minnesanteckningar från mötet onsdag 25 november. · … 25 november, 13.00."""
    return f"{capital(called.name)} från {the_meeting(meeting)}{meeting.its_time}."


def corrected_line(meeting: Meeting, called: MinutesWords, version: int = 0) -> str:
    """Rättade minnesanteckningar, version 2, från mötet onsdag 25 november."""
    which = f", version {version}," if version else ""
    return f"{capital(called.corrected)}{which} från {the_meeting(meeting)}{meeting.its_time}."


def corrections(content: dict[str, Any], version: int) -> tuple[tuple[Line, ...], ...]:
    """What that version put right, and why; nothing of one that corrects none."""
    told = content.get("corrected")
    if told is None or told["version"] != version:
        return ()
    why = [sentence(told["why"])] if told["why"] else []
    changes = [change["text"] for change in told["changes"]]
    left = len(changes) - LISTED
    more = [f"Och {in_words(left, 'ändring', 'ändringar')} till, i {words_in(content).definite}."] if left > 0 else []
    return (tuple(map(Line, (f"Ändrat sedan version {told['corrects']}:", *changes[:LISTED], *more, *why))),)


def decisions(content: dict[str, Any]) -> tuple[tuple[Line, ...], ...]:
    """What was decided, in the words and the order of the minutes, each with what it is about and what was answered."""
    found = [
        "\n".join([f"{item['title']}: beslut {decision['number']}. {_decided(decision)}", *answers])
        for heading in content["headings"]
        for item in heading["items"]
        for decision, answers in _with_answers(item)
        if not decision.get("struck")
    ]
    called = words_in(content)
    if not found:
        return ((Line(f"I {called.definite} står inga beslut."),),)
    left = len(found) - LISTED
    more = [f"Och {in_words(left, 'beslut', 'beslut', neuter=True)} till, i {called.definite}."] if left > 0 else []
    return (tuple(map(Line, ("Det här beslutades:", *found[:LISTED], *more))),)


def _decided(decision: dict[str, Any]) -> str:
    """What was decided, and of an issue that ends with actions open why it does."""
    return " ".join(filter(None, (decision["text"], despite_words(decision.get("despite", "")))))


def _with_answers(item: dict[str, Any]) -> list[tuple[dict[str, Any], list[str]]]:
    """The decisions of an item; what was answered at it stands with the last."""
    decided = item["decisions"]
    return [(one, item["answers"] if one is decided[-1] else []) for one in decided]


def answer_to(reader: Member) -> str:
    """Who reads what is written back."""
    return f"Är något fel? Svara på det här mejlet, så läser {reader} det."


def for_information(answer: str, called: MinutesWords) -> str:
    """Why one without an account gets them, and how they stop."""
    why = f"Du får {called.definite} från {Group.current().name} för kännedom."
    return " ".join(
        filter(None, (why, answer, "Vill du inte ha fler? Svara på mejlet, så tas du bort." if answer else ""))
    )
