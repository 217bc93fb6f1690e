"""Run a model: slices of events, room where it is needed, books at the end."""

from __future__ import annotations

import math
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from landbridge.errors import InternalError, NoAnswer
from landbridge.kernels.audit import COUNTED, RIGHT, audit
from landbridge.kernels.events import (
    EVENTS,
    LIVE,
    LOGGED,
    NOW,
    SHIFT,
    STUCK,
    WARM,
    Agenda,
    new_agenda,
    replan,
)  # fmt: skip
from landbridge.kernels.season import (
    DEADLOCK,
    LOG,
    ROWS,
    SPARE,
    UNTIL,
    WIDTHS,
    close_books,
    open_season,
    run_season,
)  # fmt: skip
from landbridge.kernels.stations import FLOW_WORST, LENGTH, MARK, OUTSIDE, SETS, WORST
from landbridge.simulation.arrays import TICKS, Arrays, arrays_of, ticks
from landbridge.simulation.check import check_model
from landbridge.simulation.model import Model
from landbridge.simulation.result import Result, kept_waits, path_counts, station_counts

SLICE = 200_000
"""Events between two looks at the clock of who waits: some hundredths of a second."""
LogSink = Callable[[NDArray[np.int64]], None]
Progress = Callable[[float], bool]
"""Told the share of the run that is done; answers whether to go on."""


class Prepared:
    """A checked model as arrays, for any number of runs."""

    def __init__(self, model: Model) -> None:
        check_model(model)
        self.model = model
        self.arrays: Arrays = arrays_of(model)


