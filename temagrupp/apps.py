from django.apps import AppConfig, apps


class TemagruppConfig(AppConfig):
    """The composition: it owns no table, only the commands, the start page and the addresses."""

    name = "temagrupp"

    def ready(self) -> None:
        """Let the database hold every table of ours to what a page can show, and to what its base says stands.

        And register the ways back to the start page and to what is handed out.
        """
        from base.records import Timestamped
        from base.records.guards import guarded_by
        from base.records.readable import keep_readable
        from issues.way_back import WAYS_BACK
        from temagrupp.home.handed_out import HANDED_OUT, way_to_handed_out
        from temagrupp.home.panels import START, way_to_start
        from temagrupp.privileges import is_ours

        WAYS_BACK[HANDED_OUT] = way_to_handed_out
        WAYS_BACK[START] = lambda request, row: way_to_start()
        for model in apps.get_models():
            if is_ours(model):
                keep_readable(model)
                if issubclass(model, Timestamped):
                    guarded_by(*model.guards())(model)
