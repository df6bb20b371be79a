import { connect } from 'react-redux';
import { TipForm } from './TipForm';

function TipCorner({ secret }: { secret: string }) {
  return <aside><TipForm secret={secret} /></aside>;
}

export default connect((state: State) => ({ secret: state.secret }))(TipCorner);
