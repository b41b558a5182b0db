// Which passwords are refused because they are guessed first: rules and a list of our own, offline. Secrets are never kept or told here.
import { type Refusal, refuse } from '../../core/incident/topic.ts';

/** Version of the list and rules below; part of the entry when a password is set. */
export const BANNED_LIST = 'parley-2026-11';
export const PASSWORD_MIN = 12;
export const PASSWORD_MAX = 200;

/** Words that stand at the head of any guesser's list, and words of this trade. */
const WORDS = `
password passwort passwd passwrd passphrase passcode pass pwd parola parole senha contrasena clave geheim secret secrets hidden private
login logon signin access enter entry open opensesame sesame letmein welcome welcome1 hello hallo bonjour hola ciao admin administrator root
system sysadmin superuser user username guest test testing tester demo default changeme change temp temporary initial setup install config
master mistress owner manager office company business team staff work service server network internet computer laptop desktop phone mobile
iphone android samsung google apple microsoft windows linux ubuntu debian oracle cisco facebook twitter instagram youtube amazon netflix
police polizei policia polizia officer sheriff deputy trooper sergeant captain lieutenant detective chief marshal badge patrol precinct
negotiator negotiation negotiate crisis hostage incident command commander tactical swat primary coach rescue emergency dispatch radio
throwphone parley phoneline hotline federal agent agency bureau justice court prison security secure safety safe lock locked unlock key keys
love loveyou iloveyou lovely lover darling honey sweet sweetheart baby babygirl angel princess prince queen king kingdom sunshine flower
butterfly rainbow heaven forever family mother father mommy daddy brother sister friend friends wife husband children
dragon monkey tiger lion eagle panther wolf bear shark dolphin horse dog doggy puppy cat kitty kitten rabbit chicken turtle snake spider
falcon raven phoenix unicorn dinosaur panda bulldog mustang bronco stallion
football baseball basketball hockey soccer tennis golf cricket rugby boxing fishing hunting racing runner swimming skating champion winner
superman batman spiderman ironman starwars startrek pokemon pikachu naruto matrix gandalf hobbit frodo harry potter hogwarts minecraft
fortnite nintendo playstation xbox mario zelda sonic warcraft
michael jennifer jessica ashley daniel david robert thomas william james john joseph charles george andrew anthony matthew joshua jordan
michelle nicole amanda hannah samantha elizabeth victoria maria anna alex alexander maximilian martin peter paul stefan andreas christian
london paris berlin madrid rome vienna moscow newyork chicago boston dallas houston texas florida california america england germany france
canada australia austria italy spain russia europe freedom liberty victory peace power strong strength
summer winter spring autumn fall sommer herbst fruehling january february march april june july august september october november december
januar februar maerz mai juni juli oktober dezember monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch
donnerstag freitag samstag sonntag today tomorrow yesterday morning evening night holiday birthday christmas easter halloween vacation weekend
black white red blue green yellow orange purple pink silver golden gold diamond ruby pearl crystal copper
coffee chocolate cookie cookies banana cheese pepper ginger sugar pizza burger beer whisky whiskey vodka
ferrari porsche mercedes bmw audi toyota honda corvette camaro harley yamaha suzuki volkswagen
jesus christ god church bible blessed faith trinity
music guitar piano metallica nirvana rockstar elvis beatles queen slipknot
trustno one access none nothing nobody anything something whatever fuckyou fuck shit asshole bitch bastard killer hunter ranger soldier warrior
ninja pirate cowboy rebel outlaw shadow ghost demon devil hell storm thunder lightning fire firefly water ocean river mountain
nopassword mypassword yourpassword thepassword newpassword oldpassword password1 qwerty123 abc123 iamgod
`
  .trim()
  .split(/\s+/);

/** Rows, columns and orders that fingers follow. */
const TRACKS = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890123456789',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'qwertzuiop',
  'yxcvbnm',
  'azertyuiop',
  'qsdfghjklm',
  'wxcvbn',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
  '1q2w3e4r5t6y7u8i9o0p',
  'q1w2e3r4t5y6u7i8o9p0',
  'qazwsxedcrfvtgbyhnujmikolp',
  'zaqxswcdevfrbgtnhymjukilop',
  'абвгдежзийклмнопрстуфхцчшщъыьэюя',
  'йцукенгшщзхъ',
  'фывапролджэ',
  'ячсмитьбю',
].flatMap((track) => [track, [...track].reverse().join('')]);

