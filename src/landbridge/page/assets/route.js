"use strict";
/* The page of a route: options, map, and everything known about the chosen one. */

const ANSWER = DATA.answer;
const OPTIONS = ANSWER.options;
const SHIPMENT = ANSWER.shipment;
const TEU = SHIPMENT.containers.reduce((sum, box) => sum + box.count * (box.feet > 20 ? 2 : 1), 0);

const LABEL_RULES = {
  fastest: "least expected time door to door",
  cheapest: "least expected price",
  greenest: "least CO₂e, well to wheel",
  "most reliable": "the earliest day by which nine in ten arrive (p90)",
  "fewest handovers": "least operations at terminals",
};
const TABS = {
  best: ["Best", null],
  fastest: ["Fastest", (one) => one.hours.mean],
  cheapest: ["Cheapest", (one) => one.cost_usd.total],
  greenest: ["Greenest", (one) => one.co2e_kg.wtw],
  reliable: ["Most reliable", (one) => one.hours.p90],
};
const KIND_WORDS = { gauge_change: "change of gauge", empty_return: "way back of the empty box", port: "ports and canals", interest: "interest on the cargo" };
const words = (key) => KIND_WORDS[key] || LAND.countries[key]?.name || plain(key).replaceAll("_", " ");

class RoutePage {
  constructor() {
    this.byId = new Map(OPTIONS.map((one) => [one.id, one]));
    this.tab = "best";
    this.worth = { day: 25, carbon: 0 };
    this.longest = Math.max(...OPTIONS.map((one) => one.hours.p90));
    this.numbers = new Map();
    this.number();
    const links = { choose: (id) => this.choose(id, true), glance: (id) => this.glance(id), leg: (leg) => this.leg(leg) };
    this.map = new RouteMap(OPTIONS, DATA.shapes, links, SHIPMENT);
    this.chart = new TradeOff(OPTIONS, this.numbers, links);
    this.list = el("ol", { class: "cards", "aria-label": "Options" });
    this.rule = el("p", { class: "rule muted small" });
    this.detail = el("div", { id: "detail" });
    this.build();
    this.order();
    const wanted = new URLSearchParams(location.hash.slice(1)).get("option");
    this.choose(this.byId.has(wanted) ? wanted : this.sorted()[0].id);
  }

  build() {
    const from = SHIPMENT.origin, to = SHIPMENT.destination;
    document.body.append(
      ...pageHead(wayTitle(from, to), shipmentFacts(SHIPMENT), ANSWER.network,
        `Money in USD of ${ANSWER.price_year}. “~” marks estimates; ranges are p10–p90: eight in ten cases lie inside.`, "options"),
      el("main", null,
        el("div", { class: "top" },
          el("section", { id: "options", "aria-label": "Options" }, this.tabs(), this.rule, this.worthBox(), this.list),
          el("figure", { class: "mapfigure" }, this.map.box)),
        this.detail,
        section("tradeoffs", "All options against each other", null, this.chart.node, asTable("Table of all options", this.overview())),
        this.absent(), this.warnings(),
        sourceSection(OPTIONS.flatMap((one) => one.sources)),
        aboutSection([...SHIPMENT.assumed.map((text) => `Assumed: ${plain(text)}.`), ...ANSWER.notes.map(plain)], ANSWER.network, "landbridge.json")),
    );
  }

  tabs() {
    return el("div", { class: "tabs", role: "group", "aria-label": "Order of the options" },
      Object.entries(TABS).map(([key, [title, of]]) => {
        const first = of ? OPTIONS.reduce((a, b) => (of(b) < of(a) ? b : a)) : null;
        const shown = { fastest: (o) => `${days(o.hours.p50)} d`, cheapest: (o) => usd(o.cost_usd.total), greenest: (o) => mass(o.co2e_kg.wtw), reliable: (o) => `p90 ${days(o.hours.p90)} d` }[key];
        return el("button", {
          type: "button", "data-tab": key, "aria-pressed": key === this.tab,
          onclick: () => {
            this.tab = key;
            this.order();
            this.choose(this.sorted()[0].id, true);
          },
        }, el("span", null, title), el("span", { class: "small" }, first ? shown(first) : "balance"));
      }));
  }

