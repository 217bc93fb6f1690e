"use strict";
/* The player of a season: vehicles over the map on a canvas, queues as rings, a line to scrub. */

const RATES = [0.5, 1, 2, 4, 8, 16, 32, 64];
const HOURS_A_SECOND = 12; // of the season at speed 1

class Player {
  constructor() {
    this.lanes = DATA.lanes.map(sampled);
    this.moves = new Moves(DATA.moves, this.lanes, DATA.hours);
    this.queues = new Queues();
    this.worst = Math.max(1, ...this.queues.most);
    this.land = landShapes().map((shape) => new Path2D(shape.getAttribute("d")));
    this.hour = 0;
    this.rate = 1;
    this.playing = false;
    this.chosen = this.queues.most.indexOf(Math.max(...this.queues.most));
    this.canvas = el("canvas", { class: "map", role: "img" });
    this.tip = el("div", { class: "tip", hidden: true });
    this.box = el("div", { class: "mapbox", tabindex: "0", role: "group",
      "aria-label": "Map. Arrow keys move it, plus and minus zoom, 0 fits all, space plays." },
      this.canvas, this.buttons(), this.legend(), this.tip);
    this.base = document.createElement("canvas");
    this.pen = this.canvas.getContext("2d");
    this.view = { x: 50, y: -35, scale: 8 };
    this.listen();
  }

  buttons() {
    const button = (text, label, act) => el("button", { type: "button", "aria-label": label, title: label, onclick: act }, text);
    return el("div", { class: "zoom" }, button("+", "Zoom in", () => this.zoom(1.6)),
      button("−", "Zoom out", () => this.zoom(1 / 1.6)), button("⤢", "Fit all", () => this.fit()));
  }

  legend() {
    const modes = new Set(this.moves.modes.map((own) => own.mode));
    return el("div", { class: "legend" },
      Object.keys(MODE_WORDS).filter((mode) => modes.has(mode)).map((mode) => el("span", null,
        svg("svg", { width: 12, height: 12, "aria-hidden": "true" }, svg("rect", { x: 2, y: 2, width: 8, height: 8, class: `dot ${mode}` })), MODE_WORDS[mode])),
      el("span", null, svg("svg", { width: 16, height: 16, "aria-hidden": "true" }, svg("circle", { cx: 8, cy: 8, r: 6, class: "ring" })), `waiting; the widest ring ${lotsText(this.worst)}`));
  }

  /* ---- the view ---- */

  size() {
    return [this.box.clientWidth || 600, this.box.clientHeight || 400];
  }

  fit() {
    const xs = [], ys = [];
    for (const lane of this.lanes) for (let k = 0; k <= SAMPLES; k += 8) xs.push(lane.xs[k]), ys.push(lane.ys[k]);
    for (const one of DATA.stages) xs.push(one.lon), ys.push(millerY(one.lat));
    if (!xs.length) return;
    const low = (all) => all.reduce((a, b) => Math.min(a, b)), high = (all) => all.reduce((a, b) => Math.max(a, b));
    const [west, east, north, south] = [low(xs), high(xs), low(ys), high(ys)], [width, height] = this.size();
    this.view = { x: (west + east) / 2, y: (north + south) / 2,
      scale: Math.min(120, (width - 70) / Math.max(1, east - west), (height - 90) / Math.max(1, south - north)) };
    this.lay();
  }

  move(dx, dy) {
    this.view.x += dx / this.view.scale;
    this.view.y = Math.max(millerY(84), Math.min(millerY(-60), this.view.y + dy / this.view.scale));
    this.lay();
  }

  zoom(factor, around) {
    const [width, height] = this.size(), { view } = this, [px, py] = around || [width / 2, height / 2];
    const scale = Math.max(width / 360, Math.min(400, view.scale * factor));
    view.x += (px - width / 2) * (1 / view.scale - 1 / scale);
    view.y += (py - height / 2) * (1 / view.scale - 1 / scale);
    view.scale = scale;
    this.lay();
  }

