// A life that is lived step by step and remembered, so that it can be drawn and lived again.

const REMEMBERED = [
  "a.alarm",
  "b.alarm",
  "a.arousal",
  "b.arousal",
  "window_a",
  "window_b",
  "dyad.closeness",
  "a.belief",
  "b.belief",
  "a.threat_store",
  "b.threat_store",
  "a.safety_memory",
  "b.safety_memory",
];

class Life {
  constructor(choice) {
    const people = { A: numbersOf(choice, "A"), B: numbersOf(choice, "B") };
    this.run = new Run(people, sharedOf(choice), choice.seed);
    this.timeline = new Timeline(choice.context, choice.drops);
    this.columns = Object.fromEntries(REMEMBERED.map((name) => [name, []]));
    this.minutes = [];
    this.rows = [];
    this.drops = choice.drops;
    this.met = null; // what was sent and heard when they last met
    this.run.look(ROWS[this.timeline.at(0)]);
  }

  get steps() {
    return this.run.tick;
  }

  get over() {
    return this.steps >= MOST_STEPS;
  }

  step() {
    const row = this.timeline.at(this.steps);
    this.run.step(ROWS[row]);
    // A copy, as the next step writes over the outputs.
    if (ROWS[row][1] > 0.5) this.met = this.run.outputs.slice();
    this.rows.push(row);
    this.minutes.push(this.run.minutes);
    for (const name of REMEMBERED) this.columns[name].push(this.run.value(name));
  }

  advance(steps) {
    for (let k = 0; k < steps && !this.over; k++) this.step();
    return this;
  }
}
