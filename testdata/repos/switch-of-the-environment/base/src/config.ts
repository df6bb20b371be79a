export function supportOld(): boolean {
  return process.env.SUPPORT_OLD === '1';
}
