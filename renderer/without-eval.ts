import { config } from 'zod';

// The page's policy forbids making code from text. Zod would find that out at its first schema by trying, which the browser
// reports as a breach and which has it read the whole program a second time, for the error's stack. Imported first of all.
config({ jitless: true });
