"use strict";
// What all scripts of the page use. Without them the page says the same; only a live one wants them.
const words = JSON.parse(document.body.dataset.words);
document.body.classList.add("has-script");

const button = (text, action) => {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "plain";
  made.textContent = text;
  made.addEventListener("click", action);
  return made;
};

/// Puts a text on the clipboard and says so on the button that was pressed.
const copy = async (text, pressed) => {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // A page that was opened as a file may not be let near the clipboard.
    prompt(words.copy, text);
    return;
  }
  const before = pressed.textContent;
  pressed.textContent = words.copied;
  setTimeout(() => { pressed.textContent = before; }, 2000);
};

/// What a block of the page holds, unpacked.
const unpacked = async (id) => {
  const packed = Uint8Array.from(atob(document.getElementById(id).textContent), (character) => character.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
};
