import { sep } from 'node:path';

const BACKEND = /^@tensorflow\/tfjs-(?:node|node-gpu|backend-\w+)(?:\/|$)/;

/** A library takes whatever backend its user has chosen; only nn chooses one (and tfjs-native installs one, without importing it). */
export default {
  meta: { type: 'problem', messages: { backend: '{{name}} names a backend: only packages/nn may.' }, schema: [] },
  create(context) {
    if (context.filename.includes(['packages', 'nn', 'src'].join(sep)) || context.filename.includes(['packages', 'tfjs-native'].join(sep)))
      return {};
    const check = (node) => {
      const name = node.source?.value;
      if (typeof name === 'string' && BACKEND.test(name)) context.report({ node, messageId: 'backend', data: { name } });
    };
    return { ImportDeclaration: check, ImportExpression: check, ExportNamedDeclaration: check, ExportAllDeclaration: check };
  },
};
