"""The address of a thing's own page, as its route says."""

from functools import lru_cache

from django.urls import reverse


@lru_cache(maxsize=4096)  # of our own routes, which stay as they are while the program runs
def page_of(route: str, key: int | str) -> str:
    """The address, which a page asks of every row: Django's `reverse` takes some seventy steps to each."""
    return reverse(route, args=[key])
