// What is typed is kept until it is saved: on this device at each letter, on the server when a cell is left. After a
// crash, a lost session or a server that was down it stands in the page again, unsaved.
//
// On the device a week is kept under the user, the week and the apprenticeship: nobody else sees it here.

const RETRY = 4000;
const WAIT = 250;

export class Typed {
  /** `status(word)`: one of "", "saving", "kept", "offline", "signedOut". */
  constructor(form, status) {
    this.form = form;
    this.status = status;
    this.weeks = [...form.querySelectorAll("tbody[data-apprenticeship]")].map((body) => new TypedWeek(body, form));
    this.waiting = new Set();
    this.timer = null;
    this.#forgetSaved();
  }

  #weekOf(field) {
    return this.weeks.find((week) => week.body.contains(field)) ?? null;
  }

  /** Lay what this device kept over the page. True where something was. */
  restore() {
    const restored = this.weeks.filter((week) => week.restore());
    for (const week of this.weeks) if (week.differs()) this.#later(week);
    return restored.length > 0;
  }

  /** A letter was typed: kept on the device at once. */
  typing(field) {
    const week = this.#weekOf(field);
    for (const one of week ? [week] : this.weeks) one.keep();
    if (week) this.status("saving");
  }

  /** Cells were left: kept on the server too. */
  left(fields) {
    const weeks = new Set(fields.map((field) => this.#weekOf(field)).filter(Boolean));
    for (const week of weeks.size ? weeks : this.weeks) {
      week.keep();
      this.#later(week);
    }
  }

  #later(week) {
    this.waiting.add(week);
    this.status("saving");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), WAIT);
  }

  /** Send what waits. */
  async send() {
    clearTimeout(this.timer);
    const weeks = [...this.waiting];
    if (!weeks.length || this.isSending || this.isGone) return;
    this.waiting.clear();
    this.isSending = true;
    let answer = null;
    try {
      answer = await fetch(this.form.dataset.typed, {
        method: "POST",
        redirect: "manual",
        keepalive: true, // goes out even while the page is left
        headers: {
          "Content-Type": "application/json",
          "X-CSRFToken": this.form.querySelector("[name=csrfmiddlewaretoken]").value,
        },
        body: JSON.stringify({ weeks: weeks.map((week) => week.message()) }),
      });
    } catch {
      answer = null; // the server is not there
    }
    this.isSending = false;
    if (answer?.ok) {
      this.status(this.waiting.size ? "saving" : "kept");
      if (this.waiting.size) this.timer = setTimeout(() => this.send(), WAIT);
      return;
    }
    for (const week of weeks) this.waiting.add(week);
    const isSignedOut = answer !== null && (answer.type === "opaqueredirect" || answer.status === 403);
    this.status(isSignedOut ? "signedOut" : "offline");
    this.timer = setTimeout(() => this.send(), RETRY);
  }

  discard() {
    clearTimeout(this.timer);
    this.waiting.clear();
    for (const week of this.weeks) week.forget();
    this.isGone = true;
  }

  /** The form itself is on its way: it carries all that is typed, and the device keeps it until it arrived. */
  submitting() {
    clearTimeout(this.timer);
    this.isGone = true;
  }

  /** Weeks that the server says are saved now: what the device kept of the edit before is no longer needed. */
  #forgetSaved() {
    const mark = this.form.dataset.saved ?? location.hash;
    const found = /^#saved=(.*)$/.exec(mark);
    if (!found) return;
    for (const pair of found[1].split(",")) {
      const [key, number] = pair.split(":");
      this.weeks.find((week) => week.apprenticeship === key)?.forgetBefore(Number(number));
      forgetClosed(this.form.dataset.user, key, Number(number));
    }
    if (location.hash === mark) history.replaceState(null, "", location.pathname + location.search);
  }
}

class TypedWeek {
  constructor(body, form) {
    this.body = body;
    this.form = form;
    const { apprenticeship, prefix, week, editNumber } = body.dataset;
    Object.assign(this, { apprenticeship, prefix, week, editNumber: Number(editNumber) });
    this.key = `typed:${form.dataset.user}:${apprenticeship}:${week}`;
  }

  #fields() {
    const inside = [...this.body.querySelectorAll("input[type=text], select")];
    const late = this.form.elements.late_reason;
    return late && late.tagName === "INPUT" ? [...inside, late] : inside;
  }

  /** The name without the crew's prefix. */
  #name(field) {
    return this.prefix ? field.name.replace(`-${this.prefix}`, "-") : field.name;
  }

  /** {name: text} of the fields that say something else than what is stored. */
  texts() {
    const changed = this.#fields().filter((field) => field.value !== stored(field));
    // the crew's one reason for being late belongs to those of whom something else was typed
    const isOwn = !this.prefix || changed.some((field) => this.body.contains(field));
    return Object.fromEntries(isOwn ? changed.map((field) => [this.#name(field), field.value]) : []);
  }

  differs() {
    return Object.keys(this.texts()).length > 0;
  }

  message() {
    return { apprenticeship: Number(this.apprenticeship), week: this.week, edit_number: this.editNumber, typed: this.texts() };
  }

  keep() {
    const texts = this.texts();
    try {
      if (Object.keys(texts).length === 0) localStorage.removeItem(this.key);
      else localStorage.setItem(this.key, JSON.stringify({ editNumber: this.editNumber, texts }));
    } catch {
      // a full or forbidden store: the server still has it
    }
  }

  #kept() {
    try {
      return JSON.parse(localStorage.getItem(this.key) ?? "null");
    } catch {
      return null;
    }
  }

  forget() {
    localStorage.removeItem(this.key);
  }

  forgetBefore(number) {
    const kept = this.#kept();
    if (kept && kept.editNumber < number) this.forget();
  }

  /** True where the device had something that the page did not show. */
  restore() {
    const kept = this.#kept();
    if (!kept) return false;
    const fields = new Map(this.#fields().map((field) => [this.#name(field), field]));
    let isNew = false;
    for (const [name, text] of Object.entries(kept.texts)) {
      const field = fields.get(name);
      if (!field || same(field.value, text)) continue;
      field.value = text;
      isNew = true;
      if (kept.editNumber !== this.editNumber) this.#sayNow(field);
    }
    if (!this.differs()) this.forget();
    return isNew;
  }

  /** Somebody saved meanwhile: what stands now is shown beside what was typed. */
  #sayNow(field) {
    const now = stored(field);
    if (!field.classList.contains("hours-input") || field.parentElement.querySelector(".now")) return;
    const text = this.form.dataset.now.replace("%(hours)s", now || "–");
    field.after(Object.assign(document.createElement("span"), { className: "why now", textContent: text }));
  }
}

const stored = (field) =>
  field.dataset.stored ?? (field.tagName === "SELECT" ? "" : field.defaultValue);

const same = (one, other) => one === other || (one !== "" && Number(one) === Number(other));

/** Saved weeks that the page no longer lets anybody type in. */
function forgetClosed(user, apprenticeship, number) {
  const start = `typed:${user}:${apprenticeship}:`;
  for (const key of Object.keys(localStorage)) {
    if (!key.startsWith(start)) continue;
    const kept = JSON.parse(localStorage.getItem(key));
    if (kept.editNumber < number) localStorage.removeItem(key);
  }
}