  worthBox() {
    const slider = (key, label, max, step, unit) => {
      const shown = el("output", null, `${this.worth[key]} ${unit}`);
      return el("label", null, el("span", null, label, " ", shown), el("input", {
        type: "range", min: 0, max, step, value: this.worth[key],
        oninput: (event) => {
          this.worth[key] = +event.target.value;
          shown.textContent = `${this.worth[key]} ${unit}`;
          this.order();
        },
      }));
    };
    this.worthNode = el("div", { class: "worth" },
      slider("day", "A day is worth", 200, 5, "USD per TEU"), slider("carbon", "A tonne of CO₂e costs", 300, 10, "USD"));
    return this.worthNode;
  }

  whole(option) {
    return option.cost_usd.total + (this.worth.day * TEU * option.hours.mean) / 24 + (this.worth.carbon * option.co2e_kg.wtw) / 1000;
  }

  sorted() {
    const of = TABS[this.tab][1] || ((one) => this.whole(one));
    return [...OPTIONS].sort((a, b) => Boolean(a.dominated_by) - Boolean(b.dominated_by) || of(a) - of(b));
  }

  number() {
    this.sorted().forEach((one, k) => this.numbers.set(one.id, k + 1));
  }

  order() {
    this.number();
    const open = this.list.querySelector("details")?.open;
    const ranked = this.sorted(), beaten = ranked.filter((one) => one.dominated_by);
    clear(this.list).append(...ranked.filter((one) => !one.dominated_by).map((one) => this.card(one)));
    if (beaten.length) {
      this.list.append(el("li", { class: "more" }, el("details", { open: open || beaten.length === ranked.length },
        el("summary", null, `${beaten.length} more, beaten in time, price and CO₂e`), el("ol", { start: ranked.length - beaten.length + 1 }, beaten.map((one) => this.card(one))))));
    }
    this.rule.textContent = this.tab === "best" ? "Ranked by price + worth of time + price of carbon; set both:"
      : `Ranked by ${{ fastest: "expected time", cheapest: "expected price", greenest: "CO₂e, well to wheel", reliable: "the day by which nine in ten arrive (p90)" }[this.tab]}.`;
    this.worthNode.hidden = this.tab !== "best";
    for (const button of document.querySelectorAll("[data-tab]")) button.setAttribute("aria-pressed", button.dataset.tab === this.tab);
    this.mark();
    this.chart.draw();
  }

  card(option) {
    const beaten = option.dominated_by && this.byId.get(option.dominated_by);
    const modes = option.modes.map((mode) => el("span", { class: `modetag ${mode}` }, MODE_WORDS[mode].replace("Inland waterway", "River")));
    return el("li", null, el("button", {
      type: "button", class: `card${beaten ? " beaten" : ""}`, "data-option": option.id,
      onclick: () => this.choose(option.id, true),
      onpointerenter: () => this.glance(option.id), onpointerleave: () => this.glance(null),
      onkeydown: (event) => {
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (!step) return;
        event.preventDefault();
        const all = [...this.list.querySelectorAll(".card")].filter((one) => one.offsetParent);
        all[all.indexOf(event.currentTarget) + step]?.focus();
      },
    },
      el("span", { class: "rank", "aria-hidden": "true" }, this.numbers.get(option.id)),
      el("span", { class: "head" }, el("bdi", { class: "name" }, capital(option.name)), el("span", { class: "modes" }, modes)),
      el("span", { class: "figures" },
        el("span", null, el("b", null, days(option.hours.p50)), " days ", el("small", null, spanDays(option.hours.p10, option.hours.p90))),
        el("span", null, el("b", null, usd(option.cost_usd.total))),
        el("span", null, el("b", null, mass(option.co2e_kg.wtw)), el("small", null, " CO₂e"))),
      strip(option, this.longest),
      el("span", { class: "tags" }, option.labels.map((label) => el("span", { class: "badge", title: LABEL_RULES[label] || "" }, label)),
        option.on_time_probability !== null && el("span", { class: "badge plain" }, `${percent(option.on_time_probability)} in time`),
        option.planned_sections.length > 0 && el("span", { class: "badge plain" }, "planned railway"),
        el("span", { class: "small muted" }, `${option.transfers} handover${option.transfers === 1 ? "" : "s"}, ${option.borders.length} land border${option.borders.length === 1 ? "" : "s"}`),
        beaten && el("span", { class: "small why" }, `beaten by ${this.numbers.get(beaten.id)}. `, el("bdi", null, beaten.name))),
    ));
  }

