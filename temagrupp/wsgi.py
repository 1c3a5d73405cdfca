"""The WSGI application that is served, with its views and templates loaded before the first page is asked for.

What is loaded is then left out of garbage collection: to go through it, and find nothing, held a page for a tenth of
a second every now and then.
"""

import gc
import os
from pathlib import Path

from django.core.wsgi import get_wsgi_application

from temagrupp.tools.readiness import ensure_ready, tell_of_start

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "temagrupp.settings")


def load() -> None:
    """Import every view, and compile every template of the project's own."""
    from django.template.engine import Engine
    from django.urls import get_resolver

    _ = get_resolver().url_patterns
    engine = Engine.get_default()
    for folder in map(Path, engine.dirs):
        for template in folder.rglob("*.html"):
            engine.get_template(f"{template.relative_to(folder)}")


def start_recogniser() -> None:
    """Start the recogniser of names, if one is plugged in: it may be a while before it can answer."""
    from base.records.personal_data import recogniser

    if plugged_in := recogniser():
        plugged_in.start()


ensure_ready()
application = get_wsgi_application()
tell_of_start()
start_recogniser()
load()
gc.collect()
gc.freeze()
