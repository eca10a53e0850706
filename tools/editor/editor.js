// The code editor, bundled by tools/vendor.py into static/vendor/editor.js.
import { defaultKeymap, history, historyKeymap, indentWithTab, redo, undo } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import { bracketMatching, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const theme = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--code)", fontSize: "var(--t-code)" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.65" },
  ".cm-content": { padding: ".75rem 0", caretColor: "var(--ink)" },
  ".cm-gutters": { backgroundColor: "var(--gutter)", color: "var(--ink-3)", border: "0", borderRight: "1px solid var(--rule)" },
  ".cm-lineNumbers .cm-gutterElement": { padding: "0 .75rem 0 1rem" },
  ".cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--sunk) 55%, transparent)" },
  ".cm-activeLineGutter": { backgroundColor: "var(--sunk)", color: "var(--ink)" },
  "&.cm-focused .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "var(--accent-wash) !important" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-matchingBracket": { backgroundColor: "var(--lamp-wash) !important", outline: "1px solid var(--lamp)" },
  ".cm-selectionMatch": { backgroundColor: "var(--lamp-wash)" },
  ".cm-panels, .cm-tooltip": { backgroundColor: "var(--surface)", color: "var(--ink)", borderColor: "var(--edge)" },
  ".cm-diagnostic": { fontFamily: "var(--sans)", borderLeftColor: "var(--warm)" },
  ".cm-lintRange-error": { backgroundImage: "none", borderBottom: "2px solid var(--warm)" },
});

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.bool, tags.null], color: "var(--c-kw)", fontWeight: "600" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--c-str)" },
  { tag: [tags.function(tags.definition(tags.variableName)), tags.definition(tags.className), tags.meta], color: "var(--c-def)", fontWeight: "600" },
  { tag: [tags.number, tags.standard(tags.variableName)], color: "var(--c-num)" },
  { tag: tags.comment, color: "var(--c-com)", fontStyle: "italic" },
]);

// Replace a textarea by an editor that keeps it in step; Esc, then Tab leaves it.
export function edit(textarea, { changed, run }) {
  const host = document.createElement("div");
  host.className = "editor-host";
  // In a shadow root the styles are a constructed sheet, which the content policy allows.
  const root = host.attachShadow({ mode: "open" });
  const box = document.createElement("div");
  root.append(box);
  textarea.after(host);
  textarea.hidden = true;
  const label = textarea.getAttribute("aria-label") || textarea.name;
  const view = new EditorView({
    root,
    parent: box,
    state: EditorState.create({
      doc: textarea.value,
      extensions: [
        lineNumbers(), lintGutter(), history(), drawSelection(), bracketMatching(), indentOnInput(),
        indentUnit.of("    "), EditorState.tabSize.of(4), highlightActiveLine(), highlightActiveLineGutter(),
        highlightSelectionMatches(), python(), syntaxHighlighting(colours), theme,
        keymap.of([
          { key: "Mod-Enter", run: () => { run(); return true; } },
          ...defaultKeymap, ...historyKeymap, ...searchKeymap, ...lintKeymap, indentWithTab,
        ]),
        EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0", spellcheck: "false", autocapitalize: "off", translate: "no" }),
        EditorView.updateListener.of((update) => {
          if (!update.docChanged) return;
          textarea.value = update.state.doc.toString();
          changed(textarea);
        }),
      ],
    }),
  });
  return {
    view,
    host,
    undo: () => { undo(view); view.focus(); },
    redo: () => { redo(view); view.focus(); },
    mark(line, message) {
      const at = view.state.doc.line(Math.min(Math.max(line, 1), view.state.doc.lines));
      view.dispatch(setDiagnostics(view.state, [{ from: at.from, to: at.to, severity: "error", message }]));
    },
  };
}
