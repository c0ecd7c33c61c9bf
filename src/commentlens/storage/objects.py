"""Objects of storage that speaks S3, by pyarrow.

It looks for credentials in the environment (``AWS_ACCESS_KEY_ID``, ``AWS_SECRET_ACCESS_KEY``, ``AWS_SESSION_TOKEN``),
then in the files and services that all tools of AWS share. It does not heed ``AWS_ENDPOINT_URL`` by itself
(https://github.com/apache/arrow/issues/49643), which is why that is passed on here, and it makes a whole object of
what was written before an exception (https://github.com/apache/arrow/issues/40502), which is why each is written by
one call.

Source: https://arrow.apache.org/docs/python/generated/pyarrow.fs.S3FileSystem.html
"""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from glob import has_magic
from itertools import takewhile
from pathlib import Path, PurePosixPath
from typing import Any

from commentlens.errors import CommentlensError, SourceError
from commentlens.storage.base import PART, Draft, Location

_ENDPOINTS = ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL")
"""Variables that name a server other than Amazon's; the first that is set counts."""

_ANONYMOUS = "AWS_NO_SIGN_REQUEST"
"""With YES, storage is asked without credentials, as public buckets allow; GDAL's name for it."""

_REGIONS = ("AWS_REGION", "AWS_DEFAULT_REGION")
_CHUNK = 4 << 20
_NO_BUCKET = "there is no bucket {bucket}. Make it first, or check its name and AWS_ENDPOINT_URL."


