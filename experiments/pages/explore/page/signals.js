// What was sent (filled dot) and what was perceived (open triangle), one row a part of the signal.

const ROWS_SHOWN = [
  { key: "warmth", title: "warmth", low: -1, high: 1, ends: ["cold", "warm"] },
  { key: "contact", title: "touch", low: 0, high: 1, ends: ["none", "full"] },
  { key: "reassurance", title: "kind words", low: 0, high: 1, ends: ["none", "full"] },
  { key: "demand", title: "demand", low: 0, high: 1, ends: ["none", "full"] },
  { key: "latency", title: "reply time", low: 0, high: 5, ends: ["0", "5\u00d7"] },
];
const X0 = 110,
  X1 = 284,
  ROW_HEIGHT = 23;

class Signals {
  constructor(from, place) {
    this.from = from;
    this.to = other(from);
    this.ink = from.toLowerCase();
    const tag = (who) => make("span", { class: `tag ${who.toLowerCase()}` }, who);
    this.state = make("span", { class: "small" });
    this.svg = drawn("svg", {
      class: "signal",
      viewBox: `0 0 330 ${ROW_HEIGHT * ROWS_SHOWN.length + 4}`,
      role: "img",
    });
    this.marks = ROWS_SHOWN.map((spec, k) => this.row(spec, k * ROW_HEIGHT + 12));
    place.append(
      make("h3", {}, tag(from), "sends,", tag(this.to), "perceives", this.state),
      this.svg,
    );
  }

  row(spec, y) {
    const ink = `var(--${this.ink})`;
    const zero = X0 + (X1 - X0) * (-spec.low / (spec.high - spec.low));
    const gap = drawn("line", { class: "gap", y1: y, y2: y, stroke: ink });
    const sent = drawn("circle", { cy: y, r: 5.5, fill: ink });
    const heard = drawn("path", { fill: "none", stroke: "var(--ink)", "stroke-width": 2 });
    const small = { "font-size": 10.5, style: "fill:var(--soft)", y: y + 4 };
    this.svg.append(
      drawn("text", { x: 0, y: y + 4, "font-size": 13 }, spec.title),
      drawn("line", { class: "axis", x1: X0, x2: X1, y1: y, y2: y }),
      drawn("line", { class: "axis", x1: zero, x2: zero, y1: y - 5, y2: y + 5 }),
      drawn("text", { ...small, x: X0 - 9, "text-anchor": "end" }, spec.ends[0]),
      drawn("text", { ...small, x: X1 + 12 }, spec.ends[1]),
      gap,
      sent,
      heard,
    );
    return { spec, y, gap, sent, heard };
  }

  // While apart the marks of the last meeting stay, pale.
  show(life, row) {
    const met = row !== undefined && ROWS[row][1] > 0.5;
    const words = met ? this.scripted(row) : this.apart(life);
    this.svg.classList.toggle("apart", !met);
    this.svg.classList.toggle("never", !life.met);
    this.state.textContent = words;
    const marks = life.met ? this.marks.map((mark) => this.place(mark, life.met)) : [];
    this.svg.setAttribute(
      "aria-label",
      `${this.from} to ${this.to}: ${[words, ...marks].join("; ")}`,
    );
  }

  apart(life) {
    return life.met ? "apart; pale: last meeting" : "they have not met yet";
  }

  scripted(row) {
    const place = PLACE[`event_${this.to.toLowerCase()}.help_share`] - ROW;
    return ROWS[row][place] > 0.5
      ? "perceived: set by the event"
      : "● sent   △ perceived";
  }

  place({ spec, y, gap, sent, heard }, met) {
    const given = met[FOUND[`sent_${this.ink}.${spec.key}`]];
    const taken = met[FOUND[`heard_${this.to.toLowerCase()}.${spec.key}`]];
    const [x1, x2] = [given, taken].map((value) => this.x(value, spec));
    sent.setAttribute("cx", x1);
    gap.setAttribute("x1", x1);
    gap.setAttribute("x2", x2);
    heard.setAttribute("d", `M${x2} ${y - 7}l7 12h-14z`);
    return `${spec.title} sent ${twoDigits(given)}, perceived ${twoDigits(taken)}`;
  }

  x(value, { low, high }) {
    const share = (value - low) / (high - low);
    return X0 + (X1 - X0) * Math.min(Math.max(share, -0.01), 1.04);
  }
}

// How close the two are: two rings that draw near and overlap.
class Between {
  constructor(place) {
    this.output = make("output");
    const ring = (who) =>
      drawn("circle", {
        cy: 20,
        r: 17,
        fill: `var(--${who})`,
        "fill-opacity": 0.25,
        stroke: `var(--${who})`,
        "stroke-width": 2.5,
        "stroke-dasharray": who === "b" ? "7 4" : "none",
      });
    this.rings = [ring("a"), ring("b")];
    this.svg = drawn("svg", { class: "signal", viewBox: "0 0 330 40", role: "img" }, ...this.rings);
    const title = make(
      "span",
      { title: VARIABLES.closeness.meaning },
      "Closeness of the two, 0 to 1",
    );
    place.append(make("div", { class: "between" }, make("p", {}, title, this.output), this.svg));
  }

  show(run) {
    const closeness = run.value("dyad.closeness"),
      half = 10 + 124 * (1 - closeness);
    this.rings.forEach((ring, k) => ring.setAttribute("cx", 165 + (k ? half : -half)));
    this.output.textContent = twoDigits(closeness);
    this.svg.setAttribute("aria-label", `Closeness ${twoDigits(closeness)}`);
  }
}
