import { Component, type ErrorInfo, type ReactNode } from 'react';
import { useKeys } from '../keys/use-keys.ts';
import { Kbd } from './kbd.tsx';

interface Props {
  readonly children: ReactNode;
  /** Raises the emergency straight at the desk; the screens may be what broke. Says what came of it. */
  readonly onEmergency: () => string;
  /** What to do about the caller, and in an emergency. */
  readonly words: string;
}
interface State {
  readonly broken: boolean;
  readonly said: string;
}

/** A screen that could not be drawn takes nothing with it: events are kept before they are shown. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { broken: false, said: '' };

  static getDerivedStateFromError(): Partial<State> {
    return { broken: true };
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    // The kind and the place alone: a message may hold something a caller said.
    console.error('screen failed', error.name, info.componentStack?.split('\n')[1]?.trim() ?? '');
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    return (
      <Broken
        said={this.state.said}
        words={this.props.words}
        onEmergency={() => this.setState({ said: this.props.onEmergency() })}
        onAgain={() => this.setState({ broken: false, said: '' })}
      />
    );
  }
}

function Broken(props: { said: string; words: string; onEmergency: () => void; onAgain: () => void }) {
  useKeys({ emergency: props.onEmergency });
  return (
    <main className="broken">
      <h1>This screen stopped working</h1>
      <p>What was recorded is kept, and so is what was being typed up to half a second ago.</p>
      <p>{props.words}</p>
      <div className="row">
        <button type="button" className="button primary" onClick={props.onAgain} autoFocus>
          Open the screen again
        </button>
        <button type="button" className="button danger" aria-keyshortcuts="F9" onClick={props.onEmergency}>
          <Kbd keys={['F9']} /> Emergency
        </button>
      </div>
      <p role="alert">{props.said}</p>
    </main>
  );
}
