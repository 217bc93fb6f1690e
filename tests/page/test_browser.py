"""Pages in a real browser: by mouse and keyboard, on a telephone, in the dark, hostile names."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import cast

import pytest
from answers import ASKED, answer, page
from hostile import HOSTILE, hurt

from conftest import Desk, kept_pages
from landbridge.page.document import Json
from landbridge.page.route_page import route_page
from landbridge.routing.illustration import Illustration, illustrate
from landbridge.routing.route_json import to_json

KEPT = {"mode", "kind", "id", "dominated_by", "branch", "ready", "date", "labels", "begins", "ends",
        "cut_off", "departures", "p10", "p50", "p90", "modes", "country", "countries"}  # fmt: skip
"""Fields whose words the page goes by; every other text is replaced by a hostile one."""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    return kept_pages(tmp_path_factory.mktemp("pages"), page)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [360, 820, 1360])
@pytest.mark.parametrize("name", ASKED)
def test_a_page_opens_without_complaint_fits_the_window_and_asks_nothing_of_the_net(
    desk: Desk, file: Callable[[str], Path], name: str, width: int, *, dark: bool
) -> None:
    opened = desk.open(file(name), width=width, dark=dark)
    shown = opened.page
    assert shown.locator("h1").inner_text()
    assert shown.locator(".card").count() == len(answer(name).options)
    assert shown.evaluate("document.documentElement.scrollWidth") <= width
    luminance = shown.evaluate(
        "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).reduce((a, b) => a + +b, 0)"
    )
    assert (luminance < 200) == dark
    assert opened.complaints == []
    assert [url for url in opened.requests if not url.startswith("file:")] == []


def test_card_point_and_line_are_one(desk: Desk, file: Callable[[str], Path]) -> None:
    shown = desk.open(file("corridor")).page
    ids = [one.id for one in answer("corridor").options if not one.dominated_by]
    for name in ids[:3]:
        shown.locator(f".card[data-option='{name}']").click()
        assert shown.locator(".point.chosen").get_attribute("data-option") == name
        assert shown.locator(".faint .own").first.get_attribute("data-option") == name
        assert f"option={name}" in shown.url
    other = ids[0]
    shown.locator(f".point[data-option='{other}']").focus()
    shown.keyboard.press("Enter")
    assert shown.locator(".card[aria-pressed=true]").get_attribute("data-option") == other
    shown.locator(".faint g:not(.own) .hit").first.dispatch_event("click")
    assert shown.locator(".card[aria-pressed=true]").get_attribute("data-option") != other


def test_the_address_keeps_the_chosen_option(desk: Desk, file: Callable[[str], Path]) -> None:
    shown = desk.open(file("corridor")).page
    last = answer("corridor").options[-1].id
    shown.goto(f"{file('corridor').as_uri()}#option={last}")
    shown.reload()
    assert shown.locator(".card[aria-pressed=true]").get_attribute("data-option") == last


def test_tabs_order_the_options_by_what_they_say(desk: Desk, file: Callable[[str], Path]) -> None:
    shown = desk.open(file("corridor")).page
    options = answer("corridor").options
    least: dict[str, Callable[[int], float]] = {
        "fastest": lambda k: options[k].hours["mean"],
        "cheapest": lambda k: options[k].bill.usd,
        "greenest": lambda k: options[k].wtw_kg,
        "reliable": lambda k: options[k].hours["p90"],
    }
    for tab, value in least.items():
        shown.locator(f"[data-tab={tab}]").click()
        first = shown.locator(".card").first.get_attribute("data-option")
        best = min((k for k in range(len(options)) if not options[k].dominated_by), key=value)
        assert first == options[best].id, tab


def test_the_worth_of_a_day_moves_the_fast_ones_up(desk: Desk, file: Callable[[str], Path]) -> None:
    shown = desk.open(file("corridor")).page
    fastest = next(one.id for one in answer("corridor").options if "fastest" in one.labels)

    def rank() -> int:
        cards = shown.locator(".card").evaluate_all("all => all.map(x => x.dataset.option)")
        return cards.index(fastest)

    before = rank()
    shown.locator(".worth input").first.focus()
    shown.keyboard.press("End")
    assert rank() <= before


def test_everything_works_by_keyboard(desk: Desk, file: Callable[[str], Path]) -> None:
    opened = desk.open(file("corridor"))
    shown = opened.page
    reached: set[str] = set()
    for _ in range(160):
        shown.keyboard.press("Tab")
        reached.add(
            shown.evaluate(
                "(e => e.id || e.dataset?.tab || (e.classList ? [...e.classList][0] : '') ||"
                " e.tagName)(document.activeElement)"
            )
        )
    assert {"theme", "best", "card", "mapbox", "point", "SELECT", "SUMMARY"} <= reached
    shown.locator(".mapbox").focus()
    place = "document.querySelector('.map > g').getAttribute('transform')"
    seen = {shown.evaluate(place)}
    for key in ("ArrowLeft", "ArrowUp", "+", "-", "0"):
        shown.keyboard.press(key)
        seen.add(shown.evaluate(place))
    assert len(seen) >= 4
    first, second = (shown.locator(".card").nth(k) for k in (0, 1))
    first.focus()
    shown.keyboard.press("ArrowDown")
    shown.keyboard.press("Enter")
    assert second.get_attribute("aria-pressed") == "true"
    assert opened.complaints == []


def test_every_chart_has_its_table_with_the_figures_of_the_answer(
    desk: Desk, file: Callable[[str], Path]
) -> None:
    shown = desk.open(file("corridor")).page
    for part in ("tradeoffs", "time", "money", "carbon", "risk"):
        assert shown.locator(f"#{part} table").count() >= 1, part
    chosen = shown.locator(".card[aria-pressed=true]").get_attribute("data-option")
    option = next(one for one in answer("corridor").options if one.id == chosen)
    for caption, column in (("By kind", 0), ("By country", 0), ("Charges", 2)):
        own = shown.locator(f"#money table:has(caption:text-is('{caption}'))")
        cell = own.locator("tr").last.locator("td").nth(column)
        told = float((cell.text_content() or "").replace(",", ""))
        assert told == pytest.approx(option.bill.usd, abs=0.01), caption
    assert shown.locator("#time table tbody tr").count() == len(option.itinerary.legs)


def test_bars_of_the_timeline_stand_where_the_answer_says(
    desk: Desk, file: Callable[[str], Path]
) -> None:
    shown = desk.open(file("short")).page
    option = answer("short").options[0]
    shown.locator(f".card[data-option='{option.id}']").click()
    blocks = shown.locator(".timeline li .block").evaluate_all(
        "all => all.map(x => [parseFloat(x.style.left), parseFloat(x.style.width)])"
    )
    median = [float(sorted(end)[len(end) // 2]) for end in option.trip.end]
    start = float(option.trip.start[0])
    whole = blocks[-1][0] + blocks[-1][1]
    for (left, width), end in zip(blocks, median, strict=True):
        assert (left + width) / whole == pytest.approx(
            (end - start) / (median[-1] - start), abs=0.02
        )


def test_the_axes_of_the_trade_off_can_be_chosen(desk: Desk, file: Callable[[str], Path]) -> None:
    shown = desk.open(file("corridor")).page
    shown.locator("#tradeoffs select").first.select_option("co2e")
    x = shown.locator(".point").evaluate_all(
        "all => all.map(p => [p.dataset.option,"
        " +p.getAttribute('transform').match(/-?[\\d.]+/)[0]])"
    )
    by_place = [name for name, _ in sorted(x, key=lambda one: one[1])]
    by_mass = [one.id for one in sorted(answer("corridor").options, key=lambda one: one.wtw_kg)]
    assert by_place == by_mass


def test_the_theme_can_be_turned(desk: Desk, file: Callable[[str], Path]) -> None:
    shown = desk.open(file("short")).page
    paper = "getComputedStyle(document.body).backgroundColor"
    before = shown.evaluate(paper)
    shown.locator("#theme").click()
    assert shown.evaluate(paper) != before
    shown.locator("#theme").click()
    assert shown.evaluate(paper) == before


def test_a_way_over_the_antimeridian_is_drawn_in_one_piece(
    desk: Desk, file: Callable[[str], Path]
) -> None:
    shown = desk.open(file("pacific")).page
    shown.wait_for_timeout(100)
    wide = shown.evaluate(
        "(() => { const own = document.querySelectorAll('.chosen > g')[1].getBoundingClientRect();"
        " return own.width / document.querySelector('.map').clientWidth; })()"
    )
    # fitted: the line fills the map, and one that jumped round the globe would be far wider
    assert 0.4 < wide < 1.0
    ends = shown.locator(".mark.end").count()
    assert ends >= 2


def test_hostile_texts_stay_text(desk: Desk, tmp_path: Path) -> None:
    result = answer("corridor")
    art = illustrate(result)
    body = cast("Json", hurt(json.loads(json.dumps(to_json(result))), KEPT))
    titles = {
        table: {k: HOSTILE[0] + v for k, v in own.items()} for table, own in art.titles.items()
    }
    sources = {
        k: {"title": HOSTILE[1], "url": HOSTILE[n % 5], "year": HOSTILE[2], "licence": HOSTILE[0]}
        for n, k in enumerate(art.sources)
    }
    path = tmp_path / "hostile.html"
    text = route_page(
        body,
        Illustration(art.shapes, titles, sources),
        command=HOSTILE[0],
        summary="".join(HOSTILE),
    )
    path.write_text(text, encoding="utf-8")
    opened = desk.open(path)
    shown = opened.page
    for card in range(shown.locator(".card:visible").count()):
        shown.locator(".card:visible").nth(card).click()
    shown.wait_for_timeout(100)
    assert shown.evaluate("window.hurt") is None
    assert opened.complaints == []
    assert shown.locator("main img, body > svg, script:not([id]) ~ script").count() == 0
    links = shown.locator("a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert all(link.startswith(("#", "http://", "https://")) for link in links)
    # nothing that turns the direction of what follows is left
    assert (
        shown.evaluate("/[\\u202a-\\u202e\\u2066-\\u2069]/.test(document.body.innerText)") is False
    )
    assert "<img src=x onerror=window.hurt=1>Mumbai" in shown.locator("h1").inner_text()


def test_years_of_prices_add_up_and_what_is_left_out_is_told(
    desk: Desk, file: Callable[[str], Path]
) -> None:
    shown = desk.open(file("corridor")).page
    chosen = shown.locator(".card[aria-pressed=true]").get_attribute("data-option")
    option = next(one for one in answer("corridor").options if one.id == chosen)
    rows = shown.locator("#validity table tbody tr").evaluate_all(
        "all => all.map(r => [...r.cells].map(c => c.textContent.replace(/,/g, '')))"
    )
    years = {line.price.year for line in option.bill.charges}
    assert [int(row[0]) for row in rows[:-1]] == sorted(years)
    assert sum(float(row[2]) for row in rows[:-1]) == pytest.approx(option.bill.usd, abs=0.02)
    assert sum(int(row[1]) for row in rows[:-1]) == len(option.bill.charges)
    told = shown.locator("#validity").inner_text()
    assert "2 Jun 2025" in told
    for text in answer("corridor").not_included:
        assert text in told


def test_marks_of_the_trade_off_do_not_lie_on_each_other(
    desk: Desk, file: Callable[[str], Path]
) -> None:
    for width in (1360, 360):
        shown = desk.open(file("corridor"), width=width).page
        shown.wait_for_timeout(100)
        spots = shown.locator(".point .ring").evaluate_all(
            "all => all.map(c => { const b = c.getBoundingClientRect();"
            " return [b.x + b.width / 2, b.y + b.height / 2]; })"
        )
        gaps = [
            ((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5
            for k, a in enumerate(spots) for b in spots[:k]
        ]  # fmt: skip
        assert min(gaps) > 16


def test_ticks_of_the_timeline_do_not_overlap(desk: Desk, file: Callable[[str], Path]) -> None:
    for name in ASKED:
        shown = desk.open(file(name), width=1280).page
        for card in range(min(3, shown.locator(".card:visible").count())):
            shown.locator(".card:visible").nth(card).click()
            boxes = shown.locator(".axis .tick span").evaluate_all(
                "all => all.map(t => t.getBoundingClientRect()).map(b => [b.left, b.right])"
            )
            ordered = sorted(boxes)
            assert all(a[1] <= b[0] for a, b in pairwise(ordered)), name
