// The card page of the admin: run, take claims, preview, verify. Everything works without it.
(() => {
  "use strict";
  const form = document.getElementById("card_form");
  const token = () => document.querySelector("[name=csrfmiddlewaretoken]").value;
  const post = (url, body, part) =>
    fetch(url, { method: "POST", body, headers: { "X-CSRFToken": token(), "X-Part": part } });

  // Progress of verifying comes as one JSON object a line, the result last.
  // Returns the proof, if the last line has one.
  async function follow(response, box, stop) {
    const bar = document.createElement("progress");
    bar.setAttribute("aria-label", "Runs done");
    const said = document.createElement("p");
    box.replaceChildren(bar, said);
    if (stop) box.append(stop);
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
      const { value, done } = await reader.read();
      if (done) break;
      const lines = (rest + value).split("\n");
      rest = lines.pop();
      for (const line of lines.filter(Boolean)) {
        const step = JSON.parse(line);
        if (step.proof !== undefined) { box.replaceChildren(); return step.proof; }
        if (step.reached && again(step.html)) return null;
        if (step.html !== undefined) { box.innerHTML = step.html; box.focus(); return null; }
        bar.max = step.total;
        bar.value = step.done;
        said.textContent = `${step.done} of ${step.total} runs`;
      }
    }
    throw new Error("The site stopped answering.");
  }

  // A card in a new state has another page: it is loaded anew, and says what was found.
  const found = `found:${location.pathname}`;
  function again(html) {
    try { sessionStorage.setItem(found, html); } catch { return false; } // a browser that keeps nothing
    location.reload();
    return true;
  }
  function tell(box) {
    let html = null;
    try { html = sessionStorage.getItem(found); sessionStorage.removeItem(found); } catch { /* nothing kept */ }
    if (!html) return;
    box.innerHTML = html;
    box.querySelector("[data-new-state]")?.remove(); // this is it
    box.focus();
  }
  const verified = document.querySelector("[data-verify-result]");
  if (verified) tell(verified);

  // What was typed is saved first; the page that comes back goes on.
  const next = `next:${location.pathname}`;
  function saveFirst(each) {
    try { sessionStorage.setItem(next, each.action); } catch { return false; } // a browser that keeps nothing
    form.requestSubmit(form.querySelector("[name=_continue]"));
    return true;
  }
  function goOn() {
    let action = null;
    try { action = sessionStorage.getItem(next); sessionStorage.removeItem(next); } catch { /* nothing kept */ }
    if (!action || !document.querySelector(".messagelist .success")) return;
    [...document.querySelectorAll("form[data-verify]")].find((each) => each.action === action)?.requestSubmit();
  }

  // Without scripts these buttons post the page's own form, which is saved first.
  document.querySelectorAll("[data-to]").forEach((button) => button.setAttribute("form", button.dataset.to));

  // These save what was typed, too; where nothing was, there is nothing to save.
  document.querySelectorAll("[data-unsaved]").forEach((button) => button.addEventListener("click", () => {
    button.setAttribute("form", form?.dataset.dirty ? "card_form" : button.name.slice(1));
  }));

  document.querySelectorAll("form[data-verify]").forEach((each) => {
    each.addEventListener("submit", async (event) => {
      event.preventDefault();
      const box = verified;
      if (form?.dataset.dirty && saveFirst(each)) return;
      if (form?.dataset.dirty) { box.textContent = "You have unsaved changes: save first."; box.focus(); return; }
      const buttons = document.querySelectorAll(".state-forms button, [data-publish]");
      box.textContent = "Starting …";
      box.scrollIntoView({ block: "center" });
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

  // What is published is changed only if it stays true: everything is run first, to be watched.
  document.querySelectorAll("[data-check]").forEach((proof) => {
    const checked = proof.form;
    const result = checked.querySelector("[data-run-result]");
    checked.addEventListener("submit", async (event) => {
      if (event.submitter?.matches("[data-run]") || proof.value) return;
      event.preventDefault();
      const buttons = checked.querySelectorAll(".submit-row input[type=submit], button.default");
      verified?.replaceChildren(); // it was said of another content
      result.textContent = "Starting …";
      result.scrollIntoView({ block: "center" });
      buttons.forEach((button) => (button.disabled = true));
      let found = "none";
      try {
        const response = await post(proof.dataset.check, new FormData(checked), "verify");
        // Whatever the site does not check here, it checks and says when it saves.
        if (response.ok) found = await follow(response, result);
      } catch { result.textContent = "Saving …"; } finally {
        buttons.forEach((button) => (button.disabled = false));
      }
      if (found === null) return;
      proof.value = found || "none";
      checked.requestSubmit(event.submitter);
    });
    // What is typed after it was checked is another card.
    checked.addEventListener("input", () => { proof.value = ""; });
  });

  goOn();

  if (!form) return;
  function touched() {
    if (form.dataset.dirty) return;
    form.dataset.dirty = "1";
    document.querySelectorAll("[data-publish]").forEach((button) => { button.textContent = "Save and publish"; });
  }
  form.addEventListener("input", touched);
  form.addEventListener("change", touched);
  document.addEventListener("formset:added", touched);
  document.addEventListener("formset:removed", touched);

  // A new page begins at its first field, one with mistakes at the first that has one: not at Save.
  window.addEventListener("load", () => {
    const seen = (field) => field.type !== "hidden" && field.offsetParent;
    const first = (within) => [...form.querySelectorAll(`${within} :is(input, select, textarea)`)].find(seen);
    const begin = first(".errors") || (document.querySelector(".submit-row :focus") && first("fieldset"));
    if (begin && !location.hash) begin.focus();
  });

  // Run now, on the page as it is.
  const run = form.querySelector("[data-run]");
  const result = document.querySelector("[data-run-result]");
  const stopper = (id) => {
    const stop = document.createElement("button");
    stop.type = "button";
    stop.className = "button";
    stop.textContent = "Stop";
    stop.addEventListener("click", () => {
      stop.disabled = true;
      const body = new FormData();
      body.set("run_id", id);
      post(run.dataset.stopAt, body, "stop").catch(() => {});
    });
    return stop;
  };
  async function runNow() {
    if (run.disabled) return;
    run.disabled = true;
    result.textContent = "Running …";
    result.scrollIntoView({ block: "nearest" });
    const words = run.textContent;
    run.textContent = "Running …";
    try {
      const sent = new FormData(form);
      const id = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
      sent.set("run_id", id);
      const response = await post(run.formAction, sent, "run");
      if (!response.ok) throw new Error(`The site answered ${response.status}.`);
      await follow(response, result, stopper(id));
      result.querySelectorAll("[data-whole]").forEach((each) => whole(each, sent));
      document.dispatchEvent(new Event("card:ran"));
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
    // From anywhere on the page, but in another form, whose own keys these are.
    document.addEventListener("keydown", (event) => {
      if (event.defaultPrevented || event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      if ((event.target.closest?.("form") || form) !== form) return;
      event.preventDefault();
      runNow();
    });
  }

  // A case ran with its "# intent" on top, as it will be saved: its text says so, and lines are those of the file.
  function whole(template, sent) {
    const name = caseNamed(template.dataset.whole);
    const area = name && form.elements[name.name.replace(/-name$/, "-action")];
    // What was typed while it ran is not written over.
    if (!area || area.value !== sent.get(area.name)?.replaceAll("\r\n", "\n")) return;
    area.value = template.content.textContent;
    for (const heard of ["change", "input"]) area.dispatchEvent(new Event(heard, { bubbles: true }));
  }
  const caseNamed = (said) => [...form.querySelectorAll("input[name^='cases-'][name$='-name']")].find((input) => input.value.trim() === said);

  // Take a measured value as claim: the version's line in the case's claims is replaced.
  function take(button) {
    const name = caseNamed(button.dataset.take);
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
    const cell = button.closest("td");
    button.replaceWith(said);
    holds(cell);
  }

  // The claim says now what was measured: so does its cell, and the head counts what is left.
  function holds(cell) {
    cell.classList.replace("false", "true");
    cell.querySelectorAll("[data-differs]").forEach((each) => each.remove());
    cell.querySelector(".claim-state").textContent = "✓ as claimed";
    const left = result.querySelectorAll("td.false").length;
    const head = result.querySelector("[data-run-head]");
    head.textContent = left ? `${left} claim${left > 1 ? "s" : ""} missing or not as measured` : "Every claim is as measured";
    lacksLess();
    if (!left) result.querySelector(".take-all")?.replaceChildren("Taken; save to keep what was taken.");
  }
  // What only claims were lacking for is not lacking any more where a case has them all.
  function lacksLess() {
    const box = result.querySelector(".lacking");
    box?.querySelectorAll("[data-lacks]").forEach((item) => {
      const row = result.querySelector(`[data-case="${CSS.escape(item.dataset.lacks)}"]`);
      if (!row?.querySelector("td.false")) item.remove();
    });
    const left = box?.querySelectorAll("li").length;
    if (left) box.querySelector("[data-count]").textContent = left; else box?.remove();
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
})();
