// Checks two rules of the house: every file opens with a comment, and every export that another folder imports has a docstring.
// Prints each breach as path:line; ends with status 1 when there is one, or when nothing was looked at.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';

const SOURCE = /\.(ts|tsx|mjs|cjs)$/;
const isTest = (path) => /\.test\.tsx?$/.test(path);

function filesBelow(folder) {
  let entries = [];
  try {
    entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  } catch {
    return [];
  }
  return entries.filter((one) => one.isFile() && SOURCE.test(one.name)).map((one) => join(one.parentPath, one.name));
}

function parse(path) {
  const kind = path.endsWith('.tsx') ? ts.ScriptKind.TSX : undefined;
  return ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true, kind);
}

const lineOf = (file, node) => file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1;

function opensWithComment(text) {
  return /^(#!.*\r?\n)?(\/\/|\/\*)/.test(text);
}

/** What a file imports or passes on from other files: [path, names], `*` for all of them. */
function importsOf(file) {
  const found = [];
  for (const node of file.statements) {
    if (!ts.isImportDeclaration(node) && !ts.isExportDeclaration(node)) continue;
    const target = node.moduleSpecifier?.text;
    if (!target?.startsWith('.')) continue;
    const clause = ts.isImportDeclaration(node) ? node.importClause?.namedBindings : node.exportClause;
    const named = clause !== undefined && (ts.isNamedImports(clause) || ts.isNamedExports(clause));
    const names = named ? clause.elements.map((one) => (one.propertyName ?? one.name).text) : ['*'];
    found.push([resolve(dirname(file.fileName), target), names]);
  }
  return found;
}

/** Exported name -> the statement that declares it. */
function exportsOf(file) {
  const found = new Map();
  for (const node of file.statements) {
    const exported = ts.canHaveModifiers(node) && ts.getModifiers(node)?.some((one) => one.kind === ts.SyntaxKind.ExportKeyword);
    if (!exported) continue;
    if (ts.isVariableStatement(node)) {
      for (const one of node.declarationList.declarations) if (ts.isIdentifier(one.name)) found.set(one.name.text, node);
    } else if (node.name !== undefined) {
      // The first of several signatures carries the docstring.
      if (!found.has(node.name.text)) found.set(node.name.text, node);
    }
  }
  return found;
}

function hasDocstring(file, node) {
  const comments = ts.getLeadingCommentRanges(file.text, node.getFullStart()) ?? [];
  return comments.some((one) => file.text.startsWith('/**', one.pos) && one.end - one.pos > '/** */'.length);
}

/** The schema that a type is inferred from (`z.infer<typeof schema>`): its docstring is the type's. */
function schemaBehind(node) {
  if (!ts.isTypeAliasDeclaration(node)) return undefined;
  return /^z\.(?:infer|input|output)<typeof (\w+)>$/.exec(node.type.getText())?.[1];
}

/** File -> names of its exports that files of other folders use. Tests do not count as users. */
function usedAcrossFolders(files) {
  const used = new Map();
  for (const file of files.filter((one) => !isTest(one.fileName))) {
    for (const [target, names] of importsOf(file)) {
      if (dirname(target) === dirname(file.fileName)) continue;
      used.set(target, new Set([...(used.get(target) ?? []), ...names]));
    }
  }
  return used;
}

/** All breaches below a project's root, as text. `looked`: how many files were read. */
export function checkDocs(root) {
  const sources = filesBelow(join(root, 'src'));
  const others = ['test', 'bench', 'scripts'].flatMap((name) => filesBelow(join(root, name)));
  const breaches = [];
  for (const path of [...sources, ...others]) {
    if (!opensWithComment(readFileSync(path, 'utf8')))
      breaches.push(`${relative(root, path)}:1 opens without a comment that says what lives here`);
  }
  const files = sources.map(parse);
  const used = usedAcrossFolders(files);
  for (const file of files) {
    const names = used.get(file.fileName);
    if (names === undefined) continue;
    const exported = exportsOf(file);
    for (const [name, own] of exported) {
      if (!names.has(name) && !names.has('*')) continue;
      const node = exported.get(schemaBehind(own) ?? '') ?? own;
      if (!hasDocstring(file, own) && !hasDocstring(file, node))
        breaches.push(`${relative(root, file.fileName)}:${lineOf(file, own)} ${name} is used in other folders and has no docstring`);
    }
  }
  return { breaches, looked: sources.length };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { breaches, looked } = checkDocs(process.cwd());
  for (const breach of breaches) console.log(breach);
  console.log(`docs: ${looked} files, ${breaches.length} breaches`);
  process.exitCode = breaches.length > 0 || looked === 0 ? 1 : 0;
}
