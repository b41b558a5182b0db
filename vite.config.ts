// How the pages are built: the person's (index.html, neutral), the field phone's (field/), and the team's (console.html).
// Nothing here may put a script or a style into the HTML itself: the pages run under a strict content policy.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const web = fileURLToPath(new URL('./src/web/', import.meta.url));
const pages = ['index.html', 'field/index.html', 'console.html', 'field/worker.ts']
  .map((name) => web + name)
  .filter((path) => existsSync(path));

export default defineConfig({
  root: web,
  base: '/',
  plugins: [react()],
  build: {
    outDir: fileURLToPath(new URL('./dist/web/', import.meta.url)),
    emptyOutDir: true,
    target: ['chrome111', 'firefox114', 'safari16.4'],
    modulePreload: { polyfill: false },
    // A data: address would need a hole in the content policy.
    assetsInlineLimit: 0,
    sourcemap: false,
    // The console is loaded from the box itself; a warning here would only frighten whoever starts it for the first time.
    chunkSizeWarningLimit: 2_000,
    rollupOptions: {
      input: pages,
      // A worker's address is its scope and must not change with its content.
      output: { entryFileNames: ({ name }) => (name === 'worker' ? 'field/worker.js' : 'assets/[name]-[hash].js') },
    },
  },
});
