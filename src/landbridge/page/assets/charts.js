"use strict";
/* The strip of a card, the timeline, the trade-off chart. */

/** What a leg is shown as: its mode, or wait, border, customs, gauge change, handling. */
function legLook(leg) {
  if (leg.kind === "move") return leg.mode;
  if (leg.kind === "transfer") return /gauge/.test(leg.note) ? "gauge" : "handling";
  return leg.kind;
}

const LOOK_WORDS = { ...MODE_WORDS, wait: "Wait for departure", border: "Border", customs: "Customs", gauge: "Change of gauge", handling: "Handling" };

function serviceTitle(id) {
  return DATA.titles.services[id] || id;
}

function legTitle(leg) {
  const look = legLook(leg);
  if (leg.kind === "move") return leg.service === "lorry" ? "Lorry" : `${MODE_WORDS[leg.mode]}${leg.service ? `, ${plain(serviceTitle(leg.service))}` : ""}`;
  if (leg.kind === "border") return `Border ${plain(leg.from.name.replace(/^border /, "").replace("-", " → "))}`;
  if (leg.kind === "wait") return `Wait at ${plain(leg.from.name)}`;
  return `${LOOK_WORDS[look] || plain(leg.kind)} at ${plain(leg.from.name)}`;
}

/** When each leg begins and ends: hours since ready. Undated, expected hours are laid end to end. */
function clockOf(option) {
  const dated = Boolean(option.times);
  const zero = dated ? moment(option.times.ready).at : 0;
  let now = 0;
  const legs = option.legs.map((leg) => {
    const begin = dated ? moment(leg.times.begins).at - zero : now;
    const end = dated ? moment(leg.times.ends).at - zero : now + leg.hours.mean;
    now = end;
    return { begin, end, low: begin + leg.hours.p10, high: begin + leg.hours.p90 };
  });
  return { dated, zero, legs, end: Math.max(option.hours.p90, now, ...legs.map((leg) => leg.high)) };
}

/** One line per option: its parts in time, on a scale that all cards share. */
function strip(option, longest) {
  const at = (hours) => `${((100 * hours) / longest).toFixed(2)}%`;
  const parts = option.legs.filter((leg) => leg.hours.mean > 0).map((leg) =>
    el("span", { class: `part ${legLook(leg)}`, style: { width: at(leg.hours.mean) } }));
  return el("span", { class: "strip", "aria-hidden": "true" }, parts,
    el("span", { class: "range", style: { left: at(option.hours.p10), width: at(option.hours.p90 - option.hours.p10) } }));
}

