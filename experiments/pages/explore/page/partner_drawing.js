// A partner drawn as a nervous system: arousal fills the body, the alarm grows in the head, the
// gate of learning opens in the chest.

const METERS = [
  {
    key: "evidence",
    title: "Evidence of threat",
    mark: "criterion",
    markTitle: "threshold now",
    most: 1.4,
    unit: "cues",
  },
  { key: "alarm", title: "Alarm", most: 1 },
  { key: "arousal", title: "Arousal", mark: "window", markTitle: "edge of the window", most: 1 },
  { key: "plasticity_gate", title: "Gate of learning open", most: 1 },
];
const STORES = [
  { key: "belief", title: "Believes: I am safe", most: 1 },
  { key: "threat_store", title: "Alarm predicts: threat", most: 1 },
  { key: "safety_memory", title: "Safety memory", most: 1 },
];
const TORSO =
  "M62 84 Q100 70 138 84 Q158 94 154 134 L148 206 Q146 222 130 222 L70 222 Q54 222 52 206 L46 134 Q42 94 62 84 Z";
const FLOOR = 222,
  CEILING = 78;

class PartnerDrawing {
  constructor(who, place) {
    this.who = who;
    this.small = who.toLowerCase();
    this.ink = this.small;
    this.title = make("span");
    const beside = make("div", { class: "meters" });
    place.append(
      make("h3", {}, make("span", { class: `tag ${this.small}` }, who), this.title),
      make("div", { class: "inner" }, this.figure(), beside),
    );
    this.meters = METERS.map((spec) => new Meter(spec, this.small, beside));
    const stores = make(
      "div",
      { class: "stores" },
      make("p", { class: "small" }, "Two stores that can disagree"),
    );
    place.append(stores);
    this.meters.push(...STORES.map((spec) => new Meter(spec, this.small, stores)));
    this.acts = make("p", { class: "small" });
    place.append(this.acts);
  }

  figure() {
    const dash = this.who === "B" ? "7 4" : "none";
    const line = {
      fill: "none",
      stroke: `var(--${this.ink})`,
      "stroke-width": 2.5,
      "stroke-dasharray": dash,
    };
    const clip = `torso-${this.small}`;
    this.fill = drawn("rect", {
      x: 40,
      width: 120,
      y: FLOOR,
      height: 0,
      fill: `var(--${this.ink})`,
      opacity: 0.42,
      "clip-path": `url(#${clip})`,
    });
    this.beyond = drawn("rect", {
      x: 40,
      width: 120,
      y: CEILING,
      height: 0,
      fill: `url(#hatch-${this.small})`,
      "clip-path": `url(#${clip})`,
    });
    this.edge = drawn("line", {
      x1: 34,
      x2: 166,
      stroke: "var(--ink)",
      "stroke-width": 1.5,
      "stroke-dasharray": "5 3",
    });
    this.edgeText = drawn("text", { x: 168, "font-size": 15 }, "window");
    this.alarm = drawn("circle", { cx: 100, cy: 38, r: 2, fill: "var(--ink)" });
    this.rays = drawn(
      "g",
      { stroke: "var(--ink)", "stroke-width": 2, "stroke-linecap": "round" },
      ...rays(),
    );
    this.svg = drawn(
      "svg",
      { class: "body", viewBox: "0 -8 224 236", role: "img" },
      drawn("defs", {}, drawn("clipPath", { id: clip }, drawn("path", { d: TORSO })), this.hatch()),
      this.fill,
      this.beyond,
      drawn("path", { d: TORSO, ...line }),
      drawn("circle", { cx: 100, cy: 38, r: 29, ...line }),
      this.vagus(),
      this.rays,
      this.alarm,
      this.edge,
      this.edgeText,
      this.gate(),
    );
    return this.svg;
  }

  hatch() {
    const stripe = drawn("line", {
      x1: 0,
      y1: 0,
      x2: 0,
      y2: 7,
      stroke: "var(--ink)",
      "stroke-width": 2,
    });
    return drawn(
      "pattern",
      {
        id: `hatch-${this.small}`,
        width: 7,
        height: 7,
        patternUnits: "userSpaceOnUse",
        patternTransform: "rotate(45)",
      },
      stripe,
    );
  }

  // The vagal brake: a nerve from the head into the body, as thick as vagal tone.
  vagus() {
    const way =
      "M100 67 V106 M100 158 V206 M100 166 C88 172 80 178 76 192 M100 166 C112 172 120 178 124 192 M100 92 C88 94 78 100 72 112 M100 92 C112 94 122 100 128 112";
    this.nerve = drawn("path", {
      d: way,
      fill: "none",
      stroke: "var(--ink)",
      "stroke-linecap": "round",
      opacity: 0.75,
    });
    return this.nerve;
  }

