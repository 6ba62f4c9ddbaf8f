/** Reads a line aloud with the PC's own voice, where it has one. The text stands on screen either way. */
export function speak(text: string): void {
  if (!('speechSynthesis' in window)) return;
  const words = new SpeechSynthesisUtterance(text);
  words.lang = 'en-GB';
  window.speechSynthesis.speak(words);
}
