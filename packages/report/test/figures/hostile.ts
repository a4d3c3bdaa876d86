import fc from 'fast-check';

/** Texts as a header, a folder name or an attacker may hold them. */
export const hostileText = fc.oneof(
  fc.constantFrom(
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onload='alert(1)",
    '</title></desc></svg><script>',
    '&lt;b&gt; & &amp; &#60;',
    '<![CDATA[x]]> <!-- --> <?xml?>',
    '\u0000\u0007\u001b[31m',
    '\ud800 lone \udfff',
    '=HYPERLINK("x")',
    'line\nbreak\ttab',
    '\uffff\ufffe',
    '${x} {{x}} `x`',
    'https://example.com/x.png',
  ),
  fc.string({ unit: 'binary' }),
  fc.string(),
);
