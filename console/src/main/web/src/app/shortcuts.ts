import { useEffect } from 'react';

export interface Shortcut {
  /** One key, or two after one another: `g s`. */
  readonly keys: string;
  readonly does: string;
  readonly run: () => void;
}

const PATIENCE_MILLIS = 1000;

/** Listens for keys, except where somebody types or a dialog is open. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  useEffect(() => {
    let first: string | undefined;
    let timer: number | undefined;
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || document.querySelector('dialog[open]')) {
        return;
      }
      const keys = first === undefined ? event.key : `${first} ${event.key}`;
      window.clearTimeout(timer);
      first = undefined;
      const found = shortcuts.find((each) => each.keys === keys);
      if (found !== undefined) {
        event.preventDefault();
        found.run();
      } else if (shortcuts.some((each) => each.keys.startsWith(`${event.key} `))) {
        first = event.key;
        timer = window.setTimeout(() => (first = undefined), PATIENCE_MILLIS);
      }
    };
    document.addEventListener('keydown', listen);
    return () => {
      document.removeEventListener('keydown', listen);
      window.clearTimeout(timer);
    };
  }, [shortcuts]);
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.shadowRoot !== null);
}
