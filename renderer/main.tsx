import './without-eval.ts';
import '@fontsource-variable/atkinson-hyperlegible-next/index.css';
import '@fontsource-variable/atkinson-hyperlegible-next/wght-italic.css';
import { createRoot } from 'react-dom/client';
import { type Session } from '../shared/bridge/session.ts';
import { App } from './app.tsx';
import { practiceName } from '../shared/training/mark.ts';
import { browserPorts } from './call/browser-ports.ts';
import { createDesk } from './call/create-desk.ts';
import { SignIn } from './screens/leave/sign-in.tsx';
import { NotStarted, Starting } from './screens/start/starting.tsx';
import './styles/index.css';

/** The window's first step: something to read at once, then the desk, then the screens. */
async function start(): Promise<void> {
  const place = document.getElementById('lantern');
  if (place === null) throw new Error('index.html has no place for the window');
  const root = createRoot(place);
  root.render(<Starting />);
  try {
    const desk = await createDesk({
      ...browserPorts(),
      onPersonChanged: () => location.reload(),
      signIn: (door) =>
        new Promise((resolve) => {
          const cameIn = (session: Session): void => {
            root.render(<Starting />);
            resolve(session);
          };
          root.render(<SignIn door={door} onIn={cameIn} />);
        }),
    });
    if (desk.host.profile.kind === 'training') {
      document.documentElement.dataset['world'] = 'training';
      // A browser names its PDF after the page.
      document.title = practiceName(document.title);
      await desk.training.look();
    }
    root.render(<App desk={desk} />);
  } catch (error) {
    root.render(<NotStarted why={error instanceof Error ? error.message : 'the reason is not known'} />);
  }
}

void start();
