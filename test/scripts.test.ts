// The house's own checks, each shown to fail on a planted breach.
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { checkDocs } from '../scripts/check-docs.mjs';
import { checkSpec, readSpec, rulesInTitles } from '../scripts/check-spec.mjs';
import { findPart, installLine, missingParts } from '../scripts/parts.mjs';
import { sumUp } from '../scripts/steps.mjs';
import { requirePart } from './parts.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-scripts-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

function write(path: string, text: string): string {
  const full = join(folder, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, text);
  return full;
}

describe('docstrings', () => {
  it('[B4] a file without an opening comment, and an export used elsewhere without a docstring, are found', () => {
    write('src/a/plain.ts', 'export const x = 1;\n');
    write(
      'src/a/words.ts',
      '// Words.\n\n/** One. */\nexport const one = 1;\nexport const two = 2;\nexport function three() {}\n/** */\nexport type Four = 4;\n',
    );
    write('src/a/beside.ts', "// Beside.\nimport { two } from './words.ts';\nexport const y = two;\n");
    write(
      'src/b/user.ts',
      "// Uses.\nimport { one, three, type Four } from '../a/words.ts';\nexport * from '../a/plain.ts';\nexport const z: Four[] = [];\n",
    );
    const { breaches, looked } = checkDocs(folder);
    expect(looked).toBe(4);
    expect(breaches.map((one) => one.replace(/ is used in other folders and has no docstring/, '')).sort()).toEqual([
      'src/a/plain.ts:1 opens without a comment that says what lives here',
      'src/a/plain.ts:1 x',
      'src/a/words.ts:6 three',
      'src/a/words.ts:8 Four',
    ]);
  });

  it('[B4] a type inferred from a documented schema is documented by it', () => {
    write(
      'src/a/s.ts',
      '// S.\n/** A thing. */\nexport const thing = z.object({});\nexport type Thing = z.infer<typeof thing>;\nexport const bare = z.object({});\nexport type Bare = z.infer<typeof bare>;\n',
    );
    write('src/b/user.ts', "// Uses.\nimport type { Thing, Bare } from '../a/s.ts';\nexport type T = Thing | Bare;\n");
    expect(checkDocs(folder).breaches).toEqual(['src/a/s.ts:6 Bare is used in other folders and has no docstring']);
  });

  it('[B4] nothing looked at is said', () => {
    expect(checkDocs(folder).looked).toBe(0);
  });
});

describe('rules and titles', () => {
  it('[B5] reads ids from titles of every form, and from titles only', () => {
    const text = [
      "it('[A1] plain', () => { expect(x['[Z9]']).toBe('[Z8]'); });",
      "it.each([['[Z7]']])('[A2] %s', () => {});",
      "describe.skipIf(no)('[A3, A4] both', () => {});",
      // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the source of a test
      'test(`[A5] ${name} and [A6]`, () => {});',
      "describeWith(['chromium'], '[A7] with a browser', () => {});",
      "// it('[Z1] in a comment')",
      "note('[Z2] not a test');",
    ].join('\n');
    expect(rulesInTitles('x.test.ts', text)).toEqual(['A1', 'A2', 'A3', 'A4', 'A5', 'A6', 'A7']);
  });

  it('[B5] a rule without a test, a title without a rule, a rule told twice and a gap of nothing are found', () => {
    write(
      'SPEC.md',
      '# Spec\n- **A1** One.\n- **A2** Two.\n- **A3** Three.\n- **A3** Again.\n\n## Gaps\n| rule | why |\n|---|---|\n| A2 | later |\n| A8 | ? |\n',
    );
    write('src/x.test.ts', "it('[A1] one', () => {});\nit('[A9] nine', () => {});\n");
    expect(checkSpec(folder)).toEqual({
      rules: 3,
      breaches: [
        'SPEC.md: A3 stands twice',
        "SPEC.md: A3 is in no test's title, and not in Gaps",
        'src/x.test.ts: [A9] is no rule of SPEC.md',
        'SPEC.md: Gaps speaks of A8, which is no rule',
      ],
    });
    expect([...readSpec('- **A1** x\n## Gaps\n| A1, B2 | why A7 |\n').gaps]).toEqual(['A1', 'B2']);
  });

  it('[B5] no SPEC.md, or one without rules, is a breach', () => {
    expect(checkSpec(folder).breaches).toEqual(['SPEC.md is missing']);
    write('SPEC.md', '# Spec\n');
    expect(checkSpec(folder).breaches).toHaveLength(1);
  });
});

describe('the sum of a run', () => {
  it('[B9] counts every test once, and a file that broke before its tests as failed', () => {
    const file = (name: string, status: string, ...statuses: string[]) => ({
      name,
      status,
      message: status === 'failed' && statuses.length === 0 ? 'SyntaxError' : '',
      assertionResults: statuses.map((one, i) => ({ status: one, fullName: `t${i}` })),
    });
    const testResults = [
      file('/a', 'passed', 'passed', 'passed'),
      file('/b', 'failed', 'passed', 'failed'),
      file('/c', 'failed'),
      file('/d', 'passed', 'skipped', 'todo'),
    ];
    const sum = sumUp({ testResults });
    expect(sum).toMatchObject({ passed: 3, failed: 2 });
    expect(sum.skips).toHaveLength(2);
    expect(sum.problems).toEqual([expect.stringContaining('SyntaxError')]);
  });
});

describe('system parts', () => {
  it('[B10] a part is taken from its variable, and a variable that points nowhere is a missing part with its install line', () => {
    const fake = write('bin/chromium', '#!/bin/sh\n');
    chmodSync(fake, 0o755);
    vi.stubEnv('PARLEY_CHROMIUM', fake);
    expect(findPart('chromium')).toBe(fake);
    expect(requirePart('chromium')).toBe(fake);
    vi.stubEnv('PARLEY_CHROMIUM', join(folder, 'nowhere'));
    expect(findPart('chromium')).toBeUndefined();
    expect(() => requirePart('chromium')).toThrow(installLine('chromium'));
    expect(installLine('opusinfo')).toContain('apt-get install -y --no-install-recommends opus-tools');
  });

  it('[B10] a part is found on PATH', () => {
    const fake = write('bin/flite', '#!/bin/sh\n');
    chmodSync(fake, 0o755);
    vi.stubEnv('PARLEY_FLITE', '');
    vi.stubEnv('PATH', join(folder, 'bin'));
    expect(findPart('flite')).toBe(fake);
  });

  it('[B13] what only the benches compare with is named with its line, and no test asks for it', () => {
    for (const name of ['JANUS', 'FLITE']) vi.stubEnv(`PARLEY_${name}`, join(folder, 'nowhere'));
    expect(installLine('janus')).toContain('apt-get install -y --no-install-recommends janus');
    expect(missingParts()).toContain('flite');
    expect(missingParts()).not.toContain('janus');
  });
});
