// Types of parts.mjs for the tests.
export type PartName =
  | 'chromium' | 'ffmpeg' | 'ffprobe' | 'opusinfo' | 'turnserver' | 'nginx' | 'ip' | 'iptables' | 'flite' | 'openssl' | 'janus' | 'netns' | 'tmpfs';
export declare const PARTS: Readonly<Record<PartName, { look: readonly string[]; env: string; apt: string; probe?: string; only?: string }>>;
export declare function findPart(name: PartName): string | undefined;
export declare function installLine(name: PartName): string;
export declare function missingParts(): PartName[];
