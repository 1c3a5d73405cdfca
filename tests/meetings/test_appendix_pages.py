"""The pages of a meeting's files: add several, read one, call it something else, take it away."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from issues.models import AccessGrant, Opening
from meetings.models import Appendix, Meeting
from meetings.reopening import unclose_meeting
from members.actor import Actor
from members.models import Member
from tests.base.files.made import CALM, chosen, of_word, pdf, photograph
from tests.factories import AgendaItemFactory, IssueFactory
from tests.meetings.appended import appended
from tests.meetings.meetings import planned, under_way, words
from tests.meetings.reopening import close
from tests.the import the

pytestmark = pytest.mark.django_db

KEY = "4d6b5a52-9d6e-4f0e-8ad8-0a4c8f3a9d10"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'/>"


def address(meeting: Meeting) -> str:
    return reverse("meetings:appendices", args=[meeting.pk])


def add(client: Client, meeting: Meeting, *files: object, **more: str) -> Any:
    return client.post(address(meeting), {"file": list(files), **more}, follow=True)


def test_several_are_added_at_once_to_the_meeting(as_coordinator: Client, coordinator: Member) -> None:
    meeting = planned(coordinator)

    page = words(add(as_coordinator, meeting, chosen("b.pdf"), chosen("foto.JPG", photograph())))

    assert "Två bilagor är tillagda." in page
    assert [(one.name, one.kind) for one in Appendix.objects.order_by("pk")] == [("b.pdf", "pdf"), ("foto.jpg", "jpeg")]
    assert "Bilaga 1: b.pdf" in page


def test_one_is_added_to_a_line_of_the_agenda(as_coordinator: Client, coordinator: Member) -> None:
    issue = IssueFactory(title="Mörkt i tunneln")
    meeting = planned(coordinator)

    add(as_coordinator, meeting, chosen(), line=f"issue-{issue.pk}")

    assert the(Appendix.objects.get().item).issue == issue
    page = words(as_coordinator.get(meeting.get_absolute_url()))
    assert page.count("Bilaga 1: Lägesbild.pdf") >= 2


def test_the_item_that_one_comes_from_is_chosen(as_coordinator: Client, coordinator: Member) -> None:
    issue = IssueFactory()

    page = as_coordinator.get(address(planned(coordinator)), {"punkt": f"issue-{issue.pk}"}).content.decode()

    assert f'<option value="issue-{issue.pk}" selected>' in page


def test_one_that_is_refused_takes_no_other_with_it(as_coordinator: Client, coordinator: Member) -> None:
    meeting = planned(coordinator)

    page = words(add(as_coordinator, meeting, chosen("a.pdf"), chosen("ritning.pdf", SVG)))

    assert "En bilaga är tillagd. ritning.pdf: Filen är en ritning i formatet SVG. Spara den som PDF eller PNG." in page
    assert [one.name for one in Appendix.objects.all()] == ["a.pdf"]


def test_where_all_are_refused_the_form_says_why_of_each(as_coordinator: Client, coordinator: Member) -> None:
    meeting = planned(coordinator)
    issue = IssueFactory()

    response = add(as_coordinator, meeting, chosen("a.svg", SVG), chosen("b.pdf", b""), line=f"issue-{issue.pk}")

    page = words(response)
    assert "Inget är tillagt" in page
    assert "a.svg: Filen är en ritning i formatet SVG." in page
    assert "b.pdf: Filen är tom." in page
    assert f'<option value="issue-{issue.pk}" selected>' in response.content.decode()
    assert not Appendix.objects.exists()


def test_nothing_chosen_is_told(as_coordinator: Client, coordinator: Member) -> None:
    assert "Välj minst en fil." in words(add(as_coordinator, planned(coordinator)))


def test_the_same_form_twice_adds_once_and_the_same_file_again_is_told(
    as_coordinator: Client, coordinator: Member
) -> None:
    meeting = planned(coordinator)

    content = pdf()
    add(as_coordinator, meeting, chosen(content=content), key=KEY)
    second = words(add(as_coordinator, meeting, chosen(content=content), key=KEY))
    third = words(add(as_coordinator, meeting, chosen(content=content)))

    assert "Det var redan skickat, så inget sparades två gånger." in second
    assert "”Lägesbild.pdf” finns redan bland bilagorna." in third
    assert Appendix.objects.count() == 1


def test_a_name_that_points_out_a_person_is_told_and_asked_about_where_it_is_changed(
    as_coordinator: Client, coordinator: Member
) -> None:
    meeting = planned(coordinator)

    page = words(add(as_coordinator, meeting, chosen("utdrag_19811218-9876.pdf")))
    one = Appendix.objects.get()
    assert "utdrag_19811218-9876.pdf har i sitt namn något som ser ut som ett personnummer." in page

    asked = words(as_coordinator.post(one.change_address, {"name": "utdrag 19811218-9876.pdf", "version": one.version}))
    assert "Ser ut som ett personnummer." in asked
    as_coordinator.post(one.change_address, {"name": "utdrag.pdf", "version": one.version})
    one.refresh_from_db()
    assert one.name == "utdrag.pdf"


def test_one_is_read_as_what_it_is_and_can_do_nothing(as_representative: Client, coordinator: Member) -> None:
    one = appended(planned(coordinator))

    response = as_representative.get(one.get_absolute_url())

    assert response.content == CALM
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == "inline; filename*=utf-8''L%C3%A4gesbild.pdf"
    assert response["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-cache"
    assert not Opening.objects.exists()


def test_a_document_is_saved_and_not_shown(as_coordinator: Client, coordinator: Member) -> None:
    meeting = planned(coordinator)
    add(as_coordinator, meeting, chosen("Avtal.docx", of_word()))

    response = as_coordinator.get(Appendix.objects.get().get_absolute_url())

    assert response["Content-Disposition"] == 'attachment; filename="Avtal.docx"'


def test_opening_one_of_a_restricted_item_is_kept_and_told_and_stored_by_nobody(
    as_representative: Client, representative: Member, as_coordinator: Client, coordinator: Member
) -> None:
    issue = IssueFactory(restricted=True)
    meeting = under_way(coordinator)
    item = AgendaItemFactory(
        meeting=meeting, under="other", kind="issue", issue=issue, title="Hemligt", updated_by=coordinator
    )
    one = appended(meeting, item=item)
    AccessGrant.objects.create(issue=issue, member=representative)

    response = as_representative.get(one.get_absolute_url())

    assert response["Cache-Control"] == "private, no-cache, no-store"
    [opening] = Opening.objects.all()
    assert (opening.issue, opening.member, opening.how) == (issue, representative, "appendix")
    assert as_coordinator.get(one.get_absolute_url()).status_code == 404


def test_one_is_taken_away_until_the_meeting_has_closed(as_coordinator: Client, coordinator: Member) -> None:
    meeting = planned(coordinator)
    one = appended(meeting)
    address_of = reverse("meetings:appendix_remove", args=[one.pk])

    assert "Filen går inte att få tillbaka, men den kan läggas till igen." in words(as_coordinator.get(address_of))
    page = words(as_coordinator.post(address_of, {"version": one.version}, follow=True))

    assert "”Lägesbild.pdf” är borttagen." in page
    assert "Mötet har inga bilagor." in page
    assert as_coordinator.get(one.get_absolute_url()).status_code == 404


def test_afterwards_the_samordnare_takes_it_away_for_good_and_says_why(
    as_coordinator: Client, as_representative: Client, coordinator: Member
) -> None:
    meeting = under_way(coordinator)
    one = appended(meeting)
    close(meeting, coordinator)
    address_of = reverse("meetings:appendix_remove", args=[one.pk])

    assert "Fyll i ”Varför”." in words(as_coordinator.post(address_of, {"version": one.version}))
    as_coordinator.post(address_of, {"version": one.version, "why": "En persons uppgifter"})

    assert one.parts.count() == 0
    page = words(as_representative.get(meeting.get_absolute_url()))
    assert "Bilaga 1: Lägesbild.pdf" in page
    assert "En persons uppgifter." in page


def test_what_was_taken_away_in_a_reopened_meeting_and_is_kept_can_be_erased_when_it_has_closed(
    as_coordinator: Client, as_representative: Client, coordinator: Member
) -> None:
    meeting = under_way(coordinator)
    appended(meeting, "hela.pdf")
    one = appended(meeting, "fel person.pdf", content=pdf())
    close(meeting, coordinator)
    meeting.refresh_from_db()
    unclose_meeting(meeting, by=Actor.of(coordinator))
    one.refresh_from_db()
    one.remove(by=Actor.of(coordinator))
    meeting.refresh_from_db()
    assert "fel person.pdf" not in words(as_coordinator.get(address(meeting)))
    close(meeting, coordinator)

    way, of_meeting = "Se borttagna som finns kvar", meeting.get_absolute_url()
    assert [way in words(who.get(of_meeting)) for who in (as_coordinator, as_representative)] == [True, False]
    page = words(as_coordinator.get(address(meeting)))
    assert "Står inte längre vid mötet" in page
    assert "Bilaga: fel person.pdf" in page
    assert "fel person.pdf" not in words(as_representative.get(address(meeting)))

    as_coordinator.post(reverse("meetings:appendix_remove", args=[one.pk]), {"why": "uppgifter om en person"})

    one.refresh_from_db()
    assert (one.is_erased, one.parts.exists()) == (True, False)
    assert "Står inte längre vid mötet" not in words(as_coordinator.get(address(meeting)))
    assert way not in words(as_coordinator.get(of_meeting))


def test_who_reads_the_meeting_is_offered_nothing_to_change(as_representative: Client, coordinator: Member) -> None:
    meeting = planned(coordinator)
    appended(meeting)

    page = words(as_representative.get(address(meeting)))

    assert "Bilaga 1: Lägesbild.pdf" in page
    assert [word for word in ("Lägg till bilagor", "Byt namn", "Ta bort") if word in page] == []
