// What a spreadsheet puts on the clipboard.

/** Rows of cells of a text: tabs between cells, lines between rows; a cell that holds either stands in quotes. */
export function rowsOf(text) {
  const rows = [[]];
  const cells = /("(?:[^"]|"")*"|[^\t\r\n]*)(\t|\r\n|\n|\r|$)/g;
  while (cells.lastIndex < text.length) {
    const [, cell, end] = cells.exec(text);
    rows.at(-1).push(unquoted(cell));
    if (end === "\t" && cells.lastIndex === text.length) rows.at(-1).push("");
    if (end && end !== "\t" && cells.lastIndex < text.length) rows.push([]);
  }
  return rows;
}

function unquoted(cell) {
  return /^".*"$/s.test(cell) && cell.length > 1 ? cell.slice(1, -1).replaceAll('""', '"') : cell;
}

/** Whether a text is more than one cell. */
export const isBlock = (text) => /[\t\n\r]/.test(text.replace(/[\r\n]+$/, ""));
