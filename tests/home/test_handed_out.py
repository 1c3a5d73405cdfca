"""The samordnare's page: everything handed out by organisation, to remind of and to take up without leaving it."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from issues.models import Action, Event
from meetings.agenda.building import agenda
from meetings.agenda.ordering import remove_line
from meetings.agenda.standing import standing_among
from meetings.models import AgendaItem, Meeting
from members.actor import Actor
from members.models import Member, Organisation
from tests.days import in_days, today
from tests.factories import ActionFactory, IssueFactory, MeetingFactory, OrganisationFactory
from tests.pages import Response


def handed(organisation: Organisation, title: str, state: str = "proposed", **facts: Any) -> Action:
    given = {f"assignment__{name}": value for name, value in facts.items()}
    return ActionFactory(title=title, state=state, assignment__organisation=organisation, **given)


def page(client: Client, query: str = "") -> Response:
    return client.get(reverse("handed_out") + query)


def groups(client: Client, query: str = "") -> list[tuple[str, list[str]]]:
    found = page(client, query).context["parts"]
    return [(str(part.organisation), [row.action.title for row in part.rows]) for part in found]


def titles(client: Client, query: str = "") -> list[str]:
    return [title for _, under in groups(client, query) for title in under]


@pytest.fixture
def outside(db: None) -> Organisation:
    return OrganisationFactory(name="Trafikverket", kind=Organisation.Kind.OTHER, in_group=False)


@pytest.fixture
def everything(technical: Organisation, housing: Organisation, outside: Organisation) -> None:
    handed(housing, "Gården")
    handed(technical, "Väntar")
    handed(technical, "Tyst", answer_due=in_days(-1))
    handed(technical, "Sen", "ongoing", answer="accepted", planned=in_days(-1))
    handed(technical, "Pågår", "ongoing", answer="accepted", planned=today())
    handed(technical, "Undrar", "question", answer="question", text="Var?")
    handed(outside, "Vägen", external_ref="TRV-12")
    handed(technical, "Utkastet", "draft")


def test_it_stands_by_organisation_in_the_order_of_the_group(as_coordinator: Client, everything: None) -> None:
    assert groups(as_coordinator) == [
        ("Tekniska förvaltningen", ["Undrar", "Tyst", "Sen", "Väntar", "Pågår"]),
        ("Witalabostäder AB", ["Gården"]),
        ("Trafikverket", ["Vägen"]),
    ]


def test_what_waits_for_nobody_is_folded_unless_it_is_asked_for(
    as_coordinator: Client, everything: None, technical: Organisation
) -> None:
    handed(technical, "Klar nu", "done", answer="accepted", planned=today())

    def folds(query: str = "") -> list[tuple[str, str]]:
        html = page(as_coordinator, query).content.decode()
        return re.findall(r'<details class="more"( open)?>\s*<summary>(.*?)<span', html)

    part = page(as_coordinator).context["parts"][0]
    assert [row.action.title for row in part.waiting] == ["Undrar", "Tyst", "Sen", "Väntar"]
    assert folds() == [("", "En pågående och en klar")]
    assert folds("?lage=klara") == [(" open", "En klar")]
    assert folds(f"?organisation={technical.pk}") == [(" open", "En pågående och en klar")]


def test_who_has_not_answered_in_time_is_named_first(
    as_coordinator: Client, everything: None, technical: Organisation, housing: Organisation
) -> None:
    handed(housing, "Tyst gård", answer_due=in_days(-3))
    behind = page(as_coordinator).context["filter"].behind

    assert [(words, [(tab.label, tab.count) for tab in tabs]) for words, tabs in behind] == [
        ("Har inte svarat i tid", [("Tekniska förvaltningen", 1), ("Witalabostäder AB", 1)]),
        ("Försenade", [("Tekniska förvaltningen", 1)]),
    ]
    assert behind[0][1][1].url == f"?organisation={housing.pk}"


@pytest.mark.parametrize(
    ("stage", "shown"),
    [
        ("obesvarade", ["Tyst", "Väntar", "Gården", "Vägen"]),
        ("forsenade", ["Sen"]),
        ("pagar", ["Pågår"]),
        ("samordnaren", ["Undrar"]),
        ("annan", ["Vägen"]),
        ("klara", []),
    ],
)
def test_a_stage_has_its_own_and_its_tab_counts_them(
    as_coordinator: Client, everything: None, stage: str, shown: list[str]
) -> None:
    tabs = {tab.url: tab.count for tab in page(as_coordinator).context["filter"].tabs}

    assert titles(as_coordinator, f"?lage={stage}") == shown
    assert tabs[f"?lage={stage}"] == len(shown)


def test_an_organisation_narrows_it(as_coordinator: Client, everything: None, housing: Organisation) -> None:
    assert titles(as_coordinator, f"?organisation={housing.pk}") == ["Gården"]


def test_what_lies_with_another_tells_whose_number_and_since_when(as_coordinator: Client, everything: None) -> None:
    html = page(as_coordinator, "?lage=annan").content.decode()

    assert 'Trafikverket <span class="mark">Utanför gruppen</span>' in html
    assert "Eget ärendenummer: TRV-12. Ligger hos annan sedan" in html


def test_what_was_declined_or_done_stands_since_the_last_meeting(
    as_coordinator: Client, representative: Member, technical: Organisation
) -> None:
    MeetingFactory(state=Meeting.State.CLOSED, starts_at=timezone.now() - timedelta(days=7))
    handed(technical, "Klar nu", "done", answer="accepted", planned=today())
    old = timezone.now() - timedelta(days=9)
    ActionFactory(title="Klar då", state="done", done_at=old, assignment__organisation=technical)
    no: dict[str, Any] = {"reason": "budget", "text": "Nej.", "next_step": "I vår."}
    handed(technical, "Nej nu").current.decline(by=Actor.of(representative), **no)
    handed(technical, "Nej då").current.decline(by=Actor.of(representative), at=old, **no)

    assert titles(as_coordinator) == ["Nej nu", "Klar nu"]
    assert titles(as_coordinator, "?lage=klara") == ["Klar nu"]


def test_what_is_restricted_is_not_there_for_one_who_is_not_named(
    as_coordinator: Client, technical: Organisation
) -> None:
    ActionFactory(title="Hemlig", issue__restricted=True, assignment__organisation=technical)

    assert titles(as_coordinator) == []
    assert page(as_coordinator).context["filter"].total == 0


# Without leaving it


def test_one_click_reminds_and_leads_back_to_the_row(
    as_coordinator: Client, representative: Member, technical: Organisation
) -> None:
    action = handed(technical, "Tyst", answer_due=in_days(-1))
    address = f"{reverse('issues:action_remind', args=[action.pk])}?utdelat={action.pk}&lage=obesvarade"

    html = page(as_coordinator, "?lage=obesvarade").content.decode()
    response = as_coordinator.post(address, {"paminn-version": action.version})
    told = as_coordinator.get(response["Location"]).content.decode()

    assert address.replace("&", "&amp;") in html
    assert response["Location"] == f"/atgarder/utdelat/?lage=obesvarade#atgard-{action.pk}"
    assert Event.objects.filter(kind=Event.Kind.REMINDED, action=action).count() == 1
    assert "Påmind i dag" in told


def test_one_click_puts_it_on_the_next_agenda_and_leads_back(
    as_coordinator: Client, coordinator: Member, technical: Organisation
) -> None:
    meeting = MeetingFactory()
    action = ActionFactory(issue=IssueFactory(state="on_hold"), assignment__organisation=technical)
    address = f"{reverse('meetings:agenda_add', args=[meeting.pk])}?utdelat={action.pk}"

    html = page(as_coordinator).content.decode()
    response = as_coordinator.post(address, {"number": action.issue.number})
    after = page(as_coordinator).content.decode()

    assert (address in html, address in after) == (True, False)
    assert response["Location"] == f"/atgarder/utdelat/#atgard-{action.pk}"
    assert AgendaItem.objects.filter(meeting=meeting, issue=action.issue, removed=False).count() == 1
    assert "På dagordningen" in after


def test_what_stands_there_is_what_the_agenda_says(coordinator: Member, technical: Organisation) -> None:
    meeting, member = MeetingFactory(), coordinator
    silent = handed(technical, "Tyst", answer_due=in_days(-1)).issue
    waiting, resting = handed(technical, "Väntar").issue, IssueFactory(state="on_hold")
    ActionFactory(issue=resting, assignment__organisation=technical)
    removed = handed(technical, "Borttagen").issue
    line = next(line for heading in agenda(meeting, member) for line in heading.lines if line.issue == removed)
    remove_line(meeting, line.key, by=Actor.of(member))

    issues = {silent.pk, waiting.pk, resting.pk, removed.pk}
    said = {line.issue.pk for heading in agenda(meeting, member) for line in heading.lines if line.issue}

    assert standing_among(meeting, issues, member, today()) == said & issues == {silent.pk, waiting.pk}


def test_without_a_meeting_there_is_nothing_to_put_it_on(as_coordinator: Client, technical: Organisation) -> None:
    handed(technical, "Väntar")

    html = page(as_coordinator).content.decode()

    assert "dagordning" not in html
    assert "Ta upp" not in html


def test_a_closed_issue_is_not_offered_to_the_agenda(as_coordinator: Client, technical: Organisation) -> None:
    MeetingFactory()
    ActionFactory(issue=IssueFactory(state="closed"), state="done", assignment__organisation=technical)

    assert "Ta upp" not in page(as_coordinator).content.decode()


@pytest.mark.parametrize("query", ["?lage=%00", "?organisation=99999999999999999999", "?sida=abc"])
def test_nonsense_in_the_address_is_a_page_all_the_same(as_coordinator: Client, everything: None, query: str) -> None:
    assert len(titles(as_coordinator, query)) == 7


def test_the_start_page_and_the_list_lead_there(as_coordinator: Client, everything: None) -> None:
    link = f'href="{reverse("handed_out")}"'

    assert link in as_coordinator.get(reverse("start")).content.decode()
    assert link in as_coordinator.get(reverse("issues:action_list")).content.decode()


def test_the_list_of_another_does_not_lead_there(as_representative: Client, everything: None) -> None:
    html = as_representative.get(f"{reverse('issues:action_list')}?vy=alla").content.decode()

    assert reverse("handed_out") not in html
    assert page(as_representative).status_code == 403
