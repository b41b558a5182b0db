// Types of steps.mjs for the tests.
interface Sum {
  readonly passed: number;
  readonly failed: number;
  readonly skips: readonly string[];
  readonly problems: readonly string[];
}
interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message?: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}
export declare function sumUp(report: Report): Sum;
