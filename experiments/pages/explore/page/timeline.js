// When what happens: a context that repeats, and what was dropped into it.

class Timeline {
  // drops: [{step, event, who}] in the order in which they were dropped.
  constructor(context, drops = []) {
    this.plan = CONTEXTS[context];
    this.rows = [];
    this.base = 0; // steps of the plan that are laid out; what was dropped in does not count
    drops.forEach((drop) => this.drop(drop));
  }

  extend(length) {
    const { first, again } = this.plan;
    while (this.rows.length < length) {
      const k = this.base++;
      this.rows.push(k < first.length ? first[k] : again[(k - first.length) % again.length]);
    }
  }

  // What was planned from this step on comes later: an event takes time and replaces nothing.
  drop({ step, event, who }) {
    this.extend(step);
    this.rows.splice(step, 0, ...EVENTS[event].rows[who]);
  }

  at(step) {
    this.extend(step + 1);
    return this.rows[step];
  }
}
