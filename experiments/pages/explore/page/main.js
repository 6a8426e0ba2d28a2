// The page as a whole: one choice, one life, one loop.

const MOST_A_FRAME = 40; // intervals: more would make a frame late, and then the next one longer
const CALM_FRAME = 250; // [ms] between pictures for those who asked for little motion
const REPORT_EVERY = 6000; // [ms]: a reader of the screen needs as long for a sentence

class Explorer {
  constructor() {
    this.choice = freshChoice();
    this.playing = false;
    this.ghost = null;
    this.build();
    this.connect();
    this.read();
    requestAnimationFrame((now) => this.frame(now));
  }

  build() {
    readColours();
    fillMenus();
    fillEvents((event) => this.drop(event));
    this.drawings = WHO.map((who) => new PartnerDrawing(who, $(`partner-${who}`)));
    this.signals = WHO.map((who) => new Signals(who, $("channel")));
    this.between = new Between($("channel"));
    this.charts = CHARTS.map((spec) => new Chart(spec));
    $("charts").append(...this.charts.map((chart) => chart.figure));
    this.sliders = new Sliders($("sliders"), (who, name, value) => this.slide(who, name, value));
    this.switches = new Switches($("switches"), (name, on) => this.turn(name, on));
    this.stories = new Stories(
      $("story-list"),
      $("story"),
      (key) => this.open(key),
      (text) => this.say(text),
      (address) => this.visit(address),
    );
    listEquations($("equation-list"));
    listMeanings($("glossary"));
    $("hash").textContent = SOURCE_HASH.slice(0, 16);
  }

