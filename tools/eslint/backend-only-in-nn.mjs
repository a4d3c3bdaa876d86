import { sep } from 'node:path';

const BACKEND = /^(?:@tensorflow\/tfjs-(?:node|node-gpu|backend-[\w-]+)|webgpu)(?:\/|$)/;

/** A library takes whatever backend its user has chosen; only nn chooses one (and tfjs-native installs one, without importing it). */
export default {
  meta: {
    type: 'problem',
    messages: {
      backend: '{{name}} names a backend: only packages/nn may.',
      choice: '{{name}} chooses a backend: only packages/nn may (its selectBackend).',
    },
    schema: [],
  },
  create(context) {
    if (context.filename.includes(['packages', 'nn', 'src'].join(sep)) || context.filename.includes(['packages', 'tfjs-native'].join(sep)))
      return {};
    const check = (node, source) => {
      const name = source?.value ?? source?.quasis?.[0]?.value.cooked; // a string, or the start of a template
      if (typeof name === 'string' && BACKEND.test(name)) context.report({ node, messageId: 'backend', data: { name } });
    };
    const checkSource = (node) => check(node, node.source);
    return {
      ImportDeclaration: checkSource,
      ImportExpression: checkSource,
      ExportNamedDeclaration: checkSource,
      ExportAllDeclaration: checkSource,
      CallExpression(node) {
        const called = node.callee.type === 'MemberExpression' ? node.callee.property : node.callee;
        if (called.type !== 'Identifier') return;
        if (called.name === 'require' || called.name === 'resolve') check(node, node.arguments[0]);
        if (called.name === 'setBackend') context.report({ node, messageId: 'choice', data: { name: called.name } });
      },
    };
  },
};
