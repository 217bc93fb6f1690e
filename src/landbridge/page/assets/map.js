"use strict";
/* A map of its own: Miller's cylindrical projection, drawn as SVG, repeated past the antimeridian. */

const LAND = DATA.land;
const STEP = 100, SHAPE_STEP = 1000;
const TURNS = [-360, 0, 360];
const MODE_WORDS = { rail: "Rail", road: "Road", sea: "Sea", inland_waterway: "Inland waterway", air: "Air" };

const rad = Math.PI / 180;
const millerY = (lat) => -(1.25 / rad) * Math.asinh(Math.tan(0.8 * lat * rad));
const millerLat = (y) => Math.atan(Math.sinh(-y * rad / 1.25)) / 0.8 / rad;

/** Points [x, y, dx, dy, ...] in steps of a degree as [[lon, lat], ...]. */
function decoded(values, steps) {
  const points = [];
  let x = 0, y = 0;
  for (let k = 0; k < values.length; k += 2) {
    x += values[k];
    y += values[k + 1];
    points.push([x / steps, y / steps]);
  }
  return points;
}

/** Longitudes without jumps; the first moved by whole turns to lie near ``from``. */
function unrolled(points, from) {
  let last = from;
  return points.map(([lon, lat]) => {
    last = lon + 360 * Math.round((last - lon) / 360);
    return [last, lat];
  });
}

const pathOf = (points) =>
  "M" + points.map(([lon, lat]) => `${lon.toFixed(3)} ${millerY(lat).toFixed(3)}`).join("L");

function landShapes() {
  const arcs = LAND.arcs.map((arc) => decoded(arc, STEP));
  const ringPath = (ring) => {
    const points = [];
    for (const k of ring) {
      const arc = k >= 0 ? arcs[k] : arcs[~k].slice().reverse();
      points.push(...(points.length ? arc.slice(1) : arc));
    }
    return pathOf(unrolled(points, points[0][0])) + "Z";
  };
  return Object.entries(LAND.countries).map(([code, one]) =>
    svg("path", { d: one.rings.map(ringPath).join(""), "data-country": code }));
}

class RouteMap {
  /** ``options``: the answer's; ``shapes``: by option [{leg, planned, line}]; ``links``: what to call; ``ends``: {origin, destination}. */
  constructor(options, shapes, links, ends) {
    this.options = options;
    this.links = links;
    this.ends = ends;
    this.lines = new Map(options.map((one) => [one.id, this.linesOf(one, shapes[one.id] || [])]));
    this.land = svg("g", { class: "land", id: "land" }, landShapes());
    this.graticule = svg("g", { class: "graticule", "aria-hidden": "true" }, this.meridians());
    this.faint = svg("g", { class: "faint" });
    this.chosen = svg("g", { class: "chosen" });
    this.world = svg("g", null, this.graticule, this.land,
      [-360, 360].map((turn) => svg("use", { href: "#land", x: turn })), this.faint, this.chosen);
    this.marks = svg("g", { class: "marks" });
    this.picture = svg("svg", { role: "img", "aria-label": "Map of the options", class: "map" }, this.world, this.marks);
    this.tip = el("div", { class: "tip", hidden: true });
    this.box = el("div", {
      class: "mapbox", tabindex: "0", role: "group",
      "aria-label": "Map. Arrow keys move it, plus and minus zoom, 0 fits the option.",
    }, this.picture, this.buttons(), this.key = this.legend(), this.tip);
    this.view = { x: 60, y: -40, scale: 5 };
    this.listen();
    this.drawFaint();
  }

  linesOf(option, shapes) {
    let last = this.ends.origin.lon;
    return shapes.map(({ leg, planned, line }) => {
      const points = unrolled(decoded(line, SHAPE_STEP), last);
      last = points[points.length - 1][0];
      return { leg, planned, points, mode: option.legs[leg].mode, path: pathOf(points) };
    });
  }

  meridians() {
    const lines = [];
    for (let lon = -720; lon <= 720; lon += 30) lines.push(svg("path", { d: `M${lon} ${millerY(85)}L${lon} ${millerY(-85)}` }));
    for (const lat of [-60, -30, 0, 30, 60]) lines.push(svg("path", { d: `M-720 ${millerY(lat)}L720 ${millerY(lat)}`, class: lat ? null : "equator" }));
    return lines;
  }

  buttons() {
    const button = (text, label, act) => el("button", { type: "button", "aria-label": label, title: label, onclick: act }, text);
    return el("div", { class: "zoom" },
      button("+", "Zoom in", () => this.zoom(1.6)),
      button("−", "Zoom out", () => this.zoom(1 / 1.6)),
      button("⤢", "Fit the chosen option", () => this.fit()),
      button("All", "Fit all options", () => this.fit(true)));
  }