  gate() {
    const post = { fill: "var(--panel)", stroke: "var(--ink)", "stroke-width": 1.5 };
    this.light = drawn("rect", {
      x: 84,
      y: 112,
      width: 32,
      height: 40,
      fill: "var(--gate)",
      opacity: 0,
    });
    this.left = drawn("rect", { x: 84, y: 112, width: 16, height: 40, ...post });
    this.right = drawn("rect", { x: 100, y: 112, width: 16, height: 40, ...post });
    const frame = drawn("rect", {
      x: 84,
      y: 112,
      width: 32,
      height: 40,
      fill: "none",
      stroke: "var(--ink)",
      "stroke-width": 2,
    });
    return drawn(
      "g",
      {},
      drawn("rect", { x: 84, y: 112, width: 32, height: 40, fill: "var(--panel)" }),
      this.light,
      this.left,
      this.right,
      frame,
    );
  }

  show(run) {
    const value = (name) => run.value(`${this.small}.${name}`);
    const marks = {
      criterion: run.value(`criterion_${this.small}`),
      window: run.value(`window_${this.small}`),
    };
    this.showBody(value("arousal"), marks.window);
    this.showHead(value("alarm"));
    this.showGate(value("plasticity_gate"));
    this.nerve.setAttribute("stroke-width", 0.6 + 4.5 * value("vagal_tone"));
    this.meters.forEach((meter) => meter.show(value(meter.spec.key), marks[meter.spec.mark]));
    this.acts.textContent = `Pursues ${twoDigits(value("demand_impulse"))} · turns away ${twoDigits(value("withdrawal_impulse"))}`;
    this.describe(value, marks);
  }

  showBody(arousal, window) {
    const level = (share) => FLOOR - share * (FLOOR - CEILING);
    this.fill.setAttribute("y", level(arousal));
    this.fill.setAttribute("height", FLOOR - level(arousal));
    const over = Math.max(0, arousal - window);
    this.beyond.setAttribute("y", level(arousal));
    this.beyond.setAttribute("height", over * (FLOOR - CEILING));
    for (const end of ["y1", "y2"]) this.edge.setAttribute(end, level(window));
    this.edgeText.setAttribute("y", level(window) + 4);
  }

  showHead(alarm) {
    this.alarm.setAttribute("r", 2 + 19 * alarm);
    this.rays.setAttribute("opacity", Math.max(0, alarm * 2 - 0.7).toFixed(2));
  }

  showGate(open) {
    const leaf = 16 * (1 - open);
    this.left.setAttribute("width", leaf);
    this.right.setAttribute("width", leaf);
    this.right.setAttribute("x", 116 - leaf);
    this.light.setAttribute("opacity", Math.sqrt(open));
  }

  describe(value, marks) {
    const beyond = value("arousal") > marks.window ? "beyond" : "inside";
    this.svg.setAttribute(
      "aria-label",
      `${this.who}: alarm ${twoDigits(value("alarm"))}, arousal ${twoDigits(value("arousal"))}, ${beyond} the window of tolerance that ends at ${twoDigits(marks.window)}, gate open ${twoDigits(value("plasticity_gate"))}`,
    );
  }
}

function rays() {
  return [...Array(9).keys()].map((k) => {
    const angle = Math.PI * (1 + k / 8),
      near = 34,
      far = 42;
    const at = (r) => [100 + r * Math.cos(angle), 38 + r * Math.sin(angle)];
    const [[x1, y1], [x2, y2]] = [at(near), at(far)];
    return drawn("line", { x1, y1, x2, y2 });
  });
}

// A bar with a number, and a marker where there is something to hold it against.
class Meter {
  constructor(spec, small, place) {
    this.spec = spec;
    const about = VARIABLES[spec.key];
    this.output = make("output");
    this.fill = make("span", { class: "fill" });
    this.mark = make("span", { class: "mark" });
    this.track = make(
      "div",
      {
        class: "track",
        role: "meter",
        "aria-valuemin": 0,
        "aria-valuemax": spec.most,
        "aria-label": `${small.toUpperCase()}: ${spec.title}`,
      },
      this.fill,
    );
    if (spec.mark) this.track.append(this.mark);
    const name = make("span", { class: "name" }, spec.title);
    this.box = make(
      "div",
      { class: `meter tone-${small}`, title: `${about.meaning} (${about.unit})` },
      fitted(name, { style: "color:var(--ink)" }, []),
      fitted(this.output, { style: "color:var(--ink)" }, []),
      this.track,
    );
    place.append(this.box);
  }

  show(value, mark) {
    const { most, unit = "", markTitle } = this.spec;
    const share = Math.min(Math.max(value / most, 0), 1);
    this.fill.style.width = `${100 * share}%`;
    this.output.textContent =
      mark === undefined
        ? twoDigits(value)
        : `${twoDigits(value)} / ${twoDigits(mark)}${unit && ` ${unit}`}`;
    const words = mark === undefined ? "" : `, ${markTitle} ${twoDigits(mark)}`;
    this.track.setAttribute("aria-valuenow", share * most);
    this.track.setAttribute("aria-valuetext", `${twoDigits(value)} ${unit}${words}`);
    if (mark === undefined) return;
    this.mark.style.left = `${(100 * mark) / most}%`;
    this.box.classList.toggle("over", value > mark);
  }
}
