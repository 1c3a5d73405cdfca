"""The same form sent twice does its work once, whoever is first."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import RequestFactory
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from base.records.freetext import FreeLineFormField
from base.ui.forms import RegisterForm
from base.ui.models import SentForm, sending
from base.ui.once import ALREADY_SENT, AlreadySentMiddleware, posted, save_once
from members.models import Member, Organisation
from tests.at_once import at_once
from tests.base.ui.requests import view, with_messages
from tests.factories import MemberFactory
from tests.the import the

KEY = "4d6b5a52-9d6e-4f0e-8ad8-0a4c8f3a9d10"


class NameForm(RegisterForm):
    name = FreeLineFormField()

    def save(self) -> str:
        Organisation.objects.create(name=self.cleaned_data["name"])
        return "/tack/"

    def receipt(self, saved: str) -> str:
        return f"Sparat, gå till {saved}"


class RefusedForm(NameForm):
    def save(self) -> str:
        super().save()
        raise ValidationError("Ärendet är redan avslutat.")


def post(member: Member, **data: str) -> HttpRequest:
    request = RequestFactory().post("/", {"name": "Hamnbolaget", "key": KEY} | data)
    request.user = member
    return with_messages(request)


def send(request: HttpRequest) -> str | None:
    response = save_once(request, NameForm(posted(request)))
    return response.url if response else None


def said(request: HttpRequest) -> list[str]:
    return [str(message) for message in get_messages(request)]


def test_the_first_sending_does_the_work_and_says_so(representative: Member) -> None:
    request = post(representative)

    assert send(request) == "/tack/"
    assert said(request) == ["Sparat, gå till /tack/"]
    assert Organisation.objects.filter(name="Hamnbolaget").count() == 1


def test_the_second_sending_leads_to_the_same_place_and_does_nothing(representative: Member) -> None:
    send(post(representative))
    again = post(representative)

    assert send(again) == "/tack/"
    assert said(again) == [ALREADY_SENT]
    assert Organisation.objects.filter(name="Hamnbolaget").count() == 1


def test_something_else_written_in_a_form_that_was_saved_is_not_lost(representative: Member) -> None:
    send(post(representative))

    assert send(post(representative, name="Torgbolaget")) == "/tack/"
    assert Organisation.objects.filter(name__in=["Hamnbolaget", "Torgbolaget"]).count() == 2


def test_one_who_only_looks_at_the_page_has_sent_nothing(representative: Member) -> None:
    request = post(representative)
    request.method = "GET"

    assert send(request) is None
    assert not SentForm.objects.exists()


def test_a_form_that_was_sent_empty_is_told_what_is_missing(representative: Member) -> None:
    request = RequestFactory().post("/")
    request.user = representative
    form = NameForm(posted(request))

    assert save_once(request, form) is None
    assert form.errors == {"name": ["Fyll i ”Name”."]}


def test_where_one_goes_on_may_follow_from_what_was_saved(representative: Member) -> None:
    request = post(representative)

    response = save_once(request, NameForm(posted(request)), then=lambda saved: f"{saved}vidare/")

    assert the(response).url == "/tack/vidare/"


def test_another_members_form_with_the_same_key_is_another_form(representative: Member, coordinator: Member) -> None:
    send(post(representative))

    assert send(post(coordinator, name="Torgbolaget")) == "/tack/"
    assert Organisation.objects.filter(name="Torgbolaget").exists()


def test_what_the_verb_refuses_is_rolled_back_and_may_be_sent_again(representative: Member) -> None:
    request = post(representative)
    form = RefusedForm(posted(request))

    assert save_once(request, form) is None
    assert form.non_field_errors() == ["Ärendet är redan avslutat."]
    assert not Organisation.objects.filter(name="Hamnbolaget").exists()
    assert send(post(representative)) == "/tack/"


def test_what_was_taken_back_may_be_sent_again(representative: Member) -> None:
    send(post(representative))
    (first,) = SentForm.objects.all()

    send(post(representative, name="Ångra", key=f"{uuid4()}", undoes=f"{first.key}"))
    Organisation.objects.filter(name="Hamnbolaget").update(name="Ett annat bolag")

    assert send(post(representative)) == "/tack/"
    assert Organisation.objects.filter(name="Hamnbolaget").exists()


def test_what_could_not_be_taken_back_is_not_saved_twice(representative: Member) -> None:
    send(post(representative))
    (first,) = SentForm.objects.all()
    undo = post(representative, name="Ångra", key=f"{uuid4()}", undoes=f"{first.key}")

    AlreadySentMiddleware(view).process_view(undo, view, [], {})
    assert save_once(undo, RefusedForm(posted(undo))) is None

    assert send(again := post(representative)) == "/tack/"
    assert said(again) == [ALREADY_SENT]
    assert Organisation.objects.filter(name="Hamnbolaget").count() == 1


def test_a_form_already_saved_is_met_before_its_view(representative: Member) -> None:
    send(post(representative))
    again = post(representative)

    response = AlreadySentMiddleware(view).process_view(again, view, [], {})

    assert the(response)["Location"] == "/tack/"
    assert said(again) == [ALREADY_SENT]


@pytest.mark.parametrize("key", ["", "trasig", "5d6b5a52-9d6e-4f0e-8ad8-0a4c8f3a9d10", "\x00"])
def test_any_other_form_goes_on_to_its_view(representative: Member, key: str) -> None:
    send(post(representative))

    assert AlreadySentMiddleware(view).process_view(post(representative, key=key), view, [], {}) is None


def test_each_of_several_files_in_a_field_makes_another_sending() -> None:
    def sent(*contents: bytes) -> UUID | None:
        files = MultiValueDict({"files": [SimpleUploadedFile("a.pdf", content) for content in contents]})
        return sending({"key": KEY}, files)

    assert sent(b"one", b"two") == sent(b"one", b"two")
    assert sent(b"one", b"two") != sent(b"other", b"two")


def test_what_was_sent_long_ago_is_forgotten_when_the_member_sends_again(
    representative: Member, coordinator: Member
) -> None:
    long_ago = timezone.now() - timedelta(days=31)
    for member in (representative, coordinator):
        SentForm.objects.create(member=member, key=uuid4(), url="/")
    SentForm.objects.update(sent_at=long_ago)

    send(post(representative))

    assert list(SentForm.objects.order_by("pk").values_list("member__name", "url")) == [
        ("Maja Exempel", "/"),
        ("Omar Prov", "/tack/"),
    ]


@pytest.mark.django_db(transaction=True)
def test_two_sendings_at_the_same_moment_do_the_work_once() -> None:
    member = MemberFactory()
    requests = [post(member) for _ in range(2)]

    led_to = at_once(*(lambda request=request: send(request) for request in requests))

    assert led_to == ["/tack/", "/tack/"]
    assert Organisation.objects.filter(name="Hamnbolaget").count() == 1
    assert SentForm.objects.count() == 1
