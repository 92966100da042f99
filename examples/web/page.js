// Loads the module, trains some steps between two frames, and draws.
"use strict";

const SIDE = 88, STEPS_A_FRAME = 20, LAST_STEP = 2000;
const DOWN_TO = 1e-4;
const plane = document.getElementById("plane").getContext("2d");
const losses = document.getElementById("losses").getContext("2d");
const say = (id, text) => { document.getElementById(id).textContent = text; };

let module, step, seen, seed = 7;

/// Numbers in the memory of the module, which may have moved since the last call.
const numbers = (address, count) => new Float32Array(module.memory.buffer, address, count);

function drawPlane() {
  const { width, height } = plane.canvas;
  const odds = numbers(module.draw(), SIDE * SIDE);
  const image = plane.createImageData(SIDE, SIDE);
  odds.forEach((value, i) => {
    const first = 1 / (1 + Math.exp(-value));
    image.data.set([255 - 135 * (1 - first), 225 - 45 * Math.abs(2 * first - 1), 120 + 135 * (1 - first), 255], 4 * i);
  });
  createImageBitmap(image).then((bitmap) => {
    plane.drawImage(bitmap, 0, 0, width, height);
    const count = module.points();
    const places = numbers(module.places(), 2 * count), classes = numbers(module.classes(), count);
    for (let i = 0; i < count; i++) {
      plane.beginPath();
      plane.arc((places[2 * i] + 1) / 2 * width, (1 - places[2 * i + 1]) / 2 * height, 3.5, 0, 2 * Math.PI);
      plane.fillStyle = classes[i] > 0.5 ? "#c2571a" : "#2257a8";
      plane.fill();
      plane.strokeStyle = "#fff";
      plane.stroke();
    }
  });
}

function drawLosses() {
  const { width, height } = losses.canvas;
  const place = ([step, loss]) => [step / LAST_STEP * width, height * Math.log(Math.max(loss, DOWN_TO)) / Math.log(DOWN_TO)];
  losses.clearRect(0, 0, width, height);
  losses.fillStyle = "#777";
  losses.strokeStyle = "#e4e4e4";
  for (const loss of [0.1, 0.01, 0.001]) {
    const [, y] = place([0, loss]);
    losses.beginPath(); losses.moveTo(0, y); losses.lineTo(width, y); losses.stroke();
    losses.fillText(loss, 4, y - 4);
  }
  losses.strokeStyle = "#c2571a";
  losses.beginPath();
  seen.forEach((point, i) => { i ? losses.lineTo(...place(point)) : losses.moveTo(...place(point)); });
  losses.stroke();
}

function frame() {
  const loss = module.learn(STEPS_A_FRAME);
  step += STEPS_A_FRAME;
  seen.push([step, loss]);
  const accuracy = module.accuracy();
  drawPlane();
  drawLosses();
  say("step", step);
  say("loss", loss.toFixed(4));
  say("accuracy", (100 * accuracy).toFixed(1) + " %");
  if (Number.isNaN(loss)) { document.title = "chainrule: failed"; return; }
  if (step < LAST_STEP) { setTimeout(frame, 10); return; }
  document.title = "chainrule: learnt";
  document.body.dataset.accuracy = accuracy;
}

function begin() {
  module.start(seed, SIDE);
  step = 0;
  seen = [[0, module.learn(0)]];
  document.title = "chainrule: learning";
  setTimeout(frame, 10);
}

document.getElementById("again").addEventListener("click", () => {
  const runs = step < LAST_STEP;
  seed += 1;
  if (runs) { module.start(seed, SIDE); step = 0; seen = []; } else { begin(); }
});

fetch("chainrule_web.wasm")
  .then((response) => response.arrayBuffer())
  .then((bytes) => WebAssembly.instantiate(bytes, {}))
  .then((loaded) => { module = loaded.instance.exports; begin(); })
  .catch((error) => { document.title = "chainrule: failed"; say("loss", error); });
