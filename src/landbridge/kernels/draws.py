"""Random numbers by name: each is a function of a stream, an index and a purpose, and of no past.

The generator is splitmix64 (Steele, Lea and Flood 2014) read at any place: entry i of a stream is
the mixed value of ``stream + (i + 1) * GOLDEN``. A box has a stream of its own, which is an entry
of the stream of its path, and draws from it at an index that names the step. So a world that
differs in one capacity sees the same boxes at the same times with the same service times (common
random numbers), whatever the order of events. Products wrap around at 64 bits: in plain Python the
caller stands under ``np.errstate(over="ignore")``.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from landbridge.kernels.jit import bare_kernel, inner_kernel

FIXED, UNIFORM, EXPONENTIAL, ERLANG, LOGNORMAL, TABLE = range(6)
"""Families of durations, see ``duration``."""
LAW_COLUMNS = 5
"""A law is a row: family, three parameters, what is added to each draw."""

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)
_30, _27, _31, _11 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)
_ULP = 2.0**-53
_ROOT_HALF = math.sqrt(0.5)
_A = (-3.969683028665376e1, 2.209460984245205e2, -2.759285104469687e2, 1.383577518672690e2,
      -3.066479806614716e1, 2.506628277459239)  # fmt: skip
_B = (-5.447609879822406e1, 1.615858368580409e2, -1.556989798598866e2, 6.680131188771972e1,
      -1.328068155288572e1, 1.0)  # fmt: skip
_C = (-7.784894002430293e-3, -3.223964580411365e-1, -2.400758277161838, -2.549732539343734,
      4.374664141464968, 2.938163982698783)  # fmt: skip
_D = (7.784695709041462e-3, 3.224671290700398e-1, 2.445134137142996, 3.754408661907416, 1.0)


@inner_kernel
def mixed(x: np.uint64) -> np.uint64:
    """All 64 bits of ``x`` stirred into each other (the finisher of splitmix64); one to one."""
    x = (x ^ (x >> _30)) * _FIRST
    x = (x ^ (x >> _27)) * _SECOND
    return x ^ (x >> _31)


@inner_kernel
def drawn(stream: int, index: int) -> np.uint64:
    """Entry ``index`` of a stream; both are taken as 64 bits, the sign is one of them."""
    return mixed(np.uint64(stream) + np.uint64(index + 1) * GOLDEN)


@inner_kernel
def unit(word: np.uint64) -> float:
    """A number in (0, 1), never an end; 53 bits."""
    return (np.float64(word >> _11) + 0.5) * _ULP


@bare_kernel
def standard_normal(u: float) -> float:
    """The quantile of the standard normal distribution; relative error below 1.2e-9.

    Acklam (2003), rational approximations in the middle and in the tails.
    """
    if 0.02425 <= u <= 0.97575:  # noqa: PLR2004 - where his middle ends
        q = u - 0.5
        r = q * q
        top = _A[0]
        low = _B[0]
        for k in range(1, 6):
            top = top * r + _A[k]
            low = low * r + _B[k]
        return top * q / low
    q = math.sqrt(-2.0 * math.log(min(u, 1.0 - u)))
    top = _C[0]
    for k in range(1, 6):
        top = top * q + _C[k]
    low = _D[0]
    for k in range(1, 5):
        low = low * q + _D[k]
    return top / low if u < 0.5 else -top / low  # noqa: PLR2004 - the median


@bare_kernel
def correlated(
    word: np.uint64, own: int, names: NDArray[np.int64], weights: NDArray[np.float64]
) -> np.uint64:
    """Random bits that share a part with others of stream ``own``: a Gaussian copula.

    The normal number behind ``word`` times ``weights[0]``, plus those of the entries ``names[k]``
    of the stream times ``weights[k]``, k from 1 on; squares of the weights sum to 1.
    """
    z = weights[0] * standard_normal(unit(word))
    for k in range(1, len(names)):
        z += weights[k] * standard_normal(unit(drawn(own, names[k])))
    u = min(0.5 * math.erfc(-z * _ROOT_HALF), 1.0 - _ULP)
    return np.uint64(u / _ULP) << _11


@inner_kernel
def duration(
    laws: NDArray[np.float64], table: NDArray[np.float64], law: int, word: np.uint64
) -> int:
    """One draw of law ``law`` from 64 random bits, in whole ticks >= 0.

    ``laws``: (n_laws, 5), columns family, a, b, c, plus; times in ticks. Each family grows with the
    bits (Erlang, a product of several, does not). Fixed: a. Uniform: from a to b. Exponential: mean
    a. Erlang: mean a in b stages. Lognormal: median a, b and c the standard deviation of the
    logarithm below and above it. Table: quantiles ``table[a : a + b + 1]`` at 0, 1/b, ..., 1,
    straight between them.
    """
    family = laws[law, 0]
    a = laws[law, 1]
    plus = laws[law, 4]
    if family == EXPONENTIAL:
        return int(plus - math.log(1.0 - unit(word)) * a + 0.5)
    if family == FIXED:
        return int(a + plus + 0.5)
    b = laws[law, 2]
    u = unit(word)
    if family == UNIFORM:
        return int(a + u * (b - a) + plus + 0.5)
    if family == LOGNORMAL:
        z = standard_normal(u)
        return int(a * math.exp(z * (b if z < 0.0 else laws[law, 3])) + plus + 0.5)
    if family == TABLE:
        place = u * b
        k = int(place)
        low = table[int(a) + k]
        return int(low + (place - k) * (table[int(a) + k + 1] - low) + plus + 0.5)
    stages = int(b)
    product = u
    for k in range(1, stages):
        product *= unit(mixed(word + np.uint64(k) * GOLDEN))
    return int(plus - math.log(product) * a / stages + 0.5)
