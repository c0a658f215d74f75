// A simulated year is played on the map: play and pause, speed, the time's handle, which year.
(() => {
  const place = document.getElementById("replay");
  const map = place?.parentElement.querySelector(".map > svg");
  if (!map) return;
  for (const sign of place.querySelectorAll("[data-sign]")) sign.setAttribute("d", SIGNS[sign.dataset.sign]);

  const told = JSON.parse(place.dataset.replay);
  const part = (name) => document.getElementById(`replay-${name}`);
  const calendar = makeCalendar(told.start, told.language);
  const tonnes = new Intl.NumberFormat(told.language, { maximumSignificantDigits: 3 });
  const stage = makeStage(map);
  const time = part("time");
  const chosen = part("now").textContent;
  const DAY = 96;

  let watched = null;
  let moment = 0;
  let isPlaying = false;
  let last = 0;

  const nodeName = (node) => told.nodes[node];
  const closedName = ({ node, link }) =>
    node === undefined ? `${nodeName(told.links[link][1])} – ${nodeName(told.links[link][2])}` : nodeName(node);

  /// The year that is chosen, unpacked when it is first wanted.
  const load = async () => {
    const id = place.querySelector('input[name="replay-year"]:checked').value;
    if (watched?.id === id) return;
    const year = readYear(new Uint8Array(await unpacked(id)));
    const most = Math.max(1, ...year.waiting.map((one) => Math.max(...one.tonnes)));
    watched = { id, ticks: year.ticks, most, at: watchYear(year, told.links) };
    time.max = year.ticks - 1;
    drawBar(part("bar"), year, calendar, { waiting: told.words.waits, closed: closedName });
  };

  const say = (seen) => {
    const count = (...modes) => seen.moving.filter(({ mode }) => modes.includes(mode)).length;
    const waits = seen.waiting.reduce((sum, one) => sum + one.tonnes, 0);
    const longest = [...seen.waiting].sort((one, other) => other.tonnes - one.tonnes).slice(0, 3).filter((one) => one.tonnes > 0);
    const where = longest.map((one) => `${nodeName(one.node)} ${tonnes.format(one.tonnes)}`).join(", ");
    const closed = seen.closed.map(closedName).join(", ") || told.words.nothing;
    const facts = [
      [told.words.trains, count("rail")], [told.words.lorries, count("road")], [told.words.sea, count("sea")],
      [told.words.port, seen.moored.reduce((sum, one) => sum + one.count, 0)],
    ];
    const counts = facts.filter(([, number]) => number > 0).map(([word, number]) => `${word} ${number}`);
    const lines = [
      [`${calendar.day(moment)}:`, [...counts, `${told.words.waits} ${tonnes.format(waits)}${where && ` (${where})`}`].join(" · ")],
      [`${told.words.closed}:`, closed],
    ];
    part("now").replaceChildren(...lines.map(([head, rest]) => {
      const line = document.createElement("span");
      const strong = document.createElement("strong");
      strong.textContent = head;
      line.append(strong, ` ${rest}`);
      return line;
    }));
  };

  const draw = () => {
    const seen = watched.at(moment);
    stage.draw(seen, watched.most);
    say(seen);
    time.value = moment;
    time.setAttribute("aria-valuetext", calendar.day(moment));
  };

  const step = (now) => {
    if (!isPlaying) return;
    moment += ((now - last) / 1000) * Number(part("speed").value) * DAY;
    last = now;
    if (moment >= watched.ticks) {
      moment = watched.ticks - 1;
      pause();
    } else requestAnimationFrame(step);
    draw();
  };

  const pause = () => {
    isPlaying = false;
    part("play").textContent = told.words.play;
    // Screen readers hear where it stands, not every day on the way.
    part("now").setAttribute("aria-live", "polite");
  };

  /// Shows the year at its moment; the means of the map give way to it.
  const show = async () => {
    await load();
    stage.show();
    place.classList.add("playing");
    part("leave").hidden = false;
    draw();
  };

  const play = async () => {
    await show();
    if (moment >= watched.ticks - 1) moment = 0;
    isPlaying = true;
    last = performance.now();
    part("now").removeAttribute("aria-live");
    part("play").textContent = told.words.pause;
    requestAnimationFrame(step);
  };

  const leave = () => {
    pause();
    stage.hide();
    place.classList.remove("playing");
    part("now").textContent = chosen;
    part("leave").hidden = true;
    part("play").focus();
  };

  part("play").addEventListener("click", () => { if (isPlaying) pause(); else play(); });
  part("leave").addEventListener("click", leave);
  time.addEventListener("input", () => {
    moment = Number(time.value);
    if (!isPlaying) show();
  });
  time.addEventListener("keydown", (event) => {
    const steps = { PageUp: 7 * DAY, PageDown: -7 * DAY, ArrowRight: DAY, ArrowUp: DAY, ArrowLeft: -DAY, ArrowDown: -DAY };
    const by = steps[event.key];
    if (event.key === " ") part("play").click();
    else if (by === undefined) return;
    else {
      moment = Math.min(Math.max(moment + by, 0), Number(time.max));
      if (!isPlaying) show();
    }
    event.preventDefault();
  });
  for (const choice of place.querySelectorAll('input[name="replay-year"]')) {
    choice.addEventListener("change", show);
  }
  map.addEventListener("looked", () => { if (map.classList.contains("replaying")) draw(); });
  // The bar shows the year before anything is played.
  load();
})();
