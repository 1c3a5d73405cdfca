"""The forms of the attendance: a sheet with a row for each organisation, and one for a guest."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse

from base.records import Conflict
from base.swedish.words import listed
from base.ui.fields import VersionField
from base.ui.forms import RegisterForm
from base.ui.undo import Undo
from meetings.attendance import AttendanceRow, admit_guest, note_expected, one_after_the_other, strike_guest
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
NOT_NOTED = "Inte noterad"
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
    """The row of one organisation: who sits for it, for which part of the meeting, and who takes over."""

    field_order = ("who", "first", "last", "then")
    key = None  # the sheet's
    missing = {"who": "Välj vem som är med."}

    who = forms.ChoiceField(label="Vem")
    then = forms.ChoiceField(label="Därefter", required=False)
    version = VersionField()
    seated = VersionField()  # whom the page showed in the places: "ordinary" is a person only together with this
    shown = VersionField()  # what the page showed in the fields: what is still so is not noted anew

    def __init__(self, data: Any = None, *, row: AttendanceRow, by: Member, headings: Headings) -> None:
        self.row, self.by = row, by
        self.people = _people(row)
        versions = {"version": row.at_meeting.version, "seated": _seated(row)}
        prefix, initial = row.at_meeting.anchor, _noted(row) | versions
        super().__init__(data, prefix=prefix, initial=initial, headings=headings)
        people = [
            (choice, f"{member} ({Capacity(capacity).label.lower()})")
            for choice, (member, capacity) in self.people.items()
        ]
        not_yet = [] if row.is_noted else [("", NOT_NOTED)]  # chosen until somebody says, whoever is expected
        self.offer_choices("who", [*not_yet, *people, *NOT_THERE])
        self.offer_choices("then", [("", "Ingen tar över"), *people])
        self.initial["shown"] = self._spelled(lambda name: self.get_initial_for_field(self.fields[name], name))

    @property
    def is_in_parts(self) -> bool:
        """Whether somebody sits for a part of the meeting, or that is filled in wrongly: then the fields are open."""
        first, last, then = (self[name] for name in ("first", "last", "then"))
        is_whole = (str(first.value()), str(last.value())) == (str(FIRST), str(self.end)) and not then.value()
        return not is_whole or any(field.errors for field in (first, last, then))

    @property
    def error_heading(self) -> str:
        return f"Ingen närvaro är sparad. Se över {self.row.organisation}"

    @property
    def is_sent(self) -> bool:
        return self.is_bound and self.add_prefix("who") in self.data

    @property
    def is_changed(self) -> bool:
        """Whether it says something else than the page showed."""
        return bool(self._spelled(lambda name: self[name].data) != self["shown"].data)

    def clean(self) -> dict[str, Any]:
        facts = super().clean()
        then = facts.get("then")
        if then and then == facts.get("who"):
            self.add_error("then", "Välj en annan person som tar över.")
        if then and facts.get("last") == self.end:
            self.add_error("last", "Välj vilken punkt den första satt till och med.")
        return facts

    def vacate(self) -> None:
        """Raises Conflict, EditConflict, NotAllowed."""
        facts = self.cleaned_data
        if facts["seated"] and facts["seated"] != _seated(self.row):
            shown: Any = self.fields["seated"]
            shown.is_refreshed = True  # alone: a noting that somebody made meanwhile is told when it is sent again
            raise Conflict(f"Platserna för {self.row.organisation} {CHANGED_HANDS}")
        state = State.REPRESENTED if self._is_there else facts["who"]
        self.row.at_meeting.vacate(state=state, by=Actor.of(self.by), version=facts["version"])

    def occupy(self) -> None:
        """Raises ValidationError when a person would sit in two places."""
        if self._is_there:
            facts = self.cleaned_data
            first = self.span(*self.people[facts["who"]])
            then = AttendanceSpan(*self.people[facts["then"]]) if facts["then"] else None
            self.row.at_meeting.occupy(one_after_the_other(first, then), by=Actor.of(self.by))

    @property
    def _is_there(self) -> bool:
        return self.cleaned_data["who"] in self.people

    def _spelled(self, value: Callable[[str], Any]) -> str:
        return " ".join(str(value(name) or "-") for name in self.field_order)


EXPECTED = "expected"


def left_words(left: list[AttendanceRow]) -> str:
    """The message about those who could not be noted as expected."""
    names = listed([str(row.organisation) for row in left])
    return f"Notera {names} för sig: personen som väntas sitter redan för någon annan."


class AttendanceSheet(RegisterForm):
    """Notes every organisation of which something was changed on the page.

    `row` is EXPECTED for the button that notes those too who are not noted yet, as they are expected.
    """

    error_title = "Närvaron sparades inte"

    row = forms.CharField(required=False, widget=forms.HiddenInput)  # the button that was pressed

    def __init__(
        self, data: Any = None, *, meeting: Meeting, table: list[AttendanceRow], by: Member, headings: Headings
    ) -> None:
        super().__init__(data)
        self.meeting, self.by, self.headings = meeting, by, headings
        self.rows = [AttendanceForm(data, row=row, by=by, headings=headings) for row in table]
        self.sent = [form for form in self.rows if form.is_sent and form.is_changed]

    def show_anew(self, table: list[AttendanceRow]) -> None:
        """Show the rows as they are by now; those that she changed stand as she left them."""
        sent = {form.row.at_meeting.pk: form for form in self.sent}
        self.rows = [
            sent.get(row.at_meeting.pk) or AttendanceForm(row=row, by=self.by, headings=self.headings) for row in table
        ]
        for form, row in zip(self.rows, table, strict=True):
            form.row = row

    @property
    def refused(self) -> list[AttendanceForm]:
        return [form for form in self.sent if form.errors]

    def is_valid(self) -> bool:
        return super().is_valid() and not self.refused

    def save(self) -> str:
        """Note all, or nothing; returns the top of the page, where the receipt stands.

        Raises ValidationError, told in the row it is about.
        """
        for form in self.sent:
            self._in_its_row(form, form.vacate)
        for form in self.sent:
            self._in_its_row(form, form.occupy)
        self.left = note_expected(self.meeting, by=Actor.of(self.by)) if self._notes_expected else []
        return reverse("meetings:attendance", args=[self.meeting.pk])

    def refuse(self, error: ValidationError) -> None:
        if not self.refused:
            super().refuse(error)

    def receipt(self, saved: str) -> str:
        if self.left:
            return left_words(self.left)
        if self._notes_expected:
            return "Alla som väntades är noterade."
        names = [str(form.row.organisation) for form in self.sent]
        return f"{listed(names)} är {'noterad' if len(names) == 1 else 'noterade'}." if names else "Inget var ändrat."

    @property
    def _notes_expected(self) -> bool:
        return bool(self.cleaned_data["row"] == EXPECTED)

    def _in_its_row(self, form: AttendanceForm, do: Callable[[], None]) -> None:
        try:
            do()
        except ValidationError as error:
            form.refuse(error)
            raise


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
    """The initial values: what is noted. Who is expected is said beside, and is nobody's word that she came."""
    if row.state not in {State.REPRESENTED, State.UNNOTED}:
        return {"who": row.state}
    if row.presences:
        noted, *later = row.presences
        then = _choice(row, later[0]) if later else ""
        last = {"last": noted.last} if noted.last else {}
        return {"who": _choice(row, noted), "first": noted.first, "then": then, **last}
    return {}
