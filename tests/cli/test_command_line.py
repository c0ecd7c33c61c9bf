"""The command line by its real entry point: exit codes, stdout and stderr, what is imported."""

from __future__ import annotations

import csv
import io
import json
import math
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

SAMPLE = Path(__file__).parents[1] / "render" / "harbour.annotated.jsonl"
TABLE = """comment_id,place,position,user,body
1,Oslo,1,ann,Fine harbour
2,Oslo,1,bob,
3,Bergen,2,,[deleted]
4,Bergen,2,cid,Better than Oslo
"""


@dataclass(frozen=True)
class Ran:
    """What a run gave."""

    code: int
    out: str
    err: str


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., Ran]:
    """Run commentlens in an empty folder, away from the checkout and from any terminal."""

    def ran(*args: str | Path, stdin: str = "", **env: str) -> Ran:
        done = subprocess.run(
            [sys.executable, "-m", "commentlens", *map(str, args)],
            input=stdin.encode(),
            capture_output=True,
            cwd=tmp_path,
            env={**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache"), **env},
            check=False,
        )
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())

    return ran


COMMANDS = ("report", "city", "disputes", "export", "load", "explain", "evaluate", "schema")


@pytest.mark.parametrize(
    "command",
    [
        *((name,) for name in COMMANDS),
        *(("rules", name) for name in ("list", "show", "test")),
        *(("train", name) for name in ("entities", "pipeline", "gazetteer")),
    ],
)
def test_every_help_shows_an_example(run: Callable[..., Ran], command: tuple[str, ...]) -> None:
    """On stdout, without a traceback, with exit code 0."""
    done = run(*command, "--help")

    assert (done.code, done.err) == (0, "")
    assert f"commentlens {' '.join(command)} " in done.out.partition("Example:")[2]


def test_the_version(run: Callable[..., Ran]) -> None:
    """As the package says it."""
    from commentlens import __version__

    assert run("--version") == Ran(0, f"commentlens {__version__}\n", "")


@pytest.mark.parametrize(
    "code",
    [
        "import commentlens",
        "import commentlens.cli; commentlens.cli.main(['--help'])",
        "import commentlens.cli; commentlens.cli.main(['report', '--help'])",
        "import commentlens.cli; commentlens.cli.main(['schema'])",
    ],
)
def test_nothing_heavy_is_imported_for_help(code: str) -> None:
    """No spaCy, numpy, scikit-learn, pyarrow, Jinja2 or rich."""
    heavy = "('spacy', 'numpy', 'sklearn', 'pyarrow', 'jinja2', 'rich', 'thinc')"
    script = (
        f"import sys, atexit\n"
        f"atexit.register(lambda: print([m for m in {heavy} if m in sys.modules], file=sys.stderr))\n"
        f"{code}\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert done.stderr == "[]\n"


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("report", "missing.txt"), "missing.txt does not exist"),
        (
            ("report", SAMPLE, "--output", "no/such/folder/x.txt"),
            "cannot write no/such/folder/x.txt: the folder no/such/folder is not there.",
        ),
        (("report", SAMPLE, "--output", "."), ". is a folder; give the name of a file in it."),
        (
            ("report", SAMPLE, "--output", "a.html", "--html", "./a.html"),
            "--output and --html are both a.html: give each a file of its own.",
        ),
        (
            ("export", SAMPLE, "--format", "parquet"),
            "this format is no text: say where to write it with --output PATH.",
        ),
        (("export", SAMPLE, "--format", "spacy", "--output", "-"), "this format is no text"),
        (("city", "Lisbn", SAMPLE), "no list or comment here has 'Lisbn'. Did you mean Lisbon?"),
    ],
)
def test_what_the_user_can_mend_is_one_line_on_stderr(
    run: Callable[..., Ran], args: tuple[str, ...], message: str
) -> None:
    """Exit code 1, nothing on stdout, no traceback."""
    done = run(*args)

    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(f"commentlens: {message}")
    assert done.err.count("\n") == 1


def test_debug_shows_the_traceback(run: Callable[..., Ran]) -> None:
    """Wherever it stands."""
    for args in (("--debug", "report", "missing.txt"), ("report", "missing.txt", "--debug")):
        done = run(*args)
        assert done.code == 1
        assert "Traceback" in done.err
        assert "SourceError: missing.txt does not exist" in done.err


