// Types of check-spec.mjs for the tests.
export declare function readSpec(text: string): {
  readonly rules: ReadonlySet<string>;
  readonly gaps: ReadonlySet<string>;
  readonly twice: readonly string[];
};
export declare function rulesInTitles(path: string, text: string): readonly string[];
export declare function checkSpec(root: string): { readonly breaches: readonly string[]; readonly rules: number };
