// The whole situation in the address, so that a teacher can share it.

function addressOf(choice, step) {
  const parts = [`a=${choice.preset.A}`, `b=${choice.preset.B}`];
  for (const who of WHO) {
    for (const [name, value] of Object.entries(choice.set[who])) {
      parts.push(`${who.toLowerCase()}.${name}=${value}`);
    }
  }
  if (choice.off.length) parts.push(`off=${choice.off.join(",")}`);
  parts.push(`context=${choice.context}`, `seed=${choice.seed}`);
  const drops = choice.drops.map((d) => `${d.step}.${d.event}.${d.who}`);
  if (drops.length) parts.push(`drops=${drops.join(",")}`);
  parts.push(`step=${step}`, `speed=${choice.speed}`, `view=${choice.view}`);
  if (choice.story) parts.push(`story=${choice.story}`);
  return parts.join("&");
}

const LONGEST_ADDRESS = 50000;
const LONGEST_FAULT = 300;
const MOST_FAULTS = 8;
const MOST_DROPS = 1000;

// The choice that an address describes, and one line for each part that it can't mean.
function choiceAt(address) {
  const choice = freshChoice();
  if (address.length > LONGEST_ADDRESS) {
    return { choice, faults: [`Address: longer than ${LONGEST_ADDRESS} letters; left out`] };
  }
  const faults = [];
  for (const part of address.replace(/^#/, "").split("&").filter(Boolean)) {
    const [name, ...rest] = decoded(part).split("=");
    const fault = take(choice, name, rest.join("="));
    if (fault) faults.push(`Address: ${name} = ${rest.join("=")}: ${fault}`);
  }
  return { choice, faults: few(faults) };
}

// Some lines of a length that a reader reads.
function few(lines) {
  const shown = lines.slice(0, MOST_FAULTS).map((line) =>
    line.length > LONGEST_FAULT ? `${line.slice(0, LONGEST_FAULT)} ...` : line,
  );
  const more = lines.length - MOST_FAULTS;
  return more > 0 ? [...shown, `Address: and ${more} more parts; left out`] : shown;
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

// Each taker returns a fault, or nothing.
const TAKERS = {
  a: (choice, value) =>
    takeKnown(value, PRESETS, (name) => {
      choice.preset.A = name;
    }),
  b: (choice, value) =>
    takeKnown(value, PRESETS, (name) => {
      choice.preset.B = name;
    }),
  context: (choice, value) =>
    takeKnown(value, CONTEXTS, (name) => {
      choice.context = name;
    }),
  story: (choice, value) =>
    takeKnown(value, Object.fromEntries(STORIES.map((s) => [s.key, s])), (name) => {
      choice.story = name;
    }),
  seed: (choice, value) =>
    takeWhole(value, 0, MOST_SEED, (n) => {
      choice.seed = n;
    }),
  step: (choice, value) =>
    takeWhole(value, 0, MOST_STEPS, (n) => {
      choice.step = n;
    }),
  speed: (choice, value) =>
    takeOneOf(value, SPEEDS, (n) => {
      choice.speed = n;
    }),
  view: (choice, value) =>
    takeOneOf(value, Object.keys(VIEWS).map(Number), (n) => {
      choice.view = n;
    }),
  off: (choice, value) =>
    takeEach(value, (name) =>
      takeKnown(name, Object.fromEntries(SWITCHES.map((s) => [s.name, s])), () => {
        if (!choice.off.includes(name)) choice.off.push(name);
      }),
    ),
  drops: (choice, value) => takeEach(value, (drop) => takeDrop(choice, drop)),
};

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

function take(choice, name, value) {
  if (Object.hasOwn(TAKERS, name)) return TAKERS[name](choice, value);
  const [who, parameter] = [name.slice(0, 1).toUpperCase(), name.slice(2)];
  const rule = PARAMETERS.find((each) => each.name === parameter);
  if (!rule || !WHO.includes(who) || name[1] !== ".") return "no such field; left out";
  const number = Number(value);
  if (!DECIMAL.test(value) || !(number >= rule.low && number <= rule.high)) {
    return `must be in [${rule.low}, ${rule.high}] (${rule.meaning}, ${rule.unit}); left out`;
  }
  choice.set[who][parameter] = number;
  return "";
}

function takeKnown(value, known, keep) {
  if (!Object.hasOwn(known, value))
    return `must be one of ${Object.keys(known).join(", ")}; left out`;
  keep(value);
  return "";
}

function takeWhole(value, low, high, keep) {
  const number = Number(value);
  if (!/^\d+$/.test(value) || number < low || number > high) {
    return `must be a whole number in [${low}, ${high}]; left out`;
  }
  keep(number);
  return "";
}

function takeOneOf(value, allowed, keep) {
  if (!allowed.includes(Number(value))) return `must be one of ${allowed.join(", ")}; left out`;
  keep(Number(value));
  return "";
}

function takeEach(list, each) {
  return list.split(",").map(each).filter(Boolean).join("; ");
}

function takeDrop(choice, text) {
  const [step, event, who] = text.split(".");
  if (choice.drops.length >= MOST_DROPS) return `at most ${MOST_DROPS} events; left out`;
  if (!Object.hasOwn(EVENTS, event ?? "") || !WHO.includes(who)) {
    return `${text} must be step.event.partner; left out`;
  }
  return takeWhole(step, 0, MOST_STEPS, (n) => {
    choice.drops.push({ step: n, event, who });
  });
}
