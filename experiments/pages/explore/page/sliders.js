// All parameters of both people, in groups, and the mechanisms that can be switched off.

class Sliders {
  constructor(place, changed) {
    this.changed = changed;
    this.controls = [];
    const groups = [...new Set(PARAMETERS.map((rule) => rule.group))];
    place.append(...groups.map((group, k) => this.group(group, k === 0)));
  }

  group(title, open) {
    const rules = PARAMETERS.filter((rule) => rule.group === title);
    const box = make(
      "details",
      { class: "group" },
      make("summary", {}, `${title} (${rules.length})`),
      ...rules.map((rule) => this.parameter(rule)),
    );
    box.open = open;
    return box;
  }

  parameter(rule) {
    const unit = rule.unit === "no unit" ? "no unit" : `in ${rule.unit}`;
    const about = make(
      "div",
      {},
      make("p", { class: "name" }, `${sentence(rule.title)} `, make("code", {}, rule.symbol)),
      make(
        "p",
        { class: "meaning" },
        `${sentence(rule.meaning)}; ${rule.low} to ${rule.high}, ${unit}.`,
      ),
      make(
        "details",
        {},
        make("summary", { class: "meaning" }, "Source"),
        make("p", { class: "meaning" }, rule.source),
      ),
    );
    return make(
      "div",
      { class: "parameter", "data-parameter": rule.name },
      about,
      ...WHO.map((who) => this.control(rule, who)),
    );
  }

  control(rule, who) {
    const small = who.toLowerCase(),
      id = `${small}.${rule.name}`;
    const input = make("input", {
      type: "range",
      id,
      min: rule.low,
      max: rule.high,
      step: "any",
      "aria-label": `${who}: ${rule.title}`,
    });
    const output = make("output", { for: id });
    const dot = make("i", { title: "the preset" });
    input.step = stepOf(rule);
    input.addEventListener("input", () =>
      this.changed(who, rule.name, nearest(Number(input.value), rule)),
    );
    this.controls.push({ rule, who, input, output, dot });
    const ends = make(
      "span",
      { class: "ends", "aria-hidden": "true" },
      make("span", {}, String(rule.low)),
      dot,
      make("span", {}, String(rule.high)),
    );
    return make(
      "div",
      { class: `control tone-${small}` },
      make("span", { class: `tag ${small}`, "aria-hidden": "true" }, who),
      input,
      output,
      ends,
    );
  }

  show(choice) {
    for (const { rule, who, input, output, dot } of this.controls) {
      const preset = presetValue(choice, who, rule.name);
      const value = choice.set[who][rule.name] ?? preset;
      const share = (preset - rule.low) / (rule.high - rule.low);
      input.value = value;
      input.setAttribute(
        "aria-valuetext",
        `${number3(value)} ${rule.unit === "no unit" ? "" : rule.unit}`,
      );
      output.textContent = number3(value) + (value === preset ? "" : " *");
      dot.style.left = `calc(${100 * share}% + ${8 - 16 * share}px)`;
    }
  }
}

function stepOf(rule) {
  return rule.high - rule.low > 2 ? 0.05 : 0.01;
}

// A slider's number without the dust of binary fractions, and inside the range.
function nearest(value, rule) {
  return Math.min(Math.max(Number(value.toFixed(3)), rule.low), rule.high);
}

function number3(value) {
  return String(Number(value.toFixed(3))).replace("-", "\u2212");
}

class Switches {
  constructor(place, changed) {
    this.boxes = SWITCHES.map(({ name, meaning }) => {
      const box = make("input", { type: "checkbox", id: `on.${name}` });
      box.addEventListener("change", () => changed(name, box.checked));
      place.append(make("label", {}, box, meaning));
      return { name, box };
    });
  }

  show(choice) {
    for (const { name, box } of this.boxes) box.checked = !choice.off.includes(name);
  }
}
