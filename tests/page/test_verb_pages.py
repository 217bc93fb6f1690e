"""Pages of compare, breakeven and claims in a real browser: they show what the answer says."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest
from answers import BOX, FEW, VERBS, checked, comparison, net, tie, verb_page
from hostile import HOSTILE, hurt

from conftest import Desk, Opened, kept_pages
from landbridge.errors import QuestionError
from landbridge.page import document
from landbridge.page.breakeven_page import breakeven_html
from landbridge.page.document import Json
from landbridge.scenario.breakeven import BreakEvenParams, breakeven, parameters_of, pick
from landbridge.scenario.claims_facts import VERDICTS
from landbridge.scenario.winner_map import winner_map

KEPT = {"mode", "kind", "id", "branch", "ready", "date", "modes", "country", "countries", "fate",
        "verdict", "bound", "in", "table", "row", "column", "since", "until", "option",
        "wins_below", "wins_above", "hash", "labels", "land"}  # fmt: skip
"""Fields whose words a page goes by; every other text is replaced by a hostile one."""
CHARTS = {"compare": ("glance", "deltas"), "breakeven": ("ranking", "balance", "winners"),
          "claims": ("verdicts", "all")}  # fmt: skip


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    return kept_pages(tmp_path_factory.mktemp("verbs"), verb_page)


def tables(opened: Opened, part: str) -> list[list[list[str]]]:
    """Texts of the cells of all tables of a section, by table and row."""
    return cast(
        "list[list[list[str]]]",
        opened.page.locator(f"#{part} table").evaluate_all(
            "all => all.map(t => [...t.rows].map(r => [...r.cells].map(c => c.textContent)))"
        ),
    )


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [360, 1360])
@pytest.mark.parametrize("name", VERBS)
def test_a_page_opens_without_complaint_fits_the_window_and_asks_nothing_of_the_net(
    desk: Desk, file: Callable[[str], Path], name: str, width: int, *, dark: bool
) -> None:
    opened = desk.open(file(name), width=width, dark=dark)
    shown = opened.page
    assert shown.locator("h1").inner_text()
    assert shown.locator("#command").inner_text() == f"landbridge {name}"
    shown.wait_for_timeout(100)
    assert shown.evaluate("document.documentElement.scrollWidth") <= width
    assert opened.complaints == []
    assert [url for url in opened.requests if not url.startswith("file:")] == []
    for part in CHARTS[name]:
        assert shown.locator(f"#{part} table").count() >= 1, part


@pytest.mark.parametrize("name", VERBS)
def test_every_control_is_reached_by_keyboard(
    desk: Desk, file: Callable[[str], Path], name: str
) -> None:
    shown = desk.open(file(name)).page
    wanted = shown.locator(
        "main button:visible:not([disabled]), main select:visible, main summary:visible,"
        " .mapbox:visible"
    ).count()
    reached: set[str] = set()
    for _ in range(400):
        shown.keyboard.press("Tab")
        reached.add(
            shown.evaluate(
                "(e => { e.dataset.mark ??= String(Math.random());"
                " return e.matches('main button, main select, main summary, .mapbox')"
                " ? e.dataset.mark : ''; })(document.activeElement)"
            )
        )
    assert len(reached - {""}) == wanted


def test_ranks_of_all_scenarios_stand_in_the_grid(desk: Desk, file: Callable[[str], Path]) -> None:
    opened = desk.open(file("compare"))
    grid = tables(opened, "glance")[0]
    heads, rows = grid[0], {row[0].casefold(): row[1:] for row in grid[1:]}
    for number, one in enumerate(comparison().scenarios, start=1):
        assert heads[number + 1] == one.scenario.name
        for moved in one.options:
            cell = rows[moved.name.casefold()][number]
            if moved.fate == "goes":
                assert cell == "gone"
            elif moved.fate == "comes":
                assert cell == f"new {moved.rank_after}"
            else:
                assert cell.split()[0] == str(moved.rank_after)
    opened.page.locator("[data-choice=cost_usd]").click()
    grid = tables(opened, "glance")[0]
    rows = {row[0].casefold(): row[1:] for row in grid[1:]}
    for number, one in enumerate(comparison().scenarios, start=1):
        for moved in one.options:
            if moved.usd is None:
                continue
            told = rows[moved.name.casefold()][number]
            assert told.startswith("~") == moved.usd.noise
            value = float(told.strip("~").replace("−", "-").replace(",", ""))
            assert value == pytest.approx(moved.usd.mean, abs=0.51)


def test_a_scenario_is_chosen_by_its_name_and_kept_in_the_address(
    desk: Desk, file: Callable[[str], Path]
) -> None:
    shown = desk.open(file("compare")).page
    last = comparison().scenarios[-1]
    shown.locator(f"[data-scenario='{last.scenario.id}']").click()
    assert shown.locator("#scenario h2").inner_text() == last.scenario.name
    assert shown.locator(".sentences li").count() == len(last.scenario.changes)
    shown.reload()
    assert shown.locator("#scenario h2").inner_text() == last.scenario.name
    went = [one for one in last.options if one.fate == "goes"]
    told = shown.locator(".deltas li.goes").evaluate_all("all => all.map(x => x.dataset.option)")
    assert sorted(told) == sorted(one.id for one in went)
    # choosing a row shows its way; one that went is there in the base's shape
    shown.locator(f".deltas li[data-option='{went[0].id}'] button").click()
    assert shown.locator(".chosen [data-leg]").count() > 0
    assert (shown.locator("figcaption").inner_text()).startswith("Gone.")


def test_bars_of_differences_start_at_zero_and_end_at_the_mean(
    desk: Desk, file: Callable[[str], Path]
) -> None:
    shown = desk.open(file("compare")).page
    one = comparison().scenarios[0]
    stays = [m for m in one.options if m.fate == "stays" and m.usd is not None and m.usd.mean]
    places: list[tuple[float, float]] = []
    for moved in stays:
        cell = shown.locator(f".deltas li[data-option='{moved.id}'] .delta-cell").nth(1)
        zero, left, width = cell.evaluate(
            "c => [c.querySelector('.now').style.left, c.querySelector('.bar').style.left,"
            " c.querySelector('.bar').style.width].map(parseFloat)"
        )
        assert moved.usd is not None
        end = left + width if moved.usd.mean > 0 else left
        assert (left if moved.usd.mean > 0 else left + width) == pytest.approx(zero, abs=0.01)
        places.append((moved.usd.mean, end - zero))
    # all rows share one scale
    scale = places[0][1] / places[0][0]
    assert all(at == pytest.approx(mean * scale, abs=0.05) for mean, at in places)


def test_the_map_of_winners_is_that_of_the_engine(desk: Desk, file: Callable[[str], Path]) -> None:
    shown = desk.open(file("breakeven")).page
    found = tie()
    known = parameters_of(found.route.net, found.gap, BreakEvenParams(found.measure))
    words = [
        ("freight rate of russia liner", "headway of FESCO Baltorient"),
        ("speed of russia liner", "freight rate of rail in Russia, 20 ft"),
    ]
    for pair in words:
        across, up = (pick(known, text) for text in pair)
        for k, one in enumerate((across, up)):
            key = f"{one.figure.key.table}|{one.figure.key.row}|{one.figure.key.column}"
            shown.locator("#winners select").nth(k).select_option(key)
        drawn = winner_map(found, across, up)
        ours = sum(sum(row) for row in drawn.first_wins)
        told = int(shown.locator(".winners").get_attribute("data-first") or -1)
        # effects are told with six digits: a cell on the border may fall to the other side
        assert told == pytest.approx(ours, abs=3)
        assert 0 < told < 6400


def test_the_map_of_winners_begins_with_what_is_nearest_to_a_tie() -> None:
    found = breakeven(net(), BOX, ("instc-east", "suez"), ["carbon price"], params=FEW)
    text = breakeven_html(found)
    start = text.index('id="data">') + len('id="data">')
    levers = json.loads(text[start : text.index("</script>", start)])["levers"]
    nearest = [one for one in tie().found if one.parameter.figure.key.table != "question"]
    assert [one["parameter"] for one in levers[:5]] == [
        one.parameter.figure.words for one in nearest[:5]
    ]
    assert [one["tie"] for one in levers[:5]] == [one.value for one in nearest[:5]]


def test_the_balance_is_zero_at_the_tie_and_today_where_it_is(
    desk: Desk, file: Callable[[str], Path]
) -> None:
    shown = desk.open(file("breakeven")).page
    found = tie()
    for number in (0, 2):
        one = found.found[number]
        shown.locator(f"[data-parameter='{number}']").click()
        words = (shown.locator("#balance .lead").inner_text()).casefold()
        assert one.parameter.figure.words.casefold() in words
        tie_at, zero_at, line = shown.evaluate(
            "(() => { const box = q => document.querySelector('.curve ' + q).getBBox();"
            " const t = box('circle.tie'), z = box('.zero');"
            " const e = document.querySelector('.expected');"
            " const points = [...e.getAttribute('d').matchAll(/[ML]([\\d.-]+) ([\\d.-]+)/g)]"
            ".map(m => [+m[1], +m[2]]);"
            " return [t.x + t.width / 2, z.y, points]; })()"
        )
        left, right = max(p for p in line if p[0] <= tie_at), min(p for p in line if p[0] >= tie_at)
        share = (tie_at - left[0]) / ((right[0] - left[0]) or 1)
        assert left[1] + share * (right[1] - left[1]) == pytest.approx(zero_at, abs=1.0)


def test_parameters_stand_in_the_order_of_the_answer(
    desk: Desk, file: Callable[[str], Path]
) -> None:
    opened = desk.open(file("breakeven"))
    rows = tables(opened, "ranking")[0][1:]
    assert [row[0].casefold() for row in rows] == [
        one.parameter.figure.words.casefold() for one in tie().found
    ]
    # full dots lie inside the range of their own row
    full = opened.page.locator(".levers .dot").evaluate_all(
        "all => all.map(x => !x.classList.contains('hollow'))"
    )
    dotted = [one for one in tie().found if one.parameter.figure.typical]
    assert full == [one.within_range for one in dotted]


def test_claims_are_counted_filtered_and_drawn_where_their_figures_lie(
    desk: Desk, file: Callable[[str], Path]
) -> None:
    opened = desk.open(file("claims"))
    shown = opened.page
    found = checked().claims
    boxes = "all => all.map(x => x.getBoundingClientRect()).map(b => [b.left, b.height])"
    bars = opened.page.locator(".verdictbar span").evaluate_all(boxes)
    assert len({height for _, height in bars}) == 1
    badges = opened.page.locator("#verdicts .verdict").evaluate_all(boxes)
    assert len({left for left, _ in badges}) == 1
    counts = {verdict: sum(one.verdict == verdict for one in found) for verdict in VERDICTS}
    told = {row[0][2:].casefold(): int(row[1]) for row in tables(opened, "verdicts")[0][1:]}
    assert told == counts
    for verdict, count in counts.items():
        if count:
            shown.locator(f"[data-choice='{verdict}']").click()
            assert shown.locator(".claim:visible").count() == count
    shown.locator("[data-choice=all]").click()
    for one in found:
        card = shown.locator(f"[data-claim='{one.claim.id}']")
        if one.ours is None:
            assert card.locator(".linechart").count() == 0
            continue
        mean, goal, left, width = card.locator(".linechart").first.evaluate(
            "c => [c.querySelector('.dot').style.left, c.querySelector('.goalmark').style.left,"
            " c.querySelector('.zone').style.left, c.querySelector('.zone').style.width]"
            ".map(parseFloat)"
        )
        assert left - 0.01 <= goal <= left + width + 0.01
        inside = left - 0.01 <= mean <= left + width + 0.01
        # the mean lies in the zone where the claim would hold just when the verdict says so
        assert inside == (one.verdict == "holds"), one.claim.id


@pytest.mark.parametrize("name", VERBS)
def test_hostile_texts_stay_text(desk: Desk, tmp_path: Path, name: str) -> None:
    text = verb_page(name)
    start = text.index('id="data">') + len('id="data">')
    body = cast("Json", json.loads(text[start : text.index("</script>", start)]))
    land = body.pop("land", None)
    body = cast("Json", hurt(body, KEPT))
    if land is not None:
        body["land"] = land
    programs = {
        "compare": ("axes.js", "map.js", "charts.js", "compare.js"),
        "breakeven": ("axes.js", "map.js", "charts.js", "breakeven.js"),
        "claims": ("axes.js", "claims.js"),
    }[name]
    path = tmp_path / "hostile.html"
    path.write_text(document.document(HOSTILE[0], body, programs, "".join(HOSTILE)), "utf-8")
    opened = desk.open(path)
    shown = opened.page
    for one in shown.locator("main button:visible:not([disabled])").all()[:12]:
        one.click(timeout=2000)
    shown.wait_for_timeout(100)
    assert shown.evaluate("window.hurt") is None
    assert opened.complaints == []
    assert shown.locator("main img, body > svg, script:not([id]) ~ script").count() == 0
    links = shown.locator("main a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert all(link.startswith(("#", "http://", "https://")) for link in links)


def test_a_page_that_would_be_too_large_is_refused_with_a_way_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(document, "MOST_BYTES", 1_000_000)
    with pytest.raises(QuestionError, match=r"1\.3 MB and may have 1; .* fewer scenarios"):
        document.document("x", {"text": "x" * 1_260_000}, (), "x")
