"""The form of what is said of a line of the agenda: who presents it and how long, who raised it, what it is for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from base.records.freetext import FreeTextFormField
from base.swedish.words import listed
from base.ui.fields import VersionField, field_of
from base.ui.forms import RegisterForm
from base.ui.layout import More
from meetings.agenda.lines import AgendaLine
from meetings.agenda.ordering import present_line
from meetings.agenda.presenting import in_words
from meetings.models import AgendaItem, Heading, Meeting
from meetings.models.item_presenter import ItemPresenter
from meetings.models.presenter import Presenting
from meetings.people import described, with_title
from members.actor import Actor
from members.models import Member


def _choice(label: str) -> forms.ModelChoiceField[Member]:
    return forms.ModelChoiceField(label=label, queryset=Member.objects.none(), required=False, empty_label="Ingen vald")


class Presented(RegisterForm):
    """The fields for who raised a line of the agenda, who presents it, how long it may take and what it is for.

    Members are chosen; others are typed, a line for each, after them.
    """

    MEMBERS = ("presenter", "presenter_2", "presenter_3", "presenter_4")
    TOLD = ("minutes", "raised_by", "purpose", "registry_no")
    about_persons: ClassVar[tuple[str, ...]] = ("people", "raised_by")
    layout: Sequence[Any] = (
        "presenter",
        More("Fler föredragande, eller någon utan konto", *MEMBERS[1:], "people"),
        "minutes",
        More("Vem som anmälde den, vad den är till för, diarienummer", "raised_by", "purpose", "registry_no"),
    )

    presenter = _choice("Föredragande")
    presenter_2 = _choice("Andra föredragande")
    presenter_3 = _choice("Tredje föredragande")
    presenter_4 = _choice("Fjärde föredragande")
    people = FreeTextFormField(
        label="De som saknar konto: namn, titel, varifrån, e-post",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="En person på varje rad. Till exempel: Anna Exempel, kurator, Brottsofferjouren, "
        "anna@jouren.example. Den som har en e-postadress kallas till sin punkt, och ser inget annat av dagordningen.",
    )
    minutes = forms.IntegerField(label="Minuter", min_value=1, max_value=480, required=False)
    raised_by = field_of(
        AgendaItem,
        "raised_by",
        label="Anmäld av",
        required=False,
        help_text="En organisation, någon i gruppen eller någon utanför den. Till exempel: Hyresgästföreningen.",
        widget=forms.TextInput({"list": "anmald-av"}),
    )
    purpose = forms.ChoiceField(
        label="Till för", choices=[("", "Som rubriken"), *Heading.Purpose.choices], required=False
    )
    registry_no = field_of(AgendaItem, "registry_no", required=False)

    def __init__(self, *args: Any, meeting: Meeting, by: Member, **kwargs: Any) -> None:
        self.meeting, self.by = meeting, by
        super().__init__(*args, **kwargs)
        self.fields["presenter"].help_text = "En gäst ser bara sin egen punkt."
        self.members = Member.objects.active().in_order().select_related("organisation")
        self.offer_to_each(self.MEMBERS, self.members, in_words=with_title)

    def clean_people(self) -> list[Presenting]:
        return in_words(self.cleaned_data["people"])

    @property
    def told(self) -> dict[str, Any]:
        """What is said of the line beside who presents it, for the verbs."""
        return {name: self.cleaned_data[name] for name in self.TOLD}

    @property
    def raisers(self) -> list[str]:
        """The names that are suggested: the organisations of the members, then the members."""
        organisations = {str(member.organisation): None for member in self.members if member.organisation}
        return [*sorted(organisations), *map(with_title, self.members)]

    @property
    def presenters(self) -> list[Presenting]:
        chosen = [self.cleaned_data[name] for name in self.MEMBERS]
        return [*filter(None, chosen), *self.cleaned_data["people"]]


class PresentForm(Presented):
    """Sets what is said of a line that is on the agenda: presenters, minutes, who raised it, what it is for."""

    layout = (*Presented.MEMBERS, "people", *Presented.TOLD)

    version = VersionField()

    def __init__(self, *args: Any, line: AgendaLine, **kwargs: Any) -> None:
        self.line = line
        known: dict[str, Any] = {}
        if line.item:
            known = self._typed(line.item.presented_by) | {name: getattr(line.item, name) for name in self.TOLD}
        super().__init__(*args, initial={"version": line.version, **known}, **kwargs)

    def _typed(self, presenters: list[ItemPresenter]) -> dict[str, object]:
        """What would name them again. Members for whom there is no choice left stand in words, and are known there."""
        chosen = [one for one in presenters if one.member][: len(self.MEMBERS)]
        others = [one for one in presenters if one not in chosen]
        lines = [described(one.name, one.title, one.home, one.address) for one in others]
        members = {name: one.member for name, one in zip(self.MEMBERS, chosen, strict=False)}
        return {**members, "people": "\n".join(lines)}

    def save(self) -> AgendaItem:
        """Raises NotAllowed, ValidationError, EditConflict."""
        facts = {"presenters": self.presenters, "version": self.cleaned_data["version"], **self.told}
        return present_line(self.meeting, self.line.key, by=Actor.of(self.by), **facts)

    def receipt(self, saved: AgendaItem) -> str:
        named = listed(list(map(str, self.presenters)))
        if any(self.told.values()) and not named:
            return f"Uppgifterna om ”{saved}” är sparade."
        return f"{named or 'Ingen'} föredrar ”{saved}”."
