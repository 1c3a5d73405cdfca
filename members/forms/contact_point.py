"""The forms of the contact points: where what concerns persons belongs."""

from typing import Any

from django import forms
from django.urls import reverse

from base.ui.fields import VersionField
from base.ui.forms import RegisterForm, RegisterModelForm
from members.actor import Actor
from members.models import ContactPoint, Member

FACTS = ["name", "when", "phone", "mail", "page"]
REACHED = next(rule for rule in ContactPoint._meta.constraints if rule.name == "contact_point_can_be_reached")


class ContactPointForm(RegisterModelForm):
    """Adds a contact point, or changes the one it is given; `after` is the key of the one it stands after, or 0."""

    submit_label = "Spara kontaktvägen"
    missing = {"name": "Skriv vart man vänder sig."}
    one_of = ("phone", "mail", "page")

    after = forms.TypedChoiceField(label="Plats i listan", coerce=int)
    version = VersionField()

    class Meta:
        model = ContactPoint
        fields = [*FACTS, "active"]
        labels = {"name": "Vart man vänder sig", "when": "När"}
        help_texts = {
            "name": "Till exempel Socialtjänstens mottagning. Skriv en funktion, inte en person.",
            "when": "Till exempel: Oro för ett barn, vardagar 8–16.",
            "phone": "Telefon, e-post eller webbsida: fyll i minst en av dem.",
            "active": "Kryssa ur om den ska vara borta en tid.",
        }

    def __init__(self, *args: Any, by: Member, **kwargs: Any) -> None:
        self.by = by
        super().__init__(*args, **kwargs)
        is_new = self.instance.pk is None
        others = list(ContactPoint.objects.in_order().exclude(pk=self.instance.pk))
        before = [point.pk for point in others if is_new or point.position < self.instance.position]
        self.offer_choices("after", [(0, "Först"), *((point.pk, f"Efter {point}") for point in others)])
        self.initial.update(after=before[-1] if before else 0, version=self.instance.version)
        if is_new:
            del self.fields["active"], self.fields["version"]

    def clean(self) -> dict[str, Any]:
        if "version" in self.fields:
            self.instance.check_version(self.cleaned_data.get("version", ""), texts=self.cleaned_data)
        cleaned = super().clean()
        if not any(cleaned.get(name) or name in self.errors for name in self.one_of):
            self.add_error("phone", str(REACHED.violation_error_message))
        return cleaned

    def save(self) -> str:  # type: ignore[override]
        told = {name: self.cleaned_data[name] for name in (*self.fields.keys() & {*FACTS, "active"}, "after")}
        point: ContactPoint = self.instance
        if point.pk:
            point.change(by=Actor.of(self.by), version=self.cleaned_data["version"], **told)
        else:
            point = self.instance = ContactPoint.add(by=Actor.of(self.by), **told)
        return point.get_absolute_url()

    def receipt(self, saved: Any) -> str:
        where = "Den står nu på sidan Så hanterar vi uppgifter." if self.instance.active else "Den visas inte."
        return f"{self.instance} är sparad. {where}"


class ContactPointRemovalForm(RegisterForm):
    """Asks before a contact point is removed."""

    submit_label = "Ta bort kontaktvägen"

    version = VersionField()

    def __init__(self, *args: Any, point: ContactPoint, by: Member, **kwargs: Any) -> None:
        self.point, self.by = point, by
        kwargs["initial"] = {"version": point.version}
        super().__init__(*args, **kwargs)

    def save(self) -> str:
        self.point.remove(by=Actor.of(self.by), version=self.cleaned_data["version"])
        return f"{reverse('members:group_change')}#kontaktvagar"

    def receipt(self, saved: Any) -> str:
        return f"{self.point} är borttagen."
