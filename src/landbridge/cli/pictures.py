"""Pictures that a command writes: SVG by ourselves, PNG through the extra ``plot``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from landbridge.cli.files import writable, write

if TYPE_CHECKING:
    from landbridge.page.drawing import Drawing

Svg = Annotated[str, typer.Option("--svg", help="Write the picture as SVG.")]
Png = Annotated[str, typer.Option("--png", help="Write the picture as PNG; needs matplotlib.")]
Pictures = tuple[Path | None, Path | None]
"""Files of SVG and of PNG; None for what was not asked for."""


def pictures(svg: str, png: str) -> Pictures:
    """The files to write; refused before the work where they cannot be written."""
    files = writable("--svg", svg, ".svg"), writable("--png", png, ".png")
    if files[1]:
        from landbridge.page.drawing_png import check_png  # noqa: PLC0415

        check_png()
    return files


def write_pictures(files: Pictures, drawing: Drawing) -> None:
    """Write the drawing into the files that were asked for."""
    svg, png = files
    if svg:
        from landbridge.page.drawing_svg import svg_of  # noqa: PLC0415

        write("--svg", svg, svg_of(drawing))
    if png:
        from landbridge.page.drawing_png import png_of  # noqa: PLC0415

        write("--png", png, png_of(drawing))
