"""The form of one organisation's attendance, and what it shares with that of a guest: which part of the meeting."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from base.records import Conflict
from base.ui.fields import VersionField
from base.ui.forms import RegisterForm
from meetings.attendance import AttendanceRow, one_after_the_other
from meetings.forms.attendance_choices import AttendanceChoice, choice_noted, choice_of, choices_of, people_of
from meetings.models import OrganisationAtMeeting, Presence
from meetings.models.presence import AttendanceSpan
from meetings.models.spot import FIRST, Spot, following, read, spelled
from meetings.parts import Parts
from members.actor import Actor
from members.models import Member

State, Capacity = OrganisationAtMeeting.State, Presence.Capacity
BACKWARDS = "Sista punkten ligger före den första."
LEAVES_AGAIN = "Lämnar den första igen? Notera den delen under Fler deltagare i stället."
CHANGED_HANDS = "har ändrats medan sidan låg öppen. Inget är sparat. Se efter vem som var närvarande, och spara igen."


class SpotField(forms.TypedChoiceField):
    """One of the headings, or of the items under one."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=read, **kwargs)


class PartForm(RegisterForm):
    """Asks for the part of a meeting: from which spot to which, both included. Up to the last heading is to the end."""

    person: ClassVar[str]
    """The field of who it is."""

    first = SpotField(label="Från punkt", initial=FIRST)
    last = SpotField(label="Till och med punkt")

    def __init__(self, *args: Any, parts: Parts, **kwargs: Any) -> None:
        self.end = parts.end
        super().__init__(*args, **kwargs)
        self.offer_choices("first", parts.first)
        self.offer_choices("last", parts.last)
        self.fields["last"].initial = self.end

    def clean(self) -> dict[str, Any]:
        facts = super().clean()
        if facts.get("first") and facts.get("last") and following(facts["last"]) <= facts["first"]:
            self.add_error("last", BACKWARDS)
        return facts

    def refuse(self, error: ValidationError) -> None:
        """Add a verb's refusal at the person: it is about where she sits, or who has noted her meanwhile."""
        if hasattr(error, "error_dict"):
            super().refuse(error)
        else:
            self.add_error(self.person, error)

    @property
    def upper(self) -> Spot | None:
        """The last spot; None to the end."""
        last: Spot = self.cleaned_data["last"]
        return None if last == self.end else last

    def during(self, person: AttendanceSpan) -> AttendanceSpan:
        """The person for the part that was asked for."""
        return replace(person, first=self.cleaned_data["first"], last=self.upper)


