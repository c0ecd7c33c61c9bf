"""How figures and stances are written, everywhere the same."""

from __future__ import annotations

from collections.abc import Sequence

from commentlens.records import RankInterval, Stance
from commentlens.summary_records import CityRow, CompanyCity, DisputeRow, Header, Proposal

NOTHING = "–"
UP, DOWN, AGREE, UNCLEAR = "▲", "▼", "=", "?"
STANCE_SIGNS: dict[Stance, str] = {"too_low": UP, "too_high": DOWN, "right": AGREE, "unspecified": UNCLEAR}
STANCE_WORDS: dict[Stance, str] = {
    "too_low": "too low",
    "too_high": "too high",
    "right": "right",
    "unspecified": "disputed",
}


def count(number: int, one: str, many: str | None = None) -> str:
    """``1 comment``, ``1,200 comments``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def signed(score: float | None) -> str:
    """A mood score with its sign and two digits, ``–`` for none; never ``-0.00``."""
    if score is None:
        return NOTHING
    rounded = round(score, 2)
    return f"{rounded:+.2f}" if rounded else " 0.00"


def mood_bar(score: float | None, half: int) -> str:
    """A bar from a middle line, ``half`` cells to each side: ``  ▐██│     `` is below zero, ``     │██▌  `` above.

    Readable without colours. None and what is written 0.00 show the line only.
    """
    steps = 0 if score is None or not round(score, 2) else round(abs(score) * half * 2)
    if score and round(score, 2) and not steps:
        steps = 1
    full, rest = divmod(steps, 2)
    if score is not None and score < 0:
        return f"{('▐' * rest + '█' * full):>{half}}│{' ' * half}"
    return f"{' ' * half}│{('█' * full + '▌' * rest):<{half}}"


def interval(proposed: RankInterval) -> str:
    """``no. 1``, ``3–4``, ``top 5``, ``11 or more``."""
    best, worst = proposed
    if worst is None:
        return f"{best} or more"
    if best == 1 and worst > 2:
        return f"top {worst}"
    return f"no. {best}" if best == worst else f"{best}–{worst}"


def proposals(rows: Sequence[Proposal]) -> str:
    """All proposed ranks with how many say so where it is more than one: ``no. 1 (2), top 3, 3–4``."""
    return ", ".join(interval((row.best, row.worst)) + (f" ({row.voices})" if row.voices > 1 else "") for row in rows)


def crowd_rank(row: CityRow) -> str:
    """``4 ▲3``: the crowd's rank and its change. The change of an entry that only made room is not shown."""
    if row.crowd is None:
        return NOTHING
    if not row.evidence or not row.change:
        return str(row.crowd)
    return f"{row.crowd} {UP if row.change > 0 else DOWN}{abs(row.change)}"


def dispute_line(row: DisputeRow) -> str:
    """``Shanghai, listed 7: too low, 4 voices, for no. 1 (2), top 3``."""
    listed = f", listed {row.listed}" if row.listed is not None else ", not listed"
    asked = f", for {proposals(row.proposed)}" if row.proposed else ""
    return f"{row.entry}{listed}: {STANCE_WORDS[row.stance]}, {count(row.voices, 'voice')}{asked}"


def relation_words(relation: str) -> str:
    """``headquarters_of`` as words."""
    return relation.replace("_", " ")


def company_city(row: CompanyCity) -> str:
    """``Shenzhen (headquarters 3)``; under an entry only: ``Stuttgart (mentioned under 1)``."""
    return f"{row.city} ({relation_words(row.relation)} {row.comments})"


def header_facts(header: Header) -> list[str]:
    """The header's figures in words; lists only where there are several."""
    facts = [count(header.entries, "entry", "entries"), count(header.comments, "comment")]
    if header.lists > 1:
        facts.insert(0, count(header.lists, "list"))
    elif not header.lists:
        facts[0] = "no list"
    facts.append(count(header.authors, "named author"))
    facts.append(f"{count(header.set_aside, 'line')} set aside" if header.set_aside else "nothing set aside")
    if header.doubtful_language:
        facts.append(f"{count(header.doubtful_language, 'comment')} perhaps not English")
    return facts


def rows_by_list(rows: Sequence[CityRow]) -> list[tuple[str | None, list[CityRow]]]:
    """City rows under the title of their list, in the order in which they come."""
    groups: dict[str | None, list[CityRow]] = {}
    for row in rows:
        groups.setdefault(row.list, []).append(row)
    return list(groups.items())
