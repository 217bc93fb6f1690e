"use strict";
/* The page of a break-even: who is better, what would have to move, the balance over it, who wins where. */

const ANSWER = DATA.answer;
const PARAMETERS = ANSWER.parameters;
const PAIR = DATA.pair.map((number) => pooled(number));
const NAMES = Object.fromEntries(ANSWER.between.map((one) => [one.id, one.name]));
const MEASURES = { time: "time", money: "money", co2e: "CO₂e", generalised: `generalised cost (time at ${ANSWER.value_of_time_usd_per_teu_day} USD per TEU and day)` };
const UNIT = ANSWER.unit === "kg" ? "kg CO₂e" : plain(ANSWER.unit);
const LOOKS = ["one", "two"];
const keyOf = (one) => `${one.table}|${one.row}|${one.column}`;
const CELLS = 80, MOST = 10;

/** How far a value lies from what it is, as a place on a line of ratios: ÷10 at 0, today at 50, ×10 at 100. */
const ratioAt = (ratio) => Math.max(0, Math.min(100, 50 + 50 * Math.log10(Math.max(ratio, 1e-9))));

class BreakEvenPage {
  constructor() {
    this.chosen = 0;
    this.map = new RouteMap(PAIR, pooledShapes(PAIR), { choose: (id) => this.show(id), glance: () => {}, leg: () => {} }, ANSWER);
    this.rows = PARAMETERS.map((one, k) => this.row(one, k));
    this.curve = el("div", { id: "balance-of" });
    const first = ANSWER.between[0], second = ANSWER.between[1];
    document.body.append(
      ...pageHead([el("bdi", null, capital(first.name)), el("span", { class: "arrow" }, "or"), el("bdi", null, second.name)],
        [`${plain(ANSWER.origin.name)} → ${plain(ANSWER.destination.name)}`, `open as on ${ANSWER.date}`], ANSWER.network,
        "“~” marks estimates; ranges are p10–p90: eight in ten draws lie inside.", "today"),
      el("main", null,
        el("div", { class: "top even" }, this.today(), el("figure", { class: "mapfigure" }, this.map.box)),
        this.ranking(), this.balance(), this.winners(),
        sourceSection([...PARAMETERS, ...DATA.levers].map((one) => one.source || "")),
        aboutSection(["Chains of both options are held while a figure moves; low, typical and high of it move together.",
          "Nights, holidays, demurrage and interest are held.", ...this.verified(), ...ANSWER.warnings.map(plain)], ANSWER.network, "breakeven.json")));
    this.show(PAIR[0].id);
    this.choose(0);
    new ResizeObserver(() => this.draw()).observe(this.curve);
  }

  verified() {
    const { verified } = ANSWER;
    if (!verified) return [];
    return [`Searched anew with the first figure at its tie: ${figure(verified.difference)} ${UNIT} between the two (${verified.same_chains ? "the same chains" : "other chains are best then"}).`];
  }

  today() {
    const gap = ANSWER.difference, share = ANSWER.probability_first_is_better;
    const [better, worse] = gap < 0 ? [0, 1] : [1, 0];
    const rows = PAIR.map((one, k) => [
      [el("span", { class: `chip ${LOOKS[k]}`, "aria-hidden": "true" }), el("button", { type: "button", class: "link", onclick: () => this.show(one.id) }, el("bdi", null, capital(one.name)))],
      days(one.hours.p50), spanDays(one.hours.p10, one.hours.p90), number(one.cost_usd.total), `${number(one.cost_usd.p10)}–${number(one.cost_usd.p90)}`, number(one.co2e_kg.wtw), km(one.km.total)]);
    return section("today", "As it is", null,
      el("p", null, "By ", MEASURES[ANSWER.in] || ANSWER.in, " ", el("strong", null, el("bdi", null, PAIR[better].name)), " is better by ", el("strong", null, `${figure(Math.abs(gap))} ${UNIT}`), " on average than ", el("bdi", null, PAIR[worse].name), ", and in ", el("strong", null, percent(better ? 1 - share : share)), " of the draws."),
      el("div", { class: "sharebar", role: "img", "aria-label": `${plain(PAIR[0].name)} is better in ${percent(share)} of the draws` },
        el("span", { class: "fill one", style: { "flex-grow": share } }), el("span", { class: "fill two", style: { "flex-grow": 1 - share } })),
      el("p", { class: "small muted split" }, el("span", null, el("bdi", null, PAIR[0].name), ` ${percent(share)}`), el("span", null, el("bdi", null, PAIR[1].name), ` ${percent(1 - share)}`)),
      table("Both options", [["Option"], ["Days", "n"], ["p10–p90", "n"], ["USD", "n"], ["p10–p90", "n"], ["kg CO₂e", "n"], ["km", "n"]], rows),
      el("p", { class: "small muted" }, "Choose an option to see its way on the map."));
  }

