"""The report of annotated folders by DuckDB: the very report of the stream, for corpora made at random."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar

import pytest

from commentlens.annotate import AnnotateOptions
from commentlens.cli import main
from commentlens.corpus.annotated_folder import parts_of
from commentlens.corpus.reading import Reading
from commentlens.engines import Piece
from commentlens.errors import SourceError
from commentlens.knowledge.names import fold
from commentlens.record_arrow import layers_of
from commentlens.records import (
    MOODS,
    STANCES,
    AnnotatedComment,
    Claim,
    Comment,
    Comparison,
    Entry,
    Label,
    Link,
    Mention,
    Mood,
    RankedList,
)
from commentlens.shards import annotate_to_folder
from commentlens.sources import CommentStream
from commentlens.storage import fetched
from commentlens.summary import summing
from commentlens.summary_duckdb import report_of_folders
from commentlens.summary_duckdb_tables import FiledSource, FolderTables
from commentlens.summary_language import DOUBTFUL, looks_english
from commentlens.summary_moods import PLAIN_COUNTING, MoodCounting
from commentlens.summary_records import Report

# Spellings that fold to one name, names that share one, and one that quotes must survive.
SPELLINGS = (
    "Évora",
    "Evora",
    "EVORA",
    "L'Aquila",
    "L’Aquila",
    "Łódź",
    "Lodz",
    "Narvik",
    "Ghent",
    "St. Gallen",
    "St Gallen",
)
COMPANIES = ("Nordlys AS", "Nordlys", "NORDLYS", "Tejo Lda", "Café Änna")
IDS = (None, "geonames:1", "geonames:2", "geonames:3")
AUTHORS = (None, None, "ana", "Ana", "bo", "çelik", "d'Or", "", "eve")
DATES = (None, "2024-05-03T10:00:00Z", "2024-05-30", "2024/6/1", "3 May 2024", "03/05/2024", "2024-13-01", "2024-05٣")
LIKES = (None, -3, 0, 1, 7, 7, 1_000_000)
TEXTS = (
    "Plain words about the place, and nothing more.",
    "la ciudad es muy bonita pero no hay trabajo para todos",
    "que",
    "It’s très bien, c'est la vie, mais pas pour moi",
    "Город очень хороший",
    "München 🙂 und Köln — beides sehr schön",
    "a_que_por b",
    "",
)
NAMED: tuple[Label, ...] = ("CITY", "CITY", "COMPANY", "ENTRY", "REGION")
T = TypeVar("T")


@dataclass(frozen=True)
class Town:
    """A place of the gazetteer below."""

    ref: str
    name: str
    country: str
    latitude: float
    longitude: float


class Towns:
    """A gazetteer that knows some of the names."""

    known = (
        Town("geonames:1", "Évora", "PT", 38.6, -7.9),
        Town("geonames:2", "Łódź", "PL", 51.8, 19.5),
        Town("geonames:3", "Ghent", "BE", 51.1, 3.7),
    )

    def by_id(self, id: str, /) -> Town | None:
        """As `Places.by_id`."""
        return next((town for town in self.known if town.ref == id), None)

    def resolve(self, name: str, within: str | None = None, /) -> Town | None:  # noqa: ARG002 (as the real one)
        """As `Places.resolve`."""
        return next((town for town in self.known if fold(town.name) == fold(name)), None)

    def country_name(self, iso2: str, /) -> str | None:
        """As `Places.country_name`."""
        return {"PT": "Portugal", "PL": "Poland"}.get(iso2)


LISTS = (
    RankedList(
        id="north",
        title="Best of the North",
        kind="city",
        entries=(Entry(name="Évora", rank=1), Entry(name="Narvik", rank=2), Entry(name="Lodz", rank=3)),
    ),
    # Of the same title, and with two entries of one name.
    RankedList(
        id="north-2",
        title="Best of the North",
        polarity="negative",
        entries=(
            Entry(name="Ghent", rank=1),
            Entry(name="GHENT", rank=4, within="Kentucky"),
            Entry(name="Narvik", rank=2),
        ),
    ),
    RankedList(id="untitled", entries=(Entry(name="St. Gallen"), Entry(name="Evora", rank=2))),
)


class Corpus:
    """Annotated comments made at random: of several sources and lists, of authors who come again and of nobody."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self.records: dict[str, AnnotatedComment] = {}

    def readings(self, comments: int, sources: int = 2) -> list[Reading]:
        """Sources that have the comments, to be annotated by an engine that knows the answers."""
        return [
            Reading(source=f"{number}.jsonl", format="corpus", lists=LISTS, comments=iter(self._comments(comments)))
            for number in range(sources)
        ]

    def run(self, _: object, batches: Iterable[Sequence[Any]]) -> Generator[list[Piece[Any, Any]], None, None]:
        """The engine."""
        for batch in batches:
            records = [self.records[comment.id] for comment in batch]
            yield [Piece(batch, layers_of(records).serialize().to_pybytes())]

    def _comments(self, number: int) -> list[Comment]:
        return [self._comment() for _ in range(number)]

    def _comment(self) -> Comment:
        pick = self._random.choice
        ranked = pick((*LISTS, None))
        entry = pick((*ranked.entries, None)) if ranked else None
        # A number in front, so that no text comes twice and each has its own annotations.
        text = f"{len(self.records)} {pick(TEXTS)} {pick(TEXTS)}"
        comment = Comment(
            id=f"c{len(self.records)}",
            text=text,
            list=ranked,
            entry=entry,
            author=pick(AUTHORS),
            created=pick(DATES),
            likes=pick(LIKES),
        )
        self.records[comment.id] = AnnotatedComment(
            id="",
            text=text,
            mentions=self._few(self._mention, 5),
            moods=self._few(self._mood, 4),
            claims=self._few(self._claim, 3) if self._random.random() < 0.3 else (),
            comparisons=self._few(self._comparison, 3) if self._random.random() < 0.3 else (),
            links=self._few(self._link, 3) if self._random.random() < 0.3 else (),
        )
        return comment

    def _few(self, make: Callable[[], T], most: int) -> tuple[T, ...]:
        return tuple(make() for _ in range(self._random.randrange(most)))

    def _mention(self) -> Mention:
        label = self._random.choice(NAMED)
        name = self._random.choice(COMPANIES if label == "COMPANY" else SPELLINGS)
        return Mention(start=0, end=1, text="x", label=label, name=name, id=self._random.choice(IDS), via="gazetteer")

    def _mood(self) -> Mood:
        label = self._random.choice(MOODS)
        # Scores between the units too: half a unit is rounded to the even one.
        score = self._random.choice((0.5, -1.0, 0.00005, 0.00015, -0.00025, round(self._random.uniform(-1, 1), 6)))
        return Mood(target=self._random.choice(SPELLINGS), label=label, score=score, implied=False)

    def _claim(self) -> Claim:
        return Claim(
            subject=self._random.choice(SPELLINGS),
            stance=self._random.choice(STANCES),
            proposed=self._random.choice((None, (1, 1), (2, None), (1, 3))),
            listed=self._random.choice((None, None, 2)),
            span=(0, 3),
            rule="r",
        )

    def _comparison(self) -> Comparison:
        better, worse = self._random.choice(SPELLINGS), self._random.choice((*SPELLINGS, "*"))
        relation: Literal["better", "equal"] = self._random.choice(("better", "equal"))
        return Comparison(better=better, worse=worse, relation=relation, span=(0, 3), rule="r")

    def _link(self) -> Link:
        relation = self._random.choice(("headquarters", "located_in", "founded_in", "offices"))
        company, city = self._random.choice((*COMPANIES, "Never Named")), self._random.choice(SPELLINGS)
        return Link(company=company, city=city, relation=relation, span=(0, 3), rule="r")


