import { useState } from 'react';
import { number } from './format';
import { save } from './save';

const MOST_AT_FIRST = 4_000;
/** A browser lays out no more in one piece without standing still. */
const MOST_AT_ALL = 256 * 1024;

/** Text as it is, of whatever length: its beginning, and more of it where somebody wants that. */
export function LongText({ text, name }: { text: string; /** Of the file that it may be saved to. */ name: string }) {
  const [isWhole, setWhole] = useState(false);
  const most = isWhole ? MOST_AT_ALL : MOST_AT_FIRST;
  if (text.length <= most) {
    return text;
  }
  return (
    <>
      {text.slice(0, most)}
      <span className="quiet"> … {number(text.length - most)} more characters </span>
      {isWhole ? null : (
        <button type="button" className="plain" onClick={() => setWhole(true)}>
          Show more
        </button>
      )}
      <button type="button" className="plain" onClick={() => save(name, 'text/plain', text)}>
        Save
      </button>
    </>
  );
}
