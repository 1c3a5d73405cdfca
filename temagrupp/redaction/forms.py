"""The forms that look for what is to be masked, and mask it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property

from base.records.freetext import FreeLineFormField
from base.swedish.passages import LONGEST, NoPassage, pattern
from base.ui.fields import field_of
from base.ui.forms import RegisterForm, RegisterFormMixin
from meetings.models import Minutes
from members.actor import Actor
from temagrupp.redaction.again import sums_of
from temagrupp.redaction.finding import FoundText, find
from temagrupp.redaction.models import Redaction
from temagrupp.redaction.reasons import ensure_says_nothing_of
from temagrupp.redaction.redacting import redact_passage, redact_text
from temagrupp.redaction.scope import MaskingScope

WHOLE_WORDS = "Sök också efter andra former av ordet: bara hela ord hittas."
WHY_HELP = "Läses av samordnaren i listan över maskeringar. Skriv inte uppgiften igen."

NOT_KEPT = {"type": "search", "autocomplete": "off"}
"""Neither the browser nor the tab keeps what is looked for, as they keep what is written."""


def ensure_findable(passage: str) -> str:
    """The passage, when it can be looked for. Raises ValidationError."""
    try:
        pattern(passage)
    except NoPassage as error:
        raise ValidationError(str(error), code="invalid") from error
    return passage


class PassageForm(RegisterFormMixin):
    """Looks for a passage. Sent by POST, so that it stands in no address and in no log."""

    key = None
    passage = FreeLineFormField(
        label="Vad ska maskeras?",
        max_length=LONGEST,
        widget=forms.TextInput(attrs=NOT_KEPT),
        help_text="Ett namn, ett telefonnummer eller några ord ur en text. Små och stora bokstäver, blanksteg, "
        "radbrytningar och olika sorters streck gör ingen skillnad. Ett personnummer, ett telefonnummer eller ett "
        "registreringsnummer hittas hur det än är skrivet: med eller utan streck, blanksteg, århundrade eller +46.",
    )

    missing = {"passage": "Skriv vad som ska maskeras."}
    submit_label = "Visa var det står"

    def clean_passage(self) -> str:
        return ensure_findable(self.cleaned_data["passage"])


class SparingForm(RegisterForm):
    """Masks with a reason, also in sent minutes, but those that were offered and not chosen."""

    scope: MaskingScope
    find_minutes: Callable[[], list[Minutes]]
    unticked = False
    """Whether nothing is chosen beforehand."""

    @cached_property
    def minutes(self) -> list[Minutes]:
        """The versions that are offered, looked for when a page shows them."""
        return self.find_minutes()

    @cached_property
    def spared(self) -> set[int]:
        """The versions that are not to be masked, by their keys. One that was not yet there is none of them."""
        if not isinstance(self.data, QueryDict):
            return {minutes.pk for minutes in self.minutes if self.unticked or self.names_the_group(minutes)}
        spared = {*self.data.getlist("offered")} - {*self.data.getlist("minutes")}
        return {int(key) for key in spared if key.isdecimal()}

    def names_the_group(self, minutes: Minutes) -> bool:
        """Whether they say it only where they name a member or an organisation."""
        return False

    def masked_texts(self) -> list[str]:
        """What is masked, as far as the page shows it: the reason has no word of it."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        facts = super().clean()
        try:
            ensure_says_nothing_of(sums_of(self.masked_texts()), facts.get("why", ""))
        except ValidationError:
            self.found.pop("why", None)  # the guard would offer to keep what may not stand there
            raise
        return facts

    @property
    def reach(self) -> dict[str, Any]:
        """Who masks, and in which minutes."""
        return {"by": Actor.of(self.scope.member), "only": self.scope.issues_of_minutes, "spared": self.spared}


class RedactForm(SparingForm):
    """Masks the passage in the places that are chosen: beforehand all, but those where the group tells of itself."""

    passage = FreeLineFormField(max_length=LONGEST, widget=forms.HiddenInput)
    places = forms.MultipleChoiceField(label="Ställen", required=False, widget=forms.CheckboxSelectMultiple)
    why = field_of(Redaction, "why", label="Skäl", help_text=WHY_HELP)

    about_persons = ("passage",)
    missing = {"why": "Skriv varför det maskeras."}
    submit_label = "Maskera"
    layout = ("why",)

    def __init__(
        self,
        *args: Any,
        scope: MaskingScope,
        passage: str,
        minutes: Callable[[], list[Minutes]],
        why: str = "",
        unticked: bool = False,
    ) -> None:
        self.scope, self.sought, self.find_minutes, self.unticked = scope, passage, minutes, unticked
        self.hits = find(scope, pattern(passage))
        chosen = [place.value for place in self.hits if not (unticked or place.is_of_the_group)]
        super().__init__(*args, initial={"passage": passage, "places": chosen, "why": why})
        self.offer_choices("places", [(place.value, place.name) for place in self.hits])

    @property
    def draft_of(self) -> str:
        """What the browser knows the masking by, to offer what was written in it there alone: none of its words."""
        return salted_hmac("redaction.draft", f"{self.scope.query} {pattern(self.sought)}").hexdigest()[:32]

    @property
    def chosen(self) -> list[str]:
        """The places as they are chosen now, for the boxes."""
        return list(self["places"].value() or [])

    def clean_places(self) -> list[FoundText]:
        values = self.cleaned_data["places"]
        if not values and {minutes.pk for minutes in self.minutes} <= self.spared:
            raise ValidationError("Välj minst ett ställe.")
        return [place for place in self.hits if place.value in values]

    def names_the_group(self, minutes: Minutes) -> bool:
        names = {place.text for place in self.hits if place.is_of_the_group}
        return names.issuperset(minutes.said)

    def masked_texts(self) -> list[str]:
        return [self.sought]

    def save(self) -> Redaction:
        facts = self.cleaned_data
        return redact_passage(facts["passage"], facts["places"], why=facts["why"], **self.reach)

    def receipt(self, saved: Redaction) -> str:
        return f"Uppgiften är maskerad. {WHOLE_WORDS}"


class RedactTextForm(SparingForm):
    """Masks one whole text."""

    why = field_of(Redaction, "why", label="Skäl", help_text=WHY_HELP)

    missing = {"why": "Skriv varför texten maskeras."}
    submit_label = "Maskera hela texten"

    def __init__(
        self, *args: Any, scope: MaskingScope, place: FoundText, minutes: Callable[[], list[Minutes]], **kwargs: Any
    ) -> None:
        self.scope, self.place, self.find_minutes = scope, place, minutes
        super().__init__(*args, **kwargs)

    def masked_texts(self) -> list[str]:
        return [self.place.text]

    def save(self) -> Redaction:
        return redact_text(self.place, why=self.cleaned_data["why"], **self.reach)

    def receipt(self, saved: Redaction) -> str:
        return "Hela texten är maskerad."
