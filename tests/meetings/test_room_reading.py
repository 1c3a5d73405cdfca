"""The room: what is read on one item while it is spoken of, and by whom."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from meetings.models import AgendaItem, Decision, Meeting, OrganisationAtMeeting
from members.actor import Actor, Channel
from members.models import Member, Organisation
from tests.acting import a_coordinator, on_behalf
from tests.factories import (
    ActionFactory,
    AgendaItemFactory,
    IssueFactory,
    MemberFactory,
    ObservationFactory,
    have_closed,
)
from tests.meetings.meetings import item_of, under_way, words, write
from tests.the import the

pytestmark = pytest.mark.django_db


def test_the_item_says_why_it_stands_there_and_what_was_seen(as_coordinator: Client, item: AgendaItem) -> None:
    ObservationFactory(issue=item.issue, state="attached", text="Fyra av sex lampor är släckta.")

    page = words(as_coordinator.get(item.get_absolute_url()))

    assert "6.1 Mörkt i tunneln, Möte" in page
    assert "Nya ärenden" in page
    assert "Nytt. Ingen åtgärd är föreslagen än." in page
    assert "Fyra av sex lampor är släckta." in page


def test_what_was_seen_in_confidence_is_not_shown_beside_an_issue_that_all_may_read(
    as_representative: Client, item: AgendaItem
) -> None:
    ObservationFactory(issue=item.issue, text="Fyra av sex lampor är släckta.")
    ObservationFactory(issue=item.issue, text="Grannen pekas ut.", restricted=True)

    page = words(as_representative.get(item.get_absolute_url()))

    assert "Fyra av sex lampor är släckta." in page
    assert "Grannen pekas ut." not in page


def test_the_roll_is_called_where_it_is_spoken_of_until_everyone_is_noted(
    as_coordinator: Client, coordinator: Member, representative: Member
) -> None:
    meeting = under_way(coordinator)
    item, (first, *others) = meeting.items.get(heading__key="opening"), meeting.organisations.in_order()
    for row in others:
        row.note(by=a_coordinator(), state=OrganisationAtMeeting.State.ABSENT)

    before = words(as_coordinator.get(item.get_absolute_url()))
    first.note(by=a_coordinator(), state=OrganisationAtMeeting.State.ABSENT)
    after = words(as_coordinator.get(item.get_absolute_url()))

    assert "1 organisation är inte noterad än." in before
    assert "Alla som väntas är närvarande" in before
    assert "Alla som väntas är närvarande" not in after


def test_the_wall_names_no_reporter(as_coordinator: Client, coordinator: Member, police: Organisation) -> None:
    reporter = MemberFactory(name="Rut Rapport", organisation=police)
    ObservationFactory(reporter=reporter, text="Nytt klotter")
    ObservationFactory(reporter=reporter, text="Hemligt", restricted=True)
    item = under_way(coordinator).items.get(heading__key="round")

    page = words(as_coordinator.get(item.get_absolute_url()))

    assert "Nytt klotter" in page
    assert "Rut Rapport" not in page
    assert "Hemligt" not in page
    assert "Har inte rapporterat Höglandets räddningstjänstförbund" in page


def test_an_action_stands_with_its_state(as_coordinator: Client, coordinator: Member) -> None:
    asked = timezone.now() - timedelta(days=20)
    ActionFactory(title="Byt stolpen")
    ActionFactory(title="Laga lampan", assignment__asked_at=asked, assignment__answer_due=timezone.localdate(asked))
    item = item_of(under_way(coordinator), "Laga lampan")

    page = words(as_coordinator.get(item.get_absolute_url()))

    assert "Svar skulle ha kommit för 20 dagar sedan." in page


def test_a_question_to_the_group_is_quoted_once(as_coordinator: Client, coordinator: Member) -> None:
    action = ActionFactory(title="Laga lampan")
    action.current.ask(by=on_behalf(coordinator, Channel.PHONE), text="Vilka lampor?")
    item = item_of(under_way(coordinator), "Laga lampan")

    assert words(as_coordinator.get(item.get_absolute_url())).count("Vilka lampor?") == 1


def test_of_an_issue_with_many_actions_those_most_in_need_stand_and_the_others_are_counted(
    as_coordinator: Client, item: AgendaItem
) -> None:
    for n in range(26):
        ActionFactory(title=f"Åtgärd nummer {n}", issue=item.issue)
    asked = timezone.now() - timedelta(days=20)
    ActionFactory(
        title="Utan svar",
        issue=item.issue,
        assignment__asked_at=asked,
        assignment__answer_due=timezone.localdate(asked),
    )

    page = as_coordinator.get(item.get_absolute_url()).content.decode()

    shown = [
        action
        for action in the(item.issue).actions.order_by("pk")
        if f'href="{action.get_absolute_url()}?punkt={item.pk}"' in page
    ]
    assert [action.title for action in shown] == [*(f"Åtgärd nummer {n}" for n in range(24)), "Utan svar"]
    listed = page[page.index('id="actions"') :]
    assert listed.index("Utan svar") < listed.index("Åtgärd nummer 0")
    assert f'<a href="{the(item.issue).get_absolute_url()}">Och två åtgärder till.</a>' in page


def test_as_many_actions_as_the_room_shows_leave_none_to_count(as_coordinator: Client, item: AgendaItem) -> None:
    for n in range(25):
        ActionFactory(title=f"Åtgärd nummer {n}", issue=item.issue)

    page = words(as_coordinator.get(item.get_absolute_url()))

    assert "Åtgärd nummer 24" in page
    assert "åtgärder till." not in page
    assert "åtgärd till." not in page


def test_a_decision_stands_at_its_own_item_alone(as_coordinator: Client, item: AgendaItem) -> None:
    other = AgendaItemFactory(meeting=item.meeting, title="Laddplatser")
    write(as_coordinator, item, text="Lampan lagas före jul.")

    assert "Lampan lagas före jul." in words(as_coordinator.get(item.get_absolute_url()))
    assert "Lampan lagas före jul." not in words(as_coordinator.get(other.get_absolute_url()))


def test_a_decision_is_struck_at_its_own_item_alone(as_coordinator: Client, item: AgendaItem) -> None:
    other = item_of(item.meeting, "Trasigt räcke")
    for each in (item, other):
        write(as_coordinator, each, text="Vi ses på plats.")

    write(as_coordinator, item, strike=Decision.objects.get(item=other).pk)

    assert sorted(Decision.objects.values_list("item", flat=True)) == sorted([item.pk, other.pk])


def test_what_is_written_is_nobody_elses_before_the_meeting_has_closed(
    as_coordinator: Client, as_representative: Client, item: AgendaItem
) -> None:
    write(as_coordinator, item, note="Ett utkast", text="Ett beslut")

    page = words(as_representative.get(item.get_absolute_url()))
    assert "Ett utkast" not in page
    assert "Ett beslut" not in page
    assert "Det som skrivs läggs ut när mötet är avslutat." in page

    have_closed()
    page = words(as_representative.get(item.get_absolute_url()))
    assert "Ett utkast" in page
    assert "Ett beslut" in page


def test_a_guest_reads_her_own_item_without_the_issue_behind_it(
    as_outsider: Client, outsider: Member, coordinator: Member
) -> None:
    meeting = under_way(coordinator)
    issue = IssueFactory(title="Ärendet", text="Vad gruppen vet")
    ObservationFactory(issue=issue, state="attached", text="Vad någon såg")
    item = AgendaItemFactory(meeting=meeting, title="Gästens punkt", issue=issue, presenter=outsider)

    page = words(as_outsider.get(item.get_absolute_url()))

    assert "Gästens punkt" in page
    assert "Vad gruppen vet" not in page
    assert "Vad någon såg" not in page
    assert "närvarande" not in page


@pytest.mark.parametrize(
    ("secretary", "words_of_it"),
    [(False, "Kvarstår problemet? Öppna det igen …"), (True, "Kvarstår problemet öppnar samordnaren det igen.")],
)
def test_an_issue_that_has_ended_is_opened_again_by_the_samordnare_alone(
    coordinator: Member, representative: Member, item: AgendaItem, secretary: bool, words_of_it: str
) -> None:
    Meeting.objects.update(secretary=representative)
    the(item.issue).close(by=Actor.of(coordinator), outcome="solved", feedback="Klart.")
    client = Client()
    client.force_login(representative if secretary else coordinator)

    assert words_of_it in words(client.get(item.get_absolute_url()))


def test_every_key_of_the_room_is_listed_and_no_other(as_coordinator: Client, item: AgendaItem) -> None:
    script = (settings.BASE_DIR / "static/js/room.js").read_text()
    letters = set(re.findall(r'"Alt Key([A-Z])":', script))
    page = as_coordinator.get(item.get_absolute_url()).content.decode()
    listed = page[page.index('<ul class="keys"') :]
    listed = listed[: listed.index("</ul>")]

    to_answers = {"V"}  # listed where somebody is asked
    assert set(re.findall(r"<kbd>Alt</kbd> <kbd>([A-Z])</kbd>", listed)) == letters - to_answers