@pytest.mark.parametrize(
    "args",
    [
        ("report", "--format", "pdf"),
        ("reprot",),
        ("report", "--no-such-option"),
        ("city",),
        ("report", "--limit", "0"),
        ("report", "--limit", "few"),
        ("report", "--polarity", "sideways"),
        ("city", "Oslo", "--weight-by", "stars"),
    ],
)
def test_wrong_usage_is_exit_code_2(run: Callable[..., Ran], args: tuple[str, ...]) -> None:
    """On stderr, with how to get help."""
    done = run(*args)

    assert (done.code, done.out) == (2, "")
    assert "--help" in done.err or "-h" in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("report", "--format", "pdf"), "'pdf' is not one of 'table', 'markdown', 'json', 'csv'."),
        (("report", "--limit", "0"), "'--limit': "),
        (("report", "--limit", "few"), "'--limit': "),
        (("report", "--by-month", "--format", "csv"), "--by-month: csv has no place for months: use --format json"),
        (("city", "Oslo", "--by-month", "--format", "csv"), "--by-month: csv has no place for months"),
        (("explain", " "), "TEXT: it is empty."),
        (("explain", "Too low", "--rank", "3"), "--rank: it is the rank of an entry: name that with --entry."),
        (("explain", "Fine", "--kind", "city"), "--kind: it says something of a list: name that with --title or"),
    ],
)
def test_a_usage_error_says_what_is_wrong(run: Callable[..., Ran], args: tuple[str, ...], message: str) -> None:
    """Without the words of a library."""
    done = run(*args)

    assert (done.code, done.out) == (2, "")
    assert message in done.err
    assert not re.search("Value error|Input should", done.err)


def test_a_report_goes_to_stdout_or_a_file(run: Callable[..., Ran], tmp_path: Path) -> None:
    """The same text, and nothing else on stdout."""
    piped = run("report", SAMPLE)
    filed = run("report", SAMPLE, "--output", "report.txt")

    assert (piped.code, piped.err) == (0, "")
    assert piped.out.startswith("Best Harbour Cities\n4 entries · 7 comments · 2 named authors · nothing set aside")
    assert "Genoa, Italy" in piped.out
    assert "Norway" in piped.out
    assert filed == Ran(0, "", "")
    assert (tmp_path / "report.txt").read_text("utf-8") == piped.out
    assert [path.name for path in tmp_path.iterdir()] == ["report.txt"]


@pytest.mark.parametrize("locale", ["C", "en_US.ISO-8859-1"])
def test_data_is_utf8_whatever_the_locale(run: Callable[..., Ran], locale: str) -> None:
    """JSON with its letters as they are, byte for byte."""
    done = run("export", SAMPLE, LC_ALL=locale, PYTHONIOENCODING="ascii", PYTHONUTF8="0")

    assert done == Ran(0, SAMPLE.read_text("utf-8"), "")


@pytest.mark.parametrize(
    ("format", "start"),
    [
        ("table", "Best Harbour Cities\n"),
        ("markdown", "# Best Harbour Cities\n"),
        ("json", '{\n  "schema": "commentlens-report/1",'),
        ("csv", "list,list_id,rank,name,within,country,"),
    ],
)
def test_report_formats(run: Callable[..., Ran], format: str, start: str) -> None:
    """Each on stdout."""
    done = run("report", SAMPLE, "--format", format)

    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(start)


@pytest.mark.parametrize("format", ["table", "markdown", "json", "csv"])
@pytest.mark.parametrize("command", [("city", "lisbon"), ("disputes",)])
def test_city_and_disputes_formats(run: Callable[..., Ran], command: tuple[str, ...], format: str) -> None:
    """All of them show the claim."""
    done = run(*command, SAMPLE, "--format", format)

    assert (done.code, done.err) == (0, "")
    assert "Lisbon deserves to be no. 1" in done.out
    if format == "json":
        assert json.loads(done.out)["disputes"][0]["voices"] == 1
    if format == "csv":
        assert len(list(csv.reader(io.StringIO(done.out)))) == {"city": 3, "disputes": 5}[command[0]]


