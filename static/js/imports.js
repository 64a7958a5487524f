// Watches the work on a file: moves its bar each second and shows the result when it is there.
const work = document.querySelector("[data-progress]");
const bar = work.querySelector("progress");
const done = work.querySelector(".work-done");

async function look() {
  try {
    const response = await fetch(work.dataset.progress, { headers: { Accept: "application/json" } });
    if (!response.ok) {
      throw new Error(String(response.status));
    }
    const told = await response.json();
    if (!told.at_work) {
      location.reload();
      return;
    }
    if (told.total) {
      bar.max = told.total;
      bar.value = told.done;
    }
    done.textContent = told.done;
  } catch {
    // the server is away for a moment: look again
  }
  setTimeout(look, 1000);
}

setTimeout(look, 500);
