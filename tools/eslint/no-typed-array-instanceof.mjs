const TYPED = /^(?:ArrayBuffer|SharedArrayBuffer|(?:Int|Uint|Float|BigInt|BigUint)(?:8|16|32|64)(?:Clamped)?Array)$/;

/** `instanceof Float32Array` is false for an array of another realm: a worker's, a test environment's, a native backend's. */
export default {
  meta: {
    type: 'problem',
    messages: {
      realm: '`instanceof {{name}}` is false for arrays of another realm: use ArrayBuffer.isView, a tag, or the constructor’s name.',
    },
    schema: [],
  },
  create: (context) => ({
    'BinaryExpression[operator="instanceof"]'(node) {
      if (node.right.type === 'Identifier' && TYPED.test(node.right.name)) {
        context.report({ node, messageId: 'realm', data: { name: node.right.name } });
      }
    },
  }),
};
