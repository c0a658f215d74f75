// Which year of which world is simulated next. Today's years are simulated once; options meet the same, and one that stays keeps
// its own, as the engine does.
const startYears = (engine, tell) => {
  const todays = new Set();
  let known = [];
  // Grows with every question: what belongs to an older one is dropped.
  let turn = 0;
  // Ended when the engine has the options of the last question. One at a time: a request that overtakes another would leave the
  // engine with the options of an older question.
  let loading = Promise.resolve();

  /// Simulates so many years of today's scenario and of options, and tells after each.
  const run = async (options, wanted) => {
    turn += 1;
    const mine = turn;
    loading = loading.catch(() => {}).then(() => (mine === turn ? engine.load(options) : null));
    await loading;
    if (mine !== turn) return;
    const before = [...known];
    known = options.map((option) => {
      const key = JSON.stringify(option);
      const at = before.findIndex((one) => one.key === key);
      return at < 0 ? { key, years: new Set() } : before.splice(at, 1)[0];
    });
    const done = [todays, ...known.map((one) => one.years)];
    const todo = [];
    for (let year = 0; year < wanted; year += 1) {
      done.forEach((years, world) => { if (!years.has(year)) todo.push({ world, year }); });
    }
    const together = () => {
      let years = 0;
      while (years < wanted && done.every((of) => of.has(years))) years += 1;
      return years;
    };
    const sit = async (seat) => {
      while (mine === turn && todo.length) {
        const of = todo.shift();
        let year;
        try {
          year = await engine.run(seat, of);
        } catch (error) {
          if (mine === turn) throw error;
          return;
        }
        // Options of an older question are other worlds; today's scenario is the same.
        if (mine !== turn && of.world > 0) return;
        await engine.keep(of, year);
        done[of.world].add(of.year);
        if (mine === turn) tell(together(), wanted);
      }
    };
    tell(together(), wanted);
    await Promise.all(Array.from({ length: engine.seats }, (_, seat) => sit(seat)));
  };

  const stop = () => {
    turn += 1;
    return engine.stop();
  };
  return { run, stop };
};
