"""Batches on a real Dask cluster of two worker processes: as on the local engine, whatever happens to the workers."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from distributed import Client, LocalCluster
from engine_work import Doubling, Processes, Unloadable
from object_storage import point_to, serving

from commentlens.annotate import AnnotateOptions
from commentlens.cli import main
from commentlens.corpus.reading import Reading
from commentlens.engines.dask import AHEAD, DaskEngine
from commentlens.engines.local import LocalEngine
from commentlens.engines.outcomes import FATAL
from commentlens.errors import CommentlensError, ModelError
from commentlens.records import Comment, Entry, RankedList
from commentlens.shards import annotate_to_folder, annotating
from commentlens.sources import CommentStream
from commentlens.storage import fetched, location

# One cluster serves all tests of this file.
pytestmark = pytest.mark.xdist_group("dask")

LISTED = RankedList(
    id="harbours",
    title="Best Harbour Cities",
    kind="city",
    entries=tuple(Entry(name=name, rank=rank) for rank, name in enumerate(("Bergen", "Porto", "Izmir", "Busan"), 1)),
)


@dataclass(frozen=True)
class Elsewhere:
    """A work whose state is that of its process: no other machine would do the same."""

    def state(self) -> str:
        """Another one in each process."""
        return str(os.getpid())

    def start(self) -> None:
        """Is not reached."""
        raise AssertionError


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    """Two workers of one thread, replaced when they end."""
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0", worker_dashboard_address=None
    ) as running:
        yield running


@pytest.fixture
def engine(cluster: LocalCluster) -> DaskEngine:
    """The engine on it."""
    return DaskEngine(cluster.scheduler_address)


def batches(count: int, size: int = 20) -> Iterator[range]:
    """Batches of whole numbers, from 0 on."""
    return (range(start, start + size) for start in range(0, count * size, size))


def outcome(engine: DaskEngine, work: Doubling, count: int) -> tuple[list[int], dict[int, str]]:
    """Results in the order in which they came, and what was given up with the reason."""
    results: list[int] = []
    failures = {}
    for pieces in engine.run(work, batches(count)):
        for piece in pieces:
            if piece.result is None:
                (item,) = piece.items
                failures[item] = piece.failure or ""
            else:
                assert piece.result == [2 * item for item in piece.items]
                results += piece.result
    return results, failures


@pytest.mark.parametrize("count", [0, 1, 30])
def test_results_come_in_order(engine: DaskEngine, count: int) -> None:
    """Whichever worker is quicker; nothing in, nothing out."""
    assert outcome(engine, Doubling(), count) == ([2 * number for number in range(20 * count)], {})


def test_only_the_item_that_raises_is_given_up(engine: DaskEngine) -> None:
    """With the words of the local engine, so that rejects are the same."""
    results, failures = outcome(engine, Doubling(faulty=(21, 38)), 3)
    assert results == [2 * number for number in range(60) if number not in {21, 38}]
    local = {
        piece.items[0]: piece.failure
        for pieces in LocalEngine(1).run(Doubling(faulty=(21, 38)), batches(3))
        for piece in pieces
        if piece.result is None
    }
    assert failures == local
    assert len(local) == 2


def test_what_cannot_be_loaded_is_told(engine: DaskEngine) -> None:
    """The error of the start, whatever the class."""
    with pytest.raises(ModelError, match="no such pipeline"):
        list(engine.run(Unloadable(), batches(2)))


def test_a_worker_that_would_annotate_otherwise_is_told(engine: DaskEngine) -> None:
    """Other programs or files there are no reason to go on."""
    with pytest.raises(CommentlensError, match=r"worker on .* would annotate otherwise.*same versions there"):
        list(engine.run(Elsewhere(), batches(2)))  # type: ignore[arg-type]


def test_no_more_is_read_than_is_needed(engine: DaskEngine) -> None:
    """A few batches a worker, however many there are; and nothing is left on the cluster."""
    read = 0

    def counted() -> Iterator[range]:
        nonlocal read
        for read, batch in enumerate(batches(1000), 1):  # noqa: B007
            yield batch

    running = engine.run(Processes(), counted())
    for _ in range(5):
        next(running)
    running.close()
    assert read <= 2 * 2 * AHEAD + 5
    with Client(engine.address, set_as_default=False) as client:
        assert client.who_has() == {}


def comments(count: int) -> Iterator[Comment]:
    """Comments that name cities and take sides."""
    said = ("should be higher than", "is far better than", "is overrated, unlike", "is dirty, but I love")
    entries = LISTED.entries
    for number in range(count):
        here, there = entries[number % 4], entries[(number + 1 + number // 4 % 3) % 4]
        text = f"{here.name} {said[number % len(said)]} {there.name}, and I have been there {number} times."
        yield Comment(id=f"c{number}", text=text, list=LISTED, entry=here)


def reading(count: int) -> Reading:
    """A source of so many comments."""
    return Reading(source="harbours.jsonl", format="corpus", lists=(LISTED,), comments=comments(count))


def content(folder: Path) -> dict[str, bytes]:
    """All files of a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_killed_worker_changes_no_byte(engine: DaskEngine, tmp_path: Path) -> None:
    """A worker is killed in mid-run with batches in hand: the folder is that of the local engine to the last byte."""
    annotate_to_folder([reading(600)], tmp_path / "local", AnnotateOptions(), LocalEngine(1), shard_size=50)
    with Client(engine.address, set_as_default=False) as client:
        before = set(client.run(os.getpid).values())
        done = 0
        killed = None
        for number in annotating([reading(600)], tmp_path / "dask", AnnotateOptions(), engine, shard_size=50):
            done += number
            if killed is None:
                killed = min(before)
                os.kill(killed, signal.SIGKILL)
                assert done < 300
        client.wait_for_workers(2)
        assert killed not in client.run(os.getpid).values()
    assert done == 600
    assert content(tmp_path / "dask") == content(tmp_path / "local")
    assert len(list((tmp_path / "dask" / "shards").iterdir())) == 12