  /** Longitude in the turn that lies nearest to the middle of the view. */
  near(x) {
    return x - 360 * Math.round((x - this.view.x) / 360);
  }

  /** Land and lanes once per view, on a canvas of their own. */
  lay() {
    const [width, height] = this.size(), ratio = window.devicePixelRatio || 1, { view } = this;
    if (view.x > 180 || view.x < -180) view.x -= 360 * Math.round(view.x / 360);
    for (const one of [this.canvas, this.base]) {
      if (one.width !== Math.round(width * ratio) || one.height !== Math.round(height * ratio)) {
        one.width = Math.round(width * ratio);
        one.height = Math.round(height * ratio);
      }
    }
    const pen = this.base.getContext("2d");
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.fillStyle = this.colour("water");
    pen.fillRect(0, 0, this.base.width, this.base.height);
    const scale = view.scale * ratio;
    for (const turn of TURNS) {
      pen.setTransform(scale, 0, 0, scale, this.base.width / 2 + (turn - view.x) * scale, this.base.height / 2 - view.y * scale);
      pen.lineWidth = 0.6 / view.scale;
      pen.fillStyle = this.colour("land");
      pen.strokeStyle = this.colour("coast");
      for (const shape of this.land) {
        pen.fill(shape);
        pen.stroke(shape);
      }
      pen.lineWidth = 1.2 / view.scale;
      pen.globalAlpha = 0.45;
      for (const lane of this.lanes) {
        pen.strokeStyle = this.colour(lane.mode);
        pen.stroke(lane.path);
      }
      pen.globalAlpha = 1;
    }
    this.draw();
  }

  colour(name) {
    if (!this.colours) this.colours = {};
    const word = name === "inland_waterway" ? "river" : name;
    this.colours[word] ??= getComputedStyle(document.documentElement).getPropertyValue(`--${word}`).trim();
    return this.colours[word];
  }

  /* ---- a picture of one moment ---- */

  draw() {
    const { pen, view } = this, ratio = window.devicePixelRatio || 1, [width, height] = this.size();
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.drawImage(this.base, 0, 0);
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    const moving = this.drawMoves(pen, view, width, height);
    const waiting = this.drawQueues(pen, view, width, height);
    this.canvas.dataset.moving = moving;
    this.canvas.dataset.hour = this.hour.toFixed(2);
    this.tell(moving, waiting);
  }

  drawMoves(pen, view, width, height) {
    const { moves, lanes, hour } = this;
    let count = 0;
    for (const own of moves.modes) {
      pen.fillStyle = this.colour(own.mode);
      const end = moves.after(hour, own.first, own.last);
      for (let k = moves.after(hour - own.longest - 1, own.first, own.last); k < end; k++) {
        if (moves.arrive[k] <= hour) continue;
        count++;
        const lane = lanes[moves.lane[k]];
        const part = ((hour - moves.depart[k]) / (moves.arrive[k] - moves.depart[k])) * SAMPLES;
        const s = Math.min(SAMPLES - 1, part | 0), share = part - s;
        const x = (this.near(lane.xs[s] + share * (lane.xs[s + 1] - lane.xs[s])) - view.x) * view.scale + width / 2;
        const y = (lane.ys[s] + share * (lane.ys[s + 1] - lane.ys[s]) - view.y) * view.scale + height / 2;
        const size = Math.min(9, 2.6 + 0.45 * Math.sqrt(moves.lots[k]));
        pen.fillRect(x - size / 2, y - size / 2, size, size);
      }
    }
    return count;
  }

  radius(count) {
    return count ? 3 + 27 * Math.sqrt(count / this.worst) : 0;
  }

