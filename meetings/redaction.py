"""Where the texts of möten and dagordningar stand, for who masks in them. Frozen minutes have masked copies instead."""

from base.records.text_places import TextsOf
from meetings.models import AgendaItem, Appendix, CallAnswer, Decision, Heading, Meeting, MeetingChange, Presence

TEXTS: tuple[TextsOf, ...] = (
    TextsOf(Meeting, "{row}", {"place": "Platsen för", "why_cancelled": "Skälet till att ställa in"}),
    TextsOf(
        MeetingChange, "ändringen av {row.meeting}", {"place": "Platsen före"}, related=("meeting",), page="meeting"
    ),
    TextsOf(
        CallAnswer,
        "svaret från {row.member}, {row.meeting}",
        {"words": "Vilken del i"},
        related=("member", "meeting"),
        page="meeting",
    ),
    TextsOf(
        Presence,
        "närvaron vid {row.meeting}",
        {"name": "Namnet i", "title": "Titeln i", "home": "Varifrån någon kom i"},
        related=("meeting",),
        page="meeting",
    ),
    TextsOf(
        AgendaItem,
        "punkten ”{row}”, {row.meeting}",
        {"title": "Rubriken på", "reason": "Skälet till", "note": "Noteringen på"},
        issues=("issue", "action__issue"),
        related=("meeting",),
    ),
    TextsOf(
        Appendix,
        "bilagan ”{row}”, {row.of_meeting}",
        {"name": "Namnet på", "why_removed": "Skälet till att ta bort"},
        issues=("item__issue", "item__action__issue"),
        related=("meeting", "item__meeting"),
    ),
    TextsOf(
        Decision,
        "beslutet på punkten ”{row.item}”, {row.item.meeting}",
        {"text": "Texten i", "feedback": "Återkopplingen i", "despite": "Skälet i"},
        issues=("issue", "item__issue"),
        related=("item__meeting",),
        page="item",
    ),
    TextsOf(Heading, "rubriken ”{row}” på dagordningen", {"label": "Namnet på", "text": "Texten under"}, page=None),
)
