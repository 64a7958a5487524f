// A grid of hours after the ARIA pattern: one tab stop, arrow keys between cells, typing replaces, Esc brings back,
// Enter goes down. Without this script the same table is a plain form.

import { isBlock, rowsOf } from "./clipboard.js";
import { hoursText, parseHours } from "./hours.js";
import { sum, sumsOf } from "./totals.js";

const MOVES = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

let isPointerDown = false;
addEventListener("pointerdown", () => (isPointerDown = true), true);
for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => (isPointerDown = false), true);

export class Grid {
  /** `changed(inputs)` is called when cells were left with another text; `say(text)` speaks; `words`: the form's. */
  constructor(table, { changed, say, words }) {
    this.table = table;
    this.changed = changed;
    this.say = say;
    this.words = words;
    this.isEditing = false; // the arrows move inside the cell
    this.before = ""; // what stood in the cell when it was entered
    this.done = []; // changes that can be taken back, each a list of [input, text before]
    this.#name();
    this.cells = [...table.querySelectorAll("tbody tr")].map((row) => [...row.cells].map(stopOf));
    this.#rove();
    table.addEventListener("keydown", (event) => this.#pressed(event));
    table.addEventListener("focusin", (event) => this.#entered(event.target));
    table.addEventListener("focusout", (event) => this.#left(event.target));
    table.addEventListener("paste", (event) => this.#pasted(event));
    table.addEventListener("click", (event) => this.#clicked(event.target));
    table.addEventListener("dblclick", (event) => this.#edit(event.target));
    for (const input of table.querySelectorAll(".hours-input")) {
      if (input.value !== input.defaultValue) this.#show(input); // restored from this device
    }
    sum(this.table);
  }

  #name() {
    this.table.setAttribute("role", "grid");
    for (const cell of this.table.querySelectorAll("[role=cell]")) {
      cell.setAttribute("role", "gridcell");
      if (!cell.querySelector("input, select")) cell.setAttribute("aria-readonly", "true");
    }
  }

  #rove() {
    for (const stop of this.table.querySelectorAll("tbody a, tbody input, tbody select, tbody summary")) {
      if (stop.closest("details") === null || stop.tagName === "SUMMARY") stop.tabIndex = -1;
    }
    for (const stop of this.cells.flat()) if (stop) stop.tabIndex = -1;
    this.#makeCurrent(this.table.querySelector(".hours-input") ?? this.cells.flat().find(Boolean));
  }

  #makeCurrent(stop) {
    if (!stop) return;
    if (this.current) this.current.tabIndex = -1;
    this.current = stop;
    stop.tabIndex = 0;
  }

  /** [row, column] of a stop. */
  #place(stop) {
    const row = this.cells.findIndex((stops) => stops.includes(stop));
    return [row, row < 0 ? -1 : this.cells[row].indexOf(stop)];
  }

  focus() {
    this.current?.focus();
  }

  #entered(target) {
    const [row] = this.#place(target);
    if (row < 0) return;
    this.#makeCurrent(target);
    this.isEditing = false;
    this.isFresh = true; // the click that entered it, if it was one, is still to come
    if (isHours(target)) {
      this.before = target.value;
      target.select();
    }
  }

  #clicked(target) {
    if (this.isFresh && isHours(target)) target.select();
    this.isFresh = false;
  }