function timeline(option, onLeg) {
  const clock = clockOf(option), ticks = ticksOfDays(option, clock);
  const at = (hours) => `${Math.max(0, Math.min(100, (100 * hours) / clock.end)).toFixed(3)}%`;
  const rows = option.legs.map((leg, k) => {
    const { begin, end, low, high } = clock.legs[k], look = legLook(leg);
    const track = el("span", { class: "track" }, ticks.map(([hours]) => el("span", { class: "tick", style: { left: at(hours) } })),
      el("span", { class: `block ${look}`, style: { left: at(begin), width: at(Math.max(end - begin, 0)) } }),
      el("span", { class: "whisker", style: { left: at(low), width: at(high - low) } }),
      clock.dated && leg.times.cut_off && flag(at(moment(leg.times.cut_off).at - clock.zero), "cutoff", "⚑", `cut-off ${localTime(leg.times.cut_off)}`),
      clock.dated && leg.times.departures.slice(0, 3).map((text, n) => {
        const odds = leg.times.departure_probabilities?.[n];
        return flag(at(moment(text).at - clock.zero), "departs", "▾", `departs ${localTime(text)}${odds === undefined ? "" : `, caught in ${percent(odds)} of cases`}`);
      }));
    const when = clock.dated ? `${localTime(leg.times.begins)} → ${localTime(leg.times.ends)}`
      : `day ${TENTH.format(begin / 24)} → ${TENTH.format(end / 24)}`;
    const spread = `${hoursText(leg.hours.p50)} (${spanHours(leg.hours.p10, leg.hours.p90)})${clock.dated ? ` · ends ${moment(leg.times.ends).zone}` : ""}`;
    const notes = [leg.kind !== "wait" && leg.operator, leg.missed_connection_probability !== null && leg.missed_connection_probability !== undefined && leg.kind === "wait" && leg.missed_connection_probability > 0.005 && `later departure in ${percent(leg.missed_connection_probability)} of cases`].filter(Boolean).map(plain);
    return el("li", {
      tabindex: "0", "data-leg": k, class: leg.kind,
      onfocus: () => onLeg(k), onblur: () => onLeg(null),
      onpointerenter: () => onLeg(k), onpointerleave: () => onLeg(null),
    },
      el("span", { class: "what" },
        el("span", { class: `chip ${look}`, "aria-hidden": "true" }),
        el("span", null, el("bdi", { class: "title" }, legTitle(leg)),
          leg.kind === "move" && el("bdi", { class: "way" }, leg.from.name, " → ", leg.to.name, ` · ${km(leg.km)} km`),
          notes.length ? el("span", { class: "note" }, notes.join(" · ")) : null)),
      track, el("span", { class: "when" }, el("span", null, when), el("span", { class: "spread" }, leg.estimated ? "~" : "", spread)));
  });
  return el("div", { class: "timeline" }, axis(option, ticks, at, clock.end), el("ol", { "aria-label": "Legs in time" }, rows));
}

function flag(left, kind, sign, words) {
  return el("span", { class: `flag ${kind}`, style: { left }, title: words }, el("span", { "aria-hidden": "true" }, sign), el("span", { class: "sr" }, words));
}

/** Ticks [hours, words]: of days, dated ones at midnights of the origin. */
function ticksOfDays(option, clock) {
  const total = clock.end / 24;
  const step = [1, 2, 5, 7, 10, 14, 20, 28].find((length) => total / length <= 8) || 28;
  const found = [];
  if (!clock.dated) {
    for (let day = 0; day * 24 < clock.end; day += step) found.push([day * 24, `day ${day}`]);
    return found;
  }
  const ready = moment(option.times.ready);
  const midnight = Math.floor((ready.at + ready.offset) / 24) * 24 - ready.offset;
  for (let at = midnight + 24 * step; at - clock.zero < clock.end; at += 24 * step) {
    const day = new Date((at + ready.offset) * 3600000);
    found.push([at - clock.zero, `${day.getUTCDate()} ${MONTHS[day.getUTCMonth()]}`]);
  }
  return found;
}

function axis(option, ticks, at, end) {
  const { p10, p50, p90 } = option.hours;
  return el("div", { class: "axis", "aria-hidden": "true" },
    el("span", { class: "what small muted" }, "Arrival, p10–p90 and median"),
    el("span", { class: "track" },
      ticks.map(([hours, text]) => el("span", { class: "tick", style: { left: at(hours) } }, hours <= 0.9 * end && el("span", null, text))),
      el("span", { class: "arrival", style: { left: at(p10), width: at(p90 - p10) } }),
      el("span", { class: "median", style: { left: at(p50) } })));
}

/* ---- trade-offs ---- */

/** Words, value, how it is written, and the range where there is one. */
const AXES = {
  p50: ["Days, median", (one) => one.hours.p50 / 24, (v) => WHOLE.format(v), (one) => [one.hours.p10 / 24, one.hours.p90 / 24]],
  p90: ["Days, nine in ten arrive", (one) => one.hours.p90 / 24, (v) => WHOLE.format(v)],
  spread: ["Days between p10 and p90", (one) => (one.hours.p90 - one.hours.p10) / 24, (v) => WHOLE.format(v)],
  usd: ["USD", (one) => one.cost_usd.total, (v) => WHOLE.format(v), (one) => [one.cost_usd.p10, one.cost_usd.p90]],
  co2e: ["t CO₂e, well to wheel", (one) => one.co2e_kg.wtw / 1000, (v) => TENTH.format(v)],
  km: ["km", (one) => one.km.total, (v) => WHOLE.format(v)],
  transfers: ["Handovers", (one) => one.transfers, (v) => WHOLE.format(v)],
};

