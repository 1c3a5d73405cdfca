"""The forms that correct minutes which were sent: one opens them, one saves what is put right, one throws it away."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from base.records.freetext import FreeLineFormField
from base.swedish.words import capital
from base.ui.fields import VersionField
from base.ui.forms import RegisterForm
from meetings.correcting import Correction, cancel_correcting, save_correction, start_correcting
from meetings.discarding import discard_correction
from meetings.minutes.afterwards import is_written_afterwards
from meetings.models import Meeting, Minutes
from meetings.texts.approving import approvers_told
from members.actor import Actor
from members.models import Member
from members.models.quiet_hours import at_night


class OfCorrection(RegisterForm):
    """The base of them: one of a meeting's minutes."""

    def __init__(self, *args: Any, meeting: Meeting, by: Member, **kwargs: Any) -> None:
        self.meeting, self.by = meeting, by
        super().__init__(*args, **kwargs)

    @property
    def leads_to(self) -> str:
        """Where one goes on: to the correction as long as one is open, else to the minutes."""
        page = "meetings:correct" if self.meeting.is_being_corrected else "meetings:minutes_detail"
        return reverse(page, args=[self.meeting.pk])


class StartCorrectingForm(OfCorrection):
    """Opens the minutes to correct them."""

    def save(self) -> str:
        """Raises Conflict and NotAllowed as `start_correcting` does."""
        start_correcting(self.meeting, by=Actor.of(self.by))
        return self.leads_to

    def receipt(self, saved: str) -> str:
        _, called = Minutes.latest_called(self.meeting)
        return f"{capital(called.definite)} är {called.open} för rättelse."


class CorrectionForm(OfCorrection):
    """Saves what is put right as a new version, which is mailed."""

    submit_label = "Spara rättelsen"
    error_title = "Rättelsen är inte sparad"

    why = FreeLineFormField(
        label="Varför",
        max_length=300,
        required=False,
        help_text="Står i den nya versionen och i mejlet. Skriv inget här om ärenden med begränsad spridning. "
        "Till exempel: Rättat efter synpunkt från räddningstjänsten.",
    )
    seen = VersionField()  # what the page said is changed

    def show(self, found: Correction) -> None:
        """Carry what the page says is changed, for the saving to tell what has changed since."""
        self.initial["seen"] = found.seen

    def save(self) -> Minutes | str:
        """Raises Conflict, EditConflict, NotAllowed and ValidationError as `save_correction` does."""
        facts = self.cleaned_data
        made = save_correction(self.meeting, by=Actor.of(self.by), why=facts["why"], seen=facts["seen"])
        return made or self.leads_to

    def receipt(self, saved: Minutes | str) -> str:
        if isinstance(saved, str):
            _, called = Minutes.latest_called(self.meeting)
            return f"Rättelsen är sparad. {capital(called.definite)} är som förut."
        told = f"Rättelsen är sparad som version {saved.version} av {saved.called.definite}."
        mailed = "" if is_written_afterwards(self.meeting) else f"Den mejlas inom någon minut. {at_night()}"
        return " ".join(filter(None, (told, *approvers_told(saved), mailed)))


class DiscardCorrectionForm(OfCorrection):
    """Throws away all that a correction has changed."""

    submit_label = "Släng rättelsen"
    error_title = "Rättelsen är inte slängd"

    seen = VersionField()  # what the page said is thrown away

    def show(self, found: Correction) -> None:
        """Carry what the page says is changed, for nothing to be thrown away that she has not read."""
        self.initial["seen"] = found.seen

    def save(self) -> str:
        """Raises Conflict and EditConflict as `discard_correction` does."""
        discard_correction(self.meeting, by=Actor.of(self.by), seen=self.cleaned_data["seen"])
        return self.leads_to

    def receipt(self, saved: str) -> str:
        version, called = Minutes.latest_called(self.meeting)
        says = f"Allt är som version {version} av {called.definite} säger"
        return f"Rättelsen är slängd. {says}, och ingen mejlas om rättelsen."


class CancelCorrectionForm(OfCorrection):
    """Ends a correction in which nothing is changed."""

    def save(self) -> str:
        """Raises Conflict when none is open, NotAllowed when something is changed."""
        cancel_correcting(self.meeting, by=Actor.of(self.by))
        return self.leads_to

    def receipt(self, saved: str) -> str:
        return "Rättelsen är avbruten. Inget är ändrat."
