// Words of what comes after the close. No logic but putting words together.
import { type Sentence, say } from './say.ts';

/** Words of `custody`. */
export const custody = {
  open: 'After the close…',
  title: 'After the close',
  help: 'The log takes nothing more. Who reads a recording, and what the debrief says, stands here, with its own chain.',
  loading: 'Fetching the record…',
  none: 'Nothing yet. Nobody has played a recording since the close.',
  note: 'Word of the debrief',
  noteHint: 'what went well, what to do otherwise',
  write: 'Put on record',
  read: (file: string, leg: string) => say`played ${file} of ${leg}`,
  paper: (number: number): Sentence => [`took position paper ${number} as a file`],
  upload: (name: string) => say`looked at ${name}`,
  noted: (text: string) => say`debrief: ${text}`,
} as const;
