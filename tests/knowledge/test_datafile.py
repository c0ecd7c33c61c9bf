"""TOML files with the line of every table and field."""

from __future__ import annotations

from pathlib import Path

import pytest

from commentlens.errors import KnowledgeError
from commentlens.knowledge.datafile import read_data_file

TEXT = """\
# a file
[classes]
noun = "city"
"odd name" = "x"

[[rule]]
id = "a"

[[rule]]  # the second
note = '''
id of another
'''
id = "b"
[[ rule ]]
id = "c"
"""


def write(folder: Path, content: str | bytes) -> Path:
    path = folder / "words.toml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_places_of_tables_and_fields(tmp_path: Path) -> None:
    """The index-th table of a name, a field in it, the table where the field is absent, the file where it is."""
    path = write(tmp_path, TEXT)
    data = read_data_file(path)
    assert data.data == {
        "classes": {"noun": "city", "odd name": "x"},
        "rule": [{"id": "a"}, {"note": "id of another\n", "id": "b"}, {"id": "c"}],
    }
    assert data.lines == {"classes": [2], "rule": [6, 9, 14]}
    assert data.where("classes", 0, "noun") == f"{path}, line 3"
    assert data.where("classes", 0, "odd name") == f"{path}, line 4"
    assert data.where("rule") == f"{path}, line 6"
    assert data.where("rule", 1, "id") == f"{path}, line 13"
    assert data.where("rule", 2, "id") == f"{path}, line 15"
    assert data.where("rule", 0, "note") == f"{path}, line 6"
    assert data.where("rule", 3) == str(path)
    assert data.where("guards") == str(path)


def test_lines_are_counted_with_windows_ends(tmp_path: Path) -> None:
    """CRLF counts as one end of line."""
    path = write(tmp_path, TEXT.replace("\n", "\r\n"))
    assert read_data_file(path).where("rule", 2, "id") == f"{path}, line 15"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b'a = "x"\nb = "\xff"', ", line 2: is not UTF-8 text (byte 13). Save it as UTF-8."),
        ("a = " + "[" * 5000, ": is not valid TOML: brackets in brackets without end."),
        ("a = \n", ": is not valid TOML: Invalid value (at line 1, column 5)."),
        ("[a]\nx = 1\n[a]\n", ": is not valid TOML: Cannot declare ('a',) twice (at line 3, column 3)."),
        (None, ": cannot be read (No such file or directory). Check the path."),
    ],
)
def test_files_that_cannot_be_read(tmp_path: Path, content: str | bytes | None, problem: str) -> None:
    """Which file, what is wrong, what to do."""
    path = write(tmp_path, content) if content is not None else tmp_path / "absent.toml"
    with pytest.raises(KnowledgeError) as caught:
        read_data_file(path)
    assert str(caught.value) == f"{path}{problem}"


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    """Named as what it is."""
    with pytest.raises(KnowledgeError) as caught:
        read_data_file(tmp_path)
    assert str(caught.value) == f"{tmp_path}: cannot be read (Is a directory). Check the path."


def test_a_key_before_all_tables_has_a_line(tmp_path: Path) -> None:
    """Not only tables are looked up."""
    path = write(tmp_path, 'a = 1\nrule = "x"\n[b]\nclasses = 2\n')
    data = read_data_file(path)
    assert data.where("rule") == f"{path}, line 2"
    assert data.where("classes") == str(path)
