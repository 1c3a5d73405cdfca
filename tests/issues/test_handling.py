"""Who handles an action at the organisation, its number there, its budget year and cost: theirs to keep, and quiet."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from base.records import Conflict, EditConflict, NotAllowed
from issues.answer_link import address_for
from issues.handling import note_handling, take_on, version_of
from issues.models import Action, Answer, Assignment, Issue
from issues.restricting import restrict
from members.actor import Actor, Voice
from members.models import Member, Organisation, Seat
from tests.days import in_days, today
from tests.factories import ActionFactory
from tests.issues.restricted import WHY
from tests.pages import Response
from tests.the import the

NEXT_YEAR = today().year + 1


def stored(action: Action) -> Assignment:
    return Action.objects.get(pk=action.pk).current


def keep(client: Client, action: Action, **typed: object) -> Response:
    address = reverse("issues:assignment_handling", args=[stored(action).pk])
    return client.post(address, {f"handlaggning-{name}": value for name, value in typed.items()})


def take(client: Client, action: Action) -> Response:
    return client.post(reverse("issues:assignment_take_on", args=[stored(action).pk]), follow=True)


def test_it_is_kept_without_a_word_on_the_timeline(as_representative: Client, asked: Action, deputy: Member) -> None:
    typed = {"handler": deputy.pk, "external_ref": "TF-77", "budget_year": NEXT_YEAR, "cost_band": "over_250"}

    response = keep(as_representative, asked, **typed)

    kept = stored(asked)
    assert response["Location"] == asked.get_absolute_url()
    assert (kept.handler, kept.external_ref, kept.budget_year, kept.cost_band) == (
        deputy,
        "TF-77",
        NEXT_YEAR,
        "over_250",
    )
    assert not asked.issue.events.exists()
    row = as_representative.get(reverse("issues:action_list")).content.decode()
    words = f"Budgetår {NEXT_YEAR}. Kostnad: över 250 000 kr. Handläggare: Gun Prototyp. Eget ärendenummer: TF-77."
    assert words in row


def test_it_can_be_changed_after_the_yes_and_said_with_it(as_representative: Client, asked: Action) -> None:
    address = reverse("issues:assignment_accept", args=[asked.current.pk])
    yes = {"planned": in_days(7).isoformat(), "cost_band": "under_50", "budget_year": NEXT_YEAR}
    as_representative.post(address, {f"ja-{name}": value for name, value in yes.items()})
    said = stored(asked)

    keep(as_representative, asked, budget_year=NEXT_YEAR + 1, cost_band="to_250", version=version_of(said))

    kept = stored(asked)
    assert (said.budget_year, said.cost_band) == (NEXT_YEAR, "under_50")
    assert (kept.budget_year, kept.cost_band) == (NEXT_YEAR + 1, "to_250")
    assert the(kept.answer).cost_band == "under_50"


NOTED: dict[str, Any] = {"external_ref": "TF-77", "budget_year": NEXT_YEAR, "cost_band": "to_250"}
YES = {"planned": in_days(7).isoformat()}


def noted(action: Action) -> dict[str, object]:
    return {name: getattr(stored(action), name) for name in NOTED}


def say_yes(client: Client, address: str, **typed: object) -> None:
    client.post(address, {f"ja-{name}": value for name, value in {**YES, **typed}.items()})
    assert Answer.objects.filter(kind="accepted").exists()


def test_what_was_said_with_a_yes_stands_when_that_is_taken_back(representative: Member, asked: Action) -> None:
    by = Actor.of(representative)
    asked.current.accept(by=by, planned=in_days(7), **NOTED)

    asked.current.withdraw_answer(by=by)

    assert noted(asked) == NOTED


def test_any_answer_taken_back_leaves_what_was_noted_before(representative: Member, asked: Action) -> None:
    by = Actor.of(representative)
    note_handling(asked.current, by=by, **NOTED)
    stored(asked).ask(by=by, text="Vilka lampor?")

    stored(asked).withdraw_answer(by=by)

    assert noted(asked) == NOTED


def test_a_yes_without_them_leaves_what_was_noted_before(
    as_representative: Client, representative: Member, asked: Action
) -> None:
    note_handling(asked.current, by=Actor.of(representative), **NOTED)

    say_yes(as_representative, reverse("issues:assignment_accept", args=[asked.current.pk]))

    assert noted(asked) == NOTED


@pytest.mark.parametrize("by_link", [False, True])
def test_what_is_emptied_in_a_yes_is_empty(
    as_representative: Client, representative: Member, asked: Action, *, by_link: bool
) -> None:
    note_handling(asked.current, by=Actor.of(representative), **NOTED)
    page = reverse("issues:assignment_accept", args=[asked.current.pk])
    who, address = (Client(), f"{address_for(stored(asked))}ja/") if by_link else (as_representative, page)

    say_yes(who, address, external_ref="", budget_year="", cost_band="under_50")

    assert noted(asked) == {"external_ref": "", "budget_year": None, "cost_band": "under_50"}


def test_a_yes_from_an_old_tab_does_not_write_over_what_a_colleague_has_noted(
    as_representative: Client, asked: Action, deputy: Member
) -> None:
    address = reverse("issues:assignment_accept", args=[asked.current.pk])
    shown = as_representative.get(asked.get_absolute_url()).content.decode()
    [old] = re.findall(r'name="ja-noted" value="(\w+)"', shown)
    note_handling(asked.current, by=Actor.of(deputy), **NOTED)
    typed = {"ja-planned": in_days(7).isoformat(), "ja-other_day": "", "ja-external_ref": "", "ja-noted": old}

    page = as_representative.post(address, typed).content.decode()
    between = noted(asked)
    [newest] = re.findall(r'name="ja-noted" value="(\w+)"', page)
    as_representative.post(address, {**typed, "ja-noted": newest})

    assert "Någon ändrade handläggningen medan du skrev. Nu står ärendenummer TF-77" in page
    assert between == NOTED
    assert noted(asked) == {**NOTED, "external_ref": ""}


def test_what_did_not_come_with_the_form_is_not_touched(
    as_representative: Client, representative: Member, asked: Action
) -> None:
    by = Actor.of(representative)
    note_handling(asked.current, by=by, handler=representative, **NOTED)
    stored(asked).accept(by=by, planned=in_days(7))

    Client().post(f"{address_for(stored(asked))}handlaggning/")
    keep(as_representative, asked)
    after_nothing = noted(asked)
    keep(as_representative, asked, external_ref="")

    assert after_nothing == NOTED
    assert noted(asked) == {**NOTED, "external_ref": ""}
    assert stored(asked).handler == representative


def test_she_takes_it_on_in_one_tap_and_a_colleague_is_told_who_was_first(
    as_representative: Client, asked: Action, deputy: Member, representative: Member
) -> None:
    page = take(as_representative, asked).content.decode()

    assert "Du är handläggare. Åtgärden ligger kvar hos Tekniska förvaltningen." in page
    assert stored(asked).handler == representative
    with pytest.raises(Conflict, match="Omar Prov har redan tagit hand om den"):
        take_on(stored(asked), by=Actor.of(deputy))


def test_the_tap_is_for_those_who_answer_where_nobody_has_it(
    as_representative: Client, as_coordinator: Client, asked: Action
) -> None:
    def offered(client: Client) -> bool:
        return "ta-hand-om/" in client.get(asked.get_absolute_url()).content.decode()

    before = offered(as_representative), offered(as_coordinator)
    take(as_representative, asked)

    assert (*before, offered(as_representative)) == (True, False, False)


@pytest.mark.parametrize("how", ["closed", "unseated"])
def test_a_handler_who_has_left_is_shown_so_and_another_may_take_it_on(
    as_representative: Client, asked: Action, deputy: Member, representative: Member, how: str
) -> None:
    take_on(asked.current, by=Actor.of(deputy))
    if how == "closed":
        Member.objects.filter(pk=deputy.pk).update(is_active=False)
    else:
        Seat.objects.filter(member=deputy).delete()

    page = as_representative.get(asked.get_absolute_url()).content.decode()
    row = as_representative.get(reverse("issues:action_list")).content.decode()
    choices = re.findall(r'<option value="(\d+)"( selected)?>(?:Gun|Omar)', page)
    take(as_representative, asked)

    left = "Gun Prototyp, som inte längre svarar för Tekniska förvaltningen"
    assert left in page
    assert left in row
    assert choices == [(str(representative.pk), "")]
    assert stored(asked).handler == representative


def test_a_handler_who_is_marked_has_not_left(
    as_handler: Client, handler: Member, housing: Organisation, asked: Action
) -> None:
    action = ActionFactory(assignment__organisation=housing)
    take(as_handler, action)

    assert "<dd>Tove Test</dd>" in as_handler.get(action.get_absolute_url()).content.decode()


def test_nobody_is_chosen_who_does_not_answer_for_them(
    as_representative: Client, asked: Action, handler: Member, representative: Member
) -> None:
    page = keep(as_representative, asked, handler=handler.pk).content.decode()

    assert "Det valet finns inte längre." in page
    with pytest.raises(NotAllowed, match="Tove Test svarar inte för Tekniska förvaltningen"):
        note_handling(stored(asked), by=Actor.of(representative), handler=handler)


def test_of_two_who_note_it_the_second_reads_what_stands(
    as_representative: Client, representative: Member, asked: Action
) -> None:
    old = version_of(asked.current)
    note_handling(asked.current, by=Actor.of(representative), external_ref="TF-77", handler=representative)

    page = keep(as_representative, asked, external_ref="TF-78", version=old).content.decode()
    newest = re.findall(r'name="handlaggning-version" value="(\w+)"', page)
    between = stored(asked).external_ref
    keep(as_representative, asked, external_ref="TF-78", version=newest[0])

    assert "Nu står Omar Prov och ärendenummer TF-77." in page
    assert (between, stored(asked).external_ref) == ("TF-77", "TF-78")


def test_the_coordinator_keeps_it_on_their_behalf(
    as_coordinator: Client, asked: Action, representative: Member
) -> None:
    page = as_coordinator.get(asked.get_absolute_url()).content.decode()
    keep(as_coordinator, asked, handler=representative.pk, external_ref="TF-77")

    assert "Handläggning hos Tekniska förvaltningen" in page
    assert (stored(asked).handler, stored(asked).external_ref) == (representative, "TF-77")


def test_by_link_the_number_and_the_year_are_said_and_nobody_is_named(
    client: Client, asked: Action, representative: Member
) -> None:
    by = Actor.of(representative)
    take_on(asked.current, by=by)
    stored(asked).accept(by=by, planned=in_days(7))
    address = address_for(stored(asked))

    page = client.get(address).content.decode()
    client.post(f"{address}handlaggning/", {"handlaggning-external_ref": "TF-9", "handlaggning-budget_year": NEXT_YEAR})

    kept = stored(asked)
    assert "Ärendenummer, budgetår och kostnad" in page
    assert 'name="handlaggning-handler"' not in page
    assert (kept.external_ref, kept.budget_year, kept.handler) == ("TF-9", NEXT_YEAR, representative)
    told = asked.issue.events.latest_first()[0]
    assert str(told) == f"Ärendenummer och budgetår om ”{asked.title}” noterat."
    assert told.who == "Tekniska förvaltningen, via länk"
    assert "TF-9" not in f"{told.text}{told.facts}"


def test_what_is_noted_by_link_moves_no_list_and_is_no_hindrance_to_taking_the_answer_back(
    client: Client, asked: Action, technical: Organisation, coordinator: Member
) -> None:
    asked.current.accept(by=Voice.by_link(technical), planned=in_days(7))
    moved = Issue.objects.get().happened_at
    form = {"handlaggning-external_ref": "TF-9", "handlaggning-budget_year": ""}

    for _ in range(2):  # the second changes nothing
        client.post(f"{address_for(stored(asked))}handlaggning/", form)

    assert asked.issue.events.filter(kind="handled").count() == 1
    assert Issue.objects.get().happened_at == moved
    stored(asked).withdraw_answer(by=Actor.of(coordinator))


def test_by_link_no_handler_is_set(asked: Action, representative: Member, technical: Organisation) -> None:
    note_handling(asked.current, by=Voice.by_link(technical), handler=representative, external_ref="TF-9")

    assert (stored(asked).handler, stored(asked).external_ref) == (None, "TF-9")


def test_whoever_has_it_no_longer_keeps_nothing(
    as_representative: Client, asked: Action, representative: Member, housing: Organisation
) -> None:
    theirs = asked.current
    theirs.pass_on(by=Actor.of(representative), to=housing)

    address = reverse("issues:assignment_handling", args=[theirs.pk])
    page = as_representative.post(address, {"handlaggning-external_ref": "TF-77"}).content.decode()

    assert "Frågan har lämnats till någon annan. Inget är sparat." in page
    assert not Assignment.objects.exclude(external_ref="").exists()


def test_what_was_declined_has_nothing_to_keep(asked: Action, representative: Member) -> None:
    by = Actor.of(representative)
    asked.current.decline(by=by, reason="budget", text="Nej.", next_step="Fråga i vår.")

    with pytest.raises(Conflict, match="Åtgärden är avböjd"):
        note_handling(asked.current, by=by, external_ref="TF-77")


def test_what_is_done_may_have_its_number_still(asked: Action, representative: Member) -> None:
    by = Actor.of(representative)
    asked.current.already_done(by=by, done_on=today(), note="Bytta.")

    note_handling(stored(asked), by=by, external_ref="TF-77")

    assert stored(asked).external_ref == "TF-77"


def test_of_a_restricted_issue_only_who_is_named_may_handle(
    issue: Issue, by: Actor, representative: Member, deputy: Member, technical: Organisation
) -> None:
    action = ActionFactory(issue=issue, assignment__organisation=technical)
    restrict(issue, reason=WHY, named=[representative.pk], by=by)
    current = stored(action)

    with pytest.raises(NotAllowed, match="Gun Prototyp svarar inte för"):
        note_handling(current, by=by, handler=deputy)
    note_handling(current, by=by, handler=representative)

    assert stored(action).handler == representative


def test_an_old_version_is_a_conflict_whoever_changed_it(asked: Action, representative: Member, deputy: Member) -> None:
    old = version_of(asked.current)
    take_on(asked.current, by=Actor.of(deputy))

    with pytest.raises(EditConflict, match="Nu står Gun Prototyp"):
        note_handling(stored(asked), by=Actor.of(representative), version=old, external_ref="TF-1")
