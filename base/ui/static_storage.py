"""The static files as a visitor fetches them: named by what they hold, compressed, and each stylesheet in one piece."""

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, InMemoryStorage, Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

Paths = dict[str, tuple[Storage, str]]

IMPORT = re.compile(r'@import url\("(?P<name>[^":]+)"\)(?: layer\((?P<layer>[\w.-]+)\))?;')
ADDRESS = re.compile(r'url\("(?P<name>[^":/][^":]*)"\)')


class StaticStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """The storage that `collectstatic` writes to: hashed names, compressed, stylesheets joined.

    We write one file for each component. A browser learns of them only when it has read the stylesheet that imports
    them, and on a bad line each turn costs seconds; so here every import gives way to the text that it asks for.
    """

    support_js_module_import_aggregation = True  # a script imports another by the name that it is served under

    def __init__(self, *args: Any, **options: Any) -> None:
        """The list of all files lies beside their folder, for whatever lies in it is served."""
        root = Path(options.get("location") or settings.STATIC_ROOT)
        self.manifest_name = f"{root.name}.json"
        super().__init__(*args, manifest_storage=FileSystemStorage(location=root.parent), **options)
        self.addresses: dict[str, str] = {}

    def url(self, name: str, force: bool = False) -> str:
        """The address of a file, worked out once: a page names eight, and none moves while they are served."""
        if settings.DEBUG or force:
            return str(super().url(name, force))
        if name not in self.addresses:
            self.addresses[name] = super().url(name)
        return self.addresses[name]

    def post_process(self, paths: Paths, dry_run: bool = False, **options: Any) -> Iterator[tuple[Any, ...]]:
        joined = InMemoryStorage()
        for name in paths:
            if name.endswith(".css"):
                joined.save(name, ContentFile(join_imports(name, paths)))
        whole = {name: (joined, name) for name in paths if name.endswith(".css")}
        yield from super().post_process(paths | whole, dry_run, **options)


def join_imports(name: str, paths: Paths) -> str:
    """The stylesheet with the text of every import in its place, in the layer that the import names."""

    def imported(match: re.Match[str]) -> str:
        asked = _beside(name, match["name"])
        text = _moved(join_imports(asked, paths), asked, name)
        return f"@layer {match['layer']} {{\n{text}}}" if match["layer"] else text

    storage, path = paths[name]
    with storage.open(path) as file:
        return IMPORT.sub(imported, file.read().decode())


def _moved(text: str, origin: str, place: str) -> str:
    """The text with its relative addresses as they are seen from the stylesheet where it now stands."""

    def address(match: re.Match[str]) -> str:
        relative = posixpath.relpath(_beside(origin, match["name"]), posixpath.dirname(place))
        return f'url("{relative}")'

    return ADDRESS.sub(address, text)


def _beside(name: str, address: str) -> str:
    """The name of what a file asks for by a relative address."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), address))
