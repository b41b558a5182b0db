// Which passwords pass: obvious ones do not, however they are dressed up; what people can remember does.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BANNED_LIST, PASSWORD_MAX, PASSWORD_MIN, refusePassword } from './banned.ts';

const NAMES = ['anna.berg', 'Anna Berg'];

/** Letters and digits that differ: what a password is worth is counted in them. */
const differentSigns = (password: string) => new Set(password.replace(/[^a-z0-9]/g, '')).size;

describe('banned passwords', () => {
  it.each([
    'password1234',
    'PASSWORD!!!!!!',
    'P@ssw0rd2024!',
    'passwordpassword',
    'letmein-letmein',
    'Welcome2026!!',
    'Winter2025Winter',
    'summer-summer-2024',
    'qwertyuiop[]',
    'qwertz123456',
    '1q2w3e4r5t6y',
    '1qaz2wsx3edc',
    'asdfghjklqwerty',
    '123456789012',
    '0987654321098',
    'abcdefghijkl',
    'zyxwvutsrqpo',
    'abcabcabcabc',
    'aaaaaaaaaaaa',
    '121212121212',
    'ababababababab',
    'Police2024Police',
    'negotiator2025',
    'Sunday01.01.2024',
    'iloveyou2020!',
    'йцукенгшщзхъ',
    '            ',
    '!!!!!!!!!!!!!!!!',
    'admin-admin-admin',
    'Monkey_Dragon_1',
    'anna berg is here',
    'my annabergs pass',
    'BERG ist mein Name',
  ])('[T13] refuses %s', (password) => {
    expect(refusePassword(password, NAMES)).toMatchObject({
      rule: 'T13',
      why: expect.stringMatching(/password/),
      next: expect.stringMatching(/./),
    });
  });

  it.each([
    'correct horse battery staple',
    'quartz ladder mossy 41',
    'Vier blaue Stühle tanzen',
    'tr0ub4dor&3-xkvq',
    'мокрый кот считает звёзды',
    '雨の日に青い傘を三本買いました',
    'sunday soup with seven lemons',
    'k7#Vq!z2Lw9$',
    'the summer we rented a canoe',
  ])('[T13] takes %s', (password) => {
    expect(refusePassword(password, NAMES)).toBeNull();
  });

  it('[T13] counts signs as people do, not bytes or halves of signs', () => {
    expect(refusePassword('😀🐙🚀🌵🎈🍋🎲🔔🧭🪁', [])?.why).toContain('10 signs');
    expect(refusePassword('😀🐙🚀🌵🎈🍋🎲🔔🧭🪁🛶⛵', [])).toBeNull();
    expect(refusePassword('ab1 '.repeat(60), [])?.why).toContain(String(PASSWORD_MAX));
  });

  it('[T13] refuses whatever is made of one well-known word, a year and signs between them', () => {
    const parts = [
      fc.constantFrom('password', 'dragon', 'Welcome', 'OCTOBER', 'sheriff'),
      fc.integer({ min: 1950, max: 2049 }).map(String),
      fc.stringMatching(/^[-_. !?]{1,8}$/),
    ];
    fc.assert(
      fc.property(
        fc.tuple(...parts),
        ([word = '', year = '', signs = '']) => refusePassword(`${word}${signs}${year}${signs}`, []) !== null,
      ),
    );
  });

  it('[T13] does not count dots, dashes and a letter pressed again as more', () => {
    expect(refusePassword('bbbbbhb%+79b?=#=', [])).not.toBeNull();
  });

  it('[T13] takes twelve and more random signs, and never stumbles over any text', () => {
    const random = fc.string({ unit: fc.constantFrom(...'bcdfghjkmnpqrtvwxz2346789#%&+=?'), minLength: 16, maxLength: 60 });
    fc.assert(
      fc.property(random, (password) => differentSigns(password) < 12 || refusePassword(password, NAMES) === null),
      { numRuns: 300 },
    );
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 400 }),
        (password) => [...password.normalize('NFKC')].length >= PASSWORD_MIN || refusePassword(password, []) !== null,
      ),
    );
  });

  it('[T13] has a version to put on record', () => {
    expect(BANNED_LIST).toMatch(/^parley-\d{4}-\d{2}$/);
  });
});