  drawQueues(pen, view, width, height) {
    const spots = DATA.stages.map((one, k) => ({ k, name: one.name, count: this.queues.at(k, this.hour),
      x: (this.near(one.lon) - view.x) * view.scale + width / 2, y: (millerY(one.lat) - view.y) * view.scale + height / 2 }));
    this.spots = spots;
    pen.lineWidth = 2;
    pen.strokeStyle = this.colour("border");
    pen.fillStyle = this.colour("border");
    for (const spot of spots) {
      if (!spot.count) continue;
      pen.beginPath();
      pen.arc(spot.x, spot.y, this.radius(spot.count), 0, 2 * Math.PI);
      pen.globalAlpha = 0.16;
      pen.fill();
      pen.globalAlpha = 1;
      pen.stroke();
    }
    const own = spots[this.chosen];
    if (own) {
      pen.strokeStyle = this.colour("accent");
      pen.lineWidth = 3;
      pen.beginPath();
      pen.arc(own.x, own.y, Math.max(6, this.radius(own.count) + 4), 0, 2 * Math.PI);
      pen.stroke();
    }
    this.drawNames(pen, spots, own);
    return spots.reduce((sum, spot) => sum + spot.count, 0);
  }

  /** Names of the chosen place and of the longest queues, where there is room. */
  drawNames(pen, spots, own) {
    const first = spots.filter((spot) => spot.count && spot !== own).sort((a, b) => b.count - a.count).slice(0, 7), taken = [];
    pen.font = "600 12px system-ui, sans-serif";
    pen.lineJoin = "round";
    for (const spot of own ? [own, ...first] : first) {
      const words = `${plain(spot.name)} ${number(spot.count)}`, wide = pen.measureText(words).width;
      const gap = this.radius(spot.count) + 6, right = spot.x + gap + wide < this.size()[0] - 4;
      const x = right ? spot.x + gap : spot.x - gap - wide, y = spot.y + 4, box = [x - 2, y - 12, x + wide + 2, y + 3];
      if (taken.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])) continue;
      taken.push(box);
      pen.strokeStyle = this.colour("land");
      pen.lineWidth = 3.4;
      pen.strokeText(words, x, y);
      pen.fillStyle = this.colour("ink");
      pen.fillText(words, x, y);
    }
  }

  /** The figures of the moment beside the picture; what is read aloud changes when it stands still. */
  tell(moving, waiting) {
    const { each } = this.moves;
    this.clock.textContent = dateText(this.hour);
    this.count.textContent = `${number(moving * each)} under way, ${lotsText(waiting)} waiting`;
    this.slider.value = this.hour;
    this.slider.setAttribute("aria-valuetext", `day ${Math.floor(this.hour / 24) + 1}, ${dateText(this.hour)}`);
    this.canvas.setAttribute("aria-label", `Map at ${dateText(this.hour)}: ${this.count.textContent}`);
    for (const cursor of document.querySelectorAll(".season .cursor")) cursor.setAttribute("transform", `translate(${(this.hour / DATA.hours) * 1000} 0)`);
    this.now.textContent = this.chosen < 0 ? "" : `${lotsText(this.queues.at(this.chosen, this.hour))} waiting now`;
  }

  /* ---- time ---- */

  seek(hour) {
    this.hour = Math.max(0, Math.min(DATA.hours, hour));
    this.draw();
  }

  play(on) {
    if (on === this.playing) return;
    if (on && this.hour >= DATA.hours) this.hour = 0;
    this.playing = on;
    this.button.textContent = on ? "Pause" : "Play";
    this.last = null;
    if (on) requestAnimationFrame((now) => this.tick(now));
    else this.draw();
  }

  tick(now) {
    if (!this.playing) return;
    const gone = this.last === null ? 0 : Math.min(0.1, (now - this.last) / 1000);
    this.last = now;
    this.hour = Math.min(DATA.hours, this.hour + gone * this.rate * HOURS_A_SECOND);
    this.draw();
    if (this.hour >= DATA.hours) this.play(false);
    else requestAnimationFrame((next) => this.tick(next));
  }

  faster(by) {
    this.rate = RATES[Math.max(0, Math.min(RATES.length - 1, RATES.indexOf(this.rate) + by))];
    this.pace.value = this.rate;
  }

  /** Play, speed, the line of time with all that waits above it. */
  transport() {
    this.button = el("button", { type: "button", id: "play", onclick: () => this.play(!this.playing) }, "Play");
    this.pace = el("select", { id: "pace", onchange: () => { this.rate = +this.pace.value; } },
      RATES.map((rate) => el("option", { value: rate, selected: rate === 1 }, `${rate}×`)));
    this.slider = el("input", { type: "range", id: "hour", min: 0, max: DATA.hours, step: 1, value: 0, "aria-label": "Time", oninput: () => this.seek(+this.slider.value) });
    this.clock = el("strong", { id: "clock" });
    this.count = el("span", { id: "count", class: "muted" });
    return el("div", { class: "season" },
      el("div", { class: "transport" }, this.button,
        el("label", null, "Speed ", this.pace), this.clock, this.count),
      area(this.queues.total, "All lots that wait, over the season"), this.slider);
  }

  /* ---- the chosen place ---- */

  side() {
    const order = DATA.stages.map((one, k) => k).sort((a, b) => this.queues.most[b] - this.queues.most[a]);
    this.place = el("select", { id: "stage", onchange: () => this.choose(+this.place.value) },
      order.map((k) => el("option", { value: k, selected: k === this.chosen }, [DATA.stages[k].name, DATA.stages[k].country].filter(Boolean).map(plain).join(", "))));
    this.now = el("b", { id: "now" });
    this.about = el("div", { class: "season" });
    return section("place", "One place", "Choose it here or click its ring on the map.",
      el("label", null, "Place ", this.place), el("p", null, this.now), this.about);
  }

  choose(k) {
    if (!DATA.stages[k]) return;
    this.chosen = k;
    this.place.value = k;
    const row = Array.from(this.queues.row(k)), days = daily(row, this.queues.step);
    clear(this.about).append(area(row, `Lots waiting at ${plain(DATA.stages[k].name)}`),
      asTable("As a table", table(`Lots waiting at ${plain(DATA.stages[k].name)}, by day`, [["Day", ""], ["Mean", "n"], ["Most", "n"]],
        days.map((one, day) => [dateText(24 * day).split(",")[0], TENTH.format(one.mean), number(one.most)]))));
    this.draw();
  }

  /* ---- mouse, touch, keys ---- */

  spotAt(x, y) {
    const gap = (spot) => Math.hypot(spot.x - x, spot.y - y) - this.radius(spot.count);
    const near = [...(this.spots || [])].sort((a, b) => gap(a) - gap(b))[0];
    return near && gap(near) < 10 ? near : null;
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
    addEventListener("keydown", (event) => {
      if (/^(INPUT|SELECT|BUTTON|A|SUMMARY)$/.test(event.target.tagName) || event.ctrlKey || event.metaKey || event.altKey) return;
      const acts = { " ": () => this.play(!this.playing), "[": () => this.faster(-1), "]": () => this.faster(1),
        ",": () => this.seek(this.hour - 24), ".": () => this.seek(this.hour + 24) };
      if (!acts[event.key]) return;
      acts[event.key]();
      event.preventDefault();
    });
    const at = (event) => {
      const frame = this.canvas.getBoundingClientRect();
      return [event.clientX - frame.left, event.clientY - frame.top];
    };
    this.box.addEventListener("wheel", (event) => {
      // a page that scrolls must not be caught by the map: zoom with Ctrl, or once it has the focus
      if (!event.ctrlKey && document.activeElement !== this.box) return;
      event.preventDefault();
      this.zoom(Math.exp(-event.deltaY / 300), at(event));
    }, { passive: false });
    let from = null, dragged = false;
    this.canvas.addEventListener("pointerdown", (event) => {
      from = at(event);
      dragged = false;
    });
    this.canvas.addEventListener("pointermove", (event) => {
      const [x, y] = at(event);
      if (from) {
        if (Math.hypot(x - from[0], y - from[1]) > 3) dragged = true;
        if (dragged) {
          this.move(from[0] - x, from[1] - y);
          from = [x, y];
        }
      } else this.glance(x, y);
    });
    for (const name of ["pointerup", "pointercancel", "pointerleave"]) this.canvas.addEventListener(name, (event) => {
      const spot = name === "pointerup" && from && !dragged && this.spotAt(...at(event));
      from = null;
      if (spot) this.choose(spot.k);
      if (name === "pointerleave") this.tip.hidden = true;
    });
    new ResizeObserver(() => this.fit()).observe(this.box);
    const repaint = () => {
      this.colours = null;
      this.lay();
    };
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
    new MutationObserver(repaint).observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  }

  glance(x, y) {
    const spot = this.spotAt(x, y);
    this.tip.hidden = !spot;
    this.canvas.style.setProperty("cursor", spot ? "pointer" : "grab");
    if (!spot) return;
    clear(this.tip).append(el("div", null, el("strong", null, DATA.stages[spot.k].name)), el("div", null, `${lotsText(spot.count)} waiting, at most ${number(this.queues.most[spot.k])}`));
    const [width] = this.size();
    this.tip.style.setProperty("top", `${y + 14}px`);
    this.tip.style.setProperty("left", `${Math.max(8, Math.min(x + 14, width - this.tip.offsetWidth - 8))}px`);
  }
}

