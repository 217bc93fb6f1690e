"""How fast ``route`` is: starts of fresh processes, warm questions, changed networks."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from sheet import table

import landbridge as lb
from landbridge.places import resolve

STAGES = """
import resource, sys, time
last = time.perf_counter()
def lap(name):
    global last
    now = time.perf_counter()
    print(f"{name}\\t{1000 * (now - last):.1f}")
    last = now
import landbridge as lb
from landbridge.network.load import load
net = load()
lap("load the network")
from landbridge.routing.route import route
lap("import numba and the router")
from landbridge.places import resolve
resolve(net, "St Petersburg")
lap("index of names")
route(net, lb.Shipment("St Petersburg", "Mumbai"))
lap("first question")
print(f"resident MB\\t{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f}")
"""
COMPARED = """
import time
import landbridge as lb
from landbridge.scenario.shelf import list_scenarios
net, ship = lb.load(), lb.Shipment("St Petersburg", "Mumbai")
names = [one.id for one in list_scenarios(net.case.id)]
lb.route(net, ship)
for title in ("first", "again"):
    last = time.perf_counter()
    lb.compare(net, ship, names)
    print(f"{title}\\t{1000 * (time.perf_counter() - last):.1f}")
"""
PAIRS = (("Chongqing", "Duisburg"), ("Rotterdam", "Singapore"), ("Moscow", "Tehran"))
Row = tuple[str, str, float]


def timed(work: Callable[[], object], count: int) -> float:
    """Median of ``count`` runs, in ms."""
    taken: list[float] = []
    for _ in range(count):
        start = time.perf_counter()
        work()
        taken.append(1000 * (time.perf_counter() - start))
    return median(taken)


def measure(*, quick: bool) -> list[str]:
    """Lines of the page: what was timed, and the median."""
    count = 3 if quick else 7
    found = [*_starts(count), *_warm(count), *_changed(), *_compared()]
    return table(
        ("what", "median"), [(name, f"{value:,.1f} {unit}") for name, unit, value in found]
    )


def _starts(count: int) -> list[Row]:
    found: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        # kernels compiled before, and nothing else kept
        own = _environment() | {"LANDBRIDGE_CACHE_DIR": folder}
        own["PYTHONPYCACHEPREFIX"] = str(Path(folder) / "modules")
        _lines(own, "import landbridge.routing.route, numba.np.arraymath")
        for title, times in (("nothing kept", 1), ("kept from before", count)):
            runs = [_lines(own, STAGES) for _ in range(times)]
            for name in runs[0]:
                unit = "MB" if name.endswith(" MB") else "ms"
                value = median(run[name] for run in runs)
                found.append((f"fresh process, {title}: {name.removesuffix(' MB')}", unit, value))
            whole = [sum(v for name, v in run.items() if not name.endswith("MB")) for run in runs]
            found.append((f"fresh process, {title}: in all", "ms", median(whole)))
    return found


def _kernels() -> str:
    from landbridge.kernels.cache import cache_folder  # noqa: PLC0415 - asked before it is set

    return str(cache_folder() or "")


def _environment() -> dict[str, str]:
    """That of a fresh process: modules and kernels were compiled before, as pip leaves modules."""
    own = {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    own.setdefault("NUMBA_CACHE_DIR", _kernels())
    return own


def _compared() -> list[Row]:
    """All scenarios in a fresh process whose tables of ways were kept, then once more."""
    with tempfile.TemporaryDirectory() as folder:
        own = _environment() | {"LANDBRIDGE_CACHE_DIR": folder}
        own["PYTHONPYCACHEPREFIX"] = str(Path(folder) / "modules")
        _lines(own, COMPARED)
        taken = _lines(own, COMPARED)
    return [(f"compare all scenarios, {title}", "ms", value) for title, value in taken.items()]


def _lines(own: dict[str, str], program: str) -> dict[str, float]:
    run = subprocess.run(
        [sys.executable, "-c", program], env=own, capture_output=True, text=True, check=True
    )
    lines = (line.split("\t") for line in run.stdout.splitlines())
    return {name: float(value) for name, value in lines}


def _warm(count: int) -> list[Row]:
    net = lb.load()
    ship = lb.Shipment("St Petersburg", "Mumbai")
    few = lb.RouteParams(samples=1)
    lb.route(net, ship)
    found: list[Row] = [
        ("load", "ms", timed(lb.load, count)),
        ("resolve a place, warm", "ms", timed(lambda: resolve(net, "Мумбаи"), count)),
        (
            "sea distance, warm",
            "ms",
            timed(lambda: lb.distance(net, "RULED", "INNSA", mode="sea"), count),
        ),
        ("route with 1,000 samples, warm", "ms", timed(lambda: lb.route(net, ship), count)),
        ("route with 1 sample, warm", "ms", timed(lambda: lb.route(net, ship, params=few), count)),
    ]
    for a, b in PAIRS:
        taken = timed(lambda a=a, b=b: lb.route(net, lb.Shipment(a, b)), 1)
        found.append((f"route {a} to {b}, asked for the first time", "ms", taken))
    heavy = lb.Shipment("St Petersburg", "Mumbai", tonnes=17)
    found.append(("route, another cargo", "ms", timed(lambda: lb.route(net, heavy), 1)))
    return found


def _changed() -> list[Row]:
    net = lb.load()
    ship = lb.Shipment("St Petersburg", "Mumbai")
    lb.route(net, ship)
    changes = (
        ("a price", lb.Scale("rates", "kind:freight;mode:rail", "value", 1.1)),
        ("border times", lb.Scale("crossings", "mode:rail", "hours", 1.5)),
        ("Suez shut", lb.Close("passage:suez")),
    )
    return [
        (
            f"route after a change: {title}",
            "ms",
            timed(lambda change=change: lb.route(change.apply(net), ship), 1),
        )
        for title, change in changes
    ]
