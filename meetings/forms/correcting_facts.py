"""The form that puts right when and where a meeting was held, and who led it, while its minutes are corrected."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from base.swedish.clock import moment_of
from base.ui.fields import TimeField
from base.ui.forms import at_field
from meetings.agenda.parts_following import look_over_words
from meetings.correcting_facts import correct_facts
from meetings.forms.meeting import MeetingChangeForm
from meetings.models import Meeting
from meetings.models.spot import FIRST
from meetings.texts.officers import in_office_no_longer, in_office_now
from members.actor import Actor

NOT_SENT_YET = "Granska och spara rättelsen när allt stämmer, så blir det en ny version."


class CorrectFactsForm(MeetingChangeForm):
    """What the minutes say first: when, where, and who led the meeting and wrote."""

    held_to = TimeField(label="Mötet slutade", required=False, help_text="Töm fältet om ingen vet.")

    ended: datetime | None = None

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, meeting=meeting, **kwargs)
        for name in ("registry_no", "is_extra"):  # the number is given on a page of its own
            del self.fields[name]
        self.order_fields(("held_on", "held_from", "held_to"))
        self.initial["held_to"] = meeting.held_to and timezone.localtime(meeting.held_to).time()

    def clean(self) -> dict[str, Any]:
        facts = super().clean()
        if self.began and facts.get("held_to"):
            with at_field("held_to"):
                self.ended = moment_of(
                    facts["held_on"], facts["held_to"], known=[self.meeting.held_to], after=self.began
                )
        return facts

    @property
    def leads_to(self) -> str:
        return reverse("meetings:correct", args=[self.meeting.pk])

    def save(self) -> Meeting:
        """Raises Conflict when the correction has ended, EditConflict and ValidationError as `correct_facts` does."""
        version, since = self.cleaned_data["version"], self.cleaned_data.get("since") or FIRST
        self.relieving = correct_facts(
            self.meeting, by=Actor.of(self.by), version=version, since=since, held_to=self.ended, **self.facts
        )
        return self.meeting

    def receipt(self, saved: Any) -> str:
        guests = self.relieving.guests
        sentences = (
            "Ändringen är sparad.",
            in_office_now(self.meeting, self.relieving.now),
            in_office_no_longer(self.relieving.gone, since=self.cleaned_data.get("since") or FIRST),
            look_over_words(guests.look_over).strip(),
            NOT_SENT_YET,
        )
        return " ".join(filter(None, sentences))
