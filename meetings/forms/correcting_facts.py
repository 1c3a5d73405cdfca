"""The form that puts right when and where a meeting was held, and who led it, while its minutes are corrected."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from base.swedish.clock import moment_of
from base.ui.fields import TimeField
from base.ui.forms import at_field
from meetings.correcting_facts import correct_facts
from meetings.forms.of_meeting import OfMeetingForm
from meetings.letterhead import day
from meetings.models import Meeting
from meetings.rules import may_run_meeting
from meetings.texts.officers import relieved_words
from members.actor import Actor

NOT_SENT_YET = "Granska och spara rättelsen när allt stämmer, så blir det en ny version."
LEADS_NO_MORE = "Du leder inte mötet längre. Rättelsen sparas av den som gör det, eller av samordnaren."


class CorrectFactsForm(OfMeetingForm):
    """What the minutes say first: when, where, and who led the meeting and wrote."""

    one_of = ("since", "held_from")  # demanded when another is chosen, and where it is asked

    held_from = TimeField(label="Mötet började", required=False)
    held_to = TimeField(label="Mötet slutade", required=False, help_text="Töm fältet om ingen vet.")

    field_order = ("held_from", "held_to", "place", "chair", "secretary", "since")

    ended: datetime | None = None

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, meeting=meeting, **kwargs)
        self.fields["held_from"].help_text = day(meeting.held_at)
        self.initial["held_to"] = meeting.held_to and timezone.localtime(meeting.held_to).time()

    def clean(self) -> dict[str, Any]:
        facts = super().clean()
        if "held_from" in self.data:  # a page of before does not ask
            self.ask_for("held_from", "Skriv när mötet började.")
        if facts.get("held_from"):
            with at_field("held_from"):
                self.began = moment_of(self.meeting.day, facts["held_from"], known=[self.meeting.held_at])
        if self.began and facts.get("held_to"):
            known = [self.meeting.held_to]
            with at_field("held_to"):
                self.ended = moment_of(self.meeting.day, facts["held_to"], known=known, after=self.began)
        return facts

    @property
    def leads_to(self) -> str:
        """To the correction; who leads the meeting no longer may read the minutes alone."""
        page = "meetings:correct" if self._leads else "meetings:minutes_detail"
        return reverse(page, args=[self.meeting.pk])

    @property
    def _leads(self) -> bool:
        return may_run_meeting(self.by, self.meeting)

    def save(self) -> Meeting:
        """Raises Conflict when the correction has ended, EditConflict and ValidationError as `correct_facts` does."""
        version, since = self.cleaned_data["version"], self.since_spot
        facts = ({"held_to": self.ended} if self.began else {}) | self.held_facts
        self.relieving = correct_facts(self.meeting, by=Actor.of(self.by), version=version, since=since, **facts)
        return self.meeting

    def receipt(self, saved: Any) -> str:
        done = relieved_words(self.meeting, self.relieving, since=self.since_spot)
        return " ".join(filter(None, ("Ändringen är sparad.", *done, NOT_SENT_YET if self._leads else LEADS_NO_MORE)))