  choose(id, remember) {
    this.chosen = this.byId.get(id);
    if (remember) history.replaceState(null, "", `#option=${encodeURIComponent(id)}`);
    this.map.show(this.chosen);
    this.chart.select(id);
    this.mark();
    clear(this.detail).append(...this.details(this.chosen));
  }

  mark() {
    if (!this.chosen) return;
    for (const card of this.list.querySelectorAll(".card")) card.setAttribute("aria-pressed", card.dataset.option === this.chosen.id);
    for (const row of document.querySelectorAll("tr[data-option]")) row.classList.toggle("chosen", row.dataset.option === this.chosen.id);
  }

  glance(id) {
    this.map.glance(id);
    this.chart.glance(id);
    for (const card of this.list.querySelectorAll(".card")) card.classList.toggle("glance", card.dataset.option === id);
  }

  leg(leg) {
    this.map.highlight(leg);
    for (const row of this.detail.querySelectorAll("[data-leg]")) row.classList.toggle("lit", +row.dataset.leg === leg);
  }

  details(one) {
    const lead = [
      Object.keys(MODE_WORDS).filter((mode) => one.km[mode] > 0).map((mode) => `${MODE_WORDS[mode].toLowerCase()} ${km(one.km[mode])} km`).join(", "),
      one.borders.length ? `borders ${one.borders.join(", ")}` : "no land border",
      one.passages.length ? `by ${one.passages.map((id) => plain(DATA.titles.passages[id] || id)).join(", ")}` : "",
      one.gauge_changes ? `${one.gauge_changes} change${one.gauge_changes > 1 ? "s" : ""} of gauge` : "",
    ].filter(Boolean).join("; ");
    return [
      section("chosen", `${this.numbers.get(one.id)}. ${capital(one.name)}`, `${lead[0].toUpperCase()}${lead.slice(1)}.`, this.tiles(one), this.why(one), one.warnings.length ? el("p", { class: "tocheck" }, el("a", { href: "#warnings" }, `${one.warnings.length} thing${one.warnings.length > 1 ? "s" : ""} to check before booking`)) : null),
      section("time", "Leg by leg", one.times ? "Median local times; thin lines span p10 to p90 of the leg alone, flags are cut-offs and departures." : "Expected times laid end to end; thin lines span p10 to p90 of the leg alone.",
        this.blocksLegend(one), timeline(one, (leg) => this.leg(leg)), asTable("Table of the legs", this.legTable(one))),
      el("div", { class: "panels" }, this.money(one), this.carbon(one), this.risk(one)),
      this.validity(one),
    ];
  }

  tiles(one) {
    const tile = (title, figure, ...notes) => el("div", { class: "tile" }, el("dt", null, title), el("dd", null, el("b", null, one.estimated ? "~" : "", figure), notes.filter(Boolean).map((note) => el("span", null, note))));
    const arrives = one.times && one.times.arrives;
    return el("dl", { class: "tiles" },
      tile("Door to door", `${days(one.hours.p50)} days`, `${spanDays(one.hours.p10, one.hours.p90)} days (p10–p90)`, arrives && `arrives ${moment(arrives.p50).short} (${moment(arrives.p10).short} – ${moment(arrives.p90).short})`),
      tile("Price", usd(one.cost_usd.total), `${usd(one.cost_usd.p10)}–${usd(one.cost_usd.p90)}`, `${usd(one.cost_usd.total / TEU)} per TEU`),
      tile("CO₂e, well to wheel", mass(one.co2e_kg.wtw), `${mass(one.co2e_kg.ttw)} tank to wheel`, one.emissions ? `${TENTH.format(one.emissions.intensity_g_tkm)} g per t-km` : null),
      tile("To be sure", `${days(one.hours.p90)} days`, "nine in ten arrive by then", `p95: ${days(one.hours.p95)} days`, one.on_time_probability !== null && `${percent(one.on_time_probability)} arrive by your deadline`));
  }

