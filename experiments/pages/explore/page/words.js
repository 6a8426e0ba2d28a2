// What happens, in words.

const DAY = 1440;
const EVENT_HINT = "Each button says here what it does. Events come before the next time step.";
const DOING = {
  exchange: (near) => (near ? "together, talking" : "apart, texting"),
  between: () => "between two exchanges",
  night: () => "asleep",
  talk: () => "in a conflict talk",
  apart: () => "apart, no contact",
  laboratory: () => "face to face",
  session: () => "in a session",
};

function clockOf(minutes) {
  const day = Math.floor(minutes / DAY),
    rest = minutes - day * DAY;
  const hours = Math.floor(rest / 60),
    left = Math.floor(rest - hours * 60);
  const seconds = Math.round((rest - hours * 60 - left) * 60);
  const small = minutes < 60 && seconds % 60 ? ` ${seconds % 60} s` : "";
  return `day ${day + 1}, ${hours ? `${hours} h ` : ""}${left} min${small} in`;
}

function doing(row) {
  const numbers = ROWS[row];
  return (DOING[KINDS[row]] ?? (() => KINDS[row]))(numbers[2] > 0.5);
}

// Three steps of alarm; the words are ours, the number stands beside them.
function alarmWord(alarm) {
  if (alarm >= 0.5) return "alarmed";
  return alarm >= 0.25 ? "watchful" : "quiet";
}

function partnerWords(run, who) {
  const small = who.toLowerCase();
  const alarm = run.value(`${small}.alarm`),
    arousal = run.value(`${small}.arousal`);
  const beyond = arousal > run.value(`window_${small}`);
  const body = beyond ? "arousal beyond the window" : "arousal inside the window";
  return `${who} is ${alarmWord(alarm)} (alarm ${twoDigits(alarm)}), ${body}.`;
}

function channelWords(run, row, from, to) {
  if (ROWS[row][1] < 0.5) return "";
  const sent = run.value(`sent_${from.toLowerCase()}.warmth`);
  const heard = run.value(`heard_${to.toLowerCase()}.warmth`);
  const way =
    heard < sent - 0.15 ? ", colder than meant" : heard > sent + 0.15 ? ", warmer than meant" : "";
  return `${from} sent warmth ${twoDigits(sent)}; ${to} perceived ${twoDigits(heard)}${way}.`;
}

function summaryOf(life) {
  if (!life.steps) return "Nothing has happened yet. Press play, or step.";
  const row = life.rows[life.steps - 1],
    run = life.run;
  const parts = [
    `${clockOf(run.minutes)}, ${doing(row)}.`,
    partnerWords(run, "A"),
    partnerWords(run, "B"),
    channelWords(run, row, "A", "B"),
    channelWords(run, row, "B", "A"),
    `Closeness ${twoDigits(run.value("dyad.closeness"))}.`,
  ];
  return sentence(parts.filter(Boolean).join(" "));
}

function sentence(text) {
  return text[0].toUpperCase() + text.slice(1);
}
