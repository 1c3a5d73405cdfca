from typing import Any

from base.ui.fields import DateField
from base.ui.forms import RegisterModelForm
from members.actor import Actor
from members.forms.changing import ChangeForm
from members.models import Member, Organisation

FACTS = ["name", "short_name", "kind", "in_group", "area", "mailbox", "active_from"]
MISSING = {"name": "Skriv vad organisationen heter.", "active_from": "Välj den första dagen."}
FIELDS = {"active_from": DateField, "active_to": DateField}
HELP = {
    "short_name": "För trånga ställen, till exempel ”Tekniska”.",
    "area": "Vad organisationen svarar för. Det hjälper den som undrar vem en fråga ska till.",
    "in_group": (
        "Utan bock står den utanför gruppen, som Trafikverket eller en elnätsägare: den kan få frågor och svara, "
        "men har inga platser och är inte med på möten."
    ),
    "mailbox": "Organisationens gemensamma adress, som finns kvar när någon slutar.",
    "active_to": "Den sista dagen. Platserna tar slut samma dag. Allt som är skrivet står kvar.",
}


class OrganisationForm(RegisterModelForm):
    """Admits a new organisation to the group, or enters one outside it that can be asked."""

    missing = MISSING
    submit_label = "Lägg till organisationen"

    class Meta:
        model = Organisation
        fields = FACTS
        field_classes = FIELDS
        help_texts = HELP

    def __init__(self, *args: Any, by: Member, **kwargs: Any) -> None:
        self.by = by
        super().__init__(*args, **kwargs)

    def save(self) -> Organisation:  # type: ignore[override]
        return Organisation.admit(by=Actor.of(self.by), **{name: self.cleaned_data[name] for name in FACTS})

    def receipt(self, saved: Organisation) -> str:
        if saved.in_group:
            return f"{saved} är med i gruppen. Utse nu ordinarie och ersättare."
        return f"{saved} är inlagd och kan få frågor. Den är utanför gruppen."


class OrganisationChangeForm(ChangeForm):
    """Changes an organisation's facts, and its last day when it leaves."""

    missing = MISSING

    class Meta:
        model = Organisation
        fields = [*FACTS, "active_to"]
        field_classes = FIELDS
        help_texts = HELP