  why(one) {
    const found = one.labels.map((label) => `${label[0].toUpperCase()}${label.slice(1)} of all: ${LABEL_RULES[label] || ""}.`);
    const beaten = one.dominated_by && this.byId.get(one.dominated_by);
    if (beaten) found.push(`Beaten by ${plain(beaten.name)}, which is no worse in time, price and CO₂e; shown because people ask for this way.`);
    const against = (word, of, unit) => {
      const best = OPTIONS.reduce((a, b) => (of(b) < of(a) ? b : a));
      if (best.id === one.id) return;
      const gap = [[(one.hours.mean - best.hours.mean) / 24, (v) => `${v >= 10 ? WHOLE.format(v) : TENTH.format(v)} days`, "slower", "faster"], [one.cost_usd.total - best.cost_usd.total, usd, "dearer", "cheaper"], [one.co2e_kg.wtw - best.co2e_kg.wtw, (v) => `${mass(v)} CO₂e`, "more", "less"]]
        .map(([value, shown, more, less]) => `${shown(Math.abs(value))} ${value >= 0 ? more : less}`).join(", ");
      found.push(`Against the ${word} (${this.numbers.get(best.id)}. ${plain(best.name)}): ${gap}.`);
    };
    against("fastest", (o) => o.hours.mean);
    against("cheapest", (o) => o.cost_usd.total);
    against("greenest", (o) => o.co2e_kg.wtw);
    if (one.planned_sections.length) found.push(`Uses what was only planned when the data were made: ${one.planned_sections.join(", ")}.`);
    return el("div", { class: "whybox" }, el("h3", null, "Why this one, why not"), el("ul", null, found.map((text) => el("li", null, text))));
  }

  blocksLegend(one) {
    const looks = [...new Set(one.legs.map(legLook))];
    return el("p", { class: "blocks" }, looks.map((look) => el("span", null, el("span", { class: `chip ${look}`, "aria-hidden": "true" }), LOOK_WORDS[look] || look)));
  }

  legTable(one) {
    const dated = Boolean(one.times);
    const columns = [["Leg"], ["From"], ["To"], ["km", "n"], ...(dated ? [["Begins, local"], ["Ends, local"]] : []), ["Median", "n"], ["p10–p90", "n"], ["Of spread", "n"], ["USD", "n"], ["kg CO₂e", "n"], ["Operator"], ["Gauge", "n"], ["Sources"]];
    return table("Legs of the option", columns, one.legs.map((leg) => [
      `${leg.estimated ? "~ " : ""}${legTitle(leg)}`, leg.from.name, leg.to.name, leg.km ? km(leg.km) : "", ...(dated ? [localTime(leg.times.begins), localTime(leg.times.ends)] : []),
      hoursText(leg.hours.p50), spanHours(leg.hours.p10, leg.hours.p90), percent(leg.share_of_spread), number(leg.cost_usd), number(leg.co2e_kg.wtw), leg.operator || "", leg.gauge_mm || "",
      cites(leg.sources.join(";"))]));
  }

