"use strict";
/* The page of a comparison: which options go, come and move in rank, by how much, and where they run. */

const ANSWER = DATA.answer;
const STATES = ANSWER.scenarios.map((one, k) => ({ ...one, ...DATA.states[k], options: one.options, ways: DATA.states[k].options }));
const BASE = DATA.base.map((number) => pooled(number));
const MEASURES = {
  days: ["Days", "days", (v) => TENTH.format(Math.abs(v))],
  cost_usd: ["USD", "USD", (v) => WHOLE.format(Math.abs(v))],
  co2e_kg: ["kg CO₂e", "kg CO₂e", (v) => WHOLE.format(Math.abs(v))],
};
const signed = (value, shown) => (value === 0 ? "0" : `${value > 0 ? "+" : "−"}${shown(value)}`);
const deltaText = (key, delta) => (delta && delta.mean ? `${delta.within_noise ? "~" : ""}${signed(delta.mean, MEASURES[key][2])}` : "0");
const deltaSpan = (key, delta) => (delta && delta.mean ? `${signed(delta.p10, MEASURES[key][2])} to ${signed(delta.p90, MEASURES[key][2])}` : "");
const changed = (one) => one.fate !== "stays" || one.rank_before !== one.rank_after || Object.keys(MEASURES).some((key) => one[key] && one[key].mean);
const count = (list, fate) => list.filter((one) => one.fate === fate).length;
const plural = (n, word) => `${n} ${word}${n === 1 ? "" : "s"}`;

class ComparePage {
  constructor() {
    this.measure = "rank";
    this.detail = el("div", { id: "detail" });
    this.grid = el("div");
    document.body.append(
      ...pageHead([wayTitle(ANSWER.origin, ANSWER.destination)], [...shipmentFacts(DATA.shipment), plural(STATES.length, "scenario")], ANSWER.network,
        `Differences are scenario less base over the same ${number(ANSWER.samples)} draws; “~” marks one that the draws alone may bring about; ranges are p10–p90.`, "glance"),
      el("main", null,
        section("glance", "At a glance", "Rank by USD and value of time under each scenario, or what is added to the base. Choose a scenario for its details.",
          choices("Show", [["rank", "Rank"], ...Object.entries(MEASURES).map(([key, [title]]) => [key, title])], "rank", (key) => {
            this.measure = key;
            this.drawGrid();
          }), this.grid, this.legend(), asTable("Table of the best under each scenario", this.best())),
        this.detail,
        aboutSection(DATA.shipment.assumed.map((text) => `Assumed: ${plain(text)}.`), ANSWER.network, "comparison.json")));
    const wanted = new URLSearchParams(location.hash.slice(1)).get("scenario");
    this.choose(Math.max(0, STATES.findIndex((one) => one.id === wanted)));
  }

  legend() {
    return el("p", { class: "blocks" }, [["better", "better than the base"], ["worse", "worse"], ["noise", "~ within the noise of the draws"], ["goes", "gone"], ["comes", "new"]].map(([kind, words]) =>
      el("span", null, el("span", { class: `chip cellkey ${kind}`, "aria-hidden": "true" }), words)));
  }

  /** Every option that is offered anywhere, those of the base first, by rank. */
  everyone() {
    const found = new Map();
    for (const state of STATES) for (const one of state.options) {
      if (!found.has(one.id)) found.set(one.id, { id: one.id, name: one.name, rank: one.rank_before });
    }
    return [...found.values()].sort((a, b) => (a.rank ?? 1e9) - (b.rank ?? 1e9));
  }

  drawGrid() {
    const byState = STATES.map((state) => new Map(state.options.map((one) => [one.id, one])));
    const heads = STATES.map((state, k) => el("button", { type: "button", class: "link", "data-scenario": state.id, onclick: () => this.choose(k, true) }, el("bdi", null, state.name)));
    const rows = this.everyone().map(({ id, name, rank }) => [el("bdi", null, capital(name)), rank ?? "–", ...byState.map((own) => this.cell(own.get(id)))]);
    const node = table(`${this.measure === "rank" ? "Ranks" : `Differences in ${MEASURES[this.measure][1]}`}, by option and scenario`, [["Option"], ["Base", "n"], ...STATES.map(() => ["", "n"])], rows, { class: "glance" });
    node.querySelectorAll("thead th").forEach((head, k) => {
      if (k > 1) head.append(heads[k - 2]);
    });
    clear(this.grid).append(node);
    this.mark();
  }

