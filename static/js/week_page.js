// The page of a week, of one person or of the crew: grids, what is kept while it is typed, and the keys of the form.

import { Grid } from "./grid.js";
import { Typed } from "./typed.js";

const form = document.querySelector("[data-week-form]");
const words = form.dataset;
const live = form.querySelector("[data-live]");
const statusLine = form.querySelector("[data-status]");

const STATUS = { saving: words.saving, kept: words.kept, offline: words.offline, signedOut: words.signedOut };

function status(name) {
  const text = STATUS[name] ?? "";
  if (statusLine.textContent !== text) statusLine.textContent = text;
  statusLine.dataset.state = name;
}

function say(text, isShown = false) {
  live.textContent = text;
  if (isShown) note.textContent = text;
}

const note = Object.assign(document.createElement("p"), { className: "grid-note" });
live.before(note);

const typed = new Typed(form, status);
const isRestored = typed.restore();
const grids = [...form.querySelectorAll("[data-grid]")].map(
  (table) => new Grid(table, { changed: (inputs) => typed.left(inputs), say, words }),
);
if (isRestored && !form.querySelector(".restored:not([hidden])")) {
  form.querySelector("[data-restored-here]").hidden = false;
}
for (const element of form.querySelectorAll("[data-needs-script]")) element.hidden = false;

form.addEventListener("input", (event) => {
  note.textContent = "";
  typed.typing(event.target);
});
form.addEventListener("change", (event) => {
  if (!event.target.classList.contains("hours-input")) typed.left([event.target]);
});
for (const button of form.querySelectorAll("[data-discard]")) {
  button.addEventListener("click", () => typed.discard());
}
form.addEventListener("submit", () => typed.submitting());
addEventListener("pagehide", () => typed.send());
addEventListener("online", () => typed.send());

function press(act) {
  form.querySelector(`button[value=${act}]:not([tabindex="-1"])`)?.click();
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.repeat) return;
  if (event.ctrlKey && event.key === "Enter" && form.contains(document.activeElement)) {
    event.preventDefault();
    press("submit");
  }
  if (!event.altKey || !event.shiftKey || event.ctrlKey || event.metaKey) return;
  const act = { KeyC: "copy_hours", KeyR: "copy_rows" }[event.code];
  if (act) {
    event.preventDefault();
    press(act);
  }
});

// after copying, the first cell has the focus already (autofocus): the grid takes it from there
if (document.activeElement?.classList.contains("hours-input")) document.activeElement.select();