class AttendanceForm(PartForm):
    """The row of one organisation: who sits for it, for which part of the meeting, who takes over, and until when.

    The first may come `back`: the ordinary until point 4, the deputy till then, the ordinary from point 9 again.
    """

    person = "who"
    field_order = ("who", "first", "last", "then", "back")
    key = None  # the sheet's

    who = forms.ChoiceField(label="Vem")
    then = forms.ChoiceField(label="Därefter", required=False)
    back = SpotField(label="Den första är tillbaka vid punkt", required=False, empty_value=None, help_text=LEAVES_AGAIN)
    version = VersionField()
    seated = VersionField()  # whom the page showed in the places: "ordinary" is a person only together with this
    shown = VersionField()  # what the page showed in the fields: what is still so is not noted anew

    def __init__(self, data: Any = None, *, row: AttendanceRow, by: Member, parts: Parts) -> None:
        self.row, self.by = row, by
        self.choices, self.people = choices_of(row), people_of(row)
        initial = _noted(row) | _versions(row)
        super().__init__(data, prefix=row.at_meeting.anchor, initial=initial, parts=parts.having(row.presences))
        self.offer_choices("who", [(key, choice.label) for key, choice in self.choices.items()])
        following = [(key, self.choices[key].label) for key in self.people]
        self.offer_choices("then", [("", "Ingen tar över"), *following])
        self.offer_choices("back", [("", "Kommer inte tillbaka"), *parts.having(row.presences).first])
        self.initial["shown"] = self._spelled(lambda name: self.get_initial_for_field(self.fields[name], name))

    @property
    def is_in_parts(self) -> bool:
        """Whether somebody sits for a part of the meeting, or that is filled in wrongly: then the fields are open."""
        first, last, *others = (self[name] for name in self.field_order if name != self.person)
        is_whole = (str(first.value()), str(last.value())) == (str(FIRST), str(self.end))
        has_others = any(field.value() for field in others)
        return has_others or not is_whole or any(field.errors for field in (first, last, *others))

    @property
    def is_open(self) -> bool:
        """Whether the fields of the part are shown open: also where whoever is noted had said that she comes to one."""
        return self.is_in_parts or bool(self.row.said_of_part)

    @property
    def about(self) -> str:
        return str(self.row.organisation)

    @property
    def error_heading(self) -> str:
        return f"Ingen närvaro är sparad. Se över {self.row.organisation}"

    @property
    def is_sent(self) -> bool:
        return self.is_bound and self.add_prefix("who") in self.data

    @property
    def is_changed(self) -> bool:
        """Whether it says something else than the page showed."""
        return self.is_sent and self._typed != self["shown"].data

    @property
    def is_noted_already(self) -> bool:
        """Whether it says what another has noted by now: two who see the same have nothing to settle."""
        return self._typed == self.initial["shown"] and self["seated"].data in (None, self.initial["seated"])

    @property
    def _typed(self) -> str:
        return self._spelled(lambda name: self[name].data)

    @property
    def says_who_came(self) -> bool:
        """Whether it says who was there, or that nobody was; else that it is not known."""
        return bool(self.cleaned_data["who"] != State.UNNOTED)

    def as_shown(self, row: AttendanceRow) -> dict[str, object]:
        """What would note it as the page showed it, on the version that the row has by now."""
        fields = {name: self.get_initial_for_field(self.fields[name], name) for name in self.field_order}
        return {self.add_prefix(name): value or "" for name, value in (fields | _versions(row)).items()}

    def showed(self, struck: Iterable[Presence]) -> bool:
        """Whether one of these spoke for it, who is noted no longer and so not there to be chosen."""
        return not {one.pk for one in struck}.isdisjoint(one.pk for one in self.row.presences)

    def clean(self) -> dict[str, Any]:
        facts = super().clean()
        then = facts.get("then")
        if facts.get("who") == State.UNNOTED and not self.row.is_noted and self.is_in_parts:
            self.add_error("who", "Välj vem som är närvarande.")
        chosen = self.choices.get(facts.get("who", ""))
        if then and chosen and chosen.person == self.people[then]:
            self.add_error("then", "Välj en annan person som tar över.")
        elif then and chosen and chosen.away and chosen.away == self.people[then].member:
            self.add_error("then", f"{self.people[then].person} har förhinder. Välj en annan person som tar över.")
        last, back = facts.get("last"), facts.get("back")
        if (then or back) and last == self.end:
            self.add_error("last", "Välj till och med vilken punkt den första var närvarande.")
        elif back and last and back <= following(last):
            self.add_error("back", "Då har den första inte varit borta. Välj en senare punkt.")
        return facts

    def vacate(self) -> None:
        """Raises Conflict, EditConflict, NotAllowed."""
        facts = self.cleaned_data
        if facts["seated"] and facts["seated"] != _seated(self.row):
            shown: Any = self.fields["seated"]
            shown.is_refreshed = True  # alone: a noting that somebody made meanwhile is told when it is sent again
            raise Conflict(f"Platserna för {self.row.organisation} {CHANGED_HANDS}")
        then = self.people[facts["then"]].member if facts["then"] else None
        excused = {role: member for role, member in self._chosen.excused.items() if member != then}
        noted = {"state": self._chosen.state, "excused": excused, "version": facts["version"]}
        self.row.at_meeting.vacate(**noted, by=Actor.of(self.by))

    def occupy(self) -> None:
        """Raises ValidationError when a person would sit in two places."""
        if person := self._chosen.person:
            facts = self.cleaned_data
            first = self.during(person)
            then = self.people[facts["then"]] if facts["then"] else None
            self.row.at_meeting.occupy(one_after_the_other(first, then, facts["back"]), by=Actor.of(self.by))

    @property
    def _chosen(self) -> AttendanceChoice:
        return self.choices[self.cleaned_data["who"]]

    def _spelled(self, value: Callable[[str], Any]) -> str:
        return " ".join(str(value(name) or "-") for name in self.field_order)


def _versions(row: AttendanceRow) -> dict[str, str]:
    """What the form carries to know what has changed since it was shown."""
    return {"version": row.at_meeting.version, "seated": _seated(row)}


def _seated(row: AttendanceRow) -> str:
    """Who has the places, for the form to carry."""
    return "-".join(str(member.pk if member else 0) for member in (row.ordinary, row.deputy))


def _noted(row: AttendanceRow) -> dict[str, Any]:
    """The initial values: what is noted. Who is expected is said beside, and is nobody's word that she came."""
    if not row.presences:
        return {"who": choice_noted(row)}
    noted, *later = row.presences
    first = choice_of(row, noted)
    then = next((choice for one in later if (choice := choice_of(row, one)) != first), "")
    back = next((spelled(one.first) for one in later if choice_of(row, one) == first), "")
    last = {"last": spelled(noted.last)} if noted.last else {}
    return {"who": choice_noted(row), "first": spelled(noted.first), "then": then, "back": back, **last}
