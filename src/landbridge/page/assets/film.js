"use strict";
/* What a film of a season holds: moves along lanes, queues over time; figures of an hour. */

const SAMPLES = 160; // points of a lane, evenly spaced along it
const START = Date.parse(DATA.start);

/** Whole numbers of two bytes, the low one first, from base 64. */
function unpacked(text) {
  const bytes = Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
  const view = new DataView(bytes.buffer), values = new Uint16Array(bytes.length / 2);
  for (let k = 0; k < values.length; k++) values[k] = view.getUint16(2 * k, true);
  return values;
}

function dateText(hour) {
  const at = new Date(START + hour * 3600000);
  const two = (value) => String(value).padStart(2, "0");
  return `${WEEKDAYS[at.getUTCDay()]} ${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]} ${at.getUTCFullYear()}, ${two(at.getUTCHours())}:${two(at.getUTCMinutes())} UTC`;
}

const lotsText = (count) => `${number(count)} lot${count === 1 ? "" : "s"}`;

/** A lane as evenly spaced points on the map, longitudes near those of the first. */
function sampled(lane) {
  const points = unrolled(decoded(lane.line, SHAPE_STEP), lane.line[0] / SHAPE_STEP);
  const along = [0];
  for (let k = 1; k < points.length; k++) {
    const [a, b] = [points[k - 1], points[k]], mid = Math.cos(((a[1] + b[1]) / 2) * rad);
    along.push(along[k - 1] + Math.hypot((b[0] - a[0]) * mid, b[1] - a[1]));
  }
  const xs = new Float32Array(SAMPLES + 1), ys = new Float32Array(SAMPLES + 1), whole = along[along.length - 1];
  for (let s = 0, k = 1; s <= SAMPLES; s++) {
    const goal = (whole * s) / SAMPLES;
    while (k < points.length - 1 && along[k] < goal) k++;
    const a = points[Math.max(0, k - 1)], b = points[Math.min(k, points.length - 1)], gap = along[k] - along[k - 1];
    const share = gap > 0 ? Math.max(0, Math.min(1, (goal - along[k - 1]) / gap)) : 0;
    xs[s] = a[0] + share * (b[0] - a[0]);
    ys[s] = millerY(a[1] + share * (b[1] - a[1]));
  }
  return { mode: lane.mode, name: lane.name, xs, ys, path: new Path2D(pathOf(points)) };
}

/** The moves as columns, with the rows of each mode; rows of a mode stand in order of departure. */
class Moves {
  constructor(packed, lanes, hours) {
    const step = hours / DATA.ticks;
    this.each = packed.each;
    this.lane = unpacked(packed.lane);
    this.lots = unpacked(packed.lots);
    this.depart = Float32Array.from(unpacked(packed.depart), (tick) => tick * step);
    this.arrive = Float32Array.from(unpacked(packed.arrive), (tick) => tick * step);
    this.modes = [];
    for (let k = 0; k < this.lane.length; k++) {
      const { mode } = lanes[this.lane[k]];
      let own = this.modes[this.modes.length - 1];
      if (!own || own.mode !== mode) this.modes.push(own = { mode, first: k, last: k, longest: 0 });
      own.last = k + 1;
      own.longest = Math.max(own.longest, this.arrive[k] - this.depart[k]);
    }
  }

  /** The first row of [first, last) that departs after ``hour``. */
  after(hour, first, last) {
    while (first < last) {
      const mid = (first + last) >> 1;
      if (this.depart[mid] > hour) last = mid;
      else first = mid + 1;
    }
    return first;
  }

  /** How many move at an hour. */
  moving(hour) {
    let count = 0;
    for (const own of this.modes) {
      const end = this.after(hour, own.first, own.last);
      for (let k = this.after(hour - own.longest - 1, own.first, own.last); k < end; k++) if (this.arrive[k] > hour) count++;
    }
    return count;
  }
}

/** Lots waiting per place over time. */
class Queues {
  constructor() {
    this.steps = DATA.queue_steps;
    this.step = DATA.queue_step_h;
    this.values = unpacked(DATA.queues);
    this.most = DATA.stages.map((_, k) => this.row(k).reduce((a, b) => Math.max(a, b), 0));
    this.mean = DATA.stages.map((_, k) => this.row(k).reduce((a, b) => a + b, 0) / Math.max(1, this.steps));
    this.total = Array.from({ length: this.steps }, (_, j) => DATA.stages.reduce((sum, _, k) => sum + this.values[k * this.steps + j], 0));
  }

  row(k) {
    return this.values.subarray(k * this.steps, (k + 1) * this.steps);
  }

  at(k, hour) {
    if (!this.steps) return 0;
    return this.values[k * this.steps + Math.max(0, Math.min(this.steps - 1, Math.floor(hour / this.step)))];
  }
}

/** Figures by day: mean and most. */
function daily(values, step) {
  const days = [];
  values.forEach((value, j) => {
    const day = Math.floor((j * step) / 24), one = (days[day] ??= { sum: 0, count: 0, most: 0 });
    one.sum += value;
    one.count++;
    one.most = Math.max(one.most, value);
  });
  return Array.from(days, (one) => (one ? { mean: one.sum / one.count, most: one.most } : { mean: 0, most: 0 }));
}

/** Figures over the season as a filled curve, with a cursor at the hour shown. */
function area(values, label) {
  const most = values.reduce((a, b) => Math.max(a, b), 1), wide = Math.max(1, values.length);
  const steps = values.map((value, j) => `L${(j / wide) * 1000} ${60 - (value / most) * 56}L${((j + 1) / wide) * 1000} ${60 - (value / most) * 56}`).join("");
  return el("figure", { class: "area" }, el("figcaption", { class: "small muted" }, `${label}; at most ${number(most)}`),
    svg("svg", { viewBox: "0 0 1000 60", preserveAspectRatio: "none", role: "img", "aria-label": `${label}, at most ${number(most)}` },
      svg("path", { d: `M0 60${steps}L1000 60Z`, class: "filled" }), svg("path", { d: "M0 0V60", class: "cursor" })));
}
