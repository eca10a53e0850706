// The import page: line numbers beside what is pasted, mistakes at their lines, examples at a press.
(() => {
  "use strict";
  const form = document.querySelector("[data-import]");
  const area = document.getElementById("id_text");
  if (!form || !area) return;
  let editor = null;
  const places = [...document.querySelectorAll("[data-line]")];

  function put(text) {
    area.value = text;
    if (editor) editor.set(text);
    (editor ? editor.view : area).focus();
    form.scrollIntoView({ block: "start" });
  }
  document.querySelectorAll("[data-put]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => {
      if (area.value.trim() && !window.confirm("The text in the box is replaced.")) return;
      put(document.getElementById(button.dataset.put).textContent);
    });
  });
  document.addEventListener("click", (event) => {
    const place = event.target.closest("[data-line]");
    if (place && editor) editor.go(Number(place.dataset.line));
  });
  area.addEventListener("change", () => editor?.set(area.value));
  import(form.dataset.import).then(({ edit }) => {
    editor = edit(area, { changed: () => area.dispatchEvent(new Event("input", { bubbles: true })), run: () => form.requestSubmit(), plain: true });
    if (area.value) editor.errors(places.map((place) => ({ line: Number(place.dataset.line), message: place.dataset.words })));
  }, () => {});
})();
