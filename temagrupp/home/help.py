"""Så fungerar registret: what each role does in it, what each page is for, and the keys."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from issues.rules import may_report, may_triage
from members.access import MemberRequest
from members.models import Member
from members.rules import answers_for_somebody, follows_from_the_side, has_a_seat, is_guest


@dataclass(frozen=True)
class Part:
    """A part of the help, for the members that the rule names."""

    heading: str
    rule: Callable[[Member], bool]
    steps: tuple[str, ...]


PARTS = (
    Part(
        "Du håller ihop gruppens arbete",
        may_triage,
        (
            "Sortera nya observationer: var och en blir ett ärende, hör till ett som finns, noteras eller avvisas.",
            "Hör flera observationer ihop markerar du dem och sorterar dem tillsammans.",
            "Planera mötet. Dagordningen bygger sig själv ur registret; du ordnar, lägger till och tar bort.",
            "Skriv notering, beslut och åtgärder under mötet. När du avslutar det är mötesanteckningarna klara.",
            "Avslutade du mötet för tidigt? I tio minuter kan avslutet ångras på mötets sida.",
            "Följ upp det som är obesvarat, försenat eller ska stämmas av. Svar på telefon eller i mejl skriver du in.",
        ),
    ),
    Part(
        "Du rapporterar det du ser",
        may_report,
        (
            "Välj vad det är, var och när. Det tar under en minut, och en misstanke räcker.",
            "På startsidan får du återkoppling på dina rapporter.",
            "På ett ärendes sida kan du rapportera att du har sett samma sak, följa ärendet och anteckna i det.",
        ),
    ),
    Part(
        "Du svarar för en organisation",
        answers_for_somebody,
        (
            "Gruppens frågor till er står på startsidan. Svara ja med en dag eller nej med ett skäl.",
            "Den som inte har konto svarar med länken i mejlet till er brevlåda. Svaret står då som ert, via länk.",
            "Behöver ni veta mer begär du komplettering. Är frågan någon annans skickar du den vidare.",
            "Ett svar som blev fel kan du ta tillbaka i tio minuter.",
            "När ni har åtagit er en åtgärd: meddela när den påbörjas, hur långt den har kommit och när den är klar.",
            "Ändras dagen, skriv varför.",
        ),
    ),
    Part(
        "Du har en plats på mötet",
        has_a_seat,
        (
            "Kan du inte komma trycker du på Jag kan inte på startsidan. Har den ordinarie förhinder går ersättaren.",
            "Har ni inget att rapportera? Säg det med ett tryck på startsidan, så vet gruppen att det är lugnt.",
        ),
    ),
    Part(
        "Du följer gruppens arbete",
        follows_from_the_side,
        ("Läs ärenden, åtgärder och avslutade möten. Enskilda observationer visas inte för dig.",),
    ),
    Part(
        "Du är inbjuden till en punkt",
        is_guest,
        ("Din punkt står på startsidan, med dag, tid och plats. Resten av mötet är gruppens.",),
    ),
)


@require_safe
def help_page(request: MemberRequest) -> HttpResponse:
    parts = [part for part in PARTS if part.rule(request.user)]
    return render(request, "home/help.html", {"parts": parts})
