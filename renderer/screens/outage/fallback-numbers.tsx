import { type FormEvent, useState } from 'react';
import { settings as settingsShape } from '../../../shared/policy/policy.ts';
import { useDesk, useDeskValue } from '../../components/desk-context.tsx';
import { DraftInput } from '../../components/draft-fields.tsx';
import { useForm } from '../../components/draft.ts';
import { Refused } from '../../components/refused.tsx';

/** Whom to ring when everything else is down: this site's own numbers, in this desk's settings and in the pack. */
export function FallbackNumbers({ onChanged }: { readonly onChanged: () => void }) {
  const desk = useDesk();
  const settings = useDeskValue((from) => from.settings());
  const form = useForm('fallback');
  const [why, setWhy] = useState<readonly string[]>([]);
  const numbers = settings.fallbackNumbers;
  const change = (next: typeof numbers): boolean => {
    const read = settingsShape.safeParse({ ...settings, fallbackNumbers: next });
    if (!read.success) {
      setWhy(['A number is digits and spaces, with + in front if it is from abroad.']);
      return false;
    }
    setWhy([]);
    desk.changeSettings(read.data);
    onChanged();
    return true;
  };
  const add = (event: FormEvent): void => {
    event.preventDefault();
    const [title, number] = [form.read('title'), form.read('number')];
    if (title === '' || number === '') return setWhy(['Write whose number it is, and the number.']);
    if (numbers.length >= 20) return setWhy(['Twenty numbers are as many as a card can hold.']);
    if (!change([...numbers, { title, number }])) return;
    form.clear('title', 'number');
    queueMicrotask(() => document.querySelector<HTMLElement>('.fallback form input')?.focus());
  };
  return (
    <section className="fallback" aria-labelledby="fallback-title">
      <h3 id="fallback-title">Fallback numbers</h3>
      {numbers.length === 0 ? (
        <p className="small">The pack has empty lines for them until your service writes them here.</p>
      ) : (
        <ul className="plain-list fallback-list">
          {numbers.map((item, at) => (
            <li key={`${item.title}${item.number}`}>
              <b>{item.title}</b> <span className="ticking">{item.number}</span>{' '}
              <button
                type="button"
                className="link"
                aria-label={`Remove ${item.title}`}
                onClick={() => change(numbers.filter((_, index) => index !== at))}
              >
                Remove
              </button>
            </li>
          ))}
        </ul>
      )}
      <form aria-label="Fallback number" onSubmit={add}>
        <div className="pair">
          <DraftInput draftKey={form.key('title')} label="Whose number" />
          <DraftInput draftKey={form.key('number')} label="Number" inputMode="tel" />
        </div>
        <Refused why={why} />
        <button type="submit" className="button">
          Add the number
        </button>
      </form>
    </section>
  );
}
