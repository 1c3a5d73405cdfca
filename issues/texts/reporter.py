"""The one line by which a reporter is told what has happened with what she reported, on the start page and by mail.

It names organisations and no person, and no words that anybody wrote but the title of what was asked for.
"""

from __future__ import annotations

from django.utils import timezone

from base.swedish.words import listed
from issues.models import Answer, Event
from issues.models.event_sentences import what_was_asked


def reporter_line(event: Event) -> str:
    """Din rapport om Mörkt vid Åparken: Tekniska förvaltningen åtar sig ”Byt lamporna”, planerat klart 12 december

    Of an event that is told to reporters (`issues.reporter_mails`).
    """
    return f"Din rapport om {event.issue.title}: {_what(event)}"


def _what(event: Event) -> str:
    action, asked, answer = f"”{event.action}”", event.assignment and event.assignment.organisation, event.answer
    today = timezone.localdate()
    match event.kind:
        case Event.Kind.PROPOSED | Event.Kind.DECIDED:
            return f"gruppen föreslår {what_was_asked(event)}"
        case Event.Kind.MOVED:
            return f"{action} ligger nu hos {answer.passed_to if answer else asked}"
        case Event.Kind.DONE:
            return f"{action} är klar hos {asked}"
        case Event.Kind.DATE_CHANGED if event.date_change and event.date_change.new_day:
            return f"{action} har fått nytt datum, {event.date_change.new_day.promised(today=today)}"
        case Event.Kind.ANSWERED if answer and answer.kind == Answer.Kind.DECLINED:
            return f"{asked} avböjer {action}"
        case Event.Kind.ANSWERED if answer and answer.planned_day:
            return f"{asked} åtar sig {action}, {answer.planned_day.promised(today=today)}"
    opened = "ärendet är öppnat igen" if event.kind == Event.Kind.REOPENED or event.facts.get("reopened") else ""
    remains = "problemet kvarstår" if event.kind == Event.Kind.REMAINS else ""
    return listed([each for each in (remains, opened) if each])
