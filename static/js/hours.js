// Hours as people write them: the same notations and limits as apprentices/rules/hours.py. A table of cases in
// imt/tests/browser/test_hours_script.py holds the two together.

const LONGEST = 40;
const MOST_HUNDREDTHS = 2400;
const DECIMAL = /^([0-9]{1,6})(?:[.,]([0-9]{1,2}))?$/;
const CLOCK = /^([0-9]{1,6}):([0-5][0-9])(?::([0-5][0-9]))?$/;
const UNITS = /^(?=[0-9])(?:([0-9]{1,6})[hH])?(?:([0-9]{1,6})[mM](?:([0-5]?[0-9])[sS])?)?$/;

/** {hundredths} of a text, null where it is empty; {error: "notation" or "day"} where it is no hours of a day. */
export function parseHours(written) {
  const text = written.trim();
  if (!text) return { hundredths: null };
  const seconds = text.length <= LONGEST ? secondsOf(text) : null;
  if (seconds === null) return { error: "notation" };
  // half up, as minutes and seconds rarely make whole hundredths
  const hundredths = Math.floor((seconds + 18) / 36);
  if (seconds === 0) return { hundredths: 0 };
  return hundredths > 0 && hundredths <= MOST_HUNDREDTHS ? { hundredths } : { error: "day" };
}

function secondsOf(text) {
  let found = DECIMAL.exec(text);
  if (found) return (Number(found[1]) * 100 + Number((found[2] ?? "").padEnd(2, "0"))) * 36;
  found = CLOCK.exec(text);
  if (!found) {
    found = UNITS.exec(text);
    if (!found || (found[1] && Number(found[2] ?? 0) > 59)) return null;
  }
  return (Number(found[1] ?? 0) * 60 + Number(found[2] ?? 0)) * 60 + Number(found[3] ?? 0);
}

/** 750 → "7.50" */
export function hoursText(hundredths) {
  return `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, "0")}`;
}
