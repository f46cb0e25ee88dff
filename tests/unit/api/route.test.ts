import { describe, expect, test } from '@jest/globals';
import { Router } from 'express';
import { z } from 'zod';
import { grantableScopes } from '../../../services/api/grantableScopes.ts';
import { mount } from '../../../services/api/mount.ts';
import { permissionName, route, type Route } from '../../../services/api/route.ts';
import type { RouteDeps } from '../../../services/api/serve.ts';

const bare = {
  method: 'get',
  path: '/things',
  tag: 'things',
  summary: { vi: 'Các thứ', en: 'Things' },
  response: z.object({}),
  handle: () => Promise.resolve({ body: {} }),
} as const;

const named = { name: 'things.read', allows: () => true };
const deps = {} as RouteDeps;

describe('a route', () => {
  test.each([
    ['no permission', undefined],
    ['null', null],
    ['another word', 'everybody'],
    ['a permission without a name', { allows: () => true }],
    ['an empty name', { name: '', allows: () => true }],
    ['a permission that never says who', { name: 'things.read' }],
  ])('with %s does not start: neither described nor mounted', (_what, permission) => {
    const wrong = { ...bare, permission } as unknown as Route;
    expect(() => route(wrong)).toThrow('route get /things names no permission');
    expect(() => {
      mount(Router(), [wrong], deps);
    }).toThrow('route get /things names no permission');
  });

  test('that stands there twice does not start', () => {
    const one = route({ ...bare, permission: named });
    expect(() => {
      mount(Router(), [one, one], deps);
    }).toThrow('route get /things stands there twice');
  });

  test('has one name for its permission', () => {
    expect(permissionName(route({ ...bare, permission: 'public' }))).toBe('public');
    expect(permissionName(route({ ...bare, permission: 'loggedIn' }))).toBe('me');
    expect(permissionName(route({ ...bare, permission: named }))).toBe('things.read');
  });
});

describe('the scopes of tokens', () => {
  test('are the permissions of all routes, but for the public ones and those used in person', () => {
    const routes = [
      route({ ...bare, permission: 'public' }),
      route({ ...bare, permission: 'loggedIn' }),
      route({ ...bare, permission: named }),
      route({ ...bare, permission: { ...named, name: 'things.vote', inPerson: true } }),
      route({ ...bare, permission: { ...named, name: 'things.make', roles: ['chairman'] } }),
      route({ ...bare, permission: { ...named, name: 'things.make', roles: ['inspector'] } }),
      route({ ...bare, permission: { ...named, name: 'things.make' } }),
    ];
    expect([...grantableScopes(routes)]).toEqual([
      ['me', null],
      ['things.read', null],
      ['things.make', ['chairman', 'inspector']],
    ]);
  });
});
