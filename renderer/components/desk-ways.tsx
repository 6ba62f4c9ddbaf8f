import { createContext, type ReactNode, useContext } from 'react';
import { type Command } from '../screens/palette/commands.ts';

/** Screens about the desk itself, to be reached from everywhere. */
export interface DeskWays {
  readonly leave: () => void;
  readonly enrol: () => void;
  readonly doubts: () => void;
  readonly settings: () => void;
  /** Absent in a demonstration without accounts. */
  readonly passphrase?: () => void;
}

const Ways = createContext<DeskWays | undefined>(undefined);

export function DeskWaysProvider({
  ways,
  children,
}: {
  readonly ways: DeskWays;
  readonly children: ReactNode;
}) {
  return <Ways value={ways}>{children}</Ways>;
}

export function useDeskWays(): DeskWays {
  const ways = useContext(Ways);
  if (ways === undefined) throw new Error('a screen was shown without the ways of its window');
  return ways;
}

/** The same as lines of the palette. */
export const wayCommands = ({ leave, enrol, doubts, settings, passphrase }: DeskWays): readonly Command[] => [
  { id: 'settings', title: 'Settings: theme, text size, motion, keys', keys: [], run: settings },
  { id: 'leave', title: 'Leave this desk: sign out', keys: [], run: leave },
  { id: 'doubts', title: 'What the hub doubts or could not read', keys: [], run: doubts },
  { id: 'enrol', title: 'Enter an enrolment code for this desk', keys: [], run: enrol },
  ...(passphrase === undefined
    ? []
    : [
        {
          id: 'passphrase',
          title: 'Choose a passphrase for when the network is away',
          keys: [],
          run: passphrase,
        },
      ]),
];
