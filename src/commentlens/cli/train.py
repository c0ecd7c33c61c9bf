"""``commentlens train``: rebuild what ships in models/ and knowledge/data/."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from commentlens.training.gold import Gold

Output = Annotated[Path, typer.Option("--output", "-o", metavar="FOLDER", help="Folder to write to.")]

Corrected = Annotated[
    list[Path] | None,
    typer.Option(
        "--gold",
        metavar="FILE",
        help="Comments that people have corrected, to train on as well (docs/labelling.md); may be repeated.",
        show_default=False,
    ),
]

train = typer.Typer(
    help="Rebuild what ships with commentlens; needs the packages of the dependency group train.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@train.command()
def entities(
    output: Output,
    data: Annotated[
        Path, typer.Option("--data", metavar="FOLDER", help="Folder of the labelled sets (docs/training.md).")
    ],
    seed: Annotated[int, typer.Option("--seed", help="Of the order of the examples, the noise and the weights.")] = 0,
    steps: Annotated[
        int | None, typer.Option("--steps", min=1, help="How long to train.", show_default="config")
    ] = None,
    gold: Corrected = None,
) -> None:
    """Train the recogniser of names.

    \b
    Example:
      commentlens train entities --data labelled --output recogniser
      commentlens train pipeline --recogniser recogniser --output pipeline
    """
    from commentlens.training.entities import train_entities

    overrides: dict[str, int] = {"system.seed": seed, **({"training.max_steps": steps} if steps else {})}
    figures = train_entities(data, output, overrides=overrides, gold=_gold(gold))
    told = ", ".join(f"{name} {figure:.3f}" for name, figure in sorted(figures.items()) if name.endswith("_f"))
    typer.echo(f"commentlens: wrote {output}; F1 on held-out text: {told}", err=True)


@train.command("second-reader")
def second_reader(
    output: Output,
    data: Annotated[
        Path, typer.Option("--data", metavar="FOLDER", help="Folder of the labelled sets (docs/second-reader.md).")
    ],
    comments: Annotated[
        list[Path],
        typer.Option("--comments", metavar="FILE", help="Annotated page (JSONL) or table of comments (TOML)."),
    ],
    gold: Corrected = None,
) -> None:
    """Train the second reader of claims and comparisons.

    \b
    Example:
      commentlens train second-reader --data labelled --comments page.jsonl -o out
    """
    from commentlens.training.second_reader import train_second_reader

    figures = train_second_reader(data, comments, output, _gold(gold))
    told = ", ".join(f"{name} {figure:.3f}" for name, figure in figures.items())
    typer.echo(f"commentlens: wrote {output}; right in cross-validation: {told}", err=True)


@train.command()
def mood(
    output: Output,
    data: Annotated[Path, typer.Option("--data", metavar="FOLDER", help="Folder of the labelled sets (docs/mood.md).")],
    comments: Annotated[
        list[Path],
        typer.Option("--comments", metavar="FILE", help="Annotated page (JSONL); may be given several times."),
    ],
    gold: Corrected = None,
) -> None:
    """Train the mood classifier.

    \b
    Example:
      commentlens train mood --data labelled --comments page.jsonl -o out
    """
    from commentlens.training.mood import train_mood

    figures = train_mood(data, comments, output, _gold(gold))
    told = "; ".join(f"{name} {figure:.3f}" for name, figure in figures.items())
    typer.echo(f"commentlens: wrote {output}; macro-F1 in cross-validation: {told}", err=True)


@train.command()
def preferences(
    output: Output,
    comments: Annotated[
        list[Path],
        typer.Option("--comments", metavar="FILE", help="Annotated page (JSONL); may be given several times."),
    ],
    gold: Corrected = None,
) -> None:
    """Train the readers of preferences.

    \b
    Example:
      commentlens train preferences --comments page.jsonl -o out
    """
    from commentlens.training.preferences import train_preferences

    figures = train_preferences(comments, output, _gold(gold))
    told = ", ".join(f"{name} {figure:.3f}" for name, figure in figures.items())
    typer.echo(f"commentlens: wrote {output}; right in cross-validation: {told}", err=True)


@train.command()
def pipeline(
    output: Output,
    recogniser: Annotated[
        Path | None,
        typer.Option(
            "--recogniser", metavar="FOLDER", help="What train entities wrote.", show_default="the one that ships"
        ),
    ] = None,
) -> None:
    """Assemble the spaCy pipeline.

    \b
    Example:
      commentlens train pipeline --output models/en_commentlens
    """
    from commentlens.training.assemble import assemble

    assemble(output, recogniser)
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


def _gold(paths: list[Path] | None) -> Gold | None:
    """The corrected comments that the files hold; None without files."""
    from commentlens.training.gold import Gold

    return Gold.read(paths, lambda text: typer.echo(f"commentlens: {text}", err=True)) if paths else None
