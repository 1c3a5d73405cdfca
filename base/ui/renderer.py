"""Renders plain form controls without a template for each: a page may have two hundred of them."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms.renderers import TemplatesSetting
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from base.ui.templatetags.ui import icon
from base.ui.widgets import EMPTY_CHOICE, ChoiceRadios, SegmentsSelect, TilesSelect

DASHES = BLANK_CHOICE_DASH[0][1]  # what Django writes where nothing is chosen
INPUTS = ("checkbox", "date", "datetime", "email", "hidden", "number", "password", "search", "text", "time")


class ControlRenderer(TemplatesSetting):
    """Draws Django's plain controls as its own templates do; all others by their templates."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        draw = DRAWN.get(template_name)
        return draw(context["widget"]) if draw else super().render(template_name, context, request)


def _input(widget: dict[str, Any]) -> SafeString:
    value = "" if widget["value"] is None else format_html(' value="{}"', str(widget["value"]))
    return format_html('<input type="{}" name="{}"{}{}>', widget["type"], widget["name"], value, _attributes(widget))


def _textarea(widget: dict[str, Any]) -> SafeString:
    # A browser takes away the first line break: without ours, one that she began with would be gone.
    text = widget["value"] or ""
    return format_html('<textarea name="{}"{}>\n{}</textarea>', widget["name"], _attributes(widget), text)


def _select(widget: dict[str, Any]) -> SafeString:
    groups = (
        format_html('<optgroup label="{}">{}</optgroup>', name, _options(options)) if name else _options(options)
        for name, options, _ in widget["optgroups"]
    )
    return format_html('<select name="{}"{}>{}</select>', widget["name"], _attributes(widget), _joined(groups))


def _options(options: Iterable[dict[str, Any]]) -> SafeString:
    return _joined(
        format_html(
            '<option value="{}" selected>{}</option>' if option["selected"] else '<option value="{}">{}</option>',
            str(option["value"]),
            EMPTY_CHOICE if option["label"] == DASHES else option["label"],
        )
        for option in options
    )


def _choices(widget: dict[str, Any]) -> SafeString:
    return _joined(
        format_html('<label class="choice">{} <span>{}</span></label>', _answer(option), option["label"])
        for option in _answers(widget)
    )


def _segments(widget: dict[str, Any]) -> SafeString:
    labels = (format_html("<label>{}{}</label>", _answer(option), option["label"]) for option in _answers(widget))
    return format_html('<div class="segments">{}</div>', _joined(labels))


def _tiles(widget: dict[str, Any]) -> SafeString:
    labels = (
        format_html("<label>{}{}{}</label>", _answer(option), icon(option["icon"]), option["label"])
        for option in _answers(widget)
    )
    return format_html('<div class="tiles">{}</div>', _joined(labels))


def _answers(widget: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the answers that one chooses among, in their order."""
    for _, options, _ in widget["optgroups"]:
        yield from options


def _answer(option: dict[str, Any]) -> SafeString:
    """The button of one of several answers."""
    return format_html(
        '<input type="{}" name="{}" value="{}"{}{}{}>',
        option["type"],
        option["name"],
        str(option["value"]),
        format_html(' id="{}"', option["attrs"]["id"]) if option["attrs"].get("id") else "",
        " checked" if option["selected"] else "",
        " disabled" if option["attrs"].get("disabled") else "",
    )


def _attributes(widget: dict[str, Any]) -> SafeString:
    """The attributes as markup, each after a space: a True one as its bare name, a False one left out."""
    return _joined(
        format_html(" {}", name) if value is True else format_html(' {}="{}"', name, str(value))
        for name, value in widget["attrs"].items()
        if value is not False
    )


def _joined(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


DRAWN: dict[str, Callable[[dict[str, Any]], SafeString]] = {
    **{f"django/forms/widgets/{kind}.html": _input for kind in INPUTS},
    "django/forms/widgets/textarea.html": _textarea,
    "django/forms/widgets/select.html": _select,
    "django/forms/widgets/radio.html": _choices,
    "django/forms/widgets/checkbox_select.html": _choices,
    ChoiceRadios.template_name: _choices,
    SegmentsSelect.template_name: _segments,
    TilesSelect.template_name: _tiles,
}
