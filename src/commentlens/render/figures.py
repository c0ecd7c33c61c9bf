"""How figures and stances are written, everywhere the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from commentlens.records import RankInterval, Stance
from commentlens.summary_records import CityRow, CompanyCity, DisputeRow, Header, Proposal, Report

NOTHING = "–"
UNTITLED = "A list without a title"
MENTIONED = "Mentioned, and no entry"
_ENTRIES = {"city": "City", "company": "Company", "country": "Country"}
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
    return moved_rank(row.crowd, row.change, row.evidence)


def moved_rank(rank: int | None, change: int | None, voices: int) -> str:
    """``4 ▲3``; the change only where voices are behind it, a dash without a rank."""
    if rank is None:
        return NOTHING
    if not voices or not change:
        return str(rank)
    return f"{rank} {UP if change > 0 else DOWN}{abs(change)}"


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
    facts.append(_set_aside(header))
    if header.doubtful_language:
        facts.append(f"{count(header.doubtful_language, 'comment')} perhaps not English")
    if header.moods_weighted_by:
        facts.append(f"moods weighted by {header.moods_weighted_by}")
    return facts


def _set_aside(header: Header) -> str:
    if not header.set_aside:
        return "nothing set aside"
    sorts = [(header.deleted, "deleted"), (header.repeats, "repeated")]
    told = ", ".join(f"{number:,} {word}" for number, word in sorts if number)
    return f"{count(header.set_aside, 'line')} set aside" + (f" ({told})" if told else "")


def list_names(report: Report) -> dict[str | None, str]:
    """What each list is called, by its id; lists of one title, or of none, are told apart by their ids."""
    titles = {item.list_id: item.title or UNTITLED for item in report.lists}
    often = Counter(titles.values())
    names = {id_: f"{title} [{id_}]" if often[title] > 1 else title for id_, title in titles.items()}
    return {**names, None: "Comments under no list"}


@dataclass(frozen=True, slots=True, kw_only=True)
class RowGroup:
    """The rows of one table.

    ``title`` is the list's name, ``entries`` what the column of its entries is called. ``rows`` are the rows of the
    table. ``mentioned`` are rows for a table of their own: places, where the list does not rank cities, are no entries
    that it could have.
    """

    title: str
    entries: str
    rows: Sequence[CityRow]
    mentioned: Sequence[CityRow]

    @property
    def ranked(self) -> bool:
        """Whether any of the rows has a rank to show."""
        return any(row.rank is not None for row in self.rows)


def groups_of_rows(report: Report) -> list[RowGroup]:
    """The report's city rows, a group a list, in the order in which they come."""
    rows: dict[str | None, list[CityRow]] = {}
    for row in report.cities:
        rows.setdefault(row.list_id, []).append(row)
    names = list_names(report)
    kinds = {item.list_id: item.kind or "city" for item in report.lists}
    # Rows of no list are the sums across lists where there are no others.
    summed = set(kinds.values()) if list(rows) == [None] else set()
    groups = []
    for id_, of_list in rows.items():
        kind = kinds.get(id_) or (summed.pop() if len(summed) == 1 else "other" if summed else "city")
        apart = kind != "city" and any(row.is_entry for row in of_list)
        groups.append(
            RowGroup(
                title=names[id_],
                entries=_ENTRIES.get(kind, "Entry"),
                rows=[row for row in of_list if row.is_entry or not apart],
                mentioned=[row for row in of_list if apart and not row.is_entry],
            )
        )
    return groups
