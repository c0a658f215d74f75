// Where the sliders stand. Today's place of each is where the scenario is.
const sliderForm = document.getElementById("live-sliders");

const sliders = [...sliderForm.querySelectorAll(".slider")].map((element) => {
  const input = element.querySelector("input");
  const output = element.querySelector("output");
  const isSwitch = input.type === "checkbox";
  const texts = isSwitch ? ["", live.words.on] : JSON.parse(element.dataset.texts);
  const today = Number(element.dataset.today);
  const show = () => {
    element.classList.toggle("moved", slider.place() !== today);
    if (isSwitch) return;
    output.textContent = texts[input.value];
    input.setAttribute("aria-valuetext", texts[input.value]);
  };
  const slider = {
    id: element.dataset.id,
    today,
    values: isSwitch ? ["off", "on"] : JSON.parse(element.dataset.values),
    name: element.querySelector("label").textContent,
    text: (place) => texts[place],
    place: () => (isSwitch ? Number(input.checked) : Number(input.value)),
    put: (place) => {
      if (isSwitch) input.checked = place === 1;
      else input.value = place;
      show();
    },
  };
  input.addEventListener("input", show);
  show();
  return slider;
});

/// The places of those that do not stand where they do today.
const movedSliders = () => {
  const moved = sliders.filter((slider) => slider.place() !== slider.today);
  return Object.fromEntries(moved.map((slider) => [slider.id, slider.place()]));
};

const putSliders = (at) => {
  for (const slider of sliders) slider.put(at[slider.id] ?? slider.today);
};

const LONGEST_NAME = 60;

/// What people call an option: what it changes.
const nameOf = (at) => {
  const moved = sliders.filter((slider) => at[slider.id] !== undefined);
  const name = moved.map((slider) => `${slider.name} ${slider.text(at[slider.id])}`).join(", ");
  return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 3)}...` : name;
};
