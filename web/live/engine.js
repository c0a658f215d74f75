// What simulates: workers with the module that the page holds, or the program that serves the page. Both answer the same questions:
// load (which options stand beside today's scenario), run (a year of a world), stop, result.
const live = JSON.parse(document.getElementById("live").dataset.live);

/// A worker that answers questions in the order in which they are asked.
const startWorker = (address) => {
  const worker = new Worker(address);
  const waiting = new Map();
  let last = 0;
  worker.addEventListener("message", ({ data: { number, answer, error } }) => {
    const { resolve, reject } = waiting.get(number);
    waiting.delete(number);
    if (error === undefined) resolve(answer);
    else reject(new Error(error));
  });
  worker.addEventListener("error", (event) => {
    for (const { reject } of waiting.values()) reject(new Error(event.message));
    waiting.clear();
  });
  const post = (question, transferred) => new Promise((resolve, reject) => {
    last += 1;
    waiting.set(last, { resolve, reject });
    worker.postMessage({ number: last, ...question }, transferred);
  });
  return {
    begin: (module, opened) => post({ module, line: JSON.stringify({ open: opened }) }, []),
    ask: (what, bytes) => post({ line: JSON.stringify(what), bytes }, bytes ? [bytes.buffer] : []),
  };
};

const MOST_WORKERS = 8;

/// Workers that simulate, and one that adds up what they bring.
const openModule = async () => {
  const module = await WebAssembly.compile(await unpacked("engine-module"));
  const scenario = new TextDecoder().decode(await unpacked("engine-scenario"));
  const text = document.getElementById("engine-worker").textContent;
  const address = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  const seats = Math.min(navigator.hardwareConcurrency || 2, MOST_WORKERS);
  const workers = Array.from({ length: seats }, () => startWorker(address));
  const adding = startWorker(address);
  const { name, source, language } = live;
  await Promise.all([...workers, adding].map((worker) => worker.begin(module, { scenario, name, source, language })));
  return {
    seats,
    load: (options) => Promise.all([...workers, adding].map((worker) => worker.ask({ load: options }))),
    run: (seat, of) => workers[seat].ask({ run: of }),
    keep: (of, year) => adding.ask({ take: of }, year),
    result: async () => JSON.parse(new TextDecoder().decode(await adding.ask("result"))),
    stop: async () => {},
  };
};

/// The program that serves this page; it keeps the years that it simulates.
const openServed = async () => {
  const ask = async (what) => {
    const response = await fetch("ask", { method: "POST", body: JSON.stringify(what) });
    const text = await response.text();
    if (!response.ok) throw new Error(text);
    return text;
  };
  return {
    seats: live.seats,
    load: (options) => ask({ load: options }),
    run: (seat, of) => ask({ run: of }),
    keep: async () => {},
    result: async () => JSON.parse(await ask("result")),
    stop: () => ask("stop"),
  };
};

const openEngine = () => (live.engine === "served" ? openServed() : openModule());
