"""The agenda in the samordnare's hands: add, remove, put back, present."""

import pytest
from django.test import Client
from django.urls import reverse

from issues.models import AccessGrant, Issue
from meetings.agenda.building import agenda
from meetings.agenda.ordering import find_line, move_line, present_line, remove_line, restore_line
from meetings.deciding import decide
from meetings.models import AgendaItem
from members.actor import Actor
from members.models import Member
from tests.factories import AgendaItemFactory, IssueFactory
from tests.meetings.meetings import move_url, planned, under_way, undo, words
from tests.meetings.reopening import close
from tests.presenting import presented_by

pytestmark = pytest.mark.django_db


def test_a_topic_and_an_issue_are_added(as_coordinator: Client, coordinator: Member, outsider: Member) -> None:
    meeting = planned(coordinator)
    issue = IssueFactory(state=Issue.State.ON_HOLD, title="Vilar")
    address = reverse("meetings:agenda_add", args=[meeting.pk])

    as_coordinator.post(address, {"title": "Gästen berättar", "presenter": outsider.pk, "minutes": "15"})
    response = as_coordinator.post(address, {"number": issue.number})

    first, second = AgendaItem.objects.order_by("pk")
    assert (first.heading.key, presented_by(first), first.minutes) == ("other", outsider, 15)
    assert (second.heading.key, second.issue) == ("new_issues", issue)
    assert response["Location"].endswith(f"#{second.key}")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Skriv vad punkten handlar om, eller sök ett ärende."),
        ({"number": "41"}, "Det finns inget ärende med numret 41. Skriv det som 2026-41."),
        ({"number": "2026-999"}, "Det finns inget ärende med numret 2026-999."),
        ({"number": "2026-4"}, "Det finns inget ärende med numret 2026-4."),
        ({"title": "x" * 201}, "Texten är 1 tecken för lång."),
        ({"title": "Något", "heading": "14"}, "Det valet finns inte längre."),
        ({"title": "Något", "minutes": "0"}, "Talet får inte vara mindre än 1."),
    ],
)
def test_what_cannot_be_added_is_said_and_what_was_typed_stands(
    as_coordinator: Client, coordinator: Member, typed: dict[str, str], sentence: str
) -> None:
    hidden = IssueFactory(restricted=True, serial=4)
    meeting = planned(coordinator)

    page = words(as_coordinator.post(reverse("meetings:agenda_add", args=[meeting.pk]), typed))

    assert hidden.number == "2026-4"
    assert sentence in page
    assert typed.get("title", "") in page
    assert not AgendaItem.objects.exists()


@pytest.mark.parametrize(
    "typed",
    ["2026-41", "2026–41", "2026—41", "2026‑41", "2026−41", "2026/41", "2026 – 41", "#41", "41", "\u00a02026–41 "],
)
def test_a_number_is_read_as_the_search_reads_it(as_coordinator: Client, coordinator: Member, typed: str) -> None:
    issue = IssueFactory(serial=41, state=Issue.State.ON_HOLD)

    as_coordinator.post(reverse("meetings:agenda_add", args=[planned(coordinator).pk]), {"number": typed})

    assert [item.issue for item in AgendaItem.objects.all()] == [issue]


def test_a_line_is_removed_moved_and_put_back(as_coordinator: Client, coordinator: Member) -> None:
    first, second = IssueFactory(title="Ett"), IssueFactory(title="Två")
    meeting = planned(coordinator)

    as_coordinator.post(move_url(meeting, f"issue-{second.pk}"), {"after": "new_issues"})
    item = AgendaItem.objects.get(issue=first)
    response = as_coordinator.post(reverse("meetings:agenda_remove", args=[meeting.pk]), {"line": item.key})
    assert response["Location"].endswith(f"#{AgendaItem.objects.get(issue=second).key}")
    assert [item.title for item in AgendaItem.objects.on_agenda()] == ["Två"]

    response = as_coordinator.post(reverse("meetings:agenda_restore", args=[meeting.pk]), {"line": item.key})
    assert response["Location"].endswith(f"#{item.key}")
    assert [item.title for item in AgendaItem.objects.on_agenda()] == ["Två", "Ett"]


