"""The form by which somebody who sits says whether she comes, and who runs the meeting notes what she was told."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone

from base.records.freetext import FreeLineFormField
from base.ui.fields import ShownDay, ShownMoment
from base.ui.forms import RegisterForm
from base.ui.undo import Undo
from base.ui.widgets import ChoiceRadios
from meetings import rules
from meetings.attendance import rows, seated
from meetings.models import CallAnswer, Meeting
from meetings.texts.attendance import row_state
from members.actor import Actor, Channel
from members.models import Member

Answer = CallAnswer.Answer
OF_ANOTHER = [(Answer.YES, "Kommer"), (Answer.NO, "Kan inte komma"), (Answer.PARTLY, "Är med en del av mötet")]
EXAMPLE = "Till exempel ”fram till 14”."
IN_PART = "Du väntas på mötet även då. Kom överens med ersättaren om resten."
UNSAID = "unsaid"
"""Instead of an answer: as if she had not been asked, for what was a slip."""


class CallAnswerForm(RegisterForm):
    """Says whether one comes, in one tap or on the page: one for oneself, who runs the meeting for anybody who sits."""

    member = forms.ModelChoiceField(
        label="Vem?",
        queryset=Member.objects.none(),
        error_messages={"invalid_choice": "Den personen har ingen plats i gruppen den dagen."},
    )
    reply = forms.ChoiceField(label="Svar", choices=[*Answer.choices, (UNSAID, "Inget svar")], widget=ChoiceRadios)
    part = FreeLineFormField(
        label="Vilken del?",
        required=False,
        max_length=120,
        help_text=f"{EXAMPLE} {IN_PART}",
    )
    channel = forms.ChoiceField(label="Hur kom svaret?", required=False, choices=Channel.on_behalf, widget=ChoiceRadios)
    day = ShownDay(required=False)  # of the meeting as the page showed it: it may have moved since
    shown = ShownMoment()  # another may have noted an answer since

    submit_label = "Spara svaret"
    missing = {"reply": "Välj om du kommer, inte kan eller är med en del.", "member": "Välj vem svaret gäller."}

    def __init__(self, *args: Any, meeting: Meeting, by: Member, is_for_another: bool = False, **kwargs: Any) -> None:
        self.meeting, self.by, self.is_for_another = meeting, by, is_for_another
        said = CallAnswer.objects.filter(meeting=meeting, member=by).first()
        known = {"reply": said.answer, "part": said.words} if said and not is_for_another else {}
        initial = {"member": None if is_for_another else by, "day": meeting.planned_day, **known}
        super().__init__(*args, initial=initial | kwargs.pop("initial", {}), **kwargs)
        self.offer("member", seated(meeting))
        if not is_for_another:
            self.fields["member"].widget = forms.HiddenInput()
            del self.fields["channel"]
        if is_for_another:
            self.offer_choices("reply", OF_ANOTHER)
            self.fields["part"].help_text = f"{EXAMPLE} Den som är med en del väntas på mötet även då."
        elif not self.is_bound:
            self.offer_choices("reply", Answer.choices)

    def save(self) -> str:
        """Note the answer, or that there is none; returns where one goes on."""
        answer, words = self.cleaned_data["reply"], self.cleaned_data["part"]
        page_of = {"day": self.cleaned_data["day"], "seen": self.cleaned_data["shown"]}
        self.was = CallAnswer.objects.filter(meeting=self.meeting, member=self.whom).first()
        if answer == UNSAID:
            CallAnswer.withdraw(self.meeting, self.whom, by=self.actor, **page_of)
        else:
            CallAnswer.say(self.meeting, self.whom, answer, words=words, by=self.actor, **page_of)
        page = self.meeting.get_absolute_url()
        return page if self.whom == self.by else f"{page}#kommer"

    @property
    def whom(self) -> Member:
        """Of whom it is said."""
        member: Member = self.cleaned_data["member"]
        return member

    @property
    def actor(self) -> Actor:
        return Actor.of(self.by, channel=self.cleaned_data.get("channel") or Channel.SIGNED_IN)

    def receipt(self, saved: Any) -> str:
        """What is noted, and who is expected where that is another."""
        member = self.whom
        who = "Du" if member == self.by else str(member)
        hers = [row for row in rows(self.meeting) if member in (row.ordinary, row.deputy)]
        others = [row for row in hers if not row.expects(member)]
        said = self.cleaned_data["reply"]
        if others == hers and said != Answer.NO:  # a deputy, while the ordinary comes
            said = FREE
        return " ".join([RECEIPTS[said].format(who), *(row_state(row).verdict for row in others)])

    def undo(self, saved: Any) -> Undo:
        """What she had said before."""
        was = {"reply": self.was.answer, "part": self.was.words} if self.was else {"reply": UNSAID}
        day = self.meeting.planned_day.isoformat()
        fields = {"member": str(self.whom.pk), "day": day, "shown": timezone.now().isoformat(), **was}
        return Undo(reverse("meetings:call_answer", args=[self.meeting.pk]), fields)

    @property
    def may_be_hers(self) -> bool:
        """Whether she may say it of that member."""
        return rules.may_answer_for(self.by, self.whom, self.meeting)


class LinkedAnswerForm(CallAnswerForm):
    """The same by the address in the call: of whom the mail went to, and nobody else. Sent twice it is one answer."""

    key = None

    def __init__(self, *args: Any, wanted: str = "", **kwargs: Any) -> None:
        super().__init__(*args, initial={"reply": wanted} if wanted in Answer else {}, **kwargs)
        del self.fields["member"]
        if self.data.get("reply") != UNSAID:  # it has a button of its own
            self.offer_choices("reply", Answer.choices)

    @property
    def whom(self) -> Member:
        return self.by

    @property
    def actor(self) -> Actor:
        return Actor.of(self.by, channel=Channel.LINK)


FREE = "free"
RECEIPTS = {
    Answer.YES: "{} kommer på mötet.",
    Answer.NO: "{} har anmält förhinder.",
    Answer.PARTLY: "{} är med en del av mötet.",
    UNSAID: "{} väntas på mötet.",
    FREE: "{} har inget förhinder längre.",
}
