"""The forms that look for what is to be masked, and mask it."""

from __future__ import annotations

from collections.abc import Callable, Set
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property

from base.imports.models import Import
from base.records.freetext import FreeLineFormField
from base.swedish.passages import LONGEST, NoPassage, pattern
from base.ui.fields import field_of
from base.ui.forms import RegisterForm, RegisterFormMixin
from meetings.minutes.masking import versions_with
from meetings.models import Minutes
from members.actor import Actor
from temagrupp.redaction.again import sums_of
from temagrupp.redaction.finding import FoundText, find
from temagrupp.redaction.function import NOTHING_LEFT
from temagrupp.redaction.kept import tables_with
from temagrupp.redaction.meanwhile import IS_MASKED, MaskedMeanwhile, masked_meanwhile
from temagrupp.redaction.models import Redaction
from temagrupp.redaction.reasons import ensure_says_nothing_of
from temagrupp.redaction.redacting import Spared, redact_passage, redact_text
from temagrupp.redaction.scope import MaskingScope
from temagrupp.redaction.shown import ShownPage, told_where

MASK_IN_NONE, MASK_IN_ONE, MASK_IN = "Maskera", "Maskera på ett ställe", "Maskera på {} ställen"
CHANGED_MEANWHILE = "En text har ändrats eller tagits bort medan du valde."
LEFT_OF_CHOSEN = "Resten står kvar: maskera en gång till."
NOT_CHOSEN = "Kvar är bara det som du inte hade valt."
MOST_UNASKED = 10
"""Places that are masked without asking once more."""
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


def minutes_with(scope: MaskingScope, expression: str) -> list[Minutes]:
    """The sent minutes that say it, where the scope reaches them."""
    only = scope.issues_of_minutes
    return [] if only == [] or not expression else versions_with(expression, by=scope.member, only=only)


class PlacesField(forms.MultipleChoiceField):
    """The places that are chosen. One that has gone meanwhile the form tells of in its own words."""

    def valid_value(self, value: str) -> bool:
        return True


