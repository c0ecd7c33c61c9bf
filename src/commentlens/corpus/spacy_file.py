"""A spaCy ``DocBin`` file that `docbin.write_docbin` wrote, as annotated comments, read without spaCy.

spaCy documents the format: msgpack, compressed with zlib, with ``user_data`` one msgpack value a Doc. Our record is in
there whole, so nothing is lost where a token is wider than a mention. Entities that another program has changed in
the Docs are not looked at.

Source: https://spacy.io/api/docbin
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any

from commentlens.corpus.reading import SetAside
from commentlens.corpus.streams import SourceFile
from commentlens.errors import CommentlensError, SourceError, place
from commentlens.record_json import annotated_from_dict
from commentlens.records import AnnotatedComment

USER_DATA_KEY = "commentlens"


def read_spacy(path: SourceFile, source: str, set_aside: list[SetAside]) -> Iterator[AnnotatedComment]:
    """The records of the file; a Doc without one is set aside, with its number.

    Raises:
        SourceError: If the file is no DocBin, or holds no user data at all.
    """
    # Here, because it takes a moment to import and the other sources do without it.
    import srsly

    with path.open("rb") as file:
        packed_docs = file.read()
    try:
        message = srsly.msgpack_loads(zlib.decompress(packed_docs))
        user_data = message.get("user_data")
    except (zlib.error, ValueError, AttributeError) as error:
        raise SourceError(f"{source} is no spaCy DocBin: {error}. Export it again with --format spacy.") from error
    if user_data is None:
        raise SourceError(
            f"{source} is a DocBin without user data, so it holds no commentlens records. Export with --format spacy."
        )
    for number, packed in enumerate(user_data, 1):
        where = place(source, number)
        try:
            yield annotated_from_dict(_record(srsly.msgpack_loads(packed, use_list=True)), where)
        except CommentlensError as error:
            set_aside.append(SetAside(line=number, reason=str(error).removeprefix(f"{where}: "), text=""))


def _record(user_data: Any) -> Any:
    """The record in a Doc's user data, which spaCy packs as a list of pairs or as a mapping; None without one."""
    return dict(user_data).get(USER_DATA_KEY) if user_data else None
