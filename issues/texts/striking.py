"""The sentences about what is struck or taken back: what follows of it, and who did it when and why."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from base.swedish.words import capital, day_and_month, in_words, listed
from issues.models import Action, Event, Issue, Observation, Tombstone
from issues.models.status import NOT_ENDED
from issues.receivers import receivers
from issues.striking import striking_of
from members.models import Member

STAYS_RESTRICTED = "Spridningen är fortfarande begränsad, och bara en samordnare som är namngiven kan sortera."


def follows(issue: Issue, member: Member) -> list[str]:
    """What striking it does now, one sentence for each thing that it has and the member knows of."""
    reports = Observation.objects.without_restricted_for(member).of(issue).count()
    actions = [one for one in issue.actions.all() if one.state in NOT_ENDED]
    asked = [action for action in actions if not action.is_draft]
    drafts = sum(action.is_draft for action in actions)
    return [
        *([f"{capital(_those(reports))} sorteras igen."] if reports else []),
        *([STAYS_RESTRICTED] if reports and issue.restricted else []),
        *_taken_back(issue, asked),
        *([f"{capital(in_words(drafts, 'utkast', 'utkast', neuter=True))} till åtgärd tas bort."] if drafts else []),
        *(
            [f"{_the_actions(len(asked) + drafts)} kommer inte tillbaka om ärendet återställs."]
            if asked or drafts
            else []
        ),
        *minutes_stand(issue),
        "Ärendet räknas inte och står inte i någon lista. Numret behåller en sida som säger varför det är struket.",
    ]


def remain_taken_back(number: int) -> list[str]:
    """What a restored issue does not get back of itself: so many actions that were taken back with it."""
    if number == 1:
        return ["Åtgärden i det är fortfarande återtagen. Lägg till den igen om den behövs."]
    return ["Åtgärderna i det är fortfarande återtagna. Lägg till dem igen om de behövs."] if number else []


def _the_actions(number: int) -> str:
    return "Åtgärden" if number == 1 else "Åtgärderna"


def minutes_stand(issue: Issue) -> list[str]:
    """That what has been decided in it stands in the minutes, whatever these are called, if anything has."""
    decided = issue.events.filter(kind=Event.Kind.DECIDED).order_by("pk")
    told = dict.fromkeys((event.facts["number"], event.facts["day"]) for event in decided)
    return [f"Beslut {number} står kvar i det som är sparat från mötet {_day(day)}." for number, day in told]


def struck_words(issue: Issue) -> str:
    """Who struck it, when and why: Struket 27 november 2026 av Maja Exempel: Fel register."""
    event = striking_of(issue)
    day = day_and_month(timezone.localdate(event.at), today=date.min)
    return f"Struket {day} av {event.by}: {event.text}"


def taken_back_words(action: Action) -> str:
    """Who took it back, when and why: Maja Exempel tog tillbaka den 27 november: Lampan är lagad."""
    if told := action.events.filter(kind=Event.Kind.CANCELLED).select_related("by").order_by("-pk").first():
        by, at, why = told.by, told.at, told.text
    elif stone := Tombstone.objects.filter(kind="action", number=str(action.pk)).select_related("by").first():
        by, at, why = stone.by, stone.at, stone.why
    else:
        return ""
    return f"{by} tog tillbaka den {day_and_month(timezone.localdate(at), today=timezone.localdate())}: {why}"


def _taken_back(issue: Issue, asked: list[Action]) -> list[str]:
    """What is taken back and from whom, and which of them will not know of it: of a restricted issue those unnamed."""
    if not asked:
        return []
    everybody = dict.fromkeys(action.current.organisation for action in asked)
    known = {*receivers(issue)} if issue.restricted else {*everybody}
    unaware = listed([str(one) for one in everybody if one not in known])
    what = _the_actions(len(asked))
    taken = f"{what} hos {listed([str(one) for one in everybody])} tas tillbaka av samma skäl"
    if not unaware:
        return [f"{taken}, och de får veta det."]
    return [f"{taken}.", f"Ingen som svarar för {unaware} är namngiven och får veta det. Berätta det själv."]


def _those(number: int) -> str:
    return "observationen" if number == 1 else f"de {in_words(number, 'observation', 'observationerna')}"


def _day(day: str) -> str:
    return day_and_month(date.fromisoformat(day), today=timezone.localdate())
