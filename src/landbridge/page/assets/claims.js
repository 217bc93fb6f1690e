"use strict";
/* The page of claims: a verdict on each, our range beside what is claimed, what would have to be true. */

const ANSWER = DATA.answer;
const CLAIMS = ANSWER.claims;
const VERDICTS = {
  holds: ["✓", "holds", "The expected figure is as claimed."],
  "holds only if": ["◐", "onlyif", "Not at the expected figure, but with one input inside the range of its own row, or by the range of the answer."],
  "does not hold": ["✗", "fails", "Nor does any single input inside its own range make it hold."],
  "cannot be computed yet": ["?", "open", "Nothing here computes it, or no such way is offered."],
};
const title = (id) => DATA.titles[id] || id;
const unitWords = (unit) => {
  const [, of] = /^% of (.*)$/.exec(plain(unit)) || [];
  return of ? `% of ${title(of)}` : plain(unit);
};

class ClaimsPage {
  constructor() {
    this.cards = CLAIMS.map((one) => [one, this.card(one)]);
    this.list = el("ol", { class: "claims", "aria-label": "Claims" }, this.cards.map(([, node]) => node));
    this.shown = el("p", { role: "status", class: "muted small" });
    document.body.append(
      ...pageHead(["Claims, checked"], [`${CLAIMS.length} claims of the case ${ANSWER.network.name}`, plain(ANSWER.cargo), "on average over departures"], ANSWER.network,
        "Each claim is read as its line says; ranges are p10–p90: eight in ten draws lie inside.", "claims"),
      el("main", null,
        section("verdicts", "Verdicts", null, this.summary()),
        section("claims", "Claim by claim", "Line: our range and mean; green: where the claim would hold. Below it the one input that would have to move least; violet: the range of its own row.", this.filters(), this.shown, this.list),
        section("all", "All figures", null, asTable("Table of all claims", this.overview())),
        sourceSection(CLAIMS.map((one) => one.would_hold_if?.source || ""), "Of the inputs under which a claim would hold. Who made a claim stands beside it."),
        aboutSection([], ANSWER.network, "claims.json")));
    this.show("all");
  }

  count(verdict) {
    return CLAIMS.filter((one) => one.verdict === verdict).length;
  }

  summary() {
    const known = Object.entries(VERDICTS);
    return [
      el("div", { class: "verdictbar", "aria-hidden": "true" }, known.map(([verdict, [, look]]) =>
        this.count(verdict) > 0 && el("span", { class: `fill ${look}`, style: { "flex-grow": this.count(verdict) } }))),
      table("Claims by verdict", [["Verdict"], ["Claims", "n"], ["What it means"]], known.map(([verdict, [, , meaning]]) => [badge(verdict), number(this.count(verdict)), meaning])),
    ];
  }

  filters() {
    const entries = [["all", `All ${CLAIMS.length}`], ...Object.entries(VERDICTS).filter(([verdict]) => this.count(verdict)).map(([verdict, [sign]]) =>
      [verdict, el("span", { "aria-hidden": "true" }, `${sign} `), `${capital(verdict)} ${this.count(verdict)}`])];
    return choices("Show claims that", entries, "all", (key) => this.show(key));
  }

  show(verdict) {
    let count = 0;
    for (const [one, node] of this.cards) {
      node.hidden = verdict !== "all" && one.verdict !== verdict;
      count += !node.hidden;
    }
    this.shown.textContent = `${count} of ${CLAIMS.length} shown.`;
  }

  card(one) {
    const change = one.would_hold_if;
    return el("li", { class: `claim ${VERDICTS[one.verdict]?.[1] || "open"}`, id: `claim-${encodeURIComponent(one.id)}`, "data-claim": one.id },
      el("div", { class: "claimhead" }, badge(one.verdict), el("span", { class: "small muted" }, el("bdi", null, one.id))),
      el("h3", null, el("bdi", null, `“${plain(one.claim)}”`)),
      one.reading && el("p", { class: "small" }, "Read as: ", el("bdi", null, one.reading), "."),
      one.ours && one.claimed && range(one),
      one.ours && el("p", { class: "ours" }, el("b", null, `${figure(one.ours.mean)} ${unitWords(one.ours.unit)}`),
        one.ours.p10 === one.ours.p90 ? "" : ` (${figure(one.ours.p10)} to ${figure(one.ours.p90)})`, one.option && [" by ", el("bdi", null, title(one.option))],
        one.probability === null ? "." : `; it holds in ${percent(one.probability)} of the draws.`),
      change && lever(change),
      one.reason && el("p", { class: "small" }, el("bdi", null, `${capital(one.reason)}.`)),
      el("p", { class: "small muted" }, "Said by ", safeLink(one.url, one.source), one.year ? `, ${one.year}` : ""));
  }

