// The time bar: how much waits, and when what is closed, over the year.
const LANES = 8;

const track = (content) => {
  const svg = svgElement("svg", { viewBox: "0 0 1000 20", preserveAspectRatio: "none", "aria-hidden": "true" });
  svg.append(...content);
  return svg;
};

const lane = (name, content) => {
  const row = document.createElement("div");
  const label = document.createElement("span");
  row.className = "lane";
  label.textContent = name;
  row.append(label, track(content));
  return row;
};

/// Draws the lanes of a year above the time's handle; `names` is of what waits and of each thing that closes.
const drawBar = (bar, year, calendar, names) => {
  bar.querySelectorAll(".lane, .months").forEach((old) => old.remove());
  const x = (tick) => (1000 * Math.min(Math.max(tick, 0), year.ticks)) / year.ticks;
  const looks = year.waiting[0]?.tonnes.length ?? 0;
  const totals = Array.from({ length: looks }, (_, look) => year.waiting.reduce((sum, { tonnes }) => sum + tonnes[look], 0));
  const most = Math.max(1, ...totals);
  const top = totals.map((tonnes, look) => `L${x(look * year.look).toFixed(1)} ${(20 - (19 * tonnes) / most).toFixed(1)}`);
  const lanes = [lane(names.waiting, [svgElement("path", { class: "area", d: `M0 20${top.join("")}L1000 20z` })])];
  const length = ({ spells }) => spells.reduce((sum, { from, until }) => sum + until - from, 0);
  const closures = [...year.closures].sort((one, other) => length(other) - length(one)).slice(0, LANES);
  for (const closure of closures) {
    lanes.push(lane(names.closed(closure), closure.spells.map(({ from, until }) =>
      svgElement("rect", { class: "shut", x: x(from), y: 3, width: Math.max(1, x(until) - x(from)), height: 14 }))));
  }
  const months = document.createElement("div");
  months.className = "months";
  for (const { tick, name } of calendar.months(year.ticks)) {
    const label = document.createElement("span");
    label.textContent = name;
    label.style.left = `${(100 * tick) / year.ticks}%`;
    months.append(label);
  }
  bar.prepend(...lanes);
  bar.append(months);
};

/// Days and months of the simulated calendar.
const makeCalendar = (start, language) => {
  const MS = 15 * 60 * 1000;
  const begin = Date.parse(`${start}T00:00:00Z`);
  const style = (parts) => new Intl.DateTimeFormat(language, { timeZone: "UTC", ...parts });
  const [day, month] = [style({ day: "numeric", month: "long", year: "numeric" }), style({ month: "short" })];
  return {
    day: (tick) => day.format(begin + tick * MS),
    months: (ticks) => {
      const all = [];
      const first = new Date(begin);
      for (let number = 0; ; number += 1) {
        const date = Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + number, 1);
        const tick = (date - begin) / MS;
        if (tick >= ticks) return all;
        if (tick >= 0) all.push({ tick, name: month.format(date) });
      }
    },
  };
};
