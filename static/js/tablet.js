// At the tablet on the floor: who walks away is signed out. The server ends the session by itself after two idle
// minutes; here the page goes away, too, after a warning of twenty seconds. Without this script the server's word holds.

const WARN_AFTER = 100_000;
const LEAVE_AFTER = 120_000;
const TELL_EVERY = 30_000;

const leave = document.getElementById("leave-tablet");
const dialog = document.getElementById("tablet-idle");
let seenAt = Date.now();
let toldAt = Date.now();

function seen() {
  if (dialog.open) return; // only its own button keeps one signed in
  seenAt = Date.now();
  if (seenAt - toldAt > TELL_EVERY) tell();
}

async function tell() {
  toldAt = Date.now();
  const token = leave.elements.csrfmiddlewaretoken.value;
  try {
    const answer = await fetch(dialog.dataset.here, { method: "POST", headers: { "X-CSRFToken": token } });
    if (answer.status === 403) window.location.assign("/tablet/");
  } catch {
    // no connection: what is typed stays on the page, the next sign of life tries again
  }
}

function look() {
  const idle = Date.now() - seenAt;
  if (idle >= LEAVE_AFTER) leave.submit();
  else if (idle >= WARN_AFTER && !dialog.open) dialog.showModal();
}

for (const event of ["pointerdown", "keydown", "input", "scroll"]) {
  document.addEventListener(event, seen, { passive: true });
}
dialog.addEventListener("close", () => {
  seenAt = Date.now();
  tell();
});
setInterval(look, 1000);
