// Text that is typed and not sent yet is kept on this device, for whoever typed it.
(() => {
  "use strict";
  // A browser that keeps nothing for sites must not break the page.
  const read = (key) => { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } };
  const write = (key, value) => { try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* not kept */ } };
  const drop = (key) => { try { localStorage.removeItem(key); } catch { /* nothing kept */ } };
  const same = (one, other) => one.trim().replaceAll("\r\n", "\n") === other.trim().replaceAll("\r\n", "\n");
  const refused = document.querySelector(".messagelist :is(.error, .warning)");

  document.querySelectorAll("form[data-keep]").forEach((form) => {
    const { keep: key, keepUntil: until } = form.dataset;
    const area = form.querySelector("textarea");
    const there = area.value;
    const kept = read(key);
    function put(text) {
      area.value = text;
      area.dispatchEvent(new Event("change", { bubbles: true }));
    }
    area.addEventListener("input", () => {
      if (!until && same(area.value, there)) drop(key); else write(key, { text: area.value, when: Date.now() });
    });
    if (!kept) return;
    if (kept.sent && !refused) { drop(key); return; }
    if (same(kept.text, there)) {
      if (!until) drop(key);  // it was sent, and is there now
      return;
    }
    put(kept.text);
    const note = document.createElement("p");
    note.className = "quiet help";
    note.setAttribute("role", "status");
    const away = document.createElement("button");
    away.type = "button";
    away.className = "button small";
    away.textContent = "Throw it away";
    away.addEventListener("click", () => { put(there); drop(key); note.remove(); area.focus(); });
    const when = new Date(kept.when).toLocaleString("en-GB", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
    note.append(`What you typed on ${when} is back. `, away);
    area.before(note);
    form.closest("details")?.setAttribute("open", "");
  });

  // What is kept until another form ends it is done with when that one is sent.
  document.querySelectorAll("form[data-ends]").forEach((form) => form.addEventListener("submit", () => {
    const kept = read(form.dataset.ends);
    if (kept) write(form.dataset.ends, { ...kept, sent: true });
  }));
})();
