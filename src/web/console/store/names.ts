// Names for ids, as the log has them. Pure.

import { ownerOfCamera, viewerOfLeg } from '../../../core/incident/cameras.ts';
import { personOfLeg } from '../../../core/incident/legs.ts';
import { legOfLine } from '../../../core/incident/lines.ts';
import type { IncidentState } from '../../../core/incident/topics.ts';

/** Names of people, lines and legs, as people say them. */
export interface Names {
  readonly person: (personId: string) => string;
  readonly line: (lineId: string) => string;
  /** A person's or a line's name for the leg that carries its sound or its picture. */
  readonly leg: (leg: string) => string;
  /** What a row of a board is called: its first field. `topic`: the board's name in the state. */
  readonly row: (topic: string, rowId: string) => string;
  /** What its sender called a file. */
  readonly upload: (uploadId: string) => string;
}

/** True for the leg of a line to the outside. */
export function isLineLeg(leg: string): boolean {
  return leg.startsWith(legOfLine(''));
}

/** Unknown ids stand for themselves. `unnamed`: what a line without a label is called, before its number. */
export function namesIn(state: IncidentState, unnamed: string): Names {
  const person = (id: string) => state.people[id]?.name ?? id;
  const line = (id: string) => state.lines.byId[id]?.label || `${unnamed} ${Object.keys(state.lines.byId).indexOf(id) + 1}`;
  const leg = (name: string) => {
    const personId = personOfLeg(name) ?? viewerOfLeg(name);
    if (personId !== null) return person(personId);
    const owner = ownerOfCamera(name);
    if (owner !== null) return state.lines.byId[owner] === undefined ? person(owner) : line(owner);
    const found = Object.keys(state.lines.byId).find((id) => legOfLine(id) === name);
    return found === undefined ? name : line(found);
  };
  const row = (topic: string, rowId: string) => {
    const rows = (state as unknown as Readonly<Record<string, Readonly<Record<string, { readonly fields: object }>>>>)[topic];
    return String(Object.values(rows?.[rowId]?.fields ?? {})[0] ?? rowId);
  };
  const upload = (id: string) => state.uploads[id]?.name || id;
  return { person, line, leg, row, upload };
}
