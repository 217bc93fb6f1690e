"use strict";
/* What stands around every answer: the head, the sources, how it was made; and a row of buttons. */

/** The head of a page. ``title``: nodes of the heading; ``facts``: short texts; ``notes``: after the base case. */
function pageHead(title, facts, network, notes, target) {
  const laid = (network.scenarios || []).map((one) => (one.holds ? one.name : `${one.name} (not on that day)`));
  return [
    el("a", { class: "skip", href: `#${target}` }, "To the answer"),
    el("header", null,
      el("div", { class: "bar" }, el("span", { class: "brand" }, "landbridge"), themeButton()),
      el("h1", null, title),
      el("p", { class: "facts" }, facts.filter(Boolean).map(plain).join(" · ")),
      el("p", { class: "base" }, el("strong", null, "Base case: "), network.base_case,
        laid.length ? [". ", el("strong", null, `Scenario: ${plain(laid.join(", "))}`)] : null, ". ", notes)),
  ];
}

/** From and to, as a heading. */
function wayTitle(from, to) {
  return [el("bdi", null, from.name), el("span", { class: "arrow", "aria-label": "to" }, "→"), el("bdi", null, to.name)];
}

/** What was asked, in short texts. */
function shipmentFacts(one) {
  const boxes = one.containers.map((box) => `${box.count} × ${box.feet} ft`).join(", ") || `${one.cargo} cargo`;
  return [`${boxes}, ${number(one.tonnes)} t`, one.value_usd && usd(one.value_usd), one.hs && `HS ${one.hs}`,
    one.incoterm, one.dangerous && `dangerous goods ${one.dangerous}`,
    one.ready ? `ready ${moment(`${one.ready}T00:00Z`).date}` : `no date given: average over departures; open as on ${one.date}`];
}

/** The list of sources; ``ids`` may hold several in one text, with semicolons between. */
function sourceSection(ids, lead) {
  const own = [...new Set(ids.flatMap((id) => plain(id).split(";").map((part) => part.trim())).filter(Boolean))].sort();
  if (!own.length) return null;
  return section("sources", "Sources", lead || "What the figures rest on; each row of the data names one. “estimate” is a judgement whose reasoning stands in the row's note.",
    el("details", { class: "astable", open: own.length <= 12 }, el("summary", null, `${own.length} source${own.length > 1 ? "s" : ""}`), el("ul", { class: "sources" }, own.map((id) => {
      const source = DATA.sources[id] || { title: "" };
      return el("li", { id: `source-${encodeURIComponent(id)}` }, el("code", null, id), " ", safeLink(source.url, source.title || id), el("span", { class: "muted small" }, [source.year && source.year !== "0" ? ` ${source.year}` : "", source.licence ? `, ${source.licence}` : ""].join("")));
    }))));
}

/** Links to the sources of a figure. */
function cites(text) {
  return plain(text).split(";").map((part) => part.trim()).filter(Boolean)
    .map((id, k) => [k ? ", " : "", el("a", { href: `#source-${encodeURIComponent(id)}` }, id)]);
}

/** How the page was made: notes, the command, the answer as JSON, versions. */
function aboutSection(notes, network, file) {
  return section("about", "How this was made", null,
    notes.length ? el("ul", { class: "small" }, notes.map((text) => el("li", null, text))) : null,
    commandBox(DATA.command),
    el("p", { class: "small" },
      el("button", { type: "button", onclick: () => download(file, "application/json", JSON.stringify(DATA.answer, null, 1)) }, "Answer as JSON"), " ",
      el("button", { type: "button", onclick: () => window.print() }, "Print")),
    el("p", { class: "small muted" }, `landbridge ${DATA.version}; case ${plain(network.name)} ${plain(network.version)}, data ${plain(network.hash).slice(0, 16)}. Railways and roads © OpenStreetMap contributors (ODbL), sea lanes Eurostat SeaRoute, places GeoNames and World Port Index, outlines Natural Earth. Made offline: this page asks nothing of the net.`));
}

/** Buttons of which one is pressed. ``entries``: [key, ...content]; ``act``: called with the key. */
function choices(label, entries, chosen, act, kind) {
  const buttons = entries.map(([key, ...content]) => el("button", {
    type: "button", "data-choice": key, "aria-pressed": String(key === chosen),
    onclick: () => {
      for (const one of buttons) one.setAttribute("aria-pressed", String(one.dataset.choice === key));
      act(key);
    },
  }, content));
  return el("div", { class: kind || "choices", role: "group", "aria-label": label }, buttons);
}
