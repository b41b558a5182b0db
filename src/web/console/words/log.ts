// Words of the log, of the strip of deadlines, and of closing an incident. No logic but putting words together.

/** Words of `log`. */
export const log = {
  title: 'Log',
  note: 'Note to the log',
  noteHint: 'Write what happens; Enter puts it into the log',
  write: 'Write',
  writing: 'not in the log yet…',
  earlier: 'Show earlier entries',
  show: 'Show',
  filters: { notes: 'Notes', main: 'Main', all: 'Everything' },
  empty: 'Nothing yet.',
  emptyNotes: 'No note yet. What is written here, all see at once.',
  newest: 'To the newest',
  subject: 'the device',
  parley: 'Parley',
} as const;

/** Words of `deadlines`. */
export const deadlines = {
  label: 'His deadlines, running',
  left: (time: string) => `${time} left`,
  over: (time: string) => `OVER FOR ${time}: write down what happened`,
  more: (count: number) => `and ${count} more`,
} as const;

/** Words of `incident`. */
export const incident = {
  close: 'Close the incident',
  closeHelp: 'After that nothing can be added, and nobody hears anybody. Every line must be ended first.',
  howLabel: 'How did it end?',
  how: {
    'came-out': 'came out',
    released: 'everybody released',
    disengaged: 'we left, with a plan',
    tactical: 'by the tactical side',
    escaped: 'got away',
    died: 'somebody died',
    other: 'otherwise',
  },
  planHint: 'the plan: who looks after it, when contact or custody follows',
  promises: 'Promises that are still open',
  promisesTo: 'Who keeps them now? They were told',
  orders: 'Orders that are still due',
  ordersWith: 'Who sees to them? No clock runs here after the close',
  phones: 'Field phones',
  isBack: 'is back with us',
  outcome: 'In words',
  outcomeHint: 'e.g. came out by himself, unhurt',
  menu: 'This incident…',
} as const;
