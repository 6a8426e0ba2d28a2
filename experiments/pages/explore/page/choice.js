// What the reader has chosen: two people, a life, a seed, what was dropped in.

const MOST_SEED = 4294967295;
const MOST_STEPS = 7665;
const SPEEDS = [1, 2, 5, 10, 20, 60, 120, 240];
const VIEWS = { 42: "2 days", 105: "5 days", 210: "10 days", 630: "30 days", 7665: "all" };

function freshChoice() {
  return {
    preset: { A: "scanner", B: "withdrawer" },
    set: { A: {}, B: {} },
    off: [],
    context: "everyday",
    seed: 1,
    drops: [],
    speed: 5,
    view: 105,
    step: 0,
    story: "",
  };
}

function numbersOf(choice, who) {
  return personWith(choice.preset[who], choice.set[who]);
}

function sharedOf(choice) {
  return sharedWith(Object.fromEntries(choice.off.map((name) => [name, 0])));
}

function presetValue(choice, who, name) {
  return PRESETS[choice.preset[who]].values[PARAMETERS.findIndex((rule) => rule.name === name)];
}