/** Shifts [dx, dy] by which marks at ``places`` lie ``gap`` or more from each other, as near as can be. */
function apart(places, gap) {
  const moved = places.map(([x, y]) => [x, y]);
  for (let round = 0; round < 60; round += 1) {
    for (let a = 0; a < moved.length; a += 1) for (let b = a + 1; b < moved.length; b += 1) {
      const [dx, dy] = [moved[b][0] - moved[a][0], moved[b][1] - moved[a][1]], far = Math.hypot(dx, dy);
      if (far >= gap) continue;
      // marks on one spot part along a direction that their numbers give
      const [ux, uy] = far > 0.01 ? [dx / far, dy / far] : [Math.cos(b), Math.sin(b)], by = (gap - far) / 2;
      moved[a] = [moved[a][0] - ux * by, moved[a][1] - uy * by];
      moved[b] = [moved[b][0] + ux * by, moved[b][1] + uy * by];
    }
  }
  return moved.map(([x, y], k) => [x - places[k][0], y - places[k][1]]);
}

class TradeOff {
  constructor(options, numbers, links) {
    this.options = options;
    this.numbers = numbers;
    this.links = links;
    this.axes = ["p50", "usd"];
    const select = (k, label) => el("label", null, label, el("select", {
      onchange: (event) => {
        this.axes[k] = event.target.value;
        this.draw();
      },
    }, Object.entries(AXES).map(([key, [words]]) => el("option", { value: key, selected: key === this.axes[k] }, words))));
    this.picture = svg("svg", { class: "tradeoff", role: "group", "aria-label": "Trade-off of the options" });
    this.note = el("p", { class: "muted small" });
    this.node = el("div", null, el("div", { class: "axes" }, select(0, "across "), select(1, "up ")), this.picture, this.note);
    new ResizeObserver(() => this.draw()).observe(this.picture);
  }

