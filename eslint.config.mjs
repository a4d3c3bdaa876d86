import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';
import noTypedArrayInstanceof from './tools/eslint/no-typed-array-instanceof.mjs';
import backendOnlyInNn from './tools/eslint/backend-only-in-nn.mjs';

const FLOORS = [0, 1, 2, 3, 4, 5];

/** A package imports packages on lower floors only (docs/architecture.md). */
const floors = FLOORS.map((floor) => ({
  sourceTag: `floor:${floor}`,
  onlyDependOnLibsWithTags: FLOORS.filter((lower) => lower < floor).map((lower) => `floor:${lower}`),
}));

export default tseslint.config(
  { ignores: ['**/dist', '**/node_modules', '.nx', '.cache', 'results', 'docs/api', 'coverage'] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    files: ['**/*.ts', '**/*.mjs', '**/*.cjs'],
    plugins: { '@nx': nx, mgmt: { rules: { 'no-typed-array-instanceof': noTypedArrayInstanceof, 'backend-only-in-nn': backendOnlyInNn } } },
    rules: {
      'mgmt/no-typed-array-instanceof': 'error',
      '@typescript-eslint/no-non-null-assertion': 'off', // noUncheckedIndexedAccess makes every typed-array read `| undefined`
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-irregular-whitespace': ['error', { skipStrings: true, skipTemplates: true, skipRegExps: true }],
    },
  },
  {
    files: ['**/*.mjs', '**/*.cjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        Buffer: 'readonly',
        module: 'writable',
        require: 'readonly',
        globalThis: 'readonly',
        setTimeout: 'readonly',
      },
    },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  {
    files: ['packages/*/src/**/*.ts'],
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        { depConstraints: floors, enforceBuildableLibDependency: false, banTransitiveDependencies: true },
      ],
      'mgmt/backend-only-in-nn': 'error',
    },
  },
  prettier,
);
