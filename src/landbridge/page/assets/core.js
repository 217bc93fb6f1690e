"use strict";
/* What every page needs: the data, elements, numbers and dates in words, the theme. */

const DATA = JSON.parse(document.getElementById("data").textContent);
const SVG_NS = "http://www.w3.org/2000/svg";

/** Text from data without the signs that turn the direction of what follows. */
function plain(value) {
  return String(value ?? "").replace(/[\u202a-\u202e\u2066-\u2069]/g, "");
}

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "style") for (const [key, to] of Object.entries(value)) node.style.setProperty(key, to);
    else node.setAttribute(name, value === true ? "" : value);
  }
  for (const child of children.flat(3)) {
    if (child === null || child === undefined || child === false) continue;
    node.append(child.nodeType ? child : document.createTextNode(plain(child)));
  }
  return node;
}

/** An HTML element; texts become text nodes and never markup. */
function el(tag, attributes, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

function svg(tag, attributes, ...children) {
  return fill(document.createElementNS(SVG_NS, tag), attributes, children);
}

function clear(node) {
  while (node.firstChild) node.removeChild(node.firstChild);
  return node;
}

const capital = (value) => {
  const text = plain(value);
  return text.slice(0, 1).toUpperCase() + text.slice(1);
};

/* ---- numbers ---- */

const grouped = (digits) => new Intl.NumberFormat("en", { maximumFractionDigits: digits, minimumFractionDigits: digits });
const WHOLE = grouped(0), TENTH = grouped(1), HUNDREDTH = grouped(2);

const number = (value) => WHOLE.format(value);
const usd = (value) => (value < 0 ? "−" : "") + "$" + WHOLE.format(Math.abs(value));
const percent = (share) => {
  const value = share * 100;
  return (value > 0 && value < 1 ? "<1" : WHOLE.format(value)) + " %";
};
const days = (hours) => {
  const value = hours / 24;
  return value >= 10 ? WHOLE.format(value) : TENTH.format(value);
};
const spanDays = (a, b) => (days(a) === days(b) ? days(a) : days(a) + "–" + days(b));
const hoursText = (hours) =>
  hours >= 72 ? `${days(hours)} d` : hours >= 10 ? `${WHOLE.format(hours)} h` : hours >= 1 || hours === 0 ? `${TENTH.format(hours)} h` : `${WHOLE.format(hours * 60)} min`;
const spanHours = (a, b) => {
  const [low, high] = [hoursText(a), hoursText(b)], unit = high.slice(high.indexOf(" "));
  return low.endsWith(unit) ? `${low.slice(0, -unit.length)}–${high}` : `${low}–${high}`;
};
const km = (value) => (value > 0 && value < 10 ? TENTH.format(value) : WHOLE.format(value));
const mass = (kg) => (kg >= 1000 ? HUNDREDTH.format(kg / 1000).replace(/0$/, "") + " t" : WHOLE.format(kg) + " kg");

/* ---- dates: "2025-06-01T08:00+03:00" as written, local to its place ---- */

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

function moment(text) {
  const m = /^(\d+)-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::\d\d)?(Z|[+-]\d\d:\d\d)$/.exec(text);
  if (!m) return { date: plain(text), time: "", zone: "", at: NaN, day: plain(text) };
  const noon = new Date(Date.UTC(+m[1], +m[2] - 1, +m[3]));
  const zone = m[6] === "Z" ? "+00:00" : m[6];
  return {
    date: `${+m[3]} ${MONTHS[+m[2] - 1]} ${m[1]}`,
    day: `${WEEKDAYS[noon.getUTCDay()]} ${+m[3]} ${MONTHS[+m[2] - 1]}`,
    short: `${+m[3]} ${MONTHS[+m[2] - 1]}`,
    time: `${m[4]}:${m[5]}`,
    zone: "UTC" + zone.replace(/^([+-])0?(\d+):00$/, "$1$2").replace("-", "−"),
    at: Date.parse(text) / 3600000,
    offset: (zone[0] === "-" ? -1 : 1) * (+zone.slice(1, 3) + +zone.slice(4, 6) / 60),
  };
}
const localTime = (text) => {
  const one = moment(text);
  return one.time ? `${one.day} ${one.time}` : one.date;
};

