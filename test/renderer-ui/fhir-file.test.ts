import { v7 } from 'uuid';
import { expect, test } from 'vitest';
import { fhirFile } from '../../renderer/screens/print/fhir-file.ts';
import { startCall } from '../../shared/call/replay.ts';
import { callId } from '../../shared/ids.ts';
import { content } from '../support/call-builder.ts';
import { playedCall } from '../support/played-call.ts';

const parts = {
  call: callId.parse(v7()),
  content,
  now: Date.UTC(2026, 10, 20, 20, 15),
  service: 'Wexshire line (invented)',
  newId: v7,
};

test('a hand-over as a file says who sends it, that it is a demonstration, and nobody’s name in its own name', () => {
  const { picture } = playedCall('priya').snapshot.context;
  const file = fhirFile({ ...parts, picture });
  if (!file.ok) throw new Error(file.error.message);
  expect(file.value.name).toMatch(/^Lantern hand-over [0-9-]+\.json$/);
  expect(file.value.text).toContain('Wexshire line (invented)');
  expect(JSON.parse(file.value.text)).toMatchObject({
    resourceType: 'Bundle',
    meta: { security: [{ code: 'HTEST' }] },
  });
});

test('nothing is made before a route is chosen, or while nothing may be shared', () => {
  expect(fhirFile({ ...parts, picture: startCall(content).context.picture })).toMatchObject({
    error: { code: 'export.noRoute' },
  });
});
