// The picture at the end of a story: lines with the middle 80 % of couples, threads, mirrors, dots.

const INKS = {
  main: { stroke: "var(--a)", width: 3, dash: "none" },
  other: { stroke: "var(--b)", width: 3, dash: "8 4" },
  grey: { stroke: "var(--grey)", width: 2.2, dash: "2 4" },
  close: { stroke: "var(--ink)", width: 2.2, dash: "none" },
  belief: { stroke: "var(--safe)", width: 3, dash: "none" },
  threat: { stroke: "var(--threat)", width: 3, dash: "8 4" },
};
const BROAD = 420,
  TALL = 250,
  EDGE = { left: 54, right: 12, top: 24, bottom: 40 };

class Picture {
  constructor(story, found, panel) {
    Object.assign(this, { story, found, panel });
    this.lines = panel.series.map((series) => ({ series, couples: blocks(story, found, series) }));
    this.svg = drawn("svg", {
      viewBox: `0 0 ${BROAD} ${TALL}`,
      role: "img",
      "aria-label": this.words(),
    });
    this.range();
    this.frame();
    this.body = drawn("g", { class: "reveal" });
    this.svg.append(this.body);
    PICTURES[panel.kind](this);
    this.figure = make(
      "figure",
      { "data-panel": panel.title },
      make("figcaption", {}, panel.title),
      this.svg,
    );
  }

  range() {
    const ends = this.lines.flatMap(({ series, couples }) => [
      series.x0,
      series.x0 + (couples[0].length - 1) * series.dx,
    ]);
    const dots = this.panel.kind === "dots";
    this.from = Math.min(...ends) - (dots ? 0.4 : 0);
    this.to = Math.max(...ends) + (dots ? 0.8 : 0);
  }

  x(value) {
    return (
      EDGE.left + ((value - this.from) / (this.to - this.from)) * (BROAD - EDGE.left - EDGE.right)
    );
  }

  y(value) {
    const { low, high } = this.panel;
    return TALL - EDGE.bottom - ((value - low) / (high - low)) * (TALL - EDGE.top - EDGE.bottom);
  }

  frame() {
    for (const [a, b, words] of this.panel.shades) this.shade(a, b, words);
    const { low, high, x, y } = this.panel;
    for (const value of [low, (low + high) / 2, high]) {
      this.svg.append(
        drawn("line", {
          x1: EDGE.left,
          x2: BROAD - EDGE.right,
          y1: this.y(value),
          y2: this.y(value),
          stroke: "var(--line)",
        }),
        drawn(
          "text",
          { x: EDGE.left - 6, y: this.y(value) + 4, "text-anchor": "end" },
          number3(this.panel.kind === "mirror" ? Math.abs(value) : value),
        ),
      );
    }
    this.svg.append(
      drawn(
        "text",
        { x: (EDGE.left + BROAD - EDGE.right) / 2, y: TALL - 4, "text-anchor": "middle" },
        x,
      ),
      drawn(
        "text",
        {
          transform: `translate(10 ${(TALL - EDGE.bottom) / 2}) rotate(-90)`,
          "text-anchor": "middle",
        },
        y,
      ),
    );
    if (!this.panel.ticks.length) this.numbers();
  }

  shade(a, b, words) {
    const x = Math.max(this.x(a), EDGE.left),
      width = this.x(b) - x;
    this.svg.append(
      drawn("rect", {
        x,
        width,
        y: EDGE.top,
        height: TALL - EDGE.top - EDGE.bottom,
        fill: "var(--apart)",
      }),
      drawn("text", { x: x + width / 2, y: EDGE.top - 7, "text-anchor": "middle" }, words),
    );
  }

  numbers() {
    const stretches = this.panel.x === "days" ? [1, 2, 7, 14] : [1, 2, 5, 10, 20];
    const stretch = stretches.find((each) => (this.to - this.from) / each <= 7) ?? 50;
    for (
      let value = Math.ceil(this.from / stretch) * stretch;
      value <= this.to + 1e-9;
      value += stretch
    ) {
      this.svg.append(
        drawn(
          "text",
          { x: this.x(value), y: TALL - EDGE.bottom + 16, "text-anchor": "middle" },
          number3(value),
        ),
      );
    }
  }

  path(series, values) {
    return `M${values.map((value, k) => `${this.x(series.x0 + k * series.dx).toFixed(1)} ${this.y(value).toFixed(1)}`).join("L")}`;
  }

  line(series, values, extra = {}) {
    const ink = INKS[series.style];
    this.body.append(
      drawn("path", {
        d: this.path(series, values),
        fill: "none",
        stroke: ink.stroke,
        "stroke-width": ink.width,
        "stroke-dasharray": ink.dash,
        "stroke-linejoin": "round",
        ...extra,
      }),
    );
  }

  area(series, low, high, opacity) {
    const back = series.x0 + (low.length - 1) * series.dx;
    const under = [...low]
      .reverse()
      .map((value, k) => `${this.x(back - k * series.dx).toFixed(1)} ${this.y(value).toFixed(1)}`);
    this.body.append(
      drawn("path", {
        d: `${this.path(series, high)}L${under.join("L")}Z`,
        fill: INKS[series.style].stroke,
        opacity,
      }),
    );
  }

