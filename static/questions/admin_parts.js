// Versions and cases on the card page: folded to their names, duplicated, put last when added.
(() => {
  "use strict";
  const form = document.getElementById("card_form");
  if (!form || !form.querySelector("#versions-group")) return;
  const FEW = 2;
  const key = `card:open:${location.pathname}`;
  const rows = (group) => [...group.querySelectorAll(".inline-related:not(.empty-form)")];
  const groups = () => [...form.querySelectorAll(".inline-group")];
  const field = (row, name) => row.querySelector(`[name$="-${name}"]`);
  const button = (words, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "part-tool";
    made.textContent = words;
    made.addEventListener("click", act);
    return made;
  };

  function fold(row, folded) {
    row.classList.toggle("folded", folded);
    const tool = row.querySelector("[data-fold]");
    tool.textContent = folded ? "Open" : "Fold";
    tool.setAttribute("aria-expanded", String(!folded));
    if (!folded) row.dispatchEvent(new CustomEvent("part:opened", { bubbles: true }));
  }
  function keep() {
    const open = groups().flatMap(rows).filter((row) => !row.classList.contains("folded")).map((row) => row.id);
    sessionStorage.setItem(key, JSON.stringify(open));
  }
  const kept = () => { try { return JSON.parse(sessionStorage.getItem(key)); } catch { return null; } };

  function setUp(row) {
    const head = row.querySelector("h3");
    if (!head || head.querySelector("[data-fold]")) return;
    const toggle = button("Fold", () => { fold(row, !row.classList.contains("folded")); keep(); });
    toggle.dataset.fold = "";
    toggle.setAttribute("aria-label", `Details of ${row.querySelector(".inline_label").textContent.trim()}`);
    const tools = document.createElement("span");
    tools.className = "part-tools";
    tools.append(toggle);
    if (row.closest(".inline-group").querySelector(".empty-form")) tools.append(button("Duplicate", () => duplicate(row)));
    head.querySelector(".inline_label").after(tools);
    name(row);
  }
  // The head of a part says its name and title as they are now.
  function name(row) {
    const said = field(row, "name")?.value.trim(), title = field(row, "title")?.value.trim();
    if (said) row.querySelector(".inline_label").textContent = [said, title].filter(Boolean).join(": ");
  }
  form.addEventListener("input", (event) => {
    const row = event.target.closest?.(".inline-related");
    if (row && /-(name|title)$/.test(event.target.name || "")) name(row);
  });

  function added(row) {
    const group = row.closest(".inline-group");
    const order = field(row, "order");
    const others = rows(group).filter((each) => each !== row).map((each) => Number(field(each, "order")?.value || 0));
    if (order) order.value = Math.max(-1, ...others) + 1;
    setUp(row);
    keep();
  }

  const free = (group, base) => {
    const taken = new Set(rows(group).map((row) => field(row, "name").value.trim()));
    let n = 2;
    while (taken.has(`${base}_${n}`)) n += 1;
    return `${base}_${n}`;
  };
  function duplicate(row) {
    const group = row.closest(".inline-group");
    const version = group.id === "versions-group";
    const base = field(row, "name").value.trim() || (version ? "version" : "case");
    const fresh = free(group, base);
    group.querySelector(".add-row a").click();
    const copy = rows(group).pop();
    const from = row.querySelector("[data-files]"), to = copy.querySelector("[data-files]");
    while (from && to.querySelectorAll("[data-file]").length < from.querySelectorAll("[data-file]").length) {
      to.dispatchEvent(new CustomEvent("files:more", { bubbles: true }));
    }
    row.querySelectorAll("input, select, textarea").forEach((old) => {
      const suffix = old.name.replace(/^\w+-\d+-/, "");
      if (!old.name || /^(id|card|DELETE|order)$/.test(suffix)) return;
      const same = (place) => [...place.querySelectorAll(`[name$="-${suffix}"]`)];
      const own = same(copy)[same(row).indexOf(old)];
      if (!own) return;
      if (own.type === "checkbox") own.checked = old.checked; else own.value = old.value;
    });
    field(copy, "name").value = fresh;
    // A card has one buggy and one fixed version.
    if (version && ["buggy", "fixed"].includes(field(copy, "kind").value)) field(copy, "kind").value = "decoy";
    copy.querySelectorAll("input, select, textarea").forEach((each) => each.dispatchEvent(new Event("change", { bubbles: true })));
    name(copy);
    field(copy, "name").dispatchEvent(new Event("input", { bubbles: true }));
    field(copy, "name").focus();
  }

  const open = kept();
  for (const group of groups()) {
    const here = rows(group);
    here.forEach((row) => {
      setUp(row);
      const wrong = row.querySelector(".errors, .errorlist");
      const fresh = !row.classList.contains("has_original");
      fold(row, !wrong && !fresh && (open ? !open.includes(row.id) : here.length > FEW));
    });
    const all = document.createElement("p");
    all.className = "part-all";
    all.append(
      button("Open all", () => { rows(group).forEach((row) => fold(row, false)); keep(); }),
      button("Fold all", () => { rows(group).forEach((row) => fold(row, true)); keep(); }),
    );
    if (here.length > 1) group.querySelector(".inline-heading").after(all);
  }
  document.addEventListener("formset:added", (event) => added(event.target));
  document.addEventListener("part:open", (event) => { fold(event.target, false); keep(); });
})();
