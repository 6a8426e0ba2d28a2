// Six stories: who, what, a question, an answer of one's own, and only then the model.

class Stories {
  constructor(list, place, open, report, visit) {
    Object.assign(this, { place, open, report, visit, seed: 1 });
    this.buttons = STORIES.map((story, k) => {
      const button = make(
        "button",
        { type: "button", "data-story": story.key },
        make("span", { class: "number" }, `Story ${k + 1}`),
        story.title,
      );
      button.addEventListener("click", () => open(story.key));
      list.append(make("li", {}, button));
      return button;
    });
  }

  show(key) {
    this.buttons.forEach((b) => b.setAttribute("aria-current", b.dataset.story === key));
    if (this.key === key) return;
    this.key = key;
    this.place.replaceChildren();
    this.story = STORIES.find((story) => story.key === key);
    if (this.story) this.ask(this.story);
  }

  ask(story) {
    const answers = make("div", {
      class: "answers",
      role: "radiogroup",
      "aria-label": story.question,
    });
    story.choices.forEach((text, k) => {
      answers.append(
        make(
          "label",
          {},
          make("input", { type: "radio", name: "answer", value: k }),
          make("span", {}, text),
        ),
      );
    });
    this.answers = make("fieldset", {}, make("legend", {}, story.question), answers);
    this.button = make(
      "button",
      { type: "button", class: "primary", id: "reveal", disabled: "" },
      "Show what the model does",
    );
    this.result = make("div", { id: "result" });
    answers.addEventListener("change", () => {
      this.button.disabled = false;
    });
    this.button.addEventListener("click", () => this.reveal());
    this.hint = make("p", { class: "notes" }, "Choose an answer first. There is no score.");
    this.place.append(
      make("h3", {}, story.title),
      make("p", {}, story.setting),
      this.answers,
      make("div", { class: "actions" }, this.button),
      this.hint,
      this.result,
    );
  }

  chosen() {
    return Number(this.answers.querySelector("input:checked").value);
  }

  // A few couples at a time, so that the page stays awake.
  reveal() {
    this.answers.disabled = true;
    this.button.hidden = this.hint.hidden = true;
    const bar = make("progress", { max: 1, value: 0, "aria-label": "Couples lived through" });
    this.result.replaceChildren(bar);
    const story = this.story,
      turns = lived(story, this.seed);
    const go = () => {
      const until = performance.now() + 12;
      while (performance.now() < until) {
        const turn = turns.next();
        if (turn.done) return this.tell(story, turn.value);
        bar.value = turn.value;
      }
      if (this.story === story) setTimeout(go, 0);
    };
    go();
  }

  tell(story, found) {
    if (this.story !== story) return;
    const numbers = Object.fromEntries(
      Object.entries(story.numbers).map(([name, series]) => [name, measured(story, found, series)]),
    );
    const answer = story.choices[story.answer];
    const verdict = make(
      "div",
      { class: "verdict", tabindex: -1 },
      make("p", {}, make("b", {}, "You expected: "), story.choices[this.chosen()]),
      make(
        "p",
        {},
        make("b", {}, "The model: "),
        this.chosen() === story.answer ? "the same." : answer,
      ),
    );
    const panels = make(
      "div",
      { class: "panels" },
      ...story.panels.map((panel) => new Picture(story, found, panel).figure),
    );
    this.result.replaceChildren(
      verdict,
      panels,
      make("p", { class: "notes" }, this.legend(story)),
      make("p", {}, filled(story.found, numbers)),
      make("p", {}, story.because, " ", equationLink(story.equation)),
      this.evidence(story),
      this.actions(story),
    );
    this.report(`${story.title}. ${filled(story.found, numbers)}`);
    verdict.focus({ preventScroll: true });
  }

  legend(story) {
    const threads = story.panels.every((panel) => panel.kind === "thread");
    if (threads)
      return `One couple, seed ${this.seed}; the numbers below are means of ${story.couples} couples.`;
    const marks = [
      story.panels.some((panel) => panel.kind !== "dots") && "bands hold the middle 80 %",
      story.panels.some((panel) => panel.kind === "dots") && "rings are single couples",
    ];
    return `Means of ${story.couples} couples alike in all but their random numbers, seed ${this.seed}; ${marks.filter(Boolean).join(", ")}.`;
  }

  evidence(story) {
    return make(
      "p",
      { class: "notes" },
      make("b", {}, "What research says: "),
      story.evidence,
      ` (claim ${story.claim})`,
    );
  }

  actions(story) {
    const again = make("button", { type: "button", id: "other-seed" }, "Again, with another random seed");
    again.addEventListener("click", () => {
      this.seed += 1;
      this.reveal();
    });
    const lab = make(
      "a",
      { href: `#${story.lab}`, id: "lab", class: "button" },
      "Open this couple above",
    );
    lab.addEventListener("click", (event) => {
      event.preventDefault();
      this.visit(story.lab);
    });
    const next = STORIES[(STORIES.indexOf(story) + 1) % STORIES.length];
    const on = make("button", { type: "button", id: "next" }, `Next: ${next.title}`);
    on.addEventListener("click", () => this.open(next.key));
    return make("div", { class: "actions" }, again, on, lab);
  }
}

function filled(text, numbers) {
  return text.replace(/\{([^}]+)\}/g, (_, name) => twoDigits(numbers[name]));
}

function equationLink(name) {
  const link = make("a", { href: `#equation-${name}` }, "Read the equation.");
  link.addEventListener("click", (event) => {
    event.preventDefault();
    const box = $(`equation-${name}`);
    box.open = true;
    box.scrollIntoView();
    box.querySelector("summary").focus();
  });
  return link;
}