  // Labels stand above or below the right ends of their lines, where most room is.
  labels(entries) {
    const lines = entries.map(([, values]) => values);
    const placed = [];
    entries.forEach(([series, values], k) => {
      const near = lines.flatMap((other, j) => (j === k ? [] : this.heights(other))).concat(placed);
      const own = this.heights(values);
      const room = (y) =>
        Math.min(
          ...near.map((each) => Math.abs(each - y)),
          y - EDGE.top + 4,
          TALL - EDGE.bottom - y + 8,
        );
      const places = [Math.min(...own) - 14, Math.max(...own) + 14];
      const best = places.sort((p, q) => room(q) - room(p))[0];
      const y = Math.min(Math.max(best, EDGE.top), TALL - EDGE.bottom - 10);
      placed.push(y - 8, y, y + 8);
      this.label(series, y + 4);
    });
  }

  // Where a line runs below the words that will stand at its right end.
  heights(values) {
    return values.slice(-Math.ceil(values.length * 0.45)).map((value) => this.y(value));
  }

  label(series, y) {
    const ink = INKS[series.style];
    const mark = drawn("tspan", { style: `fill:${ink.stroke}` }, `${MARKS_OF[ink.dash]} `);
    this.svg.append(
      drawn(
        "text",
        {
          class: "strong",
          x: BROAD - EDGE.right - 2,
          y,
          "text-anchor": "end",
          "paint-order": "stroke",
          stroke: "var(--panel)",
          "stroke-width": 4,
          "stroke-linejoin": "round",
        },
        mark,
        series.label,
      ),
    );
  }

  words() {
    const parts = this.lines.map(({ series, couples }) => {
      const middle = across(couples, mean);
      const ends =
        middle.length > 1
          ? `${twoDigits(middle[0])} to ${twoDigits(middle.at(-1))}`
          : twoDigits(middle[0]);
      return `${series.label} ${ends}`;
    });
    return `${this.panel.title}: ${parts.join("; ")}`;
  }
}

const MARKS_OF = { none: "\u2501", "8 4": "\u2505", "2 4": "\u2509" };

function across(couples, of) {
  return couples[0].map((_, k) => of(couples.map((values) => values[k])));
}

const PICTURES = {
  lines(picture) {
    for (const { series, couples } of picture.lines) {
      picture.area(
        series,
        across(couples, (v) => quantile(v, 0.1)),
        across(couples, (v) => quantile(v, 0.9)),
        0.16,
      );
      picture.line(series, across(couples, mean));
    }
    picture.labels(picture.lines.map(({ series, couples }) => [series, across(couples, mean)]));
  },

  thread(picture) {
    for (const { series, couples } of picture.lines)
      picture.line(series, couples[0], {
        "stroke-width": series.style === "grey" ? 1.2 : 1.6,
        "stroke-dasharray": "none",
      });
    picture.lines.forEach(({ series }, k) =>
      picture.label(series, TALL - EDGE.bottom - 24 + 17 * k),
    );
  },

  // A's demand upwards; downwards how late B replies, from as usual (0) to latest (1).
  mirror(picture) {
    const [demand, latency] = picture.lines;
    const lateness = latency.couples.map((values) => values.map((value) => (1 - value) / 4));
    for (const [series, couples, place] of [
      [demand.series, demand.couples, (top) => Math.max(picture.y(top) - 10, EDGE.top + 14)],
      [
        latency.series,
        lateness,
        (_, bottom) => Math.min(picture.y(bottom) + 20, TALL - EDGE.bottom - 8),
      ],
    ]) {
      const [low, high] = [0.1, 0.9].map((share) => across(couples, (v) => quantile(v, share)));
      const middle = across(couples, mean);
      picture.area(
        series,
        middle,
        middle.map(() => 0),
        0.6,
      );
      picture.area(series, low, high, 0.35);
      picture.line(series, middle);
      picture.label(series, place(Math.max(...high), Math.min(...low)));
    }
  },

  dots(picture) {
    // Map.groupBy is of 2024, and the page should open in older browsers.
    const groups = Map.groupBy
      ? Map.groupBy(picture.lines, (l) => l.series.style)
      : grouped(picture.lines);
    for (const lines of groups.values()) dotted(picture, lines);
    picture.panel.ticks.forEach((words, k) => {
      picture.svg.append(
        drawn(
          "text",
          { x: picture.x(k), y: TALL - EDGE.bottom + 18, "text-anchor": "middle" },
          words,
        ),
      );
    });
    picture.labels(
      [...groups.values()].map((lines) => [
        lines[0].series,
        lines.map(({ couples }) => mean(couples.map((v) => v[0]))),
      ]),
    );
  },
};

function grouped(lines) {
  const groups = new Map();
  for (const line of lines)
    groups.set(line.series.style, [...(groups.get(line.series.style) ?? []), line]);
  return groups;
}

function dotted(picture, lines) {
  const ink = INKS[lines[0].series.style];
  const means = lines.map(({ couples }) => mean(couples.map((v) => v[0])));
  picture.line({ ...lines[0].series, dx: 1 }, means);
  lines.forEach(({ series, couples }, k) => {
    for (const [value] of couples) {
      picture.body.append(
        drawn("circle", {
          cx: picture.x(series.x0) + (ink.dash === "none" ? 6 : -6),
          cy: picture.y(value),
          r: 3,
          fill: "none",
          stroke: ink.stroke,
        }),
      );
    }
    picture.body.append(
      drawn("circle", {
        cx: picture.x(series.x0),
        cy: picture.y(means[k]),
        r: 6.5,
        fill: ink.stroke,
      }),
    );
  });
}