  show(id) {
    this.map.show(PAIR.find((one) => one.id === id));
  }

  /** A parameter as a row: its words, where it would have to be on a line of ratios, its figures. */
  row(one, k) {
    const tie = one.value !== null, ratio = tie && one.is ? one.value / one.is : null;
    const band = one.is ? [ratioAt(one.range.low / one.is), ratioAt(one.range.high / one.is)] : null;
    const track = el("span", { class: "track", "aria-hidden": "true" },
      band && el("span", { class: "zone own", style: { left: `${band[0]}%`, width: `${band[1] - band[0]}%` } }),
      el("span", { class: "now" }),
      ratio !== null && el("span", { class: "arrowline", style: { left: `${Math.min(50, ratioAt(ratio))}%`, width: `${Math.abs(ratioAt(ratio) - 50)}%` } }),
      ratio !== null && el("span", { class: `dot ${one.within_range ? "" : "hollow"}`, style: { left: `${ratioAt(ratio)}%` } }));
    const words = tie ? `${figure(one.is)} → ${figure(one.value)} ${plain(one.unit)}${one.relative_move === null ? "" : ` (${one.relative_move < 0 ? "−" : "+"}${percent(Math.abs(one.relative_move))})`}`
      : `no tie from ${figure(one.tried.low)} to ${figure(one.tried.high)} ${plain(one.unit)}`;
    return el("li", null, el("button", { type: "button", class: "leverrow", "data-parameter": k, "aria-pressed": "false", onclick: () => this.choose(k) },
      el("span", { class: "what" }, el("bdi", null, capital(one.parameter))), track,
      el("span", { class: "when" }, el("span", null, tie && one.estimated ? "~" : "", words), el("span", { class: "muted" }, tie ? [`above it `, el("bdi", null, NAMES[one.wins_above] || one.wins_above), " wins"] : [el("bdi", null, NAMES[one.wins_above] || one.wins_above), " wins throughout"]))));
  }

  ranking() {
    if (!PARAMETERS.length) return section("ranking", "What would have to move", "No figure by itself makes the two tie.");
    const first = this.rows.slice(0, 12), more = this.rows.slice(12);
    const axis = el("div", { class: "leveraxis", "aria-hidden": "true" }, el("span"), el("span", { class: "track" },
      [[0.1, "÷10"], [0.2, "÷5"], [0.5, "÷2"], [1, "today"], [2, "×2"], [5, "×5"], [10, "×10"]].map(([ratio, text]) => el("span", { class: "ratio", style: { left: `${ratioAt(ratio)}%` } }, text))), el("span"));
    return section("ranking", "What would have to move, least first", "Each line: from what a figure is to where the two tie, as a ratio. Violet: the range of its own row; a full dot lies inside it. Choose one to see the balance over it.",
      axis, el("ol", { class: "levers" }, first),
      more.length ? el("details", { class: "more" }, el("summary", null, `${more.length} more, farther away`), el("ol", { class: "levers", start: 13 }, more)) : null,
      asTable("Table of the parameters", table("Parameters", [["Parameter"], ["is", "n"], ["ties at", "n"], ["95 % interval", "n"], ["Unit"], ["its row has", "n"], ["Move", "n"], ["Below wins"], ["Above wins"], ["Sources"]],
        PARAMETERS.map((one) => [capital(one.parameter), `${one.estimated ? "~" : ""}${figure(one.is)}`, one.value === null ? "none" : figure(one.value), one.interval_95 ? `${figure(one.interval_95.low)}–${one.interval_95.high === null ? "∞" : figure(one.interval_95.high)}` : "", one.unit, `${figure(one.range.low)}–${figure(one.range.high)}`, one.relative_move === null ? "" : `${one.relative_move < 0 ? "−" : "+"}${percent(Math.abs(one.relative_move))}`, NAMES[one.wins_below] || one.wins_below, NAMES[one.wins_above] || one.wins_above, cites(one.source)]))));
  }

  balance() {
    if (!PARAMETERS.length) return null;
    return section("balance", "The balance over one figure", null, this.curve);
  }

