// Types of gallery.mjs for the tests.
import type { BrowserContext, Page } from 'playwright-core';

export declare const ORIGIN: string;
export declare function buildGallery(): Promise<void>;
export declare function serveGallery(context: BrowserContext): Promise<void>;
export declare function scenesOf(page: Page, file: string): Promise<string[]>;
export declare function showScene(
  page: Page,
  scene: { readonly file?: string; readonly scene: string; readonly theme?: string; readonly language?: string },
): Promise<void>;
