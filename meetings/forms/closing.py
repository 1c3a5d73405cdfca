from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from base.swedish.clock import moment_of, wall_clock
from base.swedish.words import sentence
from base.ui.fields import DateField, TimeField, VersionField
from base.ui.forms import RegisterForm, at_field
from base.ui.undo import Undo
from meetings.closing import close_meeting
from meetings.coming import ComingMeetings
from meetings.forms.after import AfterStepForm
from meetings.models import Meeting, Minutes
from meetings.models.held import proposed_end
from meetings.reopening import unclose_meeting
from meetings.rhythm import days_of, proposed_day, usual_meetings
from meetings.sending_now import send_now
from meetings.texts.meeting import began_in_words, taken_back_words, time_and_place
from members.actor import Actor
from members.models import Member
from members.models.quiet_hours import at_night

SENT_NOW = "Mejlen skickas inom någon minut, och avslutet kan inte längre ångras."
PLANNED_MEANWHILE = "Nästa möte har planerats medan sidan låg öppen: {}. Avsluta mötet om det stämmer."


class MeetingCloseForm(RegisterForm):
    """Closes the meeting, and plans the next one unless one is planned; sends what it causes at once where asked to."""

    submit_label = "Avsluta mötet"
    second_submit: tuple[str, str] | None = ("send_now", "Avsluta och skicka nu")
    error_title = "Mötet är inte avslutat"
    needed = {"starts": "när dagen är bestämd"}

    next_starts_at: datetime | None = None
    ended: datetime | None = None

    held_to = TimeField(label="Mötet slutade", required=False)
    day = DateField(label="Nästa möte", required=False, help_text="Töm fältet om tiden inte är bestämd.")
    starts = TimeField(label="Börjar", required=False)
    seen = VersionField()  # what the page said would happen
    clock = VersionField()  # what the page took from the clock: let stand, it ended when it is closed

    def __init__(self, *args: Any, meeting: Meeting, by: Member, **kwargs: Any) -> None:
        self.meeting, self.by, self.coming = meeting, by, ComingMeetings.after(meeting)
        usual = usual_meetings() or [meeting]
        proposal = proposed_day(days_of(usual), today=timezone.localdate())
        series = proposal and proposal.series
        clock, place = timezone.localtime(usual[0].starts_at).time(), usual[0].place
        if series:
            clock, place = series.starts, series.place
        day, why = (proposal.day, proposal.why) if proposal else (None, "")
        now = timezone.now()
        end = proposed_end(meeting, at=now)
        is_of_the_clock = end == max(meeting.held_at, now)
        ended = {"held_to": end and timezone.localtime(end).time()}
        shown = {"clock": f"{wall_clock(end):%H.%M}" if end and is_of_the_clock else ""}
        super().__init__(*args, **{"initial": {"day": day, "starts": clock, **ended, **shown}, **kwargs})
        self.fields["held_to"].help_text = began_in_words(meeting, timezone.localdate())
        where = sentence(f"Platsen blir {place}") if place else ""
        self.fields["day"].help_text = f"{why} {where} {self.fields['day'].help_text}"
        if meeting.is_on_paper:
            self.second_submit = None
        if self.coming.usual or meeting.is_on_paper:
            del self.fields["day"], self.fields["starts"]

    def clean(self) -> dict[str, Any]:
        facts = super().clean()
        if facts.get("held_to") and f"{facts['held_to']:%H.%M}" != facts.get("clock"):
            with at_field("held_to"):
                self.ended = moment_of(self.meeting.day, facts["held_to"], after=self.meeting.held_at)
        if self.coming.usual and self.data.get("day"):  # asked for on the page, and by now another stands there
            self.add_error(None, PLANNED_MEANWHILE.format(time_and_place(self.coming.usual)))
        if facts.get("day") and not facts.get("starts") and "starts" not in self.errors:
            self.add_error("starts", "Skriv när nästa möte börjar.")
        if facts.get("day") and facts.get("starts"):
            with at_field("starts"):
                self.next_starts_at = moment_of(facts["day"], facts["starts"])
        moment = self.next_starts_at
        if moment and moment <= max(self.meeting.held_at, timezone.now()):
            self.add_error("day", "Den dagen har redan varit. Välj en dag som kommer.")
        return facts

    def save(self) -> Minutes:
        """Raises NotAllowed when somebody was first, ValidationError when something stands in the way."""
        seen, by = self.cleaned_data["seen"], Actor.of(self.by)
        when = {"next_starts_at": self.next_starts_at, "held_to": self.ended}
        minutes = close_meeting(self.meeting, by=by, seen=seen, **when)
        if self.sends_now:
            send_now(self.meeting, by=by)
        return minutes

    @property
    def sends_now(self) -> bool:
        """Whether it was the second button that was pressed."""
        return "send_now" in self.data

    def receipt(self, saved: Minutes) -> str:
        """Until when it can be undone is told by the page that it leads to."""
        if self.sends_now:
            return f"Mötet är avslutat. {SENT_NOW} {at_night()}".rstrip()
        return "Mötet är avslutat."

    def undo(self, saved: Minutes) -> Undo | None:
        if self.sends_now:
            return None
        return Undo(reverse("meetings:unclose", args=[self.meeting.pk]), {"entry": self.meeting.entry})


class SendNowForm(AfterStepForm):
    """Sends what the closing caused without waiting, which ends the undo."""

    def save(self) -> Meeting:
        """Raises Conflict when nothing waits any longer."""
        send_now(self.meeting, by=Actor.of(self.by), entry=self.cleaned_data["entry"])
        return self.meeting

    def receipt(self, saved: Meeting) -> str:
        return f"{SENT_NOW} {at_night()}".rstrip()


class MeetingUncloseForm(AfterStepForm):
    """Undoes the closing: the meeting goes on."""

    def save(self) -> Meeting:
        """Reopen the meeting. Raises NotAllowed when it is too late, or something rests on what was decided."""
        self.taken_back = unclose_meeting(self.meeting, by=Actor.of(self.by), entry=self.cleaned_data["entry"])
        return self.meeting

    def receipt(self, saved: Meeting) -> str:
        following = saved.following()
        kept = f" Nästa möte, {time_and_place(following)}, står kvar i kalendern." if following else ""
        told = taken_back_words(self.taken_back)
        return f"Mötet pågår igen, och det som beslutades gäller inte än.{told and f' {told}'}{kept}"
