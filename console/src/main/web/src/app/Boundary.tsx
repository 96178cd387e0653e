import { Component, type ReactNode } from 'react';

interface Props {
  /** Which page is shown: another one is tried. */
  readonly at: string;
  readonly children: ReactNode;
}

interface State {
  readonly at: string;
  readonly error?: unknown;
}

/** Where a page fails, the rest of the console goes on. */
export class Boundary extends Component<Props, State> {
  override state: State = { at: this.props.at };

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { error };
  }

  static getDerivedStateFromProps({ at }: Props, state: State): State {
    return state.at === at ? state : { at, error: undefined };
  }

  override render() {
    if (this.state.error === undefined) {
      return this.props.children;
    }
    return (
      <div className="note note-bad" role="alert">
        <p>This page failed: {String(this.state.error)}</p>
        <button type="button" onClick={() => location.reload()}>
          Load it again
        </button>
      </div>
    );
  }
}
