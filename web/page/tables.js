// Tables: a heading is pressed to sort by its column, pressed again to turn the order.
const valueOf = (row, column) => {
  const cell = row.cells[column];
  return cell.dataset.by === undefined ? cell.textContent.trim() : Number(cell.dataset.by);
};
const compareValues = (one, other) =>
  typeof one === "number" && typeof other === "number" ? one - other : String(one).localeCompare(String(other));
const sortBy = (table, heading, column) => {
  const numbers = heading.classList.contains("number");
  const now = heading.getAttribute("aria-sort");
  const order = now === (numbers ? "descending" : "ascending") ? -1 : 1;
  const direction = numbers ? -order : order;
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", direction > 0 ? "ascending" : "descending");
  const rows = [...table.tBodies[0].rows];
  rows.sort((one, other) => direction * compareValues(valueOf(one, column), valueOf(other, column)));
  table.tBodies[0].append(...rows);
};
const makeSortable = (within) => {
  for (const table of within.querySelectorAll("table.sortable")) {
    [...table.tHead.rows[0].cells].forEach((heading, column) => {
      const press = document.createElement("button");
      press.type = "button";
      press.textContent = heading.textContent;
      press.addEventListener("click", () => sortBy(table, heading, column));
      heading.replaceChildren(press);
    });
  }
};
makeSortable(document);
