import { useEffect, useMemo, useRef, useState } from 'react';
import { contentByVersion } from '../../../../shared/content/packs.ts';
import { type Content } from '../../../../shared/content/schema.ts';
import { dayAndTime } from '../../../../shared/exports/london.ts';
import { type Attempt } from '../../../../shared/training/attempt/attempt.ts';
import { debriefOf } from '../../../../shared/training/debrief/debrief.ts';
import { clockText } from '../../../../shared/training/script/values.ts';
import { type Desk } from '../../../call/desk.ts';
import { downloadText } from '../../../components/download-text.ts';
import { Kbd } from '../../../components/kbd.tsx';
import { useKeys } from '../../../keys/use-keys.ts';
import { debriefFiles } from './debrief-files.ts';
import { DebriefTables } from './debrief-tables.tsx';
import { DebriefTimeline } from './debrief-timeline.tsx';
import { Markings } from './markings.tsx';

/** What happened, for people to talk about. Every figure is read from the two logs; nothing is summed up. */
export function DebriefPage(props: {
  readonly attempt: Attempt;
  /** A first marking is covered and did not come with it. */
  readonly isCovered: boolean;
  readonly onUncover?: ((by: string) => Promise<string | undefined>) | undefined;
  /** Of this build; the attempt's own version comes first where it is held. */
  readonly content: Content;
  /** Through the host, where it can print; undefined leaves it to the page. */
  readonly print: Desk['print'];
  readonly onBack: () => void;
}) {
  const { attempt, print, onBack } = props;
  const content = contentByVersion(attempt.contentVersion) ?? props.content;
  const debrief = useMemo(() => debriefOf(attempt, content), [attempt, content]);
  const [said, say] = useState('');
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  useKeys({ back: onBack, print: () => paper('printer') });
  const { reflection } = attempt;

  function paper(how: 'printer' | 'pdf'): void {
    if (print === undefined) return window.print();
    void print(how, `Lantern debrief ${debrief.title}`).then((answer) => {
      if ('why' in answer) say(`Not printed: ${answer.why}.`);
    });
  }
  return (
    <main className="debrief" aria-label="Debrief">
      <header className="debrief-head">
        <div>
          <h1 ref={heading} tabIndex={-1}>
            Debrief: {debrief.title}
          </h1>
          <p className="small">
            {debrief.trainee} · {dayAndTime(debrief.startedAt)} · {debrief.mode} ·{' '}
            {clockText(debrief.lastsMs)} long · content {debrief.contentVersion}
            {content.manifest.version === debrief.contentVersion
              ? ''
              : ` (not held here: read by ${content.manifest.version})`}{' '}
            · script {debrief.scriptHash.slice(0, 12)}
          </p>
        </div>
        <div className="row wrap no-print">
          <button type="button" className="button" onClick={() => paper('printer')}>
            Print <Kbd keys={['Ctrl', 'P']} />
          </button>
          {print === undefined ? null : (
            <button type="button" className="button" onClick={() => paper('pdf')}>
              As PDF
            </button>
          )}
          {debriefFiles(attempt, debrief).map((file) => (
            <button
              key={file.title}
              type="button"
              className="button"
              onClick={() => {
                downloadText(file);
                say(`${file.name} was given to this PC’s downloads.`);
              }}
            >
              {file.title}
            </button>
          ))}
          <button type="button" className="button plain" aria-keyshortcuts="Escape" onClick={onBack}>
            <Kbd keys={['Esc']} /> Back
          </button>
        </div>
        <p className="small no-print" role="status">
          {said}
        </p>
      </header>
      {reflection === undefined ? null : (
        <section aria-labelledby="own-view" className="debrief-own">
          <h2 id="own-view">The learner’s own view, given first</h2>
          <dl>
            <dt>Went well</dt>
            <dd>{reflection.wentWell}</dd>
            <dt>Would do differently</dt>
            <dd>{reflection.wouldChange}</dd>
          </dl>
        </section>
      )}
      <DebriefTimeline debrief={debrief} />
      <DebriefTables debrief={debrief} content={content} />
      <Markings attempt={attempt} isCovered={props.isCovered} onUncover={props.onUncover} />
    </main>
  );
}
