// The card page of the admin: run, preview, bug lines, autosave. Everything works without it.
(() => {
  "use strict";
  const form = document.getElementById("card_form");
  const token = () => document.querySelector("[name=csrfmiddlewaretoken]").value;
  const post = (url, body, part) =>
    fetch(url, { method: "POST", body, headers: { "X-CSRFToken": token(), "X-Part": part } });

  // Progress of verifying comes as one JSON object a line, the result last.
  async function follow(response, box) {
    const bar = document.createElement("progress");
    bar.setAttribute("aria-label", "Runs done");
    const said = document.createElement("p");
    box.replaceChildren(bar, said);
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
      const { value, done } = await reader.read();
      if (done) break;
      const lines = (rest + value).split("\n");
      rest = lines.pop();
      for (const line of lines.filter(Boolean)) {
        const step = JSON.parse(line);
        if (step.html !== undefined) { box.innerHTML = step.html; box.focus(); return; }
        bar.max = step.total;
        bar.value = step.done;
        said.textContent = `${step.done} of ${step.total} runs`;
      }
    }
  }

  document.querySelectorAll("form[data-verify]").forEach((each) => {
    each.addEventListener("submit", async (event) => {
      event.preventDefault();
      const box = document.querySelector("[data-verify-result]");
      const buttons = document.querySelectorAll(".state-forms button");
      box.textContent = "Starting …";
      buttons.forEach((button) => (button.disabled = true));
      try {
        const response = await post(each.action, new FormData(each), "verify");
        if (!response.ok) throw new Error(`The site answered ${response.status}.`);
        await follow(response, box);
      } catch (error) {
        box.textContent = `Nothing was changed. ${error.message}`;
      } finally {
        buttons.forEach((button) => (button.disabled = false));
      }
    });
  });

  if (!form) return;

  // Run now, on the page as it is.
  const run = form.querySelector("[data-run]");
  const result = document.querySelector("[data-run-result]");
  async function runNow() {
    run.disabled = true;
    result.textContent = "Running …";
    const words = run.textContent;
    run.textContent = "Running …";
    try {
      const response = await post(run.formAction, new FormData(form), "run");
      if (!response.ok) throw new Error(`The site answered ${response.status}.`);
      result.innerHTML = await response.text();
      result.focus();
      result.scrollIntoView({ block: "start" });
    } catch (error) {
      result.textContent = `Not run. ${error.message}`;
    } finally {
      run.disabled = false;
      run.textContent = words;
    }
  }
  if (run) {
    run.addEventListener("click", (event) => { event.preventDefault(); runNow(); });
    form.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); runNow(); }
    });
  }

  // Take a measured value as claim: the version's line in the case's claims is replaced.
  function take(button) {
    const names = [...form.querySelectorAll("input[name^='cases-'][name$='-name']")];
    const name = names.find((input) => input.value.trim() === button.dataset.take);
    const area = name && form.elements[name.name.replace(/-name$/, "-said")];
    if (!area) return;
    const own = (line) => line.startsWith(`${button.dataset.version}:`);
    const lines = area.value.split("\n").filter((line) => line.trim());
    const at = lines.findIndex(own);
    if (at < 0) lines.push(button.dataset.line); else lines[at] = button.dataset.line;
    area.value = lines.join("\n");
    area.dispatchEvent(new Event("input", { bubbles: true }));
    const said = document.createElement("span");
    said.textContent = "Taken; save to keep it.";
    button.replaceWith(said);
  }
  if (result) result.addEventListener("click", (event) => {
    const one = event.target.closest("[data-take]");
    if (one) take(one);
    const all = event.target.closest("[data-take-all]");
    if (all && window.confirm("Claim whatever was measured? A wrong program is then claimed to be right.")) {
      result.querySelectorAll("[data-take]").forEach(take);
      all.replaceWith("Taken; save to keep them.");
    }
  });

  // Markdown beside its text, as a learner will see it.
  const markdown = new URL("../markdown/", location.pathname.endsWith("/add/") ? location.href : new URL("../", location.href));
  function preview(area) {
    let box = area.parentNode.querySelector(".preview");
    if (!box) {
      box = document.createElement("div");
      box.className = "preview";
      box.setAttribute("aria-label", "Preview");
      area.after(box);
    }
    const body = new FormData();
    body.append("text", area.value);
    if (!area.value.trim()) { box.replaceChildren(); return; }
    post(markdown, body, "markdown").then(async (r) => { if (r.ok) box.innerHTML = await r.text(); }, () => {});
  }
  const waiting = new WeakMap();
  form.addEventListener("input", (event) => {
    const area = event.target;
    if (!area.matches("[data-preview]")) return;
    clearTimeout(waiting.get(area));
    waiting.set(area, setTimeout(preview, 400, area));
  });
  form.addEventListener("focusin", (event) => {
    if (event.target.matches("[data-preview]") && !event.target.parentNode.querySelector(".preview")) preview(event.target);
  });

  // A new, empty file is offered when the last one is used.
  form.addEventListener("input", (event) => {
    const file = event.target.closest("[data-file]");
    if (!file || file.nextElementSibling || !event.target.value) return;
    const next = file.cloneNode(true);
    next.querySelectorAll("input, textarea").forEach((field) => { field.value = ""; });
    file.after(next);
  });

  // Bug lines: click the numbers of the buggy version's lines.
  const bugs = document.getElementById("id_bug_lines");
  const readBugs = () => Object.fromEntries(bugs.value.split("\n").map((l) => l.split(":")).filter((p) => p.length === 2)
    .map(([path, n]) => [path.trim(), new Set(n.split(/[\s,]+/).filter(Boolean).map(Number))]));
  function drawBugs() {
    bugs.parentNode.querySelectorAll(".bug-lines").forEach((list) => list.remove());
    const name = [...form.querySelectorAll("input[name^='versions-'][name$='-name']")].find((i) => i.value.trim() === "buggy");
    if (!name) return;
    const marked = readBugs();
    const group = name.name.replace(/-name$/, "-files");
    form.querySelectorAll(`[name='${group}-path']`).forEach((path) => {
      const text = path.closest("[data-file]").querySelector("textarea").value;
      if (!path.value.endsWith(".py") || path.value.startsWith("case_")) return;
      const list = document.createElement("ol");
      list.className = "bug-lines";
      list.setAttribute("aria-label", `Lines of ${path.value}: press those that are the bug`);
      text.replace(/\n$/, "").split("\n").forEach((line, at) => {
        const item = document.createElement("li");
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = at + 1;
        button.dataset.path = path.value;
        button.setAttribute("aria-pressed", String(!!marked[path.value] && marked[path.value].has(at + 1)));
        button.setAttribute("aria-label", `Line ${at + 1}: ${line.trim() || "empty"}`);
        const code = document.createElement("code");
        code.textContent = line;
        item.append(button, code);
        list.append(item);
      });
      bugs.after(list);
    });
  }
  if (bugs) {
    drawBugs();
    bugs.addEventListener("change", drawBugs);
    form.addEventListener("change", (event) => { if (event.target.matches("[name^='versions-']")) drawBugs(); });
    bugs.parentNode.addEventListener("click", (event) => {
      const button = event.target.closest(".bug-lines button");
      if (!button) return;
      const marked = readBugs(), path = button.dataset.path, line = Number(button.textContent);
      marked[path] = marked[path] || new Set();
      if (!marked[path].delete(line)) marked[path].add(line);
      bugs.value = Object.entries(marked).filter(([, n]) => n.size)
        .map(([p, n]) => `${p}: ${[...n].sort((a, b) => a - b).join(", ")}`).join("\n");
      button.setAttribute("aria-pressed", String(marked[path].has(line)));
      bugs.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }

  // A closed tab loses nothing: what is typed is kept on this device until it is saved.
  const key = `card:${location.pathname}`;
  const skip = new Set(["csrfmiddlewaretoken"]);
  const pairs = () => [...new FormData(form)].filter(([name, value]) => !skip.has(name) && typeof value === "string");
  const asLoaded = JSON.stringify(pairs());
  const bar = document.querySelector("[data-restore]");
  const stored = () => { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } };
  let timer;
  const keep = () => { localStorage.setItem(key, JSON.stringify({ when: Date.now(), pairs: pairs() })); };
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(keep, 800); });
  window.addEventListener("pagehide", () => { if (timer && !form.dataset.sent) keep(); });
  form.addEventListener("submit", (event) => {
    if (event.submitter && event.submitter.matches("[data-run]")) return;
    form.dataset.sent = "1";
    sessionStorage.setItem("card:sent", key);
  });
  const errors = document.querySelector(".errornote");
  if (sessionStorage.getItem("card:sent") && !errors) localStorage.removeItem(sessionStorage.getItem("card:sent"));
  sessionStorage.removeItem("card:sent");

  function restore(saved) {
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
      if (!fields[at] && fields[at - 1] && fields[at - 1].closest("[data-file]")) {
        const file = fields[at - 1].closest("[data-file]");
        if (!file.nextElementSibling) file.after(file.cloneNode(true));
      }
      const field = form.querySelectorAll(`[name="${CSS.escape(name)}"]`)[at];
      if (field) field.value = value;
    }
    if (bugs) drawBugs();
  }
  const saved = stored();
  if (bar && saved && JSON.stringify(saved.pairs) !== asLoaded && !errors) {
    bar.hidden = false;
    bar.querySelector("[data-restore-when]").textContent = new Date(saved.when).toLocaleString();
    bar.querySelector("[data-restore-take]").addEventListener("click", () => { restore(saved.pairs); bar.hidden = true; keep(); });
    bar.querySelector("[data-restore-drop]").addEventListener("click", () => { localStorage.removeItem(key); bar.hidden = true; });
  } else if (saved && !errors) {
    localStorage.removeItem(key);
  }
})();
