"""The attributes of a Doc, by ``doc._`` and by the quicker way that components take."""

from __future__ import annotations

import pytest
import spacy

from commentlens.components.extensions import EXTENSIONS, register, store, stored


@pytest.mark.parametrize("name", EXTENSIONS)
def test_both_ways_lead_to_the_same_value(name: str) -> None:
    register()
    doc = spacy.blank("en")("Oslo is nicer")
    assert stored(doc, name) is None
    assert getattr(doc._, name) is None
    by_attribute, by_name = [{"start": 0}], [{"start": 1}]
    setattr(doc._, name, by_attribute)
    assert stored(doc, name) is by_attribute
    store(doc, name, by_name)
    assert getattr(doc._, name) is by_name