/** Where lots waited, worst first. */
function waitsTable(player) {
  const { queues } = player, peak = (k) => queues.row(k).indexOf(queues.most[k]) * queues.step;
  const rows = DATA.stages.map((one, k) => k).sort((a, b) => queues.most[b] - queues.most[a]);
  return table("Lots waiting by place", [["Place", ""], ["Country", ""], ["Kind", ""], ["Mean", "n"], ["Most", "n"], ["Worst on", ""]],
    rows.map((k) => [el("button", { type: "button", class: "link", "data-stage": k, onclick: () => { player.choose(k); player.seek(peak(k)); } }, DATA.stages[k].name),
      DATA.stages[k].country, DATA.stages[k].kind, TENTH.format(queues.mean[k]), number(queues.most[k]), queues.most[k] ? dateText(peak(k)).split(",")[0] : "never"]));
}

const PLAYER = new Player();

(function show() {
  const { each } = PLAYER.moves;
  const notes = [...DATA.notes, ...(each > 1 ? [`There are more moves than a page can hold: one dot stands for ${each}, and every ${each}th is drawn.`] : [])];
  const transport = PLAYER.transport(), side = PLAYER.side();
  document.body.append(
    el("a", { class: "skip", href: "#season" }, "To the season"),
    el("header", null, el("div", { class: "bar" }, el("span", { class: "brand" }, "landbridge"), themeButton()),
      el("h1", null, DATA.title), el("p", { class: "facts" }, DATA.facts.map(plain).join(" · "))),
    el("main", null,
      el("section", { id: "season", class: "player", "aria-label": "The season" }, PLAYER.box, transport,
        el("p", { class: "small muted" }, "Space plays and pauses, [ and ] change the speed, comma and full stop go a day back and on.")),
      el("div", { class: "panels two" }, side,
        section("waits", "Where lots waited", "Over the whole season; a name goes to its worst hour.", waitsTable(PLAYER))),
      section("about", "How this was made", null,
        notes.length ? el("ul", { class: "small" }, notes.map((text) => el("li", null, text))) : null, commandBox(DATA.command),
        el("p", { class: "small muted" }, `landbridge ${DATA.version}. Outlines Natural Earth. Made offline: this page asks nothing of the net.`))));
  PLAYER.fit();
  PLAYER.choose(PLAYER.chosen);
})();
