"""Why an issue ends with actions open is told wherever the decision is."""

from __future__ import annotations

import copy
from typing import Any

from django.test import Client
from django.urls import reverse

from meetings.attendance import note_expected
from meetings.closing import close_meeting
from meetings.deciding import decide
from meetings.minutes.editions import Edition
from meetings.minutes.reading import frozen_view
from meetings.models import AgendaItem, Minutes
from meetings.texts.mailed_minutes import decisions
from members.actor import Actor
from members.models import Member, Organisation
from tests.base.documents.reading import pdf_text
from tests.factories import ActionFactory
from tests.meetings.meetings import words

DESPITE = "Åtgärder är öppna: Skylten sätts upp ändå."


def test_why_an_issue_ends_with_actions_open_is_told_with_how_many_they_are(
    as_coordinator: Client, item: AgendaItem, coordinator: Member, technical: Organisation
) -> None:
    meeting = item.meeting
    note_expected(meeting, by=Actor.of(coordinator))
    ActionFactory(issue=item.issue, assignment__organisation=technical)
    ending: dict[str, Any] = {"outcome": "solved", "feedback": "Det lyser.", "despite": "Skylten sätts upp ändå."}
    decide(item, by=Actor.of(coordinator), kind="close", **ending)

    shown = words(as_coordinator.get(reverse("meetings:close", args=[meeting.pk])))

    assert f"Beslut {meeting.year}-1: Gruppen avslutar ärendet: åtgärdat. {DESPITE}" in shown
    assert "En åtgärd i ärendet är fortfarande öppen." in shown
    assert f"Gruppen avslutar ärendet: åtgärdat. {DESPITE}" in words(as_coordinator.get(item.get_absolute_url()))
    close_meeting(meeting, by=Actor.of(coordinator))
    year = reverse("meetings:year", args=[meeting.year])
    for address in (meeting.get_absolute_url(), reverse("meetings:minutes_detail", args=[meeting.pk]), year):
        assert f"åtgärdat. {DESPITE}" in words(as_coordinator.get(address))
    content = Minutes.objects.get(meeting=meeting).content
    assert DESPITE in " ".join(line.words for lines in decisions(content) for line in lines)
    paper = pdf_text(as_coordinator.get(reverse("meetings:minutes_pdf", args=[meeting.pk])).content)
    assert DESPITE in " ".join(paper.split())


def test_minutes_that_were_frozen_before_the_reason_stood_in_them_are_read_without_it(
    as_coordinator: Client, item: AgendaItem, coordinator: Member
) -> None:
    decide(item, by=Actor.of(coordinator), kind="close", outcome="solved", feedback="Det lyser.")
    note_expected(item.meeting, by=Actor.of(coordinator))
    minutes = close_meeting(item.meeting, by=Actor.of(coordinator))
    content = copy.deepcopy(minutes.content)
    for heading in content["headings"]:
        for line in heading["items"]:
            for decision in line["decisions"]:
                del decision["despite"]

    [told] = [
        decision.text
        for heading in frozen_view(Edition(minutes, content)).headings
        for line in heading.items
        for decision in line.decisions
    ]

    assert told == "Gruppen avslutar ärendet: åtgärdat. Återkoppling: ”Det lyser.”"
