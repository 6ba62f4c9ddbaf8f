export { isAsked } from '../../../shared/gates/asked.ts';
