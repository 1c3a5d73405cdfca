"""Lists in which organisations are shown by their short names."""

from collections.abc import Iterable
from typing import Any

from django import template

from base.swedish.order import swedish_key

register = template.Library()


@register.filter
def by_short_name(told: Iterable[Any] | None) -> list[Any]:
    """What is told of organisations, each with its `organisation`, in the order of the names that such a list shows.

    Nothing where the page has none to tell of.
    """
    return sorted(told or (), key=lambda each: swedish_key(each.organisation.called))
