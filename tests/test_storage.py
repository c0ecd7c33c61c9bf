"""Files and folders wherever they lie: paths and objects behave alike, and runs that use them come to the same bytes.

The objects lie on a real server on this machine that speaks S3 (`object_storage.serving`).
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from object_storage import point_to, refusing, serving

from commentlens.cli import main
from commentlens.corpus.annotated_folder import MANIFEST, is_annotated_folder, open_folder
from commentlens.errors import SourceError
from commentlens.storage import Location, fetched, location, replacing, unfinished

# One server serves all tests of this file.
pytestmark = pytest.mark.xdist_group("storage")

BEST, WORST = "Best Cities For Trams", "Worst Cities For Trams"
ROWS = [
    {"id": "1", "list": BEST, "entry": "Zagreb", "rank": 2, "author": "dee", "text": "Zagreb should be first!"},
    {"id": "2", "list": WORST, "entry": "Dallas", "rank": 1, "author": "eve", "text": "Awful without a tram"},
    {"id": "3", "list": BEST, "entry": "Linz", "rank": 1, "author": "fay", "text": "Graz beats Linz"},
    {"id": "4", "list": BEST, "entry": "Linz", "rank": 1, "author": "gil", "text": ""},
    {"id": "5", "list": BEST, "entry": "Linz", "rank": 1, "author": "hal", "text": "I love Linz"},
]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The server, with one bucket."""
    with serving("town") as found:
        yield found


@pytest.fixture
def bucket(address: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """URL of the bucket, in which other tests have left things."""
    point_to(address, monkeypatch)
    return "s3://town"


@pytest.fixture(params=["path", "url"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Location:
    """A folder of this machine, or what stands for one in the bucket; with nothing in it."""
    if request.param == "path":
        return location(tmp_path / "d")
    return location(f"{request.getfixturevalue('bucket')}/{tmp_path.name}")


def content(folder: Location) -> dict[str, bytes]:
    """All files of an annotated folder."""
    return {file.name: held(file) for place in (folder, folder / "shards") for file in place.files()}


def held(file: Location) -> bytes:
    """What a file holds."""
    with file.open() as opened:
        return opened.read()


def said(args: list[str], code: int = 0) -> None:
    """Run a command that ends with this code."""
    with pytest.raises(SystemExit) as ended:
        main(args)
    assert (ended.value.code or 0) == code


def test_files_are_put_and_found(folder: Location) -> None:
    """Whole, over what was there, in folders of their own; also empty ones, and larger ones than one request reads."""
    folder.make_folder()
    (folder / "sub").make_folder()
    large = bytes(range(256)) * 40_000
    for name, data in (("b.csv", b"old"), ("b.csv", b"new"), ("a.csv", b""), ("c d+é.bin", large)):
        (folder / name).put(data)
    (folder / "sub" / "e.csv").put(b"deep")

    assert [file.name for file in folder.files()] == ["a.csv", "b.csv", "c d+é.bin"]
    assert [there.name for there in folder.inside()] == ["a.csv", "b.csv", "c d+é.bin", "sub"]
    assert [(folder / name).size() for name in ("a.csv", "b.csv", "c d+é.bin")] == [0, 3, 10_240_000]
    assert (folder / "b.csv").read_text() == "new"
    with (folder / "c d+é.bin").open() as file:
        assert (file.read(3), file.seek(5_000_001), file.read(2)) == (b"\x00\x01\x02", 5_000_001, b"\x41\x42")
        assert (file.seek(0), file.read() == large) == (0, True)
    assert (folder / "a.csv").is_file()
    assert not (folder / "sub").is_file()
    assert (folder / "sub").is_folder()
    assert not (folder / "a.csv").is_folder()
    assert not (folder / "no").is_file()
    assert not (folder / "no").is_folder()


def test_files_are_removed(folder: Location) -> None:
    """What is not there is told as such."""
    folder.make_folder()
    (folder / "a").put(b"x")
    (folder / "a").remove()
    assert folder.files() == []
    for attempt in ((folder / "a").remove, (folder / "a").open, (folder / "a").read_text):
        with pytest.raises(FileNotFoundError):
            attempt()


def test_a_draft_appears_when_it_is_complete(folder: Location, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And leaves nothing where it was written, nor when it is given up."""
    (tmp_path / "aside").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "aside"))
    folder.make_folder()
    for name, completed in (("kept", True), ("given up", False)):
        draft = (folder / name).draft()
        draft.write("Málaga\n")
        assert name not in [file.name for file in folder.files()]
        if completed:
            draft.complete()
        draft.close()
    assert [(file.name, held(file)) for file in folder.files()] == [("kept", "Málaga\n".encode())]
    assert list((tmp_path / "aside").iterdir()) == []


def test_a_file_is_replaced_when_all_is_written(tmp_path: Path) -> None:
    """And is what it was when that fails; a killed process leaves a part that is told from a user's own."""
    path = tmp_path / "a.part"
    path.write_text("old", "utf-8")
    with suppress(ZeroDivisionError), replacing(path) as part:
        part.write_text("half", "utf-8")
        raise ZeroDivisionError
    assert [file.read_text("utf-8") for file in tmp_path.iterdir()] == ["old"]
    with replacing(path, durable=True) as part:
        part.write_text("new", "utf-8")
        assert path.read_text("utf-8") == "old"
        assert unfinished(part.name) == path.name
    assert [file.read_text("utf-8") for file in tmp_path.iterdir()] == ["new"]
    assert [unfinished(name) for name in ("a.part", ".a.part", "a.7.part", ".a.7.parts")] == [None] * 4


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("*.csv", ["a.csv", "ab.csv"]),
        ("?.csv", ["a.csv"]),
        ("[ab].*", ["a.csv", "b.txt"]),
        ("sub/*", ["sub/a.csv"]),
        ("*/*.csv", ["sub/a.csv"]),
        ("**/a.csv", ["a.csv", "sub/a.csv", "sub/deep/a.csv"]),
        ("**/deep/*", ["sub/deep/a.csv"]),
        ("*.tsv", []),
        ("su*", []),
    ],
)
def test_patterns(folder: Location, pattern: str, found: list[str]) -> None:
    """A sign stands for no slash; folders do not match."""
    for name in ("a.csv", "ab.csv", "b.txt", "sub/a.csv", "sub/deep/a.csv"):
        there = folder
        for part in name.split("/")[:-1]:
            there = there / part
        there.make_folder()
        (folder / name).put(b"x")
    assert [str(file) for file in (folder / pattern).matches()] == [f"{folder}/{name}" for name in found]


def test_files_are_fetched(folder: Location) -> None:
    """In order, also two of one name; copies are gone in the end, and the files are not."""
    for name in ("a", "b"):
        (folder / name).make_folder()
        (folder / name / "x.txt").put(name.encode())
    files = [folder / "b" / "x.txt", folder / "a" / "x.txt"]
    with fetched(files) as paths:
        assert [path.read_text("utf-8") for path in paths] == ["b", "a"]
    assert [file.read_text() for file in files] == ["b", "a"]
    assert [path.exists() for path in paths] == [
        str(path) == str(file) for path, file in zip(paths, files, strict=True)
    ]


@pytest.mark.parametrize(
    ("given", "shown", "suffix"),
    [
        ("s3://town/a/b.csv.gz", "s3://town/a/b.csv.gz", ".gz"),
        ("S3://town/a/", "s3://town/a", ""),
        ("s3://town/100%25 sure?.csv", "s3://town/100%25 sure?.csv", ".csv"),
        ("file:///var/a%20b.csv", "/var/a b.csv", ".csv"),
        ("a/b.csv", "a/b.csv", ".csv"),
        ("C:/a.csv", "C:/a.csv", ".csv"),
        ("-", "-", ""),
    ],
)
def test_what_is_a_url(given: str, shown: str, suffix: str) -> None:
    """Keys are taken as they are written; a drive is no scheme."""
    assert (str(location(given)), location(given).suffix) == (shown, suffix)
    assert location(location(given)) == location(given)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("gopher://host/a", "nothing here reads gopher://. Known are s3:// and file://"),
        ("https://host/a.html", "nothing here reads https://"),
        ("s3://", "names no bucket. Write s3://bucket/name"),
        ("s3:///key", "names no bucket"),
    ],
)
def test_what_is_no_place(given: str, message: str) -> None:
    """Told with what there is."""
    with pytest.raises(SourceError, match=message):
        location(given)


