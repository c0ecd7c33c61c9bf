"""All commands in one Typer application. A command imports what it needs when it runs, so that help is quick."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import typer

from commentlens import __version__
from commentlens.cli.annotate import annotate
from commentlens.cli.city import city
from commentlens.cli.disputes import disputes
from commentlens.cli.evaluate import evaluate
from commentlens.cli.explain import explain
from commentlens.cli.export import export
from commentlens.cli.load import load
from commentlens.cli.report import report
from commentlens.cli.rules import rules
from commentlens.cli.schema import schema
from commentlens.cli.train import train
from commentlens.cli.usage import PlainCommand


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"commentlens {__version__}")
        raise typer.Exit


def _root(
    _version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
    _debug: Annotated[
        bool, typer.Option("--debug", help="Show the traceback of an error (anywhere on the line).")
    ] = False,
) -> None:
    """What people say about cities under ranked lists.

    SOURCE is a file, a folder, a glob, an s3:// URL of these or - (stdin): a pasted page, saved HTML, CSV, TSV, JSONL
    or Parquet; packed (.gz, .zst); what export wrote (jsonl, json, parquet, spacy, conll, doccano, prodigy,
    labelstudio), or a folder of annotate. Without one, the corpus that ships with commentlens is used.

    \b
    Example:
      commentlens report page.txt
      commentlens report page.txt --html report.html
    """


def command() -> Callable[..., Any]:
    """The application as a callable that takes ``args`` and ``prog_name``."""
    app = typer.Typer(
        no_args_is_help=True,
        # Plain help: it needs no rich, and copies and pipes well.
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_root)
    for function in (report, city, disputes, export, annotate, load, explain, evaluate, schema):
        app.command(cls=PlainCommand)(function)
    app.add_typer(rules, name="rules")
    app.add_typer(train, name="train")
    return typer.main.get_command(app)