  choose(k) {
    if (!PARAMETERS.length) return;
    this.chosen = k;
    for (const row of this.rows) row.firstChild.setAttribute("aria-pressed", String(+row.firstChild.dataset.parameter === k));
    const one = PARAMETERS[k];
    this.picture = svg("svg", { class: "curve", role: "img", "aria-label": `Difference of the two over ${plain(one.parameter)}; the table below has the points` });
    clear(this.curve).append(
      el("p", { class: "lead" }, "Difference over the ", el("b", null, el("bdi", null, one.parameter)), `: ${plain(PAIR[0].name)} less ${plain(PAIR[1].name)} in ${UNIT}; above zero ${plain(PAIR[1].name)} is better. Line: expected; band: p10–p90.`),
      this.picture,
      asTable("Table of the balance", table(`Balance over ${plain(one.parameter)}`, [[`${plain(one.parameter)}, ${plain(one.unit)}`, "n"], [`Difference, ${UNIT}`, "n"], ["p10", "n"], ["p90", "n"], ["Better"]],
        DATA.curves[k].filter((_, n) => n % 4 === 0).map(([value, mean, low, high]) => [figure(value), figure(mean), figure(low), figure(high), PAIR[mean < 0 ? 0 : 1].name]))));
    this.draw();
  }

  draw() {
    if (!this.picture) return;
    const one = PARAMETERS[this.chosen], points = DATA.curves[this.chosen];
    const width = this.picture.clientWidth || 600, height = Math.round(Math.min(400, Math.max(280, width * 0.5)));
    this.picture.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.picture.style.setProperty("height", `${height}px`);
    const x = [points[0][0], points[points.length - 1][0]];
    const least = Math.min(0, ...points.map((p) => p[2])), most = Math.max(0, ...points.map((p) => p[3])), gap = (most - least || 1) * 0.05;
    const on = plot([width, height], x, [least - gap, most + gap], [`${plain(one.parameter)}, ${plain(one.unit)}`, `${UNIT}: ${plain(ANSWER.between[0].id)} less ${plain(ANSWER.between[1].id)}`]);
    const { X, Y } = on, path = (k, list) => list.map((p, n) => `${n ? "L" : "M"}${X(p[0]).toFixed(1)} ${Y(p[k]).toFixed(1)}`).join("");
    const inside = (v) => Math.max(on.left, Math.min(on.right, X(v)));
    const zero = Y(0), parts = [];
    parts.push(svg("rect", { class: "fill-own", x: inside(one.range.low), width: Math.max(0, inside(one.range.high) - inside(one.range.low)), y: on.top, height: on.bottom - on.top }));
    parts.push(...on.grid);
    parts.push(svg("path", { class: "band", d: `${path(2, points)}${path(3, points.slice().reverse()).replace("M", "L")}Z` }));
    parts.push(svg("path", { class: "zero", d: `M${on.left} ${zero}H${on.right}` }));
    parts.push(svg("path", { class: "expected", d: path(1, points) }));
    // who is better on which side of zero, where there is room for the words
    if (zero - on.top > 26) parts.push(svg("text", { class: "side two", x: on.right - 6, y: zero - 8, "text-anchor": "end" }, `${plain(ANSWER.between[1].id)} is better`));
    if (on.bottom - zero > 26) parts.push(svg("text", { class: "side one", x: on.right - 6, y: zero + 18, "text-anchor": "end" }, `${plain(ANSWER.between[0].id)} is better`));
    parts.push(svg("path", { class: "nowline", d: `M${X(one.is)} ${on.top}V${on.bottom}` }), svg("text", { class: "pinned", x: X(one.is) + 5, y: on.top + 12 }, `today ${figure(one.is)}`));
    if (one.value !== null) {
      const { low, high } = one.interval_95;
      parts.push(svg("path", { class: "interval", d: `M${inside(low)} ${zero}H${inside(high === null ? x[1] : high)}` }), svg("circle", { class: "tie", cx: X(one.value), cy: zero, r: 5.5 }));
      const end = X(one.value) > on.right - 110;
      parts.push(svg("text", { class: "pinned tie", x: X(one.value) + (end ? -9 : 9), y: zero - 9, "text-anchor": end ? "end" : "start" }, `tie ${figure(one.value)}`));
    }
    clear(this.picture).append(...parts, ...on.words);
  }

  /* ---- who wins over two figures ---- */

