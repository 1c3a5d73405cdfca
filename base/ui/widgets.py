"""The controls of the register's forms; `renderer` draws them by their names."""

from typing import Any

from django import forms

from base.swedish.text import breakable

EMPTY_CHOICE = "Välj …"
"""Where nothing is chosen in a list."""


class DateInput(forms.DateInput):
    """The browser's own date field, which speaks ISO whatever the language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """The browser's own time field, to the minute."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class ChoiceRadios(forms.RadioSelect):
    """Radio buttons, each on its own line. A required question offers no empty answer."""

    template_name = "choices"

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> list[Any]:
        groups = super().optgroups(name, value, attrs)
        if not self.is_required:
            return groups
        return [group for group in groups if any(str(option["value"]) for option in group[1])]


class SegmentsSelect(ChoiceRadios):
    """Radio buttons side by side, for two to four short answers."""

    template_name = "segments"


class TilesSelect(ChoiceRadios):
    """Radio buttons as tiles with a picture each, large enough for a thumb outdoors.

    The icon is `icon` of the chosen model's row; for plain choices the value is the icon's name.
    """

    template_name = "tiles"

    def create_option(
        self, name: str, value: Any, label: Any, selected: Any, index: Any, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, label, selected, index, *args, **kwargs)
        option["label"] = breakable(str(label))
        option["icon"] = getattr(getattr(value, "instance", None), "icon", "") or str(value)
        return option


class ChoiceChecks(forms.CheckboxSelectMultiple):
    """Checkboxes, each on its own line."""

    template_name = "choices"
