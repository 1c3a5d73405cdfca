"""What is found in a report, an issue, an answer is asked about on their pages, with all that was typed still there."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client

from base.ui.models import KeptPassage
from issues.models import Action, Issue, Observation
from members.models import Member
from tests.factories import IssueFactory, ObservationFactory
from tests.issues.answering import NO, answer_of, send
from tests.issues.test_observation_report import KEY, URL, least
from tests.pages import Response
from tests.the import the

pytestmark = pytest.mark.django_db

PHONE, NAME = "070-174 06 05", "Anna Svensson"
PHONE_FOUND = "”070-174 06 05” ser ut som ett telefonnummer"


def page_of(response: Response) -> str:
    return " ".join(html.unescape(response.content.decode()).split())


def names_in(response: Response) -> list[str]:
    """The names of the answers that the page asks for."""
    return list(dict.fromkeys(re.findall(r'name="([^"]+)" value="asked"', response.content.decode())))


def test_a_report_is_shown_once_more_with_a_calm_box_that_has_the_focus(as_representative: Client) -> None:
    response = as_representative.post(URL, least(text=f"Ring {PHONE}.", unsafe="2"))

    page = page_of(response)
    assert (response.status_code, Observation.objects.exists()) == (200, False)
    assert 'data-asks role="group" tabindex="-1" autofocus aria-labelledby="form-vakt"' in page
    assert f'<a href="#id_text_found">{PHONE_FOUND}</a>' in page
    assert f"Ring {PHONE}.</textarea>" in page
    assert re.search(r'name="unsafe" value="2"[^>]* checked', page)
    assert '<a href="/uppgifter/">Så hanterar vi uppgifter</a>' in page


def test_the_report_is_saved_with_the_answer_and_only_once(as_representative: Client, representative: Member) -> None:
    (name,) = names_in(as_representative.post(URL, least(text=f"Ring {PHONE}.")))
    answered = least(text=f"Ring {PHONE}.") | {name: "remove"}

    first, second = (as_representative.post(URL, answered) for _ in range(2))

    assert Observation.objects.get().text == "Ring [telefonnummer]."
    assert first["Location"] == second["Location"]


def test_the_first_question_sent_twice_on_a_bad_line_saves_nothing(as_representative: Client) -> None:
    pages = [as_representative.post(URL, least(text=f"Ring {PHONE}.")) for _ in range(2)]

    assert names_in(pages[0]) == names_in(pages[1])
    assert not Observation.objects.exists()
    assert KEY in pages[1].content.decode()


def test_an_error_and_what_was_found_stand_on_the_same_page(as_representative: Client) -> None:
    page = page_of(as_representative.post(URL, least(where="", text=f"Ring {PHONE}.")))

    assert "Skriv var det var." in page
    assert PHONE_FOUND in page
    assert page.count('tabindex="-1" autofocus') == 1


def test_an_issue_that_is_changed_asks_only_about_what_is_new(as_coordinator: Client) -> None:
    issue: Issue = IssueFactory(text=f"Ring {PHONE}.")
    facts = {"title": "Mörkt", "kind": "place", "where": "", "version": issue.version}
    address = f"/arenden/{issue.number}/andra/"

    kept = as_coordinator.post(address, facts | {"text": f"Ring {PHONE}. Det är mörkt."})
    issue.refresh_from_db()
    new = as_coordinator.post(address, facts | {"text": f"Fråga {NAME}.", "version": issue.version})

    assert kept.status_code == 302
    assert f"<mark>{NAME}</mark>" in page_of(new)


def test_what_a_report_gives_a_new_issue_is_asked_about_there_too(as_coordinator: Client) -> None:
    observation = ObservationFactory(where=f"Hos {NAME}", text="")
    address = f"/observationer/{observation.pk}/nytt-arende/"
    form = as_coordinator.get(address).context["form"]

    page = as_coordinator.post(
        address, {n: form[n].value() or "" for n in ("title", "category", "where", "text", "kind")}
    )

    assert not Issue.objects.exists()
    assert page.content.decode().count(f"<mark>{NAME}</mark>") == 2


def test_an_answer_asks_in_its_own_fold_and_is_saved_with_what_was_chosen(
    as_representative: Client, asked: Action
) -> None:
    no = NO | {"nej-text": f"Fråga {NAME}, {PHONE}."}

    response = send(as_representative, asked, "decline", **no)
    answers = dict(zip(names_in(response), ("keep", "remove"), strict=True))
    assert re.search(r"<details[^>]* open> <summary><span>Nej, inte nu", page_of(response))
    send(as_representative, asked, "decline", **no, **answers)

    assert the(answer_of(asked)).text == f"Fråga {NAME}, [telefonnummer]."
    assert [str(kept) for kept in KeptPassage.objects.all()] == ["name in issues.Answer.text"]
