"""What one asks who wants to find something out: of the search, of the filters, and by forms that she makes herself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from issues.models import Issue
from tests.restricted.addresses import restricted_addresses
from tests.restricted.telling import Register
from tests.restricted.visiting import Asked, Visitor

HIDDEN_ISSUES = ("fishing", "torches", "beacons", "struck", "restored")
WORDS = (
    *("tjärfacklor", "Tjärfacklor vid Silverdammen", '"långrevsfiske om nätterna"', "kvastresnign", "facklor -lampor"),
    *("silverdammen", "vassviken", "vassruggar brinner", "järnekar", "rökringar", "vårdkasar tänds", "elin förlaga"),
    *(
        "vårdkasarna pekar",
        "järnekslaget",
        "fiske",
        "vasskvist or vassruggar",
        "Bärga järnekar",
        "belysning",
        "nedskräpning",
    ),
)
"""Of each restricted text: as it stands, misspelt, inside other words, as a phrase, of the place, of the category."""


def search(visitor: Visitor, role: str) -> None:
    for address in _searches(visitor.register):
        visitor.ask(Asked(role, address))


def _searches(told: Register) -> Iterator[str]:
    queue, attach = told.things["first"], reverse("issues:triage_attach")
    numbers = [told.things[name].number for name in HIDDEN_ISSUES]
    for words in (*WORDS, *numbers, *(number.partition("-")[2] for number in numbers)):
        yield _query(reverse("search"), q=words)
        yield _query(reverse("issues:list"), q=words, lage="alla")
        yield _query(reverse("issues:observation_attach", args=[queue.pk]), sok=words)
    for words in ("Silverdammen", "Bortre vassviken", "silver"):
        yield _query(reverse("issues:list"), plats=words, lage="alla")
    for kind in ("arenden", "observationer", "atgarder", "anteckningar", "beslut", "punkter", "bilagor"):
        yield _query(reverse("search"), q="järnekar", bland=kind)
    for number in numbers:
        yield _query(reverse("issues:report"), arende=number)
    kept = [told.things[name].pk for name in ("waits", "noted", "attached", "moved", "withdrawn")]
    for keys in (kept, [queue.pk, *kept]):
        yield _query(attach, o=keys)
        yield _query(reverse("issues:triage_issue"), o=keys)
        yield _query(reverse("issues:triage_reject"), o=keys)
    for status in ("alla", "vantar", "forsenade", "avbojda", "klara", "pagar"):
        yield _query(reverse("issues:action_list"), vy="alla", lage=status, organisation=told.things["asked"].pk)
        yield _query(reverse("issues:action_list"), vy="alla", lage=status)
        yield _query(reverse("issues:action_list_csv"), vy="alla", lage=status)
    for name in ("held_fishing", "running_beacons"):  # the way back to a point, from a page of her own
        yield _query(reverse("issues:action_detail", args=[told.things["action"].pk]), punkt=told.things[name].pk)
    for page in (reverse("issues:list"), reverse("issues:observation_list"), reverse("issues:triage")):
        yield _query(page, sida=2)


def _query(address: str, **words: Any) -> str:
    return f"{address}?{urlencode(words, doseq=True)}"


def send_to_what_is_restricted(visitor: Visitor, role: str) -> None:
    """An empty form to each address that is about something restricted."""
    for address in restricted_addresses(visitor.register, "POST"):
        visitor.ask(Asked(role, address, "POST"))


def send_what_names_it(visitor: Visitor, role: str) -> None:
    """Forms about what she may know of, with the keys, numbers and words of what she may not."""
    for route, args, fields in (*_forms(visitor.register), *_words(visitor.register)):
        sent = tuple((name, str(value)) for name, values in fields.items() for value in _listed(values))
        name, question, query = route.partition("?")
        visitor.ask(Asked(role, f"{reverse(name, args=args)}{question}{query}", "POST", (*sent, ("key", KEY))))


KEY = "00000000-0000-4000-8000-000000000000"
Form = tuple[str, list[Any], dict[str, Any]]


def _forms(told: Register) -> Iterator[Form]:
    first, second, shared = told.things["first"].pk, told.things["second"].pk, told.things["shared"].number
    held, running, planned = (told.things[name].pk for name in ("held", "running", "planned"))
    kept = [told.things[name].pk for name in ("waits", "noted", "rejected", "attached", "moved", "withdrawn")]
    for issue in (told.things[name] for name in HIDDEN_ISSUES):
        yield from _about(issue, told)
    yield "issues:triage_marked", [], {"o": [first, *kept], "gor": "notera"}
    yield "issues:triage_reject", [], {"o": [first, second, *kept], "reason": "Inte vårt."}
    yield "issues:triage_issue", [], {"o": [first, second, *kept], "title": "Mörkt", "kind": "place"}
    yield "issues:triage_put_back", [], {"versions": " ".join(f"{pk}@x" for pk in kept)}
    yield "issues:observation_note", [first], {}
    yield "issues:close", [shared], {"outcome": "solved", "feedback": "Klart.", "despite": "Räcket svetsas ändå."}
    yield "meetings:start", [planned], {"held": "today"}
    yield "meetings:start", [planned], {}
    yield "meetings:close", [running], {}
    yield "meetings:item_detail", [told.things["running_item"].pk], {"then": "next", "note": "Lampor.", "version": 1}
    yield "meetings:item_detail", [told.things["running_item"].pk], {"then": "skip"}
    for name in ("running_fishing", "running_beacons", "held_fishing"):
        item = told.things[name]
        for meeting in (planned, running, held):
            yield "meetings:agenda_remove", [meeting], {"line": item.key}
            yield "meetings:agenda_restore", [meeting], {"line": item.key}
            for recurs in ("yes", "no"):
                yield "meetings:agenda_recur", [meeting], {"line": item.key, "recurs": recurs}
        yield "meetings:agenda_move", [running, told.things["running_item"].key], {"after": item.key}
        decision = item.decisions.first()
        yield "meetings:item_detail", [told.things["running_item"].pk], {"strike": decision and decision.pk}
    days = {"first_day": told.day(-3).isoformat(), "last_day": told.day(0).isoformat()}
    for organisation in ("asked", "school", "handled"):
        yield "issues:nil_report", [told.things[organisation].pk], {**days, "channel": "phone"}
        left = {"name": "Annat namn", "kind": "office", "active_from": "2021-01-01", "in_group": "on"}
        yield "members:organisation_change", [told.things[organisation].pk], {**left, "active_to": told.day(-1)}
    yield "members:seat_end", [told.things["seat_of_named"].pk], {"last_day": told.day(0).isoformat()}
    named = told.people["named"]
    yield "members:member_change", [named.pk], {"name": named.name, "email": named.email, "organisation": ""}
    yield "meetings:unstart", [running], {}
    yield "meetings:uncall", [planned], {}
    yield "meetings:call_off", [planned], {"reason": "Sjukdom."}
    yield "meetings:reinstate", [planned], {}
    yield "meetings:send_calling_off_now", [planned], {}
    for meeting in (planned, running, held):
        yield "meetings:agenda_extent", [meeting], {"extent": "short"}
        yield "meetings:agenda_extent", [meeting], {"extent": "whole"}
    yield "meetings:register", [held], {"registry_no": "HRF 2026/118"}
    yield "meetings:register", [held], {}
    for step in ("registered", "unregistered", "mail_registrar"):
        yield f"meetings:minutes_{step}", [held, 1], {}
    yield "meetings:unclose", [held], {}
    yield "meetings:send_now", [held], {}
    yield "meetings:remove", [held], {"why": "Fel dag."}
    yield "meetings:start_correcting", [held], {}
    yield "meetings:correct", [held], {"why": "Efter en synpunkt."}
    yield "meetings:cancel_correcting", [held], {}
    yield "meetings:start_correcting", [held], {}
    yield "meetings:discard_correction", [held], {}


def _words(told: Register) -> Iterator[Form]:
    """The words of what is hidden: asked of the guard, looked for to be masked, and written where all may read."""
    shared, litter = told.things["shared"], told.things["litter"]
    report = {"category": litter.pk, "organisation": told.things["asked"].pk, "where": "Bortre vassviken"}
    report |= {"when": "now", "police_report": "unknown", "source": "own"}
    for words in ("Bortre Vassviken", "Elin Förlaga", "Kvastbåten", "tjärfacklor"):
        yield "guard", [], {"field": "text", "control": "id_text", "text": f"Vi såg {words} vid Bortre Vassviken."}
        yield "redaction:redact", [], {"passage": words}
        yield "redaction:save", [], {"passage": words, "why": "Pekar ut.", "places": "issues_note:text:1"}
        yield "issues:note", [shared.number], {"text": f"{words} syntes igen."}
        yield "issues:change", [shared.number], {"title": words, "where": "Bortre vassviken", "need": 1}
        yield "issues:report", [], report | {"text": f"{words} syntes igen."}
    for name in HIDDEN_ISSUES:
        yield f"issues:report?arende={told.things[name].number}", [], report | {"text": "Det brinner igen."}
        yield f"redaction:redact?arende={told.things[name].number}", [], {"passage": "järnekar"}
    for issue in (shared, told.things["other"]):  # in both lies an observation that is restricted itself
        yield "issues:strike", [issue.number], {"reason": "Upplagt av misstag."}
        yield "issues:restrict", [issue.number], {"reason": "Kan pekas ut."}


def _about(issue: Issue, told: Register) -> Iterator[Form]:
    """Forms in which an issue is chosen."""
    first, planned = told.things["first"].pk, told.things["planned"].pk
    yield "issues:observation_attach", [first], {"issue": issue.pk, "knowing": "on"}
    yield "issues:triage_attach", [], {"o": [first, told.things["second"].pk], "issue": issue.pk}
    yield "issues:triage_put_back", [], {"versions": f"{first}@x", "opened": issue.pk}
    yield "meetings:agenda_add", [planned], {"number": issue.number}
    yield "meetings:agenda_add", [planned], {"number": issue.number.partition("-")[2]}
    yield "meetings:agenda_add", [planned], {"number": "järnekar", "issue": issue.pk}
    yield "meetings:agenda_remove", [planned], {"line": f"issue-{issue.pk}"}
    yield "meetings:agenda_move", [planned, told.things["guests"].key], {"after": f"issue-{issue.pk}"}


def _listed(values: Any) -> list[Any]:
    return values if isinstance(values, list) else [values]
