"""Bytes to text, and text to repaired text: what a page's journey broke is mended, and nothing else is touched.

Mended: mojibake (``donâ€™t``), HTML entities, non-breaking and other odd spaces, invisible characters, control
characters. Left as it stood: quotation marks, character width, ligatures, composed and decomposed letters, because
annotations count characters.
"""

from __future__ import annotations

import codecs
import functools
import html
import re
from collections.abc import Callable, Iterable

from commentlens.corpus.streams import SourceFile
from commentlens.errors import SourceError

_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Only with the semicolon: "AT&T" and "R&notes" are no entities.
_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,30}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_ODD_SPACE = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# Joiners (200C, 200D) stay: emoji and several scripts need them.
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_PLAIN = re.compile(r"[\t\n\x20-\x25\x27-\x7e]*")
_SAMPLE = 65536
_CONTROLS = bytes(set(range(32)) - {7, 8, 9, 10, 12, 13, 27})


def repair(text: str) -> str:
    """Mend mojibake, entities, odd spaces and invisible characters; the same text when nothing is broken."""
    if _PLAIN.fullmatch(text):
        return text
    text = _fixing()(_unescape(text))
    return _INVISIBLE.sub("", _ODD_SPACE.sub(" ", text))


@functools.cache
def _fixing() -> Callable[[str], str]:
    """ftfy, as far as it is wanted; imported when the first text may need it."""
    from ftfy import TextFixerConfig, fix_text

    fixes = TextFixerConfig(
        unescape_html=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        uncurl_quotes=False,
        normalization=None,
        explain=False,
    )
    return functools.partial(fix_text, config=fixes)


def decode(data: bytes, where: str) -> str:
    """Decode a whole source; a byte order mark, then UTF-8, then Windows-1252, then Latin-1.

    Args:
        data: the bytes as they came.
        where: the source, for the message.

    Raises:
        SourceError: If the bytes are not text.
    """
    return data.decode(encoding_of((data,), where))


def encoding_of_file(path: SourceFile) -> str:
    """Name the encoding of a text file, reading it through once in bounded memory.

    Raises:
        SourceError: If the file cannot be read or is not text.
    """
    try:
        with path.open("rb") as file:
            return encoding_of(iter(lambda: file.read(_SAMPLE), b""), str(path))
    except OSError as error:
        raise SourceError(
            f"{path} cannot be read: {error.strerror or error}. Check the path and its rights."
        ) from error


def encoding_of(chunks: Iterable[bytes], where: str) -> str:
    """Name the encoding of the bytes that come in chunks: utf-8, utf-8-sig, utf-16, utf-32, cp1252 or latin-1.

    Raises:
        SourceError: If the bytes are not text, or not text in the encoding that their byte order mark names.
    """
    candidates: dict[str, codecs.IncrementalDecoder] = {}
    marked: str | None = None
    first = True
    for chunk in chunks:
        if first:
            marked = next((name for bom, name in _BOMS if chunk.startswith(bom)), None)
            if marked is None and _looks_binary(chunk):
                raise SourceError(f"{where} is not text. Give a page, CSV, JSONL or Parquet file.")
            names = (marked,) if marked else ("utf-8", "cp1252")
            candidates = {name: codecs.getincrementaldecoder(name)() for name in names}
            first = False
        for name, decoder in list(candidates.items()):
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError:
                del candidates[name]
    for name, decoder in list(candidates.items()):
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            del candidates[name]
    if candidates:
        return next(iter(candidates))
    if marked:
        raise SourceError(
            f"{where} begins with the byte order mark of {marked} and is not {marked}. Save it as UTF-8 and try again."
        )
    return "utf-8" if first else "latin-1"


def _looks_binary(sample: bytes) -> bool:
    sample = sample[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    return b"\0" in sample or controls > len(sample) * 0.02


def _unescape(text: str) -> str:
    # Twice, because pages are escaped twice often enough (&amp;#39;).
    for _ in range(2):
        text = _ENTITY.sub(lambda match: html.unescape(match[0]), text)
    return text
