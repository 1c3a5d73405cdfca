from typing import Any

from django.core.cache import cache
from django.core.management.commands import flush

from temagrupp import roles


class Command(flush.Command):
    """Django's flush, as the tables' owner: history too is emptied, which the application may not do.

    So are the counters of sign-in attempts, which lie in the cache's table and belong to no model.
    """

    def handle(self, *args: Any, **options: Any) -> None:
        with roles.owner():
            super().handle(*args, **options)
        cache.clear()
