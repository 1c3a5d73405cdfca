"""The clocks of questions and promises in a restricted issue: they go while somebody of theirs may read it."""

from __future__ import annotations

from datetime import date

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from issues.models import Action, ActionStatus, Issue
from issues.receivers import receivers
from issues.restricting import lift, name, restrict, unname
from members.actor import Actor
from members.models import Member, Organisation
from tests.days import in_days
from tests.factories import ActionFactory, AnswersForFactory, MemberFactory
from tests.issues.restricted import WHY
from tests.pages import text_of


def a_question(issue: Issue, organisation: Organisation, due: date) -> Action:
    return ActionFactory(issue=issue, assignment__organisation=organisation, assignment__answer_due=due)


def a_promise(issue: Issue, organisation: Organisation, member: Member) -> Action:
    action = a_question(issue, organisation, in_days(-9))
    action.current.accept(planned=in_days(-3), by=Actor.of(member))
    return action


def clock(action: Action) -> tuple[date | None, ActionStatus]:
    action = Action.objects.get(pk=action.pk)
    status = action.status_on(timezone.localdate())
    return status.due(action.current), status


def test_the_clock_stops_where_nobody_of_theirs_is_named_and_starts_anew_when_one_is(
    issue: Issue, by: Actor, handler: Member, representative: Member, housing: Organisation, technical: Organisation
) -> None:
    theirs, ours = a_question(issue, housing, in_days(-3)), a_question(issue, technical, in_days(-3))
    usual = by.member.group.answer_due()

    restrict(issue, reason=WHY, named=[representative.pk], by=by)
    assert (clock(theirs), clock(ours)) == ((None, ActionStatus.WAITING), (in_days(-3), ActionStatus.SILENT))

    name(issue, [handler.pk], by=by)
    assert (clock(theirs), clock(ours)) == ((usual, ActionStatus.WAITING), (in_days(-3), ActionStatus.SILENT))

    unname(issue, handler, by=by)
    assert clock(theirs) == (None, ActionStatus.WAITING)

    lift(issue, reason="Det gällde platsen.", by=by)
    assert clock(theirs) == (usual, ActionStatus.WAITING)


def test_a_promise_is_late_only_while_somebody_of_theirs_is_named(
    issue: Issue, by: Actor, handler: Member, representative: Member, housing: Organisation, technical: Organisation
) -> None:
    theirs, ours = a_promise(issue, housing, handler), a_promise(issue, technical, representative)
    late, going = (in_days(-3), ActionStatus.LATE), (None, ActionStatus.UNDER_WAY)

    restrict(issue, reason=WHY, named=[representative.pk], by=by)
    assert (clock(theirs), clock(ours)) == (going, late)

    name(issue, [handler.pk], by=by)
    assert (clock(theirs), clock(ours)) == (late, late)

    unname(issue, handler, by=by)
    assert clock(theirs) == going

    lift(issue, reason="Det gällde platsen.", by=by)
    assert clock(theirs) == late


def test_what_is_promised_for_those_of_whom_nobody_is_named_is_not_late_either(
    issue: Issue, by: Actor, housing: Organisation
) -> None:
    theirs = a_question(issue, housing, in_days(-9))
    restrict(issue, reason=WHY, named=[], by=by)

    Action.objects.get(pk=theirs.pk).current.accept(planned=in_days(-3), by=by)

    assert clock(theirs) == (None, ActionStatus.UNDER_WAY)


def test_the_pages_of_those_named_say_that_it_stands_still(
    as_coordinator: Client, issue: Issue, by: Actor, housing: Organisation, handler: Member
) -> None:
    theirs, promise = a_question(issue, housing, in_days(-3)), a_promise(issue, housing, handler)
    restrict(issue, reason=WHY, named=[], by=by)

    for address in (issue.get_absolute_url(), theirs.get_absolute_url(), reverse("issues:action_list"), "/"):
        page = text_of(as_coordinator, address)
        assert ("har inte svarat" in page, "3 dagar" in page) == (False, False), address
    page = text_of(as_coordinator, promise.get_absolute_url())
    assert "Ingen som svarar för Witalabostäder AB är namngiven, så den räknas inte som försenad." in page
    page = text_of(as_coordinator, theirs.get_absolute_url())
    assert "Ingen som svarar för Witalabostäder AB är namngiven" in page
    assert "Ses bara av Maja Exempel (samordnare)." in page


def unnaming(issue: Issue, member: Member) -> str:
    return reverse("issues:unname", args=[issue.number, member.pk])


def test_before_the_last_who_answers_is_unnamed_the_page_says_whose_clock_stops(
    as_coordinator: Client, issue: Issue, by: Actor, handler: Member, housing: Organisation, representative: Member
) -> None:
    a_question(issue, housing, in_days(5))
    restrict(issue, reason=WHY, named=[handler.pk, representative.pk], by=by)
    says = "Ingen annan som svarar för Witalabostäder AB är namngiven. Svarstiden stoppas"

    assert says in text_of(as_coordinator, unnaming(issue, handler))
    assert says not in text_of(as_coordinator, unnaming(issue, representative))
    name(issue, [AnswersForFactory(organisation=housing, member=MemberFactory()).member_id], by=by)
    assert says not in text_of(as_coordinator, unnaming(issue, handler))


def test_a_draft_that_is_proposed_where_nobody_of_theirs_is_named_starts_no_clock(
    issue: Issue, by: Actor, housing: Organisation
) -> None:
    draft = Action.draft(issue=issue, organisation=housing, title="Byt lås", answer_due=in_days(7), by=by)
    restrict(issue, reason=WHY, named=[], by=by)
    draft = Action.objects.get(pk=draft.pk)
    draft.propose(by=by)

    assert clock(draft) == (None, ActionStatus.WAITING)


def test_an_answer_that_is_withdrawn_after_the_lifting_starts_the_clock_anew(
    issue: Issue, by: Actor, housing: Organisation
) -> None:
    theirs = a_question(issue, housing, in_days(-3))
    restrict(issue, reason=WHY, named=[], by=by)
    action = Action.objects.get(pk=theirs.pk)
    action.current.already_done(by=by.speaking_for(housing, "phone"), done_on=timezone.localdate(), note="Klart.")
    lift(Issue.objects.get(pk=issue.pk), reason="Fel.", by=by)

    Action.objects.get(pk=theirs.pk).current.withdraw_answer(by=by)

    assert clock(theirs) == (by.member.group.answer_due(), ActionStatus.WAITING)


def test_one_whose_account_is_closed_reads_for_nobody(
    issue: Issue, by: Actor, handler: Member, housing: Organisation
) -> None:
    theirs = a_question(issue, housing, in_days(-3))
    restrict(issue, reason=WHY, named=[handler.pk], by=by)
    handler.change(by=by, is_active=False)

    assert housing not in receivers(Issue.objects.get(pk=issue.pk))
    unname(Issue.objects.get(pk=issue.pk), handler, by=by)
    assert clock(theirs) == (None, ActionStatus.WAITING)


def test_what_was_promised_keeps_the_day_that_its_answer_was_due(
    issue: Issue, by: Actor, handler: Member, housing: Organisation
) -> None:
    promise = a_promise(issue, housing, handler)
    restrict(issue, reason=WHY, named=[], by=by)
    lift(issue, reason="Fel.", by=by)

    assert Action.objects.get(pk=promise.pk).current.answer_due == in_days(-9)
