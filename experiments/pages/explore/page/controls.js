// Menus, buttons and keys: they say what is wanted, and main.js does it.

function fillMenus() {
  for (const who of WHO) {
    $(`preset-${who}`).append(
      ...Object.entries(PRESETS).map(([name, preset]) => option(name, named(name, preset.label))),
    );
  }
  $("context").append(
    ...Object.entries(CONTEXTS).map(([name, context]) => option(name, context.label)),
  );
  $("speed").append(...SPEEDS.map((speed) => option(speed, `${speed} a second`)));
  $("view").append(...Object.entries(VIEWS).map(([steps, text]) => option(steps, text)));
}

// A preset's label, and in brackets its name on the command line where that is another word.
function named(name, label) {
  return label.toLowerCase() === name ? label : `${label} (${name})`;
}

function fillEvents(drop) {
  Object.entries(EVENTS).forEach(([name, { label, meaning }], k) => {
    const button = make(
      "button",
      { type: "button", "data-event": name, "aria-describedby": "event-note" },
      label,
      make("kbd", { "aria-hidden": "true" }, String(k + 1)),
    );
    button.addEventListener("click", () => drop(name));
    for (const kind of ["focus", "pointerenter"]) {
      button.addEventListener(kind, () => {
        $("event-note").textContent = `${label}: ${meaning}`;
      });
    }
    $("events").append(button);
  });
  $("event-note").textContent = EVENT_HINT;
}

function whom() {
  return document.querySelector("input[name=whom]:checked").value;
}

function switchWhom() {
  document.querySelector(`input[name=whom][value=${other(whom())}]`).checked = true;
}

const TYPING = "input[type=number], textarea, select";

// Single keys work where nothing is being typed, and can be switched off.
function listenForKeys(actions) {
  document.addEventListener("keydown", (event) => {
    const typing = event.target instanceof Element && event.target.matches(TYPING);
    if (!$("keys").checked || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const action = actions[event.key.toLowerCase()];
    if (!action) return;
    event.preventDefault();
    action();
  });
}

function showChoice(choice) {
  for (const who of WHO) $(`preset-${who}`).value = choice.preset[who];
  for (const name of ["context", "speed", "view"]) $(name).value = choice[name];
  if (document.activeElement !== $("seed")) $("seed").value = choice.seed;
  const about = WHO.map((who) => `${who}: ${PRESETS[choice.preset[who]].reason}`);
  $("preset-notes").textContent = `${about.join(" ")} ${CONTEXTS[choice.context].meaning}`;
}
