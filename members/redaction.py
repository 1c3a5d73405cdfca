"""Where the texts about the group and its members stand, for who masks in them."""

from base.records.text_places import TextsOf
from members.models import ContactPoint, Group, Member, Organisation

TEXTS: tuple[TextsOf, ...] = (
    TextsOf(
        Group,
        "gruppen",
        {
            "name": "Namnet på",
            "municipality": "Kommunen för",
            "sender": "Avsändaren för",
            "controller": "Personuppgiftsansvarig för",
            "records_owner": "Den som har allmänna handlingar för",
            "legal_ground": "Rättslig grund för",
            "reminder_text": "Texten i påminnelser från",
            "protection_phone": "Dataskyddsombudets telefon för",
            "accessibility_phone": "Telefon om tillgänglighet för",
        },
    ),
    TextsOf(
        ContactPoint,
        "kontaktvägen {row.name}",
        {"name": "Namnet på", "when": "När man använder", "phone": "Telefonnumret till"},
        page=None,
    ),
    TextsOf(
        Organisation,
        "organisationen {row}",
        {"name": "Namnet på", "short_name": "Kortnamnet på", "area": "Ansvarsområdet för"},
    ),
    TextsOf(Member, "medlemmen {row}", {"name": "Namnet på", "title": "Titeln för", "phone": "Telefonnumret till"}),
)