def test_a_removal_that_is_undone_leaves_the_agenda_as_it_was(as_coordinator: Client, coordinator: Member) -> None:
    for title in ("Ett", "Två", "Tre"):
        IssueFactory(title=title)
    meeting = planned(coordinator)

    def lines() -> list[str]:
        return [line.title for heading in agenda(meeting, coordinator) for line in heading.lines]

    before = lines()
    key = f"issue-{Issue.objects.get(title='Två').pk}"
    removed = as_coordinator.post(reverse("meetings:agenda_remove", args=[meeting.pk]), {"line": key}, follow=True)
    assert lines() == ["Ett", "Tre"]
    undo(as_coordinator, removed)

    assert lines() == before


def test_what_has_a_presenter_comes_back_with_her(as_coordinator: Client, coordinator: Member) -> None:
    IssueFactory(title="Ett")
    IssueFactory(title="Två")
    meeting = planned(coordinator)
    key = f"issue-{Issue.objects.get(title='Två').pk}"
    item = present_line(meeting, key, by=Actor.of(coordinator), presenters=[coordinator], minutes=None)
    removed = as_coordinator.post(reverse("meetings:agenda_remove", args=[meeting.pk]), {"line": item.key}, follow=True)

    undo(as_coordinator, removed)

    assert [(item.title, presented_by(item)) for item in AgendaItem.objects.on_agenda()] == [
        ("Ett", None),
        ("Två", coordinator),
    ]


@pytest.mark.parametrize(
    ("route", "sentence"),
    [
        ("agenda_remove", "Punkten står inte längre på dagordningen."),
        ("agenda_restore", "Den borttagningen är redan ångrad."),
    ],
)
@pytest.mark.parametrize("line", ["", "issue-0", "item-999", "\x00"])
def test_a_line_that_is_gone_is_answered_in_words(
    as_coordinator: Client, coordinator: Member, route: str, line: str, sentence: str
) -> None:
    meeting = planned(coordinator)

    page = words(as_coordinator.post(reverse(f"meetings:{route}", args=[meeting.pk]), {"line": line}, follow=True))

    assert sentence in page


def test_a_restricted_line_can_be_ordered_by_the_named_alone(
    as_coordinator: Client, coordinator: Member, representative: Member
) -> None:
    issue = IssueFactory(restricted=True)
    AccessGrant.objects.create(issue=issue, member=representative)
    meeting = planned(coordinator)

    as_coordinator.post(reverse("meetings:agenda_remove", args=[meeting.pk]), {"line": f"issue-{issue.pk}"})

    assert not AgendaItem.objects.exists()


def test_a_removed_line_can_be_put_back_from_the_message(as_coordinator: Client, coordinator: Member) -> None:
    issue = IssueFactory(title="Mörkt i tunneln")
    meeting = planned(coordinator)

    removed = as_coordinator.post(
        reverse("meetings:agenda_remove", args=[meeting.pk]), {"line": f"issue-{issue.pk}"}, follow=True
    )
    assert "”Mörkt i tunneln” är borttagen från dagordningen." in words(removed)
    assert AgendaItem.objects.get().removed

    assert "”Mörkt i tunneln” står på dagordningen igen." in words(undo(as_coordinator, removed))
    assert find_line(meeting, f"issue-{issue.pk}", coordinator)


@pytest.mark.parametrize("named", ["live_key", "key"])
def test_a_line_that_was_removed_already_is_told_calmly(
    as_coordinator: Client, coordinator: Member, named: str
) -> None:
    issue, meeting = IssueFactory(title="Mörkt i tunneln"), planned(coordinator)
    line = find_line(meeting, f"issue-{issue.pk}", coordinator)
    assert line
    item = remove_line(meeting, line.key, by=Actor.of(coordinator)).item
    key = line.live_key if named == "live_key" else item.key

    again = as_coordinator.post(reverse("meetings:agenda_remove", args=[meeting.pk]), {"line": key}, follow=True)

    told = [(message.level_tag, str(message)) for message in again.context["messages"]]
    assert told == [("info", "”Mörkt i tunneln” är redan borttagen från dagordningen.")]


