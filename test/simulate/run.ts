import { isTraining, runTraining } from './training/run.ts';

// npm run simulate [-- maya priya | path/to/call.json]     written calls, through everything to the hub
// npm run simulate -- cut-off | path/to/call.yaml | --all  practice calls, through caller and machine to a debrief

const args = process.argv.slice(2);
if (isTraining(args)) process.exitCode = await runTraining(args, (text) => console.log(text));
else await import('./written-calls.ts');
