"""A corpus written to break a page: markup, scripts, odd letters and endless words, in every place that a text has."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

ALERT = "<script>alert(1)</script>"
TITLES = (f"Finest harbours {ALERT}</title>", 'Loudest towns "><img src=x onerror=alert(2)>')
ENTRIES = (
    ("Oslo", None),
    ("Bergen", "<b>Norway</b>"),
    ("Genoa", None),
    ("Aarhus'\"`${alert(3)}", None),
    ("Łódź & Co", None),
)
TEXTS = {
    "script": f"Oslo is lovely {ALERT} and Bergen is dull.",
    "end": "</script></style></textarea><!-- Bergen is great --> <![CDATA[ Oslo ]]>",
    "image": '<img src=x onerror="alert(4)"> <svg onload=alert(5)> Genoa is beautiful',
    "link": '<a href="javascript:alert(6)">Oslo</a> should be number 1 {{ 7*7 }} {% raw %} ${alert(7)} &lt;b&gt; &amp;',
    "astral": "😀🚢🇳🇴👩‍👩‍👧 Oslo 𝔬𝔰𝔩𝔬 😀 Bergen is better than Oslo 🎉🎉 Genoa is awful 😡",
    "combining": "Z̸̢̛a̴͝l̵g̸o e\u0301te\u0301 a\u0308 in Oslo is wonderful, n\u0303o\u0302 Genoa",
    "right to left": "אוסלו Oslo מקום נהדר \u202eBergen is bad\u202c مدينة Genoa جميلة",
    "lines": "Oslo\nis\r\nnice\n\n\n\tBergen\ris not\u2028and Genoa\u2029is\u0085fine",
    "long": "Oslo " + "w" * 5000 + " Bergen " + "ü" * 3000 + "\u200b" * 50 + " Genoa",
    "blank": " \u00a0\u3000 ",
    "backslash": "\\u003cscript\\u003e \\n \\\" ' ` Oslo \\ is great \\",
    "control": "Oslo \u0001\u0008\u001b[31m is \ufeff great \ufffe Bergen",
    "regular": "a+b (c) [d] .* ^$ Oslo? Bergen!",
    "prototype": "__proto__ constructor toString Oslo",
}
AUTHORS = ('"><img src=x onerror=alert(8)>', "Ünï 😀 cødé", "__proto__", None)


def write_corpus(path: Path) -> None:
    """Two lists with the texts in turn under their entries, and one comment under no list."""
    lines: list[dict[str, Any]] = []
    for number, title in enumerate(TITLES):
        entries = [
            {"name": name, "rank": rank, **({"within": within} if within else {})}
            for rank, (name, within) in enumerate(ENTRIES, 1)
        ]
        list_ = {"id": f"list-{number}", "title": title, "description": ALERT, "polarity": "positive", "kind": "city"}
        lines.append({"schema": "commentlens-corpus/1", "list": {**list_, "entries": entries}})
        for at, (name, text) in enumerate(TEXTS.items()):
            entry = entries[at % len(entries)]
            lines.append(
                {
                    "id": f"{number}-{name}",
                    "list": list_["id"],
                    "entry": entry if at % 4 else None,
                    "author": AUTHORS[at % len(AUTHORS)],
                    "created": (f"2024-0{1 + at % 9}-11", "11 months ago", ALERT, None)[at % 4],
                    "likes": at if at % 3 else None,
                    "text": text,
                    "raw": None,
                }
            )
    alone = {"id": "alone-<b>'\"", "list": None, "entry": None, "author": None, "created": None, "likes": None}
    lines.append({**alone, "text": f"Under no list: Oslo is nice {ALERT}", "raw": None})
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
