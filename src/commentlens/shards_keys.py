"""What tells comments and shards apart: a key of everything that an annotation depends on, a digest of whole rows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from commentlens.record_json import annotated_to_dict
from commentlens.records import AnnotatedComment, Comment, Entry, RankedList

KEY_BYTES = 16


class Keys:
    """Keys of comments: 16 bytes of text, entry and list (title, polarity, kind, entries).

    Two comments of one key are annotated alike by one fingerprint, so that only one of them is annotated. Id, author,
    date and likes do not count, nor the blurbs of entries, because no component is shown them.
    """

    def __init__(self) -> None:
        self._list: RankedList | None = None
        self._entry: Entry | None = None
        self._of_list = self._of_entry = b""

    def of(self, comment: Comment) -> bytes:
        """Key of a comment; quick where it has the list and the entry of the one before."""
        if comment.list is not self._list or not self._of_list:
            self._list, self._of_list = comment.list, _digest(_list_row(comment.list))
            self._of_entry = b""
        if comment.entry is not self._entry or not self._of_entry:
            self._entry = comment.entry
            self._of_entry = _digest([self._of_list.hex(), _entry_row(comment.entry)])
        text = comment.text.encode("utf-8", "surrogatepass")
        return hashlib.blake2b(text, key=self._of_entry, digest_size=KEY_BYTES).digest()


def _list_row(ranked: RankedList | None) -> object:
    if ranked is None:
        return None
    return [ranked.title, ranked.polarity, ranked.kind, [_entry_row(entry) for entry in ranked.entries]]


def _entry_row(entry: Entry | None) -> object:
    return entry and [entry.name, entry.within, entry.rank]


def _digest(row: object) -> bytes:
    return hashlib.blake2b(json.dumps(row).encode(), digest_size=32).digest()


class ShardDigest:
    """A digest of everything that the bytes of a shard depend on.

    Args:
        state: what is the same for all shards of a run: fingerprint, and what the file format depends on.
    """

    def __init__(self, state: str) -> None:
        self._digest = hashlib.blake2b(state.encode(), digest_size=10)

    def add(self, source: int, list_id: str | None, comment: Comment | AnnotatedComment, key: bytes) -> None:
        """Take one row, in order."""
        row: Iterable[object]
        if isinstance(comment, AnnotatedComment):
            row = (source, list_id, annotated_to_dict(comment))
        else:
            row = (source, list_id, comment.id, comment.author, comment.created, comment.likes, comment.raw)
        self._digest.update(key + json.dumps(row).encode())

    def name(self) -> str:
        """The digest in hexadecimal digits."""
        return self._digest.hexdigest()
