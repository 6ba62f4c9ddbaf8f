import './without-eval.ts';
import '@fontsource-variable/atkinson-hyperlegible-next/index.css';
import '@fontsource-variable/atkinson-hyperlegible-next/wght-italic.css';
import { createRoot } from 'react-dom/client';
import { connectorOf } from './bridge/connect.ts';
import { createBridge } from './bridge/lasting-bridge.ts';
import { realTimers } from './call/browser-ports.ts';
import { KeyContext } from './keys/key-context.ts';
import { trainerKeys } from './keys/trainer-keys.ts';
import { TrainerApp } from './screens/trainer/trainer-app.tsx';
import './styles/index.css';

/** The trainer's console: a window of its own beside the trainee's, over a bridge of its own. It holds no calls. */
const place = document.getElementById('lantern');
if (place === null) throw new Error('trainer.html has no place for the console');
const bridge = createBridge({
  connect: connectorOf(window, '/bridge/trainer'),
  timers: realTimers,
  random: () => Math.random(),
  report: ({ code, field, message }) => console.warn(`lantern: ${code} (${field}): ${message}`),
});
createRoot(place).render(
  <KeyContext value={trainerKeys}>
    <TrainerApp bridge={bridge} />
  </KeyContext>,
);
