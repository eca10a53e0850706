// Autosave of the card page: a closed tab loses nothing.
(() => {
  "use strict";
  const form = document.getElementById("card_form");
  if (!form) return;
  // What is typed is kept on this device until it is saved.
  const bar = document.querySelector("[data-restore]");
  const key = `card:${bar?.dataset.restoreWho}:${location.pathname}`; // others may use this device, too
  const skip = new Set(["csrfmiddlewaretoken", "proof", "seen"]);
  const pairs = () => [...new FormData(form)].filter(([name, value]) => !skip.has(name) && typeof value === "string");
  const asLoaded = JSON.stringify(pairs());
  const stamp = bar?.dataset.restore;
  // A browser that keeps nothing for sites must not break the page.
  const stored = () => { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } };
  const store = (value) => { try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* not kept */ } };
  let timer;
  const keep = () => { timer = 0; store({ when: Date.now(), stamp, sent: !!form.dataset.sent, seen: form.elements.seen?.value, pairs: pairs() }); };
  const later = () => { clearTimeout(timer); timer = setTimeout(keep, 800); };
  form.addEventListener("input", later);
  document.addEventListener("formset:added", later);
  document.addEventListener("formset:removed", later);
  window.addEventListener("pagehide", () => { if (timer) keep(); });
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented || event.submitter?.matches("[data-run]")) return;
    form.dataset.sent = "1";
    keep();
  });
  const errors = document.querySelector(".errornote");

  // Tabs and editors hear of a value set from here.
  function set(field, value) {
    if (!field || field.value === value) return;
    field.value = value;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
  function restore({ pairs: saved, seen }) {
    // The site compares what was changed with what is there now.
    if (seen && form.elements.seen) form.elements.seen.value = seen;
    const counts = new Map();
    saved.filter(([name]) => name.endsWith("-TOTAL_FORMS")).forEach(([name, total]) => {
      const group = name.replace("-TOTAL_FORMS", "");
      const add = document.querySelector(`#${group}-group .add-row a`);
      for (let n = Number(form.elements[name].value); add && n < Number(total); n += 1) add.click();
    });
    form.querySelectorAll("input[type=checkbox]").forEach((box) => { box.checked = false; });
    for (const [name, value] of saved) {
      if (/-(TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS$/.test(name)) continue;
      const at = counts.get(name) || 0;
      counts.set(name, at + 1);
      const fields = [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)];
      const boxes = fields.filter((field) => field.type === "checkbox");
      if (boxes.length) { boxes.filter((box) => box.value === value).forEach((box) => { box.checked = true; }); continue; }
      const files = !fields[at] && fields[at - 1]?.closest("[data-files]");
      if (files) files.dispatchEvent(new CustomEvent("files:more", { bubbles: true }));
      set(form.querySelectorAll(`[name="${CSS.escape(name)}"]`)[at], value);
    }
    // A file that was deleted is not among what was kept.
    form.querySelectorAll("[data-file] input, [data-file] textarea").forEach((field) => {
      const all = [...form.querySelectorAll(`[name="${CSS.escape(field.name)}"]`)];
      if (all.indexOf(field) >= (counts.get(field.name) || 0)) set(field, "");
    });
  }
  const saved = stored();
  // What was sent is saved if the card has changed since; else somebody was signed out, say.
  const done = saved && (JSON.stringify(saved.pairs) === asLoaded || (saved.sent && saved.stamp !== stamp));
  if (done && !errors) localStorage.removeItem(key);
  if (bar && saved && !done && !errors) {
    bar.hidden = false;
    bar.querySelector("[data-restore-when]").textContent = new Date(saved.when).toLocaleString("en-GB", { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" });
    bar.querySelector("[data-restore-since]").hidden = saved.stamp === stamp;
    bar.querySelector("[data-restore-take]").addEventListener("click", () => { restore(saved); bar.hidden = true; keep(); });
    bar.querySelector("[data-restore-drop]").addEventListener("click", () => { localStorage.removeItem(key); bar.hidden = true; });
  }
})();
