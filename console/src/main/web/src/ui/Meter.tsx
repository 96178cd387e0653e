/** A bar for a part of a whole, with its number. Beyond four fifths it is told by its colour, too. */
export function Meter({ label, value, text }: { label: string; value: number; text: string }) {
  const part = Math.min(Math.max(value, 0), 1);
  return (
    <span>
      {text}{' '}
      <span className="meter" role="meter" aria-label={label} aria-valuemin={0} aria-valuemax={1} aria-valuenow={part} aria-valuetext={text}>
        <i className={part >= 0.8 ? 'high' : undefined} style={{ width: `${part * 100}%` }} />
      </span>
    </span>
  );
}
