"""How many statements each page sends to the database, and that it sends as many for three rows as for one.

The numbers are exact: one that falls is written down too. One world is measured with one of everything, and three.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from issues.answer_link import address_for as question_address_for
from meetings.answer_link import address_for
from meetings.feed import token_for
from meetings.models import AgendaItem, CalendarFeed
from members.actor import Voice
from members.models import Member
from tests.factories import (
    ActionFactory,
)
from tests.home.growing_world import World
from tests.issues.old_list import kept as kept_list
from tests.members.importing import kept

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Page:
    """A page, who opens it, and the number of statements it may send."""

    name: str
    who: str
    statements: int
    address: Callable[[World], str]
    during: bool = False  # a meeting


def route(name: str, query: str = "") -> Callable[[World], str]:
    return lambda world: reverse(name) + query


def of(name: str, route: str = "", query: str = "") -> Callable[[World], str]:
    """The page of the world's thing with that name, or the address of a route that takes its key."""

    def address(world: World) -> str:
        thing = getattr(world, name)
        return (reverse(route, args=[thing.pk]) if route else thing.get_absolute_url()) + query

    return address


def line_to_move(world: World) -> str:
    item = AgendaItem.objects.filter(meeting=world.meeting, presenters__member=world.representative)[0]
    return reverse("meetings:agenda_move", args=[world.meeting.pk, item.key])


def chosen(world: World, route: str) -> str:
    choice = {"lage": "alla", "kategori": world.issue.category_id, "organisation": world.technical.pk}
    return f"{reverse(route)}?{urlencode(choice)}"


def a_whole_text(world: World) -> str:
    return reverse("redaction:redact_text", args=["issues_issue", "title", world.told.pk])


def a_sheet(name: str) -> Callable[[World], str]:
    return lambda world: reverse(name, args=[kept(world.by).pk])


def an_old_list(name: str) -> Callable[[World], str]:
    return lambda world: reverse(name, args=[kept_list(world.by).pk])


def a_question_link(world: World) -> str:
    return question_address_for(ActionFactory(issue=world.issue, assignment__organisation=world.technical).current)


def a_copy_of_a_question_link(world: World) -> str:
    question = ActionFactory(issue=world.issue, assignment__organisation=world.technical).current
    return question_address_for(question, world.representative)


def a_link_of_what_is_answered(world: World) -> str:
    question = ActionFactory(issue=world.issue, assignment__organisation=world.technical).current
    question.accept(by=Voice.by_link(world.technical), planned=timezone.localdate())
    return question_address_for(question)


def a_link_of_what_is_done(world: World) -> str:
    action = ActionFactory(issue=world.issue, assignment__organisation=world.technical)
    action.current.accept(by=Voice.by_link(world.technical), planned=timezone.localdate())
    action.finish(note="Lagat.", by=Voice.by_link(world.technical))
    return question_address_for(action.current)


def a_link_of_what_is_passed_on(world: World) -> str:
    question = ActionFactory(issue=world.issue, assignment__organisation=world.technical).current
    question.pass_on(by=Voice.by_link(world.technical), to=world.housing)
    return question_address_for(question)


def an_answer_link(world: World) -> str:
    return address_for(world.meeting, world.representative)


def a_feed(world: World) -> str:
    feed, _ = CalendarFeed.objects.get_or_create(member=world.representative)
    return reverse("calendar_feed_file", args=[token_for(feed)])


def year_of_the_held(file: str = "") -> Callable[[World], str]:
    return lambda world: reverse(f"meetings:year{file}", args=[world.held.day.year])


def package_of_minutes(world: World) -> str:
    return reverse("meetings:minutes_package", args=[world.held.pk, 1])