const SPOKEN: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
  '€': 'e',
};
const WORD_SET = new Set(WORDS);
const LONGEST_WORD = Math.max(...WORDS.map((w) => w.length));
/** What is left when known parts are counted as two signs each must be worth so many signs. */
const ENOUGH = 8;
const ENOUGH_DIFFERENT = 5;

/** How many entries the list has: words, and each year and track as a part. */
export const BANNED_ENTRIES = WORD_SET.size + TRACKS.length + 140;

/** The form in which a password is hashed and compared: one writing for one text (NFKC). */
export function plainPassword(password: string): string {
  return password.normalize('NFKC');
}

function folded(password: string): readonly string[] {
  const low = plainPassword(password).toLowerCase();
  const bare = (text: string) => text.replace(/[^\p{L}\p{N}]+/gu, '');
  return [...new Set([bare(low), bare([...low].map((sign) => SPOKEN[sign] ?? sign).join(''))])];
}

function runAt(text: string, from: number): number {
  let longest = 0;
  for (const track of TRACKS) {
    let length = 0;
    while (from + length < text.length && track.includes(text.slice(from, from + length + 1))) length += 1;
    longest = Math.max(longest, length);
  }
  return longest >= 3 ? longest : 0;
}

function repeatAt(text: string, from: number): number {
  for (let unit = 1; unit <= 4; unit += 1) {
    const part = text.slice(from, from + unit);
    let length = unit;
    while (text.startsWith(part, from + length)) length += unit;
    if (length >= Math.max(3, 2 * unit)) return length;
  }
  return 0;
}

function yearAt(text: string, from: number): number {
  return /^(19|20)\d\d/.test(text.slice(from, from + 4)) ? 4 : 0;
}

function wordAt(text: string, from: number): number {
  for (let length = Math.min(LONGEST_WORD, text.length - from); length >= 3; length -= 1)
    if (WORD_SET.has(text.slice(from, from + length))) return length;
  return 0;
}

/** Worth of a text in signs: a known part counts two, the same part again nothing, everything else one. */
function worth(text: string): number {
  const seen = new Set<string>();
  let left = 0;
  for (let from = 0; from < text.length; ) {
    const known = Math.max(wordAt(text, from), yearAt(text, from), runAt(text, from), repeatAt(text, from));
    if (known > 0) seen.add(text.slice(from, from + known));
    else left += 1;
    from += known || 1;
  }
  return left + 2 * seen.size;
}

function holds(texts: readonly string[], names: readonly string[]): boolean {
  const parts = names
    .flatMap((one) => [...folded(one), ...one.toLowerCase().split(/[^\p{L}\p{N}]+/u)])
    .filter((part) => [...part].length >= 4);
  return texts.some((text) => parts.some((part) => text.includes(part)));
}

const NEXT = 'Take four or five words that have nothing to do with each other or with you.';
const no = (why: string): Refusal => refuse('T13', why, NEXT);

/** Why this password may not be used, or null. `names`: sign-in name and name of its owner. */
export function refusePassword(password: string, names: readonly string[]): Refusal | null {
  const length = [...plainPassword(password)].length;
  if (length < PASSWORD_MIN) return no(`The password has ${length} signs; it needs ${PASSWORD_MIN} or more.`);
  if (length > PASSWORD_MAX) return no(`The password has ${length} signs; it may have ${PASSWORD_MAX}.`);
  const texts = folded(password);
  if (holds(texts, names)) return no('The password contains your name or your sign-in name.');
  if (new Set(plainPassword(password)).size < ENOUGH_DIFFERENT)
    return no(`The password uses fewer than ${ENOUGH_DIFFERENT} different signs.`);
  const guessable = texts.some((text) => text.length >= PASSWORD_MIN / 2 && worth(text) < ENOUGH);
  return guessable
    ? no('The password is made of parts that are guessed first: well-known words, years, repeated signs, or keys in a row.')
    : null;
}
