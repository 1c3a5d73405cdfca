"""Tags for what surrounds a form control: hint, error, whether it is optional."""

from django import forms, template
from django.forms import BoundField
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from base.ui.forms import named_errors

register = template.Library()
register.filter(named_errors)
NOTHING = SafeString("")


@register.simple_tag
def field_hint(field: BoundField) -> SafeString:
    """The help text, where the control's `aria-describedby` points."""
    if not field.help_text:
        return NOTHING
    return format_html('<div class="hint" id="{}_helptext">{}</div>', field.auto_id, field.help_text)


@register.simple_tag
def field_error(field: BoundField) -> SafeString:
    """The errors of a field, in one paragraph."""
    if not field.errors:
        return NOTHING
    return format_html('<p class="error" id="{}_error">{}</p>', field.auto_id, " ".join(map(str, field.errors)))


@register.simple_tag
def field_found(field: BoundField) -> SafeString:
    """What the guard has found in the text of a field, each with the choice to remove or keep it."""
    found = getattr(field.form, "found", {}).get(field.name)
    if not (found and found.all):
        return NOTHING
    return render_to_string("ui/_found.html", {"found": found, "door": not getattr(field.form, "guard_asks", False)})


@register.simple_tag
def field_optional(field: BoundField) -> SafeString:
    """Says so of what may be left out, or when it may not; nothing of one of two where one is needed."""
    if field.field.required or field.name in getattr(field.form, "one_of", ()):
        return NOTHING
    when = getattr(field.form, "needed", {}).get(field.name)
    return format_html(' <span class="optional">({})</span>', f"behövs {when}" if when else "valfritt")


@register.filter
def error_target(field: BoundField) -> str:
    """The id of what an error's link leads to: the control, or the first answer or control of a group."""
    if field.is_hidden or not field.auto_id:
        return ""
    if not field.use_fieldset:
        return field.id_for_label
    controls = [control for answer in field.subwidgets for control in answer.data.get("subwidgets", [answer.data])]
    return next((control["attrs"]["id"] for control in controls if control["attrs"].get("id")), field.auto_id)


@register.filter
def radio_group(field: BoundField) -> bool:
    widget = field.field.widget
    return isinstance(widget, forms.RadioSelect) and not isinstance(widget, forms.CheckboxSelectMultiple)


@register.filter
def single_checkbox(field: BoundField) -> bool:
    return isinstance(field.field.widget, forms.CheckboxInput)
