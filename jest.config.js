const common = {
  rootDir: import.meta.dirname,
  testEnvironment: 'node',
  testRunner: '<rootDir>/tests/runner/runner.mjs',
  transform: {},
};

/** Unit and HTTP tests by default; `--selectProjects browser` runs the stories in Chromium. */
export default {
  // Pictures of 64 megapixels, beside neighbours that take most of the processor.
  testTimeout: 180_000,
  projects: ['unit', 'stores', 'journeys', 'browser'].map((name) => ({
    ...common,
    displayName: name,
    testMatch: [`<rootDir>/tests/${name}/**/*.test.ts`],
  })),
};
