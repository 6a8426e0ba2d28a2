// Lines over time on a canvas: A solid, B dashed, the life before the last change thin and grey.

const CHARTS = [
  { key: "alarm", title: "Alarm (.5: at threshold)", lines: ["a.alarm", "b.alarm"] },
  {
    key: "arousal",
    title: "Arousal and window",
    lines: ["a.arousal", "b.arousal"],
    thin: ["window_a", "window_b"],
  },
  { key: "closeness", title: "Closeness of the two", lines: ["dyad.closeness"] },
  { key: "belief", title: "Store 1: belief of being safe", lines: ["a.belief", "b.belief"] },
  {
    key: "threat_store",
    title: "Store 2: threat predicted",
    lines: ["a.threat_store", "b.threat_store"],
  },
  { key: "safety_memory", title: "Safety memory", lines: ["a.safety_memory", "b.safety_memory"] },
];
const SHADES = {
  night: "night",
  apart: "apart",
  talk: "talk",
  laboratory: "talk",
  session: "talk",
};
const STRETCHES = [1, 5, 15, 60, 360, 720, 1440, 2880, 7200, 14400, 43200, 129600];
const LONG = 630; // time steps: from here on a point is the mean of a day
const A_DAY = 21;
const LEAST = 42; // intervals, two days: the first steps of a life would else fill the whole width
const LEFT = 26;
const BOTTOM = 18;
const TOP = 6;

class Chart {
  constructor(spec) {
    this.spec = spec;
    this.canvas = make("canvas", { role: "img" });
    this.outputs = spec.lines.map(() => make("output", { "aria-hidden": "true" }));
    const about = VARIABLES[spec.key];
    const caption = make(
      "figcaption",
      {},
      make("b", { title: about.meaning }, spec.title),
      make("span", {}, ...this.outputs.flatMap((o, k) => [k ? "  " : "", o])),
    );
    this.figure = make("figure", { "data-chart": spec.key }, caption, this.canvas);
  }

  // A canvas has pixels of the screen, everything else is laid out in pixels of the page.
  fit() {
    const ratio = window.devicePixelRatio || 1;
    this.width = this.canvas.clientWidth;
    this.height = this.canvas.clientHeight;
    this.canvas.width = Math.round(this.width * ratio);
    this.canvas.height = Math.round(this.height * ratio);
    this.pen = this.canvas.getContext("2d");
    this.pen.scale(ratio, ratio);
  }

  draw(life, ghost, view) {
    const end = Math.max(life.steps, Math.min(view, LEAST));
    this.first = Math.max(0, end - view);
    this.span = Math.max(Math.min(end, view), LEAST);
    this.block = view >= LONG ? A_DAY : 1;
    this.pen.clearRect(0, 0, this.width, this.height);
    this.shade(life);
    this.scale(life);
    if (ghost)
      this.spec.lines.forEach((name, k) => this.line(ghost.columns[name], "ghost", 1.3, k));
    (this.spec.thin ?? []).forEach((name, k) => this.line(life.columns[name], "ab"[k], 1, 2));
    this.spec.lines.forEach((name, k) => this.line(life.columns[name], this.inkOf(k), 2.2, k));
    this.dropMarks(life);
    this.say(life);
  }

  inkOf(k) {
    return this.spec.lines.length === 1 ? "ink" : "ab"[k];
  }

  x(step) {
    return LEFT + ((step - this.first) / this.span) * (this.width - LEFT - 4);
  }

  y(value) {
    return TOP + (1 - value) * (this.height - TOP - BOTTOM);
  }

  shade(life) {
    const width = this.x(this.first + 1) - this.x(this.first);
    for (let k = this.first; k < life.steps; k++) {
      const shade = SHADES[KINDS[life.rows[k]]];
      if (!shade) continue;
      this.pen.fillStyle = COLOURS[shade];
      // A little too broad: between two that just touch a browser shows a seam.
      this.pen.fillRect(this.x(k), TOP, width + 0.6, this.height - TOP - BOTTOM);
    }
  }