def test_an_old_undo_does_not_put_back_what_a_colleague_has_removed_since(
    as_coordinator: Client, coordinator: Member, representative: Member
) -> None:
    meeting = planned(coordinator)
    item = AgendaItemFactory(meeting=meeting, title="Nattvandring", presenter=representative)
    removed = as_coordinator.post(reverse("meetings:agenda_remove", args=[meeting.pk]), {"line": item.key}, follow=True)
    restore_line(meeting, item.key, by=Actor.of(coordinator))
    remove_line(meeting, item.key, by=Actor.of(representative))

    page = words(undo(as_coordinator, removed))

    assert "Omar Prov ändrade det här" in page
    item.refresh_from_db()
    assert item.removed


def test_an_old_undo_of_what_the_rules_have_raised_again_says_no_more_than_is_so(
    as_coordinator: Client, coordinator: Member
) -> None:
    meeting, issue = planned(coordinator), IssueFactory()
    remove, line = reverse("meetings:agenda_remove", args=[meeting.pk]), {"line": f"issue-{issue.pk}"}
    removed = as_coordinator.post(remove, line, follow=True)
    undo(as_coordinator, removed)
    as_coordinator.post(remove, line)

    page = words(undo(as_coordinator, removed))

    assert "Den borttagningen är redan ångrad. Inget är ändrat." in page
    assert find_line(meeting, f"issue-{issue.pk}", coordinator) is None


def test_who_presents_a_line_is_said_and_changed_later(
    as_coordinator: Client, coordinator: Member, outsider: Member
) -> None:
    first, second = IssueFactory(title="Först"), IssueFactory(title="Sedan")
    meeting = planned(coordinator)

    def say(key: str, **typed: object) -> str:
        address = reverse("meetings:agenda_present", args=[meeting.pk, key])
        return words(as_coordinator.post(address, typed, follow=True))

    page = say(f"issue-{second.pk}", presenter=outsider.pk, minutes="10")
    assert "Per Modell föredrar ”Sedan”." in page
    assert f"Föredragande Per Modell, {outsider.organisation}, tio minuter." in page
    assert [item.issue for item in AgendaItem.objects.at(meeting).on_agenda()] == [first, second]

    page = say(AgendaItem.objects.get(issue=second).key, minutes="")
    assert "Ingen föredrar ”Sedan”." in page
    assert presented_by(AgendaItem.objects.get(issue=second)) is None


def test_a_line_that_is_gone_has_no_presenter(as_coordinator: Client, coordinator: Member) -> None:
    address = reverse("meetings:agenda_present", args=[planned(coordinator).pk, "issue-0"])

    assert "Sidan finns inte" in words(as_coordinator.get(address))


def test_what_was_typed_for_an_agenda_that_closed_meanwhile_comes_back(
    as_coordinator: Client, coordinator: Member
) -> None:
    meeting = under_way(coordinator)
    close(meeting, coordinator)

    address = reverse("meetings:agenda_add", args=[meeting.pk])
    page = words(as_coordinator.post(address, {"title": "Trasig bänk i parken"}))

    assert "Mötet är avslutat (Maja Exempel, i dag " in page
    assert "Dagordningen kan inte ändras." in page
    assert "Trasig bänk i parken" in page


def test_a_line_that_somebody_stored_meanwhile_is_still_the_line(as_coordinator: Client, coordinator: Member) -> None:
    meeting, first, second = planned(coordinator), IssueFactory(title="Ett"), IssueFactory(title="Två")
    as_coordinator.post(move_url(meeting, f"issue-{second.pk}"), {"after": "new_issues"})

    address = reverse("meetings:agenda_remove", args=[meeting.pk])
    page = words(as_coordinator.post(address, {"line": f"issue-{first.pk}"}, follow=True))

    assert "Punkten står inte längre på dagordningen." not in page
    assert [str(item) for item in AgendaItem.objects.on_agenda()] == ["Två"]


