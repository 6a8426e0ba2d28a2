// The equations behind the picture, what the numbers mean, and the same run in Python.

const EXPLAINED = [
  "alarm",
  "criterion",
  "arousal",
  "window",
  "plasticity_gate",
  "belief",
  "threat_store",
  "safety_memory",
  "closeness",
];

function listEquations(place) {
  for (const { name, title, text, source } of EQUATIONS) {
    place.append(
      make(
        "details",
        { class: "group", id: `equation-${name}` },
        make("summary", {}, make("code", {}, name), ` ${title}`),
        make("pre", { tabindex: 0, "aria-label": `Equation of ${name}` }, text),
        make("p", { class: "notes" }, `Source: ${source}`),
      ),
    );
  }
}

function listMeanings(place) {
  const signals = Object.keys(VARIABLES).filter((name) => name.startsWith("signal."));
  for (const name of [...EXPLAINED, ...signals]) {
    const { meaning, unit, equation } = VARIABLES[name];
    const title = sentence(name.replace("signal.", "signal: ").replaceAll("_", " "));
    place.append(
      make("dt", {}, title),
      make(
        "dd",
        {},
        `${sentence(meaning)} (${unit}). `,
        ...(equation ? [equationLink(equation)] : []),
      ),
    );
  }
}

// Code that lives the same life in Python, to the last bit.
function pythonOf(choice, steps) {
  const drops = choice.drops
    .filter((d) => d.step < steps)
    .map((d) => `(${d.step}, "${d.event}", "${d.who}")`);
  const shared = choice.off.map((name) => `${name}=0.0`).join(", ");
  const lines = [
    "import sim",
    "from experiments.pages.explore.contexts import lived",
    "from models import SharedParameters, architecture",
    "",
    `life = lived("${choice.context}", [${drops.join(", ")}], steps=${Math.max(steps, 1)})`,
    "data = sim.simulate(",
    ...WHO.map((who) => `    ${pythonPerson(choice, who)},`),
    `    calendar=life, seed=${choice.seed}, engine="numpy", record="trajectory",`,
    ...(shared ? [`    shared=SharedParameters(${shared}),`] : []),
    ")",
    'print(data.alarm.sel(partner="A").values[0, 0, -1])',
  ];
  return lines.join("\n");
}

function pythonPerson(choice, who) {
  const changes = Object.entries(choice.set[who]).map(([name, value]) => `, ${name}=${value}`);
  return `architecture("${choice.preset[who]}"${changes.join("")})`;
}
