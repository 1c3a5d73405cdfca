"""A question is answered and carried out from the mails alone, by one who has no account."""

from __future__ import annotations

import re

import pytest
from django.core.mail import EmailMessage

from issues.models import Action
from members.actor import Actor
from members.models import Organisation
from tests.browser.cast import Cast, cast
from tests.browser.conftest import Enter
from tests.browser.test_called import Postman
from tests.days import in_days
from tests.factories import IssueFactory
from tests.the import the

__all__ = ["cast"]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("way", ["phone", "phone without scripts"], indirect=True),
]


def link(letter: EmailMessage) -> str:
    [address] = set(re.findall(r"/besked/[^\s/]+/", str(letter.body)))
    return str(address)


def test_a_question_is_answered_and_done_from_the_mail(enter: Enter, cast: Cast) -> None:
    omar, by = cast.street_manager, Actor.of(cast.coordinator)
    technical = the(omar.organisation)
    Organisation.objects.filter(pk=technical.pk).update(mailbox="gata@exempel.se")
    issue = IssueFactory(title="Mörkt vid Åparken", where="Åparken", opened_by=cast.coordinator)
    action = Action.draft(
        issue=issue, organisation=technical, title="Byt lamporna", text="Fyra lampor.", wished=in_days(20), by=by
    )
    action.propose(by=by)
    postman = Postman()

    asked = postman.brings()["gata@exempel.se"]
    someone, maja = enter(omar, signed_in=False), enter(cast.coordinator)
    someone.opens(link(asked))
    someone.reads_heading("Byt lamporna")
    someone.reads("Fyra lampor.")
    assert Action.objects.get(pk=action.pk).is_asked  # whoever looks has said nothing
    someone.presses("Svara ja")
    someone.reads("Tekniska förvaltningen åtar sig åtgärden.")

    brought = postman.brings()
    assert "Ert svar är noterat: Byt lamporna" in str(brought["gata@exempel.se"].subject)
    assert "Svar från Tekniska förvaltningen" in str(brought[cast.coordinator.email].subject)
    maja.opens(action.get_absolute_url())
    maja.reads("Svaret kom via länk.")

    someone.opens(link(brought["gata@exempel.se"]))
    someone.unfolds("Berätta hur långt det har kommit")
    someone.writes("Hur långt har det kommit?", "2 av 4 lampor")
    someone.presses("Spara läget")
    someone.reads("2 av 4 lampor,")
    someone.unfolds("Rapportera klar")
    someone.writes("Vad gjordes?", "Alla fyra är bytta.")
    someone.presses("Rapportera klar")
    someone.reads("Länken har gjort sitt och slutar gälla.")

    maja.opens(action.get_absolute_url())
    maja.reads("”Alla fyra är bytta.”")
