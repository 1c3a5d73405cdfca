"""What the forms over something that exists already have in common."""

from typing import Any

from django import forms

from temagrupp.ui.forms import HouseModelForm


class SeenField(forms.CharField):
    """The version of the thing that the page showed.

    Shown again it carries the newest: by then the member has been told what came between.
    """

    widget = forms.HiddenInput

    def bound_data(self, data: Any, initial: Any) -> Any:
        return initial


class ChangeForm(HouseModelForm):
    """A form over something that exists: it is saved only when nobody else has saved it since it was shown."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"] = SeenField(required=False, initial=lambda: self.instance.version)

    def clean(self) -> dict[str, Any]:
        self.instance.ensure_unchanged(self.seen)
        return super().clean() or self.cleaned_data

    @property
    def seen(self) -> str:
        return str(self.cleaned_data.get("seen", ""))

    @property
    def facts(self) -> dict[str, Any]:
        """What was typed, for the model's verb."""
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}

    def save(self) -> Any:  # type: ignore[override]
        self.instance.change(seen=self.seen, **self.facts)
        return self.instance