/* ---- tables: every chart has one ---- */

/** A table; ``columns``: [title, kind], kind "n" for numbers; a cell may be a node. */
function table(caption, columns, rows, attributes) {
  return el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
    el("table", attributes,
      el("caption", null, caption),
      el("thead", null, el("tr", null, columns.map(([title, kind]) => el("th", { scope: "col", class: kind }, title)))),
      el("tbody", null, rows.map((cells) => el("tr", cells.attributes,
        cells.map((cell, k) => el(k ? "td" : "th", { class: columns[k][1], scope: k ? null : "row" }, cell)))))));
}

function asTable(title, ...content) {
  return el("details", { class: "astable" }, el("summary", null, title), ...content);
}

/** Horizontal bars with their figures beside them. ``rows``: {name, value, shown, colour, attributes}. */
function bars(rows, label) {
  const most = Math.max(...rows.map((row) => row.value), 1e-9);
  const at = (value) => `${Math.max(0, Math.min(100, (100 * value) / most))}%`;
  return el("ul", { class: "bars", "aria-label": label }, rows.map((row) => el("li", row.attributes,
    el("span", { class: "name" }, row.name), el("span", { class: "figure" }, row.shown),
    el("span", { class: "track", "aria-hidden": "true" },
      el("span", { class: `bar ${row.colour || ""}`, style: { width: at(row.value) } })))));
}

/* ---- theme ---- */

function themeButton() {
  const root = document.documentElement;
  const dark = () => root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  const button = el("button", { type: "button", class: "quiet", id: "theme" });
  const tell = () => {
    button.textContent = dark() ? "Light" : "Dark";
    button.setAttribute("aria-label", dark() ? "Use the light theme" : "Use the dark theme");
  };
  button.addEventListener("click", () => {
    root.dataset.theme = dark() ? "light" : "dark";
    tell();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", tell);
  tell();
  return button;
}

/** The command line, with a button that copies it. */
function commandBox(command) {
  const line = el("code", { id: "command" }, command);
  const said = el("span", { role: "status", class: "muted" });
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(command);
      said.textContent = "copied";
    } catch {
      const range = document.createRange();
      range.selectNodeContents(line);
      const selection = getSelection();
      selection.removeAllRanges();
      selection.addRange(range);
      said.textContent = "selected: press Ctrl+C";
    }
  };
  return el("div", { class: "command" }, el("pre", { tabindex: "0" }, line),
    el("button", { type: "button", onclick: copy }, "Copy"), said);
}

/** A link where the address is one of the web, else its text alone: addresses come from data. */
function safeLink(address, words) {
  if (!/^https?:\/\/[^\s"'<>]+$/i.test(address || "")) return el("bdi", null, words);
  return el("a", { href: address, rel: "noopener noreferrer", target: "_blank" }, el("bdi", null, words));
}

function download(name, kind, text) {
  const link = el("a", { href: URL.createObjectURL(new Blob([text], { type: kind })), download: name });
  document.body.append(link);
  link.click();
  link.remove();
}

/** Open what a link leads into: a closed list would hide its target. */
function openTarget() {
  const target = document.getElementById(location.hash.slice(1));
  const closed = target && target.closest("details:not([open])");
  if (!closed) return;
  closed.open = true;
  target.scrollIntoView({ block: "center" });
}
addEventListener("hashchange", openTarget);

function section(id, title, lead, ...content) {
  return el("section", { id, "aria-labelledby": `${id}-title` },
    el("h2", { id: `${id}-title` }, title), lead && el("p", { class: "lead" }, lead), ...content);
}