  legend() {
    const modes = new Set(this.options.flatMap((one) => one.modes));
    const planned = [...this.lines.values()].flat().some((line) => line.planned);
    const line = (name, words) => el("span", null,
      svg("svg", { width: 26, height: 10, "aria-hidden": "true" }, svg("path", { d: "M1 5H25", class: `line ${name}` })), words);
    return el("div", { class: "legend" },
      Object.keys(MODE_WORDS).filter((mode) => modes.has(mode)).map((mode) => line(mode, MODE_WORDS[mode])),
      planned && line("rail planned", "planned section"),
      el("span", null, svg("svg", { width: 12, height: 12, "aria-hidden": "true" }, svg("circle", { cx: 6, cy: 6, r: 4, class: "hub" })), "handover"),
      el("span", null, svg("svg", { width: 12, height: 12, "aria-hidden": "true" }, svg("path", { d: "M6 1L11 6L6 11L1 6Z", class: "border" })), "border"));
  }

  listen() {
    const keys = { ArrowLeft: [-60, 0], ArrowRight: [60, 0], ArrowUp: [0, -60], ArrowDown: [0, 60] };
    this.box.addEventListener("keydown", (event) => {
      if (event.target !== this.box) return;
      if (keys[event.key]) this.move(...keys[event.key]);
      else if (event.key === "+" || event.key === "=") this.zoom(1.6);
      else if (event.key === "-") this.zoom(1 / 1.6);
      else if (event.key === "0") this.fit();
      else return;
      event.preventDefault();
    });
    this.box.addEventListener("wheel", (event) => {
      // a page that scrolls must not be caught by the map: zoom with Ctrl, or once it has the focus
      if (!event.ctrlKey && document.activeElement !== this.box) return;
      event.preventDefault();
      this.zoom(Math.exp(-event.deltaY / 300), this.at(event));
    }, { passive: false });
    const fingers = new Map();
    this.picture.addEventListener("pointerdown", (event) => fingers.set(event.pointerId, event));
    for (const name of ["pointerup", "pointercancel", "pointerleave"]) {
      this.picture.addEventListener(name, (event) => fingers.delete(event.pointerId));
    }
    this.picture.addEventListener("pointermove", (event) => {
      const before = fingers.get(event.pointerId);
      if (!before) return;
      if (fingers.size === 1) this.move(before.clientX - event.clientX, before.clientY - event.clientY);
      else if (fingers.size === 2) {
        const other = [...fingers.values()].find((one) => one.pointerId !== event.pointerId);
        const gap = (one) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY) || 1;
        this.zoom(gap(event) / gap(before), this.at(other));
      }
      fingers.set(event.pointerId, event);
    });
    this.picture.addEventListener("dblclick", (event) => this.zoom(2, this.at(event)));
    new ResizeObserver(() => this.fit(this.whole)).observe(this.box);
  }

  at(event) {
    const box = this.picture.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  size() {
    return [this.picture.clientWidth || 600, this.picture.clientHeight || 400];
  }

  move(dx, dy) {
    this.view.x += dx / this.view.scale;
    this.view.y += dy / this.view.scale;
    this.place();
  }

  zoom(factor, around) {
    const [width, height] = this.size(), { view } = this;
    const scale = Math.max(width / 720, Math.min(400, view.scale * factor));
    const [px, py] = around || [width / 2, height / 2];
    const x = view.x + (px - width / 2) / view.scale, y = view.y + (py - height / 2) / view.scale;
    view.x = x - (px - width / 2) / scale;
    view.y = y - (py - height / 2) / scale;
    view.scale = scale;
    this.place();
  }

  /** Fit the chosen option, or all; a change of the window's size keeps to it. */
  fit(all = false) {
    this.whole = all;
    const lines = all ? [...this.lines.values()].flat() : this.lines.get(this.option?.id) || [];
    const points = lines.flatMap((line) => line.points);
    if (!points.length) return;
    const xs = points.map((p) => p[0]), ys = points.map((p) => millerY(p[1]));
    const least = (values) => values.reduce((a, b) => Math.min(a, b), Infinity);
    const most = (values) => values.reduce((a, b) => Math.max(a, b), -Infinity);
    const [west, east, north, south] = [least(xs), most(xs), least(ys), most(ys)];
    const [width, height] = this.size();
    const pad = Math.min(70, width * 0.1), edge = Math.min(pad, 50);
    const foot = (this.key?.offsetHeight || 0) + 12; // what the legend covers
    const scale = Math.min(120, (width - 2 * pad) / Math.max(0.5, east - west), Math.max(80, height - edge - Math.max(edge, foot + 14)) / Math.max(0.5, south - north));
    const shift = (Math.max(edge, foot + 14) - edge) / 2 / scale;
    this.view = { x: (west + east) / 2, y: (north + south) / 2 + shift, scale };
    this.place();
  }

  drawFaint() {
    for (const option of this.options) {
      for (const turn of TURNS) {
        const d = this.lines.get(option.id).map((line) => line.path).join("");
        const shape = svg("g", { "data-option": option.id, transform: `translate(${turn} 0)` },
          svg("path", { d, class: "thin" }), svg("path", { d, class: "hit" }));
        shape.addEventListener("click", () => this.links.choose(option.id));
        shape.addEventListener("pointerenter", (event) => {
          this.links.glance(option.id);
          this.say(event, [el("strong", null, option.name), `${days(option.hours.p50)} days · ${usd(option.cost_usd.total)} · ${mass(option.co2e_kg.wtw)} CO₂e`]);
        });
        shape.addEventListener("pointerleave", () => {
          this.links.glance(null);
          this.tip.hidden = true;
        });
        this.faint.append(shape);
      }
    }
  }

  show(option, all = false) {
    this.option = option;
    clear(this.chosen);
    this.hits = new Map();
    const lines = this.lines.get(option.id);
    for (const turn of TURNS) {
      const copy = svg("g", { transform: `translate(${turn} 0)` });
      copy.append(...lines.map((line) => svg("path", { d: line.path, class: "casing" })));
      for (const line of lines) {
        const drawn = svg("path", { d: line.path, class: `line ${line.mode}${line.planned ? " planned" : ""}`, "data-leg": line.leg });
        const hit = svg("path", { d: line.path, class: "hit" });
        hit.addEventListener("pointerenter", (event) => {
          this.links.leg(line.leg);
          this.say(event, legWords(option.legs[line.leg]));
        });
        hit.addEventListener("pointerleave", () => {
          this.links.leg(null);
          this.tip.hidden = true;
        });
        copy.append(drawn, hit);
      }
      this.chosen.append(copy);
    }
    this.met = new Set([...option.countries, this.ends.origin.country, this.ends.destination.country]);
    const { met } = this;
    for (const shape of this.land.children) shape.classList.toggle("met", met.has(shape.dataset.country));
    for (const shape of this.faint.children) shape.classList.toggle("own", shape.dataset.option === option.id);
    this.picture.setAttribute("aria-label", `Map of ${plain(option.name)}: ${plain(option.legs.filter((leg) => leg.kind === "move").map((leg) => `${MODE_WORDS[leg.mode]} ${leg.from.name} to ${leg.to.name}`).join("; "))}`);
    this.stops = this.stopsOf(option);
    this.fit(all);
  }

  glance(id) {
    for (const shape of this.faint.children) shape.classList.toggle("glance", shape.dataset.option === id);
  }

  highlight(leg) {
    for (const line of this.chosen.querySelectorAll("[data-leg]")) line.classList.toggle("lit", +line.dataset.leg === leg);
    for (const mark of this.marks.querySelectorAll("[data-legs]")) mark.classList.toggle("lit", mark.dataset.legs.split(" ").includes(String(leg)));
  }

  say(event, content) {
    const [x, y] = this.at(event), [width] = this.size();
    clear(this.tip).append(...content.map((part) => el("div", null, part)));
    this.tip.hidden = false;
    this.tip.style.setProperty("top", `${y + 14}px`);
    this.tip.style.setProperty("left", `${Math.max(8, Math.min(x + 14, width - this.tip.offsetWidth - 8))}px`);
  }

  /** What is marked: the ends, handovers and borders, each where the line passes. */
  stopsOf(option) {
    const found = [];
    const lines = this.lines.get(option.id);
    const lonAt = (leg, spot) => {
      const near = lines.find((line) => line.leg >= leg) || lines[lines.length - 1];
      const ref = near ? near.points[near.leg >= leg ? 0 : near.points.length - 1][0] : spot.lon;
      return spot.lon + 360 * Math.round((ref - spot.lon) / 360);
    };
    const add = (kind, spot, leg, name) => {
      const lon = lonAt(leg, spot);
      const same = found.find((one) => Math.hypot(one.lon - lon, one.lat - spot.lat) < 0.02 && one.kind === kind);
      if (same) same.legs.push(leg);
      else found.push({ kind, lon, lat: spot.lat, name, legs: [leg] });
    };
    option.legs.forEach((leg, k) => {
      if (leg.kind === "transfer") add("hub", leg.from, k, leg.from.name);
      if (leg.kind === "border") add("border", leg.from, k, leg.from.name.replace(/^border /, "").replace("-", " → "));
    });
    const { ends } = this, count = option.legs.length;
    add("end", ends.origin, 0, ends.origin.name);
    add("end", ends.destination, count, ends.destination.name);
    const rank = { end: 0, hub: 1, border: 2 };
    return found.sort((a, b) => rank[a.kind] - rank[b.kind]);
  }

  place() {
    const [width, height] = this.size(), { view } = this;
    view.y = Math.max(millerY(84), Math.min(millerY(-60), view.y));
    if (view.x > 360) view.x -= 360;
    if (view.x < -360) view.x += 360;
    this.world.setAttribute("transform", `translate(${width / 2} ${height / 2}) scale(${view.scale}) translate(${-view.x} ${-view.y})`);
    this.placeMarks(width, height);
  }

  placeMarks(width, height) {
    clear(this.marks);
    const { view } = this, taken = [];
    const onScreen = (lon, lat) => [(lon - view.x) * view.scale + width / 2, (millerY(lat) - view.y) * view.scale + height / 2];
    const free = (box) => box[0] > 2 && box[1] > 2 && box[2] < width - 2 && box[3] < height - 2
      && !taken.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]);
    const corner = [width - 52, 0, width, 150], key = [0, height - this.key.offsetHeight - 10, this.key.offsetWidth + 10, height];
    taken.push(corner, key);
    const spots = [];
    for (const stop of this.stops || []) for (const turn of TURNS) {
      const [x, y] = onScreen(stop.lon + turn, stop.lat);
      if (x < -20 || y < -20 || x > width + 20 || y > height + 20) continue;
      spots.push({ ...stop, x, y });
      taken.push([x - 6, y - 6, x + 6, y + 6]);
    }
    const shapes = spots.map((stop) => this.mark(stop));
    this.marks.append(...shapes.reverse());
    const shown = new Set();
    for (const stop of spots) {
      const size = stop.kind === "end" ? 14 : 12, wide = plain(stop.name).length * size * (stop.kind === "end" ? 0.66 : 0.6) + 4;
      const end = spots.find((one) => one.kind === "end" && one !== stop && Math.hypot(one.x - stop.x, one.y - stop.y) < 40);
      if (stop.kind === "hub" && end && plain(stop.name).startsWith(plain(end.name).split(/[,(]/)[0].trim())) continue;
      const places = [["start", 9, 4], ["end", -9, 4], ["middle", 0, -10], ["middle", 0, size + 8], ["start", 8, -8], ["start", 8, size + 6], ["end", -8, -8], ["end", -8, size + 6]];
      for (const [anchor, dx, dy] of places) {
        const x = stop.x + dx, y = stop.y + dy;
        const left = anchor === "start" ? x : anchor === "end" ? x - wide : x - wide / 2;
        const box = [left - 2, y - size, left + wide, y + 4];
        if (!free(box)) continue;
        taken.push(box);
        this.marks.append(svg("text", { x, y, "text-anchor": anchor, class: `label ${stop.kind}` }, stop.name));
        break;
      }
    }
    const names = Object.entries(LAND.countries).sort((a, b) => this.weight(b) - this.weight(a));
    for (const [code, one] of names) for (const turn of TURNS) {
      const [x, y] = onScreen(one.at[0] + turn, one.at[1]);
      const wide = one.name.length * 8.2, met = this.met?.has(code);
      if (!met && Math.sqrt(one.extent) * view.scale < wide * 0.9) continue;
      const box = [x - wide / 2, y - 11, x + wide / 2, y + 4];
      if (!free(box) || shown.has(code + turn)) continue;
      shown.add(code + turn);
      taken.push(box);
      this.marks.prepend(svg("text", { x, y, "text-anchor": "middle", class: met ? "country met" : "country" }, one.name));
    }
    if (this.lit !== undefined) this.highlight(this.lit);
  }

  weight([code, one]) {
    return one.extent + (this.met?.has(code) ? 1e6 : 0);
  }

  mark(stop) {
    const about = { class: `mark ${stop.kind}`, "data-legs": stop.legs.join(" "), transform: `translate(${stop.x} ${stop.y})` };
    const shape = stop.kind === "border" ? svg("path", { d: "M0-5L5 0L0 5L-5 0Z", class: "border" })
      : svg("circle", { r: stop.kind === "end" ? 6.5 : 4.5, class: stop.kind });
    return svg("g", about, shape, svg("title", null, stop.name));
  }
}

/** The facts of a leg in a few lines. */
function legWords(leg) {
  const parts = [el("strong", null, legTitle(leg))];
  if (leg.kind === "move") parts.push(`${plain(leg.from.name)} → ${plain(leg.to.name)}`);
  if (leg.km) parts.push(`${km(leg.km)} km${leg.gauge_mm ? `, gauge ${leg.gauge_mm} mm` : ""}`);
  parts.push(`${hoursText(leg.hours.p50)} (${spanHours(leg.hours.p10, leg.hours.p90)})`);
  if (leg.cost_usd) parts.push(`${usd(leg.cost_usd)} · ${mass(leg.co2e_kg.wtw)} CO₂e`);
  return parts;
}
