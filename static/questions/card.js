"use strict";

// Stepping through a trace: list, chart and lit line move together; without this, links do it.
// Of several traces it is the one an element stands in, or else the one nearest to the view.
function steps(inside) {
  const all = [...document.querySelectorAll("[data-trace]")].map((figure) => figure.closest("section"));
  const section = all.find((each) => each.contains(inside)) || all.sort((a, b) => away(a) - away(b))[0];
  if (!section) return null;
  const rails = [...section.querySelectorAll(".rails [data-step]")];
  return { section, figure: section.querySelector("[data-trace]"), rails, at: rails.findIndex((li) => li.classList.contains("at")) };
}

// How far an element is above or below the view, in pixels; 0 where a part of it is seen.
function away(element) {
  const { top, bottom } = element.getBoundingClientRect();
  return Math.max(0, top - innerHeight, -bottom);
}

// A key may step a trace that is out of view: the step is brought to where it is seen, in the
// drawing or in the list, whichever is nearer.
function follow(section) {
  const marks = [...section.querySelectorAll("[data-trace] [data-step].at, .rails .at")].filter((mark) => mark.getClientRects().length);
  const isSeen = (mark) => { const { top, bottom } = mark.getBoundingClientRect(); return top >= 0 && bottom <= innerHeight; };
  if (!marks.length || marks.some(isSeen)) return;
  const nearest = marks.sort((a, b) => away(a) - away(b))[0];
  nearest.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
}

function light(section, rail) {
  for (const line of section.querySelectorAll(".listing .ln.lit")) line.classList.remove("lit");
  const figure = section.querySelector(`.listing figure[data-file="${CSS.escape(rail.dataset.file)}"]`);
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

function go(found, by, to) {
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
  light(found.section, rail);
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
  const found = (rail || by) && steps(event.target);
  if (!found) return;
  event.preventDefault();
  if (rail) go(found, 0, found.rails.indexOf(rail.closest("li")));
  else go(found, by);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable], dialog, pre, .scroll, .tabs")) return;
  const found = steps(event.target);
  if (!found) return;
  go(found, event.key === "ArrowLeft" ? -1 : 1);
  follow(found.section);
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
