import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importFeed } from '../../../shared/directory/import.ts';
import { downtimeHtml } from '../../../shared/exports/downtime/html.ts';
import { downtimePack } from '../../../shared/exports/downtime/pack.ts';
import { content } from '../../support/call-builder.ts';

const now = Date.UTC(2026, 10, 25, 6, 0);
const numbers = [{ title: 'Clinician <on call>', number: '01632 960 003' }];

describe('the downtime pack', () => {
  it('follows every question of the content, with the three kinds of not knowing beside yes and no', () => {
    const pack = downtimePack({ content, numbers, now });
    const lines = pack.form.flatMap((part) => part.lines);
    const asked = content.questions.filter(({ kind }) => kind === 'yesNo' || kind === 'value');
    for (const { id } of asked) expect(lines.map((line) => line.id)).toContain(id);
    const danger = lines.find((line) => line.id === 'S2');
    expect(danger?.boxes).toEqual(['Yes', 'No', 'Not known', 'Declined', 'Could not ask']);
    expect(lines.filter((line) => line.ask.startsWith('If it gets worse')).length).toBe(1);
    expect(pack.steps.join(' ')).toContain('never a no');
  });

  it('prints empty lines where no number was set, and none of its own', () => {
    const html = downtimeHtml(downtimePack({ content, numbers: [], now }));
    expect(html).toContain('Clinician on call');
    expect(html.replaceAll(/<style>[\s\S]*?<\/style>/g, '')).not.toMatch(/\d{5}/);
  });

  it('is one file: no script, nothing fetched, what was typed is text, and a policy forbids the rest', () => {
    const html = downtimeHtml(downtimePack({ content, numbers, now }));
    expect(html).toContain('Clinician &lt;on call&gt;');
    expect(html).toContain("default-src 'none'");
    expect(html).not.toMatch(/<script|<link|<img|src=|href=|url\(|@import|https?:/i);
    expect(html).toContain(content.manifest.notice);
    expect(html).toContain('Wed 25 Nov 2026 06:00 GMT');
  });

  it('says that there is no directory, or prints it with its age and what nobody verified', () => {
    expect(downtimeHtml(downtimePack({ content, numbers, now }))).toContain('holds no directory');
    const feed = JSON.parse(
      readFileSync(join(import.meta.dirname, '../directory/feeds/wexshire.json'), 'utf8'),
    ) as unknown;
    const read = importFeed(feed, { kinds: { 'crisis-line': 'crisisLine' } });
    if (!read.ok) throw new Error(read.error.message);
    const { services } = read.value;
    expect(services.length).toBeGreaterThan(0);
    const directory = {
      version: 3,
      madeAt: now - 86_400_000,
      source: { name: 'Wexshire', demonstration: true },
      services,
    };
    const paper = (checkedAt?: number) =>
      downtimeHtml(downtimePack({ content, numbers, now, directory: { ...directory, checkedAt } }));
    const html = paper(now - 60_000);
    expect(html).toContain(
      'Wexshire, version 3 of Tue 24 Nov 2026 06:00 GMT · the newest there was on Wed 25 Nov 2026 05:59 GMT · invented',
    );
    expect(paper()).toContain('not compared with the hub by this desk');
    for (const { name } of services.filter(({ status }) => status === 'active'))
      expect(html).toContain(name.replaceAll("'", '&#39;').replaceAll('&', '&amp;').slice(0, 12));
  });
});
