"use strict";

// Stepping through a trace: list, chart and lit line move together; without this, links do it.
function steps() {
  const figure = document.querySelector("[data-trace]");
  if (!figure) return null;
  const rails = [...document.querySelectorAll(".rails [data-step]")];
  return { figure, rails, at: rails.findIndex((li) => li.classList.contains("at")) };
}

function light(rail) {
  for (const line of document.querySelectorAll(".listing .ln.lit")) line.classList.remove("lit");
  const figure = document.querySelector(`.listing figure[data-file="${CSS.escape(rail.dataset.file)}"]`);
  const line = figure?.querySelector(`.ln[data-n="${CSS.escape(rail.dataset.line)}"]`);
  if (!line) return;
  line.classList.add("lit");
  const box = line.closest("pre");
  box.scrollTop = line.offsetTop - box.clientHeight / 2;
}

// A drawing wider than its box is moved so that the step is in it.
function reveal(n) {
  for (const mark of document.querySelectorAll(`[data-trace] .scroll [data-step="${CSS.escape(n)}"]`)) {
    const box = mark.closest(".scroll");
    const [at, frame] = [mark.getBoundingClientRect(), box.getBoundingClientRect()];
    if (frame.width) box.scrollLeft += at.left - frame.left - frame.width / 2;
  }
}

function go(by, to) {
  const found = steps();
  if (!found) return;
  const next = to === undefined ? found.at + by : to;
  const rail = found.rails[next];
  if (!rail) return;
  for (const li of found.rails) { li.classList.remove("at"); li.removeAttribute("aria-current"); }
  rail.classList.add("at");
  rail.setAttribute("aria-current", "step");
  const n = rail.dataset.step;
  for (const mark of found.figure.querySelectorAll("[data-step]")) mark.classList.toggle("at", mark.dataset.step === n);
  const said = rail.querySelector("a").textContent;
  const where = rail.querySelector(".where")?.textContent;
  found.figure.querySelector("[data-n]").textContent = n;
  found.figure.querySelector("[data-said]").textContent = where ? `${said}, ${where}` : said;
  say(`Step ${n} of ${found.rails.length}: ${said}`);
  light(rail);
  reveal(n);
  ends(found, next);
  const url = new URL(location);
  url.searchParams.set("step", n);
  history.replaceState(history.state, "", url);
}

function ends(found, at) {
  for (const [name, there] of [["[data-back]", at - 1], ["[data-forward]", at + 1]]) {
    const link = found.figure.querySelector(name);
    const rail = found.rails[there];
    if (rail) { link.href = rail.querySelector("a").href; link.removeAttribute("aria-disabled"); }
    else { link.removeAttribute("href"); link.setAttribute("aria-disabled", "true"); }
  }
}

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  const rail = event.target.closest(".rails a");
  const by = event.target.closest("[data-back]") ? -1 : event.target.closest("[data-forward]") ? 1 : 0;
  if (!rail && !by) return;
  event.preventDefault();
  if (rail) go(0, steps().rails.indexOf(rail.closest("li")));
  else go(by);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable], dialog, pre, .scroll, .tabs")) return;
  if (!steps()) return;
  go(event.key === "ArrowLeft" ? -1 : 1);
  event.preventDefault();
});

// Files as tabs; without this they stand one under another.
function tabs(root) {
  for (const box of root.querySelectorAll("[data-tabs]:not(.on)")) {
    box.classList.add("on");
    const links = [...box.querySelectorAll(".tabs a:not(.plus)")];
    const show = (link) => {
      for (const other of links) {
        const there = document.getElementById(other.hash.slice(1));
        there.hidden = other !== link;
        if (other === link) other.setAttribute("aria-current", "true");
        else other.removeAttribute("aria-current");
      }
    };
    box.addEventListener("click", (event) => {
      const link = event.target.closest(".tabs a:not(.plus)");
      if (link) { event.preventDefault(); show(link); }
    });
    show(links.find((link) => link.hash === location.hash) || links.find((link) => link.hasAttribute("aria-current")) || links[0]);
  }
}

function begin() {
  tabs(document);
  const at = document.querySelector(".rails .at[data-step]");
  if (at) reveal(at.dataset.step);
}

document.documentElement.classList.add("js");
begin();
document.addEventListener("htmx:afterSettle", (event) => {
  begin();
  // Envelopes drop into a table that has just come.
  if (event.target.id === "ledger-box") for (const post of event.target.querySelectorAll(".post")) post.classList.add("new");
});
