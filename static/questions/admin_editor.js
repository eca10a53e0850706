// Code on the card page: an editor in place of each text area, files as tabs, bug lines pressed.
(() => {
  "use strict";
  const form = document.getElementById("card_form");
  const source = document.querySelector("[data-editor-source]");
  if (!form || !source) return;
  const editors = new Map();
  const waiting = new Map();
  const bugs = document.getElementById("id_bug_lines");
  let edit = null;
  let count = 0;

  const made = (tag, className, text = "") => {
    const element = document.createElement(tag);
    element.className = className;
    element.textContent = text;
    if (tag === "button") element.type = "button";
    return element;
  };
  const rowOf = (element) => element.closest(".inline-related");
  const field = (row, name) => row.querySelector(`[name$="-${name}"]`);
  const panels = (files) => [...files.querySelectorAll("[data-file]")];
  const pathOf = (panel) => panel.querySelector(".file-path");
  const textOf = (panel) => panel.querySelector("textarea");
  const isBuggy = (element) => rowOf(element)?.id.startsWith("versions-") && field(rowOf(element), "name").value.trim() === "buggy";
  const tell = (element, name = "input") => element.dispatchEvent(new Event(name, { bubbles: true }));

  // Editors: one for each text area that is to be seen; the area keeps the text for the form.
  function dress(area) {
    if (!edit || editors.has(area) || !area.getClientRects().length) return;
    const file = area.closest("[data-file]");
    const hears = { changed: () => tell(area), run: () => form.querySelector("[data-run]")?.click() };
    if (file && isBuggy(area)) {
      hears.pressed = (line) => pressBug(file, line);
      hears.moved = (lines) => moveBugs(file, lines);
    }
    editors.set(area, edit(area, hears));
    if (waiting.has(area)) editors.get(area).errors(waiting.get(area));
    if (hears.pressed) drawBugs();
  }
  function undress(area) {
    const editor = editors.get(area);
    if (!editor) return;
    editors.delete(area);
    editor.view.destroy();
    editor.host.remove();
    area.hidden = false;
  }
  const dressAll = (root) => root.querySelectorAll("textarea[data-editor]").forEach(dress);
  form.addEventListener("change", (event) => editors.get(event.target)?.set(event.target.value));

  // Files as tabs.
  function setUp(files) {
    if (files.dataset.on || files.closest(".empty-form")) return;
    files.dataset.on = "1";
    const bar = made("div", "file-bar");
    const list = made("div", "file-tabs");
    list.setAttribute("role", "tablist");
    list.setAttribute("aria-label", "Files");
    const add = made("button", "file-add", "Add a file");
    add.addEventListener("click", () => { const panel = spare(files); show(panel); pathOf(panel).focus(); });
    list.addEventListener("click", (event) => { const tab = event.target.closest("[role=tab]"); if (tab) show(panelOf(tab)); });
    list.addEventListener("keydown", (event) => step(event, list));
    bar.append(list, add);
    files.prepend(bar);
    panels(files).forEach(furnish);
    show(panels(files)[0]);
  }
  function furnish(panel) {
    count += 1;
    panel.id = `file-${count}`;
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-label", "File");
    const mark = made("button", "file-tool", "Mark this line as the bug");
    mark.dataset.bug = "";
    mark.addEventListener("click", () => { const editor = editors.get(textOf(panel)); if (editor) pressBug(panel, editor.line()); });
    const drop = made("button", "file-tool", "Delete this file");
    drop.addEventListener("click", () => remove(panel));
    const said = made("span", "help bug-said");
    said.setAttribute("role", "status");
    panel.querySelector(".file-head").append(mark, drop, said);
    panel.dataset.path = pathOf(panel).value.trim();
  }
  const panelOf = (tab) => document.getElementById(tab.getAttribute("aria-controls"));
  const empty = (panel) => !pathOf(panel).value.trim() && !textOf(panel).value.trim();
  function spare(files, another = false) {
    const all = panels(files);
    const there = all.find(empty);
    if (there && !another) return there;
    const panel = all[0].cloneNode(true);
    panel.querySelectorAll(".editor-host, .file-tool, .bug-said").forEach((part) => part.remove());
    pathOf(panel).value = "";
    Object.assign(textOf(panel), { value: "", hidden: false });
    textOf(panel).textContent = "";
    textOf(panel).setAttribute("aria-label", "Text of a new file");
    panel.hidden = true;
    files.append(panel);
    furnish(panel);
    return panel;
  }
  function show(panel) {
    const files = panel.closest("[data-files]");
    panels(files).forEach((each) => { each.hidden = each !== panel; });
    draw(files);
    dress(textOf(panel));
  }
  function draw(files) {
    const tabs = panels(files).filter((panel) => !panel.hidden || !empty(panel)).map((panel) => {
      const tab = made("button", "file-tab", pathOf(panel).value.trim() || "new file");
      const here = !panel.hidden;
      tab.setAttribute("role", "tab");
      tab.setAttribute("aria-selected", String(here));
      tab.setAttribute("aria-controls", panel.id);
      tab.tabIndex = here ? 0 : -1;
      return tab;
    });
    const list = files.querySelector(".file-tabs"), focused = list.contains(document.activeElement);
    list.replaceChildren(...tabs);
    if (focused) list.querySelector("[aria-selected=true]")?.focus();
    files.querySelectorAll("[data-bug]").forEach((button) => { button.hidden = !isBuggy(files); });
  }
  function step(event, list) {
    const tabs = [...list.children];
    const at = tabs.indexOf(event.target);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined || at < 0) return;
    event.preventDefault();
    show(panelOf(tabs[(to + tabs.length) % tabs.length]));
    list.querySelector("[aria-selected=true]").focus();
  }
  function remove(panel) {
    const name = pathOf(panel).value.trim();
    if (!empty(panel) && !window.confirm(`Delete ${name || "this file"}? It is gone once you save.`)) return;
    const files = panel.closest("[data-files]");
    if (isBuggy(files)) writeBugs({ ...readBugs(), [name]: new Set() });
    if (panels(files).length === 1) spare(files, true);
    const next = panel.previousElementSibling?.matches("[data-file]") ? panel.previousElementSibling : panel.nextElementSibling;
    undress(textOf(panel));
    panel.remove();
    show(next || panels(files)[0]);
    tell(pathOf(panels(files)[0]));
    files.querySelector("[aria-selected=true]").focus();
  }
  function renamed(panel) {
    const before = panel.dataset.path, after = pathOf(panel).value.trim();
    panel.dataset.path = after;
    textOf(panel).setAttribute("aria-label", `Text of ${after || "a new file"}`);
    editors.get(textOf(panel))?.view.contentDOM.setAttribute("aria-label", `Text of ${after || "a new file"}`);
    const found = readBugs();
    if (before === after || !isBuggy(panel) || !found[before]) return;
    const { [before]: lines, ...rest } = found;
    writeBugs({ ...rest, [after]: lines });
  }
  form.addEventListener("input", (event) => { if (event.target.matches(".file-path")) draw(event.target.closest("[data-files]")); });
  form.addEventListener("change", (event) => {
    const panel = event.target.closest("[data-file]");
    if (panel && event.target.matches(".file-path")) { renamed(panel); draw(panel.closest("[data-files]")); drawBugs(); }
    if (event.target.name?.match(/^versions-\d+-name$/)) {
      rowOf(event.target).querySelectorAll("[data-file] textarea").forEach((area) => { undress(area); dress(area); });
      draw(rowOf(event.target).querySelector("[data-files]"));
      drawBugs();
    }
  });
  form.addEventListener("files:more", (event) => { spare(event.target, true); draw(event.target); });

  // Bug lines: the numbers of the buggy version's lines are pressed; the field says the same.
  const readBugs = () => Object.fromEntries(bugs.value.split("\n").map((l) => l.split(":")).filter((p) => p.length === 2)
    .map(([path, n]) => [path.trim(), new Set(n.split(/[\s,]+/).filter(Boolean).map(Number))]));
  function writeBugs(found) {
    const said = Object.entries(found).filter(([path, n]) => path && n.size)
      .map(([path, n]) => `${path}: ${[...n].sort((a, b) => a - b).join(", ")}`).join("\n");
    if (said === bugs.value.trim()) return;
    bugs.value = said;
    tell(bugs);
  }
  function pressBug(panel, line) {
    const found = readBugs(), path = pathOf(panel).value.trim();
    found[path] = found[path] || new Set();
    const here = found[path].has(line) || textOf(panel).value.split("\n")[line - 1]?.trim();
    panel.querySelector(".bug-said").textContent = here ? "" : `Line ${line} is blank: it cannot be the bug.`;
    if (!here) return;
    if (!found[path].delete(line)) found[path].add(line);
    writeBugs(found);
  }
  function moveBugs(panel, lines) { writeBugs({ ...readBugs(), [pathOf(panel).value.trim()]: new Set(lines) }); }
  function drawBugs() {
    const found = readBugs();
    for (const [area, editor] of editors) {
      const panel = area.closest("[data-file]");
      if (panel && isBuggy(panel)) editor.lines([...(found[pathOf(panel).value.trim()] || [])]);
    }
  }
  if (bugs) bugs.addEventListener("input", drawBugs);
  if (bugs) bugs.addEventListener("change", drawBugs);

  // Errors of the last run, each at its line; its place in the result leads there.
  function areaOf({ errorVersion: version, errorFile: file, errorCase: caseName }) {
    if (file === "setup.py") return document.getElementById("id_setup");
    const rows = (group) => [...form.querySelectorAll(`#${group}-group .inline-related:not(.empty-form)`)];
    const named = (group, name) => rows(group).find((row) => field(row, "name").value.trim() === name);
    const row = named("versions", version);
    const panel = row && [...row.querySelectorAll("[data-file]")].find((each) => pathOf(each).value.trim() === file);
    if (panel) return textOf(panel);
    const its = file === `case_${caseName}.py` && named("cases", caseName);
    return its ? field(its, "action") : null;
  }
  document.addEventListener("card:ran", () => {
    waiting.clear();
    document.querySelectorAll("[data-run-result] [data-error-line]").forEach((place) => {
      const area = areaOf(place.dataset);
      if (!area) return;
      const list = waiting.get(area) || [];
      const error = { line: Number(place.dataset.errorLine), message: place.dataset.errorText };
      if (!list.some((one) => one.line === error.line && one.message === error.message)) list.push(error);
      waiting.set(area, list);
    });
    for (const [area, editor] of editors) editor.errors(waiting.get(area) || []);
  });
  document.addEventListener("click", (event) => {
    const place = event.target.closest("[data-error-line]");
    const area = place && areaOf(place.dataset);
    if (!area) return;
    if (rowOf(area)) rowOf(area).dispatchEvent(new CustomEvent("part:open", { bubbles: true }));
    const panel = area.closest("[data-file]");
    if (panel) show(panel);
    dress(area);
    if (editors.has(area)) editors.get(area).go(Number(place.dataset.errorLine));
    else area.focus();
  });

  form.querySelectorAll("[data-files]").forEach(setUp);
  document.addEventListener("formset:added", (event) => { event.target.querySelectorAll("[data-files]").forEach(setUp); dressAll(event.target); });
  document.addEventListener("part:opened", (event) => dressAll(event.target));
  form.addEventListener("toggle", (event) => dressAll(event.target), true);
  import(source.dataset.editorSource).then((bundle) => { edit = bundle.edit; dressAll(form); }, () => {});
})();
