import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { environmentSchema, InvalidConfig, readConfig } from '../../services/config.ts';

const real = {
  DATABASE_URL: 'postgres://app@db/sovang',
  SESSION_SECRET: 's'.repeat(32),
  DATA_KEY: 'd'.repeat(32),
  SIGNING_KEY_FILE: '/run/secrets/key',
  PUBLIC_URL: 'https://thidua.kontum.example',
};

function problemsOf(environment: Record<string, string>): readonly string[] {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    return error instanceof InvalidConfig ? error.problems : [String(error)];
  }
}

describe('the configuration', () => {
  test('.env.example lists exactly the variables of the schema', () => {
    const example = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');
    const listed = example.split('\n').flatMap((line) => /^([A-Z_]+)=/.exec(line)?.[1] ?? []);
    expect(listed.sort()).toEqual(Object.keys(environmentSchema.shape).sort());
  });

  test('.env.example as it stands is an empty configuration', () => {
    const example = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');
    const pairs = example.split('\n').flatMap((line) => {
      const [, name, value] = /^([A-Z_]+)=(.*)$/.exec(line) ?? [];
      return name === undefined || value === undefined ? [] : [[name, value]];
    });
    expect(readConfig(Object.fromEntries(pairs) as Record<string, string>)).toEqual(readConfig({}));
  });

  test('nothing set means a demo on loopback with embedded PostgreSQL', () => {
    expect(readConfig({})).toEqual({
      demo: true,
      databaseUrl: null,
      databaseOwnerUrl: null,
      redisUrl: null,
      smtpUrl: null,
      port: 3000,
      host: '127.0.0.1',
      publicUrl: 'http://localhost:3000',
      dataDir: '.data',
      logLevel: 'info',
      trustProxy: 0,
      demoPassword: 'KonTum@2736',
      secrets: { session: null, data: null, signingKeyFile: null },
    });
  });

  test('a given database means a real installation on all addresses', () => {
    expect(readConfig(real)).toMatchObject({ demo: false, host: '0.0.0.0' });
    expect(readConfig({ ...real, DEMO: '1' })).toMatchObject({ demo: true, host: '127.0.0.1' });
  });

  test('every problem is named at once', () => {
    expect(problemsOf({ DATABASE_URL: 'mysql://x', PORT: '70000', LOG_LEVEL: 'loud' })).toEqual([
      'DATABASE_URL: must be a URL with postgres or postgresql',
      'PORT: Too big: expected number to be <=65535',
      'LOG_LEVEL: Invalid option: expected one of "fatal"|"error"|"warn"|"info"|"debug"|"trace"|"silent"',
    ]);
  });

  test('a real installation refuses to start without its secrets', () => {
    expect(problemsOf({ DATABASE_URL: real.DATABASE_URL })).toEqual([
      'SESSION_SECRET: must be set outside demo mode',
      'DATA_KEY: must be set outside demo mode',
      'SIGNING_KEY_FILE: must be set outside demo mode',
    ]);
  });

  test('a public address of plain http is refused unless it is loopback or allowed', () => {
    const plain = { ...real, PUBLIC_URL: 'http://thidua.kontum.example' };
    expect(problemsOf(plain)).toEqual([
      'PUBLIC_URL: must be https, since log-in cookies are not Secure over http (ALLOW_HTTP=1 allows it)',
    ]);
    expect(problemsOf({ ...plain, ALLOW_HTTP: '1' })).toEqual([]);
    expect(problemsOf({ ...real, PUBLIC_URL: 'http://localhost:3000' })).toEqual([]);
  });

  test('a demo that others can reach asks for a password of its own', () => {
    expect(problemsOf({ HOST: '0.0.0.0' })).toEqual([
      'DEMO_PASSWORD: must be set for a demo on a HOST that is not loopback',
    ]);
    expect(problemsOf({ HOST: '0.0.0.0', DEMO_PASSWORD: 'a-long-one' })).toEqual([]);
  });
});
