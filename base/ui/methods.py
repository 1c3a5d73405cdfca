"""The methods of a page with a form of its own. A page without one has Django's `require_safe`, a step `require_POST`.

Whoever may GET may also ask for the head of the same answer: mail programs and link checkers do, and a browser offline.
"""

from django.views.decorators.http import require_http_methods

require_safe_or_post = require_http_methods(["GET", "HEAD", "POST"])