def test_two_who_name_a_presenter_do_not_write_over_each_other(
    as_coordinator: Client, coordinator: Member, representative: Member
) -> None:
    meeting, issue = planned(coordinator), IssueFactory()
    address = reverse("meetings:agenda_present", args=[meeting.pk, f"issue-{issue.pk}"])
    shown = as_coordinator.get(address).context["form"]["version"].value()
    as_coordinator.post(address, {"presenter": representative.pk, "minutes": "10", "version": shown})

    response = as_coordinator.post(address, {"presenter": "", "minutes": "25", "version": shown})

    assert f"{coordinator} ändrade det här" in words(response)
    assert response.context["form"]["minutes"].value() == "25"
    item = AgendaItem.objects.get(issue=issue)
    assert (presented_by(item), item.minutes) == (representative, 10)

    newest = response.context["form"]["version"].value()
    as_coordinator.post(address, {"presenter": "", "minutes": "25", "version": newest})
    item.refresh_from_db()
    assert (presented_by(item), item.minutes) == (None, 25)


def test_a_line_that_a_neighbours_move_stored_is_given_a_presenter_from_an_old_page(
    coordinator: Member, officer: Member
) -> None:
    meeting, by = planned(coordinator), Actor.of(coordinator)
    first, second = IssueFactory(), IssueFactory()
    unsaved = AgendaItem().version

    move_line(meeting, f"issue-{second.pk}", by=Actor.of(officer), after="new_issues")
    present_line(meeting, f"issue-{first.pk}", by=by, presenters=[coordinator], minutes=5, version=unsaved)

    assert presented_by(AgendaItem.objects.get(issue=first)) == coordinator


def test_a_presenter_whom_a_colleague_took_off_is_not_put_back_unknowingly(
    as_coordinator: Client, coordinator: Member, representative: Member
) -> None:
    meeting = planned(coordinator)
    item = AgendaItemFactory(meeting=meeting, title="Nattvandring", presenter=representative)
    address = reverse("meetings:agenda_present", args=[meeting.pk, item.key])
    shown = as_coordinator.get(address).context["form"]["version"].value()
    present_line(meeting, item.key, by=Actor.of(representative), presenters=[], minutes=None)

    page = as_coordinator.post(address, {"presenter": representative.pk, "minutes": "10", "version": shown})

    assert "Omar Prov ändrade det här" in words(page)
    item.refresh_from_db()
    assert (presented_by(item), item.minutes) == (None, None)


def test_a_neighbour_that_moved_is_saved_by_nobody_and_stops_nobody(coordinator: Member, officer: Member) -> None:
    meeting, by = planned(coordinator), Actor.of(coordinator)
    first, second = (AgendaItemFactory(meeting=meeting, title=title, under="other") for title in ("A", "B"))
    present_line(meeting, first.key, by=by, presenters=[officer], minutes=None)
    unsaved = AgendaItem.objects.get(pk=second.pk).version

    move_line(meeting, second.key, by=Actor.of(officer), after="other")
    present_line(meeting, second.key, by=by, presenters=[coordinator], minutes=5, version=unsaved)

    first.refresh_from_db()
    assert first.last_saved().who == str(coordinator)
    assert presented_by(AgendaItem.objects.get(pk=second.pk)) == coordinator


def test_an_item_with_a_decision_or_a_note_is_not_removed_and_it_is_said_what_stands(
    as_coordinator: Client, coordinator: Member
) -> None:
    by, meeting = Actor.of(coordinator), under_way(coordinator)
    noted, decided = AgendaItemFactory(meeting=meeting), AgendaItemFactory(meeting=meeting)
    noted.write_note(text="Vi hörde rektorn.", version=0, by=by)
    decide(decided, by=by, text="Gruppen ser över saken.")

    for item, sentence in (
        (noted, "Det finns en notering på punkten, och den står kvar. Töm noteringen först"),
        (decided, "Det finns ett beslut på punkten, och det står kvar. Stryk beslutet på punkten först"),
    ):
        address = reverse("meetings:agenda_remove", args=[meeting.pk])
        assert sentence in words(as_coordinator.post(address, {"line": item.key}, follow=True))

    assert not AgendaItem.objects.filter(removed=True).exists()
    assert decided.decisions.get().text == "Gruppen ser över saken."
