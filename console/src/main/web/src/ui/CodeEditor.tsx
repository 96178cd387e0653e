import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { sql } from '@codemirror/lang-sql';
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from '@codemirror/language';
import { lintGutter, setDiagnostics, type Diagnostic } from '@codemirror/lint';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { Annotation, Compartment, EditorState, type Extension, type Text } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { useEffect, useRef } from 'react';
import { DIALECT } from './dialect';

/** What is wrong with the text, and where. */
export interface Problem {
  /** From 1. */
  readonly line: number;
  /** From 1; the whole line where it is not known. */
  readonly column?: number | undefined;
  readonly message: string;
}

interface Props {
  /** What is edited, for those who do not see it. */
  readonly label: string;
  readonly value: string;
  readonly onChange?: ((value: string) => void) | undefined;
  readonly language?: 'sql' | 'json' | 'text';
  readonly problems?: readonly Problem[] | undefined;
  readonly readOnly?: boolean;
}

/**
 * An editor for code. It lives in a shadow root, because there CodeMirror adopts its style sheets, and in the document it
 * would write a `<style>`, which the content security policy stops. Tab leaves the editor, as everywhere.
 */
export function CodeEditor({ label, value, onChange, language = 'text', problems, readOnly = false }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | undefined>(undefined);
  const changed = useRef(onChange);
  useEffect(() => {
    changed.current = onChange;
  });

  useEffect(() => {
    const element = host.current;
    if (element === null) {
      return undefined;
    }
    const root = element.shadowRoot ?? element.attachShadow({ mode: 'open' });
    const editor = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        doc: value,
        extensions: [
          BASE,
          editing.of(editable(readOnly)),
          languageOf(language),
          EditorView.contentAttributes.of({ 'aria-label': label }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged && !update.transactions.some((each) => each.annotation(given) === true)) {
              changed.current?.(update.state.doc.toString());
            }
          }),
        ],
      }),
    });
    view.current = editor;
    return () => {
      editor.destroy();
      view.current = undefined;
    };
    // The text is followed below: an editor that were made anew would lose the cursor.
  }, [label, language]);

  useEffect(() => {
    view.current?.dispatch({ effects: editing.reconfigure(editable(readOnly)) });
  }, [readOnly]);

  useEffect(() => {
    const editor = view.current;
    if (editor !== undefined && editor.state.doc.toString() !== value) {
      editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value }, annotations: given.of(true) });
    }
  }, [value]);

  useEffect(() => {
    const editor = view.current;
    editor?.dispatch(setDiagnostics(editor.state, (problems ?? []).map((each) => diagnostic(each, editor.state.doc))));
  }, [problems]);

  return <div ref={host} className="code-editor" data-editor={label} />;
}

/** A change that was not typed. */
const given = Annotation.define<boolean>();

const editing = new Compartment();

/**
 * Puts what is typed over other text there itself. Chromium would give it the looks of what it replaces, by an inline style, which
 * the content security policy stops and complains of.
 */
const TYPED_OVER = EditorView.domEventHandlers({
  beforeinput: (event, view) => {
    const { data: text, inputType, isComposing } = event;
    if (inputType !== 'insertText' || isComposing || text === null || view.state.readOnly) {
      return false;
    }
    // The browser's own selection, which the editor may not have been told of yet. Only Chromium tells it in a shadow root.
    const selected = (view.root as Partial<Document>).getSelection?.();
    if (!view.contentDOM.contains(selected?.anchorNode ?? null) || !view.contentDOM.contains(selected?.focusNode ?? null)) {
      return false;
    }
    const ends = [
      view.posAtDOM(selected!.anchorNode!, selected!.anchorOffset),
      view.posAtDOM(selected!.focusNode!, selected!.focusOffset),
    ] as const;
    const [from, to] = [Math.min(...ends), Math.max(...ends)];
    if (from >= to) {
      return false;
    }
    event.preventDefault();
    const insert = () =>
      view.state.update({
        changes: { from, to, insert: text },
        selection: { anchor: from + text.length },
        userEvent: 'input.type',
        scrollIntoView: true,
      });
    // Brackets are put around what is selected, for one.
    if (!view.state.facet(EditorView.inputHandler).some((handler) => handler(view, from, to, text, insert))) {
      view.dispatch(insert());
    }
    return true;
  },
});

function editable(readOnly: boolean): Extension {
  return [EditorState.readOnly.of(readOnly), EditorView.editable.of(!readOnly)];
}

function languageOf(language: 'sql' | 'json' | 'text'): Extension {
  return language === 'sql' ? sql({ dialect: DIALECT }) : language === 'json' ? json() : [];
}

/** Where the text has changed since, the problem stays within it. */
function diagnostic({ line, column, message }: Problem, doc: Text): Diagnostic {
  const at = doc.line(Math.min(Math.max(line, 1), doc.lines));
  const from = column === undefined ? at.from : Math.min(at.from + Math.max(column - 1, 0), at.to);
  return { from, to: column === undefined ? at.to : Math.min(from + 1, at.to), severity: 'error', message };
}

const THEME = EditorView.theme({
  '&': { color: 'var(--text)', backgroundColor: 'var(--surface)', border: '1px solid var(--strong-line)', borderRadius: '4px' },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '1px' },
  '.cm-scroller': { fontFamily: 'var(--mono)', fontSize: '13px', minHeight: '12rem', maxHeight: '30rem' },
  '.cm-gutters': { backgroundColor: 'var(--raised)', color: 'var(--quiet)', borderRight: '1px solid var(--line)' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'color-mix(in oklab, var(--accent) 8%, transparent)' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'color-mix(in oklab, var(--accent) 30%, transparent)',
  },
  '.cm-tooltip, .cm-panels': { color: 'var(--text)', backgroundColor: 'var(--surface)', border: '1px solid var(--line)' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { color: 'var(--on-accent)', backgroundColor: 'var(--accent)' },
});

const HIGHLIGHT = HighlightStyle.define([
  { tag: tags.keyword, color: 'var(--accent)', fontWeight: '600' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--series-3)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--series-1)' },
  { tag: tags.comment, color: 'var(--quiet)', fontStyle: 'italic' },
  { tag: [tags.typeName, tags.propertyName], color: 'var(--series-2)' },
]);

const BASE: Extension = [
  lineNumbers(),
  lintGutter(),
  history(),
  drawSelection(),
  indentOnInput(),
  bracketMatching(),
  closeBrackets(),
  autocompletion(),
  highlightActiveLine(),
  highlightActiveLineGutter(),
  highlightSelectionMatches(),
  search({ top: true }),
  syntaxHighlighting(HIGHLIGHT),
  THEME,
  TYPED_OVER,
  EditorView.lineWrapping,
  keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...searchKeymap, ...historyKeymap, ...completionKeymap]),
];