  money(one) {
    const cost = one.cost_usd;
    const groups = Object.entries(cost).filter(([key, value]) => key.startsWith("by_") && value && typeof value === "object" && !Array.isArray(value) && Object.values(value).every((v) => typeof v === "number"));
    const parts = groups.map(([key, values]) => {
      const rows = Object.entries(values).filter(([, value]) => Math.abs(value) >= 0.5).sort((a, b) => b[1] - a[1]);
      return [el("h4", null, `By ${words(key.slice(3))}`), bars(rows.map(([name, value]) => ({ name: words(name), value, shown: `${usd(value)} · ${percent(value / cost.total)}`, colour: "money" })), `Price by ${words(key.slice(3))}`)];
    });
    const legs = this.legsBy(one, (leg) => leg.cost_usd, (leg) => usd(leg.cost_usd));
    return section("money", "Money", `${one.estimated ? "~" : ""}${usd(cost.total)}, p10–p90 ${usd(cost.p10)}–${usd(cost.p90)}; USD of ${ANSWER.price_year}.`,
      parts, el("h4", null, "By leg"), bars(legs, "Price by leg"), this.invoice(one),
      asTable("Table of the price", ...groups.map(([key, values]) => table(`By ${words(key.slice(3))}`, [["Part"], ["USD", "n"], ["Share", "n"]], [...Object.entries(values).map(([name, value]) => [words(name), HUNDREDTH.format(value), percent(value / cost.total)]), ["Total", HUNDREDTH.format(cost.total), "100 %"]])),
        table("By leg", [["Leg"], ["USD", "n"], ["Share", "n"]], one.legs.filter((leg) => leg.cost_usd).map((leg) => [legTitle(leg), HUNDREDTH.format(leg.cost_usd), percent(leg.cost_usd / cost.total)]))));
  }

  /** For when the figures hold, of which years their prices are, what rests on estimates, what is left out. */
  validity(one) {
    const sum = (list) => list.reduce((total, charge) => total + charge.amount_usd, 0);
    const years = new Map();
    for (const charge of one.charges) years.set(charge.year, [...(years.get(charge.year) || []), charge]);
    const rows = [...years].sort((a, b) => a[0] - b[0]), first = rows[0]?.[0], last = rows[rows.length - 1]?.[0];
    const guessed = one.charges.filter((charge) => charge.estimated), total = one.cost_usd.total, legs = one.legs.filter((leg) => leg.estimated).length;
    const facts = [
      `State of the world: ${plain(ANSWER.network.base_case)}${ANSWER.network.scenarios.length ? `, with the scenario ${plain(ANSWER.network.scenarios.map((laid) => laid.name).join(", "))}` : ""}.`,
      SHIPMENT.ready ? `Ready ${moment(`${SHIPMENT.ready}T00:00Z`).date}: timetables, opening hours, holidays and seasons of these days.` : `No date was given: an average over departures; what is open, and which season it is, is that of ${SHIPMENT.date}.`,
      rows.length ? `Rates of ${first === last ? first : `${first} to ${last}`}, told in USD of ${ANSWER.price_year}.` : "",
      ANSWER.exchange ? `1 ${plain(ANSWER.exchange.currency)} is ${ANSWER.exchange.usd_per_unit} USD, known for ${ANSWER.exchange.valid_from} to ${ANSWER.exchange.valid_to}.` : "",
      `${percent(sum(guessed) / total)} of the price and figures of ${legs} of ${one.legs.length} legs rest on estimates (~).`,
    ].filter(Boolean);
    const not = ANSWER.not_included;
    return section("validity", "What it holds for", null, el("div", { class: "twoside" },
      el("div", null, el("h3", null, "When, and how well known"), el("ul", { class: "dots" }, facts.map((text) => el("li", null, text)))),
      not.length ? el("div", null, el("h3", null, "Not included"), el("ul", { class: "dots" }, not.map((text) => el("li", null, text)))) : null),
    rows.length ? asTable("Table of the years of prices", table("Charges by the year of their rate", [["Year"], ["Charges", "n"], ["USD", "n"], ["Share", "n"], ["of it estimated", "n"]],
      [...rows.map(([year, list]) => [String(year), list.length, HUNDREDTH.format(sum(list)), percent(sum(list) / total), percent(sum(list.filter((charge) => charge.estimated)) / (sum(list) || 1))]), ["Total", one.charges.length, HUNDREDTH.format(total), "100 %", percent(sum(guessed) / total)]])) : null);
  }

