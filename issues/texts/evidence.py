"""The sentences about the number of observations in an issue, and about who will read its feedback.

What the group's own have seen is told with its reporters; what others brought is added to it, never mixed with it.
"""

from __future__ import annotations

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
    return _beside_own(observed, _brought(observed))


def observed_short(observed: ObservationCount) -> str:
    """The number of observations, for a row of a list: 7 från 4 rapportörer, + 6 utifrån."""
    others = observed.total - observed.own
    words = _beside_own(observed, [f"{thousands(others)} utifrån"] * bool(others)) or "Inga observationer"
    return ", ".join(part.replace(" ", "\N{NO-BREAK SPACE}") for part in words.split(", "))


def evidence(observed: ObservationCount) -> str:
    """The evidence for a question: own observations with the number of reporters, others' apart."""
    if not observed.total:
        return "Inga observationer i ärendet."
    own = plural(observed.own, "observation", "observationer")
    own_words = f"{own} från {plural(observed.reporters, 'rapportör', 'rapportörer')}" if observed.own else ""
    return f"{' + '.join(filter(None, [own_words, *_brought(observed)]))}."


def audience_words(audience: FeedbackRecipients) -> str:
    """Who will read the feedback: "Fyra personer från Polisen och Socialförvaltningen har rapporterat och läser …"."""
    if not audience.people:
        return "Ingen har rapporterat om det här, så meningen står bara på ärendets sida."
    who = capital(in_words(audience.people, "person", "personer"))
    words = f"{who} från {listed(audience.organisations)} har rapporterat om det här och läser det du skriver."
    if not audience.from_outside:
        return words
    heard = in_words(audience.from_outside, "observation", "observationer")
    return f"{words} {capital(heard)} kom från någon utanför gruppen, som rapportören själv får berätta för."


# Private


def _brought(observed: ObservationCount) -> list[str]:
    """Return the number of observations by others than the group's own, by source."""
    return [f"{thousands(number)} {SOURCES[Observation.Source(source)]}" for source, number in observed.others.items()]


def _beside_own(observed: ObservationCount, others: list[str]) -> str:
    """The observations by others in words, to stand after the group's own, never mixed with them."""
    if not observed.own:
        return ", ".join(others)
    own = f"{thousands(observed.own)} från {plural(observed.reporters, 'rapportör', 'rapportörer')}"
    return ", ".join([own, *(f"+ {other}" for other in others)])
