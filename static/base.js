"use strict";

// Copy buttons: shown only where the clipboard can be written.
function copies(root) {
  for (const button of root.querySelectorAll("[data-copy]")) button.hidden = !navigator.clipboard;
}

function say(words) {
  const place = document.getElementById("spoken");
  place.textContent = "";
  setTimeout(() => { place.textContent = words; }, 50);
}

function textOf(figure) {
  return [...figure.querySelectorAll(".ln")].map((line) => line.textContent).join("\n") + "\n";
}

document.addEventListener("click", async (event) => {
  const copy = event.target.closest("[data-copy]");
  if (copy) {
    const words = copy.textContent;
    await navigator.clipboard.writeText(copy.dataset.copy || textOf(copy.closest("figure")));
    copy.textContent = "Copied";
    say("Copied");
    setTimeout(() => { copy.textContent = words; }, 1500);
  }
  const opener = event.target.closest("[data-opens]");
  if (opener) {
    event.preventDefault();
    document.getElementById(opener.dataset.opens).showModal();
  }
  const stop = event.target.closest("[data-stop]");
  if (stop) {
    const form = stop.closest("form");
    const body = new FormData();
    body.set("run_id", form.querySelector("[name=run_id]")?.value || "");
    body.set("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
    fetch(document.body.dataset.stopping, { method: "POST", body, keepalive: true }).catch(() => {});
    // What is graded is told by its own answer: it may have been done before it was stopped.
    if (form.hasAttribute("data-graded")) return;
    if (sent.has(form)) leave(sent.get(form));
    forget(form);
    rest(form);
    fresh();
    if (!form.hasAttribute("hx-post")) window.stop();
    stopped(stop);
  }
});

// A request that its reader stops is no failure: htmx would write an abort to the console as one,
// so it ends like an answer that changes nothing.
const sent = new WeakMap();
const left = new WeakSet();
document.addEventListener("htmx:beforeSend", (event) => sent.set(event.detail.elt, event.detail.xhr));
// A newer request that takes the place of an older one ends that in the same way.
document.addEventListener("htmx:abort", (event) => { if (sent.has(event.target)) leave(sent.get(event.target)); }, true);
document.addEventListener("htmx:beforeOnLoad", (event) => { if (left.has(event.detail.xhr)) event.preventDefault(); });

// A request without an answer may have kept its text: what is kept is not known here any more.
function forget(form) {
  if (form.elements?.seen) form.elements.seen.value = "";
}

function leave(xhr) {
  if (xhr.readyState === XMLHttpRequest.DONE) return;
  left.add(xhr);
  xhr.onabort = xhr.onload;
  xhr.abort();
}

// Say that a run was stopped, and grey what an earlier one left until the next.
function stopped(button) {
  const result = document.getElementById("result");
  const note = document.createElement("p");
  note.id = "stopped";
  note.className = "note warm";
  note.setAttribute("role", "status");
  const earlier = result?.hasAttribute("data-ran");
  note.textContent = earlier ? "Stopped. What is shown is of an earlier run." : "Stopped.";
  button.closest(".actions, form").after(note);
  if (earlier) result.classList.add("stale");
}
// While a run goes, what an earlier one left is greyed, after a second; of a prediction nothing is old.
function old(form) {
  if (!form.matches("[data-run]:not(.predict)")) return;
  for (const part of document.querySelectorAll("#result[data-ran], [data-old]")) part.setAttribute("aria-busy", "true");
}
function fresh() {
  for (const part of document.querySelectorAll("[aria-busy]")) part.removeAttribute("aria-busy");
}
document.addEventListener("submit", (event) => { if (event.submitter?.name !== "do" || event.submitter.matches("[data-runs]")) old(event.target); });
document.addEventListener("htmx:afterRequest", (event) => { if (event.detail.elt.matches?.("[data-run]")) fresh(); });

document.addEventListener("submit", () => {
  document.getElementById("stopped")?.remove();
  document.getElementById("result")?.classList.remove("stale");
}, true);

function hide(form, name, value) {
  const field = form.querySelector(`[name=${name}]`) || form.appendChild(document.createElement("input"));
  field.type = "hidden";
  field.name = name;
  field.value = value;
}

// Each run has an id, for its stop button; what is not needed at once may come later.
// A plain form that runs says so, too, and one click is one run.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-run]")) return;
  // Not randomUUID(), which a page that came without https does not have.
  hide(form, "run_id", [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join(""));
  if (form.hasAttribute("hx-post")) return;
  hide(form, "later", "1");
  if (form.classList.contains("is-running")) event.preventDefault();
  form.classList.add("is-running");
  event.submitter?.closest(".actions")?.classList.add("pressed");
}, true);
window.addEventListener("pageshow", () => { document.querySelectorAll(".is-running").forEach(rest); fresh(); });