  winners() {
    const levers = DATA.levers;
    if (levers.length < 2) return null;
    const byKey = new Map(levers.map((one) => [keyOf(one), one]));
    const near = PARAMETERS.map(keyOf).filter((key) => byKey.has(key));
    const start = [...new Set([...near, ...byKey.keys()])].slice(0, 2);
    this.axes = start.map((key) => byKey.get(key));
    const ordered = [...new Set([...near, ...byKey.keys()])];
    const select = (k, label) => el("label", null, `${label} `, el("select", {
      onchange: (event) => {
        this.axes[k] = byKey.get(event.target.value);
        this.drawWinners();
      },
    }, ordered.map((key) => el("option", { value: key, selected: key === start[k] }, byKey.get(key).parameter))));
    this.area = svg("svg", { class: "winners", role: "img", "aria-label": "Map of who wins over two figures; the table below tells the corners" });
    this.areaNote = el("p", { class: "small muted", role: "status" });
    this.areaTable = el("div");
    const node = section("winners", "Who wins over two figures", "Expected values; the circle is where things are, the frame the ranges of both rows.",
      el("div", { class: "axes" }, select(0, "across"), select(1, "up")),
      el("p", { class: "blocks" }, PAIR.map((one, k) => el("span", null, el("span", { class: `chip area ${LOOKS[k]}`, "aria-hidden": "true" }), el("bdi", null, one.name), " wins"))),
      this.area, this.areaNote, asTable("Table of the map", this.areaTable));
    new ResizeObserver(() => this.drawWinners()).observe(this.area);
    return node;
  }

  /** The difference with two figures at other values: a sum, as both are factors of parts of it. */
  gapAt(one, a, other, b) {
    const times = (lever, value) => (lever.inverse ? lever.is / value : value / lever.is) - 1;
    return ANSWER.difference + one.effect * times(one, a) + other.effect * times(other, b);
  }

  reach(one) {
    return [one.inverse ? one.is / MOST : 0, Math.min(Math.max(2 * one.is, one.range.high, 1.2 * (one.tie || 0)), MOST * one.is)];
  }

  drawWinners() {
    const [across, up] = this.axes, same = keyOf(across) === keyOf(up);
    clear(this.area);
    clear(this.areaTable);
    this.areaNote.textContent = same ? "Choose two different figures." : "";
    if (same) return;
    const width = this.area.clientWidth || 500, height = Math.round(Math.min(460, Math.max(300, width * 0.8)));
    this.area.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.area.style.setProperty("height", `${height}px`);
    const x = this.reach(across), y = this.reach(up);
    const on = plot([width, height], x, y, [`${plain(across.parameter)}, ${plain(across.unit)}`, `${plain(up.parameter)}, ${plain(up.unit)}`]);
    const wide = (on.right - on.left) / CELLS, high = (on.bottom - on.top) / CELLS, cells = [];
    let first = 0;
    for (let j = 0; j < CELLS; j += 1) {
      const b = y[0] + ((y[1] - y[0]) * (j + 0.5)) / CELLS;
      let start = 0, wins = null;
      for (let k = 0; k <= CELLS; k += 1) {
        const now = k < CELLS ? this.gapAt(across, x[0] + ((x[1] - x[0]) * (k + 0.5)) / CELLS, up, b) < 0 : null;
        first += now === true;
        if (wins !== null && now !== wins) {
          cells.push(svg("rect", { class: `cell ${LOOKS[wins ? 0 : 1]}`, x: on.left + start * wide, y: on.bottom - (j + 1) * high, width: (k - start) * wide, height: high + 0.4 }));
          start = k;
        }
        wins = now;
      }
    }
    const inside = (v, [low, most]) => Math.max(low, Math.min(most, v));
    const box = [across, up].map((one, k) => [one.range.low, one.range.high].map((v) => inside(v, k ? y : x)));
    this.area.append(...cells, ...on.grid, svg("rect", { class: "ranges", x: on.X(box[0][0]), width: on.X(box[0][1]) - on.X(box[0][0]), y: on.Y(box[1][1]), height: on.Y(box[1][0]) - on.Y(box[1][1]) }),
      svg("circle", { class: "tie", cx: on.X(across.is), cy: on.Y(up.is), r: 5.5 }), svg("text", { class: "pinned over", x: on.X(across.is) + 9, y: on.Y(up.is) - 8 }, "today"), ...on.words);
    this.area.dataset.first = first;
    this.areaNote.textContent = `${plain(PAIR[0].name)} wins on ${percent(first / CELLS ** 2)} of the area drawn.`;
    const levels = [["low", (one) => one.range.low], ["as it is", (one) => one.is], ["high", (one) => one.range.high]];
    this.areaTable.append(table("Difference where both are low, as they are, or high", [[`${plain(up.parameter)} ↓ / ${plain(across.parameter)} →`], ...levels.map(([words, of]) => [`${words}: ${figure(of(across))}`, "n"])],
      levels.map(([words, of]) => [`${words}: ${figure(of(up))} ${plain(up.unit)}`, ...levels.map(([, other]) => {
        const [a, b] = [other(across), of(up)], gap = (across.inverse && !a) || (up.inverse && !b) ? NaN : this.gapAt(across, a, up, b);
        return Number.isFinite(gap) ? `${figure(gap)} ${UNIT}: ${plain(ANSWER.between[gap < 0 ? 0 : 1].id)}` : "";
      })])));
  }
}

new BreakEvenPage();
