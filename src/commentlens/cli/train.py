"""``commentlens train``: rebuild what ships in models/ and knowledge/data/."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Output = Annotated[Path, typer.Option("--output", "-o", metavar="FOLDER", help="Folder to write to.")]

train = typer.Typer(
    help="Rebuild what ships with commentlens; needs the packages of the dependency group train.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@train.command()
def pipeline(output: Output) -> None:
    """Assemble the spaCy pipeline.

    \b
    Example:
      commentlens train pipeline --output models/en_commentlens
    """
    from commentlens.training.assemble import assemble

    assemble(output)
    typer.echo(f"commentlens: wrote {output}", err=True)


@train.command()
def gazetteer(output: Output) -> None:
    """Build the gazetteer of places.

    \b
    Example:
      commentlens train gazetteer --output src/commentlens/knowledge/data
    """
    from commentlens.training.gazetteer import build_gazetteer

    build_gazetteer(output)
    typer.echo(f"commentlens: wrote {output}", err=True)
