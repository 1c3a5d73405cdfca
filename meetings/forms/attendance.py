"""The forms of the attendance: one for each organisation, and one for a guest."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse

from base.records import Conflict
from base.ui.fields import VersionField
from base.ui.forms import RegisterForm
from base.ui.undo import Undo
from base.ui.widgets import EMPTY_CHOICE
from meetings.attendance import AttendanceRow, admit_guest, one_after_the_other, strike_guest
from meetings.models import Heading, Meeting, OrganisationAtMeeting, Presence
from meetings.models.attendance import FIRST, AttendanceSpan
from members.actor import Actor
from members.models import Member

State, Capacity = OrganisationAtMeeting.State, Presence.Capacity
NOT_THERE = [
    (State.EXCUSED.value, State.EXCUSED.label),
    (State.ABSENT.value, State.ABSENT.label),
    (State.VACANT.value, State.VACANT.label),
]
BACKWARDS = "Sista punkten ligger före den första."
CHANGED_HANDS = "har ändrats medan sidan låg öppen. Inget är sparat. Se efter vem som var med, och spara igen."


Headings = list[tuple[str, str]]
"""What `Heading.objects.numbered` gives: asked for once, however many forms a page has."""


class HeadingField(forms.TypedChoiceField):
    """One of the headings, by number."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=int, **kwargs)


class PartForm(RegisterForm):
    """Asks for the part of a meeting: from which heading to which, both included. Up to the last is to the end."""

    first = HeadingField(label="Från punkt", initial=FIRST)
    last = HeadingField(label="Till och med punkt")

    def __init__(self, *args: Any, headings: Headings, **kwargs: Any) -> None:
        self.end = int(headings[-1][0])
        super().__init__(*args, **kwargs)
        for name in ("first", "last"):
            self.offer_choices(name, headings)
        self.fields["last"].initial = self.end

    def clean(self) -> dict[str, Any]:
        facts = super().clean()
        if facts.get("first") and facts.get("last") and facts["last"] < facts["first"]:
            self.add_error("last", BACKWARDS)
        return facts

    def span(self, member: Member, capacity: str) -> AttendanceSpan:
        """The person in the capacity for the part that was asked for."""
        first, last = self.cleaned_data["first"], self.cleaned_data["last"]
        return AttendanceSpan(member, capacity, first, None if last == self.end else last)


class AttendanceForm(PartForm):
    """Notes one organisation: who sits for it, for which part of the meeting, and who takes over."""

    error_title = "Närvaron sparades inte"
    field_order = ("who", "first", "last", "then")

    who = forms.ChoiceField(label="Vem")
    then = forms.ChoiceField(label="Därefter", required=False)
    version = VersionField()
    seated = VersionField()  # whom the page showed in the places: "ordinary" is a person only together with this

    def __init__(self, *args: Any, row: AttendanceRow, by: Member, headings: Headings, **kwargs: Any) -> None:
        self.row, self.by = row, by
        self.people = _people(row)
        versions = {"version": row.at_meeting.version, "seated": _seated(row)}
        kwargs |= {"prefix": row.at_meeting.anchor, "initial": _noted(row) | versions}
        super().__init__(*args, headings=headings, **kwargs)
        people = [
            (choice, f"{member} ({Capacity(capacity).label.lower()})")
            for choice, (member, capacity) in self.people.items()
        ]
        self.offer_choices("who", [("", EMPTY_CHOICE), *people, *NOT_THERE])
        self.offer_choices("then", [("", "Ingen tar över"), *people])

    @property
    def is_whole(self) -> bool:
        """Whether one person sits for the whole meeting, so that the folded fields need not be open."""
        asked = (str(self["first"].value()), str(self["last"].value()))
        return asked == (str(FIRST), str(self.end)) and not self["then"].value()

    def clean(self) -> dict[str, Any]:
        facts = super().clean()
        then = facts.get("then")
        if then and then == facts.get("who"):
            self.add_error("then", "Välj en annan person som tar över.")
        if then and facts.get("last") == self.end:
            self.add_error("last", "Välj vilken punkt den första satt till och med.")
        return facts

    def save(self) -> OrganisationAtMeeting:
        """Raises ValidationError when a person would sit in two places, Conflict, EditConflict, NotAllowed."""
        facts = self.cleaned_data
        if facts["seated"] and facts["seated"] != _seated(self.row):
            shown: Any = self.fields["seated"]
            shown.is_refreshed = True  # alone: a noting that somebody made meanwhile is told when it is sent again
            raise Conflict(f"Platserna för {self.row.organisation} {CHANGED_HANDS}")
        there = facts["who"] in self.people
        state = State.REPRESENTED if there else facts["who"]
        self.row.at_meeting.note(
            by=Actor.of(self.by), state=state, spans=self._spans() if there else (), version=facts["version"]
        )
        return self.row.at_meeting

    def receipt(self, saved: OrganisationAtMeeting) -> str:
        return f"{saved.organisation} är noterad."

    def _spans(self) -> list[AttendanceSpan]:
        facts = self.cleaned_data
        first = self.span(*self.people[facts["who"]])
        then = AttendanceSpan(*self.people[facts["then"]]) if facts["then"] else None
        return one_after_the_other(first, then)


