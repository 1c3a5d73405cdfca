from typing import Any

from django import forms
from django.utils import timezone

from base.ui.fields import DateField, VersionField
from base.ui.filters import Filter
from base.ui.forms import RegisterForm
from base.ui.widgets import SegmentsSelect
from members.actor import Actor
from members.forms.changing import ChangeForm
from members.models import Member, Organisation, Roster, Seat
from members.texts import NAMED_FIRST, appointed, would_leave


class MemberChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A member by name and where she works, for two may share a name."""

    def label_from_instance(self, member: Member) -> str:
        return f"{member}, {member.organisation}" if member.organisation else str(member)


class NewSeatsField(VersionField):
    """Hidden field with the seats that have lasted no day, as the page was shown: a new one may replace one of them."""

    def __init__(self) -> None:
        super().__init__(initial=_new_seats)

    def clean(self, value: Any) -> set[int]:
        return {int(number) for number in super().clean(value).split() if number.isdecimal() and len(number) < 19}


def _new_seats() -> str:
    return " ".join(str(number) for number in Seat.objects.not_begun().order_by("pk").values_list("pk", flat=True))


class SeatForm(RegisterForm):
    """Appoints who sits for an organisation, and from when."""

    submit_label = "Utse"
    missing = {"member": "Välj vem som utses.", "since": "Välj den första dagen."}

    member = MemberChoice(queryset=Member.objects.none(), label="Medlem")
    role = forms.ChoiceField(
        label="Plats", choices=Seat.Role.choices, initial=Seat.Role.ORDINARY, widget=SegmentsSelect
    )
    since = DateField(
        label="Från och med",
        initial=timezone.localdate,
    )
    replaces = NewSeatsField()

    def __init__(self, *args: Any, roster: Roster, by: Member, **kwargs: Any) -> None:
        self.by, self.organisation = by, roster.organisation
        super().__init__(*args, **kwargs)
        self.fields["since"].help_text = would_leave(roster)
        self.offer("member", Member.objects.active().in_order().select_related("organisation"))

    def save(self) -> Seat:
        facts = {name: self.cleaned_data[name] for name in ("member", "role", "since", "replaces")}
        return Seat.appoint(by=Actor.of(self.by), organisation=self.organisation, **facts)

    def receipt(self, saved: Seat) -> str:
        return appointed(saved)


class SeatDayFilter(Filter):
    """The day on which one asks who sat for an organisation."""

    dag = DateField(label="Vem satt den dagen?")


class SeatEndForm(ChangeForm):
    """Ends a seat on a day; one that was given today by mistake is withdrawn."""

    missing = {"last_day": "Välj den sista dagen."}

    last_day = DateField(label="Sista dag", initial=timezone.localdate, help_text=NAMED_FIRST)
    by_mistake = forms.BooleanField(
        label="Utsågs av misstag. Ta bort platsen helt.", required=False, help_text="Då gäller ingen sista dag."
    )

    class Meta:
        model = Seat
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.has_begun:
            del self.fields["by_mistake"]
        if self.instance.last_day:
            self.initial["last_day"] = self.instance.last_day

    def save(self) -> Organisation:  # type: ignore[override]
        if self.cleaned_data.get("by_mistake"):
            self.instance.withdraw(by=Actor.of(self.by))
        else:
            self.instance.end(by=Actor.of(self.by), last_day=self.cleaned_data["last_day"], version=self.version)
        organisation: Organisation = self.instance.organisation
        return organisation
