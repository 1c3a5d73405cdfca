"""The outbox: what is owed by mail (`Notice`), and the one command on a timer that writes and sends it.

A verb notes a cause in its own transaction (`NoticeCause.objects.note`), or a source finds it in what has happened.
Nothing is written then. When it is due, whom it concerns is found, each is owed a notice, and of each notice the
writer that an app has registered for its kind (`kinds.py`) is asked anew whether the receiver may see what it is about
and whether it is still so; what several writers say to one receiver is one letter (`letters.py`). `sending.py` hands
the letters over, and `members/handing_over.py` knows how far the mail server has got. Decision and limits:
docs/adr/0030.
"""
