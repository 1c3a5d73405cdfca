"""What somebody is asked to do, said as Swedish says it: "att laga lampan" where the words begin with a known verb.

Words that begin otherwise are not guessed at: they stand after a colon, as they were written.
"""

INFINITIVES = frozenset(
    """
    anlägga anmäla anordna ansluta ansöka asfaltera avsätta avtala belysa beskära besluta besöka bevaka bjuda boka
    bygga byta erbjuda ersätta flytta fylla följa förbereda förbjuda förlänga förstärka ge genomföra grusa gräva
    göra hugga hyra hämta hålla informera införa inspektera inventera kalla kartlägga klippa komplettera kontakta
    kontrollera köpa köra laga lyfta lägga lämna låsa låta märka mäta måla ordna placera planera plantera plocka
    pröva rapportera redovisa rensa reparera ringa riva rondera röja samla samordna sanda sanera se skapa skicka
    skotta skriva skylta sköta släcka sopa spola städa ställa stänga sänka sätta såga söka ta tillsätta tvätta tända
    tömma undersöka utbilda utreda utse utvärdera utöka vattna visa välja återställa åtgärda öka öppna överväga
    """.split()  # noqa: SIM905  # a list of words reads as one
)
IMPERATIVES = {
    "bygg": "bygga", "byt": "byta", "gör": "göra", "håll": "hålla", "inför": "införa", "klipp": "klippa",
    "lägg": "lägga", "släck": "släcka", "ställ": "ställa", "stäng": "stänga", "sätt": "sätta", "töm": "tömma",
    "tänd": "tända", "undersök": "undersöka", "utred": "utreda",
}  # fmt: skip
"""Only those that are no noun as well, as "lås" is."""


def asked_to(whom: object, what: str) -> str:
    """Whom, and what they are asked to do: Tekniska förvaltningen att laga grinden; else with a colon between."""
    first, *rest = what.rstrip(".").split(" ")
    verb = IMPERATIVES.get(first.lower(), first.lower())
    asked_for_more = verb != first.lower() and "och" in rest  # the next may be a verb too, and would stay as it is
    is_sentence = verb in INFINITIVES and not asked_for_more
    return f"{whom} att {' '.join([verb, *rest])}" if is_sentence else f"{whom}: {what.rstrip('.')}"
