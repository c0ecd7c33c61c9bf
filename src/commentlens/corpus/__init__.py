"""Outside text to records: pages, tables, corpora. No spaCy anywhere in here."""

from commentlens.corpus.jsonl import write_corpus
from commentlens.corpus.read import expand_sources, read_source
from commentlens.corpus.reading import Columns, Reading, SetAside

__all__ = ["Columns", "Reading", "SetAside", "expand_sources", "read_source", "write_corpus"]
