// The borders of the house, one table. What a room may import is listed; all else is forbidden.
// test/borders.test.ts proves each rule with a planted import.

/** Packages, as dependency-cruiser resolves them. */
const packages = (...names) => names.map((name) => `node_modules/${name}/`);
const ANY_PACKAGE = 'node_modules/';
const TESTS = '[.]test[.]tsx?$';

/** Room -> what it may import. The key is the rule's name; `from` and `may` are regular expressions; `node`: Node's own modules too. */
const rooms = {
  core: { from: '^src/core/', may: ['^src/core/', ...packages('zod')] },
  'protocol-field': { from: '^src/protocol/field[.]ts$', may: packages('zod') },
  protocol: { from: '^src/protocol/', may: ['^src/protocol/', '^src/core/', ...packages('zod')] },
  ports: { from: '^src/ports/', may: ['^src/ports/', '^src/protocol/', '^src/core/'] },
  // One port's adapters may share what lies in their port's folder, but none knows another port's adapters.
  adapters: {
    from: '^src/adapters/([^/]+)/',
    may: ['^src/adapters/$1/', '^src/ports/', '^src/protocol/', '^src/core/', ANY_PACKAGE],
    node: true,
  },
  server: { from: '^src/server/', may: ['^src/server/', '^src/ports/', '^src/protocol/', '^src/core/', ANY_PACKAGE], node: true },
  media: {
    from: '^src/media/',
    may: ['^src/media/', '^src/protocol/(worker|limits)[.]ts$', '^src/core/evidence/', ANY_PACKAGE],
    node: true,
  },
  ears: { from: '^src/ears/', may: ['^src/ears/', '^src/protocol/(ears|limits)[.]ts$', ANY_PACKAGE], node: true },
  caller: { from: '^src/caller/', may: ['^src/caller/', '^src/protocol/(field|limits)[.]ts$', ANY_PACKAGE], node: true },
  // A machine that sits at the team's table. It shares the far end's mouth and ears, and neither the far end's door nor its story.
  prompter: {
    from: '^src/prompter/',
    may: [
      '^src/prompter/',
      '^src/caller/(ears|ice|mouth|opus|path|sound|speech-sense|timing|voice)[.]ts$',
      '^src/protocol/(access|limits|team)[.]ts$',
      ANY_PACKAGE,
    ],
    node: true,
  },
  jobs: { from: '^src/jobs/', may: ['^src/jobs/', '^src/ports/', '^src/core/', ANY_PACKAGE], node: true },
  cli: { from: '^src/cli/', may: ['^src/cli/', '^src/ports/', '^src/protocol/', '^src/core/', ANY_PACKAGE], node: true },
  // The person's page and the line it stands on: no framework, no word of the team.
  'web-line': { from: '^src/web/line/', may: ['^src/web/line/', '^src/protocol/field[.]ts$'] },
  'web-field': { from: '^src/web/field/', may: ['^src/web/(field|line)/', '^src/protocol/field[.]ts$'] },
  web: { from: '^src/web/', may: ['^src/web/', '^src/protocol/', '^src/core/', ANY_PACKAGE] },
};
/** Rooms inside another room's pattern: the outer rule leaves them to the inner one. */
const inner = { protocol: ['^src/protocol/field[.]ts$'], web: ['^src/web/(line|field)/'] };

const borders = Object.entries(rooms).map(([name, { from, may, node }]) => ({
  name,
  severity: 'error',
  from: { path: from, pathNot: [TESTS, ...(inner[name] ?? [])] },
  to: { pathNot: may, ...(node ? { dependencyTypesNot: ['core'] } : {}) },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...borders,
    {
      name: 'only-main-names-adapters',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/main[.]ts$', '^src/adapters/', TESTS] },
      to: { path: '^src/adapters/' },
    },
    { name: 'nobody-imports-main', severity: 'error', from: { path: '^src/' }, to: { path: ['^src/main[.]ts$', '^src/[^/]+/main[.]ts$'] } },
    {
      name: 'no-tests-in-the-product',
      severity: 'error',
      from: { path: '^src/', pathNot: [TESTS] },
      to: { path: ['^(test|bench|scripts)/', TESTS] },
    },
    {
      name: 'no-tools-in-the-product',
      comment: 'What runs on a server must be a dependency; the pages are bundled, so theirs need not.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/web/', TESTS] },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-circles',
      severity: 'error',
      from: { path: '^src/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'resolvable', severity: 'error', from: { path: '^src/' }, to: { couldNotResolve: true } },
  ],
  options: {
    // Types count: a type of another room is knowledge of that room.
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.css'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default'],
    },
  },
};
