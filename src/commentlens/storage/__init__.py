"""Files and folders, wherever they lie: a path of this machine or a URL of object storage.

Everything else has a `Location` and does not ask which it is. What is written appears whole under its name or not at
all: on this machine by a file beside it that is renamed, in object storage because an object is put in one piece.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

from commentlens.errors import SourceError
from commentlens.storage.base import Draft, Location
from commentlens.storage.local import LocalPath, replacing, unfinished

__all__ = ["Draft", "Location", "fetched", "location", "replacing", "unfinished"]

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")


def location(where: str | Path | Location) -> Location:
    """What a path or URL means.

    Raises:
        SourceError: If nothing here knows the URL's scheme, or it names no bucket.
    """
    if isinstance(where, Location):
        return where
    scheme = _SCHEME.match(where) if isinstance(where, str) else None
    if scheme is None:
        return LocalPath(Path(where).expanduser())
    if scheme[1].lower() == "file":
        return LocalPath(Path(unquote(urlsplit(str(where)).path)))
    if scheme[1].lower() != "s3":
        raise SourceError(
            f"{where}: nothing here reads {scheme[1]}://. Known are s3:// and file://; fetch it and give the file."
        )
    path = str(where)[scheme.end() :].rstrip("/")
    if not path or path.startswith("/"):
        raise SourceError(f"{where} names no bucket. Write s3://bucket/name.")
    # Here, because most runs have nothing to do with it.
    from commentlens.storage.objects import StoredObject

    return StoredObject(path)


@contextmanager
def fetched(files: Sequence[Location]) -> Iterator[list[Path]]:
    """The files on this machine, in order; copies are removed in the end."""
    with tempfile.TemporaryDirectory(prefix="commentlens-") as name:
        paths = []
        for number, file in enumerate(files):
            # Files of several folders may have one name.
            folder = Path(name) / str(number)
            paths.append(file.fetch(folder))
        yield paths