def filed(folder: Path, seed: int, comments: int) -> Path:
    """A folder of several small shards."""
    corpus = Corpus(seed)
    annotate_to_folder(corpus.readings(comments), folder, AnnotateOptions(), corpus, shard_size=17)
    return folder


def streamed(
    folder: Path, *, across_lists: bool = False, consensus: bool = False, moods: MoodCounting = PLAIN_COUNTING
) -> Report:
    """The report comment by comment."""
    stream = CommentStream([str(folder)])
    comments, report = summing(
        stream.with_lists(AnnotateOptions()),
        lambda: stream.lists,
        Towns(),
        across_lists=across_lists,
        consensus=consensus,
        moods=moods,
    )
    for _ in comments:
        pass
    return report()


def opened(folder: Path) -> tuple[list[FiledSource], list[RankedList]]:
    """The sources of a folder, and their lists."""
    stream = CommentStream([str(folder)])
    sources = []
    for part, reading in zip(parts_of(folder), stream.readings(), strict=True):
        lists = stream.lists[-len(reading.lists) :]
        ids = {before.id: after.id for before, after in zip(reading.lists, lists, strict=True)}
        sources.append(FiledSource(part=part, list_ids=ids))
    return sources, stream.lists


def by_duckdb(folder: Path, **options: Any) -> Report:
    """The report out of core."""
    return report_of_folders(*opened(folder), Towns(), **options)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(
    "options",
    [
        pytest.param({}, id="plain"),
        pytest.param({"across_lists": True}, id="across lists"),
        pytest.param({"consensus": True}, id="consensus"),
        pytest.param({"moods": MoodCounting(by_likes=True, by_month=True)}, id="likes and months"),
        pytest.param({"moods": MoodCounting(by_likes=True, by_month=True), "across_lists": True}, id="all lists"),
    ],
)
def test_the_report_is_that_of_the_stream(tmp_path: Path, seed: int, options: dict[str, Any]) -> None:
    """Every row and every digit, in the same order."""
    folder = filed(tmp_path / "folder", seed, (3, 40, 120)[seed % 3])

    expected = streamed(folder, **options)
    assert by_duckdb(folder, **options) == expected
    assert expected.header.comments == 2 * (3, 40, 120)[seed % 3]


