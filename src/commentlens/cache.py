"""Annotations kept from one run to the next, a file a batch, so that the same comments are not read twice.

The key of a batch is a hash of its comments with their lists and of everything that could change the answer (this
package's files, the pipeline, the user's rules and names). Files are written whole or not at all. The folder is
``commentlens`` under ``$XDG_CACHE_HOME`` (or ``~/.cache``); it may be deleted at any time.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from fnmatch import fnmatch
from importlib.metadata import version
from pathlib import Path

from commentlens.errors import RecordError
from commentlens.record_json import annotated_from_dict, annotated_to_dict
from commentlens.records import AnnotatedComment, Comment
from commentlens.storage import replacing

_LIBRARIES = ("spacy", "vaderSentiment", "rapidfuzz", "marisa-trie")
_LARGEST = 512 * 1024 * 1024


# What comes after annotation (docs/architecture.md; tests/test_layers.py sees to it that nothing before imports it).
_AFTERWARDS = ("cli", "render", "training", "summary*", "consensus*", "evaluate*", "themes*")


def reading_files(package: Path) -> list[Path]:
    """The files of the package on which annotations may depend, sorted: all but those of the steps afterwards."""
    return sorted(
        path
        for path in package.rglob("*")
        if path.is_file()
        and path.suffix != ".pyc"
        and not any(fnmatch(path.relative_to(package).parts[0], pattern) for pattern in _AFTERWARDS)
    )


def fingerprint(paths: Iterable[Path], *, whole: bool = False) -> str:
    """A hash of this package's files that annotations depend on, of given files and folders, and of the libraries.

    Args:
        paths: what was given.
        whole: read large files to their end, so that machines which hold the same files have the same hash. Else they
            count by size and time: a pipeline is not hashed whole at every start.
    """
    digest = hashlib.sha256("".join(f"{name} {version(name)} " for name in _LIBRARIES).encode())
    package = (_content_digest([path], whole=whole) for path in reading_files(Path(__file__).parent))
    # In an order that does not depend on where things lie: elsewhere, paths sort otherwise.
    given = sorted(_content_digest(sorted(path.rglob("*")) if path.is_dir() else [path], whole=whole) for path in paths)
    for item in (*package, *given):
        digest.update(item)
    return digest.hexdigest()[:32]


def _content_digest(files: Iterable[Path], *, whole: bool) -> bytes:
    digest = hashlib.sha256()
    for file in files:
        if file.is_file():
            stat = file.stat()
            small = whole or stat.st_size < 2_000_000
            content = file.read_bytes() if small else f"{stat.st_size} {stat.st_mtime_ns}".encode()
            digest.update(f"{file.name} ".encode() + hashlib.sha256(content).digest())
    return digest.digest()


def batch_key(comments: Sequence[Comment]) -> str:
    """A hash of the comments of a batch, each with its list."""
    digest = hashlib.sha256()
    last: object = None
    for comment in comments:
        if comment.list is not last:
            last = comment.list
            digest.update(json.dumps(asdict(comment.list) if comment.list else None, sort_keys=True).encode())
        row = [comment.id, comment.text, comment.raw, comment.author, comment.created, comment.likes]
        entry = asdict(comment.entry) if comment.entry else None
        digest.update(json.dumps([row, entry], sort_keys=True).encode())
    return digest.hexdigest()


def cache_folder() -> Path:
    """Where things are kept from one run to the next."""
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "commentlens"


def kept_text(name: str, make: Callable[[], str]) -> str:
    """The text of this name that an earlier run kept, else what ``make`` gives, which is then kept.

    The name says all that the text depends on.
    """
    path = cache_folder() / "texts" / name
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        text = make()
    with contextlib.suppress(OSError):
        _write_whole(path, [text])
    return text


def _write_whole(path: Path, parts: Iterable[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as part, part.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(parts)


class BatchCache:
    """Annotated batches in a folder of their fingerprint; those of other fingerprints make room when it grows."""

    def __init__(self, state: str, folder: Path | None = None) -> None:
        self.root = folder or cache_folder()
        self.folder = self.root / state

    def get(self, key: str) -> list[AnnotatedComment] | None:
        """The batch, None where it is not there or cannot be read (it is then annotated again)."""
        path = self.folder / f"{key}.jsonl"
        try:
            lines = path.read_text(encoding="utf-8").split("\n")
            return [annotated_from_dict(json.loads(line), str(path)) for line in lines if line]
        except (OSError, ValueError, RecordError):
            return None

    def put(self, key: str, comments: Sequence[AnnotatedComment]) -> None:
        """Keep a batch; a folder that cannot be written to only means that nothing is kept."""
        try:
            lines = (json.dumps(annotated_to_dict(comment), ensure_ascii=False) + "\n" for comment in comments)
            _write_whole(self.folder / f"{key}.jsonl", lines)
            self._make_room()
        except OSError:
            return

    def _make_room(self) -> None:
        files = sorted(((p.stat().st_mtime, p.stat().st_size, p) for p in self.root.rglob("*.jsonl")), reverse=True)
        total = 0
        for _, size, path in files:
            total += size
            if total > _LARGEST:
                path.unlink(missing_ok=True)
