"""The form of who gets the minutes for information, without an account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse

from base.records.freetext import FreeTextFormField
from base.swedish.words import capital, in_words
from base.ui.fields import VersionField
from base.ui.forms import RegisterForm
from meetings.models import MinutesCopy
from meetings.models.presenter import NamedPerson
from meetings.named_lines import Accounts, each_line, named_person
from meetings.people import described
from members.actor import Actor
from members.models import Member

NO_ADDRESS = "Skriv en e-postadress på raden för {}. {} skickas dit."
READS_ALREADY = "{} har konto och får {} ändå. Ta bort raden."


class CopiesForm(RegisterForm):
    """Says who gets them: a line for each, and nobody else."""

    submit_label = "Spara"
    about_persons = ("people",)

    people = FreeTextFormField(
        label="En person på varje rad: namn, titel, varifrån, e-postadress",
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Till exempel: Anna Exempel, kommundirektör, Vetlanda kommun, anna@kommunen.example. Tar du bort en "
        "rad får den personen inte fler.",
    )
    version = VersionField()

    def __init__(self, data: Any = None, *, by: Member) -> None:
        self.by, known = by, MinutesCopy.in_order()
        lines = [described(one.name, one.title, one.home, one.contact.address) for one in known]
        super().__init__(data, initial={"people": "\n".join(lines), "version": MinutesCopy.version_of_all(known)})

    def clean_people(self) -> list[NamedPerson]:
        called = self.by.group.minutes
        accounts, reading = Accounts.known(), {*Member.objects.reading_all().values_list("pk", flat=True)}

        def read(line: str) -> NamedPerson:
            person = named_person(line, accounts.homes.__contains__)
            if not person.address:
                raise ValidationError(NO_ADDRESS.format(person.name, capital(called.definite)))
            account = accounts.by_address.get(person.address)
            if account and account.pk in reading:
                raise ValidationError(READS_ALREADY.format(account, called.definite))
            return person

        return each_line(self.cleaned_data["people"], read, lambda person: person.address)

    def save(self) -> str:
        """Raises EditConflict."""
        facts = self.cleaned_data
        MinutesCopy.change_all(facts["people"], version=facts["version"], by=Actor.of(self.by))
        return reverse("meetings:copies")

    def receipt(self, saved: Any) -> str:
        number = len(self.cleaned_data["people"])
        who = in_words(number, "person får", "personer får") if number else "Ingen får"
        return f"{capital(who)} {self.by.group.minutes.definite} för kännedom."
