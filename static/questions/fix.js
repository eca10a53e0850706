"use strict";

// The editor is fetched when a page with such a form is open; until then, and without it,
// textareas do.
const form = document.querySelector("form[data-editor]");
const editors = new Map();
let waiting = 0;
let last = null;
let refused = Boolean(document.querySelector("[data-unsaved]"));  // what was typed last is only in this page

function kept(words) {
  const place = form.querySelector("[data-kept]");
  if (!place) return;
  place.textContent = words;
  const lost = words.startsWith("Not kept");
  place.classList.toggle("quiet", !lost);
  place.classList.toggle("off", lost);
}

function typed() {
  const body = new FormData(form);
  body.set("keep", "1");
  return body;
}

async function keep() {
  waiting = 0;
  if (!form.dataset.draft) return;
  try {
    const answer = await fetch(form.dataset.draft, { method: "POST", body: typed() });
    const seen = answer.headers.get("X-Seen");
    if (seen) form.elements.seen.value = seen;
    refused = answer.status !== 204;
    elsewhere(answer.headers.get("X-Elsewhere"));
    kept(answer.status === 204 ? "Kept" : answer.headers.has("X-Elsewhere") ? "Not kept" : answer.ok ? await answer.text() : "Not kept: run it to keep it");
  } catch { refused = true; kept("Not kept: the site does not answer"); }
}

// Two tabs on one text: the choice stands above the editor, for as long as it is one.
function elsewhere(mark) {
  const note = form.querySelector("[data-elsewhere]");
  if (!note) return;
  note.hidden = !mark;
  if (mark) note.dataset.elsewhere = mark;
}
form.addEventListener("click", (event) => {
  if (!event.target.closest("[data-mine]")) return;
  form.elements.seen.value = event.target.closest("[data-elsewhere]").dataset.elsewhere;
  keep();
});

function changed() {
  kept("");
  clearTimeout(waiting);
  waiting = setTimeout(keep, 1200);
}

// Undo and Redo work on the editor that was typed in last.
function current() {
  const seen = [...editors.values()].filter((editor) => editor.host.offsetParent);
  return seen.includes(last) ? last : seen[0];
}

function mark() {
  const result = document.getElementById("result");
  if (!result) return;
  const { errorFile, errorLine, error } = result.dataset;
  if (!errorFile) return;
  for (const [textarea, editor] of editors) if (textarea.dataset.path === errorFile) editor.mark(Number(errorLine), error);
}

async function start() {
  const { edit } = await import(form.dataset.editor);
  const before = undoable();
  for (const textarea of form.querySelectorAll("textarea.source")) {
    // Ctrl with Enter reaches base.js, which runs the form; the editor only leaves it alone.
    const editor = edit(textarea, { changed, run() {}, before: before.get(textarea.name) });
    editor.host.addEventListener("focusin", () => { last = editor; });
    editors.set(textarea, editor);
  }
  for (const [name, verb] of [["[data-undo]", "undo"], ["[data-redo]", "redo"]]) {
    const button = form.querySelector(name);
    if (!button) continue;
    button.hidden = false;
    button.addEventListener("click", () => current()?.[verb]());
  }
  mark();
  stand();
}

// What can be undone goes along to the page that comes next, in this tab and at once: a run or a
// file more may be a new page.
const undo = `undo ${location.pathname}`;
window.addEventListener("pagehide", () => {
  const kept = [...editors].map(([{ name }, editor]) => [name, editor.kept()]);
  try { sessionStorage.setItem(undo, JSON.stringify({ at: Date.now(), kept })); } catch { sessionStorage.removeItem(undo); }
});

function undoable() {
  try {
    const before = JSON.parse(sessionStorage.getItem(undo));
    sessionStorage.removeItem(undo);
    return new Map(before && Date.now() - before.at < 30_000 ? before.kept : []);
  } catch { return new Map(); }
}

// A run that comes back as a new page leaves its reader where they were: the tabs, each caret.
const stood = `stood ${location.pathname}`;
form.addEventListener("submit", (event) => {
  if (event.submitter?.matches("[data-runs]")) standing(".tabs a[aria-current]");
});
// The link to another case of the result says which case's tab is meant.
document.addEventListener("click", (event) => {
  if (event.target.closest("#result .holds a")) standing(".filetabs:not(.cases) .tabs a[aria-current]");
});

