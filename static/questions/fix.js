"use strict";

// The editor is fetched when this page is open; until then, and without it, textareas do.
const form = document.getElementById("fix");
const editors = new Map();
let waiting = 0;

function kept(words) { form.querySelector("[data-kept]").textContent = words; }

async function keep() {
  if (!form.dataset.draft) return;
  try {
    const answer = await fetch(form.dataset.draft, { method: "POST", body: new FormData(form) });
    kept(answer.ok ? "Kept" : "Not kept: run it to keep it");
  } catch { kept("Not kept: the site does not answer"); }
}

function changed() {
  kept("");
  clearTimeout(waiting);
  waiting = setTimeout(keep, 1200);
}

function current() {
  for (const [textarea, editor] of editors) if (textarea.offsetParent || editor.host.offsetParent) return editor;
  return null;
}

function mark() {
  const result = document.getElementById("result");
  const { errorFile, errorLine, error } = result.dataset;
  if (!errorFile) return;
  for (const [textarea, editor] of editors) if (textarea.dataset.path === errorFile) editor.mark(Number(errorLine), error);
}

async function start() {
  const { edit } = await import(form.dataset.editor);
  for (const textarea of form.querySelectorAll("textarea.source")) {
    editors.set(textarea, edit(textarea, { changed, run: () => form.requestSubmit() }));
  }
  for (const [name, verb] of [["[data-undo]", "undo"], ["[data-redo]", "redo"]]) {
    const button = form.querySelector(name);
    button.hidden = false;
    button.addEventListener("click", () => current()?.[verb]());
  }
  mark();
}

form.addEventListener("input", (event) => { if (event.target.matches("textarea")) changed(); });
document.addEventListener("htmx:afterSettle", (event) => { if (event.target.id === "result" || event.detail.elt?.id === "result") mark(); });
window.addEventListener("beforeunload", () => { if (waiting) clearTimeout(waiting); });
start();
