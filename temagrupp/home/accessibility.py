"""Tillgänglighetsredogörelse: what lag (2018:1937) asks a register like this to tell, kept true beside the page.

Who changes what one can do here, or finds something that does not work, changes the data and its dates with it.
"""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from members.models import Group

ASSESSED_ON = date(2026, 11, 28)
UPDATED_ON = date(2026, 11, 28)

TESTS = (
    "Varje sida granskas av verktyget axe, på telefon och dator, ljust och mörkt: kontrast, fältens namn, rubriker.",
    "Varje sida visas i fönster från 320 till 1920 bildpunkter, också så smalt som vid 400 procents förstoring.",
    "Det man trycker på mäts på telefon: knappar och fält minst 44 bildpunkter, länkar i text minst 24.",
    "Arbetsuppgifterna görs från början till slut med enbart tangentbord, och delvis utan skript.",
    "Sidorna visas med systemets färger för hög kontrast, och rapporten med dubbelt så stor text på telefon.",
    "PDF-dokumenten görs enligt PDF/UA-1 och PDF/A-2a, med rubriker, tabeller och läsordning märkta.",
)
"""What was done to find out, as the tests of the register do it at each change."""


@dataclass(frozen=True)
class Shortcoming:
    """What is known not to work, or is not known to: for whom, why, and what one can do instead."""

    about: str
    what: str
    instead: str


SHORTCOMINGS = (
    Shortcoming(
        "Skärmläsare och röststyrning",
        "Registret är byggt för dem och granskat med verktyg, men ingen som använder dem till vardags har prövat det "
        "än. Det kan därför finnas hinder som vi inte känner till.",
        "Skriv till oss om något inte går att läsa eller göra, så hjälper vi dig och rättar det.",
    ),
    Shortcoming(
        "Word-dokument",
        "De har märkta rubriker och tabeller, men är inte kontrollerade mot standardens krav på dokument.",
        "Samma innehåll finns som PDF, som kontrolleras när den görs, och på mötets sida.",
    ),
    Shortcoming(
        "PDF på kinesiska, japanska och koreanska",
        "Tecken i de skrifterna saknas i PDF-dokumentens typsnitt och visas som prickade rutor.",
        "Texten står hel på webbsidan och i Word-dokumentet.",
    ),
    Shortcoming(
        "Äldre webbläsare",
        "Menyn och sökrutan på telefon öppnas bara i webbläsare från 2023, i Firefox från 2024: Chrome och "
        "Edge 114, Safari 17 och Firefox 125, eller senare.",
        "Sidorna nås också från länkarna på startsidan och hjälpsidan.",
    ),
)


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The page, for whoever asks: who cannot sign in must be able to say so."""
    context = {
        "group": Group.current(),
        "tests": TESTS,
        "shortcomings": SHORTCOMINGS,
        "assessed_on": ASSESSED_ON,
        "updated_on": UPDATED_ON,
    }
    return render(request, "home/accessibility.html", context)