PAGES = (
    Page("help", "representative", 2, route("help")),
    Page("privacy", "representative", 4, route("privacy")),
    Page("accessibility", "representative", 3, route("accessibility")),
    Page("start", "coordinator", 15, route("start")),
    Page("start of a representative", "representative", 11, route("start")),
    Page("search", "representative", 14, route("search", "?q=klotter")),
    Page("triage", "coordinator", 5, route("issues:triage")),
    Page("candidates of an observation", "coordinator", 7, of("waiting", "issues:observation_attach")),
    Page("candidates with words", "coordinator", 11, of("waiting", "issues:observation_attach", "?sok=klotter")),
    Page("observations", "representative", 6, route("issues:observation_list")),
    Page("issues", "representative", 9, route("issues:list")),
    Page("issues of a choice", "representative", 10, lambda world: chosen(world, "issues:list")),
    Page("issues with words", "representative", 15, route("issues:list", "?q=klotter")),
    Page("issue", "representative", 12, of("told")),
    Page("issue of the samordnare", "coordinator", 13, of("told")),
    Page("actions", "coordinator", 7, route("issues:action_list")),
    Page("actions of an organisation", "representative", 6, route("issues:action_list", "?vy=egna")),
    Page("actions as CSV", "coordinator", 4, route("issues:action_list_csv")),
    Page("actions as Excel", "representative", 6, route("issues:action_list_excel", "?vy=egna")),
    Page("what is handed out", "coordinator", 9, route("handed_out")),
    Page("action", "coordinator", 12, of("action")),
    Page("meetings", "representative", 6, route("meetings:list")),
    Page("meetings and their series", "coordinator", 7, route("meetings:list")),
    Page("a year of meetings", "representative", 8, year_of_the_held()),
    Page("decisions of a year", "coordinator", 5, year_of_the_held("_csv")),
    Page("a new series", "coordinator", 8, route("meetings:series_create")),
    Page("series", "coordinator", 10, of("series")),
    Page("year of a series", "coordinator", 4, of("series", "meetings:series_plan")),
    Page("meeting", "coordinator", 17, of("meeting", query="?ordna=1")),
    Page("who gets the minutes for information", "coordinator", 3, route("meetings:copies")),
    Page("the papers of the group", "coordinator", 11, route("meetings:papers")),
    Page("templates", "coordinator", 3, route("meetings:templates")),
    Page("new template", "coordinator", 3, route("meetings:template_create")),
    Page("template", "coordinator", 5, lambda world: world.meeting.template.get_absolute_url()),
    Page("headings of a meeting", "coordinator", 4, of("meeting", "meetings:headings")),
    Page("appendices", "coordinator", 9, of("meeting", "meetings:appendices")),
    Page("appendices as they are read", "representative", 4, of("meeting", "meetings:appendices")),
    Page("appendix", "representative", 5, of("appendix")),
    Page("name of an appendix", "coordinator", 4, of("appendix", "meetings:appendix_change")),
    Page("an appendix to take away", "coordinator", 4, of("appendix", "meetings:appendix_remove")),
    Page("minutes", "representative", 10, of("held", "meetings:minutes_detail")),
    Page("minutes of the samordnare", "coordinator", 12, of("held", "meetings:minutes_detail")),
    Page("minutes to the diarium", "coordinator", 11, of("held", "meetings:registry")),
    Page("package of minutes", "coordinator", 9, package_of_minutes),
    Page("minutes as PDF", "representative", 7, of("held", "meetings:minutes_pdf")),
    Page("restricted annex", "representative", 8, of("held", "meetings:annex")),
    Page("restricted annex as Word", "representative", 10, of("held", "meetings:annex_word")),
    Page("original of minutes", "coordinator", 9, lambda world: reverse("meetings:original", args=[world.held.pk, 1])),
    Page("a file to verify", "representative", 2, route("meetings:minutes_verify")),
    Page("where a line may go", "coordinator", 8, line_to_move),
    Page("agenda as PDF", "coordinator", 17, of("meeting", "meetings:agenda_pdf")),
    Page("attendance", "coordinator", 11, of("meeting", "meetings:attendance"), during=True),
    Page("wall", "coordinator", 10, of("meeting", "meetings:wall"), during=True),
    Page("item in the room", "coordinator", 18, of("item"), during=True),
    Page("striking an issue", "coordinator", 10, lambda world: f"{world.told.get_absolute_url()}stryk/", during=True),
    Page("masking", "coordinator", 2, route("redaction:redact")),
    Page("masking in an issue", "coordinator", 5, lambda world: f"/maskera/?arende={world.told.number}"),
    Page("a whole text to mask", "coordinator", 7, a_whole_text),
    Page("what was masked", "coordinator", 4, route("redaction:list")),
    Page("one that was masked", "coordinator", 5, of("redaction")),
    Page("undelivered mails", "coordinator", 7, route("members:undelivered")),
    Page("invitations", "coordinator", 6, route("members:invitations")),
    Page("a call to send", "coordinator", 8, of("meeting", "meetings:call")),
    Page("answer to a call", "representative", 4, of("meeting", "meetings:call_answer")),
    Page("import of the group", "coordinator", 2, route("members:import_create")),
    Page("columns of a sheet", "coordinator", 3, a_sheet("members:import_columns")),
    Page("rows of a sheet", "coordinator", 7, a_sheet("members:import_detail")),
    Page("import of an old list", "coordinator", 2, route("issues:old_list_create")),
    Page("columns of an old list", "coordinator", 3, an_old_list("issues:old_list_columns")),
    Page("rows of an old list", "coordinator", 8, an_old_list("issues:old_list_detail")),
    Page("answer by link", "representative", 7, an_answer_link),
    Page("question by link", "representative", 9, a_question_link),
    Page("question by her copy of a link", "representative", 10, a_copy_of_a_question_link),
    Page("what is answered by link", "representative", 11, a_link_of_what_is_answered),
    Page("what is done by link", "representative", 12, a_link_of_what_is_done),
    Page("what is passed on by link", "representative", 12, a_link_of_what_is_passed_on),
    Page("own calendar", "representative", 3, route("calendar_feed")),
    Page("what a calendar reads", "representative", 7, a_feed),
    Page("choices of mail", "representative", 4, route("notice_choices")),
    Page("group", "coordinator", 11, route("members:group")),
    Page("own data", "representative", 2, route("own_data")),
    Page("own data as JSON", "representative", 65, route("own_data_json")),
    Page("settings of the group", "coordinator", 5, route("members:group_change")),
    Page("contact point", "coordinator", 4, of("point", "members:contact_point_change")),
    Page("member", "coordinator", 7, of("member")),
    Page("organisation", "coordinator", 12, of("technical")),
)


