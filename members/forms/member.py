"""The forms of members: enter one, change one, and one's own account."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from django import forms
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from base.swedish.words import listed
from base.ui.forms import RegisterModelForm
from base.ui.widgets import ChoiceChecks, ChoiceRadios
from members.actor import Actor
from members.forms.changing import ChangeForm
from members.forms.confirming import ConfirmedFormMixin
from members.forms.seat import NewSeatsField
from members.models import Member, Organisation, Seat
from members.models.account_state import AccountState
from members.texts import NAMED_FIRST, appointed

PERSON = ["name", "email", "title", "phone", "organisation"]
WHO = ("name", "title")
MARKS = ["answers_for", "is_coordinator", "is_reader"]
ORGANISATIONS = ["organisation", "answers_for"]
MISSING = {"name": "Skriv vad medlemmen heter.", "email": "Skriv adressen som medlemmen ska logga in med."}
HELP = {
    "email": "Medlemmen loggar in med den, och väljer själv sitt lösenord.",
    "phone": "Ett nummer eller flera, gärna med ord: 0383-971 00 (växel), 070-123 45 67.",
    "answers_for": (
        "En handläggare ser de ärenden där organisationen har fått en fråga, och kan svara. "
        "Den som har en plats behöver inte kryssas i."
    ),
    "is_coordinator": "Leder gruppens arbete i registret: sorterar observationer, håller möten, lägger till medlemmar.",
    "is_reader": "Läser ärenden, åtgärder, avslutade möten och mötesanteckningar, men inga enskilda observationer.",
    "is_active": f"Ta bort bocken när någon har slutat. Det som är skrivet står kvar. {NAMED_FIRST}",
}


def field_of_handled() -> forms.ModelMultipleChoiceField[Organisation]:
    return forms.ModelMultipleChoiceField(
        queryset=Organisation.objects.none(),
        label="Handläggare för",
        help_text=HELP["answers_for"],
        widget=ChoiceChecks,
        required=False,
    )


class MemberForm(ConfirmedFormMixin, RegisterModelForm):
    """Enters a new member, with her seat when she has one."""

    missing = MISSING
    about_persons = WHO
    needed = {"organisation": "för den som får en plats"}
    submit_label = "Lägg till medlemmen"

    role = forms.ChoiceField(
        label="Plats för organisationen",
        choices=[("", "Ingen plats"), *Seat.Role.choices],
        help_text="Från och med i dag. Den som har platsen nu lämnar den.",
        widget=ChoiceRadios,
        required=False,
    )
    replaces = NewSeatsField()
    answers_for = field_of_handled()

    field_order = [*PERSON, "role", *MARKS]

    class Meta:
        model = Member
        fields = [*PERSON, *MARKS]
        help_texts = HELP

    def __init__(self, *args: Any, by: Member, **kwargs: Any) -> None:
        self.by = by
        super().__init__(*args, **kwargs)
        self.offer_to_each(ORGANISATIONS, Organisation.objects.of_group().in_order())

        self.seats: list[Seat] = []

    def to_be_confirmed(self) -> str:
        return "lägga till en samordnare" if self.cleaned_data.get("is_coordinator") else ""

    def clean(self) -> dict[str, Any]:
        facts = super().clean()
        if facts.get("role") and not facts.get("organisation") and "organisation" not in self.errors:
            self.add_error("organisation", "Välj vilken organisation platsen är för.")
        return facts

    @transaction.atomic
    def save(self) -> Member:  # type: ignore[override]
        by, facts = Actor.of(self.by), {name: self.cleaned_data[name] for name in [*PERSON, *MARKS]}
        member: Member = Member.objects.create_user(by=by, **facts)
        if role := self.cleaned_data["role"]:
            place = {name: self.cleaned_data[name] for name in ("organisation", "replaces")}
            self.seats = [Seat.appoint(by=by, member=member, role=role, since=timezone.localdate(), **place)]
        return member

    def receipt(self, saved: Member) -> str:
        return " ".join([f"{saved} är inlagd.", *(appointed(seat) for seat in self.seats)])


class MemberChangeForm(ConfirmedFormMixin, ChangeForm):
    """Changes a member's facts and marks, and whether she may sign in."""

    missing = MISSING
    about_persons = WHO

    answers_for = field_of_handled()

    class Meta:
        model = Member
        fields = [*PERSON, *MARKS, "is_active"]
        help_texts = HELP

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hers = Organisation.objects.filter(pk__in=[*self.instance.handled_ids, self.instance.organisation_id])
        for name in ORGANISATIONS:
            self.offer(name, (Organisation.objects.of_group() | hers).in_order())

    def to_be_confirmed(self) -> str:
        before = AccountState.of(self.instance)
        names = [field.name for field in fields(AccountState) if field.name in self.cleaned_data]
        after = replace(before, **{name: self.cleaned_data[name] for name in names})
        if not after.hands_over(before):
            return ""
        named = {"adressen": after.email != before.email, "vem som är samordnare": after.leads != before.leads}
        return f"ändra {listed([words for words, is_changed in named.items() if is_changed])}"

    def receipt(self, saved: Any) -> str:
        """What is saved; a new address signs one out, for one signs in by it."""
        if "email" not in self.changed_data:
            return super().receipt(saved)
        if saved == self.by:
            return "Ändringen är sparad. Du är utloggad på andra enheter: logga in där med den nya adressen."
        return f"Ändringen är sparad. {saved} är utloggad och loggar in med den nya adressen."


class AccountForm(RegisterModelForm):
    """Changes what a member decides herself about how the register works for her."""

    class Meta:
        model = Member
        fields = ["shortcuts"]
        labels = {"shortcuts": "Kortkommandon på tangentbordet"}
        help_texts = {"shortcuts": "Stäng av dem om du styr datorn med rösten eller trycker på dem av misstag."}

    def save(self) -> Any:  # type: ignore[override]
        self.instance.change(by=Actor.of(self.instance), shortcuts=self.cleaned_data["shortcuts"])
        return reverse("account")

    def receipt(self, saved: Any) -> str:
        return "Kortkommandona är på." if self.instance.shortcuts else "Kortkommandona är av."
