"""One shipment from St Petersburg to Mumbai: ways, reasons, scenarios, break-even, claims.

Open it with ``marimo edit notebooks/corridor.py``, or run it with ``python notebooks/corridor.py``.
"""

import marimo

__generated_with = "0.25.2"
app = marimo.App(width="medium", app_title="The corridor from St Petersburg to Mumbai")


@app.cell
def _():
    import marimo as mo

    import landbridge as lb
    from landbridge.page.drawing_svg import svg_of
    from landbridge.page.route_picture import route_picture
    from landbridge.page.winner_picture import winner_picture
    from landbridge.scenario.breakeven import BreakEvenParams, option_of, parameters_of, pick
    from landbridge.scenario.winner_map import winner_map

    return (
        BreakEvenParams, lb, mo, option_of, parameters_of, pick, route_picture, svg_of, winner_map,
        winner_picture,
    )  # fmt: skip


@app.cell
def _(mo):
    mo.md("""
    # From St Petersburg to Mumbai

    A box can go by the North-South corridor, by Suez, round the Cape. Which way is best, why, and
    what would have to be true for another to be better? Every figure below has a source in the data
    of the case; figures marked `~` rest on estimates.
    """)


@app.cell
def _(lb):
    net = lb.load("instc")
    box = lb.Shipment("St Petersburg", "Mumbai", teu=1, tonnes=15)
    draws = lb.RouteParams(samples=300)
    return box, draws, net


@app.cell
def _(mo):
    mo.md("""
    ## Every sensible way

    Time, price and emissions of every way that no other beats in all three, and of the branches
    that people ask for. Days are the median with the range in which eight of ten shipments lie.
    """)


@app.cell
def _(box, draws, lb, net):
    found = lb.route(net, box, params=draws)
    print(found)  # noqa: T201
    return (found,)


@app.cell
def _(found, mo, route_picture, svg_of):
    mo.Html(svg_of(route_picture(found)))


@app.cell
def _(mo):
    mo.md("""
    ## Why the eastern branch costs what it costs

    Leg by leg each amount is a quantity times a rate; against Suez the figures that decide stand
    first.
    """)


@app.cell
def _(found, lb, option_of):
    east, suez = option_of(found, "instc-east"), option_of(found, "suez")
    reasons = lb.explain(found, east, suez)
    print(reasons)  # noqa: T201
    return east, reasons, suez


@app.cell
def _(mo):
    mo.md("""
    ## What if

    The same question under three scenarios. The draws are shared, so that a difference is that of
    the scenario and not of luck; `~` marks one that luck may explain.
    """)


@app.cell
def _(box, draws, lb, net):
    compared = lb.compare(net, box, ["red-sea-2024", "hormuz-2026", "rasht-astara"], params=draws)
    print(compared)  # noqa: T201
    return (compared,)


@app.cell
def _(mo):
    mo.md("""
    ## What would have to be true

    At which value of one figure the eastern branch and Suez tie, the one first that has to move
    least; then who wins over two of them at once.
    """)


@app.cell
def _(box, draws, lb, net):
    tie = lb.breakeven(net, box, ("instc-east", "suez"), params=draws)
    print(tie)  # noqa: T201
    return (tie,)


@app.cell
def _(BreakEvenParams, mo, net, parameters_of, pick, svg_of, tie, winner_map, winner_picture):
    known = parameters_of(net, tie.gap, BreakEvenParams(tie.measure))
    winners = winner_map(
        tie, pick(known, "speed of russia liner"), pick(known, "freight rate of russia liner")
    )
    mo.Html(svg_of(winner_picture(winners)))
    return (winners,)


@app.cell
def _(mo):
    mo.md("""
    ## Does it hold

    What is said of the corridor, checked: our figure, its range, and the one input that would have
    to move least for the claim to hold.
    """)


@app.cell
def _(draws, lb, net):
    checked = lb.check_claims(net, params=draws)
    print(checked)  # noqa: T201
    return (checked,)


if __name__ == "__main__":
    app.run()