@pytest.mark.parametrize("format", ["jsonl", "json", "csv", "parquet", "html"])
def test_exports_are_written_whole(run: Callable[..., Ran], tmp_path: Path, format: str) -> None:
    """Under the name asked for, with nothing beside it; text formats the same on stdout."""
    done = run("export", SAMPLE, "--format", format, "--output", f"out.{format}")

    assert done == Ran(0, "", "")
    assert {path.name for path in tmp_path.iterdir()} - {"cache"} == {f"out.{format}"}
    written = (tmp_path / f"out.{format}").read_bytes()
    assert len(written) > 1000
    if format != "parquet":
        assert run("export", SAMPLE, "--format", format).out.encode() == written


def test_parquet_is_a_source_again(run: Callable[..., Ran]) -> None:
    """Nothing is lost and nothing is computed again."""
    run("export", SAMPLE, "--format", "parquet", "--output", "out.parquet")

    assert run("export", "out.parquet").out == SAMPLE.read_text("utf-8")


def test_stdin_is_a_source(run: Callable[..., Ran]) -> None:
    """Under the name ``-``."""
    assert run("export", "-", stdin=SAMPLE.read_text("utf-8")).out == SAMPLE.read_text("utf-8")


def test_limit_counts_comments(run: Callable[..., Ran]) -> None:
    """Over all sources."""
    done = run("export", SAMPLE, SAMPLE.parent / "*.jsonl", "--limit", "3")

    assert [json.loads(line)["id"] for line in done.out.splitlines()] == ["harbour-01", "harbour-02", "harbour-03"]


def test_two_lists_of_one_title_are_two(run: Callable[..., Ran], tmp_path: Path) -> None:
    """Of two annotated files; their parts are one, and comments under no list are of neither."""
    record = json.loads(SAMPLE.read_text("utf-8").splitlines()[0])
    bare: dict[str, object] = {"mentions": [], "moods": [], "claims": [], "comparisons": [], "links": []}

    def source(name: str, *entries: tuple[str, int] | None) -> str:
        rows = [
            record
            | bare
            | {
                "id": f"{name}-{number}",
                "text": f"{number} in {name}",
                "entry": entry and {"name": entry[0], "rank": entry[1]},
            }
            | ({} if entry else {"list": None})
            for number, entry in enumerate(entries)
        ]
        (tmp_path / name).write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")
        return name

    sources = (
        source("a.jsonl", ("Lisbon", 1), ("Oslo", 2)),
        source("b.jsonl", ("Oslo", 2), None),
        source("c.jsonl", ("Oslo", 1)),
    )

    done = run("report", *sources, "--format", "json")

    report = json.loads(done.out)
    assert (done.code, done.err) == (0, "")
    assert [(item["list_id"], item["entries"], item["comments"]) for item in report["lists"]] == [
        ("best-harbour-cities", 2, 3),
        ("best-harbour-cities-2", 1, 1),
    ]
    assert [(row["list_id"], row["rank"], row["name"], row["comments"]) for row in report["cities"]] == [
        ("best-harbour-cities", 1, "Lisbon", 1),
        ("best-harbour-cities", 2, "Oslo", 2),
        ("best-harbour-cities-2", 1, "Oslo", 1),
    ]
    shown = run("report", *sources).out
    assert "Best Harbour Cities [best-harbour-cities]" in shown
    assert "Best Harbour Cities [best-harbour-cities-2]" in shown


def test_options_that_have_no_effect_are_told(run: Callable[..., Ran], tmp_path: Path) -> None:
    """On stderr; what is annotated already stays as it is."""
    (tmp_path / "more.toml").write_text("", "utf-8")

    given = ("--rules", "more.toml", "--rules-only", "--implied", "--mood-model", "rules")
    done = run("report", SAMPLE, "--title", "Other", *given)
    quiet = run("report", SAMPLE, "--title", "Other", "--rules", "more.toml", "--quiet")

    assert done.err.splitlines() == [
        f"commentlens: --{option} has no effect on {SAMPLE}: it is annotated already"
        for option in ("title", "rules", "rules-only", "implied", "mood-model")
    ]
    assert quiet == Ran(0, run("report", SAMPLE).out, "")


