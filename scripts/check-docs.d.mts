// Types of check-docs.mjs for the tests.
export declare function checkDocs(root: string): { readonly breaches: readonly string[]; readonly looked: number };
