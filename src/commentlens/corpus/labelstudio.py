"""What people export from Label Studio (JSON) → annotated comments; the project's controls: `labelstudio_format`.

An item that nobody touched keeps what a person cannot see (``via``, ``rule``, a mood's score); one that was added or
changed says ``gold``, and its mood scores 1, -1 or 0.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from commentlens.corpus.labelstudio_format import RECORD, TEXT
from commentlens.corpus.labelstudio_layers import layers_of
from commentlens.corpus.labelstudio_result import Json, read_result
from commentlens.corpus.reading import SetAside
from commentlens.corpus.rows import BrokenRow, Row, json_array_rows
from commentlens.corpus.streams import SourceFile
from commentlens.errors import CommentlensError, NoCommentsError, RecordError, SourceError, field_message
from commentlens.record_json import annotated_from_dict
from commentlens.records import AnnotatedComment

_MIN = frozenset({"annotation_id", "annotator", "lead_time"})
_HEAD = 65_536
_TASK = (re.compile(r'"data"\s*:\s*\{'), re.compile(r'"(?:annotations|predictions)"\s*:\s*\['))
_JSON_MIN = tuple(re.compile(rf'"{key}"\s*:') for key in sorted(_MIN))
NOT_ANNOTATED = "no annotation that was submitted"


def is_labelstudio(path: SourceFile, encoding: str, first: str) -> bool:
    """Whether the file, whose first line that is not blank is given, is a list of tasks, JSON-MIN included."""
    if not first.startswith("["):
        return False
    with path.open(encoding=encoding) as file:
        head = file.read(_HEAD)
    return any(all(key.search(head) for key in keys) for keys in (_TASK, _JSON_MIN))


def read_labelstudio(
    path: SourceFile, source: str, encoding: str, set_aside: list[SetAside], *, predictions: bool | None = None
) -> Iterator[AnnotatedComment]:
    """The comments of a file of tasks, as Label Studio's export JSON writes it; it is read whole.

    Args:
        path: the file.
        source: its name in messages.
        encoding: of the file.
        set_aside: takes the tasks that are broken, or that nobody has annotated.
        predictions: read the predictions and no annotation; None: only where no task of the file has an annotation,
            as in a file that nobody has worked on.

    Raises:
        SourceError: If the file is not JSON, or is JSON-MIN.
        NoCommentsError: If annotations are wanted, and no task has one.
    """
    rows = list(json_array_rows(path, encoding))
    tasks = [row.cells for row in rows if isinstance(row, Row)]
    if any(task.keys() >= _MIN for task in tasks):
        raise SourceError(
            f"{source} is Label Studio's JSON-MIN, which drops relations and what belongs to which region. "
            "Export the project again, as JSON."
        )
    worked_on = any(annotation_of(task) is not None for task in tasks)
    if not worked_on and predictions is False:
        raise NoCommentsError(
            f"{source}: {NOT_ANNOTATED} in {len(tasks)} tasks. Correct some in Label Studio, submit them, and export "
            "the project as JSON."
        )
    if predictions is None:
        predictions = not worked_on
    for row in rows:
        if isinstance(row, BrokenRow):
            set_aside.append(SetAside(line=row.line, reason=row.reason, text=row.raw))
            continue
        where = f"{source}, task {row.cells.get('id', row.line)}"
        try:
            yield read_task(row.cells, where, predictions=predictions)
        except CommentlensError as error:
            set_aside.append(SetAside(line=row.line, reason=str(error).removeprefix(f"{source}, "), text=row.raw))


def annotation_of(task: Mapping[str, Any]) -> Json | None:
    """The annotation that counts: a ground truth before others, else the latest; none that was cancelled."""
    given = task.get("annotations")
    items = [dict(item) for item in given if isinstance(item, Mapping)] if isinstance(given, Sequence) else []
    kept = [item for item in items if not item.get("was_cancelled")]
    return max(kept, key=_precedence) if kept else None


def _precedence(annotation: Json) -> tuple[bool, str, int]:
    # Times are ISO 8601 in UTC; where two are the same, or there is none, the higher id came later.
    id_ = annotation.get("id")
    number = int(id_) if isinstance(id_, int | str) and str(id_).isdecimal() else 0
    return (
        bool(annotation.get("ground_truth")),
        str(annotation.get("updated_at") or annotation.get("created_at") or ""),
        number,
    )


def read_task(task: Mapping[str, Any], where: str, *, predictions: bool = False) -> AnnotatedComment:
    """One task as a record.

    Args:
        task: an object of Label Studio's export.
        where: the place for messages; names the file and the task.
        predictions: read the last prediction instead of the annotation.

    Raises:
        RecordError: If the task has no text or no annotation, or a region, field or relation is not as documented;
            names the task, the annotation and the region, what was got and what is allowed.
    """
    data = task.get("data")
    if not isinstance(data, Mapping) or not isinstance(data.get(TEXT), str) or not data[TEXT]:
        raise RecordError(field_message(where, "data.text", data and data.get(TEXT), "the comment's text"))
    if predictions:
        given = task.get("predictions") or []
        chosen = given[-1] if isinstance(given, list) and given and isinstance(given[-1], Mapping) else None
        what = "prediction"
    else:
        chosen, what = annotation_of(task), "annotation"
    if chosen is None:
        raise RecordError(f"{where}: {NOT_ANNOTATED if what == 'annotation' else 'no prediction'}.")
    at = f"{where}, {what} {chosen['id']}" if chosen.get("id") is not None else where
    record = data.get(RECORD)
    exported: Json = dict(record) if isinstance(record, Mapping) else {}
    id_ = exported.get("id", data.get("id", task.get("id")))
    row: Json = {**exported, "id": str(id_) if isinstance(id_, int) else id_, TEXT: data[TEXT]}
    before = annotated_from_dict(row, f"{where}, data.{RECORD}")
    result = read_result(chosen.get("result"), data[TEXT], at)
    return annotated_from_dict({**row, **layers_of(result, before)}, at)