def test_moods_by_likes_and_by_month(run: Callable[..., Ran], tmp_path: Path) -> None:
    """Of comments with likes and dates; without the options there are no months and everything weighs the same."""
    record = json.loads(SAMPLE.read_text("utf-8").splitlines()[0])
    bare: dict[str, object] = {"mentions": [], "claims": [], "comparisons": [], "links": [], "author": None}
    said = [(0.5, "2024-05-01", 20), (-0.5, "2024-06-30T23:59:59Z", -4), (-0.5, None, None)]
    moods = [
        [{"target": "Lisbon", "label": "pos" if s > 0 else "neg", "score": s, "implied": True}] for s, _, _ in said
    ]
    rows = [
        record | bare | {"id": f"c{number}", "moods": mood, "created": created, "likes": likes}
        for number, (mood, (_, created, likes)) in enumerate(zip(moods, said, strict=True))
    ]
    (tmp_path / "dated.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")

    def lisbon(command: tuple[str, ...], *options: str) -> dict[str, Any]:
        done = run(*command, "dated.jsonl", "--format", "json", *options)
        assert (done.code, done.err) == (0, "")
        document = json.loads(done.out)
        row: dict[str, Any] = document["rows" if command[0] == "city" else "cities"][0]
        return row

    for command in (("report",), ("city", "Lisbon")):
        plain, weighted = lisbon(command), lisbon(command, "--by-month", "--weight-by", "likes")
        assert plain["months"] is None
        assert plain["mood"]["net"] == -0.3333
        assert weighted["mood"]["net"] == round((math.log(21) - 1) / (math.log(21) + 3), 4)
        assert weighted["mood"]["mean"] == plain["mood"]["mean"] == -0.1667
        assert [(month["month"], month["mood"]["voices"], month["mood"]["net"]) for month in weighted["months"]] == [
            ("2024-05", 1, 1.0),
            ("2024-06", 1, -1.0),
            (None, 1, -1.0),
        ]
    assert "moods weighted by likes" in run("report", "dated.jsonl", "--weight-by", "likes").out
    assert "2024-06" in run("city", "Lisbon", "dated.jsonl", "--by-month").out


@pytest.mark.parametrize("text", ["", " \n"])
def test_an_empty_file_among_others_is_skipped(run: Callable[..., Ran], tmp_path: Path, text: str) -> None:
    """Alone it is an error."""
    (tmp_path / "empty.txt").write_text(text, "utf-8")

    among = run("export", SAMPLE, "empty.txt")
    alone = run("export", "empty.txt")

    assert (among.code, among.out) == (0, SAMPLE.read_text("utf-8"))
    assert among.err.startswith("commentlens: skipped: empty.txt is empty")
    assert (alone.code, alone.out) == (1, "")


def test_unused_columns_are_told(run: Callable[..., Ran], tmp_path: Path) -> None:
    """On stderr."""
    (tmp_path / "poll.csv").write_text("place,body,weather\nOslo,Fine harbour,rain\n", "utf-8")

    assert "commentlens: poll.csv: columns not used: weather\n" in run("load", "poll.csv").err


def test_load_says_what_it_set_aside(run: Callable[..., Ran], tmp_path: Path) -> None:
    """On stderr with its line, or in a file; --quiet hides it; stdout is the corpus."""
    (tmp_path / "poll.csv").write_text(TABLE, "utf-8")

    shown = run("load", "poll.csv")
    quiet = run("load", "poll.csv", "--quiet")
    filed = run("load", "poll.csv", "--rejects", "rejects.jsonl", "--output", "poll.jsonl")

    assert shown.code == quiet.code == filed.code == 0
    assert [json.loads(line).get("text") for line in shown.out.splitlines()] == [
        None,
        "Fine harbour",
        "Better than Oslo",
    ]
    assert "commentlens: poll.csv, line 3: set aside, " in shown.err
    assert "commentlens: poll.csv, line 4: set aside, " in shown.err
    assert shown.err.endswith("commentlens: 2 lines set aside\n")
    assert quiet == Ran(0, shown.out, "")
    assert filed == Ran(0, "", "commentlens: 2 lines set aside, listed in rejects.jsonl\n")
    assert (tmp_path / "poll.jsonl").read_text("utf-8") == shown.out
    rejects = [json.loads(line) for line in (tmp_path / "rejects.jsonl").read_text("utf-8").splitlines()]
    assert [(row["source"], row["line"]) for row in rejects] == [("poll.csv", 3), ("poll.csv", 4)]


