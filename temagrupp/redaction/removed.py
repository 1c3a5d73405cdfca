"""What the owner of a table that a masking removed reads where it was."""

from __future__ import annotations

from base.imports.models import Import
from base.records import Attribution
from base.ui.gone import Gone, WayOn
from members.models import Member
from temagrupp.redaction.models import RedactedPlace

HEADING = "Tabellen är borttagen"
WORDS = (
    "{} maskerade {} något som stod i tabellen. Därför är den borttagen i sin helhet. "
    "Ska den importeras: ta bort det som är maskerat ur filen och läs in den igen."
)


def why_removed(key: int, member: Member, again: str) -> Gone | None:
    """What became of a table of hers, where it was removed by a masking; of another's nothing."""
    of_table = RedactedPlace.objects.filter(table=Import._meta.db_table, key=str(key), member=member)
    place = of_table.visible_to(member).select_related("redaction__by").first()
    if place is None:
        return None
    by = place.redaction.by
    done = Attribution("Du" if by == member else str(by), place.redaction.at)
    masking = WayOn("Visa maskeringen", place.redaction.get_absolute_url())
    return Gone(HEADING, WORDS.format(done.who, done.when), [WayOn("Läs in tabellen igen", again), masking])
