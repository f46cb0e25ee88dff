import config from './jest.config.mjs';

// `npm run test:full`: what `npm test` runs, plus the long chaos tests.
export default { ...config, testMatch: ['<rootDir>/tests/{unit,integration,e2e,full}/**/*.test.ts'] };