  /** The charges as an invoice has them: quantity x price, and the row that it comes from. */
  invoice(one) {
    if (!one.charges?.length) return null;
    const price = (value) => (Math.abs(value) >= 10 ? HUNDREDTH.format(value) : String(+value.toPrecision(3)));
    return asTable(`The invoice: ${one.charges.length} charges`, table("Charges", [["Charge"], ["Quantity", "n"], ["Price"], ["USD", "n"], ["Where"], ["Payer"], ["Source"]],
      [...one.charges.map((charge) => [`${charge.estimated ? "~ " : ""}${plain(charge.chargeName)}`, price(charge.quantity), `${price(charge.unitPrice)} ${plain(charge.currencyCode)} ${plain(charge.calculationBasis)}`, HUNDREDTH.format(charge.amount_usd), charge.country, charge.payer || "",
        cites(charge.source)]), ["Total", "", "", HUNDREDTH.format(one.cost_usd.total), "", "", ""]]));
  }

  legsBy(one, value, shown) {
    return one.legs.map((leg, k) => ({ leg, k })).filter(({ leg }) => value(leg) > 0).sort((a, b) => value(b.leg) - value(a.leg)).slice(0, 7).map(({ leg, k }) => ({
      name: el("bdi", null, shortLeg(leg)), value: value(leg), shown: shown(leg), colour: legLook(leg), attributes: { "data-leg": k, onpointerenter: () => this.leg(k), onpointerleave: () => this.leg(null) },
    }));
  }

  carbon(one) {
    const total = one.co2e_kg.wtw, byMode = new Map();
    for (const leg of one.legs) {
      const key = leg.kind === "move" ? MODE_WORDS[leg.mode] : "Terminals";
      byMode.set(key, [(byMode.get(key)?.[0] || 0) + leg.co2e_kg.wtw, (byMode.get(key)?.[1] || 0) + leg.co2e_kg.ttw, leg.kind === "move" ? leg.mode : "handling"]);
    }
    const least = OPTIONS.reduce((a, b) => (b.co2e_kg.wtw < a.co2e_kg.wtw ? b : a));
    const rows = [...byMode].filter(([, [wtw]]) => wtw > 0).sort((a, b) => b[1][0] - a[1][0]);
    return section("carbon", "CO₂e", `${one.estimated ? "~" : ""}${mass(total)} well to wheel, of which ${mass(one.co2e_kg.ttw)} tank to wheel${least.id === one.id ? "; the least of all options" : `; ${percent(total / least.co2e_kg.wtw - 1)} more than the greenest`}.`,
      one.emissions && el("p", { class: "small muted" }, `${capital(one.emissions.method)}. ${WHOLE.format(one.emissions.activity_tkm)} t-km on the ${{ sfd: "shortest feasible", gcd: "great-circle" }[one.emissions.distance_basis] || plain(one.emissions.distance_basis)} distance: ${TENTH.format(one.emissions.intensity_g_tkm)} g per t-km; ${percent(one.emissions.default_share)} default data. Left out: ${plain(one.emissions.excluded.join(", "))}.`),
      el("h4", null, "By mode"), bars(rows.map(([name, [wtw, , look]]) => ({ name, value: wtw, shown: `${mass(wtw)} · ${percent(wtw / total)}`, colour: look })), "CO₂e by mode"),
      el("h4", null, "By leg"), bars(this.legsBy(one, (leg) => leg.co2e_kg.wtw, (leg) => mass(leg.co2e_kg.wtw)), "CO₂e by leg"),
      asTable("Table of CO₂e", table("By mode, kg", [["Part"], ["Well to wheel", "n"], ["Tank to wheel", "n"]], [...rows.map(([name, [wtw, ttw]]) => [name, number(wtw), number(ttw)]), ["Total", number(total), number(one.co2e_kg.ttw)]]),
        table("By leg, kg", [["Leg"], ["Well to wheel", "n"], ["Tank to wheel", "n"]], one.legs.filter((leg) => leg.co2e_kg.wtw).map((leg) => [legTitle(leg), number(leg.co2e_kg.wtw), number(leg.co2e_kg.ttw)]))));
  }

