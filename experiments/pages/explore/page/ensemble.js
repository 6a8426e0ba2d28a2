// Several couples alike in all but their random numbers: what a story compares.

function sharedWith(changes) {
  return SHARED.names.map((name, k) => changes[name] ?? SHARED.values[k]);
}

function personWith(preset, changes) {
  return PARAMETERS.map((rule, k) => changes[rule.name] ?? PRESETS[preset].values[k]);
}

// The story's arms, one couple at a time; each turn gives the share that is done. A generator, so
// that whoever asks decides how many couples fit between two pictures of the page.
function* lived(story, seed) {
  const found = story.arms.map((arm) => arm.watched.map(() => []));
  for (const [k, arm] of story.arms.entries()) {
    for (let dyad = 0; dyad < story.couples; dyad++) {
      liveThrough(arm, seed, dyad).forEach((values, v) => found[k][v].push(values));
      yield (k + (dyad + 1) / story.couples) / story.arms.length;
    }
  }
  return found;
}

function liveThrough(arm, seed, dyad) {
  const people = { A: personWith(...arm.a), B: personWith(...arm.b) };
  const run = new Run(people, sharedWith(arm.shared), seed, dyad);
  const values = arm.watched.map(() => new Float64Array(arm.rows.length));
  arm.rows.forEach((row, step) => {
    run.step(ROWS[row]);
    arm.watched.forEach((name, v) => {
      values[v][step] = run.value(name);
    });
  });
  return values;
}

function livedAtOnce(story, seed) {
  const turns = lived(story, seed);
  for (;;) {
    const turn = turns.next();
    if (turn.done) return turn.value;
  }
}

// Means of a series over blocks of steps: one array a couple.
function blocks(story, found, series) {
  const arm = story.arms[series.arm];
  // Signals mean nothing while two are apart, so such a series counts steps in contact only.
  const counts = (step) => !series.met || ROWS[arm.rows[step]][1] > 0;
  return found[series.arm][arm.watched.indexOf(series.variable)].map((values) => {
    const means = [];
    for (let k = series.start; k + series.block <= series.end; k += series.every) {
      const kept = values.subarray(k, k + series.block).filter((_, j) => counts(k + j));
      means.push(mean(kept) - baseline(values, series, k));
    }
    return means;
  });
}

// What a difference is taken from: the value just before the block, for a gain.
function baseline(values, series, k) {
  return series.gain ? values[k - series.gain] : 0;
}

function mean(values) {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

function quantile(values, share) {
  const sorted = [...values].sort((x, y) => x - y);
  const place = share * (sorted.length - 1),
    below = Math.floor(place);
  const above = sorted[Math.min(below + 1, sorted.length - 1)];
  return sorted[below] + (above - sorted[below]) * (place - below);
}

// A number of a story: the mean of a series over couples and blocks.
function measured(story, found, series) {
  return mean(blocks(story, found, series).map(mean));
}
