import { checkDistribution } from '../checkDistribution.js';
import type { CategoricalDistribution, Distribution, ParamValue, SearchSpace } from '../distribution.js';
import type { Suggester } from '../trial.js';
import type { Choices } from './distributions.js';

/** A search as data: what to ask a trial for, and the type of what it answers. */
export interface Space<P extends object> {
  /** Asks for every parameter in the order of the declaration; of a branch only for those of the choice that was made. */
  suggest(trial: Suggester): P;
  /** All parameters, those of every branch included. */
  readonly distributions: SearchSpace;
}

/** What a space is declared by. */
export interface Declaration {
  readonly [name: string]: Distribution | Branch<Branches>;
}

/** Further parameters by the choice that they belong to. */
export interface Branches {
  readonly [choice: string]: Declaration;
}

/** A choice that brings parameters of its own. */
export interface Branch<B extends Branches> {
  readonly kind: 'branch';
  readonly branches: B;
}

/** The parameters that a space gives: of a branch a union, told apart by the choice. */
export type SpaceParams<D extends Declaration> = Flat<
  { readonly [K in keyof D as D[K] extends Distribution ? K : never]: ValueOf<D[K]> } & BranchParams<D>
>;

/** The parameters of a space: `ParamsOf<typeof space>`. */
export type ParamsOf<S> = S extends Space<infer P> ? P : never;

/**
 * Declares a search once, for both the parameters and their type.
 *
 * @throws `MgmtError` `tuning/bad-distribution`
 * @example
 * const space = searchSpace({
 *   learningRate: float(1e-5, 1e-2, { log: true }),
 *   optimizer: branch({ adam: {}, sgd: { momentum: float(0, 0.99) } }),
 * });
 * const params = space.suggest(trial);
 * if (params.optimizer === 'sgd') params.momentum;
 */
export function searchSpace<const D extends Declaration>(declaration: D): Space<SpaceParams<D>> {
  const distributions = distributionsOf(declaration);
  for (const [name, distribution] of distributions) checkDistribution(name, distribution);
  return {
    distributions: Object.fromEntries(distributions),
    suggest: (trial) => suggestAll(declaration, trial) as SpaceParams<D>,
  };
}

/**
 * A choice that brings parameters of its own: by choice, what belongs to it.
 *
 * @example
 * branch({ adam: {}, sgd: { momentum: float(0, 0.99) } });
 */
export function branch<const B extends Branches>(branches: B): Branch<B> {
  return { kind: 'branch', branches };
}

function suggestAll(declaration: Declaration, trial: Suggester): Record<string, ParamValue> {
  const params: Record<string, ParamValue> = {};
  for (const [name, declared] of Object.entries(declaration)) {
    const value = trial.suggest(name, choiceOf(declared));
    params[name] = value;
    if (declared.kind === 'branch') Object.assign(params, suggestAll(declared.branches[String(value)]!, trial));
  }
  return params;
}

function distributionsOf(declaration: Declaration): readonly (readonly [string, Distribution])[] {
  return Object.entries(declaration).flatMap(([name, declared]) => [
    [name, choiceOf(declared)] as const,
    ...(declared.kind === 'branch' ? Object.values(declared.branches).flatMap(distributionsOf) : []),
  ]);
}

function choiceOf(declared: Declaration[string]): Distribution {
  return declared.kind === 'branch' ? { kind: 'categorical', choices: Object.keys(declared.branches) } : declared;
}

type ValueOf<T> = T extends Choices<infer V> ? V : T extends CategoricalDistribution ? ParamValue : number;

type BranchParams<D> = Both<{ [K in keyof D]: D[K] extends Branch<infer B> ? (params: OneOf<K, B>) => void : never }[keyof D]>;

type OneOf<K extends PropertyKey, B extends Branches> = {
  [C in keyof B]: { readonly [P in K]: C } & SpaceParams<B[C]>;
}[keyof B];

/** The intersection of what functions of a union take. */
type Both<F> = [F] extends [never] ? unknown : [F] extends [(params: infer P) => void] ? P : never;

type Flat<T> = T extends unknown ? { [K in keyof T]: T[K] } : never;
