"""The form by which a member chooses how she is told of what by mail, and when not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.urls import reverse

from base.swedish.words import in_words
from base.ui.forms import RegisterForm
from members.actor import Actor
from members.models import How, Member, NoticeChoice, QuietHours, Subject
from members.models.quiet_hours import LAST
from members.outbox.moments import IN_TIME

ABOUT = {
    Subject.MEETINGS: (
        "Kallelser, ändrade tider, att du går på mötet i någon annans ställe och mötesanteckningar. Väljer du inget "
        "mejl får du ingen kallelse med mejl, och samordnaren ser det."
    ),
    Subject.ASKED: "Nya frågor, påminnelser och svar på det ni har undrat.",
    Subject.ANSWERED: "Ja, nej och frågor tillbaka från dem som gruppen har bett om något.",
    Subject.FOLLOWED: "Vad det blev av det du har rapporterat, och nytt i ärenden som du följer.",
    Subject.NAMED: "Att du får läsa något med begränsad spridning. Mejlet säger aldrig vad.",
}


QUIET = ("begin", "end", "on_days_off")
HOUR = timedelta(hours=1)
HOURS = [(hour, f"{hour}.00") for hour in range(LAST + 1)]


class NoticeChoicesForm(RegisterForm):
    """Sets for each subject how she is told of it, and when she is sent nothing.

    Of the subjects those alone that are chosen otherwise than the page showed: one may be ended from a mail meanwhile.
    """

    submit_label = "Spara"

    begin = forms.TypedChoiceField(label="Inga mejl efter klockan", choices=HOURS, coerce=int)
    end = forms.TypedChoiceField(
        label="Inga mejl före klockan",
        help_text="Det som händer däremellan får du när tiden är slut. Det gäller också kallelser, men det som gäller "
        f"ett möte väntar som längst tills det är {in_words(IN_TIME // HOUR, 'timme', 'timmar')} kvar till mötet. "
        "Välj samma klockslag i båda om du vill ha mejl dygnet runt.",
        choices=HOURS,
        coerce=int,
    )
    shown = forms.CharField(required=False, widget=forms.HiddenInput)  # how she was told of each, on the page
    on_days_off = forms.BooleanField(label="Inga mejl på lördagar, söndagar och helgdagar", required=False)

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        self.member = member
        super().__init__(*args, **kwargs)
        chosen = NoticeChoice.objects.of(member)
        self.fields["shown"].initial = " ".join(chosen.values())
        for subject, how in chosen.items():
            self.fields[subject.value] = forms.ChoiceField(
                label=subject.label, help_text=ABOUT[subject], choices=How.choices, initial=how
            )
        self.order_fields([subject.value for subject in Subject])
        quiet = QuietHours.of(member)
        self.initial.update({name: getattr(quiet, name) for name in QUIET})

    def save(self) -> str:
        by, wanted = Actor.of(self.member), {subject: How(self.cleaned_data[subject.value]) for subject in Subject}
        shown = dict(zip(Subject, self.cleaned_data["shown"].split(), strict=False))
        wanted = {subject: how for subject, how in wanted.items() if how != shown.get(subject)}
        NoticeChoice.objects.choose(self.member, wanted, by=by)
        QuietHours.objects.choose(self.member, by=by, **{name: self.cleaned_data[name] for name in QUIET})
        return reverse("notice_choices")

    def receipt(self, saved: Any) -> str:
        return "Dina val av mejl är sparade."
