// Checks that SPEC.md and the tests speak of the same rules: every rule is named in a test's title (or is an honest gap),
// and every rule named in a title exists. Titles are read from the source, not from a run.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';

const RULE = /^- \*\*([A-Z]+\d+[a-z]?)\*\*/gm;
const NAMED = /\[([A-Z]+\d+[a-z]?(?:\s*,\s*[A-Z]+\d+[a-z]?)*)\]/g;
const TESTERS = new Set(['it', 'test', 'describe', 'describeWith']);

/** Rules of SPEC.md, and those that its Gaps table admits: every id in a row's first cell below the heading "Gaps". */
export function readSpec(text) {
  const [, ...gapParts] = text.split(/^#+ Gaps\b.*$/m);
  const rules = [...text.matchAll(RULE)].map((match) => match[1]);
  const cells = gapParts.join('\n').matchAll(/^\|([^|\n]*)\|/gm);
  const gaps = [...cells].flatMap((cell) => cell[1].match(/[A-Z]+\d+[a-z]?/g) ?? []);
  const twice = rules.filter((id, index) => rules.indexOf(id) !== index);
  return { rules: new Set(rules), gaps: new Set(gaps), twice };
}

/** The first name of a call chain: `it` of `it.skipIf(x)('...')`, `it.each(rows)('...')`. */
function rootName(expression) {
  let at = expression;
  while (!ts.isIdentifier(at)) {
    if (ts.isPropertyAccessExpression(at) || ts.isCallExpression(at) || ts.isTaggedTemplateExpression(at))
      at = ts.isTaggedTemplateExpression(at) ? at.tag : at.expression;
    else return '';
  }
  return at.text;
}

function textsOf(node) {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isTemplateExpression(node)) return [node.head.text, ...node.templateSpans.map((span) => span.literal.text)];
  return [];
}

/** Rule ids in the titles of one test file. */
export function rulesInTitles(path, text) {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const ids = [];
  const visit = (node) => {
    if (ts.isCallExpression(node) && TESTERS.has(rootName(node.expression))) {
      for (const title of node.arguments.flatMap(textsOf)) {
        for (const match of title.matchAll(NAMED)) ids.push(...match[1].split(',').map((id) => id.trim()));
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return ids;
}

function testFiles(root) {
  const below = (folder) =>
    existsSync(join(root, folder)) ? readdirSync(join(root, folder), { withFileTypes: true, recursive: true }) : [];
  const all = [...below('src').filter((one) => /\.test\.tsx?$/.test(one.name)), ...below('test').filter((one) => /\.tsx?$/.test(one.name))];
  return all.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
}

/** All breaches below a project's root, as text. `rules`: how many rules were read. */
export function checkSpec(root) {
  const specPath = join(root, 'SPEC.md');
  if (!existsSync(specPath)) return { breaches: ['SPEC.md is missing'], rules: 0 };
  const { rules, gaps, twice } = readSpec(readFileSync(specPath, 'utf8'));
  const breaches = twice.map((id) => `SPEC.md: ${id} stands twice`);
  const named = new Map();
  for (const path of testFiles(root)) {
    for (const id of rulesInTitles(path, readFileSync(path, 'utf8'))) named.set(id, named.get(id) ?? relative(root, path));
  }
  for (const id of rules) {
    if (!named.has(id) && !gaps.has(id)) breaches.push(`SPEC.md: ${id} is in no test's title, and not in Gaps`);
  }
  for (const [id, path] of named) if (!rules.has(id)) breaches.push(`${path}: [${id}] is no rule of SPEC.md`);
  for (const id of gaps) if (!rules.has(id)) breaches.push(`SPEC.md: Gaps speaks of ${id}, which is no rule`);
  if (rules.size === 0) breaches.push('SPEC.md has no rule of the form "- **A1** ..."');
  return { breaches, rules: rules.size };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { breaches, rules } = checkSpec(process.cwd());
  for (const breach of breaches) console.log(breach);
  console.log(`spec: ${rules} rules, ${breaches.length} breaches`);
  process.exitCode = breaches.length > 0 ? 1 : 0;
}
