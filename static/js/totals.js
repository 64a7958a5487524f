// The sums of a grid: of each row, each day and the week, as they stand in the fields.

import { hoursText, parseHours } from "./hours.js";

/** Write the sums of a table. */
export function sum(table) {
  const days = Array(7).fill(0);
  for (const row of table.querySelectorAll("tbody tr")) {
    let total = 0;
    [...row.cells].slice(1, 8).forEach((cell, day) => {
      const hundredths = hundredthsIn(cell);
      total += hundredths;
      days[day] += hundredths;
    });
    row.querySelector("[data-total=row]").textContent = hoursText(total);
  }
  dayPlaces(table).forEach((place, day) => (place.textContent = hoursText(days[day])));
  weekPlace(table).textContent = hoursText(days.reduce((all, day) => all + day, 0));
}

/** {row, day, week}: the sums that a cell counts in, as they are shown. */
export function sumsOf(table, cell) {
  return {
    row: cell.parentElement.querySelector("[data-total=row]").textContent,
    day: dayPlaces(table)[cell.cellIndex - 1].textContent,
    week: weekPlace(table).textContent,
  };
}

const dayPlaces = (table) => table.tFoot.querySelectorAll("[data-total=day]");

const weekPlace = (table) => table.tFoot.querySelector("[data-total=week]");

function hundredthsIn(cell) {
  const input = cell.querySelector(".hours-input");
  const fixed = Math.round(Number(cell.dataset.fixed ?? 0) * 100);
  return fixed + ((input && parseHours(input.value).hundredths) || 0);
}
