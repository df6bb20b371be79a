export function View({ enabled, user }) {
  return <Panel user={user}>{enabled ? <New /> : <Old label="x" />}</Panel>;
}
