// Small true pictures for tests, 40 x 30 pixels: a test card as a camera, a screen and a web page would send it. Bytes only.

const bytes = (base64: string) => Buffer.from(base64, 'base64');

/** One of each kind that is taken. */
export const TEST_CARD = {
  jpeg: bytes(
    '/9j/4AAQSkZJRgABAgAAAQABAAD//gAQTGF2YzU5LjM3LjEwMAD/2wBDAAgQEBMQExYWFhYWFhoYGhsbGxoaGhobGxsdHR0iIiIdHR0bGx0dIC' +
      'AiIiUmJSMjIiMmJigoKDAwLi44ODpFRVP/xACXAAADAQEBAAAAAAAAAAAAAAAHBQQDAAYBAAMBAQEBAAAAAAAAAAAAAAcFBgQAAwIQAAIBAgQE' +
      'BAUFAQEAAAAAAAIBEQMSAAQFIVExEwZhQTIicoPDRMJxwWKRI0IUEQABAgUCAgYFDAMBAAAAAAABAgMAIQQREhMFQTFRwSJhchRCMgZSc7KBs4' +
      'TC0kQzI1M0w7EVNTb/wAARCAAeACgDARIAAhIAAxIA/9oADAMBAAIRAxEAPwASaVSKtmLB5kL5/qv2x7btakDWbqte8OiAuXsJ9Rko5bsB8dsZ' +
      'nW1O4oTzKuow5pvXPh6xDyirGqDXqHr4NsknEXJutAAA6SSAL2E5kCBnvf8AGR8UfJVDDOh0Qq0kyYiDifEZ8kl5431L1V/g/DFbt1IzT4KQgZ' +
      'KVNZsVntCV+iQkJcecMqXk34vtQW6FxNdtzletppD9Q09qKQkzCLtgAqKlBOLaeze15xk2X/z6PhVP0jkXdpfd/J+pju0vu/k/UwMPbr8B9Y/q' +
      'jvbr8B9Y/qifpvS+brjqb0vm64aZ2o6JVagxcJuJU8zh/wBrbGGpemv8f54Hm3vusKRgogEDJNziqyZZDj3dHCMdLzb8P2YkaBgVu6OUjinAzU' +
      'OPhxKFlN8EuKQTaRKFAKTkCL8I3bL/AN9Hxan6NyCLo1dZjK3rne0S4FaMx4cMDHtmqa1KtST9h5W8lC3IKqQueeyMvDfBSLwfCVccQFdyuPzd' +
      'ELKb1D4uoQ4Rtq9qW8wqaS6pbSrglTRACSbAdqRCpCYNpWi43r+Sj4Q+UqFHbVCtRHMAdNrqukQlINezqJp+6Zd6jaNnvjx2m6pnAqNKrCQt+i' +
      'nxX8ceyNwpWFEuOYy91Z49yTCeqpGCm5Rx95Xf3wPd52ysWylIauQ4CRmjlioe93wSKBxVc8pL51Bpk2kmeSR6NumCLqGVrGVWBm4YW47u2OPH' +
      'EuZz1aoBVE7ZAiFe1xErnavNTgjUu+bd2Br8j+270+CFm17bttUgKFMUlLmCruOmcjLt8rEcBOJGg3CmodoTTVDmm8EPpwxWqalrI7SUlMwRxh' +
      'sdnpPL1CXgah6nzCnjk1krTDqSEIcKbBK0p7yDDDt+kenrMvMLpo+lbuim2+fRdxWO7fqnqCzKzD6iDpW7IYuvn0W8FjJ7TNq3jynkhraetlyR' +
      'bLTt+Zhe9jyjvaZxWz+U8kdHU1suS746dvzM7WueUQtPuVIkkFyZtbsr+7HU+20iiSW5i1u0v70Q57O5er1gA5IilK0l/wBT5rFdfTKBVTVMbC' +
      'vaRSbhIuDe+2Jmn2HckYE09gB+410eONVDvW51K2mjUesJ/pte7c8kR9bM2pO8JqCP0tR45S5LQsJl60yRwhGxuX+vrFlYLjLanRpCwKrBQQMu' +
      'YGWNzM24HlEehnTyeeqZiuaph/5+ktiJkRVEWyAS2SHeY5qJ3wRsjpOTqUf9Kd5JxdcYzCXkijnhqmlepkHVTjO/NJ/wTDaqccVilasuyLmwFz' +
      '0y5QddypXqp5K2k5p0wL3SJ5KPpEHjA/2/e6ypQ65ngnWXgjFs4IkUoywBVje2RmY//9k=',
  ),
  png: bytes(
    'iVBORw0KGgoAAAANSUhEUgAAACgAAAAeCAIAAADRv8uKAAAACXBIWXMAAAABAAAAAQBPJcTWAAABAElEQVR4nO3U4UkDMRiA4ZduUHADQbqACG' +
      '4giAtIwQ0EcQER3EAQFxDBDQRxgSK4gSAuIIL/Xr1ee/ZLf9Rro1wh3+VHyJfkCbkkEMNYmtr3Z5rUunVa0s4xnQQL4dnRv4Sb/PJwsuxW8Hjd' +
      '7eFJ79XgMFWn4Z/9yQHXEy6Gw4/JBDtHdwZO70A+ONnvbsBzUGZ41i5wgQtc4DWH68zfweGtrlq3cB9P8Aof8JUPeZJbOZeh7Ei/6reBu3iEF3' +
      'iHz/jJi9zLpRzLnmzawwEe4Cle4yO+Vat6l5HcyJkcynaB/w9Oz1ZzFvIdrslUMboHN8NXgcPNbAWPxy8Jp09CjC9Y3cwNL335fAAAAABJRU5E' +
      'rkJggg==',
  ),
  webp: bytes(
    'UklGRnQCAABXRUJQVlA4IGgCAACwDwCdASooAB4APrVMn0unJCKhqqoA4BaJbACdMwTBt67+JPMq7SP2XAnF3+G/i34m+6X+q+LN6j24K/gH8V' +
      '/2X9g93LpAP6r/a/Ry9ij0Fv1g9Hn9cvgp/aH9Y/Zp/9Tyi/aVz76EGYAYt8mTRyU1on8Vz/tXcBpkPe9wIGJVoCoQdc4YAAD+/d1ZmecS6t33' +
      'RM9PU65AyzcZfNYA9YkaOFUix7IMtA0lfhnprPvI5NxaB5vTsN5T6b4OWvBwFZvvxe7qT+4qedTldVdIll5l+eIlF0aqRVV7PkWG7JFv8h91Y/' +
      '6NVfF7X20f1DI7LJ16KQxVxfB//ZLxJY80S4W0ctqKb//7JeJLHt35PyEX7yYgyXc/iN/P1WLlkzXhf5HfoYvH1l/LeNfsGIebwvkYL92CUBfn' +
      'zvWdMl6sxt2wt3U/CmtWWp9ldAZLLbNJBwv17qhhR71WnfprItMgQ3W+zP0BwpgECfCeOy2PdK9E2c6ryXlaZVkiYxtoA5TnX0kfK9zWv7EdHY' +
      'Le0/Cn9P16g410a3TUyOhdvQ+fpWeOREtH2Ab1cGIclI9X/NpWQ/W1vrSLjSduaoj4RbcT9JrRwLM3fMKivFuJ1m3ORnzLq9VrQG/ccg63SWkg' +
      'hy6R5pFFXG2ZKrNSj9y1/SPBCIGPWHypCLNIFiZlucSe61yImi/yOJ4DDUQQhhW62YPkXvzWyiKRgvg0Ip3IA2fwv/Ls//ce8ucP+6VCDc1MYH' +
      'gYy+KfdRIVZtNn04oGJXthKn1PuaMHQRJCzkAhoIdwbUYeLR99g2bCcdx//EhA6+IlsbmqtX6onwAA',
  ),
};

const u16 = (n: number) => Buffer.from([n >> 8, n & 255]);

/** Notes as a camera writes them, long since turned on its side (Exif orientation 6), with a word that must not get out. */
export function withNotes(jpeg: Buffer, word: string): Buffer {
  const tiff = Buffer.concat([
    Buffer.from('MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0', 'latin1'),
    Buffer.from(word, 'latin1'),
  ]);
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
  const comment = Buffer.from(word, 'latin1');
  return Buffer.concat([
    jpeg.subarray(0, 2),
    Buffer.from([0xff, 0xe1]),
    u16(body.length + 2),
    body,
    Buffer.from([0xff, 0xfe]),
    u16(comment.length + 2),
    comment,
    jpeg.subarray(2),
  ]);
}
