// What moves, drawn over the map.
const SIGNS = {
  train: "M-3 -3h6v6h-6z",
  ship: "M5.5 0L-4 -4L-2 0L-4 4z",
  moored: "M-2.2 0a2.2 2.2 0 1 0 4.4 0a2.2 2.2 0 1 0 -4.4 0z",
  lorry: "M-2 0a2 2 0 1 0 4 0a2 2 0 1 0 -4 0z",
  waits: "M-6 0a6 6 0 1 0 12 0a6 6 0 1 0 -12 0z",
  closed: "M-4.5 -4.5L4.5 4.5M-4.5 4.5L4.5 -4.5",
};
const SIGN_OF = { rail: "train", sea: "ship", road: "lorry", pipeline: "lorry" };
const PIECES = 24;
/// Which way traffic keeps, so that both directions are seen.
const ASIDE = 2.4;
/// Ships that lie in one circle around a port.
const AROUND = 12;
const LARGEST_RING = 30;

const svgElement = (name, attributes) => {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
};

/// One frame of the map: where its links and nodes are, and the signs on it.
const makeScene = (frame, times) => {
  const group = svgElement("g", { class: "moving" });
  const layer = frame.querySelector(".layer");
  const lines = new Map();
  for (const path of layer.querySelectorAll("[data-link]")) {
    const length = path.getTotalLength();
    const points = Array.from({ length: PIECES + 1 }, (_, piece) => path.getPointAtLength((length * piece) / PIECES));
    lines.set(Number(path.dataset.link), points);
  }
  const nodes = new Map();
  for (const node of layer.querySelectorAll("[data-node]")) {
    nodes.set(Number(node.dataset.node), { x: Number(node.getAttribute("cx")), y: Number(node.getAttribute("cy")) });
  }
  const pools = new Map();
  /// A sign of a kind; those of the last picture are used again.
  const sign = (kind, x, y, turned, scale) => {
    const pool = pools.get(kind) ?? { signs: [], used: 0 };
    pools.set(kind, pool);
    if (pool.used === pool.signs.length) {
      pool.signs.push(svgElement("path", { d: SIGNS[kind], "data-sign": kind }));
      group.append(pool.signs.at(-1));
    }
    const found = pool.signs[pool.used++];
    found.setAttribute("transform", `translate(${x.toFixed(2)} ${y.toFixed(2)}) rotate(${turned.toFixed(0)}) scale(${scale.toFixed(3)})`);
  };
  const onLine = ({ link, mode, isForward, share }) => {
    const points = lines.get(link);
    if (!points) return;
    const place = Math.min(share * PIECES, PIECES - 1e-6);
    const [from, to] = [points[Math.floor(place)], points[Math.floor(place) + 1]];
    const rest = place % 1;
    const sense = isForward ? 1 : -1;
    const angle = Math.atan2((to.y - from.y) * sense, (to.x - from.x) * sense);
    const aside = ASIDE / times();
    const x = from.x + (to.x - from.x) * rest - Math.sin(angle) * aside;
    const y = from.y + (to.y - from.y) * rest + Math.cos(angle) * aside;
    sign(SIGN_OF[mode], x, y, (angle * 180) / Math.PI, 1 / times());
  };
  const inPort = ({ node, count }) => {
    const at = nodes.get(node);
    for (let place = 0; at && place < count; place += 1) {
      const away = (9 + 5.5 * Math.floor(place / AROUND)) / times();
      const angle = ((place % AROUND) * 2 * Math.PI) / AROUND;
      sign("moored", at.x + Math.cos(angle) * away, at.y + Math.sin(angle) * away, 0, 1 / times());
    }
  };
  const ring = (most) => ({ node, tonnes }) => {
    const at = nodes.get(node);
    const radius = LARGEST_RING * Math.sqrt(tonnes / most);
    if (at && radius > 2) sign("waits", at.x, at.y, 0, radius / 6 / times());
  };
  const cross = ({ node, link }) => {
    const at = node === undefined ? lines.get(link)?.[PIECES / 2] : nodes.get(node);
    if (at) sign("closed", at.x, at.y, 0, 1.3 / times());
  };
  return {
    show: () => frame.append(group),
    hide: () => group.remove(),
    draw: (seen, most) => {
      for (const pool of pools.values()) pool.used = 0;
      seen.waiting.forEach(ring(most));
      seen.moored.forEach(inPort);
      seen.moving.forEach(onLine);
      seen.closed.forEach(cross);
      for (const pool of pools.values()) pool.signs.forEach((one, place) => { one.style.display = place < pool.used ? "" : "none"; });
    },
  };
};

/// The map as a stage: all its frames.
const makeStage = (map) => {
  const times = (frame) => (frame.classList.contains("main") ? () => lookedAt.times : () => 1);
  const scenes = [...map.querySelectorAll(".frame")].map((frame) => makeScene(frame, times(frame)));
  return {
    show: () => { map.classList.add("replaying"); scenes.forEach((scene) => scene.show()); },
    hide: () => { map.classList.remove("replaying"); scenes.forEach((scene) => scene.hide()); },
    draw: (seen, most) => scenes.forEach((scene) => scene.draw(seen, most)),
  };
};