@pytest.mark.parametrize("text", [*TEXTS, "", "QUE\nPOR", "que que", "que quest", "1que_por2", "c'est c'est toi moi"])
def test_no_doubtful_text_is_passed_over(text: str) -> None:
    """What the pattern lets pass without a look is English to the function; only ASCII may pass."""
    for many in (text, f"{text} aa bb cc {text}", f"{text}_{text}, {text}!"):
        assert not many.isascii() or looks_english(many) or re.search(DOUBTFUL, many)


Command = Callable[..., tuple[str, str]]
OUT_OF_CORE = "summed up by DuckDB"


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs a command that succeeds; what it printed on stdout and on stderr."""

    def run(*args: object) -> tuple[str, str]:
        with pytest.raises(SystemExit) as ended:
            main([str(arg) for arg in args])
        printed = capsys.readouterr()
        assert ended.value.code in (0, None), printed.err
        return printed.out, printed.err

    return run


@pytest.mark.parametrize("format", ["table", "markdown", "json", "csv"])
def test_the_command_prints_the_same_either_way(command: Command, tmp_path: Path, format: str) -> None:
    """A limit that is not reached takes the comments one by one."""
    one, other = filed(tmp_path / "one", 7, 30), filed(tmp_path / "other", 8, 30)

    fast, told = command("report", one, other, "--format", format, "-v")
    slow, told_of_stream = command("report", one, other, "--format", format, "-v", "--limit", 1000)
    assert fast == slow
    assert (OUT_OF_CORE in told, OUT_OF_CORE in told_of_stream) == (True, False)


@pytest.mark.parametrize(
    ("options", "out_of_core"),
    [
        (["--across-lists"], True),
        (["--weight-by", "likes", "--by-month", "--consensus"], True),
        (["--kind", "city", "--polarity", "negative"], True),
        (["--themes"], False),
        (["--limit", "5"], False),
    ],
)
def test_what_is_summed_up_out_of_core(command: Command, tmp_path: Path, options: list[str], out_of_core: bool) -> None:
    """Everything but what needs the texts of all comments."""
    _, told = command("report", filed(tmp_path / "folder", 9, 20), "--format", "json", "-v", *options)

    assert (OUT_OF_CORE in told) is out_of_core


def test_with_other_sources_comments_come_one_by_one(command: Command, tmp_path: Path) -> None:
    """A folder beside a text; and a folder that was made of annotated comments."""
    folder = filed(tmp_path / "folder", 9, 20)
    text = tmp_path / "one.txt"
    text.write_text("Narvik is a fine town, and quiet.\n", encoding="utf-8")
    _, told = command("report", folder, text, "--format", "json", "-v")
    assert OUT_OF_CORE not in told

    export = tmp_path / "export.jsonl"
    command("export", folder, "--output", export)
    command("annotate", export, "-o", tmp_path / "again")
    _, told = command("report", tmp_path / "again", "--format", "json", "-v")
    assert OUT_OF_CORE not in told


@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_bytes(b"PAR1 no more")])
def test_a_shard_that_cannot_be_read_is_told(tmp_path: Path, damage: Callable[[Path], object]) -> None:
    """Not DuckDB's traceback, but the folder and what to do."""
    folder = filed(tmp_path / "folder", 1, 40)
    sources, lists = opened(folder)
    with fetched(sources[0].part.folder.shard_files) as paths:
        damage(paths[1])

    with pytest.raises(SourceError, match=r"a shard of .*folder cannot be read: .*again with the same -o"):
        report_of_folders(sources, lists, Towns())


def test_comments_in_which_nothing_is_found(tmp_path: Path) -> None:
    """No name, no mood: only comments, lists and entries are counted."""
    corpus = Corpus(5)
    readings = corpus.readings(20)
    corpus.records = {id: AnnotatedComment(id="", text=record.text) for id, record in corpus.records.items()}
    annotate_to_folder(readings, tmp_path / "folder", AnnotateOptions(), corpus)

    report = by_duckdb(tmp_path / "folder")
    assert report == streamed(tmp_path / "folder")
    assert (report.header.comments, report.disputes, report.companies) == (40, (), ())


def test_little_memory_is_enough(tmp_path: Path) -> None:
    """What does not fit goes to disk, and nothing of it is left there."""
    folder = filed(tmp_path / "folder", 2, 120)
    sources, _ = opened(folder)

    with FolderTables(sources, PLAIN_COUNTING, memory="40MB") as tables:
        spill = Path(next(tables.rows("SELECT current_setting('temp_directory')"))[0])
        assert spill.is_dir()
        assert sum(kind.comments for kind in tables.kinds) == 240
    assert not spill.exists()
