"""``landbridge simulate``: all cargo of a season through the corridor, with its queues."""

from __future__ import annotations

import json
import sys
import time
from typing import Annotated

import typer

from landbridge.cli.capacity import check_alone, tell_capacity
from landbridge.cli.cargo import AsJson, Html, Seed
from landbridge.cli.files import command_line, writable, write
from landbridge.cli.lots import Events, StoryOf, events_file, tell_story, write_event_log
from landbridge.cli.pictures import Png, Svg, pictures
from landbridge.cli.run_out import begin_run, draw_run, finish_run, replications_of, show_run
from landbridge.cli.shut import ShutOption, WhenShutOption, effect_of_shut, shut_of, when_shut_of
from landbridge.cli.world import BUILT_IN, CaseOption, ScenarioOption, date_of, open_season
from landbridge.errors import QuestionError

EXAMPLES = """Examples:

  landbridge simulate

  landbridge simulate --start 2024-03-01 --days 60 --replications 4

  landbridge simulate --scenario etir --json

  landbridge simulate --days 30 --html season.html

  landbridge simulate --days 30 --bottlenecks 5

  landbridge simulate --out season-2025 --workers 2

  landbridge simulate --open season-2025 --svg queues.svg

  landbridge simulate --days 30 --story longest --events season.csv"""

MOST_PLACES = 100


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("simulate", epilog=EXAMPLES)(simulate)


def simulate(
    context: typer.Context,
    *,
    start: Annotated[str, typer.Option(help="First day that counts (YYYY-MM-DD).")] = "",
    days: Annotated[int, typer.Option(help="Length of the season.")] = 90,
    replications: Annotated[int, typer.Option(help="Runs with draws of their own.")] = 8,
    half_width: Annotated[
        float | None,
        typer.Option(help="More runs until the mean door to door is known within this share."),
    ] = None,
    workers: Annotated[int, typer.Option(help="Threads; the answer is the same.")] = 1,
    demand: Annotated[str, typer.Option(help="Your cargo: FILE.csv as demand.csv.")] = "",
    factor: Annotated[float, typer.Option(help="Times all cargo.")] = 1.0,
    warm_up: Annotated[
        int | None, typer.Option(help="Days of run-up instead of the rule of MSER-5.")
    ] = None,
    bottlenecks: Annotated[
        int, typer.Option(help="Try more of so many places that cost the most waiting.")
    ] = 0,
    find_capacity: Annotated[
        bool,
        typer.Option("--find-capacity", help="How much more the corridor takes, what gives way."),
    ] = False,
    seed: Seed = 1,
    out: Annotated[
        str, typer.Option(help="A folder for the run; the same command goes on where it was.")
    ] = "",
    opened: Annotated[
        str, typer.Option("--open", help="Show the run of such a folder, without simulating.")
    ] = "",
    as_json: AsJson = False,
    html: Html = "",
    svg: Svg = "",
    png: Png = "",
    events: Events = "",
    story: StoryOf = "",
    shut: ShutOption = None,
    when_shut: WhenShutOption = "wait",
    case: CaseOption = BUILT_IN,
    scenario: ScenarioOption = None,
) -> None:
    """Move all cargo of a season: waits, queues, throughput, what binds."""
    from landbridge.simulation.bottlenecks import (  # noqa: PLC0415 - heavy
        bottlenecks as find_bottlenecks,
    )
    from landbridge.simulation.demand import read_demand  # noqa: PLC0415 - heavy
    from landbridge.simulation.facts import facts_of  # noqa: PLC0415
    from landbridge.simulation.report import report_of  # noqa: PLC0415
    from landbridge.simulation.report_json import report_json  # noqa: PLC0415
    from landbridge.simulation.report_text import report_text  # noqa: PLC0415
    from landbridge.simulation.run_manifest import question_of  # noqa: PLC0415
    from landbridge.simulation.season import SimulateParams, prepare  # noqa: PLC0415

    if not 0 <= bottlenecks <= MOST_PLACES:
        raise QuestionError(
            f"--bottlenecks is {bottlenecks}; it must lie between 0 and {MOST_PLACES}"
        )
    files = pictures(svg, png)
    if opened:
        show_run(context, opened, files, as_json=as_json)
        return
    if find_capacity:
        check_alone({"--out": out, "--html": html, "--svg": svg, "--png": png,
                     "--bottlenecks": bottlenecks, "--half-width": half_width,
                     "--shut": shut})  # fmt: skip
    page = writable("--html", html, ".html")
    log = events_file(events)
    params = SimulateParams(
        replications, half_width, workers=workers, factor=factor, warm_up_days=warm_up,
        shut=shut_of(shut), when_shut=when_shut_of(when_shut),
    )  # fmt: skip
    on = date_of(start)
    rows = read_demand(demand) if demand else None
    net = open_season(case, scenario, on, days)
    if find_capacity:
        season = prepare(net, rows, start=on, days=days, seed=seed, params=params)
        tell_capacity(season, Teller(), as_json=as_json)
        return
    asked = question_of(net, rows, start=on, days=days, seed=seed, params=params)
    folder = begin_run(out, asked, command_line(context))
    season = prepare(net, rows, start=on, days=days, seed=seed, params=params)
    facts = facts_of(net, season)
    runs = replications_of(season, facts, folder, Teller())
    found = report_of(facts, runs)
    finish_run(folder, found)
    gains = find_bottlenecks(season, found, runs, bottlenecks, Teller()) if bottlenecks else ()
    told, one = tell_story(season, story)
    beside, effect = effect_of_shut(season, runs, Teller())
    if as_json:
        body = report_json(found, gains) | {"story": one, "effect": effect}
        sys.stdout.write(json.dumps(body, ensure_ascii=False, allow_nan=False) + "\n")
    else:
        sys.stdout.write(f"{report_text(found, gains)}\n{beside}{told}")
    draw_run(files, found, runs)
    if log:
        write_event_log(season, log)
    if page:
        from landbridge.page.season_page import season_html  # noqa: PLC0415 - heavy

        text = season_html(
            net, season, command=command_line(context), summary=report_text(found, gains)
        )
        write("--html", page, text)


class Teller:
    """Tells on stderr how far the work is, where somebody is watching."""

    def __init__(self) -> None:
        self._since = time.monotonic()
        self._kept: int | None = None
        """Of those that are done how many were there before, which took no time."""

    def __call__(self, what: str, done: int, wanted: int) -> None:
        """Tell that so many are done of how many."""
        if not sys.stderr.isatty():
            return
        if self._kept is None:
            self._kept = done - 1
        rate = (done - self._kept) / (time.monotonic() - self._since)
        end = "\n" if done == wanted else ""
        left = (wanted - done) / rate
        line = f"\r{what}: {done} of {wanted}, {rate:.1f} a second, {left:.0f} s left "
        sys.stderr.write(line + end)
        sys.stderr.flush()
        if end:
            self._since = time.monotonic()
