// A simulated year, read from the bytes that the program wrote (src/replay/packed.rs).
const readYear = (bytes) => {
  let at = 0;
  const whole = () => {
    let value = 0;
    for (let weight = 1; ; weight *= 128) {
      const byte = bytes[at++];
      value += (byte & 127) * weight;
      if (byte < 128) return value;
    }
  };
  const signed = () => {
    const value = whole();
    return value % 2 ? -(value + 1) / 2 : value / 2;
  };
  const list = (one) => Array.from({ length: whole() }, one);
  const spells = () => {
    let from = 0;
    return list(() => {
      from += signed();
      const rest = whole();
      return { from, until: from + Math.floor(rest / 2), isForward: rest % 2 === 1 };
    });
  };
  const [ticks, look, grain] = [whole(), whole(), whole()];
  const series = () => {
    let grains = 0;
    return Array.from({ length: Math.floor(ticks / look) + 1 }, () => { grains += signed(); return (grains * grain) / 1000; });
  };
  const runs = list(() => ({ link: whole(), spells: spells() }));
  const calls = list(() => ({ node: whole(), spells: spells() }));
  const waiting = list(() => ({ node: whole(), tonnes: series() }));
  const closures = list(() => {
    const of = whole();
    return { [of % 2 ? "link" : "node"]: Math.floor(of / 2), spells: spells() };
  });
  return { ticks, look, runs, calls, waiting, closures };
};

/// Spells in order of their beginnings, of which those that hold a moment are asked for.
const during = (spells) => {
  const longest = Math.max(0, ...spells.map((spell) => spell.until - spell.from));
  const firstFrom = (moment) => {
    let [low, high] = [0, spells.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (spells[middle].from < moment) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return (moment) => {
    const found = [];
    for (let place = firstFrom(moment - longest); place < spells.length && spells[place].from <= moment; place += 1) {
      if (moment < spells[place].until) found.push(spells[place]);
    }
    return found;
  };
};

/// What is to be seen of a year at a moment, in ticks from its beginning.
const watchYear = (year, links) => {
  const runs = year.runs.map(({ link, spells }) => ({ link, mode: links[link][0], at: during(spells) }));
  const calls = year.calls.map(({ node, spells }) => ({ node, at: during(spells) }));
  const closures = year.closures.map(({ node, link, spells }) => ({ node, link, at: during(spells) }));
  const between = (tonnes, moment) => {
    const place = moment / year.look;
    const [before, after] = [tonnes[Math.floor(place)], tonnes[Math.min(Math.floor(place) + 1, tonnes.length - 1)]];
    return before + (after - before) * (place % 1);
  };
  return (moment) => ({
    moving: runs.flatMap(({ link, mode, at }) => at(moment).map(({ from, until, isForward }) => {
      const share = (moment - from) / (until - from);
      return { link, mode, isForward, share: isForward ? share : 1 - share };
    })),
    moored: calls.map(({ node, at }) => ({ node, count: at(moment).length })),
    waiting: year.waiting.map(({ node, tonnes }) => ({ node, tonnes: between(tonnes, moment) })),
    closed: closures.filter(({ at }) => at(moment).length > 0),
  });
};
