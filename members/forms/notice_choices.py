"""The form by which a member chooses how she is told of what by mail."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse

from base.ui.forms import RegisterForm
from members.actor import Actor
from members.models import How, Member, NoticeChoice, Subject

ABOUT = {
    Subject.MEETINGS: "Kallelser, ändrade tider och att du går på mötet i någon annans ställe.",
    Subject.ASKED: "Nya frågor, påminnelser och svar på det ni har undrat.",
    Subject.ANSWERED: "Ja, nej och frågor tillbaka från dem som gruppen har bett om något.",
    Subject.FOLLOWED: "Vad det blev av det du har rapporterat, och nytt i ärenden som du följer.",
    Subject.NAMED: "Att du får läsa något med begränsad spridning. Mejlet säger aldrig vad.",
}


class NoticeChoicesForm(RegisterForm):
    """Sets for each subject how she is told of it."""

    submit_label = "Spara"

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        self.member = member
        super().__init__(*args, **kwargs)
        for subject, how in NoticeChoice.objects.of(member).items():
            self.fields[subject.value] = forms.ChoiceField(
                label=subject.label, help_text=ABOUT[subject], choices=How.choices, initial=how
            )

    def save(self) -> str:
        wanted = {subject: How(self.cleaned_data[subject.value]) for subject in Subject}
        NoticeChoice.objects.choose(self.member, wanted, by=Actor.of(self.member))
        return reverse("notice_choices")

    def receipt(self, saved: Any) -> str:
        return "Dina val av mejl är sparade."
