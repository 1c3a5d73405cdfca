"""What waits in a session keeps all but the masked words, and whoever is signed in stays so."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.contrib.messages.storage.cookie import MessageEncoder
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from base.swedish.passages import MASK, pattern
from members.sign_in_forms import UNSENT
from temagrupp.redaction.kept import MESSAGES, forget

pytestmark = pytest.mark.django_db

PAGE = "/rapportera/"


def session_of(client: Client, **kept: Any) -> SessionStore:
    session = SessionStore(client.session.session_key)
    session.update(kept)
    session.save()
    return session


def kept_of(session: SessionStore) -> dict[str, Any]:
    return dict(SessionStore(session.session_key).load())


def a_form(text: str, *more: list[str], page: str = PAGE) -> dict[str, Any]:
    return {"path": PAGE, "page": page, "writer": "", "fields": [["text", text], *more], "hers": True, "text": text}


def test_a_form_that_waits_loses_the_masked_words_alone(as_representative: Client) -> None:
    unsent = a_form(
        "Åsa Prov\nropade länge", ["where", "Hos ÅSA prov"], ["key", "0-asa"], page=f"{PAGE}?q=%C3%85sa+Prov"
    )
    session = session_of(as_representative, **{UNSENT: unsent})

    forget(pattern("Åsa Prov"))

    told = f"{MASK}\nropade länge"
    assert kept_of(session)[UNSENT] == a_form(told, ["where", f"Hos {MASK}"], ["key", "0-asa"])


def test_a_message_that_says_the_words_is_gone_and_another_waits(as_representative: Client) -> None:
    said = {words: MessageEncoder().encode([Message(constants.INFO, words)]) for words in ("Åsa Prov är ny", "Sparat")}
    session = session_of(as_representative, **{MESSAGES: said["Åsa Prov är ny"]})

    forget(pattern("Åsa Prov"))
    assert MESSAGES not in kept_of(session)

    session = session_of(as_representative, **{MESSAGES: said["Sparat"]})
    forget(pattern("Åsa Prov"))
    assert kept_of(session)[MESSAGES] == said["Sparat"]


def test_nobody_is_signed_out_by_a_passage_that_is_her_number(
    as_representative: Client,
) -> None:
    session = session_of(as_representative)
    before = kept_of(session)

    forget(f"(?<![0-9]){before['_auth_user_id']}(?![0-9])")

    assert kept_of(session) == before