def statements(world: World) -> dict[str, int]:
    """Page → how many statements it sends, shown a second time."""
    sent = {page.name: sent_by(page, world) for page in PAGES if not page.during}
    with world.started():
        return sent | {page.name: sent_by(page, world) for page in PAGES if page.during}


def sent_by(page: Page, world: World) -> int:
    client, address = Client(), page.address(world)
    client.force_login(Member.objects.get(pk=getattr(world, page.who).pk))
    first = client.get(address)
    list(first)  # to its end, for one that is sent from a file
    assert first.status_code == 200, page.name
    with CaptureQueriesContext(connection) as asked:
        list(client.get(address))
    assert not [sent["sql"] for sent in asked if " FOR UPDATE" in sent["sql"] or " FOR NO KEY UPDATE" in sent["sql"]]
    return len(asked)


@pytest.fixture(scope="module")
def measured(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[dict[str, int], ...]]:
    """The statements of every page with one row and with three, of a world that is taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = World()
        world.grow()
        one = statements(world)
        world.grow()
        world.grow()
        yield one, statements(world)
        transaction.set_rollback(True)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_sends_no_more_statements_than_this_however_many_rows(
    page: Page, measured: tuple[dict[str, int], ...]
) -> None:
    assert [sent[page.name] for sent in measured] == [page.statements, page.statements]
