"""What class names, ids and a few attributes say an element of a web page is."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal, cast

Part = Literal["comment", "body", "author", "created", "likes", "furniture", "blurb", "name"]


@cache
def _parts() -> Mapping[str, Part]:
    data = tomllib.loads(files("commentlens.corpus").joinpath("data", "html_parts.toml").read_text("utf-8"))
    return MappingProxyType({name: cast(Part, part) for part, names in data.items() for name in names})


def part_of(tag: str, attributes: Mapping[str, str]) -> Part | None:
    """The part that an element plays, None where nothing says so."""
    if tag == "time":
        return "created"
    if tag in ("html", "body", "main"):
        return None
    if attributes.get("itemprop") in ("author", "creator"):
        return "author"
    if attributes.get("itemprop") in ("comment", "review") or attributes.get("data-comment-id"):
        return "comment"
    if attributes.get("itemprop") in ("text", "reviewBody", "commentText"):
        return "body"
    for token in attributes.get("class", "").split():
        if part := _parts().get(re.sub(r"[\W_]+", "", token).lower()):
            return part
        if re.search(r"(?:author|user)[-_]?name|comment\w*[-_]+author$", token, re.IGNORECASE):
            return "author"
    name = re.sub(r"[\W_]+", "", attributes.get("id", "")).lower()
    if re.fullmatch(r"(?:comment|reply|review)\d+", name):
        return "comment"
    part = _parts().get(name)
    return part if part in ("furniture", "blurb") else None
