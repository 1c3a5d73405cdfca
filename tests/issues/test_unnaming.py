"""Un-naming: somebody of the group is always left who is named."""

from __future__ import annotations

from django.test import Client

from issues.models import Issue
from issues.restricting import restrict
from members.actor import Actor
from members.models import Member, Organisation
from tests.factories import ActionFactory
from tests.issues.restricted import WHY, errors, named_on, url
from tests.pages import text_of


def test_the_last_of_the_group_who_is_named_stays_and_is_not_offered_to_be_removed(
    as_coordinator: Client, issue: Issue, by: Actor, coordinator: Member, handler: Member, housing: Organisation
) -> None:
    ActionFactory(issue=issue, assignment__organisation=housing)
    restrict(issue, reason=WHY, named=[handler.pk], by=by)
    last, other = (url(issue, f"namngivna/{member.pk}/ta-bort") for member in (coordinator, handler))

    offered = as_coordinator.get(url(issue, "namngivna")).content.decode()
    page = as_coordinator.get(last).content.decode()
    refused = as_coordinator.post(last)

    assert [address in offered for address in (last, other)] == [False, True]
    assert "Du är ensam namngiven i gruppen. Namnge någon annan först." in page
    assert "Ta bort mig" not in page
    assert errors(refused) == "Minst en i gruppen måste vara namngiven. Namnge någon annan först."
    assert named_on(issue) == ["Maja Exempel", "Tove Test"]
    assert "Ta bort Tove Test</button>" in as_coordinator.get(other).content.decode()


def test_whoever_unnames_herself_where_another_is_named_is_warned_and_led_away(
    as_coordinator: Client, coordinator: Member, representative: Member, hidden: Issue
) -> None:
    hers, others = (url(hidden, f"namngivna/{member.pk}/ta-bort") for member in (coordinator, representative))
    offered = text_of(as_coordinator, url(hidden, "namngivna"))
    assert [address in offered for address in (hers, others)] == [True, True]
    assert "Du ser inte längre ärendet" in text_of(as_coordinator, hers)

    gone = as_coordinator.post(hers, follow=True)

    assert gone.redirect_chain == [("/arenden/", 302)]
    assert as_coordinator.get(hidden.get_absolute_url()).status_code == 404
