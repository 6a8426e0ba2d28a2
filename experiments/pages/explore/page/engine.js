// A run: the generated equations, stepped. No equation stands here.

// Where each value stands in the arrays, by its name: looked up once here, and not in every step.
const PLACE = {};
LAYOUT.inputs.forEach((name, k) => {
  PLACE[name] = k;
});
const FOUND = {};
LAYOUT.outputs.forEach((name, k) => {
  FOUND[name] = k;
});
const STATES = LAYOUT.initialOutputs.length;
const ROW = PLACE["situation.dt"];
const RANDOM_NUMBERS_AT = PLACE["random_numbers_a.misreading"];
const SHARED_AT = PLACE["shared.misreading_time"];
const PERSON = { A: PLACE["person_a.amygdala_threshold"], B: PLACE["person_b.amygdala_threshold"] };
const MARKS = { A: markSources("a"), B: markSources("b") };

// The marks (criterion, window) are no states: nothing keeps them, so they are computed beside.
// Where the inputs of the marks of one partner stand among the inputs of the exchange.
function markSources(who) {
  const names = { state: `couple.${who}`, parameters: `person_${who}`, dyad: "couple.dyad" };
  return LAYOUT.readingInputs.map((name) => {
    if (name === "third") return PLACE[`event_${who}.third`];
    const [head, field] = name.split(".");
    return PLACE[`${names[head] || head}.${field}`];
  });
}

// One couple. people: {A: [numbers], B: [numbers]}, shared: [numbers], in declared order.
class Run {
  constructor(people, shared, seed, dyad = 0) {
    this.inputs = new Float64Array(LAYOUT.inputs.length);
    this.outputs = new Float64Array(LAYOUT.outputs.length);
    this.marks = { A: new Float64Array(2), B: new Float64Array(2) };
    this.markInputs = new Float64Array(LAYOUT.readingInputs.length);
    this.seed = seed;
    this.dyad = dyad;
    this.tick = 0;
    this.minutes = 0;
    this.people(people, shared);
    initialState([...people.A, ...people.B, START.closeness], this.inputs);
  }

  people(people, shared) {
    this.inputs.set(people.A, PERSON.A);
    this.inputs.set(people.B, PERSON.B);
    this.inputs.set(shared, SHARED_AT);
  }

  // row: situation, event of A, event of B.
  step(row) {
    // Marks first: they are what this interval was held against, not what it leaves behind.
    this.look(row);
    draw(this.seed, this.dyad, 0, this.tick, this.inputs, RANDOM_NUMBERS_AT);
    draw(this.seed, this.dyad, 1, this.tick, this.inputs, RANDOM_NUMBERS_AT + 4);
    exchange(this.inputs, this.outputs);
    // States come first in both arrays, in the same order: what came out goes in again.
    this.inputs.set(this.outputs.subarray(0, STATES), 0);
    this.tick += 1;
    this.minutes += row[0];
  }

  // The marks that the coming time step will be held against.
  look(row) {
    this.inputs.set(row, ROW);
    this.mark("A");
    this.mark("B");
  }

  mark(who) {
    MARKS[who].forEach((place, k) => {
      this.markInputs[k] = this.inputs[place];
    });
    readings(this.markInputs, this.marks[who]);
  }

  // "a.alarm", "dyad.closeness", "sent_a.warmth", "event_a.threat", "criterion_a", "window_b".
  value(name) {
    const mark = name.match(/^(criterion|window)_([ab])$/);
    if (mark) return this.marks[mark[2].toUpperCase()][mark[1] === "window" ? 1 : 0];
    const state = PLACE[`couple.${name}`] ?? PLACE[name];
    return state === undefined ? this.outputs[FOUND[name]] : this.inputs[state];
  }
}
