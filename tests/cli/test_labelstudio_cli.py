"""The loop with Label Studio on the command line: export, correct, evaluate."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from commentlens.cli import main
from commentlens.render.labelstudio import labelling_config

SAMPLE = Path(__file__).parents[1] / "render" / "harbour.annotated.jsonl"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """The command line in this process and an empty folder: exit code, stdout, stderr."""
    monkeypatch.chdir(tmp_path)

    def ran(*args: str | Path) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main([*map(str, args)])
        return int(ended.value.code or 0), *capfd.readouterr()

    return ran


def exported(run: Run, folder: Path) -> list[dict[str, Any]]:
    """The tasks of the sample."""
    assert run("export", SAMPLE, "--format", "labelstudio", "--output", "tasks.json") == (0, "", "")
    tasks: list[dict[str, Any]] = json.loads((folder / "tasks.json").read_text("utf-8"))
    return tasks


def test_the_interface_is_written_beside_the_tasks(run: Run, tmp_path: Path) -> None:
    """Under their name; to stdout go the tasks alone."""
    exported(run, tmp_path)

    assert sorted(path.name for path in tmp_path.iterdir()) == ["tasks.config.xml", "tasks.json"]
    assert (tmp_path / "tasks.config.xml").read_text("utf-8") == labelling_config()
    assert run("export", SAMPLE, "--format", "labelstudio")[1] == (tmp_path / "tasks.json").read_text("utf-8")


def test_corrected_tasks_are_gold_and_a_source(run: Run, tmp_path: Path) -> None:
    """Accepted as they were they are the same records; one mood that a person changed is one mistake."""
    tasks = exported(run, tmp_path)
    for task in tasks:
        task["annotations"] = [{"id": 1, "result": task["predictions"][0]["result"]}]
    (tmp_path / "corrected.json").write_text(json.dumps(tasks), "utf-8")
    assert run("export", "corrected.json")[1] == SAMPLE.read_text("utf-8")

    result = tasks[0]["annotations"][0]["result"]
    chosen = next(item for item in result if item["from_name"] in ("mood", "entry_mood"))
    chosen["value"]["choices"] = ["neg" if chosen["value"]["choices"] != ["neg"] else "pos"]
    (tmp_path / "corrected.json").write_text(json.dumps(tasks), "utf-8")
    scores = json.loads(run("evaluate", "corrected.json", SAMPLE, "--show", "mood", "--format", "json")[1])

    assert scores["comments"] == {"gold": 7, "missing": 0}
    assert [mistake["sign"] for mistake in scores["mistakes"]["mood"]] == ["~"]
    assert scores["claim"]["f1"] == scores["comparison"]["f1"] == 1.0


def test_an_export_that_nobody_corrected_is_no_gold(run: Run, tmp_path: Path) -> None:
    """One line that says what to do."""
    exported(run, tmp_path)
    code, out, err = run("evaluate", "tasks.json", SAMPLE)

    assert (code, out, err.count("\n")) == (1, "", 1)
    assert "no annotation that was submitted in 7 tasks. Correct some" in err
