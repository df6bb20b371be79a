export function View({ enabled, user }) {
  return <Panel user={user}>{enabled ? <New /> : <Old label="x" />}</Panel>;
}

const Icon = () => <svg xlink:href="x">pay &amp; go</svg>;
const Spread = (props) => <Outer {...props}><Inner {...props} /></Outer>;