class SparingForm(RegisterForm):
    """Masks with a reason, also in sent minutes and in tables that wait to be brought in, but those that were offered
    and not chosen."""

    scope: MaskingScope
    expression: Callable[[], str]
    """What finds it in minutes and tables; empty where it is too short to be looked for there."""
    unticked = False
    """Whether nothing is chosen beforehand."""
    is_late = False
    """Whether something that she chose no longer stands, or something has come that she has not been shown."""

    @cached_property
    def minutes(self) -> list[Minutes]:
        """The versions that are offered, looked for when a page shows them."""
        return minutes_with(self.scope, self.expression())

    @cached_property
    def tables(self) -> list[Import]:
        """The tables that are offered to be removed."""
        expression = self.expression()
        return [] if self.scope.is_limited or not expression else tables_with(expression)

    @cached_property
    def shown(self) -> ShownPage:
        """What the page that was sent had shown, and what was chosen on it."""
        sent = self.data if isinstance(self.data, QueryDict) else QueryDict()
        minutes, tables = ([each.pk for each in found] for found in (self.minutes, self.tables))
        return ShownPage.of(sent, self.values_found, minutes, None if self.scope.is_limited else tables)

    @cached_property
    def spared(self) -> Spared:
        """What of minutes and tables is not to be masked: all but what is chosen, and what nobody had been shown."""
        minutes, tables = {each.pk for each in self.minutes}, {each.pk for each in self.tables}
        if self.is_bound:
            chosen = {int(key) for key in self.shown.minutes.standing}, {int(key) for key in self.shown.tables.standing}
            return Spared(minutes - chosen[0], tables - chosen[1], minutes, tables)
        spared = {each.pk for each in self.minutes if self.unticked or self.names_the_group(each)}
        return Spared(spared, tables if self.unticked or self.is_of_the_group else set())

    @cached_property
    def told_meanwhile(self) -> str:
        """What has become of it since the page was shown, in sentences."""
        return self.shown.meanwhile if self.is_bound else ""

    @property
    def new(self) -> dict[str, Set[Any]]:
        """What has come since the page was shown, to be marked; nothing on the first."""
        return self.shown.new if self.is_bound else {}

    @property
    def values_found(self) -> list[str]:
        """The texts that are offered, by their names."""
        return []

    @property
    def error_heading(self) -> str:
        return "Inget av ditt är maskerat" if self.is_late else super().error_heading

    @property
    def is_of_the_group(self) -> bool:
        """Whether it is what the group tells of itself, as a table to bring in does."""
        return False

    def names_the_group(self, minutes: Minutes) -> bool:
        """Whether they say it only where they name a member or an organisation."""
        return False

    def masked_texts(self) -> list[str]:
        """What is masked, as far as the page shows it: the reason has no word of it."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        facts = super().clean()
        if self.told_meanwhile:
            self.is_late = True
            self.add_error(None, self.told_meanwhile)
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
    places = PlacesField(label="Ställen", required=False, widget=forms.CheckboxSelectMultiple)
    why = field_of(Redaction, "why", label="Skäl", help_text=WHY_HELP)

    about_persons = ("passage",)
    missing = {"why": "Skriv varför det maskeras."}
    layout = ("why",)

    labels = MASK_IN_NONE, MASK_IN_ONE, MASK_IN
    only_asks = False
    """Whether nothing is wrong: she has not been asked yet if it is to be masked in so many places."""

    def __init__(
        self,
        *args: Any,
        scope: MaskingScope,
        passage: str,
        why: str = "",
        unticked: bool = False,
    ) -> None:
        self.scope, self.sought, self.unticked = scope, passage, unticked
        self.expression = partial(pattern, passage)
        self.hits = find(scope, pattern(passage))
        chosen = [place.value for place in self.hits if not (unticked or place.is_of_the_group)]
        super().__init__(*args, initial={"passage": passage, "places": chosen, "why": why})
        self.offer_choices("places", [(place.value, place.name) for place in self.hits])

    @property
    def is_found(self) -> bool:
        return bool(self.hits or self.minutes or self.tables)

    @property
    def values_found(self) -> list[str]:
        return [place.value for place in self.hits]

    @property
    def stands(self) -> str:
        """Where it stands, in words: på tre ställen, i en inläst tabell."""
        return told_where(len(self.hits), len(self.minutes), len(self.tables))

    @property
    def draft_of(self) -> str:
        """What the browser knows the masking by, to offer what was written in it there alone: none of its words."""
        return salted_hmac("redaction.draft", f"{self.scope.query} {pattern(self.sought)}").hexdigest()[:32]

    @property
    def chosen(self) -> list[str]:
        """The places as they are chosen now, for the boxes."""
        return list(self["places"].value() or [])

    @property
    def numbers(self) -> tuple[int, int, int]:
        """In how many texts, versions of minutes and tables it is chosen to be masked now."""
        if self.is_bound:
            return self.shown.numbers
        minutes = len({each.pk for each in self.minutes} - self.spared.minutes)
        return len(self.chosen), minutes, len({each.pk for each in self.tables} - self.spared.tables)

    @property
    def how_many(self) -> int:
        return sum(self.numbers)

    @property
    def label(self) -> str:
        """The words on the button."""
        return MASK_IN.format(self.how_many) if self.how_many > 1 else MASK_IN_ONE if self.how_many else MASK_IN_NONE

    @property
    def error_heading(self) -> str:
        if self.only_asks:
            return f"Ska det maskeras på {self.how_many} ställen?"
        return super().error_heading

    @property
    def asks_more(self) -> str:
        """What is asked about, in plain words."""
        removed = " Tabellen tas bort i sin helhet." if self.numbers[2] == 1 else ""
        removed = " Tabellerna tas bort i sin helhet." if self.numbers[2] > 1 else removed
        return f"Det maskeras {told_where(*self.numbers)}.{removed}"

    def full_clean(self) -> None:
        """Clean it all, and ask once more where nothing is wrong and it is chosen to be masked in many places."""
        super().full_clean()
        is_sure = self.data.get("sure") == self.shown.set_chosen
        if self.is_bound and not self.errors and self.how_many > MOST_UNASKED and not is_sure:
            self.only_asks = True
            self.add_error(None, self.error_heading)

    @cached_property
    def meanwhile(self) -> MaskedMeanwhile:
        """What has become of it where she chose it and it no longer stands."""
        return masked_meanwhile(self.sought, self.chosen, to=self.scope.member)

    @property
    def is_left_elsewhere(self) -> bool:
        """Whether minutes or a table are to be masked."""
        return any(self.numbers[1:])

    @property
    def written_why(self) -> str:
        """The reason as she wrote it."""
        return str(self["why"].value() or "")

    def clean_places(self) -> list[FoundText]:
        values = self.cleaned_data["places"]
        if not {*values} <= {place.value for place in self.hits}:
            self.is_late = True
            first = f"{self.meanwhile.clause}, medan du valde." if self.meanwhile else CHANGED_MEANWHILE
            left = LEFT_OF_CHOSEN if self.numbers[0] else NOT_CHOSEN
            raise ValidationError(" ".join(filter(None, [first, self.meanwhile.rest, left])))
        if not values and not self.is_left_elsewhere and not self.told_meanwhile:
            raise ValidationError("Välj minst ett ställe.")
        return [place for place in self.hits if place.value in values]

    @property
    def is_of_the_group(self) -> bool:
        return any(place.is_of_the_group for place in self.hits)

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
        self, *args: Any, scope: MaskingScope, place: FoundText, expression: Callable[[], str], **kwargs: Any
    ) -> None:
        self.scope, self.place, self.expression = scope, place, expression
        super().__init__(*args, **kwargs)

    def masked_texts(self) -> list[str]:
        return [self.place.text]

    @property
    def reaches_minutes(self) -> bool:
        """Whether it may stand in minutes that she masks in."""
        is_reached = self.scope.issues_of_minutes != [] and self.place.may_stand_in_minutes
        return is_reached and Minutes.objects.exists()

    def save(self) -> Redaction:
        return redact_text(self.place, why=self.cleaned_data["why"], **self.reach)

    def refuse(self, error: ValidationError) -> None:
        """Where nothing was left to mask, tell who was first."""
        if NOTHING_LEFT in error.messages:
            meanwhile = masked_meanwhile("", [self.place.value], to=self.scope.member).clause or IS_MASKED
            error = ValidationError(f"{meanwhile}. Du har inte ändrat något.")
        super().refuse(error)

    def receipt(self, saved: Redaction) -> str:
        return "Hela texten är maskerad."