class Run:
    """One replication under way; its state is arrays.

    ``log``: gets rows of the event log (see ``simulation.entries``) whenever ``log_rows`` have come
    together, and at the end; they hold until it returns.
    """

    def __init__(
        self,
        prepared: Prepared,
        seed: int,
        replication: int = 0,
        log: LogSink | None = None,
        log_rows: int = 65_536,
    ) -> None:
        arrays = prepared.arrays
        self._prepared, self._seed, self._replication, self._log = prepared, seed, replication, log
        self.stage = arrays.stage(prepared.model, seed, replication)
        self.tally = arrays.tally(0 if log is None else max(log_rows, 2 * SPARE))
        rows = 4 * SPARE + len(arrays.clocks) + len(arrays.flow)
        self.agenda: Agenda = new_agenda(rows, _days(rows), ticks(0.01).bit_length())
        self.agenda.clock[WARM] = ticks(prepared.model.warm_up)
        self._end: int = ticks(prepared.model.hours)
        self._tuned: tuple[int, int] = (0, 0)
        with np.errstate(over="ignore"):  # as in compiled kernels, words wrap around
            open_season(arrays.world, self.agenda, self.stage, arrays.clocks)

    @property
    def share(self) -> float:
        """How much of the run's time is over."""
        return float(self.agenda.clock[NOW]) / self._end

    def advance(self, until_h: float | None = None, events: int = SLICE) -> bool:
        """Go on by so many events, or to an hour; whether that hour (or the end) is reached.

        Raises ``NoAnswer`` where boxes stand in a loop of full rooms that nothing can open.
        """
        end: int = self._end if until_h is None else min(ticks(until_h), self._end)
        clock, left = self.agenda.clock, events
        world = self._prepared.arrays.world
        while True:
            before = int(clock[EVENTS])
            with np.errstate(over="ignore"):
                status = run_season(world, self.agenda, self.stage, self.tally, end, left)
            clock = self.agenda.clock
            left -= int(clock[EVENTS]) - before
            if status == ROWS:
                self._rebuild(2 * len(self.agenda.row))
            elif status == LOG:
                self._hand_over()
            elif status == DEADLOCK:
                raise self._deadlock()
            elif status == WIDTHS:
                raise InternalError("simulation: an array is not as wide as its columns")
            else:
                self._tune()
                return status == UNTIL

    def finish(self, progress: Progress | None = None, events: int = SLICE) -> Result:
        """Run to the end; ``progress`` is asked between slices and may stop (KeyboardInterrupt)."""
        while not self.advance(events=events):
            if progress is not None and not progress(self.share):
                raise KeyboardInterrupt
        return self.result()

    def audit(self) -> None:
        """Raise ``InternalError`` unless every box, set and unit is in exactly one place."""
        seen = np.zeros(len(self.agenda.row), np.int8)
        found = np.zeros((len(self.stage.place), COUNTED), np.int64)
        arrays = self._prepared.arrays
        fleet = arrays.place[:, SETS].copy()
        wrong = audit(arrays.world, self.agenda, self.stage, fleet, seen, found)
        if wrong != RIGHT:
            hour = int(self.agenda.clock[NOW]) / TICKS
            raise InternalError(
                f"simulation: conservation is broken at {hour:.3f} h (rule {wrong})"
            )

    def result(self) -> Result:
        """What has been counted until now."""
        self._hand_over()
        place, flow = self.stage.place, self.stage.flow
        tally = self.tally._replace(stat=self.tally.stat.copy())  # the run may go on
        close_books(self.stage._replace(place=place.copy()), tally, self.agenda.clock.copy())
        stat = tally.stat
        period, end = ticks(self._prepared.model.period), int(self.agenda.clock[NOW])
        edges = np.minimum(np.arange(len(stat[0]) + 1, dtype=np.int64) * period, end)
        edges[-1] = end
        began, waited = kept_waits(tally.seen, tally.sample)
        return Result(
            seed=self._seed,
            replication=self._replication,
            station=station_counts(stat),
            path=path_counts(tally.path.copy()),
            wait_bins=tally.wait.copy(),
            door_bins=tally.door.copy(),
            wait_began=began,
            wait_s=waited,
            worst_wait_h=place[:, WORST] / TICKS,
            worst_door_h=flow[:, FLOW_WORST] / TICKS,
            queue=tally.grid[:, :, 0].copy(),
            busy=tally.grid[:, :, 1].copy(),
            standing=place[:, LENGTH] + place[:, OUTSIDE],
            period_h=np.diff(edges) / TICKS,
            live=int(self.agenda.clock[LIVE]),
            events=int(self.agenda.clock[EVENTS]),
        )

    def bytes_held(self) -> int:
        """Memory of the boxes: rows and event list."""
        return sum(array.nbytes for array in self.agenda)

    def _hand_over(self) -> None:
        count = int(self.agenda.clock[LOGGED])
        if self._log is not None and count:
            self._log(self.tally.log[:count])
            self.agenda.clock[LOGGED] = 0

    def _rebuild(self, rows: int, shift: int | None = None) -> None:
        old = self.agenda
        shift = int(old.clock[SHIFT]) if shift is None else shift
        self.agenda = new_agenda(rows, _days(rows), shift)
        replan(old, self.agenda)

    def _tune(self) -> None:
        """Days about as long as two events need; results do not depend on it."""
        clock = self.agenda.clock
        now, events = int(clock[NOW]), int(clock[EVENTS])
        since, done = self._tuned
        if events - done < SPARE or now <= since:
            return
        wanted = max(0, round(math.log2(2 * (now - since) / (events - done))))
        self._tuned = now, events
        if abs(wanted - int(clock[SHIFT])) > 1:
            self._rebuild(len(self.agenda.row), wanted)

    def _deadlock(self) -> NoAnswer:
        mark = self.stage.place[:, MARK]
        loop = [int(np.flatnonzero(mark == k + 1)[0]) for k in range(int(self.agenda.clock[STUCK]))]
        names = [self._prepared.model.stations[s].name for s in loop]
        hour = int(self.agenda.clock[NOW]) / TICKS
        return NoAnswer(
            f"after {hour:.1f} h nothing can move any more in a loop of full stations:"
            f" {' -> '.join([*names, names[0]])}; every server is held by a box that wants the next"
            " one's room. Give one of them more room or servers, or lead a path around it",
            details={"deadlock": names, "hour": hour},
        )


def _days(rows: int) -> int:
    """Days of the calendar: two to four a row, so that few ways are longer than a round.

    A row whose event is rounds away is touched once a round; measured with 215,000 boxes under
    way: 168 ns an event with half a day a row, 105 with two to four.
    """
    return 2 << (rows - 1).bit_length()


def replicate(prepared: Prepared, seed: int, replications: range, workers: int = 1) -> list[Result]:
    """Several replications on so many threads; the same results for any number of them."""
    if workers == 1:
        return [Run(prepared, seed, r).finish() for r in replications]

    def one(replication: int) -> Result:
        return Run(prepared, seed, replication).finish()

    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(one, replications))
