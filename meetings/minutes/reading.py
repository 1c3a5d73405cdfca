"""The minutes in words, for the page and the documents: of a frozen version, or of the draft."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from base.swedish.points import is_paragraph, titled
from base.swedish.words import listed, sentence, thousands
from issues.coverage import Said, said
from issues.models import despite_words
from issues.texts.nil_report import reported_uncounted
from meetings import letterhead
from meetings.agenda.lines import registered, see_points
from meetings.coming import ComingMeetings
from meetings.followed_up import FollowedDecision
from meetings.minutes.editions import Edition, Hidden
from meetings.minutes.present import less_struck
from meetings.minutes.shown import (
    NO_ACTIONS,
    MinutesActionView,
    MinutesAttendanceView,
    MinutesDecisionView,
    MinutesHeadingView,
    MinutesItemView,
    MinutesView,
)
from meetings.minutes.when_held import entered_in_words, held_in_words, moment_in
from meetings.minutes.writing import minutes_content
from meetings.models import Heading, Meeting, Minutes, OrganisationAtMeeting
from meetings.models.agenda import how_it_was_left
from meetings.models.minutes import words_in
from meetings.people import could_not_come, described, guests_by_capacity
from members.models import Member

RESTRICTED_SINCE = "Den berättar om sådant som sedan fick begränsad spridning."
WHY_A_DRAFT = "Så skulle det bli om mötet avslutades nu."
APPROVED_BY = "Justeras av"
MASKED_BEFORE = "Uppgifter som är maskerade i version {} är maskerade även här."
NOTHING = "Inget att ta upp."
LEFT = "Behandlades inte."


def frozen_view(edition: Edition) -> MinutesView:
    """The view of a frozen version as it is read. Nothing is looked up: it shows what was frozen."""
    return _view(edition.content, saved=saved(edition.minutes), masked=masked(edition))


def draft_view(meeting: Meeting) -> MinutesView:
    """The view of the draft: what the minutes would say if the meeting closed now."""
    return _view(less_struck(minutes_content(meeting, ComingMeetings.after(meeting))), draft=WHY_A_DRAFT)


def saved(minutes: Minutes) -> str:
    """The version in words: Version 2, sparad 25 november 2026 klockan 14.50 av Maja Exempel. Ersätter version 1."""
    replaces = f" Ersätter version {minutes.version - 1}{_beside(minutes)}." if minutes.version > 1 else ""
    how = "rättad" if minutes.corrects else "sparad"
    return f"{saved_as(minutes.version, how, minutes.made_at, minutes.made_by)}{replaces}"


def saved_as(version: int, how: str, made_at: datetime, made_by: Member) -> str:
    return f"Version {version}, {how} {letterhead.printed_at(made_at)} av {made_by}."


def _beside(minutes: Minutes) -> str:
    """Of a version that was made to be registered, that nothing else is changed in it."""
    if not minutes.content.get("registered"):
        return ""
    return f", bara diarienumret är {'nytt' if minutes.content['registry_no'] else 'borttaget'}"


def masked(edition: Edition) -> str:
    """That what is read is a masked copy, and since when; empty where nothing is masked."""
    if not edition.masked_at:
        return ""
    day = date_format(timezone.localdate(edition.masked_at), "j F Y")
    return f"Uppgifter är maskerade {day}. Originalet finns kvar hos samordnaren."


def why_hidden(edition: Edition) -> str:
    """Why something of a version is hidden from those who read it."""
    day = edition.masked_at and date_format(timezone.localdate(edition.masked_at), "j F Y")
    masked = f"Uppgifter i den maskerades {day}." if day else ""
    is_restricted = Hidden.by_restriction().left_of(edition.minutes.content) != edition.minutes.content
    return " ".join(filter(None, (masked, RESTRICTED_SINCE if is_restricted else "")))


def changes_between(editions: Sequence[Edition], since: int) -> list[dict[str, Any]]:
    """What each correction after that version has put right, less the last of them, which every reader is told.

    The latest first, as the editions are.
    """
    told = [edition.content.get("corrected") for edition in editions]
    of_each = {one["version"]: one for one in told if one and one["version"] > since}
    return [{"version": version, **_corrected(one)} for version, one in [*of_each.items()][1:]]


# Private


def _view(content: dict[str, Any], *, draft: str = "", saved: str = "", masked: str = "") -> MinutesView:
    return MinutesView(
        called=words_in(content),
        group=content["group"],
        title=content["title"],
        day=timezone.localdate(moment_in(content["started_at"] or content["starts_at"])),
        facts=tuple((name, value) for name, value in _facts(content) if value),
        attendance=tuple(attendance_of(row) for row in content["attendance"]),
        guests=tuple(guests_by_capacity((guest["capacity"], _guest(guest)) for guest in content["guests"])),
        headings=tuple(_headings(content)),
        actions=tuple(action_view(action) for action in content["actions"]),
        appendices=tuple(map(appendix_words, content.get("appendices", []))),
        draft=draft,
        saved=saved,
        masked=masked,
        no_actions="" if content.get("on_paper") else NO_ACTIONS,
        **_corrected(content.get("corrected")),
    )


def _corrected(told: dict[str, Any] | None) -> dict[str, Any]:
    """What a correction has put right, in this version or one before it; nothing where none has."""
    if told is None:
        return {}
    kept = f" {MASKED_BEFORE.format(told['corrects'])}" if told["is_masked"] else ""
    return {
        "why": f"{sentence(told['why'])}{kept}".strip(),
        "changed_since": f"Ändrat i version {told['version']} sedan version {told['corrects']}",
        "changes": tuple(change["text"] for change in told["changes"]),
    }


def _facts(content: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield "Tid", held_in_words(content)
    yield "Plats", content["place"]
    yield "Diarienummer", content.get("registry_no", "")
    yield "Skrivet i efterhand", entered_in_words(content.get("on_paper"))
    for word, officer in (("Ordförande", content["chair"]), ("Sekreterare", content["secretary"])):
        relieved = [one for one in content.get("relieved", []) if one["capacity"] == word]
        yield word, "; ".join(f"{_named(one)}{one.get('span', '')}" for one in (*relieved, officer))
    yield APPROVED_BY, "; ".join(map(_named, content.get("approvers") or []))


def attendance_of(row: dict[str, Any]) -> MinutesAttendanceView:
    """Who was there; of who could not come the name, where it is known."""
    there = [_person(person) for person in row["people"]]
    excused = could_not_come([described(one["name"], one["title"], one["capacity"].lower()) for one in row["excused"]])
    alone = excused if row["state"] == OrganisationAtMeeting.State.EXCUSED else row["state_name"]
    sat = [*there, excused] if there else [alone or row["state_name"]]
    return MinutesAttendanceView(row["organisation"], "; ".join(filter(None, sat)), is_there=bool(there))


def _person(person: dict[str, Any]) -> str:
    """Omar Prov, enhetschef, ordinarie, punkt 1–5."""
    return f"{described(person['name'], person['title'], person['capacity'].lower())}{person['span']}"


def _named(person: dict[str, Any]) -> str:
    """Maja Exempel, säkerhetssamordnare, Höglandets räddningstjänstförbund."""
    return described(person["name"], person["title"], person["home"])


def _guest(person: dict[str, Any]) -> str:
    """Åsa Ärlig, kurator, Brottsofferjouren, punkt 9."""
    return f"{_named(person)}{person['span']}"


def _headings(content: dict[str, Any]) -> Iterator[MinutesHeadingView]:
    """The headings that the meeting came to; where their § go on over the year all of them, so that none is missing."""
    for heading in content["headings"]:
        told = _heading(heading, content)
        if told.says_something or _is_reached(heading) or _has_paragraph(heading):
            yield told


def _heading(heading: dict[str, Any], content: dict[str, Any]) -> MinutesHeadingView:
    items = [item for item in heading["items"] if not item["is_heading"] or item["note"] or item["decisions"]]
    return MinutesHeadingView(
        heading["key"],
        str(heading["number"]),
        titled(str(heading["number"]), heading["title"]),
        tuple(_sentences(heading, content)),
        tuple(item_view(item, is_left=_is_left(heading)) for item in items),
        tuple(tuple(answer["row"]) for answer in heading["answered"]),
        tuple(_followed(heading, is_earlier=True)),
        tuple((each["organisation"], each["text"]) for each in heading.get("said", [])),
    )


def _sentences(heading: dict[str, Any], content: dict[str, Any]) -> list[str]:
    sentences = [*_round(heading["round"], "hittills" if content["is_first"] else "sedan förra mötet")]
    sentences += _followed(heading, is_earlier=False)
    if heading["rule"] == Heading.Rule.NEXT_MEETING:
        sentences.append(_next_meeting(content["next"]))
        sentences += [f"Extra möte: {_when(one)}." for one in content.get("extra", [])]  # older ones do not say
    places = [(place["number"], place["title"]) for place in heading["elsewhere"]]
    if see := see_points(places, besides=any(not item["is_heading"] for item in heading["items"])):
        sentences.append(see)
    if _is_left(heading) or (
        _has_paragraph(heading) and not sentences and _is_empty(heading) and not _is_reached(heading)
    ):
        sentences.append(LEFT)
    elif not (sentences or heading.get("followed")) and _is_empty(heading) and _is_reached(heading):
        sentences.append(NOTHING)
    return sentences


def _followed(heading: dict[str, Any], *, is_earlier: bool) -> list[str]:
    """What became of decisions, of the meeting before or of earlier ones; last of all how many more there are."""
    followed = heading.get("followed", [])
    told = [one for one in followed if one.get("is_earlier", False) == is_earlier]
    words = [
        str(FollowedDecision(one["number"], one["text"], one["became"], title=one.get("title", ""))) for one in told
    ]
    has_earlier = any(one.get("is_earlier") for one in followed)
    return [*words, *filter(None, [heading.get("more_followed", "") if has_earlier == is_earlier else ""])]


def _round(reports: list[dict[str, Any]], since: str) -> Iterator[str]:
    """What each organisation had said, by the rule of all pages; a report that is left out is as one never made."""
    by_word: dict[Said, list[dict[str, Any]]] = {}
    for report in reports:
        by_word.setdefault(_said(report), []).append(report)
    reported = by_word.get(Said.REPORTED, [])
    counted = [f"{each['organisation']} {thousands(len(each['counted']))}" for each in reported if each["counted"]]
    if counted:
        yield f"Nya observationer {since}: {', '.join(counted)}."
    if others := [each["organisation"] for each in reported if not each["counted"]]:
        yield reported_uncounted(others, besides=bool(counted))
    if calm := [f"{each['organisation']} ({each['calm']})" for each in by_word.get(Said.CALM, [])]:
        yield f"Inget att rapportera: {listed(calm)}."
    if silent := [each["organisation"] for each in by_word.get(Said.SILENT, [])]:
        yield f"Har inte rapporterat: {listed(silent)}."


def _said(report: dict[str, Any]) -> Said:
    facts = {"takes_part": report["takes_part"], "is_asked": report["is_asked"]}
    seen = {"counts": bool(report["counted"]), "has_reported": bool(report["rejected"])}
    return said(is_calm=bool(report["calm"]), **seen, **facts)


def _is_reached(heading: dict[str, Any]) -> bool:
    return any(_is_dealt_with(item) for item in heading["items"])


def _has_paragraph(heading: dict[str, Any]) -> bool:
    return is_paragraph(str(heading["number"]))


def _is_dealt_with(item: dict[str, Any]) -> bool:
    """Whether the meeting came to it: what it deferred says so by the decision."""
    return bool(item["discussed"] or item.get("deferred"))


def _is_left(heading: dict[str, Any]) -> bool:
    """Whether there were points under a heading and the meeting came to none of them."""
    under = [item for item in heading["items"] if not item["is_heading"]]
    if heading.get("said"):
        return False
    return len(under) > 1 and not any(_is_dealt_with(item) or item["note"] for item in heading["items"])


def _is_empty(heading: dict[str, Any]) -> bool:
    """Whether a heading had nothing under it. A standing heading, as the opening and the end, is never empty."""
    is_standing = heading["kind"] == Heading.Kind.STANDING
    written = any(not item["is_heading"] or item["note"] or item["decisions"] for item in heading["items"])
    return not (is_standing or written or heading["answered"] or heading.get("said"))


def _next_meeting(following: dict[str, Any] | None) -> str:
    return f"{_when(following)}." if following else "Tiden är inte bestämd."


def _when(meeting: dict[str, Any]) -> str:
    starts_at = moment_in(meeting["starts_at"])
    place = f", {meeting['place']}" if meeting["place"] else ""
    return f"{letterhead.day(starts_at)} klockan {letterhead.clock(starts_at)}{place}"


def item_view(item: dict[str, Any], *, is_left: bool) -> MinutesItemView:
    """An item; of one whose whole heading was left, which says so, the title alone."""
    number = f"{item['number']} " if "." in item["number"] else ""
    decisions = tuple(_decision(decision) for decision in item["decisions"])
    if item["is_heading"]:
        return MinutesItemView("", "", _changed(item), (), item["note"], decisions)
    issue = f"(ärende {item['issue']})" if item["issue"] else ""
    passing, left = (_changed(item), "") if is_left else (_passing(item), _left(item))
    answers = tuple(item["answers"])
    return MinutesItemView(f"{number}{item['title']}", issue, passing, answers, item["note"], decisions, left)


def _passing(item: dict[str, Any]) -> str:
    """The small print of an item: that it is put right, why it was there, its diarienummer, and by whom."""
    raised = sentence(f"Anmäld av {item['raised_by']}") if item.get("raised_by") else ""  # older ones do not say
    presenters = "; ".join(map(_named, item["presenters"]))
    presented = f"Föredragande {presenters}." if presenters else ""
    return " ".join(
        filter(None, (_changed(item), item["reason"], registered(item.get("registry_no", "")), raised, presented))
    )


def _changed(item: dict[str, Any]) -> str:
    """That the version which is read puts something right at it."""
    return f"Punkten är ändrad i version {item['changed']}." if item.get("changed") else ""


def _left(item: dict[str, Any]) -> str:
    """That the meeting left it, as a sentence of its own."""
    left = how_it_was_left(is_discussed=_is_dealt_with(item), note=item["note"])
    return f"{left}." if left else ""


def _decision(decision: dict[str, str]) -> MinutesDecisionView:
    feedback = f" Återkoppling: ”{decision['feedback']}”" if decision["feedback"] else ""
    why = f" {words}" if (words := despite_words(decision.get("despite", ""))) else ""  # older ones do not say
    name = " ".join(filter(None, ("Beslut", decision["number"])))
    if decision.get("struck"):
        return MinutesDecisionView(f"{name}, struket", f"{decision['text']}{why}", is_struck=True)
    return MinutesDecisionView(name, f"{decision['text']}{why}{feedback}")


def action_view(action: dict[str, Any]) -> MinutesActionView:
    number = action["number"]
    return MinutesActionView(
        title=action["title"],
        decision=f"Beslut {number}" if number else "Nytt förslag" if action["is_new"] else "",
        organisation=action["organisation"],
        supporting=f"Stöd från {listed(action['supporting'])}" if action["supporting"] else "",
        done_by=action["done_by"] or "Inte bestämt",
        status=action["status"],
    )


def appendix_words(appendix: dict[str, Any]) -> str:
    """Bilaga 1: Lägesbild.pdf, till ”Belysningen”. One of a restricted item has no number."""
    item = f", till ”{appendix['item']}”" if appendix["item"] else ""
    named = f"Bilaga {appendix['number']}".rstrip()
    return f"{named}: {appendix['title']}{item}"