  connect() {
    const on = (id, kind, act) => $(id).addEventListener(kind, act);
    on("play", "click", () => this.toggle());
    on("step", "click", () => this.stepOnce());
    on("reset", "click", () => this.reset());
    on("share", "click", () => this.share());
    for (const who of WHO) on(`restore-${who}`, "click", () => this.restore(who));
    on("forget", "click", () => this.forget());
    for (const who of WHO) on(`preset-${who}`, "change", () => this.change(() => this.become(who)));
    on("context", "change", () =>
      this.change(() => {
        this.choice.context = $("context").value;
        this.choice.drops = [];
      }),
    );
    on("seed", "input", () => this.doubt());
    on("seed", "change", () => this.sow());
    on("speed", "change", () => {
      this.choice.speed = Number($("speed").value);
      this.note();
    });
    on("view", "change", () => {
      this.choice.view = Number($("view").value);
      this.stale = true;
      this.note();
    });
    addEventListener("hashchange", () => this.read());
    addEventListener("resize", () => this.resize());
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.resize());
    listenForKeys(this.keys());
  }

  keys() {
    const drops = Object.keys(EVENTS).map((event, k) => [String(k + 1), () => this.drop(event)]);
    return {
      k: () => this.toggle(),
      ".": () => this.stepOnce(),
      r: () => this.reset(),
      x: switchWhom,
      l: () => this.share(),
      ...Object.fromEntries(drops),
    };
  }

  // --- the address -----------------------------------------------------------------------------

  read() {
    if (location.hash.slice(1) === this.written || isPlace(location.hash)) return;
    this.seen = location.hash;
    const { choice, faults } = choiceAt(location.hash);
    if (!/(^|[#&])story=/.test(location.hash)) choice.story = this.choice.story;
    this.pause();
    this.choice = choice;
    this.ghost = null;
    $("notice").textContent = faults.join("\n");
    this.life = new Life(choice).advance(choice.step);
    this.refresh();
  }

  // Browsers allow some 200 changes of the address in half a minute, hence the pause.
  note() {
    clearTimeout(this.noting);
    this.noting = setTimeout(() => this.write(), 300);
  }

  // An address pasted a moment ago, whose event is still to come, is not written over.
  write() {
    if (location.hash !== this.seen && !isPlace(location.hash)) return;
    this.written = addressOf(this.choice, this.life.steps);
    try {
      history.replaceState(null, "", `#${this.written}`);
      this.seen = location.hash;
    } catch {
      // Some browsers refuse this for a file; "Copy link" still has the address.
    }
  }

  link() {
    return `${location.href.split("#")[0]}#${this.written}`;
  }

  async share() {
    this.write();
    try {
      await navigator.clipboard.writeText(this.link());
      this.say("The link is copied.");
      $("notice").textContent =
        "The link is copied. It holds this couple, this life and this moment.";
    } catch {
      $("notice").textContent = `Copy this link: ${this.link()}`;
    }
  }

  // --- changes ---------------------------------------------------------------------------------

  // Live the same days again, with the same random numbers, and keep the life before as a comparison.
  change(act) {
    const steps = this.life.steps;
    if (!this.changing && steps) this.ghost = this.life;
    this.changing = true;
    act();
    // Lived again in the next frame: a slider that is dragged changes many times between two.
    this.again = steps;
  }

  relive() {
    this.life = new Life(this.choice).advance(this.again);
    this.again = undefined;
    // While a slider moves, the life from before it was touched stays the comparison.
    clearTimeout(this.settling);
    this.settling = setTimeout(() => {
      this.changing = false;
      this.say(summaryOf(this.life));
    }, 700);
    this.refresh();
  }

  become(who) {
    this.choice.preset[who] = $(`preset-${who}`).value;
    this.choice.set[who] = {};
  }

  restore(who) {
    this.change(() => {
      this.choice.set[who] = {};
    });
    this.say(`${who} is the preset again.`);
  }

  slide(who, name, value) {
    this.change(() => {
      if (value === presetValue(this.choice, who, name)) delete this.choice.set[who][name];
      else this.choice.set[who][name] = value;
    });
  }

  turn(name, on) {
    this.change(() => {
      this.choice.off = this.choice.off.filter((each) => each !== name).concat(on ? [] : [name]);
    });
  }

  sow() {
    const fault = takeWhole($("seed").value, 0, MOST_SEED, (seed) =>
      this.change(() => {
        this.choice.seed = seed;
      }),
    );
    $("notice").textContent = fault
      ? `Seed = ${$("seed").value || "nothing"}: ${fault.replace("left out", "kept at ")}${this.choice.seed}`
      : "";
    $("seed").value = this.choice.seed;
  }

  // A seed that can't be is told while it is typed.
  doubt() {
    const { value, validity } = $("seed");
    const empty = value === "" && !validity.badInput;
    const fault = empty ? "" : takeWhole(value, 0, MOST_SEED, () => {});
    $("notice").textContent = fault ? `Seed = ${value}: ${fault.replace("; left out", "")}` : "";
  }

  drop(event) {
    const who = whom();
    this.choice.drops = [...this.choice.drops, { step: this.life.steps, event, who }];
    this.life.drops = this.choice.drops;
    this.life.timeline.drop(this.choice.drops.at(-1));
    this.coming = true;
    const then = this.playing ? "It comes now." : "Play or step to see it.";
    this.say(`${EVENTS[event].label}, for ${who}. ${then}`);
    $("event-note").textContent =
      `${EVENTS[event].label} for ${who} comes next. ${EVENTS[event].meaning}`;
    this.stale = true;
    this.note();
  }

  // What was said to come next has come, or comes no more.
  come(now) {
    this.coming = false;
    $("event-note").textContent = EVENT_HINT;
    if (this.playing) this.tell(now);
  }

  reset() {
    this.pause();
    if (this.life.steps) this.ghost = this.life;
    this.choice.drops = [];
    this.life = new Life(this.choice);
    this.say("Back at the beginning. The life before is kept as a grey line.");
    this.refresh();
  }

  forget() {
    this.ghost = null;
    this.stale = true;
  }

  open(key) {
    this.choice.story = key;
    this.stories.show(key);
    $("story").scrollIntoView({ behavior: calmly.matches ? "auto" : "smooth", block: "start" });
    $("story").focus({ preventScroll: true });
    this.note();
  }

  // The couple of a story, where it can be played with.
  visit(address) {
    location.hash = address;
    $("couple").scrollIntoView({ behavior: calmly.matches ? "auto" : "smooth", block: "start" });
    $("couple").focus({ preventScroll: true });
  }

  // --- time ------------------------------------------------------------------------------------

  toggle() {
    if (this.playing) this.pause();
    else this.play();
  }

  play() {
    this.playing = true;
    this.due = 0;
    this.last = performance.now();
    this.showPlay();
    this.bringIntoView();
  }

  // Bodies and the first row of curves at once, where the window is high enough.
  bringIntoView() {
    const top = $("transport").getBoundingClientRect().top;
    const end = $("charts").firstElementChild.getBoundingClientRect().bottom;
    if (top >= 0 && end <= innerHeight) return;
    $("transport").scrollIntoView({ behavior: calmly.matches ? "auto" : "smooth", block: "start" });
  }

  pause() {
    if (!this.playing) return;
    this.playing = false;
    this.showPlay();
    this.say(summaryOf(this.life));
    this.note();
  }

  showPlay() {
    $("play").textContent = this.playing ? "Pause" : "Play";
    $("play").setAttribute("aria-pressed", this.playing);
  }

  stepOnce() {
    this.pause();
    this.life.advance(1);
    this.say(summaryOf(this.life));
    this.stale = true;
    this.note();
  }

  frame(now) {
    requestAnimationFrame((next) => this.frame(next));
    if (this.again !== undefined) this.relive();
    if (this.playing) this.move(now);
    if (
      this.stale &&
      now - (this.painted ?? -CALM_FRAME) >= (calmly.matches && this.playing ? CALM_FRAME : 0)
    )
      this.paint(now);
  }

  move(now) {
    this.due += ((now - this.last) / 1000) * this.choice.speed;
    this.last = now;
    const steps = Math.min(Math.floor(this.due), MOST_A_FRAME);
    // What could not be done is not owed for ever: a tab that slept would else race for minutes.
    this.due = Math.min(this.due - steps, MOST_A_FRAME);
    if (steps < 1) return;
    this.life.advance(steps);
    this.stale = true;
    if (this.life.over) this.ended();
  }

  ended() {
    this.pause();
    $("notice").textContent = "A year has passed. Reset to begin again.";
  }

  // --- what is seen ----------------------------------------------------------------------------

  refresh() {
    showChoice(this.choice);
    this.sliders.show(this.choice);
    this.switches.show(this.choice);
    this.stories.show(this.choice.story);
    this.resize();
    this.note();
  }

  resize() {
    readColours();
    this.charts.forEach((chart) => chart.fit());
    this.stale = true;
  }

  paint(now) {
    this.stale = false;
    this.painted = now;
    const { life, choice } = this,
      row = life.rows.at(-1);
    this.drawings.forEach((drawing, k) => {
      drawing.title.textContent = PRESETS[choice.preset[WHO[k]]].label;
      drawing.show(life.run);
    });
    this.signals.forEach((signals) => signals.show(life, row));
    this.between.show(life.run);
    this.charts.forEach((chart) => chart.draw(life, this.ghost, choice.view));
    if (this.coming && choice.drops.at(-1)?.step !== life.steps) this.come(now);
    if (this.playing && now - (this.reportedAt ?? 0) > REPORT_EVERY) this.tell(now);
    $("clock").textContent =
      row === undefined
        ? "before the first time step"
        : `${clockOf(life.run.minutes)} \u00b7 ${doing(row)}`;
    $("now").textContent = summaryOf(life);
    $("means").hidden = choice.view < LONG;
    $("ghost-key").hidden = !this.ghost;
    $("forget").hidden = !this.ghost;
    if (!this.playing) $("python").textContent = pythonOf(choice, life.steps);
  }

  // Who listens to the page hears a sentence now and then.
  tell(now) {
    this.reportedAt = now;
    this.say(summaryOf(this.life));
  }

  say(text) {
    $("live").textContent = text;
  }
}

// Whether a hash names a part of the page and no situation.
function isPlace(hash) {
  return hash.length > 1 && !hash.includes("=") && document.getElementById(hash.slice(1)) !== null;
}

const explorer = new Explorer();
