"""The form that adds an item to an agenda: a topic in words, or an issue, found by its number or by words."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Case, F, Value, When
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from base.records.freetext import FreeLineFormField
from base.records.search import plain
from base.swedish.words import capital, in_words, sentence
from base.ui.layout import WithButton
from base.ui.widgets import ChoiceRadios
from issues.models import Issue, search, with_actions
from issues.models.issue import IssueQuerySet
from issues.texts.issue import beside_title, issue_state
from meetings.agenda.building import Extent, agenda
from meetings.agenda.lines import AgendaHeading
from meetings.agenda.ordering import add_item
from meetings.agenda.standing import points_about
from meetings.forms.issue_number import NO_SUCH_ISSUE, issues_numbered
from meetings.forms.presenting import Presented
from meetings.models import AgendaItem
from meetings.recurring import IN_WORDS, let_recur
from members.actor import Actor

MOST = 8
"""Issues that are shown to choose among; where more fit one writes another word."""
NOTHING_MEETS = "Inget ärende stämmer med ”{}”. Pröva ett annat ord, eller numret."


class AgendaAddForm(Presented):
    """Adds an item to the agenda, with its presenter and the minutes it may take.

    An issue that is named by words is shown among those that fit, to be chosen; nothing is added before.
    """

    submit_label = "Lägg till punkten"
    one_of = ("title", "number", "issue")
    about_persons = (*Presented.about_persons, "number")  # what is looked for, which is not kept

    title = FreeLineFormField(
        label="Punkten med ord", max_length=200, required=False, help_text="Skriv punkten här, eller välj ett ärende."
    )
    number = FreeLineFormField(
        label="Eller ett ärende",
        max_length=200,
        required=False,
        help_text="Ärendets nummer, som 2026-41, eller ord som står i det.",
    )
    issue = forms.CharField(label="Vilket ärende", required=False, widget=forms.HiddenInput)
    again = forms.BooleanField(
        label="Lägg till ärendet ändå, som en punkt till", required=False, widget=forms.HiddenInput
    )
    heading = forms.ChoiceField(label="Under rubriken", required=False)
    recurs = forms.BooleanField(label="Återkommer på varje möte", required=False)
    layout = (
        "title",
        WithButton("number", name="look", words="Sök ärende"),
        "issue",
        "again",
        "heading",
        "recurs",
        *Presented.layout,
    )

    takes_focus = True  # the form stands far down the page that comes back
    only_asks = False
    """Whether nothing is wrong: what is missing is which of the issues that were found is meant."""

    def __init__(self, *args: Any, headings: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_choices("heading", [("", "Den som passar"), *headings])
        if self.meeting.is_extra:
            del self.fields["recurs"]
            self.layout = tuple(part for part in self.layout if part != "recurs")
        if self.data.get("again"):
            self._ask_again()
        if self.hits and (self._looks or self._named is None):
            self._offer_found()

    @property
    def error_heading(self) -> str:
        return self._found_words if self.only_asks else "Punkten lades inte till"

    @cached_property
    def hits(self) -> list[Issue]:
        """The issues that answer to what was typed, the open ones first, as far as she may know of them; one too many
        where there are more than are shown.
        """
        if self._numbered is not None:
            met = self._numbered.annotate(nearness=Value(0))
        elif self._words:
            met = search(Issue.objects.visible_to(self.by), self._words, self.by)
        else:
            return []
        closed_last = Case(When(state=Issue.State.CLOSED, then=1), default=0)
        in_order = met.order_by(closed_last, F("nearness"), "-happened_at", "-pk")
        return list(with_actions(in_order.with_related(), self.by)[: MOST + 1])

    def clean(self) -> dict[str, Any]:
        facts = super().clean()
        if self._words and not self.hits:
            nothing = NOTHING_MEETS if self._numbered is None else NO_SUCH_ISSUE
            self.add_error("number", nothing.format(self._words))
        elif self.hits and self._chosen is None:
            self.only_asks = not self.errors
            self.add_error(None if self.only_asks else "issue", "Välj vilket ärende du menar.")
        elif facts.get("recurs") and self._words:
            self.add_error("recurs", IN_WORDS)
        elif not facts.get("title") and not self._words and "title" not in self.errors:
            self.add_error("title", "Skriv vad punkten handlar om, eller sök ett ärende.")
        return facts

    @transaction.atomic
    def save(self) -> AgendaItem:
        """Raises NotAllowed, ValidationError."""
        facts = self.cleaned_data
        item = add_item(
            self.meeting,
            by=Actor.of(self.by),
            heading=facts["heading"],
            title=facts["title"],
            issue=self._chosen,
            presenters=self.presenters,
            **self.told,
            again=facts["again"],
        )
        return let_recur(item, by=Actor.of(self.by)) if facts.get("recurs") else item

    def refuse(self, error: ValidationError) -> None:
        """Add the refusal; of an issue that stands there already it is asked whether it is meant to stand twice."""
        if "again" in getattr(error, "error_dict", {}):
            self._ask_again()
        super().refuse(error)

    def receipt(self, saved: AgendaItem) -> str:
        return "Punkten står på dagordningen" + (", och återkommer på varje möte." if saved.recurs else ".")

    @cached_property
    def _words(self) -> str:
        return plain(self.data.get("number", ""))

    @cached_property
    def _numbered(self) -> IssueQuerySet | None:
        """Those with the number that was typed; None where words were."""
        return issues_numbered(self._words, self.by)

    @property
    def _looks(self) -> bool:
        """Whether she asked to see what fits, and for nothing to be added yet."""
        return "look" in self.data

    @property
    def _named(self) -> Issue | None:
        """The issue that the number names."""
        return self.hits[0] if self._numbered is not None and len(self.hits) == 1 else None

    @property
    def _chosen(self) -> Issue | None:
        """The issue that is meant: chosen among those found, or named by its number."""
        if self._looks:
            return None
        chosen = self.cleaned_data.get("issue")
        return next((issue for issue in self.hits if str(issue.pk) == chosen), self._named)

    @property
    def _found_words(self) -> str:
        """Fyra ärenden stämmer med ”tunnel”. Välj ett och lägg till punkten."""
        if len(self.hits) > MOST:
            return f"Fler än {in_words(MOST, 'ärende', 'ärenden', neuter=True)} stämmer med ”{self._words}”. Välj ett."
        many = capital(in_words(len(self.hits), "ärende", "ärenden", neuter=True))
        return f"{many} stämmer med ”{self._words}”. Välj {'det' if len(self.hits) == 1 else 'ett'}."

    def _offer_found(self) -> None:
        headings = agenda(self.meeting, self.by, extent=Extent.LINES)
        field: Any = self.fields["issue"]
        field.widget = ChoiceRadios(choices=[(str(issue.pk), _told(issue, headings)) for issue in self.hits[:MOST]])
        if len(self.hits) > MOST:
            field.help_text = "Fler stämmer. Skriv ett ord till för att se färre."

    def _ask_again(self) -> None:
        self.fields["again"].widget = forms.CheckboxInput()


def _told(issue: Issue, headings: list[AgendaHeading]) -> SafeString:
    """An issue among others, to choose: number, title; its place, its state, and where it stands on the agenda."""
    points = points_about(issue, headings)
    about = [
        "Begränsad spridning." if issue.restricted else "",
        sentence(beside_title(issue)),
        str(issue_state(issue, timezone.localdate())),
        f"Står redan som {points}." if points else "",
    ]
    return format_html('{} {} <span class="about">{}</span>', issue.number, issue, " ".join(filter(None, about)))
