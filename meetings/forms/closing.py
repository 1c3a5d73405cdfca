from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from base.swedish.clock import moment_of
from base.swedish.words import sentence
from base.ui.fields import DateField, TimeField
from base.ui.forms import RegisterForm, at_field
from base.ui.undo import Undo
from meetings.closing import close_meeting
from meetings.forms.after import AfterStepForm
from meetings.models import Meeting, Minutes
from meetings.reopening import unclose_meeting
from meetings.rhythm import days_of, last_called_off, next_day, usual_meetings
from meetings.sending_now import send_now
from meetings.texts.meeting import time_and_place
from members.actor import Actor
from members.models import Member
from members.models.quiet_hours import AT_NIGHT

SOONER = "Skicka nu finns på mötets sida."
PLANNED_MEANWHILE = "Nästa möte har planerats medan sidan låg öppen: {}. Avsluta mötet om det stämmer."


class MeetingCloseForm(RegisterForm):
    """Closes the meeting, and plans the next one unless one is planned."""

    submit_label = "Avsluta mötet"
    error_title = "Mötet är inte avslutat"
    needed = {"starts": "när dagen är bestämd"}

    next_starts_at: datetime | None = None

    day = DateField(label="Nästa möte", required=False, help_text="Töm fältet om tiden inte är bestämd.")
    starts = TimeField(label="Börjar", required=False)

    def __init__(self, *args: Any, meeting: Meeting, by: Member, **kwargs: Any) -> None:
        self.meeting, self.by, self.following = meeting, by, meeting.following()
        usual = usual_meetings() or [meeting]
        proposal = next_day(days_of(usual), today=timezone.localdate(), off=last_called_off())
        clock = timezone.localtime(usual[0].starts_at).time()
        super().__init__(*args, **{"initial": {"day": proposal.day, "starts": clock}, **kwargs})
        place = sentence(f"Platsen blir {usual[0].place}") if usual[0].place else ""
        self.fields["day"].help_text = f"{proposal.why} {place} {self.fields['day'].help_text}"
        if self.following:
            del self.fields["day"], self.fields["starts"]

    def clean(self) -> dict[str, Any]:
        facts = super().clean()
        if self.following and self.data.get("day"):  # asked for on the page, and by now another stands there
            self.add_error(None, PLANNED_MEANWHILE.format(time_and_place(self.following)))
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
        return close_meeting(self.meeting, by=Actor.of(self.by), next_starts_at=self.next_starts_at)

    def receipt(self, saved: Minutes) -> str:
        until = f"{timezone.localtime(self.meeting.undo_until):%H.%M}"
        return f"Mötet är avslutat. Fram till {until} kan det ångras, sedan går mejlen. {SOONER}"

    def undo(self, saved: Minutes) -> Undo:
        return Undo(reverse("meetings:unclose", args=[self.meeting.pk]), {"entry": self.meeting.entry})


class SendNowForm(AfterStepForm):
    """Sends what the closing caused without waiting, which ends the undo."""

    def save(self) -> Meeting:
        """Raises Conflict when nothing waits any longer."""
        send_now(self.meeting, by=Actor.of(self.by), entry=self.cleaned_data["entry"])
        return self.meeting

    def receipt(self, saved: Meeting) -> str:
        return f"Mejlen skickas inom någon minut, och avslutet kan inte längre ångras. {AT_NIGHT}"


class MeetingUncloseForm(AfterStepForm):
    """Undoes the closing: the meeting goes on."""

    def save(self) -> Meeting:
        """Reopen the meeting. Raises NotAllowed when it is too late, or something rests on what was decided."""
        unclose_meeting(self.meeting, by=Actor.of(self.by), entry=self.cleaned_data["entry"])
        return self.meeting

    def receipt(self, saved: Meeting) -> str:
        following = saved.following()
        kept = f" Nästa möte, {time_and_place(following)}, står kvar i kalendern." if following else ""
        return f"Mötet pågår igen, och det som beslutades gäller inte än.{kept}"