  risk(one) {
    const levels = [["p10", "one in ten is faster"], ["p50", "half arrive by then"], ["p80", "four in five"], ["p90", "nine in ten"], ["p95", "nineteen in twenty"]];
    const missed = one.legs.filter((leg) => leg.kind === "wait" && leg.missed_connection_probability !== null);
    return section("risk", "Reliability", `${one.hours.samples} draws. The mean is ${days(one.hours.mean)} days; p95 is ${days(one.hours.p95 - one.hours.p50)} days after the median.`,
      el("h4", null, "Days until it is there"), bars(levels.map(([key, text]) => ({ name: `${key}, ${text}`, value: one.hours[key], shown: `${TENTH.format(one.hours[key] / 24)} d`, colour: "time" })), "Quantiles of the time door to door"),
      el("h4", null, "What brings the spread"), bars(this.legsBy(one, (leg) => leg.share_of_spread, (leg) => percent(leg.share_of_spread)), "Share of the variance by leg"),
      missed.length ? [el("h4", null, "Connections missed"), bars(missed.map((leg) => ({ name: el("bdi", null, leg.from.name), value: leg.missed_connection_probability, shown: percent(leg.missed_connection_probability), colour: "wait" })), "Share of cases that take a later departure than planned")] : null,
      asTable("Table of the spread", table("Quantiles", [["Level"], ["Days", "n"]], [...levels.map(([key]) => [key, TENTH.format(one.hours[key] / 24)]), ["mean", TENTH.format(one.hours.mean / 24)]]),
        table("By leg", [["Leg"], ["Share of variance", "n"], ["Missed", "n"]], one.legs.map((leg) => [legTitle(leg), percent(leg.share_of_spread), leg.missed_connection_probability === null ? "" : percent(leg.missed_connection_probability)]))));
  }

  overview() {
    const rows = this.sorted().map((one) => {
      const cells = [el("button", { type: "button", class: "link", onclick: () => this.choose(one.id, true) }, capital(one.name)), TENTH.format(one.hours.p50 / 24), spanDays(one.hours.p10, one.hours.p90), number(one.cost_usd.total), `${number(one.cost_usd.p10)}–${number(one.cost_usd.p90)}`, number(one.co2e_kg.wtw), km(one.km.total), one.borders.length, one.transfers, one.labels.join(", "), one.dominated_by ? plain(this.byId.get(one.dominated_by)?.name || one.dominated_by) : ""];
      cells.attributes = { "data-option": one.id };
      return cells;
    });
    return table("All options", [["Option"], ["Days", "n"], ["p10–p90", "n"], ["USD", "n"], ["p10–p90", "n"], ["kg CO₂e", "n"], ["km", "n"], ["Borders", "n"], ["Handovers", "n"], ["Labels"], ["Beaten by"]], rows);
  }

  absent() {
    if (!ANSWER.absent.length) return null;
    return section("absent", "Not offered, and why", null, el("dl", { class: "absent" }, ANSWER.absent.map((one) => el("div", null, el("dt", null, el("bdi", null, one.name)), el("dd", null, el("bdi", null, one.reason))))));
  }

  warnings() {
    if (!ANSWER.warnings.length) return null;
    return section("warnings", "To check before booking", null, el("ul", { class: "warnings" }, ANSWER.warnings.map((text) => {
      const [what, who] = plain(text).split(" Check with: ");
      return el("li", null, el("bdi", null, what), who && el("span", { class: "small" }, el("b", null, "Check with: "), el("bdi", null, who)));
    })));
  }
}

/** A leg in few words, for bars. */
function shortLeg(leg) {
  if (leg.kind === "move") return `${leg.service === "lorry" ? "Lorry" : MODE_WORDS[leg.mode]} ${plain(leg.from.name.replace(/^border /, ""))} → ${plain(leg.to.name.replace(/^border /, ""))}`;
  return legTitle(leg);
}

new RoutePage();
