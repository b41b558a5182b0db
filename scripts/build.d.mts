// Types of build.mjs for the tests.
export declare const NODE_ENTRIES: Readonly<Record<string, string>>;
export declare function build(options: { web: boolean }): Promise<readonly string[]>;
