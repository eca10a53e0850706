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

// Of own words the grade offered follows the ideas ticked, as it will be kept.
function offer(form) {
  const ticked = form.querySelectorAll("[name=idea]:checked").length;
  const best = form.dataset.offers.split(" ")[ticked];
  for (const button of form.querySelectorAll("[name=grade]")) {
    const offered = button.value === best;
    button.classList.toggle("offered", offered);
    button.querySelector("small")?.remove();
    if (offered) button.insertAdjacentHTML("beforeend", "<small>offered</small>");
  }
}

for (const form of document.querySelectorAll("[data-offers]")) {
  form.addEventListener("change", () => offer(form));
  offer(form); // a page that was left may come back with its ticks
}