def test_a_failed_run_leaves_the_old_file(run: Callable[..., Ran], tmp_path: Path) -> None:
    """A file appears under its name only when it is complete."""
    (tmp_path / "bad.jsonl").write_text(SAMPLE.read_text("utf-8").splitlines()[0] + "\n", "utf-8")
    (tmp_path / "out.jsonl").write_text("old", "utf-8")

    done = run("city", "Gdynia", "bad.jsonl", "--output", "out.jsonl")

    assert done.code == 1
    assert (tmp_path / "out.jsonl").read_text("utf-8") == "old"


def test_the_schema_is_json(run: Callable[..., Ran]) -> None:
    """The one that the library gives."""
    from commentlens.record_schema import record_schema

    done = run("schema")

    assert (done.code, done.err) == (0, "")
    assert json.loads(done.out) == record_schema()


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals there")
def test_on_a_terminal_it_is_coloured_and_fits() -> None:
    """With bars; TERM=dumb or NO_COLOR leave the colours away."""

    def on_terminal(**env: str) -> str:
        leader, follower = os.openpty()
        done = subprocess.run(
            [sys.executable, "-m", "commentlens", "report", str(SAMPLE)],
            stdin=follower,
            stdout=follower,
            stderr=subprocess.PIPE,
            env={**os.environ, "COLUMNS": "80", "LINES": "50", "TERM": "xterm-256color", **env},
            check=True,
        )
        os.close(follower)
        assert done.stderr == b""
        shown = b""
        while chunk := _read_all(leader):
            shown += chunk
        os.close(leader)
        return shown.decode()

    colours = on_terminal()
    plain = on_terminal(NO_COLOR="1")

    assert "\x1b[32m" in colours
    assert "\x1b[32m" not in plain
    without_codes = re.sub(r"\x1b\[[0-9;]*m", "", colours)
    assert re.sub(r"\x1b\[[0-9;]*m", "", plain) == without_codes
    assert "│▌" in without_codes
    assert max(len(line) for line in without_codes.splitlines()) <= 80


def _read_all(leader: int) -> bytes:
    try:
        return os.read(leader, 65_536)
    except OSError:  # Linux says so when the other end is closed
        return b""


@pytest.mark.skipif(sys.platform == "win32", reason="pipes break otherwise there")
def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    """Nothing on stderr when stdout is closed early."""
    big = tmp_path / "big.jsonl"
    big.write_text(SAMPLE.read_text("utf-8") * 500, "utf-8")
    with subprocess.Popen(
        [sys.executable, "-m", "commentlens", "export", str(big)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT to send there")
def test_an_interrupt_is_quiet(tmp_path: Path) -> None:
    """Exit code 130; the output that was begun is not left behind."""
    with subprocess.Popen(
        [sys.executable, "-m", "commentlens", "export", "-", "--output", str(tmp_path / "out.jsonl")],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # A shell that runs the tests in the background has its children ignore interrupts.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        while not list(tmp_path.iterdir()):
            assert process.poll() is None
        time.sleep(0.5)  # it waits for its input then, and does nothing else
        process.send_signal(signal.SIGINT)
        assert process.wait() == 130
        assert process.stderr.read() == b""
    assert list(tmp_path.iterdir()) == []


def test_training_without_the_sets_says_what_is_missing(run: Callable[..., Ran], tmp_path: Path) -> None:
    """One line with the file and what to give, no traceback."""
    done = run("train", "entities", "--data", str(tmp_path), "--output", str(tmp_path / "out"))

    assert (done.code, done.out) == (1, "")
    assert "train.jsonl: cannot be read" in done.err
    assert "--data takes the folder that holds the labelled sets" in done.err
    assert "Traceback" not in done.err
    assert not (tmp_path / "out").exists()


def test_a_pipeline_without_a_recogniser_is_refused(run: Callable[..., Ran], tmp_path: Path) -> None:
    """What was given, and what makes one."""
    done = run("train", "pipeline", "--recogniser", str(tmp_path), "--output", str(tmp_path / "out"))

    assert (done.code, done.out) == (1, "")
    assert f"{tmp_path}: holds no recogniser commentlens_names" in done.err
    assert "commentlens train entities --data FOLDER --output FOLDER" in done.err
    assert not (tmp_path / "out").exists()