  #left(target) {
    if (isHours(target)) this.#keep(target);
  }

  /** The cell is left: its text is read, shown with two places, and remembered. */
  #keep(input) {
    const before = this.before;
    this.#show(input);
    if (input.value === before) return;
    this.done.push([[input, before]]);
    this.before = input.value;
    sum(this.table);
    const sums = sumsOf(this.table, input.closest("td"));
    this.say(this.words.totals.replace(/%\((\w+)\)s/g, (_all, name) => sums[name]));
    this.changed([input]);
  }

  /** Text with two places, or the mark and the words of what is wrong with it. Bad text stays. */
  #show(input) {
    const read = parseHours(input.value);
    if (!read.error && input.value.trim()) input.value = hoursText(read.hundredths);
    const wrong = read.error ? this.#wrong(read.error, input.value.trim()) : "";
    // words below the cell move the page: not while a button is being pressed, which would then miss its click
    if (isPointerDown) addEventListener("pointerup", () => setTimeout(() => mark(input, wrong)), { once: true });
    else mark(input, wrong);
  }

  #wrong(error, text) {
    const words = error === "day" ? this.words.badDay : this.words.bad;
    return words.replace("%(found)s", text.length > 60 ? `${text.slice(0, 59)}…` : text);
  }

  // --- keys ---------------------------------------------------------------------------------------------------

  #pressed(event) {
    const [row, column] = this.#place(event.target);
    if (row < 0 || event.isComposing) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !event.shiftKey) {
      return this.#undo(event);
    }
    if (event.altKey || event.metaKey) return;
    if (event.key === "F2") return void (event.preventDefault(), this.#edit(event.target));
    if (event.key === "Escape") return this.#giveUp(event);
    if (event.key === "Enter") return this.#enter(event, row, column);
    if (this.isEditing) return;
    const to = this.#destination(event, row, column);
    if (!to) return;
    event.preventDefault();
    to.focus();
  }

  #destination(event, row, column) {
    const { key, ctrlKey, shiftKey } = event;
    if (shiftKey && key !== "Tab") return null;
    if (key === "Home" || key === "End") return this.#end(key === "Home", ctrlKey, row);
    if (!(key in MOVES)) return null;
    const [down, right] = MOVES[key];
    return this.#next(row, column, down, right, ctrlKey) ?? this.cells[row][column];
  }

  /** The next stop in a direction; with `far` the last one. */
  #next(row, column, down, right, far) {
    let found = null;
    for (;;) {
      row += down;
      column += right;
      if (!(row in this.cells) || column < 0 || column >= this.cells[row].length) return found;
      if (this.cells[row][column]) {
        found = this.cells[row][column];
        if (!far) return found;
      }
    }
  }

  #end(isFirst, ofGrid, row) {
    const rows = ofGrid ? (isFirst ? this.cells : [...this.cells].reverse()) : [this.cells[row]];
    for (const stops of rows) {
      const hours = stops.filter((stop) => stop && isHours(stop));
      if (hours.length) return isFirst ? hours[0] : hours.at(-1);
    }
    return null;
  }

  #enter(event, row, column) {
    const target = event.target;
    if (event.ctrlKey) return; // submits: page.js
    if (target.matches("a, summary, input[type=checkbox]")) return;
    if (target.matches("select") && !this.isEditing) {
      event.preventDefault();
      return this.#edit(target);
    }
    event.preventDefault();
    this.isEditing = false;
    if (isHours(target)) this.#keep(target);
    (this.#next(row, column, event.shiftKey ? -1 : 1, 0, false) ?? target).focus();
    if (isHours(target) && document.activeElement === target) target.select();
  }

  #edit(target) {
    if (isHours(target)) {
      this.isEditing = true;
      target.setSelectionRange(target.value.length, target.value.length);
    } else if (target.matches?.("select")) {
      this.isEditing = true;
      target.showPicker?.();
    }
  }

  #giveUp(event) {
    const wasEditing = this.isEditing;
    this.isEditing = false;
    if (!isHours(event.target)) return;
    if (event.target.value !== this.before || wasEditing) event.preventDefault();
    event.target.value = this.before;
    mark(event.target, "");
    this.#show(event.target);
    event.target.select();
    sum(this.table);
    this.changed([event.target]);
  }

  // --- blocks from a spreadsheet ------------------------------------------------------------------------------

  #pasted(event) {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!isHours(event.target) || !isBlock(text)) return;
    event.preventDefault();
    const [row, column] = this.#place(event.target);
    const batch = [];
    let leftOut = 0;
    rowsOf(text).forEach((values, down) => {
      values.forEach((value, right) => {
        const stop = this.cells[row + down]?.[column + right];
        if (!stop || !isHours(stop)) {
          leftOut += value.trim() ? 1 : 0;
          return;
        }
        batch.push([stop, stop.value]);
        stop.value = value.trim().slice(0, 40);
        this.#show(stop);
      });
    });
    this.before = event.target.value;
    event.target.select();
    this.done.push(batch);
    sum(this.table);
    this.changed(batch.map(([input]) => input));
    const said = [this.words.pasted.replace("%(count)s", batch.length)];
    if (leftOut) said.push(this.words.leftOut.replace("%(count)s", leftOut));
    this.say(said.join(" "), true);
  }

  #undo(event) {
    if (isHours(event.target) && event.target.value !== this.before) return; // the browser's own, within the cell
    event.preventDefault();
    const batch = this.done.pop();
    if (!batch) return;
    for (const [input, before] of [...batch].reverse()) {
      input.value = before;
      this.#show(input);
    }
    this.#makeCurrent(batch[0][0]);
    this.focus();
    this.before = this.current.value;
    this.current.select();
    sum(this.table);
    this.changed(batch.map(([input]) => input));
    this.say(this.words.undone, true);
  }
}

/** The one thing in a cell that takes the focus, or null. */
function stopOf(cell) {
  return cell.querySelector("input:not([type=hidden]):not(.note-input), select, a, summary");
}

const isHours = (target) => target.classList?.contains("hours-input") ?? false;

function mark(input, text) {
  const id = `${input.id}-error`;
  const shown = document.getElementById(id);
  if (!text) {
    shown?.remove();
    input.removeAttribute("aria-invalid");
    if (input.getAttribute("aria-describedby") === id) input.removeAttribute("aria-describedby");
    return;
  }
  const list = shown ?? Object.assign(document.createElement("ul"), { id, className: "errorlist" });
  list.replaceChildren(Object.assign(document.createElement("li"), { textContent: text }));
  if (!shown) input.after(list);
  input.setAttribute("aria-invalid", "true");
  if (!input.hasAttribute("aria-describedby")) input.setAttribute("aria-describedby", id);
}
