"""The forms of the headings of an agenda: all of a template's, or of one meeting's, in one with one button."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import transaction
from django.forms import BoundField
from django.urls import reverse

from base.records.freetext import FreeLineFormField
from base.swedish.clock import today
from base.swedish.points import SIGN
from base.swedish.words import capital, in_words, listed
from base.ui.fields import VersionField
from base.ui.forms import RegisterForm
from base.ui.undo import Undo
from meetings.changing_headings import Changed, Owner, Typed, change_headings, make_template
from meetings.models import AgendaItem, AgendaTemplate, Heading, Meeting
from meetings.models.numbering import Numbering
from meetings.paragraphs import go_on_at, next_paragraph
from meetings.planning import in_passing
from members.actor import Actor
from members.models import Member

Kind, Rule = Heading.Kind, Heading.Rule
BELONGS = (Rule.ATTENDANCE, Rule.PREVIOUS, Rule.NEXT_MEETING)
"""What these show belongs to every meeting, and is never empty."""
FILLS = [
    (Kind.FREE.value, "Fylls av den som vill"),
    (Kind.STANDING.value, "Hör till varje möte"),
    ("Fylls av registret", [(rule.value, str(rule.label)) for rule in Rule]),
]
BREAK = (Kind.BREAK.value, "Paus")
PURPOSES = [("", "Inget angivet"), *Heading.Purpose.choices]
MORE = ("name", "numbering", "is_default", "removed")
"""What is said of a template beside its headings."""
NEW = "ny"
NO_LABEL = "Skriv vad rubriken heter, eller ta bort den."
NEW_YEAR = "Sidan öppnades förra året, och nu gäller numret {}. Se efter att det stämmer, och spara igen."
ANCHOR = "rubrik-{}"
STEPS = {"upp": -1.5, "ned": 1.5}


@dataclass
class HeadingRow:
    """The fields of one heading, on its page."""

    key: str
    label: str
    is_break: bool
    fields: dict[str, BoundField]

    @property
    def anchor(self) -> str:
        """Its place on the page."""
        return ANCHOR.format(self.key)


class HeadingsForm(RegisterForm):
    """Saves the headings of an agenda, whichever button was pressed, and what that button is for.

    then  `upp-KEY` and `ned-KEY` move a heading a step, `bort-KEY` takes it away
    """

    error_title = "Rubrikerna är inte sparade"
    submit_label = "Spara rubrikerna"

    then = forms.CharField(required=False, widget=forms.HiddenInput)
    version = VersionField()

    def __init__(self, *args: Any, owner: Owner, headings: Iterable[Heading], by: Member, **kwargs: Any) -> None:
        self.owner, self.by, self.known = owner, by, list(headings)
        fields = {**self.base_fields, **_fields_of(NEW, None)}
        initial: dict[str, Any] = {"version": owner.version, **kwargs.pop("initial", {})}
        for place, heading in enumerate(self.known, start=1):
            fields |= _fields_of(heading.key, heading)
            shown = {name: getattr(heading, name) for name in ("label", "purpose", "minutes", "text")}
            shown |= {"fills": heading.rule or heading.kind, "place": place}
            initial |= {f"{heading.key}-{name}": value for name, value in shown.items()}
        vars(self)["base_fields"] = fields  # before the guard looks at them
        always = [f"{heading.key}-{name}" for heading in self.known for name in ("label", "fills", "place")]
        vars(self)["one_of"] = (*always, f"{NEW}-label", f"{NEW}-fills")  # these are not called optional
        super().__init__(*args, initial=initial, **kwargs)

    @property
    def rows(self) -> Iterator[HeadingRow]:
        for heading in self.known:
            yield HeadingRow(
                heading.key,
                heading.label if heading.is_break else heading.numbered,
                heading.is_break,
                self._of(heading.key),
            )

    @property
    def new(self) -> dict[str, BoundField]:
        """The fields of the one that may be added."""
        return self._of(NEW)

    def clean(self) -> dict[str, Any]:
        facts = super().clean()
        for key in (heading.key for heading in self.known):
            if not facts.get(f"{key}-label") and f"{key}-label" not in self.errors and f"bort-{key}" != self._then:
                self.add_error(f"{key}-label", NO_LABEL)
        return facts

    def save(self) -> Changed:
        """Raises Conflict, EditConflict, ValidationError."""
        facts = self.cleaned_data
        more = {name: facts[name] for name in MORE if name in facts}
        version = facts["version"]
        return change_headings(self.owner, self._typed(), by=Actor.of(self.by), version=version, **more)

    def way_on(self, saved: Changed) -> str:
        """Where she goes on: the heading that was moved a step, else the page."""
        step, _, key = self._then.partition("-")
        return f"{saved.get_absolute_url()}#{ANCHOR.format(key)}" if step in STEPS else saved.get_absolute_url()

    def receipt(self, saved: Changed) -> str:
        if not saved.taken:
            return "Rubrikerna är sparade."
        return " ".join([f"”{saved.taken[0]}” är borttagen.", *self._moved(saved)])

    def undo(self, saved: Changed) -> Undo | None:
        """The heading that was taken away comes back, with what stood there."""
        if not saved.taken:
            return None
        of_meeting = isinstance(self.owner, Meeting)
        name = "meetings:heading_restore" if of_meeting else "meetings:template_heading_restore"
        items = " ".join(str(item.pk) for item in saved.moved)
        return Undo(reverse(name, args=[self.owner.pk])).with_fields(
            heading=saved.taken[0].key, place=saved.place, stood=items
        )

    @property
    def _then(self) -> str:
        return str(self.cleaned_data.get("then") or "")

    def _moved(self, saved: Changed) -> Iterator[str]:
        """How many of the items that she may see stand elsewhere now, of which meetings."""
        seen = AgendaItem.objects.visible_to(self.by).filter(pk__in=[item.pk for item in saved.moved], removed=False)
        known = {*seen.values_list("pk", flat=True)}
        moved = [item for item in saved.moved if item.pk in known]
        if moved:
            meetings = {item.meeting.pk: item.meeting for item in moved}
            where = listed([in_passing(meeting, today=today()) for meeting in meetings.values()])
            many = capital(in_words(len(moved), "punkt", "punkter"))
            yield f"{many} på {where} står nu under {moved[0].heading}."

    def _typed(self) -> list[Typed]:
        """The headings as they are to be, in the order of the places that were typed, and after a step."""
        standing = [(self._place(heading.key, place), heading.key) for place, heading in enumerate(self.known, start=1)]
        if self.cleaned_data[f"{NEW}-label"] or self.cleaned_data[f"{NEW}-fills"] == Kind.BREAK:
            place = self.cleaned_data[f"{NEW}-place"]
            standing.append((len(standing) + 1 if place is None else place - 0.5, NEW))
        in_order = [key for _, key in sorted(standing, key=lambda each: each[0]) if f"bort-{key}" != self._then]
        return [self._heading(key) for key in in_order]

    def _place(self, key: str, stands: int) -> float:
        """Where it is to stand: before what stands at the place that was typed, or after it, on the way there."""
        typed = self.cleaned_data[f"{key}-place"] or stands
        step = next((step for way, step in STEPS.items() if self._then == f"{way}-{key}"), 0)
        return typed + step + (0.5 if typed > stands else -0.5 if typed < stands else 0)

    def _heading(self, key: str) -> Typed:
        of = {name: self.cleaned_data.get(f"{key}-{name}") or "" for name in ("label", "fills", "purpose", "text")}
        own = "" if key == NEW else key
        fills = of["fills"] or self.initial.get(f"{key}-fills", Kind.FREE.value)  # not sent: as it stands
        kind = Kind(fills) if fills in Kind.values else Kind.STANDING if fills in BELONGS else Kind.RAISED
        is_break = kind == Kind.BREAK
        label = of["label"] or str(Kind.BREAK.label)
        more = {} if is_break else {"purpose": of["purpose"], "text": of["text"]}
        rule = "" if fills in Kind.values else fills
        return Typed(own, label, kind, rule, minutes=self.cleaned_data.get(f"{key}-minutes"), **more)

    def _of(self, key: str) -> dict[str, BoundField]:
        names = ("label", "fills", "purpose", "text", "minutes", "place")
        return {name: self[f"{key}-{name}"] for name in names if f"{key}-{name}" in self.fields}


class TemplateForm(HeadingsForm):
    """Changes a template: its name, whether it is used, and its headings."""

    missing = {"name": "Skriv vad mallen heter."}
    name = FreeLineFormField(label="Mallens namn", max_length=100)
    numbering = forms.ChoiceField(
        label="Numrering",
        choices=Numbering.choices,
        help_text="Med § i följd fortsätter numren från årets förra möte, och blir fasta när mötet avslutas.",
    )
    next_paragraph = forms.IntegerField(label="Nästa paragraf i år", min_value=1, max_value=99_999, required=False)
    is_default = forms.BooleanField(label="Gäller för möten där ingen annan mall är vald", required=False)
    removed = forms.BooleanField(label="Används inte längre", required=False)

    def __init__(self, *args: Any, owner: AgendaTemplate, **kwargs: Any) -> None:
        initial = {name: getattr(owner, name) for name in MORE}
        super().__init__(*args, owner=owner, initial=initial, **kwargs)
        self.year = today().year
        self.fields["next_paragraph"].help_text = (
            f"{self.year} blir den {SIGN}{next_paragraph(self.year)}. Har ni redan gett § på papper i år, skriv numret "
            "på nästa. Det gäller alla mallar med § i följd, och bara i år."
        )
        for name in ("is_default", "removed") if owner.is_default else ():
            del self.fields[name]  # another takes over: a group is never without

    def clean(self) -> dict[str, Any]:
        facts = super().clean()
        if facts.get("next_paragraph") and facts.get("numbering") != Numbering.YEAR:
            self.add_error("next_paragraph", "Välj § i följd över året som numrering, eller lämna fältet tomt.")
        if facts.get("next_paragraph") and self.data.get("year", str(self.year)) != str(self.year):
            self.add_error("next_paragraph", NEW_YEAR.format(self.year))
        return facts

    @transaction.atomic
    def save(self) -> Changed:
        """Raises Conflict, EditConflict, ValidationError."""
        if number := self.cleaned_data["next_paragraph"]:
            go_on_at(number, year=self.year)
        return super().save()

    def receipt(self, saved: Changed) -> str:
        number = self.cleaned_data["next_paragraph"]
        told = f"Nästa paragraf {self.year} blir {SIGN}{number}." if number else ""
        return " ".join(filter(None, (super().receipt(saved), told)))


class TemplateCreateForm(RegisterForm):
    """Makes a template with the headings of another, or those that the register came with."""

    submit_label = "Skapa mallen"
    missing = {"name": "Skriv vad mallen ska heta."}

    name = FreeLineFormField(label="Mallens namn", max_length=100, help_text="Till exempel Extra möte.")
    source = forms.ModelChoiceField(
        label="Rubriker från", queryset=AgendaTemplate.objects.none(), required=False, empty_label="De vanliga tretton"
    )

    def __init__(self, *args: Any, by: Member, **kwargs: Any) -> None:
        self.by = by
        super().__init__(*args, **kwargs)
        self.offer("source", AgendaTemplate.objects.in_use())

    def save(self) -> AgendaTemplate:
        return make_template(name=self.cleaned_data["name"], source=self.cleaned_data["source"], by=Actor.of(self.by))

    def receipt(self, saved: AgendaTemplate) -> str:
        return f"Mallen ”{saved}” är skapad. Ändra rubrikerna här."


def _fields_of(key: str, heading: Heading | None) -> dict[str, forms.Field]:
    """The fields of a heading by their names; without one, of what may be added. A break has fewer."""
    fields: dict[str, forms.Field] = {
        "label": FreeLineFormField(label="Rubrik", max_length=100, required=False),
        "fills": forms.ChoiceField(label="Innehåll", choices=FILLS if heading else [*FILLS, BREAK], required=False),
        "purpose": forms.ChoiceField(label="Syfte", choices=PURPOSES, required=False),
        "minutes": forms.IntegerField(label="Minuter", min_value=1, max_value=480, required=False),
        "place": forms.IntegerField(label="Plats", min_value=1, max_value=99, required=False),
        "text": FreeLineFormField(label="Stående text", max_length=300, required=False),
    }
    if heading and heading.is_break:
        fields = {name: fields[name] for name in ("label", "minutes", "place")}
        fields["fills"] = forms.ChoiceField(choices=[BREAK], widget=forms.HiddenInput)
    return {f"{key}-{name}": field for name, field in fields.items()}