  scale(life) {
    const pen = this.pen;
    pen.strokeStyle = COLOURS.line;
    pen.fillStyle = COLOURS.soft;
    pen.lineWidth = 1;
    pen.font = "11px system-ui, sans-serif";
    pen.textAlign = "right";
    for (const value of [0, 0.5, 1]) {
      this.stroke(() => {
        pen.moveTo(LEFT, this.y(value));
        pen.lineTo(this.width - 4, this.y(value));
      });
      pen.fillText(value === 0.5 ? ".5" : String(value), LEFT - 5, this.y(value) + 4);
    }
    pen.textAlign = "center";
    for (const [step, text] of ticks(life, this.first)) {
      pen.fillText(
        text,
        Math.min(Math.max(this.x(step), LEFT + 14), this.width - 20),
        this.height - 4,
      );
    }
  }

  // kind 0: solid, 1: dashed, 2: dotted. In a long view each point is the mean of a day.
  line(values, ink, width, kind) {
    const pen = this.pen,
      block = this.block;
    pen.strokeStyle = COLOURS[ink];
    pen.lineWidth = width;
    pen.setLineDash([[], [7, 4], [2, 3]][kind]);
    this.stroke(() => {
      // Blocks count from the start of the life, not of the view, or days would wander with it.
      const end = Math.min(values.length, this.first + this.span);
      for (let k = Math.ceil(this.first / block) * block; k + block <= end; k += block) {
        pen.lineTo(this.x(k + (block + 1) / 2), this.y(meanOf(values, k, block)));
      }
    });
    pen.setLineDash([]);
  }

  stroke(path) {
    this.pen.beginPath();
    path();
    this.pen.stroke();
  }

  // A flag where something was dropped in, with the letter of whom it happened to.
  dropMarks(life) {
    const pen = this.pen;
    for (const { step, who } of life.drops) {
      if (step < this.first || step > life.steps) continue;
      pen.fillStyle = COLOURS.soft;
      pen.fillRect(this.x(step) - 0.5, TOP, 1, this.height - TOP - BOTTOM);
      pen.fillStyle = COLOURS.ink;
      pen.fillRect(this.x(step) - 1, TOP, 2, 11);
      pen.fillText(who, this.x(step) + 6, TOP + 9);
    }
  }

  say(life) {
    const now = this.spec.lines.map((name) => life.columns[name].at(-1));
    const names = this.spec.lines.length === 1 ? [""] : ["A ", "B "];
    now.forEach((value, k) => {
      this.outputs[k].textContent = value === undefined ? "" : names[k] + twoDigits(value);
    });
    // Not each time: a new label of six charts at every frame is slow, and nobody could hear it.
    if (life.steps % 20 === 0 || !this.described) this.describe(life);
  }

  describe(life) {
    this.described = true;
    const names = this.spec.lines.length === 1 ? ["the couple"] : ["A", "B"];
    const parts = this.spec.lines.map((name, k) => `${names[k]} ${course(life.columns[name])}`);
    this.canvas.setAttribute(
      "aria-label",
      `${this.spec.title}, 0 to 1, over ${life.steps} time steps: ${parts.join("; ")}`,
    );
  }
}

function meanOf(values, start, length) {
  let sum = 0;
  for (let k = start; k < start + length; k++) sum += values[k];
  return sum / length;
}

function course(values) {
  if (!values.length) return "has no value yet";
  return `began at ${twoDigits(values[0])}, is now at ${twoDigits(values.at(-1))}`;
}

// Marks of the time scale: [step, words], at most seven.
function ticks(life, first) {
  const from = first ? life.minutes[first - 1] : 0,
    to = life.minutes.at(-1) ?? 0;
  const stretch = STRETCHES.find((each) => (to - from) / each <= 6) ?? 129600;
  const marks = [];
  let next = Math.ceil(from / stretch) * stretch;
  for (let k = first; k < life.steps; k++) {
    const start = k ? life.minutes[k - 1] : 0;
    if (start < next - 1e-6) continue;
    marks.push([k, tickWords(next, stretch)]);
    next = (Math.floor(start / stretch + 1e-6) + 1) * stretch;
  }
  return marks;
}

function tickWords(minutes, stretch) {
  if (stretch >= DAY) return `day ${Math.round(minutes / DAY) + 1}`;
  return stretch >= 60 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes)} min`;
}
