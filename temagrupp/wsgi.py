"""The WSGI application that gunicorn serves, with all that its pages need loaded before the first is asked for.

What is loaded is then left out of garbage collection: to go through it, and find nothing, held a page for a tenth of
a second every now and then.
"""

import gc
import os
from pathlib import Path

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "temagrupp.settings")


def load() -> None:
    """Import every view, and compile every template of the project's own."""
    from django.conf import settings
    from django.template.loader import get_template
    from django.urls import get_resolver

    _ = get_resolver().url_patterns
    templates = Path(settings.BASE_DIR) / "templates"
    for template in templates.rglob("*.html"):
        get_template(f"{template.relative_to(templates)}")


application = get_wsgi_application()
load()
gc.collect()
gc.freeze()
