"""Answering a question from the group, as the pages send it."""

from typing import Any

from django.test import Client
from django.urls import reverse

from issues.models import Action, Answer, Assignment
from tests.pages import Response
from tests.the import the

NO = {"nej-reason": "priority", "nej-text": "Skolvägarna först.", "nej-next_step": "Ta upp igen i mars."}


def send(client: Client, action: Action, answer: str, **typed: Any) -> Response:
    """Post one of the four forms about the handover that is current."""
    url = reverse(f"issues:assignment_{answer}", args=[Assignment.objects.get(action=action, ended_at=None).pk])
    return client.post(url, typed)


def answered(action: Action) -> Assignment:
    return action.assignments.order_by("pk")[0]


def answer_of(action: Action) -> Answer:
    """What the organisation that was asked first has said."""
    return the(answered(action).answer)
