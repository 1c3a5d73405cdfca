"""Reporting in under a minute: the least that is needed, everything that may be said, and once only."""

import pytest
from django.test import Client
from django.utils import timezone

from base.ui.models import SentForm
from issues.models import Category, Observation
from members.models import Member, Organisation
from tests.at_once import at_once
from tests.factories import CategoryFactory, OrganisationFactory, PlaceFactory, SeatFactory
from tests.people import signed_in

KEY = "1f2e3d4c-0000-4000-8000-000000000001"
URL = "/rapportera/"


def least(**answers: object) -> dict[str, object]:
    """What an impatient thumb sends."""
    lighting = Category.objects.get(name="Belysning")
    return {
        "key": KEY,
        "category": lighting.pk,
        "where": "Norra gångtunneln",
        "when": "now",
        "police_report": "unknown",
        "source": "own",
    } | answers


def errors(client: Client, **answers: object) -> dict[str, list[str]]:
    """What the form says; nothing may have been saved, and what was typed is still there."""
    typed = {"text": "Skrivet i regn."} | answers
    response = client.post(URL, least(**typed))
    assert response.status_code == 200
    assert not Observation.objects.exists()
    assert str(typed["text"]) in response.content.decode()
    return dict(response.context["form"].errors)


def test_category_place_and_one_tap_are_enough(as_representative: Client, representative: Member) -> None:
    before = timezone.now()

    response = as_representative.post(URL, least())

    observation = Observation.objects.get()
    assert response["Location"] == f"/rapportera/tack/{observation.pk}/"
    assert (observation.reporter, observation.organisation) == (representative, representative.organisation)
    assert before <= observation.seen_from <= timezone.now()
    assert (observation.seen_to, observation.precision) == (None, Observation.Precision.EXACT)
    assert (observation.state, observation.unsafe, observation.text) == (Observation.State.NEW, None, "")


def test_everything_that_can_be_said_is_kept(as_representative: Client) -> None:
    place = PlaceFactory(name="Kvarnparken")

    as_representative.post(
        URL,
        least(
            where=" kvarnparken ", when="other", day="2026-11-20", start="22:00", end="02:00", recurring="on",
            unsafe="3", text="Högljutt.", for_meeting="on", police_report="yes", source="resident", handled="on",
        ),
    )  # fmt: skip

    observation = Observation.objects.get()
    assert (observation.place, observation.where) == (place, "kvarnparken")
    assert timezone.localtime(observation.seen_to).isoformat() == "2026-11-21T02:00:00+01:00"
    assert (observation.precision, observation.unsafe) == (Observation.Precision.BAND, Observation.Unsafe.VERY)
    assert (observation.recurring, observation.for_meeting, observation.handled) == (True, True, True)
    assert (observation.police_report, observation.source) == ("yes", Observation.Source.RESIDENT)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"category": ""}, {"category": ["Välj vad det gäller."]}),
        ({"category": "x"}, {"category": ["Det valet finns inte längre. Välj ett annat."]}),
        ({"where": "   "}, {"where": ["Skriv var det var."]}),
        ({"where": "å" * 201}, {"where": ["Texten är 1 tecken för lång. Det får plats 200."]}),
        ({"text": "å" * 4002}, {"text": ["Texten är 2 tecken för lång. Det får plats 4\u202f000."]}),
        ({"when": ""}, {"when": ["Välj när det var."]}),
        ({"when": "other"}, {"day": ["Välj vilken dag det var."]}),
        ({"when": "other", "day": "i går"}, {"day": ["Skriv datumet som 2026-11-25."]}),
        ({"when": "other", "day": "1999-01-01"}, {"day": ["Välj en dag från 2000 och framåt."]}),
        ({"when": "other", "day": "2026-11-01", "end": "23:00"}, {"start": ["Skriv också från vilken tid."]}),
        ({"unsafe": "9"}, {"unsafe": ["Det valet finns inte längre. Välj ett annat."]}),
        ({"source": "gossip"}, {"source": ["Det valet finns inte längre. Välj ett annat."]}),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(
    as_representative: Client, answers: dict[str, str], expected: dict[str, list[str]]
) -> None:
    assert errors(as_representative, **answers) == expected


def test_a_wrong_time_that_was_not_asked_for_stops_nobody(as_representative: Client) -> None:
    as_representative.post(URL, least(when="today", day="trasigt", start="25:99"))

    assert Observation.objects.get().precision == Observation.Precision.DAY


def test_something_else_must_be_told_in_words(as_representative: Client) -> None:
    other = Category.objects.get(name="Något annat")

    response = as_representative.post(URL, least(category=other.pk))

    assert response.context["form"].errors == {"text": ["Berätta med egna ord när du har valt ”Något annat”."]}