def test_the_command_line(engine: DaskEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Same bytes as without the cluster; files are found from the workers' own working directories."""
    monkeypatch.chdir(tmp_path)
    Path("names.jsonl").write_text('{"name": "Kolmhafen", "label": "CITY", "country": "DE"}\n', "utf-8")
    rows = ["id,text", "1,Kolmhafen is lovely", "2,Kolmhafen is dirtier than Porto", "3,", "4,Who cares"]
    Path("poll.csv").write_text("\n".join(rows), "utf-8")
    command = ["annotate", "poll.csv", "--gazetteer", "names.jsonl", "--quiet", "-o"]
    for arguments in (["here"], ["there", "--engine", "dask", "--address", engine.address]):
        with pytest.raises(SystemExit) as ended:
            main([*command, *arguments])
        assert ended.value.code in (0, None)
    assert content(Path("there")) == content(Path("here"))
    assert [len(record.mentions) for record, _ in CommentStream(["there"]).with_lists(AnnotateOptions())] == [1, 2, 0]


def test_object_storage(engine: DaskEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The source read there and the folder written there by URL, with two workers: same bytes as here."""
    rows = [
        {"id": c.id, "place": c.entry and c.entry.name, "list": "Best Harbours", "text": c.text} for c in comments(300)
    ]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "poll.parquet")
    command = ["annotate", "--entry-column", "place", "--shard-size", "50", "--quiet"]
    with serving("quay") as address:
        point_to(address, monkeypatch)
        there = location("s3://quay")
        (there / "poll.parquet").put((tmp_path / "poll.parquet").read_bytes())
        for arguments in (
            [str(there / "poll.parquet"), "-o", str(there / "out"), "--engine", "dask", "--address", engine.address],
            [str(there / "poll.parquet"), "-o", str(tmp_path / "out"), "--processes", "1"],
        ):
            with pytest.raises(SystemExit) as ended:
                main([*command, *arguments])
            assert ended.value.code in (0, None)
        with fetched([*(there / "out").files(), *(there / "out" / "shards").files()]) as paths:
            found = {path.name: path.read_bytes() for path in paths}
    assert found == {Path(name).name: data for name, data in content(tmp_path / "out").items()}
    assert len(found) == 6 + 3


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--engine", "dask"], "--address, which dask scheduler prints"),
        (["--address", "tcp://quay:8786"], "goes with --engine dask only"),
        (["--engine", "dask", "--address", "tcp://quay:8786", "--processes", "2"], "a cluster has the workers"),
    ],
)
def test_options_that_do_not_go_together(
    arguments: list[str], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is wrong and what to give, in one line, before anything is read or written."""
    (tmp_path / "poll.csv").write_text("id,text\n1,Fine\n", "utf-8")
    with pytest.raises(SystemExit) as ended:
        main(["annotate", str(tmp_path / "poll.csv"), "-o", str(tmp_path / "d"), *arguments])
    assert ended.value.code == 2
    assert message in " ".join(capsys.readouterr().err.split())


def test_only_the_item_that_kills_is_given_up(cluster: LocalCluster, engine: DaskEngine) -> None:
    """Not its neighbours, nor the batches that its workers had in hand."""
    with Client(cluster, set_as_default=False) as client:
        failures_allowed = client.run_on_scheduler(_allow_failures, 0)
        results, failures = outcome(engine, Doubling(deadly=(33,)), 4)
        client.run_on_scheduler(_allow_failures, failures_allowed)
    assert results == [2 * number for number in range(80) if number != 33]
    assert failures == {33: FATAL}


def _allow_failures(number: int, dask_scheduler: object = None) -> int:
    """Set how many workers may be lost with a batch before it is suspected, and give the number before."""
    before: int = dask_scheduler.allowed_failures  # type: ignore[attr-defined]
    dask_scheduler.allowed_failures = number  # type: ignore[attr-defined]
    return before


def test_a_scheduler_that_is_not_there() -> None:
    """Nobody listens at the port, or the address is none."""
    for address in ("tcp://127.0.0.1:9", "carrier-pigeon://loft"):
        with pytest.raises(CommentlensError, match=rf"no Dask scheduler can be reached at {address} .*dask scheduler"):
            list(DaskEngine(address, patience=0.5).run(Doubling(), batches(1)))


def test_a_cluster_without_workers() -> None:
    """What to start, once the patience is at its end."""
    with LocalCluster(n_workers=0, processes=False, dashboard_address=":0") as empty:
        address = empty.scheduler_address
        with pytest.raises(CommentlensError, match=rf"no worker for 0 seconds. Start some: dask worker {address} "):
            list(DaskEngine(address, patience=0.2).run(Doubling(), batches(3)))


def test_a_scheduler_that_goes_away() -> None:
    """The run ends, and tells that it can be gone on with."""
    with LocalCluster(n_workers=1, processes=False, dashboard_address=":0") as passing:
        running = DaskEngine(passing.scheduler_address, patience=1).run(Doubling(), batches(100))
        next(running)
        passing.close()
        with pytest.raises(CommentlensError, match=r"was lost. See whether it still runs. .*goes on where it was"):
            list(running)


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """What to install."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.delitem(sys.modules, "commentlens.engines.dask")
    with pytest.raises(CommentlensError, match=r"pip install 'commentlens\[dask\]'"):
        import commentlens.engines.dask  # noqa: F401
