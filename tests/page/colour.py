"""Colours as eyes see them: WCAG contrast, CIELAB difference, three kinds of colour blindness."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# Machado, Oliveira, Fernandes: A physiologically-based model for simulation of color vision
# deficiency. IEEE TVCG 15(6), 2009; the published matrices of severity 1.0, for linear RGB
MACHADO = {
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
# sRGB to CIE XYZ under D65, IEC 61966-2-1
XYZ = [
    [0.4124564, 0.3575761, 0.1804375],
    [0.2126729, 0.7151522, 0.0721750],
    [0.0193339, 0.1191920, 0.9503041],
]
WHITE = [0.95047, 1.0, 1.08883]


def linear(colour: str) -> Floats:
    """Linear RGB of ``#rrggbb``, in 0 to 1."""
    c = np.array([int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)])
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio, 1 to 21."""
    a, b = sorted(float(linear(c) @ np.array(XYZ[1])) for c in (one, other))
    return (b + 0.05) / (a + 0.05)


def lab(colour: str, eyes: str = "") -> Floats:
    """CIELAB of a colour as the eyes see it."""
    rgb = linear(colour)
    if eyes:
        rgb = np.clip(np.array(MACHADO[eyes]) @ rgb, 0.0, 1.0)
    t = np.array(XYZ) @ rgb / WHITE
    f = np.where(t > (6 / 29) ** 3, np.cbrt(t), t / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def difference(one: str, other: str, eyes: str = "") -> float:
    """CIE 1976 colour difference; 2.3 is just noticeable side by side (Mahy et al., 1994)."""
    return float(np.linalg.norm(lab(one, eyes) - lab(other, eyes)))
