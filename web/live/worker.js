// A worker of the live page: answers questions one after another with a module of its own.
"use strict";
let engine = null;

const reply = (line, bytes) => {
  const head = new TextEncoder().encode(bytes ? `${line}\n` : line);
  const length = head.length + (bytes ? bytes.length : 0);
  const at = engine.room(length);
  const room = new Uint8Array(engine.memory.buffer, at, length);
  room.set(head);
  if (bytes) room.set(bytes, head.length);
  const told = engine.ask();
  const answer = new Uint8Array(engine.memory.buffer, engine.answer(), told).slice();
  if (answer[0] !== 0) throw new Error(new TextDecoder().decode(answer.subarray(1)));
  return answer.subarray(1);
};

onmessage = async ({ data: { number, module, line, bytes } }) => {
  try {
    if (module) engine = (await WebAssembly.instantiate(module, {})).exports;
    const answer = line ? reply(line, bytes) : null;
    postMessage({ number, answer }, answer ? [answer.buffer] : []);
  } catch (error) {
    postMessage({ number, error: error.message });
  }
};
