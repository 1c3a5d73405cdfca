"""Så hanterar vi uppgifter: what the register keeps and why, who sees it, and where what concerns persons belongs."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from members.models import Group


@dataclass(frozen=True)
class Sight:
    """What those of one role see, in the words of the group; the rules are those of `rules.py` of each app."""

    role: str
    sees: str


SIGHTS = (
    Sight(
        "Samordnaren",
        "Allt utom det som har begränsad spridning och där samordnaren inte är namngiven.",
    ),
    Sight(
        "Ordinarie och ersättare",
        "Gruppens observationer, ärenden, åtgärder och möten, utom det som har begränsad spridning. Vem som "
        "rapporterade ser de för sin egen organisation; för andras ser de bara vilken organisation det var.",
    ),
    Sight(
        "Handläggare",
        "De ärenden där organisationen har eller har haft en åtgärd, med deras observationer men inte vem som "
        "rapporterade. Ingenting annat.",
    ),
    Sight(
        "Läsare, till exempel kommunens ledningsgrupp",
        "Ärenden, åtgärder och avslutade möten. Inga enskilda observationer.",
    ),
    Sight("Inbjuden till en punkt", "Den egna punkten på dagordningen. Ingenting annat."),
)


@dataclass(frozen=True)
class Cookie:
    """A cookie as it is told: what it is for and how long the browser keeps it."""

    name: str
    purpose: str
    lasts: str


COOKIES = (
    Cookie("sessionid", "Att du är inloggad.", "30 dagar, eller tills du loggar ut."),
    Cookie("csrftoken", "Att ett formulär kommer från registrets egen sida.", "Ett år."),
    Cookie("device", "Att du har loggat in i den här webbläsaren förut, så att ingen kan stänga dig ute.", "Ett år."),
    Cookie("messages", "Kvittot som nästa sida visar, till exempel att något är sparat.", "Tills sidan har visats."),
    Cookie("tried", "Att samma sak skickades nyss, när registret inte svarade.", "Några minuter."),
)


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """The page, the same for whoever asks: whom it concerns may not be a member."""
    context = {"group": Group.current(), "sights": SIGHTS, "cookies": COOKIES}
    return render(request, "home/privacy.html", context)
