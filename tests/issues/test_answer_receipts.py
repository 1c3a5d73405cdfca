"""The receipt of an answer says what was answered, for whom, and until when it can be withdrawn."""

import re

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from base.swedish.words import day_and_month
from issues.models import Action, Answer, Assignment
from members.actor import Actor
from members.models import Member, Organisation
from tests.days import in_days, today
from tests.issues.answering import NO, answer_of, answered, send
from tests.pages import Response, text_of
from tests.people import signed_in
from tests.the import the

BUTTON = "Ta tillbaka svaret"
UNDO = 'form="angra-'
YES = {"ja-planned": in_days(7).isoformat()}


def receipt(response: Response) -> str:
    *_, message = get_messages(response.wsgi_request)
    return str(message)


def within(action: Action) -> str:
    return f"Går att ta tillbaka till klockan {answer_of(action).last_minute}."


@pytest.mark.parametrize(
    ("answer", "typed", "told"),
    [
        ("accept", YES, f"Svarat ja, planerat klart {day_and_month(in_days(7), today=today())}."),
        ("decline", NO, "Svarat nej."),
        ("ask", {"fraga-text": "Vilka?"}, "Frågan är ställd till gruppen, samordnaren kompletterar."),
        ("pass_on", {"vidare-to": "nobody"}, "Skickad vidare till samordnaren, som utser ansvarig."),
    ],
)
def test_the_receipt_fits_what_was_answered(
    as_representative: Client, asked: Action, answer: str, typed: dict[str, str], told: str
) -> None:
    response = send(as_representative, asked, answer, **typed)

    assert receipt(response) == f"{told} Gruppen ser det direkt. {within(asked)}"


def test_the_receipt_of_what_was_passed_on_says_to_whom(
    as_representative: Client, asked: Action, housing: Organisation
) -> None:
    response = send(as_representative, asked, "pass_on", **{"vidare-to": str(housing.pk)})

    assert receipt(response).startswith("Skickad vidare till Witalabostäder AB. Gruppen ser det direkt.")


def test_the_receipt_of_what_was_noted_for_others_says_for_whom(as_coordinator: Client, asked: Action) -> None:
    response = send(as_coordinator, asked, "decline", **NO, **{"nej-channel": "phone"})

    assert receipt(response) == f"Noterat för Tekniska förvaltningen: svarat nej. {within(asked)}"


def test_the_receipt_of_progress_says_what_it_was(as_representative: Client, asked: Action) -> None:
    send(as_representative, asked, "accept", **YES)

    response = as_representative.post(reverse("issues:action_start", args=[asked.pk]))

    assert receipt(response) == "Påbörjad. Gruppen ser det direkt."


def test_the_page_has_the_way_back_and_how_long_it_is_open(
    as_representative: Client, deputy: Member, as_officer: Client, asked: Action
) -> None:
    send(as_representative, asked, "accept", **YES)
    page = asked.get_absolute_url()
    as_representative.get(page)  # the receipt is read

    until = f"Går till klockan {answer_of(asked).last_minute}, om inget händer innan dess."
    assert until in text_of(as_representative, page)
    assert BUTTON in text_of(signed_in(deputy), page)
    assert BUTTON not in text_of(as_officer, page)


def test_the_page_has_no_button_of_its_own_while_the_receipt_has_the_way_back(
    as_representative: Client, asked: Action
) -> None:
    send(as_representative, asked, "accept", **YES)

    first, then = (text_of(as_representative, asked.get_absolute_url()) for _ in range(2))

    assert (UNDO in first, BUTTON in first) == (True, False)
    assert (UNDO in then, BUTTON in then) == (False, True)


def test_the_button_of_the_page_takes_the_answer_back(as_representative: Client, asked: Action) -> None:
    send(as_representative, asked, "accept", **YES)
    as_representative.get(asked.get_absolute_url())  # the receipt is read
    html = text_of(as_representative, asked.get_absolute_url())
    url, key, given = the(
        re.search(
            r'class="cluster screen-only" method="post" action="([^"]+)">.*?name="key" value="([^"]+)">'
            r'<input type="hidden" name="answer" value="(\d+)">',
            html,
        )
    ).groups()

    as_representative.post(url, {"key": key, "answer": given})

    assert not answered(asked).is_answered
    assert BUTTON not in text_of(as_representative, asked.get_absolute_url())


def test_who_noted_it_for_others_has_the_way_back_on_the_page_and_they_have_too(
    as_coordinator: Client, as_representative: Client, asked: Action
) -> None:
    send(as_coordinator, asked, "accept", **YES, **{"ja-channel": "phone"})
    as_coordinator.get(asked.get_absolute_url())  # the receipt is read

    assert BUTTON in text_of(as_coordinator, asked.get_absolute_url())
    assert BUTTON in text_of(as_representative, asked.get_absolute_url())


def test_what_others_answered_themselves_is_not_the_samordnares_to_take_back(
    as_coordinator: Client, as_representative: Client, asked: Action
) -> None:
    send(as_representative, asked, "accept", **YES)

    assert BUTTON not in text_of(as_coordinator, asked.get_absolute_url())


def test_who_passed_it_on_has_the_way_back_and_who_was_asked_instead_has_not(
    as_representative: Client, as_handler: Client, asked: Action, housing: Organisation
) -> None:
    send(as_representative, asked, "pass_on", **{"vidare-to": str(housing.pk)})
    as_representative.get(asked.get_absolute_url())  # the receipt is read

    assert BUTTON in text_of(as_representative, asked.get_absolute_url())
    assert BUTTON not in text_of(as_handler, asked.get_absolute_url())


def test_the_way_back_is_gone_from_the_page_when_more_rests_on_the_answer(
    as_representative: Client, representative: Member, asked: Action
) -> None:
    send(as_representative, asked, "accept", **YES)
    Action.objects.get().start(by=Actor.of(representative))

    assert BUTTON not in text_of(as_representative, asked.get_absolute_url())


def test_a_form_that_is_sent_back_has_the_question_with_it(as_representative: Client, asked: Action) -> None:
    asked.issue.change(by=Actor.of(asked.created_by), where="Norra gångtunneln")

    page = " ".join(send(as_representative, asked, "decline").content.decode().split())

    form = page[page.index("<summary><span>Nej, inte nu") :]
    again, errors = form.index("<strong>Laga belysningen</strong>, Norra gångtunneln."), form.index("error-summary")
    assert again < errors
    assert Assignment.objects.get().answer is None
    assert not Answer.objects.exists()