def test_a_pattern_for_a_bucket() -> None:
    """Would have to list what does not belong to anybody here."""
    with pytest.raises(SourceError, match="has a pattern for a bucket"):
        location("s3://tow*/a.csv").matches()


def test_a_run_in_storage_is_one_on_this_machine(
    bucket: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Parquet in, Parquet out, same bytes; and all commands say the same of it."""
    monkeypatch.chdir(tmp_path)
    there = location(f"{bucket}/run")
    for number, rows in enumerate((ROWS[:2], ROWS[2:])):
        pq.write_table(pa.Table.from_pylist(rows), f"part{number}.parquet")
        (there / f"part{number}.parquet").put(Path(f"part{number}.parquet").read_bytes())
    command = ["annotate", "--processes", "1", "--shard-size", "2", "--quiet"]
    said([*command, f"{there}/part*.parquet", "-o", f"{there}/out"])
    said([*command, "part0.parquet", "part1.parquet", "-o", "out"])

    ours, theirs = content(location("out")), content(there / "out")
    assert json.loads(theirs[MANIFEST])["sources"][1]["source"] == f"{there}/part1.parquet"
    same = {name: data.replace(f"{there}/".encode(), b"") for name, data in theirs.items()}
    assert same == ours
    assert len(ours) == 5
    for view in (["report", "--format", "json"], ["report", "--themes"], ["disputes"], ["city", "Linz"], ["export"]):
        capsys.readouterr()
        said([*view, "out", "--quiet"])
        expected = capsys.readouterr().out
        said([*view, f"{there}/out/", "--quiet"])
        assert capsys.readouterr().out == expected
        assert len(expected) > 100


@pytest.mark.slow
def test_a_killed_run_in_storage_goes_on(bucket: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Killed without warning when some shards are there; until it has gone on, it says that it is not complete."""
    source = tmp_path / "comments.jsonl"
    names = ("Gdynia", "Cork", "Faro", "Bari")
    rows = ({"id": n, "text": f"{names[n % 4]} is nicer than {names[n % 3]}, said {n} people."} for n in range(2000))
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    arguments = ["annotate", str(source), "--processes", "1", "--shard-size", "50", "--quiet", "-o"]
    there = location(f"{bucket}/killed")

    command = [sys.executable, "-m", "commentlens", *arguments, str(there)]
    with subprocess.Popen(command, start_new_session=True) as run:
        while len((there / "shards").files()) < 2:
            assert run.poll() is None
            time.sleep(0.05)
        os.killpg(run.pid, signal.SIGKILL)
    done = (there / "shards").files()
    assert 2 <= len(done) < 40
    assert is_annotated_folder(there)
    said(["report", str(there)], code=1)
    assert f"{there} is not complete: its annotation was interrupted." in capsys.readouterr().err

    said([*arguments, str(there)])
    said([*arguments, str(tmp_path / "whole")])
    assert content(there) == content(location(tmp_path / "whole"))
    assert {file.name for file in done} < {file.name for file in (there / "shards").files()}
    assert len(open_folder(there).shards) == 40


@pytest.mark.usefixtures("bucket")
@pytest.mark.parametrize("command", ["report", "annotate"])
@pytest.mark.parametrize(
    ("source", "endpoint", "message"),
    [
        ("s3://town/nothing.csv", None, "s3://town/nothing.csv does not exist."),
        ("s3://town/nothing/*.csv", None, "no file matches s3://town/nothing/*.csv."),
        ("s3://village/a.csv", None, "s3://village/a.csv: there is no bucket village. Make it first, or check its"),
        ("s3://town/a.csv", "http://127.0.0.1:1", "http://127.0.0.1:1 cannot be reached. Check the network, and AWS"),
        ("s3://town/a.csv", "refusing", "s3://town/a.csv: access is refused. Set AWS_ACCESS_KEY_ID and AWS_SECRET_"),
        ("ftp://town/a.csv", None, "nothing here reads ftp://."),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_in_a_line(
    tmp_path: Path,
    command: str,
    source: str,
    endpoint: str | None,
    message: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What is wrong, where, and what to do; no traceback."""
    output = ["-o", str(tmp_path / "out"), "--processes", "1"] if command == "annotate" else []
    with refusing() as (refusal, _):
        if endpoint is not None:
            monkeypatch.setenv("AWS_ENDPOINT_URL_S3", refusal if endpoint == "refusing" else endpoint)
        said([command, source, *output], code=1)
    (line,) = capsys.readouterr().err.splitlines()
    assert message in line


@pytest.mark.parametrize(
    ("folder", "endpoint", "message"),
    [
        ("s3://village/out", None, "s3://village/out: there is no bucket village. Make it first"),
        ("s3://town/out", "http://127.0.0.1:1", "http://127.0.0.1:1 cannot be reached."),
        ("s3://town/out", "refusing", "access is refused."),
        ("s3://town/written/notes.txt", None, "s3://town/written/notes.txt is a file; give a folder"),
        ("s3://town/written", None, "s3://town/written holds other files (notes.txt, …)."),
        ("ftp://town/out", None, "nothing here reads ftp://."),
    ],
)
def test_what_cannot_be_written_is_told_in_a_line(
    bucket: str,
    tmp_path: Path,
    folder: str,
    endpoint: str | None,
    message: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Before anything is annotated."""
    location(f"{bucket}/written/notes.txt").put(b"mine")
    source = tmp_path / "a.csv"
    source.write_text("id,text\n1,Fine\n", encoding="utf-8")
    with refusing() as (refusal, _):
        if endpoint is not None:
            monkeypatch.setenv("AWS_ENDPOINT_URL_S3", refusal if endpoint == "refusing" else endpoint)
        said(["annotate", str(source), "-o", folder, "--processes", "1"], code=1)
    (line,) = capsys.readouterr().err.splitlines()
    assert message in line


@pytest.mark.parametrize(("setting", "signs"), [("YES", False), ("no", True), ("", True)])
def test_public_buckets_are_asked_without_credentials(
    setting: str, signs: bool, monkeypatch: pytest.MonkeyPatch, bucket: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where that is said."""
    with refusing() as (address, signed):
        monkeypatch.setenv("AWS_ENDPOINT_URL", address)
        monkeypatch.setenv("AWS_NO_SIGN_REQUEST", setting)
        said(["report", f"{bucket}/a.csv"], code=1)
    assert "access is refused" in capsys.readouterr().err
    assert set(signed) == {signs}
