// The map: what it shows and how large. It may come anew with other figures, and then looks where it did.
const lookedAt = { x: null, y: null, times: 1, shade: "use" };

const attachMap = (within) => {
  const map = within.querySelector(".map > svg");
  if (!map) return;

  // What the map shows.
  for (const choice of within.querySelectorAll('input[name="layer"]')) {
    choice.addEventListener("change", () => {
      for (const layer of map.querySelectorAll(".layer")) {
        layer.toggleAttribute("display", false);
        if (layer.dataset.layer !== choice.value) layer.setAttribute("display", "none");
      }
      draw();
    });
  }
  const shade = (by) => {
    lookedAt.shade = by;
    for (const line of map.querySelectorAll("[data-wait]")) {
      line.dataset.use ??= line.getAttribute("stroke");
      line.dataset.useDashes ??= line.getAttribute("stroke-dasharray") ?? "";
      line.setAttribute("stroke", by === "wait" ? line.dataset.wait : line.dataset.use);
      const dashes = by === "wait" ? line.dataset.waitDashes : line.dataset.useDashes;
      if (dashes) line.setAttribute("stroke-dasharray", dashes);
      else line.removeAttribute("stroke-dasharray");
    }
    for (const legend of map.querySelectorAll(".by-use, .by-wait")) {
      if (legend.classList.contains(`by-${by}`)) legend.removeAttribute("display");
      else legend.setAttribute("display", "none");
    }
  };
  for (const choice of within.querySelectorAll('input[name="shade"]')) {
    choice.checked = choice.value === lookedAt.shade;
    choice.addEventListener("change", () => shade(choice.value));
  }
  if (lookedAt.shade !== "use") shade(lookedAt.shade);

  // The size of the map: lines, rings and names keep theirs, and more names find room.
  const frame = map.querySelector(".frame.main");
  const [left, upper, wide, high] = frame.getAttribute("viewBox").split(" ").map(Number);
  const seen = lookedAt;
  seen.x ??= left;
  seen.y ??= upper;
  const LARGEST = 16;
  const NAME = 12;

  const draw = () => {
    const width = wide / seen.times;
    const height = high / seen.times;
    seen.x = Math.min(Math.max(seen.x, left), left + wide - width);
    seen.y = Math.min(Math.max(seen.y, upper), upper + high - height);
    frame.setAttribute("viewBox", [seen.x, seen.y, width, height].join(" "));
    for (const part of frame.querySelectorAll("[data-width]")) {
      part.setAttribute("stroke-width", part.dataset.width / seen.times);
    }
    for (const ring of frame.querySelectorAll("[data-radius]")) ring.setAttribute("r", ring.dataset.radius / seen.times);
    for (const layer of frame.querySelectorAll(".layer")) if (layer.getAttribute("display") !== "none") name(layer);
    frame.querySelector(".scale").toggleAttribute("hidden", seen.times > 1);
    frame.querySelector(".scale").setAttribute("visibility", seen.times > 1 ? "hidden" : "visible");
    map.dispatchEvent(new Event("looked"));
  };

  const overlap = (one, other) =>
    one.x < other.x + other.width && other.x < one.x + one.width && one.y < other.y + other.height && other.y < one.y + one.height;

  /// The names for which there is room at this size, heavy nodes first.
  const name = (layer) => {
    const names = layer.querySelector(".names");
    if (seen.times === 1 && !names.dataset.kept) return;
    names.dataset.kept ||= "yes";
    for (const text of names.querySelectorAll("text")) text.remove();
    const size = NAME / seen.times;
    const nodes = [...names.querySelectorAll(".node")].sort((one, other) => other.dataset.weight - one.dataset.weight);
    const spot = (node) => ({ x: Number(node.getAttribute("cx")), y: Number(node.getAttribute("cy")) });
    const taken = nodes.map((node) => {
      const at = spot(node);
      return { x: at.x - size / 4, y: at.y - size / 4, width: size / 2, height: size / 2 };
    });
    for (const node of nodes) {
      const at = spot(node);
      const width = node.dataset.name.length * size * 0.56;
      const away = size * 0.55;
      const places = [
        { x: at.x + away, y: at.y - size / 2 },
        { x: at.x - away - width, y: at.y - size / 2 },
        { x: at.x - width / 2, y: at.y - away - size },
        { x: at.x - width / 2, y: at.y + away },
      ];
      const place = places.find((one) => {
        const room = { ...one, width, height: size };
        return !taken.some((other) => overlap(room, other));
      });
      if (!place) continue;
      taken.push({ ...place, width, height: size });
      const text = document.createElementNS("http://www.w3.org/2000/svg", "text");
      const attributes = {
        x: place.x, y: place.y + size * 0.85, "font-size": size, fill: "#222", stroke: "#fff",
        "stroke-width": size / 4.6, "paint-order": "stroke", "stroke-linejoin": "round",
      };
      for (const [key, value] of Object.entries(attributes)) text.setAttribute(key, value);
      text.textContent = node.dataset.name;
      names.append(text);
    }
  };

  const zoom = (factor, at) => {
    const before = { width: wide / seen.times, height: high / seen.times };
    const spot = at ?? { x: seen.x + before.width / 2, y: seen.y + before.height / 2 };
    const times = Math.min(Math.max(seen.times * factor, 1), LARGEST);
    seen.x = spot.x - ((spot.x - seen.x) * seen.times) / times;
    seen.y = spot.y - ((spot.y - seen.y) * seen.times) / times;
    seen.times = times;
    draw();
  };
  const move = (x, y) => {
    seen.x += x;
    seen.y += y;
    draw();
  };
  const pointed = (event) => {
    const box = frame.getBoundingClientRect();
    const real = map.getBoundingClientRect();
    const unit = map.viewBox.baseVal.width / real.width;
    const outer = { x: (event.clientX - real.left) * unit, y: (event.clientY - real.top) * unit };
    return box && { x: seen.x + (outer.x - left) / seen.times, y: seen.y + (outer.y - upper) / seen.times, unit };
  };

  const buttons = within.querySelector(".zoom");
  buttons.append(
    button("+", () => zoom(1.6)), button("\u2212", () => zoom(1 / 1.6)), button(words.whole, () => zoom(0)),
  );
  buttons.children[0].setAttribute("aria-label", words.larger);
  buttons.children[1].setAttribute("aria-label", words.smaller);

  frame.setAttribute("tabindex", "0");
  frame.addEventListener("keydown", (event) => {
    const step = wide / seen.times / 10;
    const moves = {
      ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step],
    };
    if (moves[event.key] && seen.times > 1) move(...moves[event.key]);
    else if (event.key === "+" || event.key === "=") zoom(1.6);
    else if (event.key === "-") zoom(1 / 1.6);
    else return;
    event.preventDefault();
  });
  frame.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && seen.times === 1) return;
    event.preventDefault();
    zoom(event.deltaY < 0 ? 1.25 : 0.8, pointed(event));
  }, { passive: false });
  frame.addEventListener("dblclick", (event) => zoom(2, pointed(event)));

  let held = null;
  frame.addEventListener("pointerdown", (event) => {
    held = pointed(event);
    frame.setPointerCapture(event.pointerId);
  });
  frame.addEventListener("pointermove", (event) => {
    if (!held || seen.times === 1) return;
    const now = pointed(event);
    move(held.x - now.x, held.y - now.y);
  });
  frame.addEventListener("pointerup", () => { held = null; });
  if (seen.times > 1) draw();
};
attachMap(document);
