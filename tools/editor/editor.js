// The code editor, bundled by tools/vendor.py into static/vendor/editor.js.
import { defaultKeymap, history, historyField, historyKeymap, indentWithTab, redo, undo } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import { bracketMatching, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { EditorState, RangeSet, StateEffect, StateField } from "@codemirror/state";
import { Decoration, drawSelection, EditorView, gutterLineClass, GutterMarker, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const theme = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--code)", fontSize: "var(--t-code)" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.65", maxHeight: "var(--editor-height, none)", overflow: "auto" },
  ".cm-content": { padding: ".75rem 0", caretColor: "var(--ink)" },
  ".cm-content, .cm-gutter": { minHeight: "var(--editor-least, 0)" },
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
  ".cm-gutterElement.marked, .cm-activeLineGutter.marked": { backgroundColor: "var(--warm)", color: "var(--on-warm)", fontWeight: "700" },
  ".cm-line.marked": { backgroundColor: "var(--warm-wash)" },
  "&.pressable .cm-lineNumbers .cm-gutterElement": { cursor: "pointer" },
  ".cm-lintRange-error": { backgroundImage: "none", borderBottom: "2px solid var(--warm)" },
});

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.bool, tags.null], color: "var(--c-kw)", fontWeight: "600" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--c-str)" },
  { tag: [tags.function(tags.definition(tags.variableName)), tags.definition(tags.className), tags.meta], color: "var(--c-def)", fontWeight: "600" },
  { tag: [tags.number, tags.standard(tags.variableName)], color: "var(--c-num)" },
  { tag: tags.comment, color: "var(--c-com)", fontStyle: "italic" },
]);

// Lines that the page marks, such as those of a bug; they move with the text.
const setMarks = StateEffect.define();
const marks = StateField.define({
  create: () => RangeSet.empty,
  update(value, transaction) {
    for (const effect of transaction.effects) if (effect.is(setMarks)) return effect.value;
    return value.map(transaction.changes);
  },
  provide: (field) => [
    EditorView.decorations.compute([field], (state) => ranges(state, field, Decoration.line({ class: "marked" }))),
    gutterLineClass.from(field),
  ],
});
const marker = new (class extends GutterMarker { elementClass = "marked"; })();

// Two marks that met on a line are one.
function marked(state, field = marks) {
  const lines = new Set();
  for (const at = state.field(field).iter(); at.value; at.next()) lines.add(state.doc.lineAt(at.from).number);
  return [...lines];
}

function ranges(state, field, value) {
  return RangeSet.of(marked(state, field).map((n) => value.range(state.doc.line(n).from)));
}

// Typing over a selection is done here. Chromium, left to itself, keeps the colour of the text it
// takes away by a style attribute, which the content policy forbids and reports.
const overSelection = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const plain = event.inputType === "insertText" && event.data !== null && event.cancelable && !event.isComposing;
    if (!plain || view.state.readOnly || view.state.selection.ranges.every((range) => range.empty)) return false;
    event.preventDefault();
    view.dispatch(view.state.replaceSelection(event.data), { userEvent: "input.type", scrollIntoView: true });
    return true;
  },
});

// A state that was kept comes back where its text is that of the textarea: what can be undone is in it.
const FIELDS = { history: historyField };
function begun(before, config) {
  if (before?.doc !== config.doc) return EditorState.create(config);
  try { return EditorState.fromJSON(before, config, FIELDS); } catch { return EditorState.create(config); }
}

// Replace a textarea by an editor that keeps it in step; Esc, then Tab leaves it.
// With `pressed`, line numbers can be pressed; `moved` hears where marked lines are after a change.
// A `plain` text is not Python. `before` is what kept() gave on the page before this one.
export function edit(textarea, { changed, run, pressed, moved, plain, before }) {
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
    state: begun(before, {
      doc: textarea.value,
      extensions: [
        lineNumbers(pressed ? { domEventHandlers: { mousedown: (view, at, event) => { pressed(numberAt(view, at, event)); return true; } } } : {}),
        EditorView.editorAttributes.of({ class: pressed ? "pressable" : "" }), marks, lintGutter(), history(), drawSelection(), bracketMatching(), indentOnInput(),
        indentUnit.of("    "), EditorState.tabSize.of(4), highlightActiveLine(), highlightActiveLineGutter(),
        highlightSelectionMatches(), plain ? EditorView.lineWrapping : python(), syntaxHighlighting(colours), theme, overSelection,
        keymap.of([
          { key: "Mod-Enter", run: () => { run(); return true; } },
          ...defaultKeymap, ...historyKeymap, ...searchKeymap, ...lintKeymap, indentWithTab,
        ]),
        EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0", spellcheck: "false", autocapitalize: "off", translate: "no" }),
        EditorView.updateListener.of((update) => {
          if (!update.docChanged) return;
          textarea.value = update.state.doc.toString();
          const [before, after] = [marked(update.startState), marked(update.state)];
          if (moved && String(before) !== String(after)) moved(after);
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
    kept: () => view.state.toJSON(FIELDS),
    set(text) {
      if (text !== view.state.doc.toString()) view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
    },
    line: () => view.state.doc.lineAt(view.state.selection.main.head).number,
    lines(numbers) {
      const there = [...new Set(numbers)].filter((n) => n >= 1 && n <= view.state.doc.lines).sort((a, b) => a - b);
      view.dispatch({ effects: setMarks.of(RangeSet.of(there.map((n) => marker.range(view.state.doc.line(n).from)))) });
    },
    go(line) {
      const at = place(view, line);
      view.dispatch({ selection: { anchor: at.from }, effects: EditorView.scrollIntoView(at.from, { y: "center" }) });
      view.focus();
    },
    mark(line, message) { this.errors([{ line, message }]); },
    errors(list) {
      view.dispatch(setDiagnostics(view.state, list.map(({ line, message }) => {
        const { from, to } = place(view, line);
        return { from, to, severity: "error", message };
      })));
    },
  };
}

// The number that was pressed counts, not where lines were when heights were last measured.
function numberAt(view, at, event) {
  return Number(event.target.closest?.(".cm-gutterElement")?.textContent) || view.state.doc.lineAt(at.from).number;
}

function place(view, line) {
  return view.state.doc.line(Math.min(Math.max(line, 1), view.state.doc.lines));
}