def test_only_categories_in_use_can_be_chosen_and_they_stand_in_the_groups_order(as_representative: Client) -> None:
    CategoryFactory(name="Gammalt", active=False)
    CategoryFactory(name="Först", position=1)

    tiles = [str(label) for _, label in as_representative.get(URL).context["form"].fields["category"].choices]

    assert tiles[:2] == ["Först", "Belysning"]
    assert "Gammalt" not in tiles


def test_the_same_form_sent_twice_makes_one_observation_and_leads_to_the_same_thanks(
    as_representative: Client,
) -> None:
    first = as_representative.post(URL, least())
    second = as_representative.post(URL, least())

    assert second["Location"] == first["Location"]
    assert Observation.objects.count() == 1


def test_the_key_alone_keeps_it_once_when_the_sent_form_is_forgotten(as_representative: Client) -> None:
    first = as_representative.post(URL, least())
    SentForm.objects.all().delete()

    second = as_representative.post(URL, least())

    assert second["Location"] == first["Location"]
    assert Observation.objects.count() == 1


def test_two_members_may_send_the_same_key(as_representative: Client, as_officer: Client) -> None:
    as_representative.post(URL, least())
    as_officer.post(URL, least())

    assert Observation.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_moment_make_one_observation(representative: Member) -> None:
    category = CategoryFactory()
    answers = {"category": category.pk, "where": "Tunneln", "when": "now", "police_report": "no", "source": "own"}
    windows = [signed_in(representative) for _ in range(2)]

    responses = at_once(*(lambda window=window: window.post(URL, answers | {"key": KEY}) for window in windows))

    thanks = f"/rapportera/tack/{Observation.objects.get().pk}/"
    assert [response["Location"] for response in responses] == [thanks, thanks]


def test_a_representative_of_one_organisation_is_not_asked_which(
    as_representative: Client, police: Organisation
) -> None:
    as_representative.post(URL, least(organisation=police.pk))

    assert Observation.objects.get().organisation.name == "Tekniska förvaltningen"


def test_one_who_sits_for_two_chooses_between_them_and_no_other(
    as_representative: Client, representative: Member, housing: Organisation, police: Organisation
) -> None:
    SeatFactory(member=representative, organisation=housing)

    assert errors(as_representative, organisation=police.pk) == {
        "organisation": ["Det valet finns inte längre. Välj ett annat."]
    }
    assert errors(as_representative) == {"organisation": ["Välj organisation."]}

    as_representative.post(URL, least(organisation=housing.pk))
    assert Observation.objects.get().organisation == housing


def test_the_samordnare_writes_down_for_any_active_organisation(
    as_coordinator: Client, rescue: Organisation, police: Organisation
) -> None:
    ended = OrganisationFactory(name="Nedlagda bolaget", active_to="2022-01-01")

    form = as_coordinator.get(URL).context["form"]
    assert form["organisation"].initial == rescue.pk
    assert ended not in form.fields["organisation"].queryset

    as_coordinator.post(URL, least(organisation=police.pk))
    assert Observation.objects.get().organisation == police


def test_what_is_tucked_away_opens_when_something_in_it_is_wrong(as_representative: Client) -> None:
    assert '<details class="more">' in as_representative.get(URL).content.decode()

    response = as_representative.post(URL, least(source="gossip"))

    assert '<details class="more" open>' in response.content.decode()


def test_the_thanks_tell_what_happens_next_and_offer_the_same_place(as_representative: Client) -> None:
    page = as_representative.post(URL, least(for_meeting="on"), follow=True).content.decode()

    assert "Väntar på att sorteras." in page
    assert "Du vill att den tas upp på mötet, så den sorteras först." in page
    assert 'href="/rapportera/?plats=Norra%20g%C3%A5ngtunneln"' in page


def test_reporting_one_more_begins_with_the_place_filled_in(as_representative: Client) -> None:
    form = as_representative.get(URL, {"plats": "Norra gångtunneln"}).context["form"]

    assert form["where"].value() == "Norra gångtunneln"


def test_the_thanks_are_for_the_reporter_alone(as_representative: Client, as_deputy: Client) -> None:
    thanks = as_representative.post(URL, least())["Location"]

    assert as_deputy.get(thanks).status_code == 404


def test_others_than_the_group_are_told_that_they_may_not_report(as_handler: Client, as_reader: Client) -> None:
    assert [client.post(URL, least()).status_code for client in (as_handler, as_reader)] == [403, 403]
    assert not Observation.objects.exists()


def test_the_text_says_for_which_categories_it_is_needed(as_representative: Client) -> None:
    asked_for = list(Category.objects.filter(needs_text=True).values_list("name", flat=True))

    page = as_representative.get(URL).content.decode()

    assert asked_for == ["Något annat"]
    assert 'Berätta <span class="optional">(behövs för ”Något annat”)</span>' in page