@dataclass(frozen=True)
class StoredObject(Location):
    """An object, or what the keys of some have in common, which stands for a folder.

    Attributes:
        path: bucket and key, as they are written, with a slash between them.
    """

    path: str

    def __str__(self) -> str:
        return f"s3://{self.path}"

    @property
    def name(self) -> str:
        return PurePosixPath(self.path).name

    def __truediv__(self, inside: str) -> Location:
        return StoredObject(f"{self.path}/{inside}")

    def is_file(self) -> bool:
        return self._kind() == "File"

    def is_folder(self) -> bool:
        return self._kind() == "Directory"

    def _kind(self) -> str:
        """File, Directory or NotFound.

        Raises:
            CommentlensError: Also if there is no bucket of that name.
        """
        bucket = self.path.partition("/")[0]
        with self._told():
            found = _storage(self.path).get_file_info(self.path)
            # Who may read an object may not be allowed to ask for its bucket: only where it matters.
            if found.type.name == "NotFound" and _storage(bucket).get_file_info(bucket).type.name == "NotFound":
                raise CommentlensError(f"{self}: {_NO_BUCKET.format(bucket=bucket)}")
        return str(found.type.name)

    def _children(self, path: str, *, deep: bool) -> list[Any]:
        from pyarrow.fs import FileSelector

        with self._told():
            infos = _storage(path).get_file_info(FileSelector(path, allow_not_found=True, recursive=deep))
        return sorted(infos, key=lambda info: info.path)

    def inside(self) -> Sequence[Location]:
        return [StoredObject(info.path) for info in self._children(self.path, deep=False)]

    def files(self) -> Sequence[Location]:
        return [StoredObject(info.path) for info in self._children(self.path, deep=False) if info.is_file]

    def matches(self) -> list[Location]:
        parts = self.path.split("/")
        plain = list(takewhile(lambda part: not has_magic(part), parts))
        if not plain:
            raise SourceError(f"{self} has a pattern for a bucket. Name the bucket.")
        deep = len(parts) > len(plain) + 1
        found = self._children("/".join(plain), deep=deep)
        return [StoredObject(info.path) for info in found if info.is_file and _matches(info.path.split("/"), parts)]

    def size(self) -> int:
        with self._told():
            info = _storage(self.path).get_file_info(self.path)
        return int(info.size or 0)

    def for_pyarrow(self) -> Any:
        with self._told():
            return _storage(self.path).open_input_file(self.path)

    def open(self) -> io.BufferedReader:
        # Each read is a request: few large ones.
        return io.BufferedReader(_Requests(self.for_pyarrow(), self._told), _CHUNK)

    def put(self, content: bytes) -> None:
        # One call each: what is interrupted between two writes would be taken for a whole object.
        with self._told(), _storage(self.path).open_output_stream(self.path, compression=None) as stream:
            stream.write(content)

    def draft(self) -> Draft:
        handle, name = tempfile.mkstemp(prefix="commentlens-", suffix=PART)
        os.close(handle)
        return Draft(Path(name), self._publish)

    def _publish(self, part: Path) -> None:
        self._copy(str(part), self.path, up=True)

    def remove(self) -> None:
        with self._told():
            _storage(self.path).delete_file(self.path)

    def make_folder(self) -> None:
        # Folders come with their objects; only the bucket must be there.
        self._kind()

    def held(self) -> AbstractContextManager[None]:
        return nullcontext()

    def fetch(self, folder: Path) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / self.name
        self._copy(str(path), self.path, up=False)
        return path

    def _copy(self, here: str, there: str, *, up: bool) -> None:
        from pyarrow.fs import LocalFileSystem, copy_files

        ends = ((here, LocalFileSystem()), (there, _storage(self.path)))
        (source, source_system), (goal, goal_system) = ends if up else ends[::-1]
        with self._told():
            copy_files(source, goal, source_filesystem=source_system, destination_filesystem=goal_system)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Say what went wrong in storage in one sentence, and what to do."""
        try:
            yield
        except FileNotFoundError as error:
            raise FileNotFoundError(error.errno, "it is not there", str(self)) from error
        except OSError as error:
            raise CommentlensError(f"{self}: {_reason(error, self.path.partition('/')[0])}") from error


class _Requests(io.RawIOBase):
    """The bytes of an object, a request a read."""

    def __init__(self, file: Any, told: Callable[[], AbstractContextManager[None]]) -> None:
        self._file, self._told = file, told

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        return int(self._file.seek(offset, whence))

    def tell(self) -> int:
        return int(self._file.tell())

    def readinto(self, buffer: Any) -> int:
        with self._told():
            return int(self._file.readinto(buffer))

    def close(self) -> None:
        self._file.close()
        super().close()


def _matches(parts: Sequence[str], pattern: Sequence[str]) -> bool:
    """Whether the parts of a path match those of a pattern, where ``**`` stands for any number of them."""
    if not pattern:
        return not parts
    if pattern[0] == "**":
        return any(_matches(parts[start:], pattern[1:]) for start in range(len(parts) + 1))
    return bool(parts) and fnmatchcase(parts[0], pattern[0]) and _matches(parts[1:], pattern[1:])


def _reason(error: OSError, bucket: str) -> str:
    """What pyarrow says at length."""
    said = str(error)
    if "NO_SUCH_BUCKET" in said:
        return _NO_BUCKET.format(bucket=bucket)
    if any(word in said for word in ("ACCESS_DENIED", "INVALID_ACCESS_KEY_ID", "SIGNATURE", "UNRECOGNIZED_CLIENT")):
        return (
            "access is refused. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY of somebody who may, "
            f"or {_ANONYMOUS}=YES for a public bucket."
        )
    if "NETWORK_CONNECTION" in said or "curlCode" in said:
        server = _given(_ENDPOINTS) or "Amazon's storage"
        return f"{server} cannot be reached. Check the network, and AWS_ENDPOINT_URL for a server of your own."
    return said.partition("(Request ID")[0].splitlines()[0].strip()


def _given(names: Sequence[str]) -> str | None:
    return next((os.environ[name] for name in names if os.environ.get(name)), None)


def _storage(path: str) -> Any:
    """The file system of a bucket, as the environment describes it now."""
    secrets = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE")
    anonymous = os.environ.get(_ANONYMOUS, "").upper() in {"YES", "TRUE", "1"}
    credentials = tuple(os.environ.get(name) for name in secrets)
    return _connected(path.partition("/")[0], _given(_ENDPOINTS), _given(_REGIONS), anonymous, credentials)


@cache
def _connected(
    bucket: str, endpoint: str | None, region: str | None, anonymous: bool, _credentials: tuple[str | None, ...]
) -> Any:
    from pyarrow.fs import S3FileSystem, resolve_s3_region

    if region is None and endpoint is None:
        region = resolve_s3_region(bucket)
    return S3FileSystem(endpoint_override=endpoint, region=region, anonymous=anonymous)
