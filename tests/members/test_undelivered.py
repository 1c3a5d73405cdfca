"""The page of mails that did not reach: what each met, and what can be done about it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db.models import Count
from django.test import Client
from django.utils import timezone

from issues.models import Event
from issues.restricting import restrict
from members.actor import Actor
from members.models import How, Member, Notice, NoticeCause, NoticeChoice, NoticeStep, Subject
from members.outbox.again import send_again
from members.outbox.sending import send_due
from members.outbox.trouble import what_to_do
from tests.days import next_noon
from tests.factories import IssueFactory, MeetingFactory, MemberFactory, OrganisationFactory, SeatFactory
from tests.members.changing import SAYS
from tests.notices import undelivered, undelivered_mail
from tests.pages import text_of

pytestmark = pytest.mark.django_db


def anna_prov() -> Member:
    """One who has a place in the group, and so sees its issues."""
    return SeatFactory(member=MemberFactory(name="Anna Prov")).member


TOLD = {
    ("refused", "550 5.1.1"): "Det finns ingen sådan adress. Rätta den och skicka igen.",
    ("refused", "550"): "Det finns ingen sådan adress. Rätta den och skicka igen.",
    ("refused", "452 4.2.2"): "Brevlådan är full. Säg till mottagaren, och skicka igen.",
    ("refused", "451 4.7.1"): "Mottagarens e-postserver har skjutit upp det i tre dagar. Skicka igen, eller ring.",
    ("refused", "554 5.7.1"): "Be den som sköter er e-post att se efter.",
    ("refused", "554"): "Mottagarens e-postserver sa nej. Kontrollera adressen och skicka igen.",
    ("refused", "address"): "Adressen har tecken som e-postservern inte klarar.",
    ("uncertain", "cut off"): "Fråga mottagaren innan du skickar igen, annars kan det komma två gånger.",
}


@pytest.mark.parametrize(("state", "trouble"), TOLD)
def test_each_says_what_to_do(as_coordinator: Client, state: str, trouble: str) -> None:
    undelivered(MemberFactory(name="Anna Prov"), state, trouble)

    page = as_coordinator.get("/gruppen/mejl/").content.decode()

    assert TOLD[state, trouble] in page
    assert ("Kan ha kommit fram." in page) == (state == "uncertain")


def test_a_mailbox_that_is_full_or_closed_and_a_mail_that_is_too_large_are_told_apart() -> None:
    codes = ("5.1.2", "5.1.3", "5.1.10", "5.2.1", "5.2.2", "5.3.4")

    assert [what_to_do(Notice(state="refused", trouble=f"550 {code}")).split(".")[0] for code in codes] == [
        "Det finns inget sådant efter @ i adressen",
        "Det finns ingen sådan adress",
        "Det finns ingen sådan adress",
        "Brevlådan är stängd",
        "Brevlådan är full",
        "Mejlet är för stort för mottagarens e-postserver",
    ]


def test_sent_again_it_is_owed_anew_and_off_the_list(as_coordinator: Client) -> None:
    notice = undelivered(anna_prov())

    page = as_coordinator.post(f"/gruppen/mejl/{notice.pk}/igen/", follow=True).content.decode()

    notice.refresh_from_db()
    assert (notice.state, notice.attempts, notice.settled_at) == (Notice.State.WAITING, 0, None)
    assert "Mejlet till Anna Prov skickas igen " in page
    assert "Inget mejl behöver ses till" in page


def is_closed(notice: Notice) -> None:
    Member.objects.filter(pk=notice.member_id).update(is_active=False)


def wants_none(notice: Notice) -> None:
    member = Member.objects.get(pk=notice.member_id)
    NoticeChoice.objects.choose(member, {Subject.NAMED: How.NEVER}, by=Actor.of(member))


def is_restricted_to_others(notice: Notice) -> None:
    event, named = Event.objects.get(pk=notice.cause.key), MemberFactory(is_coordinator=True)
    restrict(event.issue, reason="Hot.", named=[named.pk], by=Actor.of(named))


def was_told_in_a_mailbox(notice: Notice) -> None:
    had = {"state": Notice.State.SENT, "settled_at": notice.due_at, "handed_at": notice.due_at}
    organisation = OrganisationFactory(mailbox=notice.sent_to)
    Notice.objects.create(
        cause=notice.cause, organisation=organisation, sent_to=notice.sent_to, due_at=notice.due_at, **had
    )


UNNEEDED: dict[Callable[[Notice], None], str] = {
    is_closed: "mottagaren har ingen inloggning eller brevlåda längre",
    wants_none: "mottagaren har valt att inte få sådana mejl",
    is_restricted_to_others: "det som stod i det gäller inte längre",
    was_told_in_a_mailbox: "det har kommit till samma adress i ett annat mejl",
}


@pytest.mark.parametrize("state", Notice.TO_LOOK_AT)
@pytest.mark.parametrize("happened", UNNEEDED)
def test_what_nobody_needs_any_longer_is_not_sent_again_but_settled_and_told(
    as_coordinator: Client, happened: Callable[[Notice], None], state: str
) -> None:
    notice = undelivered(anna_prov(), state)
    happened(notice)

    page = as_coordinator.post(f"/gruppen/mejl/{notice.pk}/igen/", follow=True).content.decode()

    notice.refresh_from_db()
    assert f"Mejlet till Anna Prov behövs inte längre: {UNNEEDED[happened]}." in page
    assert notice.state == ("dropped" if state == "refused" else "left uncertain")
    assert list(notice.steps.values_list("kind", flat=True)) == ["left"]


def test_of_what_is_needed_in_part_the_rest_falls_away_when_it_is_sent(as_coordinator: Client) -> None:
    gone, needed = undelivered_mail(anna_prov(), "", "")
    is_restricted_to_others(gone)

    page = as_coordinator.post(f"/gruppen/mejl/{gone.pk}/igen/", follow=True).content.decode()
    send_due(at=next_noon())

    assert "Mejlet till Anna Prov skickas igen" in page
    assert [Notice.objects.get(pk=each.pk).state for each in (gone, needed)] == ["dropped", "sent"]


@pytest.mark.parametrize(("hour", "when"), [(12, "inom någon minut"), (22, "i morgon 07.00")])
def test_sent_again_at_night_it_is_said_that_it_waits(coordinator: Member, hour: int, when: str) -> None:
    at = next_noon().replace(hour=hour)

    came = send_again(undelivered(anna_prov()), by=Actor.of(coordinator), at=at)

    assert came.words("Anna Prov", at) == f"Mejlet till Anna Prov skickas igen {when}."


def test_what_one_mail_told_is_one_row_and_is_seen_to_together(as_coordinator: Client) -> None:
    anna = anna_prov()
    digest, other = undelivered_mail(anna, *[""] * 25), undelivered(anna)

    page = as_coordinator.get("/gruppen/mejl/").content.decode()
    assert (page.count("Skicka igen</button>"), page.count("Anna Prov</a>")) == (2, 2)
    assert ("om 25 nyheter, " in page, "om ett ärende, " in page) == (True, True)

    as_coordinator.post(f"/gruppen/mejl/{digest[0].pk}/igen/")
    page = as_coordinator.post(f"/gruppen/mejl/{digest[7].pk}/bort/", follow=True).content.decode()

    assert "Någon har redan tagit hand om det mejlet." in page
    states = Notice.objects.values_list("state").annotate(number=Count("pk")).order_by("state")
    assert list(states) == [("refused", 1), ("waiting", 25)]
    assert list(Notice.objects.to_look_at()) == [other]
    assert NoticeStep.objects.count() == 25


def test_it_says_where_it_went_and_which_address_she_has_now(as_coordinator: Client) -> None:
    anna = MemberFactory(email="fel@exempel.se")
    undelivered(anna)
    assert "Adressen är" not in text_of(as_coordinator, "/gruppen/mejl/")

    Member.objects.filter(pk=anna.pk).update(email="ratt@exempel.se")

    page = text_of(as_coordinator, "/gruppen/mejl/").replace("<wbr>", "")
    assert ("fel@exempel.se, om" in page, "Adressen är ratt@exempel.se nu." in page) == (True, True)


def test_it_says_what_it_was_about_with_a_link_and_by_which_phone_one_can_be_told(as_coordinator: Client) -> None:
    issue, meeting = IssueFactory(title="Mörkt vid Åparken"), MeetingFactory()
    undelivered_mail(MemberFactory(phone="0383-12 34 56"), f"issue:{issue.pk}", f"issue:{issue.pk}", "")
    undelivered(MemberFactory(), thing=f"meeting:{meeting.pk}")
    undelivered(MemberFactory(), thing="issue:0")

    page = text_of(as_coordinator, "/gruppen/mejl/")

    assert page.count(f'<a href="{issue.get_absolute_url()}">Ärende {issue.number}: Mörkt vid Åparken</a>') == 1
    assert page.count(f'<a href="{meeting.get_absolute_url()}">{meeting}</a>') == 1
    assert page.count("Telefon <a") == 1
    assert "0383-12" in page.partition("Telefon <a")[2].partition("</a>")[0]


def test_who_is_no_samordnare_but_named_reads_of_what_and_no_phone(
    as_representative: Client, representative: Member
) -> None:
    issue = IssueFactory(title="Hemliga huset")
    undelivered(MemberFactory(phone="0383-12 34 56"), thing=f"issue:{issue.pk}")
    restrict(issue, reason="Hot.", named=[representative.pk], by=Actor.of(representative))

    page = text_of(as_representative, "/gruppen/mejl/")

    assert (f"Ärende {issue.number}: Hemliga huset" in page, "0383" in page) == (True, False)


def test_where_the_address_is_put_right_stands_only_where_it_met_the_address(as_coordinator: Client) -> None:
    wrong, full = MemberFactory(), MemberFactory()
    undelivered(wrong)
    undelivered(full, trouble="452 4.2.2")

    page = text_of(as_coordinator, "/gruppen/mejl/")

    link = f'<a href="/gruppen/medlemmar/{wrong.pk}/andra/?mejl">Rätta adressen</a>'
    assert (link in page, page.count("Rätta adressen")) == (True, 1)


def test_from_where_the_address_is_put_right_one_comes_back_and_sends_again(
    as_coordinator: Client, coordinator: Member
) -> None:
    wrong = MemberFactory(name="Nils Ny", email="fel@exempel.se")
    notice = undelivered(wrong)
    form = f"/gruppen/medlemmar/{wrong.pk}/andra/?mejl"
    assert '<a class="button quiet" href="/gruppen/mejl/" data-cancel>' in as_coordinator.get(form).content.decode()

    typed = {"name": "Nils Ny", "email": "ratt@exempel.se", "organisation": wrong.organisation_id or ""}
    saved = as_coordinator.post(form, {**typed, "is_active": "on", **SAYS})

    assert saved["Location"] == "/gruppen/mejl/"
    page = text_of(as_coordinator, "/gruppen/mejl/")
    assert "Adressen är en annan nu. Skicka igen." in page
    assert "Rätta adressen" not in page
    send_again(notice, by=Actor.of(coordinator))
    assert not Notice.objects.in_trouble().exists()


def test_of_an_organisation_it_is_the_same_and_one_without_a_mailbox_is_still_to_be_given_one(
    as_coordinator: Client,
) -> None:
    gone = OrganisationFactory(name="Hamnbolaget", mailbox="")
    event = IssueFactory().record(Event.Kind.OPENED, by=Actor.of(MemberFactory()))
    now = timezone.now()
    cause = NoticeCause.objects.create(kind="issues.asked", key=f"{event.pk}", happened_at=now, due_at=now)
    met = {"state": "refused", "trouble": "550 5.1.1", "sent_to": "hamn@exempel.se", "settled_at": now}
    Notice.objects.create(cause=cause, organisation=gone, due_at=now, **met)

    page = text_of(as_coordinator, "/gruppen/mejl/")

    assert "Det finns ingen sådan adress. Rätta den och skicka igen." in page
    assert f'<a href="/gruppen/organisationer/{gone.pk}/andra/?mejl">Rätta adressen</a>' in page
    assert "Adressen är" not in page


@pytest.mark.parametrize(
    ("kind", "label"),
    [
        ("meetings.called", "en kallelse till ett möte"),
        ("meetings.moved", "en ändring av ett möte"),
        ("meetings.called_off", "ett inställt möte"),
    ],
)
def test_of_a_meeting_it_says_what_it_told(as_coordinator: Client, kind: str, label: str) -> None:
    notice = undelivered(MemberFactory())
    cause = NoticeCause.of(kind, "1", at=timezone.now(), thing="meeting:1")
    cause.save()
    Notice.objects.create(
        cause=cause, member=MemberFactory(), due_at=cause.due_at, state=notice.state, settled_at=notice.settled_at
    )

    assert f"om {label}, " in text_of(as_coordinator, "/gruppen/mejl/")


@pytest.mark.parametrize(("before", "after"), [("refused", "dropped"), ("uncertain", "left uncertain")])
def test_what_is_left_is_off_the_list(as_coordinator: Client, before: str, after: str) -> None:
    notice = undelivered(MemberFactory(), before)

    as_coordinator.post(f"/gruppen/mejl/{notice.pk}/bort/")

    notice.refresh_from_db()
    assert notice.state == after


def test_who_did_what_with_it_and_when_is_written_down(coordinator: Member) -> None:
    notice, at = undelivered(MemberFactory(), trouble="550 5.1.1"), timezone.now()
    notice.send_again(by=Actor.of(coordinator), at=at)
    Notice.objects.filter(pk=notice.pk).settle(Notice.State.REFUSED, at=at, trouble="452 4.2.2")
    notice.let_be(by=Actor.of(coordinator), at=at + timedelta(hours=1))

    steps = notice.steps.order_by("pk").values_list("kind", "met", "by", "at")
    assert list(steps) == [
        ("sent_again", "550 5.1.1", coordinator.pk, at),
        ("left", "452 4.2.2", coordinator.pk, at + timedelta(hours=1)),
    ]


def test_the_page_writes_down_whoever_pressed(as_coordinator: Client, coordinator: Member) -> None:
    notice = undelivered(MemberFactory())
    for step in ("bort", "igen"):  # the second is refused
        as_coordinator.post(f"/gruppen/mejl/{notice.pk}/{step}/")

    assert list(notice.steps.values_list("kind", "by")) == [("left", coordinator.pk)]


def test_the_second_who_sees_to_it_is_told_so(as_coordinator: Client) -> None:
    notice = undelivered(MemberFactory())
    as_coordinator.post(f"/gruppen/mejl/{notice.pk}/bort/")

    page = as_coordinator.post(f"/gruppen/mejl/{notice.pk}/igen/", follow=True).content.decode()

    assert "Någon har redan tagit hand om det mejlet." in page


def test_that_mails_stand_still_is_told(as_coordinator: Client) -> None:
    long_ago = timezone.now() - timedelta(hours=2)
    cause = NoticeCause.of("issues.asked", "en", at=long_ago)
    cause.save()
    Notice.objects.create(cause=cause, member=MemberFactory(), due_at=long_ago)

    page = as_coordinator.get("/gruppen/mejl/").content.decode()

    assert "Mejl väntar på att skickas sedan" in page
