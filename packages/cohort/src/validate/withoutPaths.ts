import { basename, resolve, sep } from 'node:path';

/** A text without the folders that its paths lie in, which may tell who somebody is: a cohort's paths begin at its root, others are names alone. */
export function withoutPaths(text: string, root: string): string {
  const relative = [resolve(root), root].reduce((rest, folder) => rest.replaceAll(folder.endsWith(sep) ? folder : folder + sep, ''), text);
  return relative.replaceAll(ABSOLUTE, '$1').replaceAll(resolve(root), basename(resolve(root)));
}

/** Folders of an absolute path; they may have spaces in their names. */
const ABSOLUTE = /(^|[\s"'])(?:[A-Za-z]:)?[\\/](?:[^\\/:,;\n]+[\\/])+/g;

/** The name of a file where it is a number, like `Image-7.dcm`; else, since a name may be a patient's, its place in the order of names. */
export function fileLabel(path: string, all: readonly string[]): string {
  const name = basename(path);
  return /^(image|img|im|i|mr|slice)?[-_.]?\d{1,6}(\.(dcm|ima))?$/i.test(name) ? name : `file ${all.indexOf(path) + 1} by name`;
}