function rest(form) {
  form.classList.remove("is-running");
  form.querySelector(".pressed")?.classList.remove("pressed");
}

// What a field lacks is said below it: the browser's own bubble would lie over the button.
let lacking = null;
document.addEventListener("invalid", (event) => {
  event.preventDefault();
  if (lacking) return;  // of several fields the first is told
  lacking = event.target;
  setTimeout(() => { lacking = null; });
  const place = lacking.closest("fieldset, [data-field]") || lacking.parentElement;
  tell(lacking.form, place, lacking.type === "radio" ? "Choose one first." : lacking.type === "number" ? "Say a number from 0 to 99." : lacking.validationMessage);
  lacking.focus();
}, true);

function tell(form, place, words) {
  form.querySelector(".lacks")?.remove();
  const note = document.createElement("p");
  note.className = "off lacks";
  note.setAttribute("role", "alert");
  note.textContent = words;
  place.append(note);
  form.addEventListener("input", () => note.remove(), { once: true });
}

// After a swap of the whole card, reading goes on at its heading.
document.addEventListener("htmx:afterSettle", (event) => {
  copies(document);
  event.detail.elt?.querySelector?.("[data-focus]")?.focus({ preventScroll: true });
});

// What could not be sent is said where it can be seen; what was typed is still in the page.
function trouble(words) {
  let note = document.getElementById("trouble");
  if (!note) {
    note = document.createElement("p");
    note.id = "trouble";
    note.className = "note warm";
    note.setAttribute("role", "alert");
    document.getElementById("messages").after(note);
  }
  note.textContent = words;
  note.scrollIntoView({ block: "center" });
}

document.addEventListener("htmx:sendError", (event) => {
  forget(event.detail.elt);
  trouble("The site does not answer. What you typed is still on this page; try again in a moment.");
});
document.addEventListener("htmx:responseError", (event) => trouble(`The site answered with an error (${event.detail.xhr.status}). What you typed is still on this page; try again, or reload it.`));
document.addEventListener("htmx:beforeRequest", () => document.getElementById("trouble")?.remove());

// Keys. Ctrl or Cmd with Enter runs from anywhere; single keys never fire while typing.
const typing = (target) => target.closest("input:not([type=radio],[type=checkbox]), textarea, select, [contenteditable], dialog");

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    // In a text that is not to be run it sends the text.
    const form = event.target.closest("[data-run]") || event.target.closest("textarea")?.form || document.querySelector("[data-run]");
    if (form) { event.preventDefault(); form.requestSubmit(form.querySelector("[data-runs]")); }
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (typing(event.target) || document.documentElement.dataset.keys === "off") return;
  if (event.key === "?") document.getElementById("keys").showModal();
  else if (event.key === "/") { const field = document.querySelector("[type=search]"); if (field) field.focus(); else location.assign("/cards/#id_q"); }
  else {
    const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!target || target.disabled) return;
    target.click();
  }
  event.preventDefault();
});

copies(document);
// A page that comes back with mistakes begins at the first field that has one.
document.querySelector("main form [aria-invalid=true]")?.focus();
// A search that was asked for by its key on another page.
document.querySelector("[type=search]:target")?.focus();
