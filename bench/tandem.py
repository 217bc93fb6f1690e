"""Ten stations in a line, three servers and eight places each, blocking: in ours, SimPy and Cimba.

Boxes arrive at random (Poisson), are lost where the first room is full, and are served for
exponential times at a load of 0.8. An event is an arrival or an end of service in all of them.
"""

from __future__ import annotations

import importlib
import importlib.util
import random
import sys
import tempfile
from pathlib import Path

from landbridge.simulation.engine import Prepared, Run
from landbridge.simulation.law import Law
from landbridge.simulation.model import Model, Serve, Servers
from landbridge.simulation.model import Path as Way

STATIONS, LANES, ROOM = 10, 3, 8
RATE = 0.8 * LANES
Counted = tuple[int, float]
"""Events, share of boxes lost."""


def ours(boxes: int) -> Prepared:
    """The model, for about so many boxes."""
    stations = tuple(Servers(f"s{k}", LANES, ROOM, loses=k == 0) for k in range(STATIONS))
    steps = tuple(Serve(f"s{k}", Law.exponential(1.0)) for k in range(STATIONS))
    hours = boxes / RATE
    way = Way("p", steps, rates=((0.0, RATE),))
    return Prepared(Model(stations, (way,), hours, period=hours / 20, mark=0.0))


def run_ours(prepared: Prepared, seed: int) -> Counted:
    """All statistics are kept while it runs."""
    result = Run(prepared, seed).finish()
    born = int(result.path.born.sum())
    return born + int(result.station.left.sum()), float(result.path.lost.sum()) / born


def run_simpy(boxes: int, seed: int) -> Counted:
    """A process a box; no statistics but counts."""
    simpy = importlib.import_module("simpy")
    env = simpy.Environment()
    draw = random.Random(seed).expovariate  # noqa: S311 - no secret
    lanes = [simpy.Resource(env, LANES) for _ in range(STATIONS)]
    slots = [simpy.Resource(env, LANES + ROOM) for _ in range(STATIONS)]
    count = [0, 0]

    def box(slot):  # noqa: ANN001, ANN202 - SimPy has no types of its own here
        for k in range(STATIONS):
            lane = lanes[k].request()
            yield lane
            yield env.timeout(draw(1.0))
            count[0] += 1
            following = slots[k + 1].request() if k + 1 < STATIONS else None
            if following is not None:
                yield following
            lanes[k].release(lane)
            slots[k].release(slot)
            slot = following

    def source():  # noqa: ANN202
        for _ in range(boxes):
            yield env.timeout(draw(RATE))
            count[0] += 1
            if slots[0].count < LANES + ROOM:
                env.process(box(slots[0].request()))
            else:
                count[1] += 1

    env.process(source())
    env.run()
    return count[0], count[1] / boxes


def cimba_source() -> str:
    """The model as Cimba wants it: a file, a process a server, containers for jobs and places."""
    lines = [
        "import cimba as cb",
        "from cimba import inputs",
        "class Tandem(cb.Model):",
        f"    gap: cb.Input[float] = inputs.dist.exponential(mean={1.0 / RATE!r})",
        "    svc: cb.Input[float] = inputs.dist.exponential(mean=1.0)",
        "    done: cb.Output[float]",
        "    lost: cb.Output[float]",
        "    ndone: cb.Container",
        "    nlost: cb.Container",
    ]
    for k in range(STATIONS):
        lines += [
            f"    jobs{k}: cb.Container",
            f"    room{k}: cb.Container = cb.Container(initial={ROOM})",
        ]
    lines += [
        "    @cb.process",
        "    def arrivals(self):",
        "        while True:",
        "            cb.hold(self.gap.next())",
        "            if self.room0.level() > 0:",
        "                self.room0.get(1); self.jobs0.put(1)",
        "            else:",
        "                self.nlost.put(1)",
    ]
    for k in range(STATIONS):
        after = f"self.room{k + 1}.get(1); self.jobs{k + 1}.put(1)"
        for c in range(LANES):
            lines += [
                "    @cb.process",
                f"    def s{k}_{c}(self):",
                "        while True:",
                f"            self.jobs{k}.get(1); self.room{k}.put(1)",
                "            cb.hold(self.svc.next())",
                f"            {after if k + 1 < STATIONS else 'self.ndone.put(1)'}",
            ]
    lines += [
        "    @cb.on_end",
        "    def fin(self):",
        "        self.done = self.ndone.level(); self.lost = self.nlost.level()",
    ]
    return "\n".join(lines)


class Cimba:
    """The model in Cimba; raises ImportError where it is not installed."""

    def __init__(self) -> None:
        self._cimba = importlib.import_module("cimba")
        file = Path(tempfile.mkdtemp()) / "tandem_cimba.py"
        file.write_text(cimba_source(), encoding="utf-8")
        spec = importlib.util.spec_from_file_location("tandem_cimba", file)
        if spec is None or spec.loader is None:
            raise ImportError(str(file))
        module = importlib.util.module_from_spec(spec)
        sys.modules["tandem_cimba"] = module
        spec.loader.exec_module(module)
        self._model = module.Tandem()

    def run(self, boxes: int, seed: int) -> Counted:
        """Events are counted as arrivals expected and ten for each box done."""
        window = self._cimba.Window(warmup=0, duration=boxes / RATE)
        trial = self._cimba.Experiment(self._model, replications=1, window=window, seed=seed)
        found = trial.run()[self._model]
        done, lost = (float(getattr(x, "values", x).ravel()[0]) for x in (found.done, found.lost))
        return boxes + STATIONS * int(done), lost / boxes
