"""A register that does not answer for a while: nothing that was written is lost, and nothing is told twice."""

import pytest
from django.db import OperationalError
from playwright.sync_api import Browser, Route, expect

from issues.answer_link import address_for
from issues.forms.answer import AskForm
from issues.forms.report import ReportForm
from issues.models import Action, Answer, Observation
from members.models import Member, Organisation
from tests.browser.conftest import Enter
from tests.factories import ActionFactory, AgendaItemFactory, CategoryFactory
from tests.meetings.meetings import under_way

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def chromium(peoples_browser: Browser) -> Browser:
    return peoples_browser


def test_a_report_is_sent_again_from_the_page_that_tells_of_it(
    enter: Enter, representative: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    CategoryFactory(name="Belysning")
    save, times = ReportForm.save, iter([OperationalError, OperationalError])

    def away_twice(form: ReportForm) -> Observation:
        for error in times:
            raise error
        return save(form)

    monkeypatch.setattr(ReportForm, "save", away_twice)
    omar = enter(representative)
    omar.opens("/rapportera/")
    omar.chooses("Belysning")
    omar.writes("Var?", "Norra gångtunneln")
    omar.writes("Berätta", "Två lampor är släckta i tunneln.")
    for button in ("Skicka observationen", "Skicka det jag skrev"):
        omar.page.get_by_role("button", name=button).click()
        omar.reads_heading("Registret svarar inte just nu")
        omar.complaints.clear()  # the browser says that it was answered 503
    omar.presses("Skicka det jag skrev")

    omar.reads_heading("Tack")
    assert Observation.objects.get().where == "Norra gångtunneln"
    omar.opens("/")
    assert omar.page.evaluate("Object.values(JSON.parse(sessionStorage.utkast || '{\"drafts\": {}}').drafts)") == []


def test_an_answer_by_link_is_sent_again_too_though_its_browser_tells_no_origin(
    enter: Enter, representative: Member, technical: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ActionFactory(assignment__organisation=technical)
    save, times = AskForm.save, iter([OperationalError, OperationalError])

    def away_twice(form: AskForm) -> Action:
        for error in times:
            raise error
        return save(form)

    monkeypatch.setattr(AskForm, "save", away_twice)
    someone = enter(representative, signed_in=False)
    someone.opens(address_for(asked.current))
    someone.unfolds("Begär komplettering")
    someone.writes("Er fråga till gruppen", "Vilka lampor är det?")
    for button in ("Begär komplettering", "Skicka det jag skrev"):
        someone.page.get_by_role("button", name=button).click()
        someone.reads_heading("Registret svarar inte just nu")
        someone.complaints.clear()  # the browser says that it was answered 503
    someone.presses("Skicka det jag skrev")

    someone.reads("begär komplettering: ”Vilka lampor är det?”")
    assert Answer.objects.get().text == "Vilka lampor är det?"


def test_a_note_says_that_it_waits_and_is_sent_again_by_itself(enter: Enter, coordinator: Member) -> None:
    item = AgendaItemFactory(meeting=under_way(coordinator), title="Skolavslutningen")
    maja = enter(coordinator)
    maja.opens(item.get_absolute_url())
    address = maja.page.locator("[data-note]").get_attribute("data-note")

    def away(route: Route) -> None:
        route.fulfill(status=503, headers={"Retry-After": "5"}, body="<!doctype html>", content_type="text/html")

    maja.page.route(f"**{address}", away, times=1)
    maja.writes("Notering", "Vuxna behövs vid badet.")

    maja.reads("Noteringen är inte sparad än: registret svarar inte. Den skickas igen av sig själv.")
    maja.complaints.clear()
    expect(maja.page.get_by_text("Sparat ")).to_be_visible(timeout=10_000)
    item.refresh_from_db()
    assert item.note == "Vuxna behövs vid badet."
