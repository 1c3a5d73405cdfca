"""The application that the web server is given."""

import subprocess
import sys

from temagrupp.tools.terminal import ROOT

ASKS = """
import gc, sys
import temagrupp.wsgi
from django.template import engines

(loader,) = engines["django"].engine.template_loaders
compiled = {template.name for template in loader.get_template_cache.values()}
assert "meetings.views.room" in sys.modules, "the views"
assert {"issues/issue_detail.html", "meetings/_agenda_line.html"} <= compiled, "the templates"
assert gc.get_freeze_count() > len(gc.get_objects()), "what is loaded is out of the collector's way"
"""


def test_it_has_loaded_its_pages_before_the_first_is_asked_for() -> None:
    subprocess.run([sys.executable, "-c", ASKS], cwd=ROOT, check=True)
