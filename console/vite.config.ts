import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// `npm start` shows sources as they are edited, and asks this server for everything else.
const server = process.env['RIACHO_URL'] ?? 'http://127.0.0.1:4566';
const proxied = { target: server };

export default defineConfig({
  root: 'src/main/web',
  base: '/console/',
  plugins: [react()],
  build: {
    outDir: '../../../target/classes/io/riacho/console/web',
    emptyOutDir: true,
    target: 'es2023',
    // The content security policy lets nothing in that is written into a page or a style.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    host: '127.0.0.1',
    proxy: { '^/(?!console/)': proxied, '/console/config.json': proxied },
  },
  test: {
    root: '.',
    include: ['src/test/web/**/*.test.{ts,tsx}'],
  },
});
