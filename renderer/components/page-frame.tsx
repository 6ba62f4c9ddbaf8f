import { type ReactNode, useEffect, useRef } from 'react';
import { useKeys } from '../keys/use-keys.ts';
import { type CommandId } from '../keys/key-map.ts';
import { useDesk } from './desk-context.tsx';
import { EmergencyButton } from './emergency-button.tsx';
import { Kbd } from './kbd.tsx';
import { SaveLight } from './save-light.tsx';

/** A page about the desk itself: strip with light and emergency, its title in focus, Esc goes back. */
export function PageFrame(props: {
  readonly title: string;
  readonly onBack: () => void;
  readonly onEmergency: () => void;
  /** Another key that goes back, where one opened the page. */
  readonly alsoBack?: CommandId;
  readonly className?: string;
  readonly children: ReactNode;
}) {
  const { title, onBack, onEmergency, alsoBack } = props;
  const desk = useDesk();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  useKeys({
    emergency: onEmergency,
    back: onBack,
    start: onBack,
    ...(alsoBack === undefined ? {} : { [alsoBack]: onBack }),
  });
  return (
    <div className="start-frame">
      <header className="strip">
        <button type="button" className="brand" aria-keyshortcuts="Escape" onClick={onBack}>
          <b>Lantern</b>
          <span className="small">Back</span>
        </button>
        <dl className="strip-facts">
          <div>
            <dt>{desk.session.person.role}</dt>
            <dd>{desk.session.person.name}</dd>
          </div>
        </dl>
        <SaveLight />
        <EmergencyButton onEmergency={onEmergency} />
      </header>
      <main className={props.className === undefined ? 'start' : `start ${props.className}`}>
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {props.children}
      </main>
      <footer className="foot">
        <span className="hint-key">
          <Kbd keys={['Esc']} /> back
        </span>
        <span className="hint-key">
          <Kbd keys={['F9']} /> emergency
        </span>
      </footer>
    </div>
  );
}
