"""Servers of object storage on this machine: one that keeps what it is given, one that refuses everybody."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from pyarrow.fs import S3FileSystem

REFUSED = b'<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>'
SETTINGS = {"AWS_ACCESS_KEY_ID": "tester", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_DEFAULT_REGION": "us-east-1"}


@contextmanager
def serving(*buckets: str) -> Iterator[str]:
    """The address of a server that speaks S3, with these buckets, all empty; ended with the context."""
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as server:
        try:
            assert server.stderr is not None
            address = next(found[1] for line in server.stderr if (found := re.search(r"(http://127\S+:\d+)", line)))
            # Nobody reads on, and a full pipe would stop it.
            Thread(target=server.stderr.read, daemon=True).start()
            storage = S3FileSystem(
                access_key="tester", secret_key="secret", region="us-east-1", endpoint_override=address,
                allow_bucket_creation=True,
            )  # fmt: skip
            for bucket in buckets:
                storage.create_dir(bucket)
            yield address
        finally:
            server.kill()


@contextmanager
def refusing() -> Iterator[tuple[str, list[bool]]]:
    """The address of a server that refuses every request, and whether each request came with credentials."""
    signed: list[bool] = []

    class Refusal(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            signed.append("Authorization" in self.headers)
            self.send_response(403)
            self.send_header("Content-Length", str(len(REFUSED)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(REFUSED)

        do_HEAD = do_PUT = do_POST = do_GET  # noqa: N815 (the library's names)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Refusal) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", signed
        server.shutdown()


def point_to(address: str, patch: pytest.MonkeyPatch) -> None:
    """Let everything that reads the environment use this server."""
    for name, value in {**SETTINGS, "AWS_ENDPOINT_URL": address}.items():
        patch.setenv(name, value)
    for name in ("AWS_ENDPOINT_URL_S3", "AWS_NO_SIGN_REQUEST", "AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_REGION"):
        patch.delenv(name, raising=False)
