"use strict";

// Time, only where the learner asked for it.
for (const clock of document.querySelectorAll("[data-clock]")) {
  const begun = Number(clock.dataset.clock) * 1000;
  const tick = () => {
    const seconds = Math.max(0, Math.round((Date.now() - begun) / 1000));
    clock.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  };
  tick();
  setInterval(tick, 1000);
}

// Where lines are chosen or moved, the keys are for them from the start.
if (!document.querySelector("#mistake[autofocus]")) document.querySelector(".listed .pick input, .listed button[name=move]:not([aria-disabled])")?.focus({ preventScroll: true });

// The fix that is chosen is the one to read.
document.addEventListener("change", (event) => {
  if (event.target.name !== "option") return;
  document.querySelector(`[data-option="${CSS.escape(event.target.value)}"]`).open = true;
});