  draw() {
    const width = this.picture.clientWidth || 500, height = Math.min(380, Math.max(260, width * 0.62));
    this.picture.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.picture.style.setProperty("height", `${height}px`);
    const [xAxis, yAxis] = this.axes.map((key) => AXES[key]);
    const pad = { left: 56, right: 22, top: 18, bottom: 42 };
    const spanOf = (get) => {
      const values = this.options.map(get), low = Math.min(...values), high = Math.max(...values), gap = (high - low || high || 1) * 0.09;
      return [Math.max(0, low - gap), high + gap];
    };
    const [x0, x1] = spanOf(xAxis[1]), [y0, y1] = spanOf(yAxis[1]);
    const X = (v) => pad.left + ((v - x0) / (x1 - x0)) * (width - pad.left - pad.right);
    const Y = (v) => height - pad.bottom - ((v - y0) / (y1 - y0)) * (height - pad.top - pad.bottom);
    clear(this.picture).append(
      ...ticksOf(x0, x1, Math.max(3, width / 90)).map((v) => svg("g", { class: "grid" }, svg("path", { d: `M${X(v)} ${pad.top}V${height - pad.bottom}` }), svg("text", { x: X(v), y: height - pad.bottom + 16, "text-anchor": "middle" }, xAxis[2](v)))),
      ...ticksOf(y0, y1, 5).map((v) => svg("g", { class: "grid" }, svg("path", { d: `M${pad.left} ${Y(v)}H${width - pad.right}` }), svg("text", { x: pad.left - 7, y: Y(v) + 4, "text-anchor": "end" }, yAxis[2](v)))),
      svg("text", { class: "axisname", x: width - pad.right, y: height - 6, "text-anchor": "end" }, `${xAxis[0]} →`),
      svg("text", { class: "axisname", x: 4, y: 11 }, `↑ ${yAxis[0]}`));
    const points = this.options.map((option) => ({ option, x: xAxis[1](option), y: yAxis[1](option) }));
    const front = points.filter((a) => !points.some((b) => b.x <= a.x && b.y <= a.y && (b.x < a.x || b.y < a.y))).sort((a, b) => a.x - b.x || a.y - b.y);
    // a staircase: what lies above and to the right of it is beaten in both
    if (front.length) this.picture.append(svg("path", { class: "front", d: front.map((p, k) => k ? `H${X(p.x)}V${Y(p.y)}` : `M${X(p.x)} ${Y(p.y)}`).join("") }));
    this.spread = svg("path", { class: "spreadcross" });
    this.cross = (one) => {
      const [x, y] = [X(xAxis[1](one)), Y(yAxis[1](one))], [across, up] = [xAxis[3], yAxis[3]];
      const inside = (v) => Math.max(pad.left, Math.min(width - pad.right, v));
      return (across ? `M${inside(X(across(one)[0]))} ${y}H${inside(X(across(one)[1]))}` : "") + (up ? `M${x} ${Math.min(height - pad.bottom, Y(up(one)[0]))}V${Math.max(pad.top, Y(up(one)[1]))}` : "");
    };
    this.picture.append(this.spread);
    const shifts = apart(points.map((p) => [X(p.x), Y(p.y)]), 22);
    this.marks = points.map((p, k) => this.point(p, X(p.x), Y(p.y), front.includes(p), shifts[k]));
    this.picture.append(...this.marks);
    this.note.textContent = `Numbers are those of the list; the cross spans p10 to p90 of the chosen one. ${front.length} of ${points.length} are not beaten in these two at once (line); lower and further left is better.`;
    this.select(this.chosen);
  }

  point({ option }, x, y, best, [dx, dy]) {
    const words = `${this.numbers.get(option.id)}. ${plain(option.name)}: ${days(option.hours.p50)} days, ${usd(option.cost_usd.total)}, ${mass(option.co2e_kg.wtw)} CO₂e`;
    const mark = svg("g", {
      class: `point${best ? " best" : ""}`, "data-option": option.id, tabindex: "0", role: "button", "aria-label": words, transform: `translate(${x} ${y})`,
      onclick: () => this.links.choose(option.id),
      onkeydown: (event) => {
        if (event.key === "Enter" || event.key === " ") {
          event.preventDefault();
          this.links.choose(option.id);
        }
      },
      onpointerenter: () => this.links.glance(option.id), onpointerleave: () => this.links.glance(null),
      onfocus: () => this.links.glance(option.id), onblur: () => this.links.glance(null),
    }, Math.hypot(dx, dy) > 3 && svg("path", { class: "leader", d: `M0 0L${dx.toFixed(1)} ${dy.toFixed(1)}` }), Math.hypot(dx, dy) > 3 && svg("circle", { class: "spot", r: 2.2 }),
      svg("circle", { class: "ring", cx: dx.toFixed(1), cy: dy.toFixed(1), r: 11 }), svg("text", { x: dx.toFixed(1), y: (dy + 4).toFixed(1), "text-anchor": "middle", "aria-hidden": "true" }, this.numbers.get(option.id)), svg("title", null, words));
    return mark;
  }

  select(id) {
    this.chosen = id;
    for (const mark of this.marks || []) {
      mark.classList.toggle("chosen", mark.dataset.option === id);
      mark.setAttribute("aria-pressed", mark.dataset.option === id);
    }
    const one = this.options.find((option) => option.id === id);
    if (one && this.cross) this.spread.setAttribute("d", this.cross(one));
    const own = (this.marks || []).find((mark) => mark.dataset.option === id);
    if (own && document.activeElement !== own && !own.contains(document.activeElement)) this.picture.append(own);
  }

  glance(id) {
    for (const mark of this.marks || []) mark.classList.toggle("glance", mark.dataset.option === id);
  }
}