  cell(one) {
    if (!one) return "";
    const tell = (kind, text, words) => el("span", { class: `delta ${kind}`, title: words }, text);
    if (one.fate === "goes") return tell("goes", "gone", one.reason);
    if (one.fate === "comes") return tell("comes", this.measure === "rank" ? `new ${one.rank_after}` : "new", "");
    if (this.measure === "rank") {
      const by = one.rank_before - one.rank_after;
      return by ? tell(by > 0 ? "better" : "worse", `${one.rank_after} ${by > 0 ? "▲" : "▼"}${Math.abs(by)}`, `from ${one.rank_before} to ${one.rank_after}`) : tell("same", one.rank_after);
    }
    const delta = one[this.measure];
    if (!delta || !delta.mean) return tell("same", "0");
    return tell(delta.within_noise ? "noise" : delta.mean < 0 ? "better" : "worse", deltaText(this.measure, delta), deltaSpan(this.measure, delta));
  }

  /** The least days, USD and CO2e before and after. */
  best() {
    const kinds = [["Fastest", (one) => one.hours.mean, (one) => `${days(one.hours.p50)} d`], ["Cheapest", (one) => one.cost_usd.total, (one) => usd(one.cost_usd.total)], ["Greenest", (one) => one.co2e_kg.wtw, (one) => mass(one.co2e_kg.wtw)]];
    const least = (options, [, of, shown]) => {
      if (!options.length) return "no way";
      const one = options.reduce((a, b) => (of(b) < of(a) ? b : a));
      return [`${shown(one)}, `, el("bdi", null, one.name)];
    };
    const rows = [["Base", ...kinds.map((kind) => least(BASE, kind))],
      ...STATES.map((state) => [el("bdi", null, state.name), ...kinds.map((kind) => least(state.ways.map((number) => DATA.options[number]), kind))])];
    return table("The best under each scenario", [["Scenario"], ...kinds.map(([title]) => [title])], rows);
  }

  mark() {
    for (const head of this.grid.querySelectorAll("[data-scenario]")) {
      const own = head.dataset.scenario === this.state?.id;
      head.setAttribute("aria-pressed", String(own));
      head.closest("th").classList.toggle("chosen", own);
    }
  }

  choose(k, remember) {
    const state = STATES[k];
    this.state = state;
    if (remember) history.replaceState(null, "", `#scenario=${encodeURIComponent(state.id)}`);
    this.drawGrid();
    const moved = state.options.filter(changed), quiet = state.options.length - moved.length;
    const ranked = moved.filter((one) => one.fate === "stays" && one.rank_before !== one.rank_after).length;
    const parts = [[count(moved, "goes"), "goes", "go"], [count(moved, "comes"), "comes", "come"], [ranked, "changes rank", "change rank"]]
      .filter(([n]) => n).map(([n, one, many]) => `${plural(n, "option")} ${n === 1 ? one : many}`);
    const lead = moved.length ? `${[...parts, !ranked && "no rank changes", quiet && `${quiet} as before`].filter(Boolean).join(", ")}.` : "Nothing changes.";
    const nav = el("div", { class: "steps" },
      el("button", { type: "button", disabled: k === 0, onclick: () => this.step(k - 1) }, "← Previous"),
      el("button", { type: "button", disabled: k === STATES.length - 1, onclick: () => this.step(k + 1) }, "Next →"));
    clear(this.detail).append(
      el("div", { class: "top even" },
        section("scenario", plain(state.name), capital(lead), !state.holds && el("p", { class: "tocheck" }, `It does not hold on ${ANSWER.date}: the answer is the base's.`), state.reason && el("p", { class: "tocheck" }, el("bdi", null, state.reason)),
          state.summary && el("p", { class: "small" }, el("bdi", null, state.summary)),
          el("h3", null, "What it changes"), el("ol", { class: "small sentences" }, state.changes.map((text) => el("li", null, el("bdi", null, text)))),
          (state.since || state.until) && el("p", { class: "small muted" }, [state.since && `From ${state.since}`, state.until && `until ${state.until}`].filter(Boolean).join(" ")),
          state.sources.length ? asTable(plural(state.sources.length, "source"), el("ul", { class: "small" }, state.sources.map((text) => el("li", null, linked(text))))) : null, nav),
        this.mapOf(state)),
      moved.length ? this.deltas(moved, quiet, state) : null);
    this.mark();
  }