class GuestForm(PartForm):
    """Notes somebody as adjungerad, for the whole meeting or some headings."""

    missing = {"member": "Välj vem som är adjungerad."}
    submit_label = "Lägg till"
    error_title = "Den adjungerade lades inte till"
    prefix = "adjungerad"

    field_order = ("member", "first", "last")

    member = forms.ModelChoiceField(label="Vem", queryset=Member.objects.none())

    def __init__(self, *args: Any, meeting: Meeting, by: Member, **kwargs: Any) -> None:
        self.meeting, self.by = meeting, by
        super().__init__(*args, **kwargs)
        self.offer("member", Member.objects.active().in_order())

    @classmethod
    def typed(cls, presence: Presence) -> dict[str, str]:
        """The form data that would note the same guest again, for undo."""
        last = presence.last or Heading.objects.numbered()[-1][0]
        typed = {"member": presence.member_id, "first": presence.first, "last": last}
        return {f"{cls.prefix}-{name}": str(value) for name, value in typed.items()}

    def save(self) -> Presence:
        guest = self.span(self.cleaned_data["member"], Capacity.CO_OPTED)
        return admit_guest(self.meeting, guest, by=Actor.of(self.by))


class StrikeGuestForm(RegisterForm):
    """Removes a guest who was noted by mistake, with one tap."""

    def __init__(self, *args: Any, presence: Presence, by: Member, **kwargs: Any) -> None:
        self.presence, self.by = presence, by
        super().__init__(*args, **kwargs)

    def save(self) -> Presence:
        strike_guest(self.presence, by=Actor.of(self.by))
        return self.presence

    def receipt(self, saved: Presence) -> str:
        return f"{saved.member} är inte längre noterad."

    def undo(self, saved: Presence) -> Undo:
        return Undo(reverse("meetings:guest_add", args=[saved.meeting_id]), GuestForm.typed(saved))


def _people(row: AttendanceRow) -> dict[str, tuple[Member, str]]:
    """Choice → a person and her capacity: who has the places, and who is noted though another has them now."""
    seated = {Capacity.ORDINARY.value: row.ordinary, Capacity.DEPUTY.value: row.deputy}
    people = {capacity: (member, capacity) for capacity, member in seated.items() if member}
    noted = {_choice(row, presence): (presence.member, presence.capacity) for presence in row.presences}
    return people | noted


def _choice(row: AttendanceRow, presence: Presence) -> str:
    """The choice that is the noted person: her capacity, and who she is where another has the place now."""
    seated = {Capacity.ORDINARY.value: row.ordinary, Capacity.DEPUTY.value: row.deputy}
    hers = seated.get(presence.capacity) == presence.member
    return presence.capacity if hers else f"{presence.capacity}-{presence.member_id}"


def _seated(row: AttendanceRow) -> str:
    """Who has the places, for the form to carry."""
    return "-".join(str(member.pk if member else 0) for member in (row.ordinary, row.deputy))


def _noted(row: AttendanceRow) -> dict[str, Any]:
    """The initial values: what is noted, else what is expected."""
    if row.state not in {State.REPRESENTED, State.UNNOTED}:
        return {"who": row.state}
    if row.presences:
        noted, *later = row.presences
        then = _choice(row, later[0]) if later else ""
        last = {"last": noted.last} if noted.last else {}
        return {"who": _choice(row, noted), "first": noted.first, "then": then, **last}
    if row.expected:
        return {"who": row.expected.capacity}
    return {"who": State.VACANT if row.is_vacant else State.EXCUSED}
