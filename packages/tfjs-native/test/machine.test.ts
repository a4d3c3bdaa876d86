import { describe, expect, it } from '@jest/globals';
import { judgePlatform, type MachineFacts } from '../src/machine.js';

const debian: MachineFacts = { platform: 'linux', arch: 'x64', glibc: '2.36', cpuFlags: ['sse4_2', 'avx', 'avx2'] };

describe('judgePlatform', () => {
  it.each([
    ['Debian 12', debian],
    ['the oldest glibc', { ...debian, glibc: '2.27' }],
    ['a container that hides /proc/cpuinfo', { ...debian, cpuFlags: [] }],
  ])('supports %s', (_, facts) => expect(judgePlatform(facts)).toEqual({ kind: 'supported' }));

  it.each([
    ['macOS', { ...debian, platform: 'darwin', glibc: undefined }, /Linux only/],
    ['Windows', { ...debian, platform: 'win32', glibc: undefined }, /Linux only/],
    ['arm64', { ...debian, arch: 'arm64' }, /x86-64/],
    ['musl', { ...debian, glibc: undefined }, /glibc/],
    ['an old glibc', { ...debian, glibc: '2.17' }, /2\.27/],
    ['a CPU without AVX', { ...debian, cpuFlags: ['sse4_2'] }, /AVX/],
  ])('does not support %s, and says why', (_, facts, reason) => {
    expect(judgePlatform(facts)).toMatchObject({ kind: 'unsupported', reason: expect.stringMatching(reason) });
  });
});
