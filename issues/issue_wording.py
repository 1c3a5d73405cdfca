"""What is said of an issue besides its state: how much was seen, how it is judged, who will read the feedback.

Pure functions over what is already loaded.
"""

from issues.models import Audience, Issue, Observation, Observed
from temagrupp.ui.sentences import capital, in_words, listed, number_word, plural, thousands

SOURCES = {
    Observation.Source.RESIDENT: "från invånare",
    Observation.Source.POLICE: "från polisen",
    Observation.Source.SAFETY_WALK: "från trygghetsvandring",
    Observation.Source.FAULT_REPORT: "från felanmälan",
}
NEED = {1: "litet behov", 2: "måttligt behov", 3: "stort behov"}
INFLUENCE = {
    1: "liten möjlighet att påverka",
    2: "måttlig möjlighet att påverka",
    3: "stor möjlighet att påverka",
}


def observed_words(observed: Observed) -> str:
    """7 från 4 rapportörer, + 6 från invånare"""
    own = f"{thousands(observed.own)} från {plural(observed.reporters, 'rapportör', 'rapportörer')}"
    others = [
        f"+ {thousands(count)} {SOURCES[Observation.Source(source)]}" for source, count in observed.others.items()
    ]
    return ", ".join([own] * bool(observed.own) + others)


def observed_short(observed: Observed) -> str:
    """The same for a row of a list: 7 från 4, + 6 andra"""
    others = observed.total - observed.own
    ours = f"{thousands(observed.own)} från {thousands(observed.reporters)}"
    theirs = f"+ {plural(others, 'annan', 'andra')}"
    return ", ".join([ours] * bool(observed.own) + [theirs] * bool(others)) or "0"


def priority_words(issue: Issue) -> str:
    """Hög: stort behov, stor möjlighet att påverka"""
    judged = [words[degree] for words, degree in ((NEED, issue.need), (INFLUENCE, issue.influence)) if degree]
    if issue.priority is None:
        return f"Inte satt än: {judged[0]}" if judged else "Inte satt än"
    level = "Hög" if issue.priority >= 6 else "Medel" if issue.priority >= 3 else "Låg"
    return f"{level}: {', '.join(judged)}"


def kind_words(issue: Issue) -> str:
    """Plats eller företeelse, belysning"""
    return f"{issue.get_kind_display()}, {issue.category.name.lower()}" if issue.category else issue.get_kind_display()


def list_words(total: int, counted: str, waiting: int, silent: int) -> str:
    """23 ärenden. Sex väntar på svar, tre av dem för länge. `counted` says a total too large to count."""
    if not total:
        return "Inga ärenden."
    words = capital(in_words(total, "ärende", "ärenden", neuter=True)) if total <= 12 else f"{counted} ärenden"
    if not waiting:
        return f"{words}."
    who = "Alla" if waiting == total > 1 else "Det" if total == 1 else capital(number_word(waiting, neuter=True))
    if silent == waiting:
        return f"{words}. {who} har väntat på svar för länge."
    late = f", {number_word(silent, neuter=True)} av dem för länge" if silent else ""
    return f"{words}. {who} väntar på svar{late}."


def audience_words(audience: Audience) -> str:
    """Who will read the feedback: "Fyra personer från Polisen och Socialförvaltningen har rapporterat och läser …"."""
    if not audience.people:
        return "Ingen har rapporterat om det här, så meningen står bara på ärendets sida."
    who = capital(in_words(audience.people, "person", "personer"))
    words = f"{who} från {listed(audience.organisations)} har rapporterat om det här och läser det du skriver."
    if not audience.from_outside:
        return words
    heard = in_words(audience.from_outside, "observation", "observationer")
    return f"{words} {capital(heard)} kom från någon utanför gruppen, som rapportören själv får berätta för."
