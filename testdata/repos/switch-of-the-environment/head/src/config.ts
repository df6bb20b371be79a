export function supportOld(): boolean {
  return process.env.SUPPORT_OLD === '1';
}

export function supportPasskeys(): boolean {
  return process.env.SUPPORT_PASSKEYS === '1';
}
