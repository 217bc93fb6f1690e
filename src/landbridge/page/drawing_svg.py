"""A drawing as SVG: one file, without a program, a font or an address."""

from __future__ import annotations

from html import escape

import numpy as np

from landbridge.page.drawing import Area, Box, Dot, Drawing, Line, Mark, Text, legible
from landbridge.schema.column import Floats


def svg_of(drawing: Drawing) -> str:
    """The text of the file; the same drawing gives the same bytes."""
    clips: dict[Box, str] = {}
    body = [_mark(mark, clips) for mark in drawing.marks]
    size = f'width="{drawing.wide:g}" height="{drawing.high:g}"'
    view = f'viewBox="0 0 {drawing.wide:g} {drawing.high:g}"'
    frames = [
        f'<clipPath id="{name}"><rect x="{x:g}" y="{y:g}" width="{w:g}" height="{h:g}"/></clipPath>'
        for (x, y, w, h), name in clips.items()
    ]
    face = 'font-family="DejaVu Sans, Verdana, sans-serif"'
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} {view} role="img" {face}>',
        f"<title>{escape(legible(drawing.title))}</title>",
        *(("<defs>", *frames, "</defs>") if frames else ()),
        f'<rect {size} fill="{drawing.paper}"/>',
        *body, "</svg>", "",
    ])  # fmt: skip


def _mark(mark: Mark, clips: dict[Box, str]) -> str:
    if isinstance(mark, Area):
        path = "".join(f"{_path(ring)}Z" for ring in mark.rings)
        edge = f' stroke="{mark.stroke}" stroke-width="{mark.width:g}"' if mark.stroke else ""
        return (
            f'<path d="{path}" fill="{mark.fill}" fill-rule="evenodd"{edge}{_clip(mark, clips)}/>'
        )
    if isinstance(mark, Line):
        dash = f' stroke-dasharray="{" ".join(f"{x:g}" for x in mark.dash)}"' if mark.dash else ""
        faint = f' opacity="{mark.opacity:g}"' if mark.opacity < 1 else ""
        return (
            f'<path d="{_path(mark.points)}" fill="none" stroke="{mark.stroke}"'
            f' stroke-width="{mark.width:g}" stroke-linejoin="round"{dash}{faint}'
            f"{_clip(mark, clips)}/>"
        )
    if isinstance(mark, Dot):
        return (
            f'<circle cx="{mark.x:.1f}" cy="{mark.y:.1f}" r="{mark.radius:g}" fill="{mark.fill}"'
            f' stroke="{mark.stroke}" stroke-width="{mark.width:g}"/>'
        )
    return _text(mark)


def _text(mark: Text) -> str:
    place = f'x="{mark.x:.1f}" y="{mark.y:.1f}"'
    if mark.upward:
        place = f'transform="translate({mark.x:.1f} {mark.y:.1f}) rotate(-90)"'
    anchor = "" if mark.anchor == "start" else f' text-anchor="{mark.anchor}"'
    weight = ' font-weight="bold"' if mark.bold else ""
    rim = (
        f' paint-order="stroke" stroke="{mark.halo}" stroke-width="3" stroke-linejoin="round"'
        if mark.halo
        else ""
    )
    return (
        f'<text {place} font-size="{mark.size:g}" fill="{mark.fill}"{anchor}{weight}{rim}>'
        f"{escape(legible(mark.words))}</text>"
    )


def _path(points: Floats) -> str:
    """Points in tenths of a px; those that fall onto the one before are left out."""
    steps = np.rint(points * 10).astype(np.int64)
    keep = np.ones(len(steps), dtype=bool)
    keep[1:] = (np.diff(steps, axis=0) != 0).any(1)
    if keep.sum() == 1 and len(keep) > 1:
        keep[-1] = True
    return "M" + "L".join(f"{x / 10:g} {y / 10:g}" for x, y in steps[keep].tolist())


def _clip(mark: Area | Line, clips: dict[Box, str]) -> str:
    if mark.clip is None:
        return ""
    name = clips.setdefault(mark.clip, f"frame{len(clips) + 1}")
    return f' clip-path="url(#{name})"'
