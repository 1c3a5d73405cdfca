"""The register's tags and filters, at hand in every template without a load."""

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar
from uuid import uuid4

from django import template
from django.shortcuts import resolve_url
from django.template import Engine
from django.template.context import Context
from django.utils import timezone
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from base.swedish import moments
from base.swedish import words as swedish
from base.swedish.clock import today, wall_clock
from base.swedish.phones import PhonePart, phone_parts
from base.swedish.said_days import SaidDay
from base.swedish.text import breakable
from base.ui import pagination
from base.ui.drawings import GLYPHS, ICONS
from base.ui.notices import NoticeStorage
from base.ui.undo import undo_of

STRETCH = re.compile(r"(?:[Pp]unkt|§)\s\d+–\d+[.,;]?")

register = template.Library()
register.filter("undo", undo_of)
register.filter(swedish.thousands)
register.filter(swedish.days_whole)


Subject = TypeVar("Subject")
Words = TypeVar("Words")


def as_of_today(words: Callable[[Subject, date], Words]) -> Callable[[Subject], Words]:
    """Make a function of a thing and the day a filter of the thing alone."""

    def of_today(subject: Subject) -> Words:
        return words(subject, today())

    of_today.__name__ = words.__name__
    return of_today


@register.filter
def points_whole(words: str) -> str:
    """The text as markup in which "punkt 1–6" is on one line: a browser breaks after the dash."""
    if "–" not in words:
        return words
    return mark_safe(STRETCH.sub(r'<span class="nowrap">\g<0></span>', conditional_escape(words)))  # noqa: S308 escaped


@register.simple_tag
def glyph(name: str) -> SafeString:
    """The glyph of a state; an unknown name draws the empty circle."""
    return _drawing('<svg viewBox="0 0 20 20" aria-hidden="true">{}</svg>', GLYPHS.get(name, GLYPHS["left"]))


@register.simple_tag
def drawing(name: str) -> SafeString:
    """What a glyph is drawn of, for a picture of several."""
    return _drawing("{}", GLYPHS[name])


@register.simple_tag
def icon(name: str) -> SafeString:
    """The icon of a category or a thing; an unknown name draws the speech bubble of "Något annat"."""
    return _drawing(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', ICONS.get(name, ICONS["other"])
    )


@cache  # of our own constants, and a list draws the same few on every row
def _drawing(frame: str, drawing: str) -> SafeString:
    return format_html(frame, mark_safe(drawing))  # noqa: S308  our own constants


@register.simple_tag
def form_key() -> SafeString:
    """The key of a form that is one button, so that a double tap counts once."""
    return format_html('<input type="hidden" name="key" value="{}">', uuid4())


@register.simple_block_tag(takes_context=True, end_name="endbelow_messages")
def below_messages(context: template.Context, content: SafeString) -> SafeString:
    """The page below its messages: it is set first, and tells itself those that have a place in it."""
    return format_html("{}{}", _fragment("ui/_messages.html").render(context), content)


@register.simple_tag(takes_context=True)
def told_here(context: template.Context, place: str) -> SafeString:
    """What the last step led to, when its address led to this place: first in the element that has it as its id.

    It may stand in another form: the form of "Ångra" stands above the page.
    """
    messages = context.get("messages")
    told = messages.told_at(place) if isinstance(messages, NoticeStorage) else []
    with context.push(told=told):
        return _fragment("ui/_told_here.html").render(context) if told else SafeString()


def _fragment(name: str) -> template.Template:
    """A template that is set in the context of the page itself."""
    return Engine.get_default().get_template(name)


@register.simple_tag(takes_context=True)
def from_page(context: dict[str, Any]) -> str:
    """The query by which a step of a list carries the page it stands on; empty on the first, and on no page at all."""
    return pagination.from_page(context["request"]) if "request" in context else ""


@register.simple_tag(takes_context=True)
def state(context: Context, sentence: swedish.StateSentence) -> SafeString:
    """The state of a thing as a sentence with its glyph. A tag without a template: a list has one on every row."""
    rest = format_html(" {}", points_whole(sentence.rest)) if sentence.rest else ""
    return format_html(
        '<p class="state" data-state="{}"{}>{}<span><strong>{}</strong>{}</span></p>',
        sentence.state,
        _yours(context, sentence),
        glyph(sentence.state),
        points_whole(sentence.verdict),
        rest,
    )


