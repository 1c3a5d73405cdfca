"""What somebody is asked to do, said as Swedish says it: "att laga lampan" where the words begin with a known verb.

Words that begin otherwise are not guessed at: they stand after a colon, as they were written.
"""

INFINITIVES = frozenset(
    """
    anlägga anmäla anordna ansluta ansöka asfaltera avsätta avtala belysa bemanna beskära besluta besöka bevaka bjuda
    boka bygga byta delta erbjuda ersätta flytta fylla följa förbereda förbjuda förlänga förstärka ge genomföra grusa
    gräva gå göra ha hugga hyra hålla hämta informera införa inspektera inventera kalla kartlägga klippa komplettera
    kontakta kontrollera köpa köra laga lyfta låsa låta lägga lämna minska måla märka mäta ordna patrullera placera
    planera plantera plocka pröva rapportera redovisa rensa reparera ringa riva rondera röja samla samordna sanda
    sanera se skapa skicka skotta skriva skylta sköta släcka sopa spola städa ställa stänga svara såga sänka sätta söka
    ta tillsätta tvätta tända tömma undersöka uppdatera utbilda utreda utse utvärdera utöka vattna visa välja återkomma
    återställa åtgärda öka öppna överväga
    """.split()  # noqa: SIM905  # a list of words reads as one
)
IMPERATIVES = {
    "anlägg": "anlägga", "beskär": "beskära", "bygg": "bygga", "byt": "byta", "ersätt": "ersätta",
    "förbered": "förbereda", "förläng": "förlänga", "förstärk": "förstärka", "genomför": "genomföra", "gräv": "gräva",
    "gör": "göra", "håll": "hålla", "inför": "införa", "klipp": "klippa", "lägg": "lägga", "märk": "märka",
    "mät": "mäta", "röj": "röja", "skriv": "skriva", "släck": "släcka", "ställ": "ställa", "stäng": "stänga",
    "sänk": "sänka", "sätt": "sätta", "tillsätt": "tillsätta", "töm": "tömma", "tänd": "tända",
    "undersök": "undersöka", "utred": "utreda",
}  # fmt: skip
"""Only those that are no noun as well, as "lås" is; at the beginning, where a noun has no need to stand alone."""

SOMETHING_ELSE = frozenset({"håll", "inför", "klipp", "ställ", "sätt"})
"""Verbs that are another word as well once they stand inside a sentence: "tider och sätt"."""
UP_OR_DOWN = frozenset("av dit fast fram i igång in ner om på till undan upp ut över".split())  # noqa: SIM905
"""Words after such a one by which it is the verb: "sätt upp"."""


def asked_to(whom: object, what: str) -> str:
    """Whom, and what they are asked to do: Tekniska förvaltningen att laga grinden; else with a colon between.

    Of several things each verb is said so: att byta lampan och sätta upp en skylt. Where it is not sure that the next
    is a verb, "Byt lampor och skyltar", the words stand as they are.
    """
    words = what.rstrip(".").split(" ")
    verb = _infinitive(words[0])
    joined = [place for place, word in enumerate(words) if place and words[place - 1].lower() == "och"]
    known = {place: _joined_infinitive(words, place) for place in joined}
    has_to_know = verb != words[0].lower() or any(words[place].lower() in SOMETHING_ELSE for place in joined)
    if not verb or (has_to_know and not all(known.values())):
        return f"{whom}: {' '.join(words)}"
    said = [known.get(place) or word for place, word in enumerate(words)]
    return f"{whom} att {' '.join([verb, *said[1:]])}"


def _infinitive(word: str) -> str:
    """The verb as it stands after "att"; empty where it is none that is known."""
    small = word.lower()
    return IMPERATIVES.get(small) or (small if small in INFINITIVES else "")


def _joined_infinitive(words: list[str], place: int) -> str:
    """The verb that "och" joins to the one before; empty where it may be something else."""
    if words[place].lower() in SOMETHING_ELSE and not UP_OR_DOWN.intersection(words[place + 1 : place + 2]):
        return ""
    return _infinitive(words[place])
