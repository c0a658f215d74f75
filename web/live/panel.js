// The section of the page in which all this is seen.
(async () => {
  const part = (name) => document.getElementById(`live-${name}`);
  const say = (text) => { part("state").textContent = text; };
  // Screen readers hear what was found when it is there, not each year on the way.
  const busy = (isBusy) => part("found").setAttribute("aria-busy", isBusy);
  const kept = [];
  let overlays = [];
  let years = null;
  let isStopped = false;

  // What is shown, at most so often while years come in.
  const BETWEEN = 400;
  const shown = { years: 0, at: 0, isAsked: false, isDue: false, question: 0 };

  const options = () => {
    const now = movedSliders();
    const all = Object.keys(now).length ? [...kept, now] : kept;
    return all.map((at) => ({ name: nameOf(at), at }));
  };

  const put = (found) => {
    part("answer").innerHTML = found.parts.answer;
    part("days").innerHTML = found.parts.days;
    makeSortable(part("days"));
    const layer = part("map").querySelector('input[name="layer"]:checked')?.value;
    part("map").innerHTML = found.parts.map;
    attachMap(part("map"));
    const choice = layer && part("map").querySelector(`input[name="layer"][value="${layer}"]`);
    if (choice && !choice.checked) choice.click();
    part("command").querySelector("code").textContent = found.command;
    overlays = found.overlays;
  };

  const show = async (engine) => {
    if (shown.isAsked) {
      // Years have come in since it was asked: the answer to that is not the last word.
      shown.isDue = true;
      return;
    }
    Object.assign(shown, { isAsked: true, isDue: false });
    const { question } = shown;
    const found = await engine.result();
    shown.isAsked = false;
    if (question === shown.question && found.parts) {
      shown.years = found.years;
      shown.at = performance.now();
      put(found);
      document.getElementById("live").dataset.years = found.years;
      if (found.years >= part("progress").max) busy(false);
    }
    if (shown.isDue) await show(engine);
  };

  const tellFor = (engine) => (done, wanted) => {
    part("progress").max = wanted;
    part("progress").value = done;
    const state = done >= wanted ? live.words.done : live.words.simulating;
    say(`${state} ${done} ${live.words.of} ${wanted}`);
    const isDue = done > shown.years && (shown.years === 0 || performance.now() - shown.at > BETWEEN);
    if (isDue || done >= wanted) show(engine).catch(fail);
  };

  const fail = (error) => {
    shown.isAsked = false;
    busy(false);
    say(`${live.words.failed} ${error.message}`);
    part("state").classList.add("warning");
  };

  const showKept = () => {
    part("kept").replaceChildren(...kept.map((at, place) => {
      const line = document.createElement("li");
      const remove = button(live.words.remove, () => { kept.splice(place, 1); ask(); });
      line.append(`${nameOf(at)} `, remove);
      return line;
    }));
    part("keep").disabled = Object.keys(movedSliders()).length === 0;
    part("save").disabled = options().length === 0;
  };

  /// Simulates what the sliders say.
  const ask = async () => {
    isStopped = false;
    busy(true);
    shown.question += 1;
    shown.years = 0;
    part("stop").textContent = live.words.stop;
    part("state").classList.remove("warning");
    delete document.getElementById("live").dataset.years;
    showKept();
    // Who moves a slider while the engine is unpacked is asked for as soon as it is there.
    if (years === null) return;
    try {
      history.replaceState(null, "", writtenAddress(movedSliders(), kept));
    } catch { /* A page that was opened as a file keeps its address; the link is copied all the same. */ }
    await years.run(options(), Number(part("years").value)).catch(fail);
  };

  sliderForm.addEventListener("change", () => ask());
  sliderForm.addEventListener("submit", (event) => event.preventDefault());
  sliderForm.addEventListener("reset", (event) => {
    event.preventDefault();
    kept.length = 0;
    putSliders({});
    ask();
  });
  part("years").addEventListener("change", () => ask());
  part("stop").addEventListener("click", () => {
    if (isStopped) return void ask();
    isStopped = true;
    busy(false);
    years.stop().catch(fail);
    part("stop").textContent = live.words.go;
    say(`${live.words.stopped} ${part("progress").value} ${live.words.of} ${part("progress").max}`);
  });
  part("keep").addEventListener("click", () => {
    kept.push(movedSliders());
    putSliders({});
    ask();
  });
  part("link").addEventListener("click", (event) => {
    const address = location.href.split("#")[0] + writtenAddress(movedSliders(), kept);
    copy(address, event.currentTarget);
  });
  part("save").addEventListener("click", () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([overlays.at(-1)], { type: "application/toml" }));
    link.download = "option.toml";
    link.click();
    URL.revokeObjectURL(link.href);
  });

  // On a narrow screen its heading alone stays in sight, to be opened.
  if (matchMedia("(max-width: 860px)").matches) document.querySelector(".assumed details").open = false;

  const { now, kept: before } = readAddress();
  putSliders(now);
  kept.push(...before);
  try {
    const engine = await openEngine();
    years = startYears(engine, tellFor(engine));
    say(live.words.ready);
    await ask();
  } catch (error) {
    fail(error);
  }
})();
