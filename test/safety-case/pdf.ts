import { chromium } from '@playwright/test';
import { CHROMIUM_FLAGS, findOrInstallChromium } from '../e2e/support/chromium.ts';
import { escapeHtml } from '../../shared/exports/escape-html.ts';

/** Prints a page to PDF (A4, tagged, with an outline), with `foot` and the page number under each page. */
export async function writePdf(html: string, foot: string, path: string): Promise<void> {
  const found = findOrInstallChromium(console.log);
  const browser = await chromium.launch({ executablePath: found.path, args: [...CHROMIUM_FLAGS] });
  try {
    const page = await browser.newPage({ javaScriptEnabled: false, offline: true });
    await page.setContent(html);
    await page.pdf({
      path,
      format: 'A4',
      printBackground: true,
      tagged: true,
      outline: true,
      margin: { top: '16mm', bottom: '18mm', left: '15mm', right: '15mm' },
      displayHeaderFooter: true,
      headerTemplate: '<span></span>',
      footerTemplate: `<div style="width:100%;margin:0 15mm;font:6.5pt sans-serif;color:#4d5866;display:flex;justify-content:space-between"><span>${escapeHtml(foot)}</span><span style="white-space:nowrap">page <span class="pageNumber"></span> of <span class="totalPages"></span></span></div>`,
    });
  } finally {
    await browser.close();
  }
}
