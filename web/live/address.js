// All settings in the address, behind `#`, so that a link brings them: `now=feeders:6,one-stop:on&kept=berths:4`.
const writtenPlaces = (at) => Object.entries(at)
  .map(([id, place]) => `${id}:${sliders.find((slider) => slider.id === id).values[place]}`)
  .join(",");

/// What does not fit the page is left out.
const readPlaces = (text) => {
  const pairs = text.split(",").map((pair) => {
    const [id, value] = pair.split(":");
    const slider = sliders.find((known) => known.id === id);
    return [id, slider ? slider.values.indexOf(value) : -1];
  });
  return Object.fromEntries(pairs.filter(([, place]) => place >= 0));
};

const writtenAddress = (now, kept) => {
  const parameters = new URLSearchParams();
  if (Object.keys(now).length) parameters.set("now", writtenPlaces(now));
  for (const at of kept) parameters.append("kept", writtenPlaces(at));
  return `#${parameters}`;
};

const readAddress = () => {
  const parameters = new URLSearchParams(location.hash.slice(1));
  const kept = parameters.getAll("kept").map(readPlaces).filter((at) => Object.keys(at).length);
  return { now: readPlaces(parameters.get("now") ?? ""), kept };
};
