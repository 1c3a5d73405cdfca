"""The two who follow up: a förvaltning its own, the samordnare everything handed out; both stay where they are."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from issues.models import Action, Assignment, Event
from meetings.models import AgendaItem
from members.models import Member, Organisation
from tests.browser.conftest import Enter
from tests.browser.person import Person
from tests.days import in_days, today
from tests.factories import ActionFactory, AnswersForFactory, IssueFactory, MeetingFactory, MemberFactory

pytestmark = pytest.mark.browser

WAYS = pytest.mark.parametrize(
    "way", ["phone", "desktop", "phone without scripts", "desktop by keyboard"], indirect=True
)


def row_of(person: Person, action: Action) -> Locator:
    return person.page.locator(f"#atgard-{action.pk}")


@WAYS
def test_a_forvaltning_takes_on_and_hands_to_a_colleague_from_its_own_page(
    enter: Enter, transactional_db: None, representative: Member, technical: Organisation
) -> None:
    AnswersForFactory(member=MemberFactory(name="Gun Prototyp"), organisation=technical)
    asked = {"assignment__organisation": technical, "assignment__budget_year": today().year}
    others = [ActionFactory(title=f"Lampa {number}", **asked) for number in range(4)]
    action = ActionFactory(title="Gångtunneln", **asked)
    omar = enter(representative)
    omar.opens("/atgarder/")
    omar.picks("Budgetår", f"budgetår {today().year}")
    omar.presses("Visa")

    omar.beside("Gångtunneln").presses("Ta hand om")

    expect(row_of(omar, action)).to_be_in_viewport()
    omar.beside("Gångtunneln").reads("Du är handläggare.")
    handling = omar.beside("Gångtunneln").unfolds("Byt handläggare")
    handling.picks("Handläggare för Gångtunneln", "Gun Prototyp")
    handling.presses("Lämna")
    expect(row_of(omar, action)).to_be_in_viewport()
    omar.beside("Gångtunneln").reads("Gun Prototyp är handläggare.")
    assert "budgetar=" in omar.page.url

    omar.follows("Gångtunneln")
    handling = omar.unfolds("Handläggare, ärendenummer, budgetår och kostnad")
    handling.picks("Budgetår", str(today().year + 1))
    handling.presses("Spara")
    omar.reads("Handläggningen är sparad.")
    omar.opens(f"/atgarder/?vy=egna&budgetar={today().year + 1}")
    with omar.page.expect_download() as download:
        omar.page.get_by_role("link", name="CSV").click()
    rows = download.value.path().read_text("utf-8-sig").splitlines()
    assert (len(rows), ";Gångtunneln;" in rows[-1]) == (2, True)

    assert Assignment.objects.get(action=action).budget_year == today().year + 1
    assert str(Assignment.objects.get(action=action).handler) == "Gun Prototyp"
    assert not Assignment.objects.filter(action__in=others, handler__isnull=False).exists()


@WAYS
def test_the_samordnare_reminds_and_takes_up_from_the_page_of_all_that_is_handed_out(
    enter: Enter, transactional_db: None, coordinator: Member, representative: Member, technical: Organisation
) -> None:
    meeting = MeetingFactory()
    for number in range(6):
        ActionFactory(title=f"Lampa {number}", assignment__organisation=technical, assignment__answer_due=in_days(-9))
        promised = {"assignment__answer": "accepted", "assignment__planned": in_days(20)}
        ActionFactory(title=f"Klar {number}", state="done", assignment__organisation=technical, **promised)
    waiting = {"assignment__organisation": technical, "assignment__answer_due": in_days(9)}
    action = ActionFactory(title="Gångtunneln", issue=IssueFactory(state="on_hold"), **waiting)
    maja = enter(coordinator)
    maja.opens("/atgarder/utdelat/")
    maja.reads_heading("Svar över tid")

    maja.beside("Gångtunneln").presses("Påminn")

    expect(row_of(maja, action)).to_be_in_viewport()
    maja.beside("Gångtunneln").reads("Påmind i dag")
    maja.beside("Gångtunneln").presses("Ta upp")
    expect(row_of(maja, action)).to_be_in_viewport()
    maja.beside("Gångtunneln").reads("På dagordningen")
    assert Event.objects.filter(kind=Event.Kind.REMINDED, action=action).count() == 1
    assert AgendaItem.objects.filter(meeting=meeting, issue=action.issue).count() == 1