  overview() {
    const range = (one, key) => (one.ours ? figure(one.ours[key]) : "");
    return table("All claims", [["Claim"], ["What is said"], ["Verdict"], ["Claimed"], ["Ours", "n"], ["p10", "n"], ["p90", "n"], ["Unit"], ["Holds in", "n"], ["Would hold with"], ["at", "n"], ["instead of", "n"], ["its row has", "n"], ["Unit"], ["Sources"]],
      CLAIMS.map((one) => {
        const change = one.would_hold_if;
        return [one.id, one.claim, one.verdict, one.claimed ? `${one.claimed.bound} ${figure(one.claimed.value)}` : "", range(one, "mean"), range(one, "p10"), range(one, "p90"), one.ours ? unitWords(one.ours.unit) : "",
          one.probability === null ? "" : percent(one.probability), change ? change.parameter : "", change ? figure(change.value) : "", change ? figure(change.is) : "", change ? `${figure(change.range.low)}–${figure(change.range.high)}` : "", change ? change.unit : "", change ? cites(change.source) : ""];
      }));
  }
}

function badge(verdict) {
  const [sign, look] = VERDICTS[verdict] || ["?", "open"];
  return el("span", { class: `verdict ${look}` }, el("span", { "aria-hidden": "true" }, sign), ` ${capital(verdict)}`);
}

/** Our range and mean on a line, and the side of it on which the claim would hold. */
function range(one) {
  const { ours, claimed } = one, about = claimed.bound === "about" ? 0.05 * claimed.value : 0;
  const at = scaleOf([ours.p10, ours.p90, ours.mean, claimed.value + about]), goal = at(claimed.value);
  const zone = { "at most": [0, goal], "at least": [goal, 100], about: [at(claimed.value - about), at(claimed.value + about)] }[claimed.bound] || [goal, goal];
  return el("div", { class: "linechart", role: "img", "aria-label": `Claimed ${claimed.bound} ${figure(claimed.value)}, ours ${figure(ours.mean)} (${figure(ours.p10)} to ${figure(ours.p90)}) ${unitWords(ours.unit)}` },
    pin(goal, "above", "goal", `claimed: ${claimed.bound} ${figure(claimed.value)}`),
    el("span", { class: "rail-line" },
      el("span", { class: "zone", style: { left: `${zone[0]}%`, width: `${zone[1] - zone[0]}%` } }),
      at(0) > 0 && el("span", { class: "zeromark", style: { left: `${at(0)}%` } }),
      el("span", { class: "goalmark", style: { left: `${goal}%` } }),
      el("span", { class: "spreadline", style: { left: `${at(ours.p10)}%`, width: `${at(ours.p90) - at(ours.p10)}%` } }),
      el("span", { class: "dot", style: { left: `${at(ours.mean)}%` } })),
    pin(at(ours.mean), "below", "", `ours: ${figure(ours.mean)}`));
}

/** The input that would have to move: its own range, where it is, where it would have to be. */
function lever(change) {
  const at = scaleOf([change.range.low, change.range.high, change.is, change.value]);
  const [now, then] = [at(change.is), at(change.value)];
  const moved = change.is ? ` (${change.value >= change.is ? "+" : "−"}${percent(Math.abs(change.value / change.is - 1))})` : "";
  return el("div", { class: "lever" },
    el("p", { class: "small" }, "It would hold with the ", el("b", null, el("bdi", null, change.parameter)), ` at ${figure(change.value)} instead of ${change.estimated ? "~" : ""}${figure(change.is)} `, el("bdi", null, change.unit), `${moved}, ${change.within_range ? "inside" : "outside"} the ${figure(change.range.low)}–${figure(change.range.high)} of its own row.`),
    el("div", { class: "linechart", role: "img", "aria-label": `Now ${figure(change.is)}, needed ${figure(change.value)}, its row has ${figure(change.range.low)} to ${figure(change.range.high)}` },
      pin(then, "above", "goal", `needed: ${figure(change.value)}`),
      el("span", { class: "rail-line" },
        el("span", { class: "zone own", style: { left: `${at(change.range.low)}%`, width: `${at(change.range.high) - at(change.range.low)}%` } }),
        el("span", { class: "arrowline", style: { left: `${Math.min(now, then)}%`, width: `${Math.abs(then - now)}%` } }),
        el("span", { class: "dot hollow", style: { left: `${now}%` } }),
        el("span", { class: "goalmark", style: { left: `${then}%` } })),
      pin(now, "below", "", `now: ${figure(change.is)}`)));
}

new ClaimsPage();