function standing(links) {
  const tabs = [...form.querySelectorAll(links)].map((link) => link.hash);
  const carets = [...editors].map(([{ name }, { view }]) => [name, { anchor: view.state.selection.main.anchor, head: view.state.selection.main.head, top: view.scrollDOM.scrollTop, focus: view.hasFocus }]);
  try { sessionStorage.setItem(stood, JSON.stringify({ tabs, carets })); } catch { /* it begins at the first */ }
}

function stand() {
  let before;
  try {
    before = JSON.parse(sessionStorage.getItem(stood));
    sessionStorage.removeItem(stood);
  } catch { return; }
  if (!before) return;
  for (const hash of before.tabs) [...form.querySelectorAll(".tabs a")].find((link) => link.hash === hash)?.click();
  document.querySelector("[data-told]")?.scrollIntoView({ block: "nearest" });
  const carets = new Map(before.carets);
  for (const [{ name }, { view }] of editors) {
    const caret = carets.get(name);
    if (!caret) continue;
    const within = (place) => Math.min(place, view.state.doc.length);
    view.dispatch({ selection: { anchor: within(caret.anchor), head: within(caret.head) } });
    view.scrollDOM.scrollTop = caret.top;
    // Where the page has a place of its own to be at, such as a result or a mistake, that has the focus.
    if (caret.focus && !location.hash && document.activeElement === document.body) view.contentDOM.focus({ preventScroll: true });
  }
}

form.addEventListener("input", (event) => { if (!event.target.matches("[data-enter]")) changed(); });
// Enter in the name of a file is for the button beside it, not for Run.
form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.ctrlKey || event.metaKey || !event.target.matches("[data-enter]")) return;
  event.preventDefault();
  event.target.parentElement.querySelector("button").click();
});
document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-plus]")) return;
  event.preventDefault();
  document.getElementById("files").open = true;
  document.getElementById("new").focus();
});
// From an error to its line, in whichever file that is.
document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-goto]")) return;
  const { errorFile, errorLine } = document.getElementById("result").dataset;
  for (const [textarea, editor] of editors) {
    if (textarea.dataset.path !== errorFile) continue;
    event.preventDefault();
    form.querySelector(`.tabs a[href="#${CSS.escape(textarea.closest(".code").id)}"]`)?.click();
    editor.go(Number(errorLine));
  }
});
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.id !== "result" && event.detail.elt?.id !== "result") return;
  mark();
  refused = Boolean(document.querySelector("#result [data-unsaved]"));
  elsewhere("");  // the result tells it from here on
  // On a narrow page the result is below the editor: it is what was asked for.
  const result = document.getElementById("result");
  if (result.getBoundingClientRect().top > window.innerHeight * 0.8) result.scrollIntoView({ block: "start" });
});
// What is sent is kept by that; a draft that came after it would undo what it did.
form.addEventListener("submit", () => { clearTimeout(waiting); waiting = 0; refused = false; });
// Text that is only in this page is not left behind unasked; the browser has words of its own for that.
window.addEventListener("beforeunload", (event) => { if (refused) event.preventDefault(); });
// What was typed last is kept when the page is left before its time. A reload may be answered
// before that has arrived, so this tab remembers it, too: for the reload, and for nothing else.
const place = `typed ${location.pathname}`;
window.addEventListener("pagehide", () => {
  if (!(waiting || refused) || !form.dataset.draft) return;
  clearTimeout(waiting);
  const body = typed();
  if (waiting) navigator.sendBeacon(form.dataset.draft, body);
  const texts = [...editors.keys()].map(({ name }) => [name, body.get(name)]);
  try { sessionStorage.setItem(place, JSON.stringify({ at: Date.now(), texts, seen: body.get("seen") })); } catch { /* the beacon has it */ }
});

function remembered() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(place));
    sessionStorage.removeItem(place);
    const reloaded = performance.getEntriesByType("navigation")[0]?.type === "reload";
    if (!kept || !reloaded || Date.now() - kept.at > 10_000) return;
    const texts = new Map(kept.texts);
    for (const textarea of form.querySelectorAll("textarea.source")) {
      if (texts.has(textarea.name) && texts.get(textarea.name) !== textarea.value) {
        textarea.value = texts.get(textarea.name);
        form.elements.seen.value = kept.seen;  // it was typed over that, whatever is kept by now
        changed();
      }
    }
  } catch { /* nothing is remembered here */ }
}

remembered();
// A case that was just added begins with its name; going to a place in the page takes the focus
// away, and is done when the page has loaded.
const [, added] = location.hash.match(/^#case-(\d+)$/) || [];
const named = added && document.querySelector(`#case-${added} input`);
if (named) window.addEventListener("load", () => setTimeout(() => { named.focus({ preventScroll: true }); named.select(); }));
start();
