"""The forms of the register: one look, one way to say what is wrong, one key against sending twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from functools import cached_property, partial
from typing import Any, ClassVar
from uuid import UUID, uuid4

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import QuerySet
from django.forms import BoundField

from base.swedish.said_days import RUNNING_WORDS
from base.swedish.words import capital, in_words
from base.ui.fields import KeyField, NewestMixin
from base.ui.guarded import GuardedMixin
from base.ui.models import sending
from base.ui.undo import Undo

Choices = Sequence[tuple[Any, Any]]
# What is said of a field that is left empty, when neither it nor its form has words of their own for that.
LEFT_EMPTY: dict[type[forms.Field], str] = {
    forms.BooleanField: "Kryssa i ”{}”.",
    forms.ChoiceField: "Välj ett svar under ”{}”.",
    forms.Field: "Fyll i ”{}”.",
}

SAID_OF_ANY = {
    *("invalid", "invalid_choice", "invalid_list", "invalid_pk_value", "null_characters_not_allowed"),
    *("max_length", "max_value", "min_value", "past", "to_come", "too_far", "too_long_ago", "year"),
}
"""The codes of what a kind of field says, which is the same of any field of its kind. All else is said of this one.
What a form refuses in such words has the code `invalid`."""


@contextmanager
def at_field(name: str) -> Iterator[None]:
    """Make what is refused in the block a refusal about that field."""
    try:
        yield
    except ValidationError as error:
        raise ValidationError({name: error.error_list}) from error


def named_errors(field: BoundField) -> list[str]:
    """The errors of the field as they are understood away from it: with its name where the sentence is said of any."""
    name = "" if field.is_hidden else _as_beginning(str(field.label))
    errors = field.errors.as_data()
    return [f"{name if _is_of_any(error, field) else ''}{words}" for error in errors for words in error.messages]


def _is_of_any(error: ValidationError, field: BoundField) -> bool:
    """Whether the words are the field kind's, and not the form's own for that field."""
    asked, code = field.field, error.code or ""
    said: dict[str, Any] = {}
    for kind in reversed(type(asked).__mro__):
        said |= getattr(kind, "default_error_messages", {})
    return code in SAID_OF_ANY and asked.error_messages.get(code) is said.get(code)


def _as_beginning(label: str) -> str:
    """The label before a sentence about it: Rubrik: … A question needs no colon: Vad gjordes? …"""
    if not label or label.endswith("?"):
        return f"{label} ".lstrip()
    return f"{label.rstrip('.:')}: "


class RegisterFormMixin(forms.Form):
    """The register's look, sentences and key for a form, also for one that somebody else has made.

    key           what makes the same form sent twice one sending; None on a form that may be sent again
    missing       field → the sentence when it was left empty ("Skriv en rubrik.")
    one_of        the fields of which one is needed, so that neither is called optional
    needed        field that is not always needed → when it is, in words ("för ett ja"), instead of calling it optional
    error_title   the heading of what went wrong, when it is not enough to say how much has to be put right
    layout        crispy layout objects, when the fields in their order are not enough
    submit_label  the words on the button; none where there is nothing left to send it to
    second_submit  the name and the words of another button beside it, which is sent as that name
    submit_names  the field whose choice the button names, where the browser can: Svara ja, klart 18 december
    submit_says   how it names it, when it is no day: Utse {}
    is_quiet      whether it is seldom sent: its button is no heavier than a link
    takes_long    what is said while it is worked on, where that may take more than some seconds: what and how long
    is_resumed    whether it begins with what was typed in it before, so that no fold hides that
    running_words  of which days the button does not say that it is done then: Svara ja, tills vidare
    """

    key: forms.Field | None = KeyField()

    missing: ClassVar[dict[str, str]] = {}
    one_of: tuple[str, ...] = ()
    needed: ClassVar[dict[str, str]] = {}
    error_title: ClassVar[str] = ""
    layout: Sequence[Any] = ()
    submit_label: str = "Spara"
    second_submit: tuple[str, str] | None = None
    submit_names: ClassVar[str] = ""
    submit_says: str = ""
    is_quiet: bool = False
    is_resumed: bool = False
    takes_long: ClassVar[str] = ""
    running_words: ClassVar[str] = "|".join(RUNNING_WORDS)

    # The browser's own bubbles speak another language than ours and vanish; the optional fields are marked instead.
    use_required_attribute = False

    @property
    def error_heading(self) -> str:
        """The heading of the errors: Två saker behöver rättas; or that it could not be saved."""
        if self.error_title or self.non_field_errors():
            return self.error_title or "Det gick inte att spara"
        return f"{capital(in_words(len(self.errors), 'sak', 'saker'))} behöver rättas"

    @property
    def sentences(self) -> list[str]:
        """All that is wrong, for where the fields are not seen."""
        return [*self.non_field_errors(), *(words for field in self for words in named_errors(field))]

    def offer(self, name: str, rows: QuerySet[Any]) -> None:
        """Set the rows that a field lets one choose among."""
        field: Any = self.fields[name]
        field.queryset = rows

    def offer_to_each(self, names: Iterable[str], rows: QuerySet[Any], *, in_words: Callable[[Any], str] = str) -> None:
        """Set the rows that several fields let one choose among: the page reads them once for all of these."""
        for name in names:
            self.offer(name, rows)
            field: Any = self.fields[name]
            field.choices = partial(_choices, rows, field.empty_label, in_words)

    def offer_choices(self, name: str, choices: Choices | Callable[[], Choices]) -> None:
        """Set the answers that a field lets one choose among: value and words, or words and the answers under them."""
        field: Any = self.fields[name]
        field.choices = choices

    def add_prefix(self, field_name: str) -> str:
        """The field's name in the page; the key's is the same in every form, to be found before the view."""
        return field_name if field_name == "key" else super().add_prefix(field_name)

    def clean_key(self) -> UUID:
        """The key of this sending; a new one where the form came without."""
        return sending(self.data, self.files) or uuid4()

    def clean(self) -> dict[str, Any]:
        """The cleaned data, of the fields that are valid."""
        return super().clean() or self.cleaned_data

    @cached_property
    def helper(self) -> FormHelper:
        """Crispy's helper for the form: the page owns the form tag and the button."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        helper.include_media = False
        if self.layout:
            helper.layout = Layout(*deepcopy(list(self.layout)))
            helper.render_hidden_fields = True
        return helper

    def add_error(self, field: str | None, error: Any) -> None:
        """Add the error: in our words where something is missing; a conflict makes hidden versions the newest."""
        if field and getattr(error, "code", None) == "required":
            error = ValidationError(self._left_empty(field), code="required")
        super().add_error(field, error)
        if getattr(error, "refreshes_form", False):
            for hidden in self.fields.values():
                if isinstance(hidden, NewestMixin):
                    hidden.is_refreshed = True

    def ask_for(self, name: str, missing: str) -> None:
        """Say what is missing where nothing is filled in; of what was refused it is told why."""
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, missing)

    def refuse(self, error: ValidationError) -> None:
        """Add a verb's refusal as errors; one about a field that is not in the form is shown on top."""
        if not hasattr(error, "error_dict"):
            self.add_error(None, error)
            return
        for name, errors in error.error_dict.items():
            known = name in self.fields and name != NON_FIELD_ERRORS
            self.add_error(name if known else None, ValidationError(errors))

    def _left_empty(self, name: str) -> str:
        """The field's own sentence, else the form's, else one that names the field."""
        field = self.fields[name]
        own = field.error_messages["required"]
        if own is not forms.Field.default_error_messages["required"]:
            return str(own)
        sentence = next(words for kind, words in LEFT_EMPTY.items() if isinstance(field, kind))
        return self.missing.get(name) or sentence.format(self[name].label)


def _choices(rows: QuerySet[Any], empty_label: str | None, in_words: Callable[[Any], str]) -> list[tuple[Any, str]]:
    """The choices of a field among rows that others may have read."""
    empty = [] if empty_label is None else [("", empty_label)]
    return [*empty, *((row.pk, in_words(row)) for row in rows)]


class RegisterForm(GuardedMixin, RegisterFormMixin):
    """A form that does something when it is sent."""

    def save(self) -> Any:
        """Do what was asked for; gives back where to go on, an address or a thing with one. Raises ValidationError."""
        raise NotImplementedError

    def receipt(self, saved: Any) -> str:
        """The message when it is saved, of what `save` gave back; empty where the next page says it."""
        return ""

    def leaves_something(self, saved: Any) -> bool:
        """Whether something that was asked for remains to be done, so that the message does not look like success."""
        return False

    def undo(self, saved: Any) -> Undo | None:
        """The step back that stands beside the receipt, where one step leads back."""
        return None


class RegisterModelForm(RegisterForm, forms.ModelForm):  # type: ignore[type-arg, misc]  # a verb saves, not the form
    """A form over a model's fields."""