  step(k) {
    this.choose(k, true);
    document.getElementById("scenario").scrollIntoView({ block: "start" });
    this.detail.querySelector(".steps button:not([disabled])")?.focus({ preventScroll: true });
  }

  /* ---- differences ---- */

  deltas(moved, quiet, state) {
    const ordered = [...moved].sort((a, b) => (a.rank_after ?? 1e9) - (b.rank_after ?? 1e9) || a.rank_before - b.rank_before);
    const scales = Object.fromEntries(Object.keys(MEASURES).map((key) => [key, this.scale(moved.map((one) => one[key]).filter((delta) => delta && delta.mean))]));
    const rows = ordered.map((one) => el("li", { "data-option": one.id, class: one.fate },
      el("div", { class: "what" }, el("span", null,
        el("button", { type: "button", class: "link", onclick: () => this.pick(one.id) }, el("bdi", null, capital(one.name))),
        el("span", { class: "note" }, { goes: `gone; rank ${one.rank_before} before. `, comes: `new; rank ${one.rank_after}`, stays: one.rank_before === one.rank_after ? `rank ${one.rank_after} as before` : `rank ${one.rank_before} → ${one.rank_after}` }[one.fate], one.fate === "goes" && one.reason ? el("bdi", null, capital(one.reason)) : null))),
      one.fate === "stays" ? Object.entries(MEASURES).map(([key, [title]]) => this.bar(key, title, one[key], scales[key])) : el("div", { class: "instead" }, this.figures(one, state))));
    const columns = Object.entries(MEASURES).flatMap(([, [title]]) => [[title, "n"], ["p10–p90", "n"]]);
    return section("deltas", "What changes, option by option", "Bars: expected difference to the base; lines: p10–p90 of it; hollow bars are within the noise of the draws. Choose an option to see it on the map.",
      el("ol", { class: "deltas" }, rows), quiet ? el("p", { class: "small muted" }, `${quiet} more as before.`) : null,
      asTable("Table of the differences", table(`Differences under ${plain(state.name)}`, [["Option"], ["Fate"], ["Rank before", "n"], ["Rank after", "n"], ...columns, ["Within noise"], ["Reason"]],
        state.options.map((one) => [capital(one.name), one.fate, one.rank_before ?? "", one.rank_after ?? "", ...Object.keys(MEASURES).flatMap((key) => (one[key] ? [deltaText(key, one[key]), deltaSpan(key, one[key])] : ["", ""])),
          Object.entries(MEASURES).filter(([key]) => one[key]?.within_noise).map(([, [title]]) => title).join(", "), one.reason || ""]))));
  }

  /** What a new option takes, or what one that went took. */
  figures(one, state) {
    const option = one.fate === "comes" ? state.ways.map((number) => DATA.options[number]).find((other) => other.id === one.id) : BASE.find((other) => other.id === one.id);
    return option ? `${one.fate === "comes" ? "takes" : "took"} ${days(option.hours.p50)} days (${spanDays(option.hours.p10, option.hours.p90)}), ${usd(option.cost_usd.total)}, ${mass(option.co2e_kg.wtw)} CO₂e` : "";
  }

  scale(list) {
    const low = Math.min(0, ...list.map((delta) => Math.min(delta.p10, delta.mean))), high = Math.max(0, ...list.map((delta) => Math.max(delta.p90, delta.mean)));
    const pad = (high - low || 1) * 0.04;
    return (value) => (100 * (value - low + pad)) / (high - low + 2 * pad);
  }