@register.simple_tag(takes_context=True)
def badge(context: Context, sentence: swedish.StateSentence) -> SafeString:
    """The state of a thing in few words, for a table row."""
    return format_html(
        '<span class="badge" data-state="{}"{}>{}{}</span>',
        sentence.state,
        _yours(context, sentence),
        glyph(sentence.state),
        sentence.words,
    )


def _yours(context: Context, sentence: swedish.StateSentence) -> SafeString:
    """The attribute of what waits on the reader, which makes it warm; empty where it waits on others or on nobody."""
    request = context.get("request")
    is_yours = request and sentence.waits_on and sentence.waits_on(request.user)
    return mark_safe(" data-yours" if is_yours else "")  # noqa: S308  our own constants


@register.inclusion_tag("ui/_breadcrumb.html")
def breadcrumb(*parts: Any) -> dict[str, Any]:
    """The way down to a page: words and what they lead to by turns, last the page itself.

    {% breadcrumb "Ärenden" "issues:list" issue.number issue "Avsluta" %}
    """
    *above, here = parts
    targets = map(resolve_url, above[1::2])
    return {"above": list(zip(above[::2], targets, strict=True)), "here": here}


@register.filter
def swedish_day(value: date | datetime | None) -> str:
    """The day in words: onsdag 25 november."""
    return swedish.swedish_day(_day(value), today=today()) if value else ""


@register.filter
def short_day(value: date | datetime | None) -> str:
    """The day without its weekday: 25 november."""
    return swedish.day_and_month(_day(value), today=today()) if value else ""


@register.filter
def said_day(value: SaidDay | None) -> str:
    """The day in the words it was said with, and what they mean: vecka 50 (senast 13 december)."""
    return value.whole(today=today()) if value else ""


@register.simple_tag
def moment(value: datetime | None, form: str = "near", first: bool = False) -> str:
    """The time element: i går 09.15, with the whole moment and how far away it is. Forms: near, day, short, distance.

    `first` where it begins a line of its own and has a capital.
    """
    if value is None:
        return ""
    now = timezone.now()
    title = f"{moments.whole(value)}, {moments.distance(value, now)}"
    words = moments.FORMS[form](value, now)
    words = swedish.capital(words) if first else words
    return format_html('<time datetime="{}" title="{}">{}</time>', value.isoformat(), title, words)


@register.filter
def restricted_mark(thing: object) -> SafeString:
    """The mark of what only those who are named may see, after a space; nothing of the rest, or of no thing."""
    return SafeString(' <span class="mark">Begränsad spridning</span>' if getattr(thing, "restricted", False) else "")


@register.filter
def swedish_time(value: datetime | None) -> str:
    """The time of day: 13.00."""
    return f"{wall_clock(value):%H.%M}" if value else ""


def _day(value: date | datetime) -> date:
    if not isinstance(value, datetime):
        return value
    return wall_clock(value).date() if timezone.is_aware(value) else value.date()


@register.filter
def plural(number: int, forms_of_word: str) -> str:
    """The number in figures with its noun: {{ 3|plural:"observation,observationer" }} → 3 observationer."""
    one, many = forms_of_word.split(",")
    return swedish.plural(number, one, many)


@register.filter
def in_words(number: int, forms_of_word: str) -> str:
    """The number in words: {{ 3|in_words:"observation,observationer" }}; a third part "ett" for ett-words."""
    one, many, *article = forms_of_word.split(",")
    return swedish.in_words(number, one, many, neuter=article == ["ett"])


@register.filter
def listed(names: list[object]) -> str:
    """The words as a Swedish list: Polisen, Socialförvaltningen och Vetlanda Stadshus AB."""
    return swedish.listed([str(name) for name in names])


@register.filter
def mail_address(address: str) -> SafeString:
    """The address as markup that a narrow page breaks after its @, where one would oneself."""
    name, _, house = address.partition("@")
    return format_html("{}@<wbr>{}", name, house)


@register.filter(name="breakable")
def breakable_name(thing: object) -> str:
    """The name with soft hyphens, for a heading on a narrow page."""
    return breakable(str(thing))


@register.filter
def phone_links(text: str) -> SafeString:
    """The text with a link for each phone number in it; it breaks between numbers, never inside one."""
    return format_html_join("", "{}", ((_phone(part),) for part in phone_parts(text)))


def _phone(part: PhonePart) -> str:
    return format_html('<a class="nowrap" href="tel:{}">{}</a>', part.number, part.words) if part.number else part.words


@register.filter
def capital(words: object) -> str:
    """The text with its first letter large: |capfirst for what another filter has made."""
    return swedish.capital(str(words))
