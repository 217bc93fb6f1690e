"use strict";
/* Scales and axes of charts, and options that were put into the pool of a page. */

function ticksOf(low, high, most) {
  const rough = (high - low) / most || 1, power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((k) => k * power).find((k) => k >= rough);
  const found = [];
  for (let v = Math.ceil(low / step) * step; v <= high + step * 1e-6; v += step) found.push(+v.toPrecision(12));
  return found;
}

/** A figure with as many digits as tell it. */
function figure(value) {
  const size = Math.abs(value);
  if (value === null || value === undefined) return "";
  const text = size >= 100 ? WHOLE.format(value) : size >= 10 ? String(+value.toFixed(1)) : String(+value.toPrecision(3));
  return text.replace("-", "−");
}

/** From 0, or the least value, to a little more than the greatest, as percent of the width. */
function scaleOf(values) {
  const least = Math.min(...values), most = Math.max(...values, least + 1e-9), low = least < 0 ? least - (most - least) * 0.06 : 0;
  const end = most + (most - low) * 0.06;
  return (value) => Math.max(0, Math.min(100, (100 * (value - low)) / (end - low)));
}

/** A word at a place of a line; it stays inside at both ends. */
function pin(at, side, kind, words) {
  const anchor = at < 18 ? "first" : at > 82 ? "last" : "middle";
  return el("span", { class: `pin ${side} ${anchor} ${kind}`, style: { left: `${at}%` } }, words);
}

/** A chart of ``width`` with axes: {X, Y} from values to places, and the nodes of the grid. */
function plot(size, x, y, names) {
  const pad = { left: 64, right: 18, top: 22, bottom: 44 }, [width, height] = size;
  const X = (v) => pad.left + ((v - x[0]) / (x[1] - x[0])) * (width - pad.left - pad.right);
  const Y = (v) => height - pad.bottom - ((v - y[0]) / (y[1] - y[0])) * (height - pad.top - pad.bottom);
  const grid = [
    ...ticksOf(x[0], x[1], Math.max(3, width / 110)).map((v) => svg("g", { class: "grid" }, svg("path", { d: `M${X(v)} ${pad.top}V${height - pad.bottom}` }), svg("text", { x: X(v), y: height - pad.bottom + 16, "text-anchor": "middle" }, figure(v)))),
    ...ticksOf(y[0], y[1], 5).map((v) => svg("g", { class: "grid" }, svg("path", { d: `M${pad.left} ${Y(v)}H${width - pad.right}` }), svg("text", { x: pad.left - 7, y: Y(v) + 4, "text-anchor": "end" }, figure(v)))),
  ];
  const words = [
    svg("text", { class: "axisname", x: width - pad.right, y: height - 6, "text-anchor": "end" }, `${names[0]} →`),
    svg("text", { class: "axisname", x: 4, y: 12 }, `↑ ${names[1]}`),
  ];
  return { X, Y, grid, words, left: pad.left, right: width - pad.right, top: pad.top, bottom: height - pad.bottom };
}

/** An option of the pool under a name of its own. */
function pooled(number, id) {
  const option = DATA.options[number];
  return { ...option, id: id || option.id, number };
}

/** The shapes of pooled options by id, as the map takes them. */
function pooledShapes(options) {
  return Object.fromEntries(options.map((one) => [one.id, one.shapes.map((shape) => ({ ...shape, line: DATA.lines[shape.line] }))]));
}