  bar(key, title, delta, at) {
    const none = !delta || !delta.mean, zero = at(0);
    return el("div", { class: "delta-cell" },
      el("span", { class: "figureline" }, el("b", { class: none ? "muted" : "" }, `${deltaText(key, delta)} `), el("span", { class: "muted" }, none ? MEASURES[key][1] : `${MEASURES[key][1]} (${deltaSpan(key, delta)})`)),
      el("span", { class: "track", "aria-hidden": "true" }, el("span", { class: "now", style: { left: `${zero}%` } }),
        none ? null : el("span", { class: `bar ${delta.within_noise ? "noise" : delta.mean < 0 ? "better" : "worse"}`, style: { left: `${Math.min(zero, at(delta.mean))}%`, width: `${Math.abs(at(delta.mean) - zero)}%` } }),
        none ? null : el("span", { class: "spreadline", style: { left: `${at(delta.p10)}%`, width: `${at(delta.p90) - at(delta.p10)}%` } })));
  }

  /* ---- the map ---- */

  /** The ways of the scenario, and those of the base that went or ran elsewhere. */
  mapOf(state) {
    const fates = new Map(state.options.map((one) => [one.id, one.fate]));
    const after = state.ways.map((number) => ({ ...pooled(number), fate: fates.get(DATA.options[number].id) || "stays" }));
    const here = new Map(after.map((one) => [one.id, one]));
    const same = (a, b) => JSON.stringify(a.shapes) === JSON.stringify(b.shapes);
    const before = BASE.filter((one) => !here.has(one.id) || !same(one, here.get(one.id)))
      .map((one) => ({ ...one, id: here.has(one.id) ? `base:${one.id}` : one.id, name: `${plain(one.name)} (base)`, fate: here.has(one.id) ? "before" : "goes" }));
    const all = [...after, ...before];
    this.ways = new Map(all.map((one) => [one.id, one]));
    this.map = new RouteMap(all, pooledShapes(all), { choose: (id) => this.pick(id), glance: (id) => this.map.glance(id), leg: () => {} }, ANSWER);
    for (const shape of this.map.faint.children) shape.classList.add(this.ways.get(shape.dataset.option).fate);
    const line = (kind, words) => el("span", null, svg("svg", { width: 26, height: 10, "aria-hidden": "true" }, svg("path", { d: "M1 5H25", class: `thin ${kind}` })), words);
    this.map.key.append(...[["goes", "gone"], ["comes", "new"], ["before", "base, moved"]].filter(([kind]) => all.some((one) => one.fate === kind)).map(([kind, words]) => line(kind, words)));
    this.words = el("figcaption", { class: "small muted", role: "status" });
    this.select = el("select", { "aria-label": "Way on the map", onchange: (event) => this.pick(event.target.value) }, all.map((one) => el("option", { value: one.id }, `${{ goes: "gone: ", comes: "new: " }[one.fate] || ""}${capital(one.name)}`)));
    const best = state.options.find((one) => one.rank_after === 1);
    this.pick((best && here.has(best.id) ? best.id : all[0].id), true);
    return el("figure", { class: "mapfigure tall" }, this.map.box, this.select, this.words);
  }

  pick(id, all = false) {
    const one = this.ways.get(id) || this.ways.get(`base:${id}`);
    if (!one) return;
    this.map.show(one, all);
    this.select.value = one.id;
    this.words.textContent = `${{ goes: "Gone. ", comes: "New. ", before: "As in the base. " }[one.fate] || ""}${days(one.hours.p50)} days (${spanDays(one.hours.p10, one.hours.p90)}), ${usd(one.cost_usd.total)}, ${mass(one.co2e_kg.wtw)} CO₂e, ${km(one.km.total)} km`;
    for (const row of this.detail.querySelectorAll(".deltas li")) row.classList.toggle("lit", row.dataset.option === one.id);
  }
}

/** A text with its addresses as links. */
function linked(text) {
  return plain(text).split(/(https?:\/\/[^\s"'<>)]+)/).map((part) => (/^https?:/.test(part) ? safeLink(part, part) : el("bdi", null, part)));
}

new ComparePage();
