// Commands are copied with a button.
for (const command of document.querySelectorAll("pre.command")) {
  const pressed = button(words.copy, () => copy(command.querySelector("code").textContent, pressed));
  command.prepend(pressed);
}
