// Small helpers for the page.

const WHO = ["A", "B"];
const other = (who) => (who === "A" ? "B" : "A");
const $ = (id) => document.getElementById(id);

function make(tag, attributes = {}, ...children) {
  return fitted(document.createElement(tag), attributes, children);
}

function drawn(tag, attributes = {}, ...children) {
  return fitted(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

function fitted(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

function option(value, text) {
  return make("option", { value }, text);
}

function twoDigits(value) {
  return (Math.abs(value) < 0.005 ? 0 : value).toFixed(2).replace("-", "\u2212");
}

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

// Colours are read once, and again when the scheme changes.
let COLOURS = {};
function readColours() {
  const names = [
    "paper",
    "panel",
    "ink",
    "soft",
    "line",
    "a",
    "b",
    "grey",
    "ghost",
    "night",
    "apart",
    "talk",
  ];
  COLOURS = Object.fromEntries(names.map((name) => [name, colour(name)]));
}

const calmly = matchMedia("(prefers-reduced-motion: reduce)");
