"""The sentences about the number of observations in an issue, and about who will read its feedback.

What the group's own have seen is told with its reporters; what others brought is added to it, never mixed with it.
"""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from base.swedish.words import capital, in_words, listed, plural, thousands
from issues.counting import FeedbackRecipients, ObservationCount
from issues.models import Observation

SOURCES = {
    Observation.Source.RESIDENT: "från invånare",
    Observation.Source.POLICE: "från polisen",
    Observation.Source.SAFETY_WALK: "från trygghetsvandring",
    Observation.Source.FAULT_REPORT: "från felanmälan",
}


def observed_words(observed: ObservationCount) -> str:
    """The number of observations: 7 från 4 rapportörer, + 6 från invånare."""
    return ", ".join(_by_source(observed))


def observed_short(observed: ObservationCount) -> str:
    """The same for a row of a list, where no part of it is broken."""
    parts = _by_source(observed) or ["Inga observationer"]
    return ", ".join(part.replace(" ", "\N{NO-BREAK SPACE}") for part in parts)


def evidence(observed: ObservationCount) -> str:
    """The same as the sentence that a question rests on: 7 observationer från 4 rapportörer, + 6 från invånare."""
    return f"{', '.join(_by_source(observed, named=True)) or 'Inga observationer i ärendet'}."


def audience_words(audience: FeedbackRecipients) -> str:
    """Who will read the feedback: "Fyra personer från Polisen och Socialförvaltningen har rapporterat och läser …"."""
    return f"{_readers(audience)} {_unnamed(audience)}".strip()


def closed_receipt(told_at: datetime) -> str:
    """What follows when an issue that somebody has reported on is closed, and until when it does not."""
    return (
        f"Ärendet är avslutat. De som har rapporterat får återkopplingen tidigast klockan "
        f"{timezone.localtime(told_at):%H.%M}. Öppnas ärendet igen dessförinnan får de den inte."
    )


# Private


def _readers(audience: FeedbackRecipients) -> str:
    if not audience.people and audience.unnamed:
        return ""
    if not audience.people:
        return "Ingen har rapporterat om det här, så meningen står bara på ärendets sida."
    who = capital(in_words(audience.people, "person", "personer"))
    words = f"{who} från {listed(audience.organisations)} har rapporterat om det här och läser det du skriver."
    if not audience.from_outside:
        return words
    heard = in_words(audience.from_outside, "observation", "observationer")
    return f"{words} {capital(heard)} kom från någon utanför gruppen, som rapportören själv får berätta för."


def _unnamed(audience: FeedbackRecipients) -> str:
    """That some of those who have reported may not read a restricted issue, and so must be told."""
    if not audience.unnamed:
        return ""
    who = capital(in_words(audience.unnamed, "person", "personer"))
    named = "är inte namngiven" if audience.unnamed == 1 else "är inte namngivna"
    return f"{who} som har rapporterat {named} och får inte läsa det. Berätta det själv."


def _by_source(observed: ObservationCount, *, named: bool = False) -> list[str]:
    """The numbers in words: the group's own first, then what others brought; the first `named` says of what."""
    own = [(observed.own, f"från {plural(observed.reporters, 'rapportör', 'rapportörer')}")] * bool(observed.own)
    others = [(number, SOURCES[Observation.Source(source)]) for source, number in observed.others.items()]
    if not (own or others):
        return []
    (number, whence), *added = own + others
    first = plural(number, "observation", "observationer") if named else thousands(number)
    plus = "+ " if own else ""
    return [f"{first} {whence}", *(f"{plus}{thousands(number)} {whence}" for number, whence in added)]
