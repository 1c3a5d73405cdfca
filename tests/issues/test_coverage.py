"""Who has reported in a period, who has said that there is nothing to report, and who has been silent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from issues.counting import Scope
from issues.coverage import Coverage, OrganisationCoverage, Said, unsaid_by
from issues.models import Observation
from issues.models.nil_report import LONGEST
from issues.texts.nil_report import calm_with_days, coverage_word
from members.actor import Channel
from members.models import Member, Organisation
from tests.days import in_days, today
from tests.factories import IssueFactory, MemberFactory, NilReportFactory, ObservationFactory, OrganisationFactory

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def moment(day: int, hour: int = 12) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=ZoneInfo("Europe/Stockholm"))


def march(day: int) -> date:
    return date(2026, 3, day)


def words(coverage: Coverage) -> dict[str, Said]:
    return {str(each.organisation): each.word for each in coverage.of_each}


def word_of(organisation: Organisation, after: datetime | None = None, until: datetime | None = None) -> Said:
    scope = Scope(after=after, until=until)
    one = OrganisationCoverage.of(organisation, scope, day=march(31)).word
    [same] = [each.word for each in Coverage.of(scope, day=march(31)).of_each if each.organisation == organisation]
    assert one == same
    return one


def test_coverage_tells_who_has_reported_who_has_nothing_to_report_and_who_is_silent() -> None:
    ended = today() - timedelta(days=1)
    active, calm = OrganisationFactory(name="Aktiva"), OrganisationFactory(name="Lugna")
    OrganisationFactory(name="Tysta")
    left = OrganisationFactory(name="Borta", active_to=ended)
    OrganisationFactory(name="Borta och tyst", active_to=ended)
    for who in (active, active, left):
        ObservationFactory(reporter=MemberFactory(organisation=who))
    NilReportFactory(by=MemberFactory(organisation=calm))

    coverage = Coverage.of(Scope(), day=today())

    assert words(coverage) == {
        "Aktiva": Said.REPORTED,
        "Borta": Said.REPORTED,
        "Lugna": Said.CALM,
        "Tysta": Said.SILENT,
    }
    assert [each.count for each in coverage.having(Said.REPORTED)] == [2, 1]


def test_a_report_goes_before_nothing_to_report_of_the_same_days_whichever_came_first() -> None:
    member = MemberFactory()
    NilReportFactory(by=member)
    ObservationFactory(reporter=member)
    NilReportFactory(by=member, first_day=in_days(-5))

    [said] = Coverage.of(Scope(), day=today()).having(Said.REPORTED)

    assert (said.organisation, said.count) == (member.organisation, 1)


def test_a_report_that_is_restricted_leaves_its_organisation_silent() -> None:
    ObservationFactory(restricted=True)
    ObservationFactory(issue=IssueFactory(restricted=True))
    ObservationFactory(restricted=True, state=Observation.State.REJECTED, rejection="Dubblett")

    words_of_all = {each.word for each in Coverage.of(Scope(), day=today()).of_each}

    assert words_of_all == {Said.SILENT}


def test_one_whose_only_report_was_rejected_has_reported_and_nothing_is_counted() -> None:
    member = MemberFactory()
    ObservationFactory(reporter=member, state=Observation.State.REJECTED, rejection="Dubblett")

    one = OrganisationCoverage.of(the_organisation(member), Scope(), day=today())
    [same] = Coverage.of(Scope(), day=today()).of_each

    assert one == same
    assert (one.word, one.count, coverage_word(one, today())) == (Said.REPORTED, 0, "Har rapporterat")
    assert one.unsaid(None, today()) == (today(), today())

    NilReportFactory(by=member)
    assert word_of(the_organisation(member)) == Said.CALM


def test_a_restricted_report_moves_no_day_that_others_see() -> None:
    member = MemberFactory()
    ObservationFactory(reporter=member, created_at=NOW - timedelta(days=9))
    ObservationFactory(reporter=member, created_at=NOW, restricted=True)
    after = NOW - timedelta(days=20)

    said = OrganisationCoverage.of(the_organisation(member), Scope(after=after), day=today())

    assert said.unsaid(after, today()) == (in_days(-8), today())


def the_organisation(member: Member) -> Organisation:
    assert member.organisation
    return member.organisation


@pytest.mark.parametrize(
    ("first", "last", "word"),
    [(1, 9, Said.SILENT), (1, 11, Said.CALM), (11, 12, Said.CALM), (19, 25, Said.CALM), (21, 25, Said.SILENT)],
)
def test_a_nil_report_covers_a_period_that_one_of_its_days_falls_in(first: int, last: int, word: Said) -> None:
    member = MemberFactory()
    NilReportFactory(by=member, first_day=march(first), last_day=march(last), created_at=moment(26))

    assert word_of(the_organisation(member), moment(10, 15), moment(20, 23)) == word


@pytest.mark.parametrize(
    ("hour", "before", "after"), [(9, Said.CALM, Said.SILENT), (17, Said.SILENT, Said.CALM)], ids=["before", "after"]
)
def test_on_the_day_of_the_meeting_what_is_said_before_it_is_its_own_and_after_it_the_next(
    hour: int, before: Said, after: Said
) -> None:
    member = MemberFactory()
    NilReportFactory(by=member, created_at=moment(10, hour))
    ended = moment(10, 15)

    assert word_of(the_organisation(member), moment(1), ended) == before
    assert word_of(the_organisation(member), ended, moment(31)) == after


@pytest.mark.parametrize(("day", "hour", "first"), [(10, 15, 11), (11, 0, 11)], ids=["closed", "the day's end"])
def test_a_period_is_asked_of_from_the_first_whole_day_after_it_begins(day: int, hour: int, first: int) -> None:
    said = OrganisationCoverage(OrganisationFactory(active_from=march(1)))

    assert said.unsaid(moment(day, hour), march(20)) == (march(first), march(20))


@pytest.mark.parametrize(("days_ago", "word"), [(0, Said.NOT_YET), (1, Said.SILENT)])
def test_nobody_is_silent_on_the_day_of_the_meeting(days_ago: int, word: Said) -> None:
    member = MemberFactory()
    ended = NOW - timedelta(days=days_ago)
    NilReportFactory(by=member, last_day=in_days(-days_ago), created_at=ended)
    scope = Scope(after=ended)

    one = OrganisationCoverage.of(the_organisation(member), scope, day=today())

    assert [one.word, *(each.word for each in Coverage.of(scope, day=in_days(30)).of_each)] == [word, word]


@pytest.mark.parametrize(("days_ago", "word", "days"), [(0, Said.NOT_YET, None), (1, Said.SILENT, (-1, 0))])
def test_nobody_is_silent_on_the_day_it_joins_but_may_say_so_of_itself(
    days_ago: int, word: Said, days: tuple[int, int] | None
) -> None:
    new = OrganisationFactory(active_from=in_days(-days_ago))

    one = OrganisationCoverage.of(new, Scope(), day=today())

    assert [one.word, *(each.word for each in Coverage.of(Scope(), day=in_days(30)).of_each)] == [word, word]
    assert one.unsaid(None, today()) == (days and (in_days(days[0]), in_days(days[1])))
    assert unsaid_by(new, today()) == (in_days(-days_ago), today())


def test_one_that_is_not_in_the_group_is_neither_silent_nor_calm() -> None:
    coming = OrganisationFactory(active_from=in_days(3))

    said = OrganisationCoverage.of(coming, Scope(), day=today())

    assert (said.word, coverage_word(said, today())) == (Said.OUTSIDE, "Är inte med i gruppen")
    assert Coverage.of(Scope(), day=today()).of_each == []


def test_what_is_unsaid_begins_the_day_after_the_last_word() -> None:
    new = OrganisationFactory(active_from=in_days(-3))
    said = OrganisationCoverage(OrganisationFactory(active_from=march(1)))
    nil = NilReportFactory(first_day=in_days(-9), last_day=in_days(-4))

    assert said.unsaid(NOW - timedelta(days=20), today()) == (in_days(-19), today())
    assert said.unsaid(None, today()) == (max(today() - LONGEST, march(1)), today())
    assert OrganisationCoverage(new).unsaid(None, today()) == (in_days(-3), today())
    with_nil = OrganisationCoverage(said.organisation, nil=nil)
    assert with_nil.unsaid(NOW - timedelta(days=20), today()) == (in_days(-3), today())
    with_report = OrganisationCoverage(said.organisation, last_report=NOW - timedelta(days=2))
    assert with_report.unsaid(NOW - timedelta(days=20), today()) == (in_days(-1), today())


def test_after_a_report_the_day_itself_is_left_and_when_all_is_said_nothing() -> None:
    nil = NilReportFactory()
    after = NOW - timedelta(days=9)

    reported = OrganisationCoverage(nil.organisation, count=1, last_report=NOW)
    assert reported.unsaid(after, today()) == (today(), today())
    assert replace(reported, nil=nil).unsaid(after, today()) is None
    assert replace(reported, is_asked=False).unsaid(NOW, today()) is None


def test_the_words_tell_on_what_day_it_was_said() -> None:
    member = MemberFactory(organisation__name="Polisen")
    NilReportFactory(by=member, first_day=march(1), last_day=march(9), created_at=moment(12))
    counted = Coverage.of(Scope(), day=march(31))

    [calm] = counted.having(Said.CALM)

    assert coverage_word(calm, march(20)) == "Inget att rapportera (12 mars)"
    assert calm_with_days([calm], march(20)) == "Polisen (12 mars)"


def test_what_another_noted_tells_how_it_came() -> None:
    organisation = OrganisationFactory(name="Polisen")
    NilReportFactory(organisation=organisation, channel=Channel.PHONE, created_at=moment(12))

    [calm] = Coverage.of(Scope(), day=march(31)).having(Said.CALM)

    assert coverage_word(calm, march(20)) == "Inget att rapportera (12 mars, på telefon)"
    assert calm_with_days([calm], march(20)) == "Polisen (12 mars, på telefon)"


@pytest.mark.parametrize("number", [1, 3])
def test_the_coverage_asks_as_often_however_many_there_are(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ObservationFactory.create_batch(number)
    NilReportFactory.create_batch(number)

    with django_assert_num_queries(1):
        coverage = Coverage.of(Scope(), day=today())
        assert [str(each.nil.by) for each in coverage.having(Said.CALM) if each.nil]
